"""Picture sizes: `"1024x1024"` on the wire, (width, height) in pixels here."""

from __future__ import annotations

import re
from typing import NamedTuple

MULTIPLE = 16
"""Free sizes (gpt-image-2 and newer): both sides divide by this."""
MAX_RATIO = 3
"""Free sizes: longest side over shortest, at most."""
MIN_SIDE = 64
"""Free sizes: at least this many pixels along either side, the least an engine draws."""
MAX_LONG, MAX_SHORT = 3840, 2160
"""Free sizes: at most this many pixels along the longer and the shorter side."""

FREE_SIZE = re.compile(r"([1-9][0-9]{0,4})x([1-9][0-9]{0,4})")


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def parse_size(text: str) -> Size | None:
    """`"256x512"` → Size(256, 512); None when the text is no size."""
    match = FREE_SIZE.fullmatch(text)
    return Size(int(match[1]), int(match[2])) if match else None
