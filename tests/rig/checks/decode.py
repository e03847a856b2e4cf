"""decode.py FILE FONT FOLDER: reads the bytes that went to a printer, prints what stands on each slip as JSON, and writes its pictures as PBM into a folder."""

import json
import sys
from pathlib import Path

from paper import Paper

path, font, folder = sys.argv[1:]
paper = Paper(font)
markers = paper.feed(Path(path).read_bytes())
for number, (width, height, bits) in enumerate(raster for slip in paper.slips for raster in slip.rasters):
    Path(folder, f"{number}.pbm").write_bytes(f"P4 {width} {height}\n".encode() + bits)
print(json.dumps({
    "slips": [{"lines": slip.texts(), "codes": slip.codes, "pictures": slip.pictures} for slip in paper.slips],
    "open": paper.open_slip, "markers": markers, "unknown": paper.unknown,
}))
