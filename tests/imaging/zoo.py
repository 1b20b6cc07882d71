"""The zoo: hostile and odd pictures, each made by code, each with what must become of it.

`specimens()` gives them all. A specimen is either shown (its pixels are known) or refused (its kinds of fault
are). The same list is fed to the decoder here and, over HTTP, to the server.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from egaku.imaging.errors import FaultKind
from egaku.imaging.pixels import Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture is read, and its pixels are within `tolerance` levels of `pixels`."""

    pixels: Pixels
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """The picture is refused with one of `kinds`."""

    kinds: frozenset[FaultKind]


@dataclass(frozen=True, slots=True)
class Specimen:
    name: str
    data: bytes = field(repr=False)
    expectation: Shown | Refused = field(repr=False)


@cache
def specimens() -> tuple[Specimen, ...]:
    """Every animal, in a fixed order, with unique names."""
    kept = (*_plain(), *_png_flavours(), *_oriented(), *_jpeg_flavours(), *_webp_flavours(), *_metadata())
    liars = (*_liars(), *_liars_of_other_formats())
    return (*kept, *_strangers(), *_truncated(), *liars, *_bombs(), *_animated())


# --- building blocks ------------------------------------------------------------------------------------


def refused(name: str, data: bytes, *kinds: FaultKind) -> Specimen:
    return Specimen(name, data, Refused(frozenset(kinds)))


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


# --- pictures that are shown ------------------------------------------------------------------------------


def _plain() -> Iterator[Specimen]:
    picture = gradient()
    yield Specimen("png rgb", saved(picture, "PNG"), Shown(picture))
    yield Specimen("png rgba", saved(with_alpha(picture), "PNG", "RGBA"), Shown(with_alpha(picture)))
    yield Specimen("webp lossless", saved(picture, "WEBP", lossless=True), Shown(picture))
    yield Specimen(
        "webp lossless alpha",
        saved(with_alpha(picture), "WEBP", "RGBA", lossless=True, exact=True),
        Shown(with_alpha(picture)),
    )
    yield Specimen("jpeg flat", saved(flat((200, 60, 30)), "JPEG"), Shown(flat((200, 60, 30)), 3))
    yield Specimen("webp lossy", saved(flat((200, 60, 30)), "WEBP"), Shown(flat((200, 60, 30)), 6))
    for width, height in ((1, 1), (1, 65535), (65535, 1), (3, 1)):
        wide = np.full((height, width, 4), (9, 8, 7, 255), np.uint8)
        yield Specimen(f"png {width}x{height}", saved(wide, "PNG"), Shown(wide))
    yield Specimen("jpeg 1x1", saved(flat((90, 90, 90), 1, 1), "JPEG"), Shown(flat((90, 90, 90), 1, 1), 3))
    yield Specimen(
        "webp 1x1", saved(flat((9, 8, 7), 1, 1), "WEBP", lossless=True), Shown(flat((9, 8, 7), 1, 1))
    )


def _png_flavours() -> Iterator[Specimen]:
    picture = gradient()
    height, width = picture.shape[:2]
    grey = np.repeat(picture[..., :1], 4, axis=2)
    grey[..., 3] = 255
    yield Specimen("png grey", png(ihdr(width, height, 8, 0), rows_of(grey[..., 0])), Shown(grey))
    half = grey.copy()
    half[..., 3] = picture[..., 1]
    yield Specimen("png grey alpha", png(ihdr(width, height, 8, 4), rows_of(half[..., 2:4])), Shown(half))
    yield from _png_16_bit(picture)
    yield from _png_low_depth()
    yield from _png_palette()
    keyed = picture.copy()
    keyed[3, 4, 3] = 0
    key = struct.pack(">3H", *map(int, picture[3, 4, :3]))
    yield Specimen(
        "png rgb transparent colour",
        png(ihdr(width, height), rows_of(picture[..., :3]), chunk(b"tRNS", key)),
        Shown(keyed),
    )
    yield Specimen("png interlaced", interlaced(picture), Shown(picture))
    yield Specimen("png interlaced 1x1", interlaced(flat((1, 2, 3), 1, 1)), Shown(flat((1, 2, 3), 1, 1)))
    cut = zlib.compress(rows_of(picture[..., :3]))
    pieces = b"".join(chunk(b"IDAT", cut[i : i + 1]) for i in range(len(cut)))
    one_byte = SIGNATURE + ihdr(width, height) + pieces + chunk(b"IEND")
    yield Specimen("png in one-byte chunks", one_byte, Shown(picture))
    empty = SIGNATURE + ihdr(width, height) + chunk(b"IDAT") * 50 + one_byte[33:]
    yield Specimen("png with empty chunks", empty, Shown(picture))


