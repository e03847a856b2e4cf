"""ESC/POS as a printer understands it, written from Epson's command reference and not from the driver that it checks."""

from dataclasses import dataclass, field

ESC, FS, GS, LF = 0x1B, 0x1C, 0x1D, 0x0A


@dataclass
class Line:
    text: str
    width: int
    height: int
    inverse: bool


@dataclass
class Slip:
    lines: list = field(default_factory=list)
    codes: list = field(default_factory=list)
    pictures: int = 0
    rasters: list = field(default_factory=list)  # of each picture: dots in a row, rows, bits

    def texts(self):
        return [line.text.strip() for line in self.lines if line.text.strip()]


# Commands with a fixed number of bytes after the two that name them.
FIXED = {
    (ESC, 0x40): 0, (ESC, ord("a")): 1, (ESC, ord("E")): 1, (ESC, ord("d")): 1, (ESC, ord("J")): 1, (ESC, ord("t")): 1,
    (ESC, ord("2")): 0, (ESC, ord("3")): 1, (FS, ord("&")): 0, (FS, ord(".")): 0, (FS, ord("!")): 1,
    (GS, ord("!")): 1, (GS, ord("B")): 1, (GS, ord("a")): 1, (GS, ord("V")): 2, (GS, ord("r")): 1,
}


class Paper:
    """Prints what is fed, in order, as far as the paper reaches."""

    def __init__(self, font="gb18030"):
        self.font = font
        self.slips = []
        self.torn = []  # what was printed of a slip whose rest was cleared
        self.unknown = []
        self.status_back = 0  # GS a: the changes that are told unasked
        self.lines_left = None  # None: a full roll
        self._bytes = bytearray()
        self._slip = Slip()
        self._initialise()

    @property
    def out(self):
        return self.lines_left == 0

    @property
    def open_slip(self):
        """Lines of a slip that is not cut off yet."""
        return len(self._slip.lines)

    def feed(self, data):
        """Takes bytes and prints what it can. Returns how many GS r it came to: each is to be answered."""
        self._bytes += data
        markers = 0
        while not self.out and (length := self._length()):
            command = bytes(self._bytes[:length])
            del self._bytes[:length]
            markers += self._obey(command)
        return markers

    def clear(self):
        """DLE DC4 function 8: what is buffered is forgotten; the half of a slip hangs on the old roll."""
        self._bytes.clear()
        if self._slip.lines:
            self.torn.append(self._slip)
        self._slip = Slip()
        self._initialise()

    def power_cycle(self):
        """Everything that is not on paper is forgotten."""
        self.clear()
        self.status_back = 0

    def _initialise(self):
        self._text, self._hanzi, self._size, self._inverse, self._code = "", False, (1, 1), False, b""

    def _length(self):
        """Length of the command at the head of the buffer; 0 while it is not all there."""
        wanted = self._wanted()
        return wanted if len(self._bytes) >= wanted else 0

    def _wanted(self):
        """The same, or as many bytes as are needed to know it."""
        data = self._bytes
        if not data or data[0] not in (ESC, FS, GS):
            return 2 if self._hanzi and data and data[0] >= 0x81 else 1
        if len(data) < 2:
            return 2
        name = (data[0], data[1])
        if name == (GS, ord("(")):
            return 5 + int.from_bytes(data[3:5], "little") if len(data) >= 5 else 5
        if name == (GS, ord("v")):
            return 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little") if len(data) >= 8 else 8
        return 2 + FIXED.get(name, 0)

    def _obey(self, command):
        head, rest = tuple(command[:2]), command[2:]
        if command[0] == LF:
            self._end_line()
        elif command[0] not in (ESC, FS, GS):
            self._text += command.decode(self.font if self._hanzi and len(command) == 2 else "ascii", "replace")
        elif head == (ESC, 0x40):
            self._initialise()
        elif head in ((FS, ord("&")), (FS, ord("."))):
            self._hanzi = head[1] == ord("&")
        elif head == (GS, ord("!")):
            self._size = ((rest[0] >> 4) + 1, (rest[0] & 15) + 1)
        elif head == (GS, ord("B")):
            self._inverse = bool(rest[0] & 1)
        elif head == (GS, ord("(")):
            self._symbol(command)
        elif head == (GS, ord("v")):
            self._slip.pictures += 1
            self._slip.rasters.append((int.from_bytes(command[4:6], "little") * 8, int.from_bytes(command[6:8], "little"), command[8:]))
        elif head == (GS, ord("V")):
            self.slips.append(self._slip)
            self._slip = Slip()
        elif head == (GS, ord("r")):
            return 1
        elif head == (GS, ord("a")):
            self.status_back = rest[0]
        elif head not in FIXED:
            self.unknown.append(command.hex(" "))
        return 0

    def _end_line(self):
        self._slip.lines.append(Line(self._text, *self._size, self._inverse))
        self._text = ""
        if self.lines_left is not None:
            self.lines_left -= 1

    def _symbol(self, command):
        """GS ( k: cn 49 is a QR code, function 80 stores its content, 81 prints it."""
        if command[2] != ord("k") or command[5] != 49:
            self.unknown.append(command.hex(" "))
        elif command[6] == 80:
            self._code = command[8:]
        elif command[6] == 81:
            self._slip.codes.append(self._code.decode())
