"""Light on objects: tint, shade, rim, haze, shadows on the ground, mirror images on water."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from egaku.engines.illustrator.scenery.base import Light
from egaku.engines.illustrator.sprite import Sprite

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)

NEUTRAL = Light(
    time="day",
    direction=(-0.5, -0.87),
    color=(1.0, 1.0, 1.0),
    ambient=(0.94, 0.94, 0.97),
    shadow=0.3,
    glow=0.0,
)
"""Studio light, for pictures without a backdrop."""

TINT = {"night": 0.8, "sunset": 0.6}
USUAL_TINT = 0.66
"""How much of the place's light reaches an object's paint; less keeps a pink flamingo pink at sunset."""


@dataclass(frozen=True, slots=True)
class Air:
    """What lies between the eye and the object."""

    haze: tuple[float, float, float] = (255.0, 255.0, 255.0)
    """0 … 255."""
    amount: float = 0.0
    """0 … 1."""


def lit(sprite: Sprite, light: Light, air: Air = Air(), *, rim: bool = True) -> skia.Image:
    """The sprite under `light`, the same size: bright side, shaded side, a rim of light, haze in front."""
    surface = skia.Surface(sprite.image.width(), sprite.image.height())
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    canvas.drawImage(sprite.image, 0, 0)
    width, height = sprite.image.width(), sprite.image.height()
    everywhere = skia.Rect.MakeWH(width, height)
    canvas.drawRect(
        everywhere, skia.Paint(Shader=_falloff(light, width, height), BlendMode=skia.BlendMode.kModulate)
    )
    strength = _rim_strength(light)
    if rim and strength > 0.03 and height >= 24:
        _draw_rim(canvas, sprite, light, strength)
    if air.amount > 0.01:
        red, green, blue = (int(min(255.0, channel)) for channel in air.haze)
        veil = skia.Color(red, green, blue, int(255 * min(1.0, air.amount)))
        canvas.drawRect(everywhere, skia.Paint(Color=veil, BlendMode=skia.BlendMode.kSrcATop))
    return surface.makeImageSnapshot()


def draw_shadow(
    canvas: skia.Canvas, sprite: Sprite, x: float, y: float, light: Light, *, contact: float = 0.9
) -> None:
    """Contact shadow under the feet and a soft cast shadow away from the light. `x`, `y`: the feet."""
    width, height = float(sprite.width), float(sprite.height)
    along = -light.direction[0]
    length = 0.16 + 0.3 * max(0.0, 1.0 + light.direction[1])
    if light.shadow > 0.01:
        tint = skia.Color(12, 10, 34, int(150 * light.shadow))
        shade, inset = _soft(sprite, 0.018 * height, tint, 4 if height > 160 else 1)
        canvas.save()
        canvas.translate(x, y - 0.012 * height)
        matrix = skia.Matrix()
        matrix.setAll(1.0, -along * 0.9, 0.0, 0.0, length, 0.0, 0.0, 0.0, 1.0)
        canvas.concat(matrix)
        area = skia.Rect.MakeXYWH(-width / 2, -height, width, height).makeOutset(inset, inset)
        canvas.drawImageRect(shade, area, LINEAR, skia.Paint(AntiAlias=True))
        canvas.restore()
    dark = skia.Paint(
        AntiAlias=True,
        Color=skia.Color(12, 10, 34, int(190 * max(0.28, light.shadow) * contact)),
        MaskFilter=skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, max(0.8, 0.02 * height)),
    )
    half, flat = width * 0.36, max(1.0, min(0.035 * height, 0.06 * width))
    canvas.drawOval(skia.Rect.MakeLTRB(x - half, y - 1.3 * flat, x + half, y + 0.7 * flat), dark)


def draw_reflection(
    canvas: skia.Canvas,
    image: skia.Image,
    left: float,
    waterline: float,
    shown: float,
    *,
    strength: float = 0.42,
) -> None:
    """The mirror image below `waterline` of the upper `shown` rows of `image`, rippled, fading out."""
    width = float(image.width())
    bands = max(6, min(28, int(shown // 5)))
    step = shown / bands
    for band in range(bands):
        part = (band + 0.5) / bands
        sway = width * 0.018 * (1 if band % 2 else -1) * (0.4 + part)
        source = skia.Rect.MakeLTRB(0, shown - (band + 1) * step, width, shown - band * step)
        drop = waterline + 0.72 * band * step
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(left - width, drop, left + 2 * width, drop + 0.72 * step), True)
        canvas.translate(left + sway, drop + 0.72 * step)
        canvas.scale(1.0, -0.72)
        alpha = strength * (1.0 - part) ** 1.3
        canvas.drawImageRect(
            image, source, skia.Rect.MakeWH(width, step), skia.SamplingOptions(skia.FilterMode.kLinear),
            skia.Paint(Alphaf=alpha, AntiAlias=True),
        )  # fmt: skip
        canvas.restore()


def draw_ripples(canvas: skia.Canvas, x: float, waterline: float, width: float, light: Light) -> None:
    """A few bright rings where something breaks the surface."""
    red, green, blue = (int(min(255.0, 200.0 + 55.0 * min(1.0, channel))) for channel in light.color)
    for ring, (reach, alpha) in enumerate(((0.5, 120), (0.68, 70), (0.9, 40))):
        half = width * reach
        oval = skia.Rect.MakeLTRB(x - half, waterline - half * 0.13, x + half, waterline + half * 0.15)
        paint = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=max(0.8, width * 0.014 / (1 + 0.3 * ring)),
            Color=skia.Color(red, green, blue, alpha),
        )
        canvas.drawArc(oval, 8 if ring else -20, 164 if ring else 220, False, paint)


def _falloff(light: Light, width: int, height: int) -> skia.Shader:
    """A gradient of multipliers across the object, from the lit side to the shaded one."""
    body = 1.0 - 0.3 * light.shadow
    tint = TINT.get(light.time, USUAL_TINT)
    dx, dy = light.direction
    bright = [1.0 + (min(1.0, channel) - 1.0) * tint for channel in light.color]
    shade = [body * (0.45 * a + 0.55 * c) for a, c in zip(light.ambient, light.color, strict=True)]
    dark = [1.0 + (min(1.0, channel) - 1.0) * tint for channel in shade]
    middle = skia.Point(width / 2 + dx * width * 0.5, height / 2 + dy * height * 0.5)
    away = skia.Point(width / 2 - dx * width * 0.5, height / 2 - dy * height * 0.5)
    colors = [
        skia.Color4f(*map(float, bright), 1.0).toColor(),
        skia.Color4f(*map(float, dark), 1.0).toColor(),
    ]
    return skia.GradientShader.MakeLinear([middle, away], colors)


def _rim_strength(light: Light) -> float:
    return {"dawn": 0.5, "golden hour": 0.62, "sunset": 0.7, "night": 0.4}.get(light.time, 0.16)


def _draw_rim(canvas: skia.Canvas, sprite: Sprite, light: Light, strength: float) -> None:
    """A crescent of light along the edge that faces it: the silhouette minus itself moved away.

    Worked out at a third of the size where that is enough: it is soft, and the sprite's own edge cuts it.
    """
    scale = 3 if sprite.height > 160 else 1
    reach = max(1.0, 0.02 * sprite.height) / scale
    dx, dy = light.direction
    warm = skia.Color4f(*(min(1.0, 0.55 + 0.45 * channel) for channel in light.color), strength).toColor()
    wide, high = -(-sprite.image.width() // scale), -(-sprite.image.height() // scale)
    surface = skia.Surface(wide, high)
    rim = surface.getCanvas()
    rim.clear(warm)
    away = skia.Paint(
        BlendMode=skia.BlendMode.kDstOut, ImageFilter=skia.ImageFilters.Blur(reach * 0.6, reach * 0.6)
    )
    small = skia.Rect.MakeXYWH(-dx * reach, -dy * reach, wide, high)
    rim.drawImageRect(sprite.image, small, LINEAR, away)
    everywhere = skia.Rect.MakeWH(wide * scale, high * scale)
    paint = skia.Paint(BlendMode=skia.BlendMode.kSrcATop)
    canvas.drawImageRect(surface.makeImageSnapshot(), everywhere, LINEAR, paint)


def _soft(sprite: Sprite, blur: float, color: int, scale: int) -> tuple[skia.Image, float]:
    """The blurred silhouette in one colour at 1/`scale`, and by how many full pixels it overhangs."""
    pad = round(3 * blur / scale) + 1
    wide, high = sprite.width / scale, sprite.height / scale
    surface = skia.Surface(max(1, round(wide)) + 2 * pad, max(1, round(high)) + 2 * pad)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    paint = skia.Paint(
        ColorFilter=skia.ColorFilters.Blend(color, skia.BlendMode.kSrcIn),
        ImageFilter=skia.ImageFilters.Blur(max(0.6, blur / scale), max(0.6, 0.7 * blur / scale)),
    )
    margin = sprite.margin / scale
    area = skia.Rect.MakeXYWH(
        pad - margin, pad - margin, sprite.image.width() / scale, sprite.image.height() / scale
    )
    canvas.drawImageRect(sprite.image, area, LINEAR, paint)
    return surface.makeImageSnapshot(), float(pad * scale)
