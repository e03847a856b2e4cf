"""What was expected, what was seen, and whether they agree."""

import sys
import time
import traceback

# Seconds within which the appliance has to do what is expected of it. The processor is emulated: no check is about speed.
PATIENCE = 90


def say(text):
    print(text, flush=True)


def until(look, good, patience=PATIENCE):
    """Looks every 0.2 s until good(what is seen), or until the patience is over. Returns what was seen last."""
    end = time.monotonic() + patience
    while True:
        seen = look()
        if good(seen) or time.monotonic() > end:
            return seen
        time.sleep(0.2)


class Report:
    """Prints a line PASS or FAIL for each check."""

    def __init__(self):
        self.failed = 0
        self.passed = 0

    def equal(self, what, expected, seen):
        self._note(what, expected == seen, expected, seen)

    def becomes(self, what, expected, look, patience=PATIENCE):
        """The value of look() has to become what is expected."""
        self.equal(what, expected, until(look, lambda seen: seen == expected, patience))

    def true(self, what, good, expected, seen):
        self._note(what, good, expected, seen)

    def run(self, check, *arguments):
        """Runs a function that makes several checks. One that dies has failed; the next one is run all the same."""
        say(f"---- {check.__doc__}")
        try:
            check(*arguments)
        except Exception as mistake:  # the report has to name every check that failed, whatever it died of
            traceback.print_exc(file=sys.stdout)
            self._note(check.__doc__, False, "no exception", repr(mistake))

    def _note(self, what, good, expected, seen):
        if good:
            self.passed += 1
            say(f"PASS {what}")
        else:
            self.failed += 1
            say(f"FAIL {what}: expected {expected}, seen {seen}")
