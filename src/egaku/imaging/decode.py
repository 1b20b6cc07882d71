"""Decode: a stranger's bytes to pixels, within bounds that are known before any memory is spent.

1. The first bytes decide the format; names and declared types are not looked at.
2. `containers` walks the file, judges sizes, animation and tricks, and hands on a minimal file that holds
   pixels and nothing else.
3. Pillow's decoder class for that one format reads it. Pillow's `open` and its registry of some forty formats
   stay out of reach, so none of them can be talked into opening.
4. Strips of 65,536 pixels are brought to sRGB with alpha, so the peak is the decoder's own need plus
   the result: 8 bytes a pixel for PNG and JPEG, 17 for WebP, whose decoder keeps two canvases.

Nothing but ImageFault leaves this module, and no other library's words are in it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from egaku.imaging.color import ToSrgb, to_srgb
from egaku.imaging.containers.jpeg import open_jpeg
from egaku.imaging.containers.png import is_complete, open_png
from egaku.imaging.containers.still import Format, Still
from egaku.imaging.containers.webp import open_webp
from egaku.imaging.errors import FaultKind, UnreadableImage, corrupt, truncated
from egaku.imaging.pixels import Pixels
from egaku.imaging.sniff import media_type, sniff

MAX_PIXELS = 4096 * 4096
"""Largest picture taken in unless the caller says otherwise: 64 MiB of pixels."""

_STRIP_PIXELS = 1 << 16  # 256 kB: what a processor core keeps at hand; larger strips take four times as long
_MAX_WORK = 32 * MAX_PIXELS  # pixels × passes: half a second of progressive JPEG
_OPENERS: dict[Format, Callable[[memoryview], Still]] = {
    "png": open_png,
    "jpeg": open_jpeg,
    "webp": open_webp,
}
_DECODERS: dict[Format, type[ImageFile.ImageFile]] = {
    "png": PngImageFile,
    "jpeg": JpegImageFile,
    "webp": WebPImageFile,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A picture that was read."""

    pixels: Pixels
    """(height, width, 4), sRGB, straight alpha, the right way up."""
    format: Format
    mode: str
    """What Pillow calls the file's own pixels: `1`, `L`, `I;16`, `LA`, `P`, `RGB`, `RGBA` or `CMYK`."""
    has_alpha: bool
    """True when the file can say "transparent"; whether any pixel is, the pixels tell."""

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def decode(
    data: bytes | bytearray | memoryview, allowed: frozenset[str], max_pixels: int = MAX_PIXELS
) -> Decoded:
    """Read one still picture whose format is in `allowed` (of `png`, `jpeg`, `webp`).

    Colour profiles and EXIF orientation are applied, 16-bit samples keep their high byte, all metadata is
    dropped, bytes after the picture's end are ignored. Releases the GIL while it decodes.

    Raises UnreadableImage with kind NOT_AN_IMAGE, UNSUPPORTED_FORMAT, TRUNCATED, CORRUPT, TOO_MANY_PIXELS,
    TOO_COMPLEX or ANIMATED.
    """
    still = _open(memoryview(data), allowed)
    _bound(still, max_pixels)
    pixels = _upright(_read(still), still.orientation)
    return Decoded(pixels=pixels, format=still.format, mode=still.mode, has_alpha=still.has_alpha)


def _open(data: memoryview, allowed: frozenset[str]) -> Still:
    name = sniff(data)
    if name is not None and name in allowed:
        return _OPENERS[name](data)
    kind = media_type(data)
    if not kind:
        raise UnreadableImage(FaultKind.NOT_AN_IMAGE, "The file is not a picture.")
    wanted = ", ".join(sorted(choice.upper() for choice in allowed))
    raise UnreadableImage(
        FaultKind.UNSUPPORTED_FORMAT,
        f"The file is {kind}; accepted here: {wanted}.",
        format=name or "",
        media_type=kind,
    )


