"""Figures: what the wish names, drawn alone on nothing and cut to its edges."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.base import Pixels
from egaku.engines.illustrator.bank import Art, Concept, bank, svg
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from egaku.engines.illustrator.recolor import recolor

_STANDING = ("ground", "floor", "table", "water", "in-water")


def stands(wish: ScenePlan) -> bool:
    """Whether the wish's first thing rests on something, and so casts a contact shadow."""
    thing = wish.objects[0]
    concept = bank().concept(thing.concept)
    flies = {"flying", "jumping"} & set(thing.attributes)
    return concept is not None and concept.footing in _STANDING and not flies


def draw(wish: ScenePlan, size: int, seed: int) -> Pixels | None:
    """All the wish's objects side by side, (h, w, 4) straight alpha cut to what is painted.

    `size` is about the longer side in pixels; the same `seed` draws the same at any size. None if the bank
    can draw nothing of it.
    """
    rng = np.random.default_rng(seed)
    drawings = [
        _drawing(concept, thing, rng)
        for thing in wish.objects
        if (concept := bank().concept(thing.concept)) is not None
        for _ in range(min(thing.count, 12))
    ]
    if not drawings:
        return None
    columns = int(np.ceil(np.sqrt(len(drawings) * 1.4))) if len(drawings) > 3 else len(drawings)
    rows = -(-len(drawings) // columns)
    cell = max(8, size // max(columns, rows))
    surface = skia.Surface(columns * cell, rows * cell)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    for index, (art, text, mirrored) in enumerate(drawings):
        canvas.save()
        canvas.translate(index % columns * cell, index // columns * cell)
        _paint(canvas, art, text, cell, mirrored=mirrored)
        canvas.restore()
    return _cut(_pixels(surface))


def _drawing(concept: Concept, thing: ObjectPlan, rng: np.random.Generator) -> tuple[Art, str, bool]:
    names = concept.faces if thing.portrait and concept.faces else concept.arts
    art = bank().art(names[int(rng.integers(0, min(len(names), 2)))])
    text = recolor(svg(art.name), art.body, thing.color or concept.tint)
    wanted = thing.facing or str(rng.choice(["left", "right"]))
    return art, text, bool(art.facing) and art.facing != wanted


def _paint(canvas: skia.Canvas, art: Art, text: str, cell: int, *, mirrored: bool) -> None:
    """Into the cell, standing on its lower edge and centred."""
    picture = skia.SVGDOM.MakeFromStream(skia.MemoryStream(text.encode(), True))
    left, top, right, bottom = art.box
    scale = cell * 0.96 / max(right - left, bottom - top)
    if mirrored:
        canvas.translate(cell, 0)
        canvas.scale(-1, 1)
    canvas.translate(cell / 2 - (left + right) / 2 * scale, cell * 0.98 - bottom * scale)
    own = picture.containerSize()
    canvas.scale(scale / own.width(), scale / own.height())
    picture.render(canvas)


def _pixels(surface: skia.Surface) -> Pixels:
    width, height = surface.width(), surface.height()
    out = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
    surface.readPixels(info, out, width * 4, 0, 0)
    return out


def _cut(pixels: Pixels) -> Pixels | None:
    solid = pixels[..., 3] > 8
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    if not len(rows):
        return None
    return np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
