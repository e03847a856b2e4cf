"""A chain of MAX7219 at the end of the SPI bus, made from the frames that the kernel passed on. From the chip's data sheet, not from the driver."""

import re
import threading

DECODE, SCAN_LIMIT, SHUTDOWN, TEST = 9, 11, 12, 15

# Table 6 of the data sheet, read as letters: bit 7 = point, 6 = A … 0 = G.
SHAPES = {0x00: " ", 0x7E: "0", 0x30: "1", 0x6D: "2", 0x79: "3", 0x33: "4", 0x5B: "5", 0x5F: "6", 0x70: "7", 0x7F: "8", 0x7B: "9",
          0x77: "A", 0x4E: "C", 0x01: "-"}


class Panels(threading.Thread):
    """The nearest panel is number 1."""

    def __init__(self, count, recording, bus="/dev/rigspi"):
        super().__init__(name="panels", daemon=True)
        self._bus = open(bus, encoding="ascii")
        self._recording = open(recording, "a", encoding="ascii", buffering=1)
        self._chips = [{} for _ in range(count)]
        self._lock = threading.Lock()
        self.frames = 0
        self.trouble = []
        self.start()

    def segments(self, panel):
        """The eight digits of a panel, leftmost first: digit 8 of the usual modules."""
        with self._lock:
            chip = self._chips[panel - 1]
            return [chip.get(digit, 0) for digit in range(8, 0, -1)]

    def text(self, panel):
        """What a passer-by reads; says so where the chip is off, in test, or does not show raw segments of all digits."""
        with self._lock:
            chip = dict(self._chips[panel - 1])
        if chip.get(SHUTDOWN) != 1 or chip.get(TEST) != 0 or chip.get(DECODE) != 0 or chip.get(SCAN_LIMIT) != 7:
            return f"not lit: {chip}"
        return "".join(SHAPES.get(shape, "?") for shape in self.segments(panel)).strip()

    def run(self):
        for line in self._bus:
            self._recording.write(line)
            transfer = re.fullmatch(r"t=\d+ cs=0 hz=(\d+) mode=(\d) bpw=8 msg=\d+ last=1 tx=((?:[0-9a-f]{4})*)\n", line)
            if transfer is None or transfer[2] != "0" or int(transfer[1]) > 10_000_000:
                self.trouble.append(line.strip())
                continue
            self._latch(bytes.fromhex(transfer[3]))

    def _latch(self, frame):
        """Chip select rises: every chip takes the word that stands in it. The first word has gone through to the last chip."""
        words = [(frame[i] & 15, frame[i + 1]) for i in range(0, len(frame), 2)]
        if len(words) != len(self._chips):
            self.trouble.append(f"{len(words)} words for {len(self._chips)} chips: {frame.hex()}")
            return
        with self._lock:
            self.frames += 1
            for chip, (register, data) in zip(self._chips, reversed(words)):
                if register:
                    chip[register] = data
