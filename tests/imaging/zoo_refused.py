"""The hostile half of the zoo: strangers, stumps, liars, bombs and moving pictures."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from egaku.imaging.errors import FaultKind
from tests.imaging.files import (
    SIGNATURE,
    chunk,
    flat,
    gradient,
    ihdr,
    interlaced_rows,
    jpeg_header,
    png,
    progressive_bomb,
    resized_jpeg,
    riff,
    rows_of,
    saved,
    segments,
    with_alpha,
)
from tests.imaging.specimen import Shown, Specimen, refused


def specimens() -> Iterator[Specimen]:
    """All of this half."""
    yield from _strangers()
    yield from _truncated()
    yield from _liars()
    yield from _liars_of_other_formats()
    yield from _bombs()
    yield from _animated()


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
    yield refused("jpeg 65500x65500 by header", resized_jpeg(65500, 65500), big, FaultKind.TRUNCATED)
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
