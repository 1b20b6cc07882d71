"""Builders of picture files, whole and broken, and of the pixels in them."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from egaku.imaging.pixels import Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def ihdr(width: int, height: int, depth: int = 8, color: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace))


def png(header: bytes, rows: bytes, *before: bytes, after: bytes = b"") -> bytes:
    """A PNG of raw rows (filter bytes included), with chunks before and after its data."""
    return b"".join(
        (SIGNATURE, header, *before, chunk(b"IDAT", zlib.compress(rows, 9)), after, chunk(b"IEND"))
    )


def rows_of(samples: NDArray[Any]) -> bytes:
    """Rows (H, bytes) or (H, W, C) with filter 0 in front of each."""
    flat = samples.reshape(samples.shape[0], -1)
    return b"".join(b"\0" + row.tobytes() for row in flat)


def gradient(width: int = 16, height: int = 12) -> Pixels:
    """An opaque picture in which every pixel is another one."""
    y, x = np.mgrid[:height, :width]
    planes = (x * 255 // max(1, width - 1), y * 255 // max(1, height - 1), (x + y) % 2 * 128, x * 0 + 255)
    return np.stack(planes, axis=-1).astype(np.uint8)


def with_alpha(pixels: Pixels) -> Pixels:
    """`pixels` with a transparent left third and a half-transparent top row."""
    out = pixels.copy()
    out[:, : out.shape[1] // 3, 3] = 0
    out[0, :, 3] = 128
    return out


def saved(pixels: Pixels, format_: str, mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    image = Image.fromarray(pixels)
    if mode == "P":  # of opaque colours, or Pillow makes one of them transparent
        image = image.convert("RGB")
    image.convert(mode).save(out, format_, **options)
    return out.getvalue()


def flat(color: tuple[int, int, int], width: int = 32, height: int = 24) -> Pixels:
    return np.full((height, width, 4), (*color, 255), np.uint8)


def exif(orientation: int, *, gps: bool = False) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = orientation
    if gps:
        notes.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)})
    return notes.tobytes()


def pack(samples: NDArray[np.uint8], depth: int) -> NDArray[np.uint8]:
    """(H, W) samples of `depth` bits as (H, bytes)."""
    bits = np.unpackbits(samples[..., None], axis=2)[..., 8 - depth :]
    return np.packbits(bits.reshape(samples.shape[0], -1), axis=1)


def interlaced(picture: Pixels) -> bytes:
    """An interlaced PNG of the colours of `picture`."""
    return png(ihdr(picture.shape[1], picture.shape[0], interlace=1), interlaced_rows(picture))


def interlaced_rows(picture: Pixels) -> bytes:
    """The seven passes of Adam7 (W3C PNG, section 8)."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    parts = [picture[top::down, left::across, :3] for left, top, across, down in passes]
    return b"".join(rows_of(part) for part in parts if part.size)


def segments(jpeg: bytes, extra: bytes) -> bytes:
    """`jpeg` with `extra` segments in front of all others but JFIF."""
    return jpeg[:20] + extra + jpeg[20:]


def jpeg_header(jpeg: bytes) -> bytes:
    """The frame header segment of a baseline JPEG."""
    place = jpeg.index(b"\xff\xc0")
    return jpeg[place : place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])]


def jpeg_cmyk(ink: tuple[int, int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("CMYK", (32, 24), ink).save(out, "JPEG", quality=95)
    return out.getvalue()


def riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def resized_jpeg(width: int, height: int) -> bytes:
    jpeg = saved(gradient(), "JPEG")
    frame = jpeg_header(jpeg)
    return jpeg.replace(frame, frame[:5] + struct.pack(">HH", height, width) + frame[9:])


@cache
def progressive_bomb(side: int, scans: int) -> bytes:
    """A grey progressive JPEG whose last scan is repeated: each repetition costs a pass over all blocks."""
    out = io.BytesIO()
    Image.new("L", (side, side), 90).save(out, "JPEG", progressive=True)
    jpeg = out.getvalue()
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * scans + b"\xff\xd9"
