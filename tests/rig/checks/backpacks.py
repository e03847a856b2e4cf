"""HT16K33 chips on the I2C bus, made from the messages that the kernel passed on. From the chip's data sheet, not from the driver."""

import re
import threading

OSCILLATOR, DISPLAY, BRIGHTNESS = 0x20, 0x80, 0xE0

# Memory addresses of the four digits of the usual backpacks, leftmost first; 4 is the colon.
DIGITS = (0, 2, 6, 8)

# Bit 0 = A … 6 = G, 7 = point.
SHAPES = {0x00: " ", 0x3F: "0", 0x06: "1", 0x5B: "2", 0x4F: "3", 0x66: "4", 0x6D: "5", 0x7D: "6", 0x07: "7", 0x7F: "8", 0x6F: "9",
          0x77: "A", 0x39: "C", 0x40: "-"}


class Backpacks(threading.Thread):
    """Each chip as text, by its address."""

    def __init__(self, recording, bus="/dev/rigi2c"):
        super().__init__(name="backpacks", daemon=True)
        self._bus = open(bus, encoding="ascii")
        self._recording = open(recording, "a", encoding="ascii", buffering=1)
        self._chips = {}
        self._lock = threading.Lock()
        self.trouble = []
        self.start()

    def text(self, address):
        with self._lock:
            chip = self._chips.get(address, {})
            if not chip.get("oscillator") or not chip.get("display"):
                return f"not lit: {chip}"
            memory = chip["memory"]
            return "".join(SHAPES.get(memory[digit], "?") for digit in DIGITS).strip()

    def run(self):
        for line in self._bus:
            self._recording.write(line)
            message = re.fullmatch(r"t=\d+ addr=([0-9a-f]{2}) (?:w=([0-9a-f]*)|nack)\n", line)
            if message is None:
                self.trouble.append(line.strip())
            elif message[2]:
                self._obey(int(message[1], 16), bytes.fromhex(message[2]))

    def _obey(self, address, data):
        with self._lock:
            chip = self._chips.setdefault(address, {"memory": [0xAA] * 16})
            command = data[0]
            if command < 16:
                for offset, value in enumerate(data[1:]):
                    chip["memory"][(command + offset) % 16] = value
            elif command & 0xF0 == OSCILLATOR:
                chip["oscillator"] = command & 1
            elif command & 0xF0 == DISPLAY:
                chip["display"] = command & 1
            elif command & 0xF0 == BRIGHTNESS:
                chip["brightness"] = command & 15
            elif command & 0xF0 not in (0xA0,):
                self.trouble.append(f"{address:02x}: {data.hex()}")


def unplug(mask):
    """The chips of these bits do not acknowledge any more; 0: all do."""
    with open("/sys/module/rigi2c/parameters/nack", "w", encoding="ascii") as nack:
        nack.write(str(mask))