def _png_16_bit(picture: Pixels) -> Iterator[Specimen]:
    height, width = picture.shape[:2]
    deep = (picture.astype(">u2") << 8 | 0x5A).astype(">u2")
    yield Specimen("png 16-bit rgb", png(ihdr(width, height, 16, 2), rows_of(deep[..., :3])), Shown(picture))
    alpha = with_alpha(picture)
    deep_alpha = (alpha.astype(">u2") << 8).astype(">u2")
    yield Specimen("png 16-bit rgba", png(ihdr(width, height, 16, 6), rows_of(deep_alpha)), Shown(alpha))
    grey = np.repeat(picture[..., :1], 4, axis=2)
    grey[..., 3] = 255
    yield Specimen("png 16-bit grey", png(ihdr(width, height, 16, 0), rows_of(deep[..., 0])), Shown(grey))
    half = grey.copy()
    half[..., 3] = picture[..., 1]
    yield Specimen(
        "png 16-bit grey alpha", png(ihdr(width, height, 16, 4), rows_of(deep[..., :2])), Shown(half)
    )
    keyed = grey.copy()
    keyed[grey[..., 0] == 17, 3] = 0
    key = chunk(b"tRNS", struct.pack(">H", 17 << 8 | 0x5A))
    yield Specimen(
        "png 16-bit grey transparent level",
        png(ihdr(width, height, 16, 0), rows_of(deep[..., 0]), key),
        Shown(keyed),
    )
    yield Specimen(
        "png 16-bit grey near transparent level",
        png(ihdr(width, height, 16, 0), rows_of(deep[..., 0]), chunk(b"tRNS", struct.pack(">H", 17 << 8))),
        Shown(grey),
    )


