"""One drawing as pixels: the right size, colour and facing, ready to be lit and put into a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import skia

from egaku.engines.illustrator import bank, recolor
from egaku.engines.illustrator.bank import Art


@dataclass(frozen=True, slots=True)
class Sprite:
    """A rasterised drawing, premultiplied, with a margin of clear pixels around what is painted."""

    image: skia.Image
    width: int
    """Pixels of what is painted, without the margin."""
    height: int
    margin: int


@lru_cache(maxsize=96)
def _dom(name: str, color: str | None) -> skia.SVGDOM:
    text = recolor.recolor(bank.svg(name), bank.bank().art(name).body, color)
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream(text.encode(), True))
    if dom is None:
        raise ValueError(f"The drawing {name} cannot be read; rebuild the bank with `python -m tools.bank`.")
    return dom


def draw(art: Art, height: float, *, color: str | None = None, flip: bool = False, margin: int = 2) -> Sprite:
    """Rasterise `art` so that what is painted is `height` pixels high (at least 1)."""
    rows = max(1, round(height))
    columns = max(1, round(height * art.aspect))
    surface = skia.Surface(columns + 2 * margin, rows + 2 * margin)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    dom = _dom(art.name, color)
    size = dom.containerSize()
    left, top, right, bottom = art.box
    if flip:
        canvas.translate(columns + 2 * margin, 0)
        canvas.scale(-1, 1)
    canvas.translate(margin, margin)
    canvas.scale(columns / (right - left) / size.width(), rows / (bottom - top) / size.height())
    canvas.translate(-left * size.width(), -top * size.height())
    dom.render(canvas)
    return Sprite(surface.makeImageSnapshot(), columns, rows, margin)
