"""An LED sign behind a serial port that speaks the Alpha protocol, written from its public specification and not from the driver."""

import errno
import os
import re
import termios
import threading
import time
import tty

# A frame: SOH, type and address of the sign, then commands, each after an STX, the last one before EOT; each may end with ETX and its checksum.
FRAME = re.compile(rb"\x00{5,}\x01(.)(..)((?:\x02[^\x02\x03\x04]*(?:\x03[0-9A-F]{4})?)+)\x04", re.DOTALL)
COMMAND = re.compile(rb"\x02([^\x02\x03\x04]*)(?:\x03([0-9A-F]{4}))?", re.DOTALL)


class Sign(threading.Thread):
    def __init__(self, recording, port="/dev/ttyGS0"):
        super().__init__(name="sign", daemon=True)
        self._port, self._recording = port, open(recording, "ab", buffering=0)
        self._lock = threading.Lock()
        self._held = b""
        self._strings, self._texts = {}, {}
        self.frames = 0
        self.trouble = []
        self.start()

    @property
    def strings(self):
        """What stands in each STRING file, without colours and other settings."""
        with self._lock:
            return {label: plain(text) for label, text in self._strings.items()}

    def run(self):
        while True:
            try:
                self._listen()
            except OSError as gone:
                if gone.errno not in (errno.EIO, errno.ENODEV, errno.ENOENT, errno.ENXIO):
                    raise
            time.sleep(0.2)  # the cable is out: the port is opened anew until it is there again

    def _listen(self):
        port = os.open(self._port, os.O_RDWR | os.O_NOCTTY)
        try:
            tty.setraw(port, termios.TCSANOW)
            while data := os.read(port, 4096):
                self._recording.write(data)
                self._take(data)
        finally:
            os.close(port)

    def _take(self, data):
        with self._lock:
            self._held += data
            while frame := FRAME.search(self._held):
                self._held = self._held[frame.end():]
                self.frames += 1
                for command, checksum in COMMAND.findall(frame[3]):
                    self._obey(command, checksum)

    def _obey(self, command, checksum):
        # 16-bit sum from STX to ETX.
        if checksum and int(checksum, 16) != (0x02 + sum(command) + 0x03) & 0xFFFF:
            self.trouble.append(f"checksum {checksum} of {command!r}")
        elif command[:1] == b"G":
            self._strings[command[1:2].decode("latin-1")] = command[2:]
        elif command[:1] == b"A":
            self._texts[command[1:2].decode("latin-1")] = command[2:]
        elif command[:1] != b"E":
            self.trouble.append(f"command {command!r}")


def plain(text):
    """Without the codes of colours (1C n), sizes (1A n), speeds, and modes."""
    return re.sub(rb"[\x1a\x1c\x1d\x1e].|[\x00-\x1f]", b"", text).decode("latin-1").strip()
