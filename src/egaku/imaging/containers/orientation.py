"""Orientation: the one fact worth knowing from EXIF.

EXIF is a TIFF file inside the picture (CIPA DC-008, section 4.5): byte order, then a directory of 12-byte
entries, one of which says which way up the camera was held. Reading that entry alone, within bounds, leaves
positions, thumbnails, maker notes and every other way to go wrong untouched.
"""

from __future__ import annotations

import struct

_ORIENTATION_TAG = 0x0112
_SHORT = 3
_MAX_ENTRIES = 256


def read_orientation(exif: bytes) -> int:
    """The EXIF orientation, 1 … 8; 1 (as stored) when it is absent or unreadable.

    `exif` starts at the TIFF header, or at the `Exif\\0\\0` before it.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for place in range(start + 2, start + 2 + 12 * min(count, _MAX_ENTRIES), 12):
        if place + 12 > len(tiff):
            return 1
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, place)
        if tag == _ORIENTATION_TAG:
            return value if kind == _SHORT and 1 <= value <= 8 else 1
    return 1
