"""The odd half of the zoo: pictures no one expects, all of which are shown."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import ImageCms

from egaku.imaging.errors import FaultKind
from egaku.imaging.pixels import Pixels
from tests.imaging.files import (
    SIGNATURE,
    chunk,
    exif,
    flat,
    gradient,
    ihdr,
    interlaced,
    jpeg_cmyk,
    jpeg_header,
    pack,
    png,
    riff,
    rows_of,
    saved,
    segments,
    with_alpha,
)
from tests.imaging.specimen import Shown, Specimen, refused


def specimens() -> Iterator[Specimen]:
    """All of this half."""
    yield from _plain()
    yield from _png_flavours()
    yield from _oriented()
    yield from _jpeg_flavours()
    yield from _webp_flavours()
    yield from _metadata()


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


def _webp_flavours() -> Iterator[Specimen]:
    picture = with_alpha(flat((200, 60, 30)))
    lossy = saved(picture, "WEBP", "RGBA", exact=True, quality=100)
    yield Specimen("webp lossy alpha", lossy, Shown(picture, 8))
    plain = saved(gradient(), "WEBP", lossless=True)
    yield Specimen("webp trailing data", plain + b"<script>" * 100, Shown(gradient()))
    unknown = riff(plain[12:] + b"JUNK" + struct.pack("<I", 3) + b"abc\0")
    yield Specimen("webp unknown chunk", unknown, Shown(gradient()))


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
