"""The printer at the other end of the USB cable: reads what the host prints and answers its questions."""

import errno
import os
import select
import threading
import time

from paper import Paper

DLE, EOT, ENQ, DC4 = 0x10, 0x04, 0x05, 0x14

# Clear buffers, with its parameters; answered 37 25 00.
CLEAR_BUFFER = bytes([DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8])
CLEARED = bytes([0x37, 0x25, 0x00])

# Bytes of each real-time command, by its second byte and, for DLE DC4, its function: 1 drawer, 2 power off, 3 buzzer, 7 status, 8 clear.
REAL_TIME = {EOT: 3, ENQ: 3}
REAL_TIME_DC4 = {1: 5, 2: 5, 3: 8, 7: 4, 8: 10}

# Seconds that the host may leave an answer unread.
REPLY_PATIENCE = 5


class UsbPrinter(threading.Thread):
    """
    Obeys DLE EOT and DLE DC4 on arrival and everything else in its turn, as printers do: while there is no paper a slip stays half printed,
    its GS r is not answered, and new paper lets it go on, unless its buffer was cleared. Changes are told unasked once GS a asked for it.
    """

    def __init__(self, recording, device="/dev/g_printer0"):
        super().__init__(name="printer", daemon=True)
        self._file = os.open(device, os.O_RDWR | os.O_NONBLOCK)
        self._recording = open(recording, "ab", buffering=0)
        self._lock = threading.Lock()
        self._paper = Paper()
        self._held = bytearray()
        self._told = None
        self._stalled = False
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

    @property
    def torn(self):
        with self._lock:
            return list(self._paper.torn)

    def stall(self, stalled):
        """Reads nothing any more, as a printer whose buffer is full; or goes on."""
        self._stalled = stalled

    def power_cycle(self):
        """Forgets what is not on paper. The cable is pulled and plugged by who calls this."""
        with self._lock:
            self._held.clear()
            self._paper.power_cycle()
            self._told = None

    def load(self, lines):
        """Paper for so many lines; None is a full roll."""
        with self._lock:
            self._paper.lines_left = lines
        self._take(b"")

    def run(self):
        while True:
            if self._stalled:
                time.sleep(0.05)
                continue
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
            answers = []
            self._held += data
            for wait in self._real_time(answers):
                answers += [bytes([0x00])] * self._paper.feed(wait)
            answers += self._changes()
        for answer in answers:
            self._reply(answer)

    def _real_time(self, answers):
        """Cuts the real-time commands out of what has come, and obeys them; gives what is left, in order."""
        start = 0
        while (at := self._held.find(DLE, start)) >= 0:
            head = bytes(self._held[at:at + 3])
            if len(head) < 2 or (head[1] == DC4 and len(head) < 3):
                break  # it may be the beginning of one
            length = REAL_TIME_DC4.get(head[2]) if head[1] == DC4 else REAL_TIME.get(head[1])
            if length is None:
                start = at + 1
                continue
            if len(self._held) < at + length:
                break
            before, command = bytes(self._held[:at]), bytes(self._held[at:at + length])
            del self._held[:at + length]
            start = 0
            yield before
            if command[1] == EOT:
                answers.append(bytes([self._status(command[2])]))
            elif command == CLEAR_BUFFER:
                self._paper.clear()
                answers.append(CLEARED)
        rest = bytes(self._held) if at < 0 else bytes(self._held[:at])
        del self._held[:len(rest)]
        yield rest

    def _changes(self):
        """Automatic status back: four bytes at each change, and at once when it is switched on."""
        if not self._paper.status_back:
            return []
        out = self._paper.out
        status = bytes([0x10 | (0x08 if out else 0), 0x00, 0x0F if out else 0, 0x0F])
        if status == self._told:
            return []
        self._told = status
        return [status]

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