def _bound(still: Still, max_pixels: int) -> None:
    area = still.width * still.height
    if area > max_pixels:
        raise UnreadableImage(
            FaultKind.TOO_MANY_PIXELS,
            f"The picture is {still.width} × {still.height}; at most {max_pixels} pixels are accepted.",
            format=still.format,
            width=still.width,
            height=still.height,
            mode=still.mode,
        )
    if area * still.work > _MAX_WORK and still.work > 1:
        raise UnreadableImage(
            FaultKind.TOO_COMPLEX,
            f"The {still.format.upper()} file draws its picture in too many passes.",
            format=still.format,
            width=still.width,
            height=still.height,
            mode=still.mode,
        )


def _read(still: Still) -> Pixels:
    """Decode and bring to (H, W, 4), not yet the right way up."""
    try:
        with _DECODERS[still.format](io.BytesIO(still.data)) as image:
            image.load()
            whole = still.format != "png" or _last_row_is_there(image) or is_complete(still.data)
        # Out of the `with`, the decoder's buffers are gone; the picture stays.
        # A decoder that saw another size than the header says fails in here.
        pixels = _in_strips(image, still)
    except Exception as error:
        # Pillow raises OSError, SyntaxError, ValueError, EOFError, struct.error and more, and its words
        # have carried memory addresses (CVE-2026-22778): only the meaning goes on.
        if isinstance(error, OSError) and "truncated" in str(error):
            raise truncated(still.format) from error
        raise corrupt(still.format, "its picture cannot be decoded") from error
    if not whole:
        raise truncated(still.format)
    return pixels


def _last_row_is_there(image: Image.Image) -> bool:
    """False when the last row is nothing but zeros, as an honest one may be and a missing one is.

    Also False for interlaced pictures, which may lack rows anywhere.
    """
    if image.info.get("interlace"):
        return False
    last = image.crop((0, image.height - 1, image.width, image.height))
    return last.getbbox(alpha_only=False) is not None


def _in_strips(image: Image.Image, still: Still) -> Pixels:
    conversion = to_srgb(still.icc, _color_mode(image.mode))
    pixels = np.empty((still.height, still.width, 4), np.uint8)
    rows = max(1, _STRIP_PIXELS // still.width)
    for top in range(0, still.height, rows):
        bottom = min(still.height, top + rows)
        strip = image.crop((0, top, still.width, bottom))
        _paint(pixels[top:bottom], strip, still, conversion)
    return pixels


def _color_mode(mode: str) -> str:
    """The mode a profile is about, once alpha and palette are out of the way."""
    return {"L": "L", "LA": "L", "1": "L", "I;16": "L", "CMYK": "CMYK"}.get(mode, "RGB")


def _paint(out: Pixels, strip: Image.Image, still: Still, conversion: ToSrgb | None) -> None:
    """Write one strip into `out`, (rows, W, 4)."""
    if strip.mode == "I;16":
        samples = np.asarray(strip)
        if still.transparent_color is not None:
            out[..., 3] = np.where(samples == still.transparent_color[0], 0, 255)
        else:
            out[..., 3] = 255
        strip = Image.fromarray((samples >> 8).astype(np.uint8))
    elif strip.mode == "CMYK":
        out[..., 3] = 255
    else:
        ready = np.asarray(strip.convert("RGBA"))
        out[:] = ready
        if still.transparent_color is not None:
            out[..., 3] = np.where((ready[..., :3] == _as_rgb(still)).all(axis=-1), 0, 255)
        if conversion is None:
            return
        strip = strip.convert(_color_mode(strip.mode))
    out[..., :3] = np.asarray(conversion(strip) if conversion is not None else strip.convert("RGB"))


def _as_rgb(still: Still) -> list[int]:
    """A PNG's transparent colour as its pixels look after decoding to 8 bits.

    Below 8 bits samples are spread over 0 … 255; of 16-bit colours only the high byte is left to compare.
    """
    samples = still.transparent_color or ()
    if still.depth == 16:
        scaled = [sample >> 8 for sample in samples]
    else:
        scaled = [sample * 255 // (2**still.depth - 1) for sample in samples]
    return scaled * 3 if len(scaled) == 1 else scaled


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation (CIPA DC-008, table 6)."""
    if orientation in {5, 6, 7, 8}:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
