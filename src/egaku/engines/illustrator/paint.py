"""Painting objects: placements onto pixels, with light, shadows and water, and labels of who is where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator import compose, effects, layout
from egaku.engines.illustrator import light as lighting
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.group import Stage
from egaku.engines.illustrator.light import Air
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery.base import Light
from egaku.engines.illustrator.sprite import Sprite
from egaku.engines.illustrator.styles.base import Labels

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)


class Sheet:
    """A premultiplied canvas over a NumPy buffer, with a label per pixel."""

    def __init__(self, width: int, height: int, backdrop: Pixels | None = None) -> None:
        self.buffer: NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        if backdrop is not None:
            self.buffer[...] = backdrop
        self.labels: Labels = np.zeros((height, width), np.int16)
        info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self.buffer, width * 4)
        self.canvas: skia.Canvas = self._surface.getCanvas()

    def pixels(self) -> Pixels:
        """A copy, (H, W, 4) with straight alpha."""
        self._surface.flushAndSubmit()
        return straight(self.buffer)

    def mark(self, sprite: Sprite, left: float, top: float, label: int, rows: float) -> None:
        """Write `label` where the sprite is solid, in its upper `rows` rows."""
        shape = np.zeros((sprite.image.height(), sprite.image.width()), np.uint8)
        info = skia.ImageInfo.MakeA8(sprite.image.width(), sprite.image.height())
        sprite.image.readPixels(info, shape, shape.shape[1], 0, 0)
        shape = shape[: max(0, round(rows))]
        x, y = round(left), round(top)
        height, width = self.labels.shape
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(width, x + shape.shape[1]), min(height, y + shape.shape[0])
        if x0 < x1 and y0 < y1:
            window = self.labels[y0:y1, x0:x1]
            window[shape[y0 - y : y1 - y, x0 - x : x1 - x] > 127] = label


def render_objects(
    plan: ScenePlan,
    width: int,
    height: int,
    rng: np.random.Generator,
    light: Light,
    *,
    region: tuple[int, int, int, int] | None = None,
    style: str | None = None,
    surface: str = "ground",
) -> tuple[Pixels, Labels]:
    """The plan's objects alone on a clear picture, as an edit pastes them in.

    `region` is (left, top, width, height) in pixels: everything is laid out inside it (default: the whole
    picture). `style` chooses the set of art that suits it; `surface` is one of scenery.base.SURFACES, `water`
    cuts legs at the waterline. Returns ((height, width, 4) straight alpha, (height, width) labels: 1 + index
    of the object in the plan, 0 where there is none).
    """
    left, top, across, down = region or (0, 0, width, height)
    choices, placing = rng.spawn(2)
    chosen = compose.cast(replace(plan, style=style or plan.style), bank(), choices, 0)
    stage = Stage(
        width=max(1, across),
        height=max(1, down),
        surface=surface,
        horizon=0.0,
        ground_top=0.3,
        ground_bottom=0.97,
    )
    placements = [
        replace(placed, x=placed.x + left, y=placed.y + top)
        for placed in layout.arrange(chosen, stage, placing)
    ]
    sheet = Sheet(width, height)
    paint(sheet, placements, light)
    return sheet.pixels(), sheet.labels


def straight(premultiplied: NDArray[np.uint8]) -> Pixels:
    """(H, W, 4) premultiplied to straight alpha; a copy."""
    out = premultiplied.copy()
    alpha = out[..., 3]
    partial = (alpha > 0) & (alpha < 255)
    if partial.any():
        colors = out[partial].astype(np.uint32)
        shares = colors[:, 3:]
        colors[:, :3] = np.minimum(255, (colors[:, :3] * 255 + shares // 2) // shares)
        out[partial] = colors.astype(np.uint8)
    return out


def paint(
    sheet: Sheet,
    placements: list[Placement],
    light: Light,
    *,
    haze: tuple[float, float, float] = (255.0, 255.0, 255.0),
    mist: float = 0.0,
    shadows: bool = True,
) -> None:
    """Paint placements in their order. Label of a pixel: 1 + index of the object in the plan."""
    for placement in placements:
        air = Air(haze, min(0.6, placement.depth**2 * mist))
        _paint_one(sheet, placement, light, air, shadows=shadows)


def _paint_one(sheet: Sheet, placement: Placement, light: Light, air: Air, *, shadows: bool) -> None:
    sprite = effects.sprite(placement)
    glowing = "glowing" in placement.attributes
    image = lighting.lit(sprite, lighting.NEUTRAL if glowing else light, air, rim=placement.opacity > 0.9)
    left, top = placement.x - sprite.width / 2 - sprite.margin, placement.y - sprite.height - sprite.margin
    canvas = sheet.canvas
    if glowing:
        effects.draw_glow(canvas, sprite, left, top)
    if placement.stands == "water":
        _paint_afloat(sheet, placement, sprite, image, light)
        return
    if placement.stands == "ground" and shadows:
        lighting.draw_shadow(canvas, sprite, placement.x, placement.y, light)
    paint = skia.Paint(Alphaf=placement.opacity * effects.opacity(placement), AntiAlias=True)
    if placement.turn:
        canvas.save()
        canvas.rotate(placement.turn, placement.x, placement.y - placement.height / 2)
        canvas.drawImage(image, left, top, LINEAR, paint)
        canvas.restore()
    else:
        canvas.drawImage(image, round(left), round(top), skia.SamplingOptions(), paint)
    if "sleeping" in placement.attributes:
        effects.draw_sleep(canvas, placement)
    if placement.opacity > 0.5:
        sheet.mark(sprite, left, top, placement.object + 1, sprite.image.height())


def _paint_afloat(
    sheet: Sheet,
    placement: Placement,
    sprite: Sprite,
    image: skia.Image,
    light: Light,
) -> None:
    """Down to the waterline the thing itself, a hint of it below, its mirror image and ripples."""
    canvas = sheet.canvas
    shown = sprite.height * (1.0 - placement.sink) + sprite.margin
    sunk = placement.sink * sprite.height
    waterline = placement.y
    left = placement.x - sprite.width / 2 - sprite.margin
    lighting.draw_reflection(canvas, image, left, waterline, shown)
    paint = skia.Paint(Alphaf=effects.opacity(placement), AntiAlias=True)
    whole = float(image.width())
    source = skia.Rect.MakeLTRB(0, 0, whole, shown)
    canvas.drawImageRect(
        image, source, skia.Rect.MakeXYWH(left, waterline - shown, whole, shown), LINEAR, paint
    )
    below = skia.Rect.MakeLTRB(0, shown, whole, shown + sunk)
    faint = skia.Paint(Alphaf=0.22, AntiAlias=True)
    canvas.drawImageRect(image, below, skia.Rect.MakeXYWH(left, waterline, whole, sunk), LINEAR, faint)
    middle, width = _cut(sprite, shown)
    lighting.draw_ripples(canvas, left + middle, waterline, width, light)
    sheet.mark(sprite, left, waterline - shown, placement.object + 1, shown)


def _cut(sprite: Sprite, row: float) -> tuple[float, float]:
    """Middle and width of what crosses the waterline, in pixels from the image's left."""
    shape = np.zeros((sprite.image.height(), sprite.image.width()), np.uint8)
    info = skia.ImageInfo.MakeA8(sprite.image.width(), sprite.image.height())
    sprite.image.readPixels(info, shape, shape.shape[1], 0, 0)
    line = np.flatnonzero(shape[min(max(0, int(row) - 1), shape.shape[0] - 1)] > 90)
    if line.size == 0:
        return sprite.image.width() / 2, sprite.width * 0.4
    return float(line.mean()), float(line[-1] - line[0] + 1) * 1.15
