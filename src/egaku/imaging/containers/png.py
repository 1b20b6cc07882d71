"""PNG as a container: chunks, checksums and the header (W3C PNG, third edition, sections 5 and 11)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from egaku.imaging.containers.orientation import read_orientation
from egaku.imaging.containers.still import MAX_ICC_BYTES, Still
from egaku.imaging.deflate import unfolds_to
from egaku.imaging.errors import FaultKind, UnreadableImage, corrupt, truncated

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_MAX_CHUNKS = 65_536  # 50 MB in the 4 kB chunks of the most cautious encoder is 13,000
_MAX_EXIF_BYTES = 1024 * 1024
_DEFLATE_BEST = 1032  # one deflated byte never stands for more raw bytes than this
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MODES = {2: "RGB", 3: "P", 4: "LA", 6: "RGBA"}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


@dataclass(frozen=True, slots=True)
class _Header:
    width: int
    height: int
    depth: int
    color: int
    interlaced: bool

    @property
    def mode(self) -> str:
        if self.color == 0:
            return {1: "1", 16: "I;16"}.get(self.depth, "L")
        return _MODES[self.color]

    @property
    def raw_bytes(self) -> int:
        """How many bytes the deflated data must unfold to."""
        bits = self.depth * _CHANNELS[self.color]
        if not self.interlaced:
            return self.height * (1 + (self.width * bits + 7) // 8)
        total = 0
        for left, top, across, down in _ADAM7:
            wide = -(-(self.width - left) // across)
            high = -(-(self.height - top) // down)
            if wide > 0 and high > 0:
                total += high * (1 + (wide * bits + 7) // 8)
        return total


def open_png(data: memoryview) -> Still:
    """Read a PNG's structure. Bytes after IEND are left alone.

    Raises UnreadableImage: TRUNCATED, CORRUPT, ANIMATED, TOO_COMPLEX, UNSUPPORTED_FORMAT.
    """
    header: _Header | None = None
    palette = transparency = icc = exif = b""
    pixels: list[memoryview] = []
    for name, body in _chunks(data):
        if header is None:
            header = _header(name, body)
        elif name == b"IDAT":
            pixels.append(body)
        elif name == b"PLTE":
            palette = bytes(body)
        elif name == b"tRNS":
            transparency = bytes(body[:256])
        elif name == b"acTL":
            _refuse_animation(body)
        elif name == b"iCCP":
            icc = _profile(body)
        elif name == b"eXIf":
            exif = bytes(body[:_MAX_EXIF_BYTES])
        elif not name[0] & 0x20 and name != b"IEND":
            raise corrupt("png", "it holds a critical chunk that no standard defines")
    if header is None or not pixels:
        raise corrupt("png", "it holds no picture")
    _check(header, palette, sum(map(len, pixels)))
    return Still(
        format="png",
        width=header.width,
        height=header.height,
        mode=header.mode,
        has_alpha=header.color in {4, 6} or bool(transparency),
        data=_rebuild(header, palette, transparency, pixels),
        depth=header.depth,
        transparent_color=_transparent_color(header, transparency),
        icc=icc,
        orientation=read_orientation(exif),
    )


def is_complete(data: bytes) -> bool:
    """True when the data of a PNG made by `open_png` unfolds to every row its header promises.

    Pillow fills missing rows with zeros and says nothing.
    """
    header: _Header | None = None
    for name, body in _chunks(memoryview(data)):
        if header is None:
            header = _header(name, body)
        elif name == b"IDAT":
            return unfolds_to(body, header.raw_bytes)
    return False


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Every chunk up to and including IEND as (name, body), checksums of the critical ones checked."""
    place = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if place + 12 > len(data):
            raise truncated("png")
        length, name = struct.unpack_from(">I4s", data, place)
        if not name.isalpha():
            raise corrupt("png", "its chunks are not in order")
        end = place + 8 + length
        if end + 4 > len(data):
            raise truncated("png")
        if not name[0] & 0x20 and zlib.crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4]):
            raise corrupt("png", "a checksum does not match")
        yield name, data[place + 8 : end]
        if name == b"IEND":
            return
        place = end + 4
    raise UnreadableImage(FaultKind.TOO_COMPLEX, "The PNG file is cut into too many chunks.", format="png")


def _header(name: bytes, body: memoryview) -> _Header:
    if name != b"IHDR" or len(body) != 13:
        raise corrupt("png", "it does not begin with its header")
    width, height, depth, color, compression, filtering, interlace = struct.unpack(">IIBBBBB", body)
    if not (0 < width < 2**31 and 0 < height < 2**31):
        raise corrupt("png", "its width or height is zero")
    if depth not in _DEPTHS.get(color, ()) or compression or filtering or interlace > 1:
        raise corrupt("png", "its header asks for something no standard defines")
    return _Header(width, height, depth, color, bool(interlace))


def _check(header: _Header, palette: bytes, deflated: int) -> None:
    if deflated * _DEFLATE_BEST < header.raw_bytes:
        raise truncated("png")
    if header.color == 3 and not (3 <= len(palette) <= 768 and len(palette) % 3 == 0):
        raise corrupt("png", "its palette is missing or malformed")


def _refuse_animation(body: memoryview) -> None:
    """An animation of one frame is a picture; of more, it is not."""
    if len(body) == 8 and int.from_bytes(body[:4]) > 1:
        raise UnreadableImage(
            FaultKind.ANIMATED, "The PNG file is animated; send a single picture.", format="png"
        )


def _profile(body: memoryview) -> bytes:
    """The ICC profile of an iCCP chunk, or nothing when it is malformed or unfolds beyond the limit."""
    name, _, rest = bytes(body[:80]).partition(b"\0")
    if not rest or rest[0] != 0:
        return b""
    unfold = zlib.decompressobj()
    try:
        profile = unfold.decompress(body[len(name) + 2 :], MAX_ICC_BYTES)
    except zlib.error:
        return b""
    return profile if unfold.eof else b""


def _transparent_color(header: _Header, transparency: bytes) -> tuple[int, ...] | None:
    samples = {0: 1, 2: 3}.get(header.color)
    if samples is None or not transparency:
        return None
    if len(transparency) != 2 * samples:
        raise corrupt("png", "its transparent colour is malformed")
    return struct.unpack(f">{samples}H", transparency)


def _rebuild(header: _Header, palette: bytes, transparency: bytes, pixels: list[memoryview]) -> bytes:
    """The picture as a minimal PNG."""
    start = struct.pack(
        ">IIBBBBB", header.width, header.height, header.depth, header.color, 0, 0, int(header.interlaced)
    )
    parts: list[bytes | memoryview] = [SIGNATURE, *_chunk(b"IHDR", [start])]
    if header.color == 3:
        parts += _chunk(b"PLTE", [palette])
        if transparency:
            parts += _chunk(b"tRNS", [transparency[: len(palette) // 3]])
    parts += [*_chunk(b"IDAT", pixels), *_chunk(b"IEND", [])]
    return b"".join(parts)


def _chunk(name: bytes, bodies: list[bytes] | list[memoryview]) -> list[bytes | memoryview]:
    crc = zlib.crc32(name)
    for body in bodies:
        crc = zlib.crc32(body, crc)
    return [struct.pack(">I", sum(map(len, bodies))), name, *bodies, struct.pack(">I", crc)]
