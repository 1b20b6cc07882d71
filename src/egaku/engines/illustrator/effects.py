"""Attributes that change how a thing looks: patterns, materials, rainbow paint, glow, sleep."""

from __future__ import annotations

from functools import lru_cache

import skia

from egaku.engines.illustrator import lettering, recolor
from egaku.engines.illustrator import sprite as sprites
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.sprite import Sprite

MATERIALS = {"golden": "gold", "metallic": "silver", "wooden": "tan", "glass": "cyan"}
"""Paint a material word stands for, where no colour is asked for."""

PATTERNS = {"striped": "stripes", "spotted": "spots", "wooden": "grain"}

SPECTRUM = ("red", "orange", "yellow", "green", "blue", "violet")
"""Colours of a rainbow; several things in rainbow colours take them in turn."""

DARK = skia.Color(52, 36, 48, 205)
PALE = skia.Color(255, 252, 244, 225)
GRAIN = skia.Color(96, 58, 30, 90)
DEEP = frozenset({"black", "brown", "navy", "red", "blue", "maroon", "purple", "green", "indigo", "crimson"})
"""Colours on which patterns are pale."""


def sprite(placement: Placement) -> Sprite:
    """The placement's drawing in its colour or material, with its pattern."""
    words = placement.attributes
    material = next((MATERIALS[word] for word in words if word in MATERIALS), None)
    color = placement.color or material
    plain = sprites.draw(
        placement.art,
        placement.height,
        color="white" if color == "rainbow" else color,
        flip=placement.flip,
    )
    patterned = PATTERNS.keys() & set(words)
    shining = {"golden", "metallic", "shiny"} & set(words)
    if placement.art.body is None or not (patterned or shining or color == "rainbow"):
        return plain
    surface = skia.Surface(plain.image.width(), plain.image.height())
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    canvas.drawImage(plain.image, 0, 0)
    mask = sprites.body_mask(placement.art, placement.height, flip=placement.flip)
    ink = PALE if color in DEEP else DARK
    if color == "rainbow":
        _on_body(canvas, mask, _rainbow(plain.width), ground=plain.image)
    for word, kind in PATTERNS.items():
        if word in patterned:
            _on_body(canvas, mask, _tile(kind, plain.height, GRAIN if kind == "grain" else ink))
    if shining:
        _on_body(canvas, mask, _sheen(plain.width, plain.height))
    return Sprite(surface.makeImageSnapshot(), plain.width, plain.height, plain.margin)


def opacity(placement: Placement) -> float:
    """How solid the thing is, 0 … 1."""
    if "transparent" in placement.attributes:
        return 0.5
    return 0.72 if "glass" in placement.attributes else 1.0


def draw_glow(canvas: skia.Canvas, drawn: Sprite, left: float, top: float) -> None:
    """A soft light around a thing that glows."""
    for reach, strength in ((0.05, 150), (0.14, 130), (0.3, 110)):
        spread = max(1.0, reach * drawn.height)
        paint = skia.Paint(
            BlendMode=skia.BlendMode.kScreen,
            ImageFilter=skia.ImageFilters.Blur(spread, spread),
            ColorFilter=skia.ColorFilters.Blend(skia.Color(255, 226, 150, strength), skia.BlendMode.kSrcIn),
        )
        canvas.drawImage(drawn.image, left, top, skia.SamplingOptions(), paint)


def draw_sleep(canvas: skia.Canvas, placement: Placement) -> None:
    """Three Zs rising from the head of one who sleeps."""
    left, _, right, _ = placement.art.box
    part = (placement.art.head[0] - left) / (right - left)
    x0, y0, x1, _ = placement.bounds
    x = x1 - part * (x1 - x0) if placement.flip else x0 + part * (x1 - x0)
    side = -1.0 if x > (x0 + x1) / 2 else 1.0
    unit = 0.1 * placement.height
    for number in range(3):
        font = lettering.font(unit * (0.75 + 0.4 * number))
        at = (x + side * unit * (0.8 + 0.9 * number), y0 + unit * (0.6 - 0.95 * number))
        edge = skia.Paint(
            AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=max(1.0, unit * 0.16), Color=DARK
        )
        canvas.drawString("Z", *at, font, edge)
        canvas.drawString("Z", *at, font, skia.Paint(AntiAlias=True, Color=PALE))


def _on_body(
    canvas: skia.Canvas, mask: skia.Image, shader: skia.Shader, *, ground: skia.Image | None = None
) -> None:
    """Paint on the body only, the outline's alpha kept; over `ground` the paint multiplies its shading."""
    canvas.saveLayer(None, skia.Paint(BlendMode=skia.BlendMode.kSrcATop))
    if ground is not None:
        canvas.drawImage(ground, 0, 0)
    blend = skia.BlendMode.kSrcOver if ground is None else skia.BlendMode.kModulate
    area = skia.Rect.MakeWH(mask.width(), mask.height())
    canvas.drawRect(area, skia.Paint(Shader=shader, BlendMode=blend))
    canvas.drawImage(mask, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kDstIn))
    canvas.restore()


def _rainbow(width: int) -> skia.Shader:
    ends = [skia.Point(0.06 * width, 0), skia.Point(0.94 * width, 0.12 * width)]
    colors = [int("ff" + recolor.ANCHORS[name][1:], 16) for name in SPECTRUM]
    return skia.GradientShader.MakeLinear(ends, colors)


def _sheen(width: int, height: int) -> skia.Shader:
    ends = [skia.Point(0.1 * width, 0), skia.Point(0.75 * width, height)]
    clear, light = skia.Color(255, 250, 230, 0), skia.Color(255, 250, 230, 150)
    return skia.GradientShader.MakeLinear(
        ends, [clear, light, clear, clear, light, clear], [0.0, 0.22, 0.36, 0.55, 0.66, 0.8]
    )


@lru_cache(maxsize=32)
def _tile(kind: str, height: int, ink: int) -> skia.Shader:
    """A repeating pattern sized to a thing `height` pixels high."""
    side = max(4, round(height * {"stripes": 0.14, "spots": 0.2, "grain": 0.3}[kind]))
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    paint = skia.Paint(AntiAlias=True, Color=ink)
    if kind == "stripes":
        canvas.drawRect(skia.Rect.MakeXYWH(0, 0, side * 0.44, side), paint)
    elif kind == "spots":
        for x, y, radius in ((0.28, 0.3, 0.19), (0.76, 0.74, 0.15)):
            canvas.drawCircle(x * side, y * side, radius * side, paint)
    else:
        for y, thick in ((0.12, 0.05), (0.36, 0.025), (0.58, 0.06), (0.84, 0.03)):
            canvas.drawRect(skia.Rect.MakeXYWH(0, y * side, side, max(1.0, thick * side)), paint)
    tilt = skia.Matrix().preRotate(-14.0 if kind == "stripes" else 0.0)
    return surface.makeImageSnapshot().makeShader(
        skia.TileMode.kRepeat, skia.TileMode.kRepeat, skia.SamplingOptions(skia.FilterMode.kLinear), tilt
    )
