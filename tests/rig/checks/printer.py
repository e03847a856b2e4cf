"""The printer at the other end of the USB cable: reads what the host prints and answers its questions."""

import errno
import os
import select
import threading
import time

from paper import Paper

DLE, EOT = 0x10, 0x04

# Seconds that the host may leave an answer unread.
REPLY_PATIENCE = 5


class UsbPrinter(threading.Thread):
    """
    Obeys DLE EOT on arrival and everything else in its turn, as printers do: while there is no paper a slip stays half printed, its GS r is
    not answered, and new paper lets it go on.
    """

    def __init__(self, recording, device="/dev/g_printer0"):
        super().__init__(name="printer", daemon=True)
        self._file = os.open(device, os.O_RDWR | os.O_NONBLOCK)
        self._recording = open(recording, "ab", buffering=0)
        self._lock = threading.Lock()
        self._paper = Paper()
        self._held = bytearray()
        self.start()

    @property
    def slips(self):
        with self._lock:
            return list(self._paper.slips)

    @property
    def unknown(self):
        with self._lock:
            return list(self._paper.unknown)

    @property
    def half_printed(self):
        """Lines on the paper that are not cut off."""
        with self._lock:
            return self._paper.open_slip

    def load(self, lines):
        """Paper for so many lines; None is a full roll."""
        with self._lock:
            self._paper.lines_left = lines
        self._take(b"")

    def run(self):
        while True:
            if not select.select([self._file], [], [], 0.1)[0]:
                continue
            data = self._read()
            if data:
                self._recording.write(data)
                self._take(data)
            else:
                time.sleep(0.05)

    def _read(self):
        try:
            return os.read(self._file, 8192)
        except OSError as nothing:
            if nothing.errno in (errno.EAGAIN, errno.ENODEV):
                return b""  # ENODEV: the cable is out; the same file goes on when it is in again
            raise

    def _take(self, data):
        with self._lock:
            answers = bytearray()
            self._held += data
            for wait in self._real_time(answers):
                answers += bytes([0x00] * self._paper.feed(wait))
        for answer in answers:
            self._reply(bytes([answer]))

    def _real_time(self, answers):
        """Cuts the questions out of what has come, and answers them; gives what is left, in order."""
        while (at := self._held.find(bytes([DLE, EOT]))) >= 0 and len(self._held) > at + 2:
            answers.append(self._status(self._held[at + 2]))
            before = bytes(self._held[:at])
            del self._held[:at + 3]
            yield before
        # The first two bytes of a question may be all that has come of it.
        keep = 2 if self._held[-2:] == bytes([DLE, EOT]) else 1 if self._held[-1:] == bytes([DLE]) else 0
        rest = bytes(self._held[:len(self._held) - keep])
        del self._held[:len(rest)]
        yield rest

    def _status(self, question):
        out = self._paper.out
        return 0x12 | {1: 0x08 if out else 0, 2: 0x20 if out else 0, 4: 0x6C if out else 0}.get(question, 0)

    def _reply(self, answer):
        end = time.monotonic() + REPLY_PATIENCE
        while True:
            try:
                os.write(self._file, answer)
                return
            except OSError as nothing:
                if nothing.errno not in (errno.EAGAIN, errno.ENODEV):
                    raise
                if nothing.errno == errno.ENODEV or time.monotonic() > end:
                    return  # nobody reads: the cable is out
                time.sleep(0.02)
