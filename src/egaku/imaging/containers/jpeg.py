"""JPEG as a container: markers, frame header and scans (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from egaku.imaging.containers.orientation import read_orientation
from egaku.imaging.containers.still import MAX_ICC_BYTES, Still
from egaku.imaging.errors import FaultKind, UnreadableImage, corrupt, truncated

SIGNATURE = b"\xff\xd8\xff"

_MAX_SEGMENTS = 4096
_SOI, _EOI, _SOS, _DHT, _DQT, _DRI = 0xD8, 0xD9, 0xDA, 0xC4, 0xDB, 0xDD
_FRAMES = {0xC0: "baseline", 0xC1: "sequential", 0xC2: "progressive"}
_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
# A marker inside entropy-coded data: 0xFF, then neither stuffing (00), nor restart (D0-D7), nor fill (FF).
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def open_jpeg(data: memoryview) -> Still:
    """Read a JPEG's structure. Bytes after its end are left alone.

    Raises UnreadableImage: TRUNCATED, CORRUPT, TOO_COMPLEX, UNSUPPORTED_FORMAT (lossless, arithmetic,
    hierarchical and 12-bit flavours, which no browser shows either).
    """
    frame = exif = b""
    progressive = False
    icc: dict[int, bytes] = {}
    kept: list[memoryview] = [data[:2]]
    scans = coded = 0
    for marker, place, end in _segments(data):
        body = bytes(data[place + 4 : end]) if marker != _SOS else b""
        if marker in _FRAMES:
            if frame:
                raise corrupt("jpeg", "it holds two frames")
            frame, progressive = body, marker == 0xC2
            kept.append(data[place:end])
        elif marker in _OTHER_FRAMES:
            raise _flavour()
        elif marker == _SOS:
            scans += 1
            coded += end - place
            kept.append(data[place:end])
        elif _matters(marker, body):
            kept.append(data[place:end])
        elif marker == 0xE1 and body.startswith(b"Exif\0\0") and not exif:
            exif = body
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            icc[body[12]] = body[14:]
    if not frame or not scans:
        raise corrupt("jpeg", "it holds no picture")
    width, height, mode, blocks = _frame(frame)
    # Huffman coding spends at least one bit on each block's mean, and another on the rest when sequential.
    if coded * 8 < blocks * (1 if progressive else 2):
        raise truncated("jpeg")
    kept.append(memoryview(b"\xff\xd9"))
    profile = b"".join(icc[number] for number in sorted(icc))
    return Still(
        format="jpeg",
        width=width,
        height=height,
        mode=mode,
        has_alpha=False,
        data=b"".join(kept),
        icc=profile if len(profile) <= MAX_ICC_BYTES else b"",
        orientation=read_orientation(exif),
        work=scans,
    )


def _segments(data: memoryview) -> Iterator[tuple[int, int, int]]:
    """Every segment up to the end marker as (marker, start, end); a scan's coded data belongs to it."""
    place = 2
    for _ in range(_MAX_SEGMENTS):
        while bytes(data[place : place + 2]) == b"\xff\xff":  # any number of fill bytes may precede a marker
            place += 1
        if place + 2 > len(data):
            raise truncated("jpeg")
        if data[place] != 0xFF:
            raise corrupt("jpeg", "its segments are not in order")
        marker = data[place + 1]
        if marker == _EOI:
            return
        if marker < 0xC0 or 0xD0 <= marker <= _SOI:
            raise corrupt("jpeg", "its segments are not in order")
        if place + 4 > len(data):
            raise truncated("jpeg")
        length = int.from_bytes(data[place + 2 : place + 4])
        end = place + 2 + length
        if length < 2:
            raise corrupt("jpeg", "a segment has no length")
        if end > len(data):
            raise truncated("jpeg")
        if marker == _SOS:
            found = _MARKER.search(data, end)
            if found is None:
                raise truncated("jpeg")
            end = found.start()
        yield marker, place, end
        place = end
    raise UnreadableImage(
        FaultKind.TOO_COMPLEX, "The JPEG file is cut into too many segments.", format="jpeg"
    )


def _matters(marker: int, body: bytes) -> bool:
    """True for tables, and for the two application segments that say how colours are coded."""
    return (
        marker in {_DHT, _DQT, _DRI}
        or (marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14)
        or (marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12)
    )


def _frame(body: bytes) -> tuple[int, int, str, int]:
    """Width, height, mode and the number of coded 8 × 8 blocks of a frame header."""
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        raise corrupt("jpeg", "its header is too short")
    height, width, count = int.from_bytes(body[1:3]), int.from_bytes(body[3:5]), body[5]
    if body[0] != 8 or count not in _MODES:
        raise _flavour()
    if not width or not height:
        raise corrupt("jpeg", "its width or height is zero")
    factors = [divmod(body[7 + 3 * index], 16) for index in range(count)]
    if not all(1 <= across <= 4 and 1 <= down <= 4 for across, down in factors):
        raise corrupt("jpeg", "its sampling factors are impossible")
    most_across, most_down = max(a for a, _ in factors), max(d for _, d in factors)
    blocks = sum(
        -(-width * across // (8 * most_across)) * -(-height * down // (8 * most_down))
        for across, down in factors
    )
    return width, height, _MODES[count], blocks


def _flavour() -> UnreadableImage:
    return UnreadableImage(
        FaultKind.UNSUPPORTED_FORMAT,
        "This flavour of JPEG is not supported; save it as an ordinary or progressive JPEG.",
        format="jpeg",
        media_type="image/jpeg",
    )
