"""A finger on the key of a call unit: contacts bounce, at the press and at the release."""

import os
import time

# A bounce that took longer than this is one the kernel may rightly take for a press of its own (hall.json: 40 ms; people need 10).
LONGEST_BOUNCE = 0.03


class Key:
    def __init__(self, lines, number):
        self._file = os.open(f"{lines}/sim_gpio{number}/pull", os.O_WRONLY)

    def press(self, held=0.12, bounces=4):
        """
        Bounces of 1 ms, then held, then bounces again. Returns the length of the longest bounce in seconds: a machine that is held up in
        the middle of one makes something else of it.
        """
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
        try:
            longest = self._bounce(True, bounces)
            time.sleep(held)
            return max(longest, self._bounce(False, bounces))
        finally:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))

    def chatter(self, edges, ends_down):
        """So many edges as fast as can be."""
        for edge in range(edges):
            self._set((edge % 2 == 0) != ((edges % 2 == 0) == ends_down))

    def release(self):
        self._set(False)

    def _bounce(self, down, bounces):
        longest = 0.0
        for _ in range(bounces):
            for level in (down, not down):
                began = time.monotonic()
                self._set(level)
                time.sleep(0.001)
                longest = max(longest, time.monotonic() - began)
        self._set(down)
        return longest

    def _set(self, down):
        os.pwrite(self._file, b"pull-down" if down else b"pull-up", 0)
