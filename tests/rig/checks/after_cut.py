"""Second life of the machine, on the disk of the first. Arguments: as of day.py."""

import re
import subprocess
import sys
import time

from appliance import Appliance
from events import Events
from panels import Panels
from paper import Paper
from printer import UsbPrinter
from report import Report, say, until

# What is printed wrongly a second time, is printed within this many seconds.
SETTLE = 4


def acknowledged(log):
    """Number and id of each ticket that a customer was given before the power went."""
    with open(log, encoding="utf-8") as lines:
        return dict(m.groups() for line in lines if (m := re.match(r"acknowledged ([A-Z]\d+) (\w+)\s*$", line)))


def numbers(slips):
    return [text for slip in slips for text in slip.texts() if re.fullmatch(r"[A-Z]\d{3}", text)]


def printed(recording):
    """Numbers of the slips that were cut off in the first life."""
    paper = Paper()
    with open(recording, "rb") as sent:
        paper.feed(re.sub(rb"\x10\x04[\x01-\x04]", b"", sent.read()))
    return numbers(paper.slips)


def the_hall(report, host, events, given):
    """the hall after the power cut"""
    hall = host.get("/hall")[1]
    report.equal("the day is still open", "open", hall["state"])
    issued = next(s for s in hall["services"] if s["id"] == "pay")["issued"]
    kept = {number: id for number, id in given.items() if host.get(f"/tickets/{id}")[1].get("number") == number}
    report.true(f"every acknowledged ticket is there ({len(given)}; {issued} were issued)", kept == given and len(given) > 10, f"{len(given)}, more than 10", len(kept))
    report.equal("the next number follows the last one", f"A{issued + 1:03}", host.take("pay")["number"])
    last = host.get("/health")[1]["journal"]["seq"]
    place = until(lambda: events.place, lambda place: place >= last)
    report.true("a store that asks for it gets the whole journal", place >= last, f"up to {last}", f"up to {place}")
    taken = [number for _, number in events.of("ticket-issued", service="pay")]
    report.equal("no number is missing or there twice", [f"A{n:03}" for n in range(1, issued + 2)], taken)


def the_panels(report, host, panels):
    """the panels after the power cut"""
    for number in (1, 2):
        called = host.counter(number)[1]
        report.true(f"counter {number} has its customer", called is not None, "a number", called)
        report.becomes(f"panel {number} shows the number", called, lambda number=number: panels.text(number))


def the_slips(report, host, events, printer, before):
    """the slips after the power cut"""
    def open_slips():
        ended = [e["data"]["number"] for e in events.all() if e["type"] in ("slip-printed", "slip-in-doubt")]
        return [number for _, number in events.of("slip-queued") if number not in ended]

    report.becomes("every slip comes to an end", [], open_slips, 300)
    report.becomes("the printer is ok", ("ok", None), lambda: host.device("ticket-printer"))
    time.sleep(SETTLE)
    paper = before + numbers(printer.slips)
    doubted = [number for _, number in events.of("slip-in-doubt")]
    say(f"({len(before)} slips came out before the cut, {len(printer.slips)} after it, in doubt: {doubted or 'none'})")
    report.equal("no slip came out twice", [], sorted({number for number in paper if paper.count(number) > 1}))
    report.equal("every number came out, or its slip is shown as in doubt", [], [n for _, n in events.of("ticket-issued") if n not in [*paper, *doubted]])
    report.true("in doubt is at most the slip that was under way", len(doubted) <= 1, "at most 1", doubted)
    report.equal("the host stops when it is asked to", 0, host.stop())


def main(dotnet, checkout, data, recordings):
    report = Report()
    subprocess.run(["rig-dev", "keys", "COUNTER1", "COUNTER2"], check=True, stdout=subprocess.DEVNULL)
    for device in ("printer", "panels"):
        subprocess.run(["rig-dev", device], check=True)
    before = printed(f"{recordings}/printer-1.bin")
    printer, panels = UsbPrinter(f"{recordings}/printer-2.bin"), Panels(2, f"{recordings}/spi-2.log")
    host = Appliance(dotnet, checkout, data, f"{recordings}/host-2.log")
    host.await_api()
    until(lambda: host.get("/health")[1]["mqtt"]["state"], lambda state: state == "connected")
    events = Events(f"{recordings}/events-2.log", data)
    report.run(the_hall, report, host, events, acknowledged(f"{recordings}/day.log"))
    report.run(the_panels, report, host, panels)
    report.run(the_slips, report, host, events, printer, before)
    say(f"second life: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
