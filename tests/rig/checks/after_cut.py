"""Second life of the machine, on the disk of the first. Arguments: as of day.py, and the file with what was acknowledged before the cut."""

import re
import subprocess
import sys

from appliance import Appliance
from events import Events
from report import Report, say, until


def acknowledged(file):
    """Number and id of each ticket that a customer was given before the power went."""
    with open(file, encoding="utf-8") as lines:
        return dict(m.groups() for line in lines if (m := re.match(r"acknowledged ([A-Z]\d+) (\w+)\s*$", line)))


def numbers(events, service):
    return [number for _, number in events.of("ticket-issued", service=service)]


def after_cut(report, host, events, given):
    """after the power cut"""
    hall = host.get("/hall")[1]
    report.equal("the day is still open", "open", hall["state"])
    report.equal("the counters still have their numbers", ["open", "open"], [c["state"] for c in hall["counters"] if c["number"]])
    issued = next(s for s in hall["services"] if s["id"] == "pay")["issued"]
    kept = {number: id for number, id in given.items() if host.get(f"/tickets/{id}")[1].get("number") == number}
    report.true(f"every acknowledged ticket is there ({len(given)} of {issued})", kept == given and len(given) > 10, f"{len(given)}, more than 10", len(kept))
    report.equal("the next number follows the last one", f"A{issued + 1:03}", host.take("pay")["number"])

    last = host.get("/health")[1]["journal"]["seq"]
    seqs = until(lambda: [e["seq"] for e in events.all()], lambda seen: seen[-1:] >= [last])
    report.equal("the broker gets the whole journal, in order, without a gap", list(range(1, len(seqs) + 1)), seqs)
    report.equal("no number is missing or there twice", [f"A{n:03}" for n in range(1, issued + 2)], numbers(events, "pay"))
    report.equal("the host stops when it is asked to", 0, host.stop())


def main(dotnet, program, profile, data, recordings, given):
    report = Report()
    subprocess.run(["rig-dev", "keys", "COUNTER1", "COUNTER2"], check=True, stdout=subprocess.DEVNULL)
    host = Appliance(dotnet, program, profile, data, f"{recordings}/host-2.log")
    host.await_api()
    until(lambda: host.get("/health")[1]["mqtt"]["state"], lambda state: state == "connected")
    report.run(after_cut, report, host, Events(f"{recordings}/events-2.log"), acknowledged(given))
    say(f"second life: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
