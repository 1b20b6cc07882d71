"""Still: one picture as its container declares it, ready for a decoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["png", "jpeg", "webp"]
"""The file formats taken in and given out."""

MAX_ICC_BYTES = 2 * 1024 * 1024
"""The largest colour profile worth reading: printing profiles reach 1.9 MB, others 50 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A single picture in one of the accepted formats, nothing decoded yet."""

    format: Format
    width: int
    """Pixels across as stored, before `orientation`; at least 1."""
    height: int
    """Pixels down as stored, at least 1."""
    mode: str
    """What Pillow calls these pixels: `1`, `L`, `I;16`, `LA`, `P`, `RGB`, `RGBA` or `CMYK`."""
    has_alpha: bool
    """True when the file can say "transparent": by an alpha channel, palette entries or one colour."""
    data: bytes
    """A complete file of `format` with the same pixels and no metadata."""
    depth: int = 8
    """Bits per sample as stored."""
    transparent_color: tuple[int, ...] | None = None
    """PNG only: the one grey (1 sample) or colour (3 samples) that is transparent, at `depth` bits."""
    icc: bytes = b""
    """The colour profile, at most MAX_ICC_BYTES, unchecked; empty for none."""
    orientation: int = 1
    """EXIF orientation, 1 … 8."""
    work: int = 1
    """How often a decoder must pass over all pixels (scans of a progressive JPEG); at least 1."""
