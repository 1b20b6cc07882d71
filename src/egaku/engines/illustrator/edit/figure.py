"""Figures: what the wish names, drawn alone on nothing and cut to its edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.base import Pixels
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.light import NEUTRAL
from egaku.engines.illustrator.paint import render_objects
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.styles import Canvas, apply_style

_STANDING = ("ground", "floor", "table", "water", "in-water")
_FAINT = 8
_WHOLE = ("pattern", "logo", "photo", "noir", "sepia")
"""Styles of a whole picture, which say nothing of a figure that its surroundings do not say."""


def stands(wish: ScenePlan) -> bool:
    """Whether the wish's first thing rests on something, and so casts a contact shadow."""
    thing = wish.objects[0]
    concept = bank().concept(thing.concept)
    flies = {"flying", "jumping"} & set(thing.attributes)
    return concept is not None and concept.footing in _STANDING and not flies


def draw(wish: ScenePlan, size: int, seed: int) -> Pixels | None:
    """The wish's objects as the composer groups them, (h, w, 4) straight alpha cut to what is painted.

    `size` is the side of the square they are laid out in, in pixels; the same `seed` lays them out the same
    at any size. Shadows are left to the place they are put in; the wish's style is applied. None if nothing
    of it can be drawn.
    """
    still = replace(wish, composition=None, lettering=None)
    rng = np.random.default_rng(seed)
    pixels, labels = render_objects(still, size, size, rng, replace(NEUTRAL, shadow=0.0))
    if wish.style is not None and wish.style not in _WHOLE:
        pixels = apply_style(wish.style, Canvas(pixels=pixels, labels=labels, transparent=True), rng)
    solid = pixels[..., 3] > _FAINT
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    if not len(rows):
        return None
    return np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
