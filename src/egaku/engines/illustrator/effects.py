"""Attributes that change how a thing looks: patterns, materials, glow."""

from __future__ import annotations

import skia

from egaku.engines.illustrator import sprite as sprites
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.sprite import Sprite

MATERIALS = {"golden": "gold", "metallic": "silver", "wooden": "tan", "glass": "cyan"}


def sprite(placement: Placement) -> Sprite:
    """The placement's drawing in its colour or material, with its pattern."""
    material = next((MATERIALS[word] for word in placement.attributes if word in MATERIALS), None)
    color = placement.color or material
    return sprites.draw(placement.art, placement.height, color=color, flip=placement.flip)


def opacity(placement: Placement) -> float:
    """How solid the thing is, 0 … 1."""
    if "transparent" in placement.attributes:
        return 0.5
    return 0.72 if "glass" in placement.attributes else 1.0


def draw_glow(canvas: skia.Canvas, drawn: Sprite, left: float, top: float) -> None:
    """A soft light around a thing that glows."""
    spread = 0.09 * drawn.height
    paint = skia.Paint(
        BlendMode=skia.BlendMode.kScreen,
        ImageFilter=skia.ImageFilters.Blur(spread, spread),
        ColorFilter=skia.ColorFilters.Blend(skia.Color(255, 236, 170, 235), skia.BlendMode.kSrcIn),
    )
    for _ in range(2):
        canvas.drawImage(drawn.image, left, top, skia.SamplingOptions(), paint)
