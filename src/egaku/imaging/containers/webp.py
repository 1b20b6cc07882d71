"""WebP as a container: RIFF chunks and the three bitstream headers (RFC 9649, sections 2 and 3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from egaku.imaging.containers.orientation import read_orientation
from egaku.imaging.containers.still import MAX_ICC_BYTES, Still
from egaku.imaging.errors import FaultKind, UnreadableImage, corrupt, truncated

_MAX_CHUNKS = 4096
_ALPHA_FLAG, _ANIMATION_FLAG = 0x10, 0x02


def open_webp(data: memoryview) -> Still:
    """Read a WebP's structure. Bytes after the RIFF form are left alone.

    Raises UnreadableImage: TRUNCATED, CORRUPT, ANIMATED, TOO_COMPLEX.
    """
    canvas: tuple[int, int] | None = None
    stream: tuple[bytes, memoryview] | None = None
    alpha: memoryview | None = None
    icc = exif = b""
    for name, body in _chunks(data):
        if name == b"VP8X" and canvas is None and stream is None:
            canvas = _canvas(body)
        elif name in {b"ANIM", b"ANMF"}:
            raise _animated()
        elif name in {b"VP8 ", b"VP8L"}:
            if stream is not None:
                raise corrupt("webp", "it holds two pictures")
            stream = (name, body)
        elif name == b"ALPH" and stream is None:
            alpha = body
        elif name == b"ICCP" and len(body) <= MAX_ICC_BYTES:
            icc = bytes(body)
        elif name == b"EXIF":
            exif = bytes(body[: 1024 * 1024])
    if stream is None:
        raise corrupt("webp", "it holds no picture")
    name, body = stream
    width, height, has_alpha = _lossless(body) if name == b"VP8L" else (*_lossy(body), alpha is not None)
    if canvas is not None and canvas != (width, height):
        raise corrupt("webp", "its two headers disagree about its size")
    return Still(
        format="webp",
        width=width,
        height=height,
        mode="RGBA" if has_alpha else "RGB",
        has_alpha=has_alpha,
        data=_rebuild(name, body, alpha, (width, height)),
        icc=icc,
        orientation=read_orientation(exif),
    )


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Every chunk of the RIFF form as (name, body)."""
    declared = int.from_bytes(data[4:8], "little") + 8
    if declared > len(data):
        raise truncated("webp")
    place = 12
    for _ in range(_MAX_CHUNKS):
        if place + 8 > declared:
            return
        name, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length
        if end > declared:
            raise truncated("webp")
        yield name, data[place + 8 : end]
        place = end + (length & 1)
    raise UnreadableImage(FaultKind.TOO_COMPLEX, "The WebP file is cut into too many chunks.", format="webp")


def _canvas(body: memoryview) -> tuple[int, int]:
    if len(body) < 10:
        raise corrupt("webp", "its header is too short")
    if body[0] & _ANIMATION_FLAG:
        raise _animated()
    return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1


def _lossy(body: memoryview) -> tuple[int, int]:
    """Size of a VP8 key frame (RFC 6386, section 9.1)."""
    if len(body) < 10:
        raise truncated("webp")
    if body[0] & 1 or bytes(body[3:6]) != b"\x9d\x01\x2a":
        raise corrupt("webp", "its picture does not begin with a key frame")
    width, height = struct.unpack_from("<HH", body, 6)
    width, height = width & 0x3FFF, height & 0x3FFF
    if not width or not height:
        raise corrupt("webp", "its width or height is zero")
    return width, height


def _lossless(body: memoryview) -> tuple[int, int, bool]:
    """Size of a VP8L stream, and whether it says that its alpha is used (RFC 9649, section 3.4)."""
    if len(body) < 5:
        raise truncated("webp")
    bits = int.from_bytes(body[1:5], "little")
    if body[0] != 0x2F or bits >> 29:
        raise corrupt("webp", "its lossless header is malformed")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)


def _rebuild(name: bytes, body: memoryview, alpha: memoryview | None, size: tuple[int, int]) -> bytes:
    """The picture as a minimal WebP."""
    parts: list[bytes | memoryview] = []
    if name == b"VP8 " and alpha is not None:
        corners = b"".join((side - 1).to_bytes(3, "little") for side in size)
        parts += _chunk(b"VP8X", bytes([_ALPHA_FLAG, 0, 0, 0]) + corners)
        parts += _chunk(b"ALPH", alpha)
    parts += _chunk(name, body)
    total = 4 + sum(map(len, parts))
    return b"".join([b"RIFF", struct.pack("<I", total), b"WEBP", *parts])


def _chunk(name: bytes, body: bytes | memoryview) -> list[bytes | memoryview]:
    return [name, struct.pack("<I", len(body)), body, b"\0" * (len(body) & 1)]


def _animated() -> UnreadableImage:
    return UnreadableImage(
        FaultKind.ANIMATED, "The WebP file is animated; send a single picture.", format="webp"
    )
