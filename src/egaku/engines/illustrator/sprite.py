"""One drawing as pixels: the right size, colour and facing, ready to be lit and put into a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia

from egaku.engines.illustrator import bank, recolor
from egaku.engines.illustrator.bank import Art

MARGIN = 2
"""Clear pixels around what is painted, so that edges stay soft."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A rasterised drawing, premultiplied, with a margin of clear pixels around what is painted."""

    image: skia.Image
    width: int
    """Pixels of what is painted, without the margin."""
    height: int
    margin: int


_BODY = re.compile(r'"#[0-9a-f]{6}"')
_OTHER = re.compile(r'"#[0-9A-F]{6}"')


@lru_cache(maxsize=96)
def _dom(name: str, color: str | None) -> skia.SVGDOM:
    return _parsed(name, recolor.recolor(bank.svg(name), bank.bank().art(name).body, color))


@lru_cache(maxsize=64)
def rim(art: Art) -> float:
    """Where a vessel's rim is, as part of its height from the top: where it first is nearly its full width.

    Handles and steam above the rim are narrower.
    """
    image = draw(art, 64).image
    shape = np.zeros((image.height(), image.width()), np.uint8)
    image.readPixels(skia.ImageInfo.MakeA8(image.width(), image.height()), shape, shape.shape[1], 0, 0)
    solid = (shape[MARGIN:-MARGIN] > 90).sum(axis=1)
    return float(np.argmax(solid >= 0.7 * solid.max()) / solid.size)


@lru_cache(maxsize=16)
def _mask_dom(name: str) -> skia.SVGDOM:
    """The body in white on everything else in black. White first: digits alone match either case."""
    white = _BODY.sub('"white"', bank.svg(name))
    return _parsed(
        name, _OTHER.sub('"black"', white).replace('"white"', '"#ffffff"').replace('"black"', '"#000000"')
    )


def _parsed(name: str, text: str) -> skia.SVGDOM:
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream(text.encode(), True))
    if dom is None:
        raise ValueError(f"The drawing {name} cannot be read; rebuild the bank with `python -m tools.bank`.")
    return dom


def draw(art: Art, height: float, *, color: str | None = None, flip: bool = False) -> Sprite:
    """Rasterise `art` so that what is painted is `height` pixels high (at least 1)."""
    rows, columns = max(1, round(height)), max(1, round(height * art.aspect))
    return Sprite(_raster(_dom(art.name, color), art, columns, rows, flip), columns, rows, MARGIN)


def body_mask(art: Art, height: float, *, flip: bool = False) -> skia.Image:
    """Alpha is the share of body paint in each pixel; the same size as the image of `draw`."""
    rows, columns = max(1, round(height)), max(1, round(height * art.aspect))
    image = _raster(_mask_dom(art.name), art, columns, rows, flip)
    surface = skia.Surface(image.width(), image.height())
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), skia.Paint(ColorFilter=skia.LumaColorFilter.Make()))
    return surface.makeImageSnapshot()


def _raster(dom: skia.SVGDOM, art: Art, columns: int, rows: int, flip: bool) -> skia.Image:
    surface = skia.Surface(columns + 2 * MARGIN, rows + 2 * MARGIN)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    size = dom.containerSize()
    left, top, right, bottom = art.box
    if flip:
        canvas.translate(columns + 2 * MARGIN, 0)
        canvas.scale(-1, 1)
    canvas.translate(MARGIN, MARGIN)
    canvas.scale(columns / (right - left) / size.width(), rows / (bottom - top) / size.height())
    canvas.translate(-left * size.width(), -top * size.height())
    dom.render(canvas)
    return surface.makeImageSnapshot()