def _png_low_depth() -> Iterator[Specimen]:
    for depth in (1, 2, 4):
        levels = np.arange(24, dtype=np.uint8).reshape(3, 8) % 2**depth
        packed = pack(levels, depth)
        shown = np.repeat((levels * (255 // (2**depth - 1)))[..., None], 4, axis=2)
        shown[..., 3] = 255
        yield Specimen(f"png {depth}-bit grey", png(ihdr(8, 3, depth, 0), rows_of(packed)), Shown(shown))
        keyed = shown.copy()
        keyed[levels == 1, 3] = 0
        yield Specimen(
            f"png {depth}-bit grey transparent level",
            png(ihdr(8, 3, depth, 0), rows_of(packed), chunk(b"tRNS", b"\0\1")),
            Shown(keyed),
        )


def _png_palette() -> Iterator[Specimen]:
    colors = np.array([(255, 0, 0), (0, 255, 0), (0, 0, 255), (40, 50, 60)], np.uint8)
    palette = chunk(b"PLTE", colors.tobytes())
    indices = np.arange(24, dtype=np.uint8).reshape(3, 8) % 4
    shown = np.full((3, 8, 4), 255, np.uint8)
    shown[..., :3] = colors[indices]
    for depth in (2, 4, 8):
        packed = rows_of(pack(indices, depth))
        yield Specimen(f"png {depth}-bit palette", png(ihdr(8, 3, depth, 3), packed, palette), Shown(shown))
    keyed = shown.copy()
    keyed[..., 3] = np.array([0, 128, 255, 255], np.uint8)[indices]
    packed = rows_of(indices)
    alpha = chunk(b"tRNS", b"\0\x80")
    yield Specimen("png palette alpha", png(ihdr(8, 3, 8, 3), packed, palette, alpha), Shown(keyed))
    long = chunk(b"tRNS", b"\0\x80" + b"\xff" * 300)
    yield Specimen("png palette alpha too long", png(ihdr(8, 3, 8, 3), packed, palette, long), Shown(keyed))
    none = png(ihdr(8, 3, 8, 3), packed)
    yield refused("png palette missing", none, FaultKind.CORRUPT)
    odd = png(ihdr(8, 3, 8, 3), packed, chunk(b"PLTE", b"\1\2\3\4"))
    yield refused("png palette of 4 bytes", odd, FaultKind.CORRUPT)
    huge = png(ihdr(8, 3, 8, 3), packed, chunk(b"PLTE", b"\1\2\3" * 100_000))
    yield refused("png palette of 300 kB", huge, FaultKind.CORRUPT)


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


def _oriented() -> Iterator[Specimen]:
    """A picture with four corners of four colours, held in the eight ways."""
    upright = np.zeros((16, 24, 4), np.uint8)
    upright[..., 3] = 255
    upright[:8, :12, 0] = 250
    upright[:8, 12:, 1] = 250
    upright[8:, :12, 2] = 250
    stored = {
        1: upright,
        2: np.fliplr(upright),
        3: np.rot90(upright, 2),
        4: np.flipud(upright),
        5: np.rot90(np.fliplr(upright)),
        6: np.rot90(upright),
        7: np.rot90(np.flipud(upright)),
        8: np.rot90(upright, -1),
    }
    for orientation, pixels in stored.items():
        for format_, extra in (
            ("PNG", {}),
            ("JPEG", {"quality": 95, "subsampling": 0}),
            ("WEBP", {"lossless": True}),
        ):
            data = saved(np.ascontiguousarray(pixels), format_, exif=exif(orientation), **extra)
            tolerance = 6 if format_ == "JPEG" else 0
            yield Specimen(f"{format_.lower()} orientation {orientation}", data, Shown(upright, tolerance))
    yield Specimen("png orientation 9", saved(upright, "PNG", exif=exif(9)), Shown(upright))
    broken = b"Exif\0\0MM\0*\xff\xff\xff\xf0" + b"\xff" * 40
    yield Specimen("png exif beyond its end", saved(upright, "PNG", exif=broken), Shown(upright))
    crowd = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x01\x01\x03\0\1\0\0\0\1\0\0\0" * 5000
    yield Specimen("png exif of 65535 entries", saved(upright, "PNG", exif=crowd), Shown(upright))


def _jpeg_flavours() -> Iterator[Specimen]:
    red = flat((220, 40, 30))
    yield Specimen("jpeg progressive", saved(red, "JPEG", progressive=True), Shown(red, 3))
    yield Specimen("jpeg restarts", saved(red, "JPEG", restart_marker_blocks=1), Shown(red, 3))
    grey = flat((90, 90, 90))
    yield Specimen("jpeg grey", saved(grey, "JPEG", "L"), Shown(grey, 2))
    yield Specimen("jpeg cmyk", jpeg_cmyk((0, 255, 255, 0)), Shown(flat((255, 0, 0)), 4))
    # YCCK: libjpeg-turbo turns YCC to RGB and calls that CMY. Cyan in YCC is (179, 171, 0).
    ycck = jpeg_cmyk((255 - 179, 255 - 171, 255, 0))
    place = ycck.index(b"Adobe") + 11
    ycck = ycck[:place] + b"\x02" + ycck[place + 1 :]
    yield Specimen("jpeg ycck", ycck, Shown(flat((255, 0, 0)), 6))
    plain = saved(red, "JPEG")
    filled = plain.replace(b"\xff\xdb", b"\xff" * 200 + b"\xff\xdb")
    yield Specimen("jpeg fill bytes", filled, Shown(red, 3))
    many = segments(plain, b"\xff\xfe\0\x04hi" * 500)
    yield Specimen("jpeg of 500 comments", many, Shown(red, 3))
    two = segments(plain, jpeg_header(plain))
    yield refused("jpeg of two frames", two, FaultKind.CORRUPT)
    for marker, flavour in ((0xC3, "lossless"), (0xC9, "arithmetic"), (0xC5, "hierarchical")):
        odd = plain.replace(b"\xff\xc0", bytes((0xFF, marker)))
        yield refused(f"jpeg {flavour}", odd, FaultKind.UNSUPPORTED_FORMAT)
    deep = jpeg_header(plain)
    twelve = plain.replace(deep, deep[:4] + b"\x0c" + deep[5:])
    yield refused("jpeg 12-bit", twelve, FaultKind.UNSUPPORTED_FORMAT)


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


def _webp_flavours() -> Iterator[Specimen]:
    picture = with_alpha(flat((200, 60, 30)))
    lossy = saved(picture, "WEBP", "RGBA", exact=True, quality=100)
    yield Specimen("webp lossy alpha", lossy, Shown(picture, 8))
    plain = saved(gradient(), "WEBP", lossless=True)
    yield Specimen("webp trailing data", plain + b"<script>" * 100, Shown(gradient()))
    unknown = riff(plain[12:] + b"JUNK" + struct.pack("<I", 3) + b"abc\0")
    yield Specimen("webp unknown chunk", unknown, Shown(gradient()))


def riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _metadata() -> Iterator[Specimen]:
    red = flat((220, 40, 30))
    gps = exif(1, gps=True)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><script>alert(1)</script></x:xmpmeta>"
    yield Specimen("jpeg gps", saved(red, "JPEG", exif=gps), Shown(red, 3))
    yield Specimen("webp gps xmp", saved(red, "WEBP", lossless=True, exif=gps, xmp=xmp), Shown(red))
    yield Specimen("jpeg script in xmp", saved(red, "JPEG", xmp=xmp), Shown(red, 3))
    thumbnail = b"Exif\0\0II*\0\x08\0\0\0\0\0" + saved(flat((0, 0, 255)), "JPEG")
    yield Specimen("jpeg thumbnail", saved(red, "JPEG", exif=thumbnail), Shown(red, 3))
    rows = rows_of(red[..., :3])
    texts = (
        chunk(b"tEXt", b"Comment\0GPS 35.68 139.69"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),
        chunk(b"tIME", b"\x07\xe6\x0b\x03\0\0\0"),
        chunk(b"pHYs", b"\xff" * 9),
        chunk(b"gAMA", b"\0\0\0\0"),
        chunk(b"sBIT", b"\xff"),
    )
    yield Specimen("png texts and odd ancillaries", png(ihdr(32, 24), rows, *texts), Shown(red))
    html = b"<html><script>alert(1)</script></html>"
    yield Specimen("png with html behind", saved(red, "PNG") + html, Shown(red))
    yield Specimen("png with html inside", png(ihdr(32, 24), rows, chunk(b"tEXt", b"a\0" + html)), Shown(red))
    yield Specimen("png with zip behind", saved(red, "PNG") + b"PK\x05\x06" + bytes(18), Shown(red))
    yield Specimen("jpeg with html behind", saved(red, "JPEG") + html, Shown(red, 3))
    yield Specimen("jpeg with second jpeg behind", saved(red, "JPEG") * 2, Shown(red, 3))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield Specimen("png srgb profile", saved(red, "PNG", icc_profile=srgb), Shown(red))
    yield Specimen("png broken profile", saved(red, "PNG", icc_profile=b"no profile" * 20), Shown(red))
    yield Specimen("jpeg broken profile", saved(red, "JPEG", icc_profile=srgb[:200]), Shown(red, 3))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    yield Specimen("png profile of another space", saved(red, "PNG", icc_profile=lab), Shown(red))


# --- pictures that are refused ----------------------------------------------------------------------------


def _strangers() -> Iterator[Specimen]:
    """Bytes of something else, as if named picture.png."""
    nothing, other = FaultKind.NOT_AN_IMAGE, FaultKind.UNSUPPORTED_FORMAT
    yield refused("empty", b"", nothing)
    yield refused("one byte", b"\x89", nothing)
    yield refused("signature only", SIGNATURE, FaultKind.TRUNCATED)
    yield refused("jpeg start only", b"\xff\xd8\xff", FaultKind.TRUNCATED)
    yield refused("riff start only", b"RIFF\xff\xff\xff\xffWEBP", FaultKind.TRUNCATED)
    yield refused("wrong magic, valid rest", b"\x88" + saved(gradient(), "PNG")[1:], nothing)
    yield refused("newlines mangled", saved(gradient(), "PNG").replace(b"\r\n", b"\n"), nothing)
    yield refused(
        "svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', other
    )
    yield refused("svg bare", b"<svg><script>alert(1)</script></svg>", other)
    yield refused("html", b"<!DOCTYPE html><script>alert(1)</script>", other)
    yield refused("zip", b"PK\x03\x04" + bytes(100), other)
    yield refused("pdf", b"%PDF-1.7\n" + bytes(100), other)
    yield refused("gif", saved(gradient(), "GIF"), other)
    yield refused("bmp", saved(gradient(), "BMP"), other)
    yield refused("tiff", saved(gradient(), "TIFF"), other)
    yield refused("gifar", saved(gradient(), "GIF") + b"PK\x03\x04" + bytes(40), other)
    yield refused("html then png", b"<html>" + saved(gradient(), "PNG"), other)
    yield refused("eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", nothing)
    yield refused("riff wave", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), nothing)
    yield refused("zeros", bytes(100_000), nothing)


def _truncated() -> Iterator[Specimen]:
    """Files cut off; kinds may differ where the cut leaves a whole file of less data."""
    noise = np.random.default_rng(7).integers(0, 256, (64, 64, 4), np.uint8)
    noise[..., 3] = 255
    files = {
        "png": saved(noise, "PNG"),
        "jpeg": saved(noise, "JPEG"),
        "jpeg progressive": saved(noise, "JPEG", progressive=True),
        "webp": saved(noise, "WEBP", lossless=True),
    }
    for name, data in files.items():
        for part in (0.1, 0.5, 0.9, 0.99):
            cut = data[: int(len(data) * part)]
            yield refused(f"{name} cut at {part:.0%}", cut, FaultKind.TRUNCATED)
        yield refused(f"{name} without its last byte", data[:-1], FaultKind.TRUNCATED)


def _liars() -> Iterator[Specimen]:
    picture = gradient()
    rows = rows_of(picture[..., :3])
    broken, early = FaultKind.CORRUPT, FaultKind.TRUNCATED
    yield refused("png 0x0", png(ihdr(0, 0), rows), broken)
    yield refused("png 0x12", png(ihdr(0, 12), rows), broken)
    yield refused("png width 2^31", png(ihdr(2**31, 12), rows), broken)
    yield refused("png declares one row more", png(ihdr(16, 13), rows), early)
    black = rows_of(flat((0, 0, 0), 16, 12)[..., :3])
    yield Specimen("png black to the last row", png(ihdr(16, 12), black), Shown(flat((0, 0, 0), 16, 12)))
    yield refused("png black declares one row more", png(ihdr(16, 13), black), early)
    yield refused("png declares 4000x4000", png(ihdr(4000, 4000), rows), early)
    yield Specimen("png declares fewer rows", png(ihdr(16, 5), rows), Shown(picture[:5]))
    yield refused("png 8-bit declared 16", png(ihdr(16, 12, 16), rows), broken, early)
    yield refused("png 3-bit", png(ihdr(16, 12, 3, 0), rows), broken)
    yield refused("png colour type 5", png(ihdr(16, 12, 8, 5), rows), broken)
    yield refused("png filter 5", png(ihdr(16, 12), b"\x05" + rows[1:]), broken, early)
    header = bytearray(saved(picture, "PNG"))
    header[20] ^= 1
    yield refused("png header checksum", bytes(header), broken)
    data = bytearray(saved(picture, "PNG"))
    data[-20] ^= 0x10
    yield refused("png data checksum", bytes(data), broken)
    junk = SIGNATURE + ihdr(16, 12) + chunk(b"IDAT", b"\x78\x9c" + b"\xaa" * 600) + chunk(b"IEND")
    yield refused("png data is no zlib", junk, broken, early)
    yield refused("png without data", SIGNATURE + ihdr(16, 12) + chunk(b"IEND"), broken)
    yield refused("png without header", SIGNATURE + chunk(b"IDAT", b"x") + chunk(b"IEND"), broken)
    yield refused("png two headers", png(ihdr(16, 12) * 2, rows), broken)
    yield refused("png chunk of 4 GB", SIGNATURE + ihdr(16, 12) + b"\xff\xff\xff\xffIDAT" + bytes(99), early)
    yield refused("png critical stranger", png(ihdr(16, 12), rows, chunk(b"CgBI", b"\0")), broken)
    yield refused("png transparent colour of 1 byte", png(ihdr(16, 12), rows, chunk(b"tRNS", b"1")), broken)
    bottomless = interlaced_rows(gradient(16, 13))[:-1]
    yield refused("png interlaced lacks a byte", png(ihdr(16, 13, interlace=1), bottomless), early)


def _liars_of_other_formats() -> Iterator[Specimen]:
    picture = gradient()
    broken, early = FaultKind.CORRUPT, FaultKind.TRUNCATED
    jpeg = saved(picture, "JPEG")
    frame = jpeg_header(jpeg)
    tall = jpeg.replace(frame, frame[:5] + struct.pack(">HH", 4000, 4000) + frame[9:])
    yield refused("jpeg declares 4000x4000", tall, early)
    zero = jpeg.replace(frame, frame[:5] + struct.pack(">HH", 0, 16) + frame[9:])
    yield refused("jpeg height 0", zero, broken)
    factors = jpeg.replace(frame, frame[:11] + b"\x00" + frame[12:])
    yield refused("jpeg sampling 0", factors, broken)
    table = segments(jpeg, b"\xff\xc4\xff\xff" + bytes(65533))
    yield refused("jpeg huge empty table", table, broken, early)
    wild = segments(
        jpeg, b"\xff\xc4" + struct.pack(">H", 2 + 17 + 256 * 16) + b"\0" + b"\xff" * (16 + 256 * 16)
    )
    yield refused("jpeg table of impossible codes", wild, broken, early)
    webp = bytearray(saved(picture, "WEBP", lossless=True))
    bits = int.from_bytes(webp[21:25], "little") & ~0x3FFF | 4000
    webp[21:25] = bits.to_bytes(4, "little")
    yield refused("webp lossless declares 4001", bytes(webp), broken, early)
    canvas = bytearray(saved(with_alpha(flat((9, 9, 9))), "WEBP", "RGBA"))
    canvas[24] ^= 0x40
    yield refused("webp canvas disagrees", bytes(canvas), broken)
    two = riff(bytes(webp[12:]) * 2)
    yield refused("webp of two pictures", two, broken)
    yield refused("webp of no picture", riff(b"EXIF\0\0\0\0"), broken)


def _bombs() -> Iterator[Specimen]:
    big = FaultKind.TOO_MANY_PIXELS
    rows = zlib.compress(bytes(30_000 * (1 + 30_000 // 8)), 9)
    bits = SIGNATURE + ihdr(30_000, 30_000, 1, 0) + chunk(b"IDAT", rows) + chunk(b"IEND")
    yield refused("png 30000x30000 1-bit", bits, big)
    yield refused("png 65535x65535 by header", png(ihdr(65535, 65535), b"\0"), big, FaultKind.TRUNCATED)
    yield refused("jpeg 65500x65500 by header", _resized_jpeg(65500, 65500), big, FaultKind.TRUNCATED)
    solid = bytearray(saved(flat((1, 1, 1)), "WEBP", lossless=True))
    solid[21:25] = (int.from_bytes(solid[21:25], "little") | 0xFFFFFFF).to_bytes(4, "little")
    yield refused("webp 16384x16384 solid", bytes(solid), big)
    gigabyte = zlib.compress(bytes(64 * 1024 * 1024), 9)
    red = flat((220, 40, 30))
    data = rows_of(red[..., :3])
    yield Specimen(
        "png ztxt bomb", png(ihdr(32, 24), data, chunk(b"zTXt", b"a\0\0" + gigabyte) * 8), Shown(red)
    )
    yield Specimen(
        "png itxt bomb", png(ihdr(32, 24), data, chunk(b"iTXt", b"a\0\1\0\0\0" + gigabyte) * 8), Shown(red)
    )
    yield Specimen("png iccp bomb", png(ihdr(32, 24), data, chunk(b"iCCP", b"a\0\0" + gigabyte)), Shown(red))
    yield Specimen(
        "png deflate bomb behind 1x1",
        png(ihdr(1, 1), b"\0\1\2\3" + bytes(1 << 26)),
        Shown(flat((1, 2, 3), 1, 1)),
    )
    dust = png(ihdr(32, 24), data, chunk(b"tEXt", b"") * 300_000)
    yield refused("png of 300000 chunks", dust, FaultKind.TOO_COMPLEX)
    yield refused(
        "jpeg of 100000 comments",
        segments(saved(red, "JPEG"), b"\xff\xfe\0\x02" * 100_000),
        FaultKind.TOO_COMPLEX,
    )
    yield refused("jpeg of 3000 scans", progressive_bomb(4096, 3000), FaultKind.TOO_COMPLEX)
    crumbs = riff(saved(red, "WEBP")[12:] + b"JUNK\0\0\0\0" * 300_000)
    yield refused("webp of 300000 chunks", crumbs, FaultKind.TOO_COMPLEX)


def _resized_jpeg(width: int, height: int) -> bytes:
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


def _animated() -> Iterator[Specimen]:
    moving = FaultKind.ANIMATED
    picture = gradient()
    data = rows_of(picture[..., :3])
    control = struct.pack(">IIIIIHHBB", 0, 16, 12, 0, 0, 1, 10, 0, 0)
    frame = zlib.compress(data)
    frames = b"".join(
        chunk(b"fcTL", control) + chunk(b"fdAT", struct.pack(">I", number) + frame) for number in range(9_999)
    )
    actl = chunk(b"acTL", struct.pack(">II", 10_000, 0))
    yield refused("apng of 10000 frames", png(ihdr(16, 12), data, actl, after=frames), moving)
    one = chunk(b"acTL", struct.pack(">II", 1, 0)) + chunk(b"fcTL", control)
    yield Specimen("apng of one frame", png(ihdr(16, 12), data, one), Shown(picture))
    head, body = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    yield refused("gif of 10000 frames", head + body * 10_000 + b";", FaultKind.UNSUPPORTED_FORMAT)
    yield refused("webp of 3 frames", _webp_animation(), moving)
    still = saved(picture, "WEBP", lossless=True)[12:]
    anmf = b"ANMF" + struct.pack("<I", 16 + len(still)) + bytes(6) + b"\x0f\0\0\x0b\0\0\x0a\0\0\0" + still
    many = riff(b"VP8X\x0a\0\0\0\x02\0\0\0\x0f\0\0\x0b\0\0ANIM\6\0\0\0" + bytes(6) + anmf * 10_000)
    yield refused("webp of 10000 frames", many, moving)


def _webp_animation() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (16, 12), color) for color in ("red", "green", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()
