"""First life of the machine: a day in the hall, until the power is cut. Arguments: dotnet, checkout, data directory, folder for recordings."""

import subprocess
import sys
import threading
import time

from appliance import URL, Appliance
from events import Events
from keys import LONGEST_BOUNCE, Key
from panels import Panels
from printer import UsbPrinter
from report import Report, say, until

# What happens wrongly a second time, happens within this many seconds.
SETTLE = 4

# A press is tried again where the machine was held up in the middle of a bounce.
TRIES = 3

# Tickets that are taken, four at a time, when the power goes; the first of them are acknowledged for certain.
LAST_TICKETS = 400


class Day:
    def __init__(self, report, host, printer, panels, events, lines):
        self.report, self.host, self.printer, self.panels, self.events = report, host, printer, panels, events
        self.keys = {1: Key(lines, 0), 2: Key(lines, 1)}

    def ready(self):
        """the appliance on real device nodes"""
        for device in ("ticket-printer", "call-keys", "counter-displays"):
            self.report.becomes(f"{device} is ok", ("ok", None), lambda device=device: self.host.device(device))
        self.report.becomes("the hall reports to its broker", "connected", lambda: self.host.get("/health")[1]["mqtt"]["state"])
        self.report.becomes("health is ok", "ok", lambda: self.host.get("/health")[1]["status"])
        self.report.equal("a real printer has no controls of an emulator", 404, self.host.post("/emulators/ticket-printer/paper")[0])
        self.report.equal("the day is opened", (200, "open"), (lambda code, day: (code, day.get("state")))(*self.host.post("/day/open")))

    def ticket(self):
        """a ticket on paper"""
        before = len(self.printer.slips)
        ticket = self.host.take("pay")
        self.printed(ticket, before)
        slip = self.printer.slips[before]
        large = [(line.text, line.width, line.height) for line in slip.lines if line.text.strip() == ticket["number"]]
        self.report.equal("the number is there once, five times as large", [(ticket["number"], 5, 5)], large)
        self.report.true("service and hall are there in Chinese", {"缴费", "试验台营业厅"} <= set(slip.texts()), "缴费 and 试验台营业厅", slip.texts())
        self.report.true("the people ahead are there", any(t.startswith("前面等候人数") and t.endswith(" 0") for t in slip.texts()), "前面等候人数 … 0", slip.texts())
        self.report.equal("the QR code leads to the ticket", [URL + ticket["url"]], slip.codes)
        self.report.equal("the printer was sent no command that it does not know", [], self.printer.unknown)

    def printed(self, ticket, before, patience=180):
        """The ticket's slip becomes printed, and nothing but it came out since there were so many slips."""
        self.report.becomes(f"the slip of {ticket['number']} is printed", "printed", lambda: self.host.ticket(ticket)["slip"], patience)
        time.sleep(SETTLE)
        numbers = [[text for text in slip.texts() if text == ticket["number"]] for slip in self.printer.slips[before:]]
        self.report.equal("exactly one slip came out, with its number", [[ticket["number"]]], numbers)

    def call(self):
        """a bouncing press on a call unit"""
        calls, number = self.press(counter=1, service="pay", presses=1)
        self.report.equal("one press is exactly one call", [("ticket-called", number)], calls)
        self.report.equal("the counter has the number", ("open", number), self.host.counter(1))
        self.report.becomes("its panel shows the number", number, lambda: self.panels.text(1))
        if number == "A001":
            self.report.becomes("and these segments", [0, 0, 0, 0, 0x77, 0x7E, 0x7E, 0x30], lambda: self.panels.segments(1))
        self.report.equal("the panel behind it stays dark", "", self.panels.text(2))

    def recall(self):
        """a second press within three seconds"""
        calls, number = self.press(counter=2, service="plan-change", presses=2)
        self.report.equal("it recalls and does not call another", [("ticket-called", number), ("ticket-recalled", number)], calls)
        self.report.becomes("the second panel shows the number", number, lambda: self.panels.text(2))
        self.report.equal("the SPI bus carried nothing else than words for two chips", [], self.panels.trouble)

    def press(self, counter, service, presses):
        """Two customers come, the key is pressed. Returns the calls that came of it, and the number of who is first in line."""
        for _ in range(TRIES):
            waiting = [self.host.take(service) for _ in range(2)]
            first = next(t for t in [*self.left(service), *waiting])["number"]
            before = len(self.calls(counter))
            longest = 0.0
            for again in range(presses):
                time.sleep(1 if again else 0)
                longest = max(longest, self.keys[counter].press())
            until(lambda: self.calls(counter)[before:], lambda calls: len(calls) >= presses)
            time.sleep(SETTLE)
            if longest < LONGEST_BOUNCE:
                break
            say(f"(the machine was held up: a bounce took {longest * 1000:.0f} ms; once more)")
        return self.calls(counter)[before:], first

    def calls(self, counter):
        return self.events.of("ticket-called", "ticket-recalled", counter=counter)

    def left(self, service):
        """Tickets of a service that were issued and never called, in order."""
        called = {number for _, number in self.events.of("ticket-called")}
        issued = until(lambda: self.events.of("ticket-issued", service=service), lambda seen: len(seen) >= self.issued(service))
        return [{"number": number} for _, number in issued if number not in called]

    def issued(self, service):
        return next(s for s in self.host.get("/hall")[1]["services"] if s["id"] == service)["issued"]

    def told(self):
        """what the broker got"""
        last = self.host.get("/health")[1]["journal"]["seq"]
        place = until(lambda: self.events.place, lambda place: place >= last)
        self.report.true("all events arrive", place >= last, f"up to {last}", f"up to {place}")
        self.report.equal("in order, without a gap", [], self.events.gaps)
        types = [e["type"] for e in self.events.all() if e["data"].get("number") == "A001"]
        expected = ["ticket-issued", "slip-queued", "slip-sending", "slip-printed", "ticket-called"]
        self.report.equal("those of A001 are the whole of its story", expected, types[:len(expected)])

    def unplugged(self):
        """a printer that is unplugged and plugged in again"""
        self.settle()
        before = len(self.printer.slips)
        subprocess.run(["rig-dev", "unplug"], check=True)
        self.report.becomes("it is shown as disconnected", ("out-of-service", "disconnected"), lambda: self.host.device("ticket-printer"))
        ticket = self.host.take("pay")
        self.report.equal("a ticket is issued all the same, its slip waits", "queued", self.host.ticket(ticket)["slip"])
        time.sleep(SETTLE)
        self.report.equal("nothing is printed meanwhile", before, len(self.printer.slips))
        subprocess.run(["rig-dev", "plug"], check=True)
        self.report.becomes("it is back by itself", ("ok", None), lambda: self.host.device("ticket-printer"))
        self.printed(ticket, before)

    def paper_out(self):
        """a roll that ends inside a slip"""
        self.settle()
        before = len(self.printer.slips)
        self.printer.load(4)
        ticket = self.host.take("pay")
        self.report.becomes("it is shown as out of paper", ("out-of-service", "out-of-paper"), lambda: self.host.device("ticket-printer"))
        self.report.becomes("the slip is halted", "halted", lambda: self.host.ticket(ticket)["slip"])
        self.report.equal("half of it is on the paper", (4, before), (self.printer.half_printed, len(self.printer.slips)))
        behind = self.host.take("pay")
        time.sleep(SETTLE)
        self.report.equal("the next slip waits", "queued", self.host.ticket(behind)["slip"])
        self.printer.load(None)
        self.report.becomes("new paper finishes it", "printed", lambda: self.host.ticket(ticket)["slip"], 180)
        self.report.becomes("the printer is ok again", ("ok", None), lambda: self.host.device("ticket-printer"))
        self.report.becomes("the slip that waited is printed", "printed", lambda: self.host.ticket(behind)["slip"], 180)
        time.sleep(SETTLE)
        numbers = [next(t for t in slip.texts() if t in (ticket["number"], behind["number"])) for slip in self.printer.slips[before:]]
        self.report.equal("both came out, once, in order", [ticket["number"], behind["number"]], numbers)

    def settle(self):
        """Until every slip of the day is on paper."""
        until(lambda: len(self.printer.slips), lambda seen: seen >= sum(self.issued(s) for s in ("pay", "plan-change")), 300)

    def power_cut(self):
        """Customers come, four at a time, until the machine dies. Each acknowledged number is told to the world outside."""
        tickets = threading.Semaphore(LAST_TICKETS)
        told = threading.Lock()

        def customer():
            while tickets.acquire(blocking=False):
                ticket = self.host.take("pay")
                with told:
                    say(f"acknowledged {ticket['number']} {ticket['id']}")

        customers = [threading.Thread(target=customer) for _ in range(4)]
        for each in customers:
            each.start()
        for each in customers:
            each.join()


def main(dotnet, checkout, data, recordings):
    report = Report()
    lines = subprocess.run(["rig-dev", "keys", "COUNTER1", "COUNTER2"], check=True, stdout=subprocess.PIPE, encoding="ascii").stdout.strip()
    for device in ("printer", "panels"):
        subprocess.run(["rig-dev", device], check=True)
    say("the devices are there")
    printer, panels = UsbPrinter(f"{recordings}/printer-1.bin"), Panels(2, f"{recordings}/spi-1.log")
    host = Appliance(dotnet, checkout, data, f"{recordings}/host-1.log")
    host.await_api()
    say("the host answers")
    until(lambda: host.get("/health")[1]["mqtt"]["state"], lambda state: state == "connected")
    day = Day(report, host, printer, panels, Events(f"{recordings}/events-1.log", data), lines)
    for check in (day.ready, day.ticket, day.call, day.recall, day.told, day.unplugged, day.paper_out):
        report.run(check)
    say(f"first life: {report.passed} passed, {report.failed} failed")
    if report.failed:
        return 1
    day.power_cut()
    say("FAIL the power was not cut")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
