"""
Third life of the machine, a hall of its own: every class of device misbehaves on the kernel's interfaces, and comes back. Arguments: dotnet,
checkout, data directory, folder for recordings.
"""

import os
import signal
import subprocess
import sys
import time

from appliance import Appliance
from backpacks import Backpacks, unplug
from events import Events
from keys import Key
from panels import Panels
from printer import UsbPrinter
from report import Report, say, until
from sign import Sign

# What happens wrongly a second time, happens within this many seconds.
SETTLE = 4

# A fault that lasts this many seconds is written down.
WRITTEN_DOWN = 7

# More edges than the kernel keeps for a reader that sleeps (256).
LOST_EDGES = 600

COPY = "补打"

# On what hung out of the printer unfinished, when it is cut off.
VOID = "作废"


class Devices:
    def __init__(self, report, host, lines, printer, panels, backpacks, sign, events):
        self.report, self.host, self.lines, self.printer, self.panels, self.backpacks, self.sign, self.events = (
            report, host, lines, printer, panels, backpacks, sign, events)

    def ready(self):
        """every device on a real node"""
        for device in ("ticket-printer", "call-keys", "led-panels", "backpacks", "sign"):
            self.becomes(device, "ok", None)
        self.report.equal("the day is opened", (200, "open"), (lambda code, day: (code, day.get("state")))(*self.host.post("/day/open")))

    def becomes(self, device, state, fault):
        self.report.becomes(f"{device} is {state}{f' ({fault})' if fault else ''}", (state, fault), lambda: self.host.device(device))

    def shown(self):
        """a number on every kind of display, from one press, and the lamp of the panel"""
        number = self.host.take("pay")["number"]
        lamp = f"{self.lines}/sim_gpio2/value"
        Key(self.lines, 0).press(bounces=0)
        self.report.becomes("the lamp of the panel lights", "1", lambda: read(lamp))
        for what, look in (("MAX7219 on SPI", lambda: self.panels.text(1)), ("HT16K33 on I2C", lambda: self.backpacks.text(0x70)),
                           ("the sign at the serial port", lambda: number if number in self.sign.strings.values() else self.sign.strings)):
            self.report.becomes(f"{what} shows it", number, look)
        self.report.becomes("the lamp is dark again", "0", lambda: read(lamp))
        for part in (self.panels, self.backpacks, self.sign):
            self.report.equal(f"nothing strange came to the {part.name}", [], part.trouble)

    def lost_edges(self):
        """more edges than the kernel keeps, while the host is held up"""
        for ends, doing in ((False, "and ends released"), (True, "and ends pressed")):
            before = len(self.calls())
            self.host.process.send_signal(signal.SIGSTOP)
            try:
                Key(self.lines, 0).chatter(LOST_EDGES, ends)
            finally:
                self.host.process.send_signal(signal.SIGCONT)
            time.sleep(SETTLE)
            self.report.equal(f"{LOST_EDGES} edges, {doing}: no call", before, len(self.calls()))
            Key(self.lines, 0).release()
            time.sleep(SETTLE)
            self.report.equal("letting go of it means nothing", before, len(self.calls()))
            self.host.take("pay")
            Key(self.lines, 0).press(bounces=0)
            self.report.becomes("the next press is one call", before + 1, lambda before=before: len(self.calls()))

    def calls(self):
        """Every call up to now, also the one that the broker has not passed on yet."""
        last = self.host.get("/health")[1]["journal"]["seq"]
        until(lambda: self.events.place, lambda place: place >= last)
        return self.events.of("ticket-called")

    def chip_removed(self):
        """a GPIO chip that is taken away"""
        subprocess.run(["rig-dev", "no-keys"], check=True)
        self.becomes("call-keys", "out-of-service", "disconnected")
        time.sleep(WRITTEN_DOWN)
        self.lines = keys()
        self.becomes("call-keys", "ok", None)
        before = len(self.calls())
        self.host.take("pay")
        Key(self.lines, 0).press(bounces=0)
        self.report.becomes("a press on the new chip is a call", before + 1, lambda: len(self.calls()))

    def no_acknowledgement(self):
        """I2C chips that do not acknowledge"""
        unplug(0b10)
        self.report.becomes("one of two panels: degraded", "degraded", lambda: self.host.device("backpacks")[0])
        detail = next(d for d in self.host.get("/devices")[1] if d["id"] == "backpacks")["detail"]
        self.report.true("the detail names its address", "0x71" in detail, "0x71", detail)
        unplug(0b11)
        self.report.becomes("both: out of service", "out-of-service", lambda: self.host.device("backpacks")[0])
        time.sleep(WRITTEN_DOWN)
        unplug(0)
        self.becomes("backpacks", "ok", None)
        number = self.host.counter(1)[1]
        self.report.becomes("the number is there again", number, lambda: self.backpacks.text(0x70))

    def spi_fails(self):
        """an SPI controller that fails every transfer"""
        write("/sys/module/rigspi/parameters/fail", "5")
        self.report.becomes("the panels are out of service", "out-of-service", lambda: self.host.device("led-panels")[0])
        time.sleep(WRITTEN_DOWN)
        write("/sys/module/rigspi/parameters/fail", "0")
        self.becomes("led-panels", "ok", None)

    def paper_out(self):
        """a roll that ends inside a slip, at a printer that can clear its buffer"""
        self.wait_for_paper()
        before, torn = len(self.printer.slips), len(self.printer.torn)
        self.printer.load(4)
        ticket = self.host.take("pay")
        self.becomes("ticket-printer", "out-of-service", "out-of-paper")
        self.report.becomes("the slip is halted", "halted", lambda: self.host.ticket(ticket)["slip"])
        time.sleep(SETTLE)  # nobody changes a roll faster
        self.printer.load(None)
        self.report.becomes("new paper: the ticket is printed", "printed", lambda: self.host.ticket(ticket)["slip"], 180)
        self.becomes("ticket-printer", "ok", None)
        time.sleep(SETTLE)
        self.report.equal("half of it hangs on the old roll", torn + 1, len(self.printer.torn))
        self.report.equal("one COPY came out, with its number, and nothing else", [(ticket["number"], True)], self.slips(before, ticket))

    def stall(self):
        """a printer that reads nothing any more"""
        self.wait_for_paper()
        before = len(self.printer.slips)
        self.printer.stall(True)
        self.becomes("ticket-printer", "out-of-service", "silent")
        ticket = self.host.take("pay")
        time.sleep(SETTLE)
        self.report.equal("a ticket is issued, its slip waits", "queued", self.host.ticket(ticket)["slip"])
        self.printer.stall(False)
        self.becomes("ticket-printer", "ok", None)
        self.report.becomes("it is printed", "printed", lambda: self.host.ticket(ticket)["slip"], 180)
        time.sleep(SETTLE)
        self.report.equal("once", [(ticket["number"], False)], self.slips(before, ticket))

    def pulled_in_mid_job(self):
        """a cable that is pulled while a slip is printed, and a printer that is switched off and on"""
        self.wait_for_paper()
        before = len(self.printer.slips)
        self.printer.load(4)
        ticket = self.host.take("pay")
        self.report.becomes("the slip is halted", "halted", lambda: self.host.ticket(ticket)["slip"])
        subprocess.run(["rig-dev", "unplug"], check=True)
        self.becomes("ticket-printer", "out-of-service", "disconnected")
        self.becomes("sign", "out-of-service", "disconnected")
        time.sleep(WRITTEN_DOWN)
        self.printer.power_cycle()
        self.printer.load(None)
        subprocess.run(["rig-dev", "plug"], check=True)
        self.becomes("ticket-printer", "ok", None)
        self.report.becomes("what became of the slip is not known", "in-doubt", lambda: self.host.ticket(ticket)["slip"])
        time.sleep(SETTLE)
        self.report.equal("nothing is printed unasked", [], self.slips(before, ticket))
        self.report.equal("staff ask for it", 200, self.host.post(f"/tickets/{ticket['id']}/print")[0])
        self.report.becomes("it is printed", "printed", lambda: self.host.ticket(ticket)["slip"], 180)
        time.sleep(SETTLE)
        self.report.equal("as one COPY", [(ticket["number"], True)], self.slips(before, ticket))
        self.becomes("sign", "ok", None)
        number = self.host.counter(1)[1]
        self.report.becomes("the sign shows the number again", True, lambda: number in self.sign.strings.values())

    def history(self):
        """what was written down"""
        for device in ("ticket-printer", "call-keys", "backpacks", "led-panels", "sign"):
            self.calls()
            told = [e["type"] for e in self.events.all() if e["type"] in ("device-faulted", "device-recovered") and e["data"].get("device") == device]
            self.report.true(f"faults of {device} are in the journal, each with its end", told and told == ["device-faulted", "device-recovered"] * (len(told) // 2),
                             "pairs of device-faulted and device-recovered", told)
        self.report.equal("the host stops when it is asked to", 0, self.host.stop())

    def wait_for_paper(self):
        """Until every slip of the day is on paper."""
        until(lambda: [t for _, t in self.open_slips()], lambda left: not left, 300)

    def open_slips(self):
        ended = {e["data"]["number"] for e in self.events.all() if e["type"] in ("slip-printed", "slip-in-doubt")}
        return [(kind, number) for kind, number in self.events.of("slip-queued") if number not in ended]

    def slips(self, before, ticket):
        """Those that came out since: the number of each, and whether it says that it is a copy. Halves that are marked void are none, nor are blank pieces."""
        whole = [slip for slip in self.printer.slips[before:] if slip.texts() and VOID not in slip.texts()]
        return [(next((t for t in slip.texts() if t == ticket["number"]), "?"), any(COPY in t for t in slip.texts())) for slip in whole]


def keys():
    """Makes the chip. Returns the folder of its lines: two keys and a lamp."""
    return subprocess.run(["rig-dev", "keys", "COUNTER1", "COUNTER2", "LAMP1"], check=True, stdout=subprocess.PIPE, encoding="ascii").stdout.strip()


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read().strip()


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def main(dotnet, checkout, data, recordings):
    report = Report()
    lines = keys()
    for device in (["printer-port"], ["panels"], ["i2c", "0x70", "0x71"]):
        subprocess.run(["rig-dev", *device], check=True)
    say("the devices are there")
    printer, panels = UsbPrinter(f"{recordings}/printer-3.bin"), Panels(2, f"{recordings}/spi-3.log")
    backpacks, sign = Backpacks(f"{recordings}/i2c-3.log"), Sign(f"{recordings}/sign-3.bin")
    host = Appliance(dotnet, checkout, data, f"{recordings}/host-3.log", profile="devices.json")
    host.await_api()
    until(lambda: host.get("/health")[1]["mqtt"]["state"], lambda state: state == "connected")
    devices = Devices(report, host, lines, printer, panels, backpacks, sign, Events(f"{recordings}/events-3.log", data))
    for check in (devices.ready, devices.shown, devices.lost_edges, devices.chip_removed, devices.no_acknowledgement, devices.spi_fails,
                  devices.paper_out, devices.stall, devices.pulled_in_mid_job, devices.history):
        report.run(check)
    say(f"third life: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(*sys.argv[1:]))
