"""Water: a mirror of what lies beyond, broken by waves in perspective, with the light's glitter path."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import brush, linear
from egaku.engines.illustrator.scenery.filters import enlarge, wrapped
from egaku.engines.illustrator.scenery.noise import Field, quantize, tileable
from egaku.engines.illustrator.scenery.palette import lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene

DEEP: RGB = (22, 98, 168)


def water(
    scene: Scene,
    top: float,
    *,
    bottom: float | None = None,
    deep: RGB = DEEP,
    calm: float = 0.0,
    mirror: float | None = None,
    shore: skia.Path | None = None,
) -> None:
    """Paint water from `top` (units) down to `bottom`, mirroring what is already painted above `top`.

    `calm` 0 is the open sea, 1 a still lake. `mirror` (0 … 1) overrides how much is reflected near by.
    `shore` cuts the water to a shape.
    """
    easel = scene.easel
    end = scene.h if bottom is None else min(bottom, scene.h)
    first, last = round(top * easel.unit), round(end * easel.unit)
    if last - first < 2 or first < 2:
        return
    before = easel.pixels[first:last].copy() if shore is not None else None
    _mirror(scene, first, last, deep, calm, 0.46 + 0.26 * calm if mirror is None else mirror)
    _ripples(scene, top, end, calm)
    if scene.air.disc > 0.2:
        _glitter(scene, top, end, calm)
    if before is not None and shore is not None:
        _cut(scene, first, before, shore)


def _slopes(scene: Scene, rows: int, columns: int, calm: float) -> tuple[Field, Field]:
    """Wave slopes as seen in perspective, (rows, columns), about -1 … 1, and each row's distance 0 … 1."""
    texture = tileable(scene.stream("waves"), 256, 16, 3) * 2 - 1
    y = (np.arange(rows, dtype=np.float32)[:, None] + 1.5) / max(1, rows)
    x = (np.arange(columns, dtype=np.float32)[None] + 0.5) / columns - 0.5
    away = 1.0 / (y + 0.045)
    near = wrapped(texture, x * scene.w * away * 30, away * 62)
    # Beyond some distance waves are finer than pixels; they fade to calm there instead of flickering.
    resolved = np.clip((y - 0.02) * 9, 0, 1) * (1 - 0.7 * calm)
    far = np.clip(1 - np.broadcast_to(y, near.shape), 0, 1)
    return np.asarray(near * resolved, np.float32), np.asarray(far, np.float32)


def _mirror(scene: Scene, first: int, last: int, deep: RGB, calm: float, mirror: float) -> None:
    easel = scene.easel
    columns = max(easel.width // 2, min(easel.width, 96))
    rows = max(2, (last - first) * columns // easel.width)
    slope, far = _slopes(scene, rows, columns, calm)
    scale = columns / easel.width
    above = cv2.resize(
        easel.pixels[:first, :, :3], (columns, max(2, round(first * scale))), interpolation=cv2.INTER_AREA
    )
    # Small waves smear what a rough sea mirrors downwards; only still water keeps outlines.
    smear = max(1, round(columns * 0.075 * (1 - calm)))
    above = cv2.blur(above, (max(1, smear // 6), smear))
    height = above.shape[0]
    row = np.arange(rows, dtype=np.float32)[:, None]
    stretch = min(1.0, (height - 1) / rows) if calm < 0.5 else 1.0
    amount = (1.4 - calm) * columns * 0.055
    swing = slope * amount * (0.30 + 0.70 * (1 - far)) * (2.0 - calm)
    source_y = height - 1 - np.abs(row * stretch + swing)
    source_x = np.arange(columns, dtype=np.float32)[None] + slope * amount * 0.22
    picture = cv2.remap(
        above,
        source_x.astype(np.float32),
        source_y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    ).astype(np.float32)
    shade = np.asarray(scene.paint(deep), np.float32)
    horizon = np.asarray(
        mix(scene.paint(deep, 0.25), scene.air.sky[-1][1], 0.35 + 0.45 * (scene.air.elevation < 0.3)),
        np.float32,
    )
    body = shade + (horizon - shade) * (far[..., None] ** 2.2)
    seen = mirror + (0.78 - mirror) * far**1.5
    seen = np.asarray(np.clip(seen + slope * 0.16, 0, 1)[..., None], np.float32)
    # Lights are too bright for the water's own colour to show through them.
    if scene.air.elevation < 0.5 and not scene.air.night:
        glare = np.clip((picture.min(axis=2, keepdims=True) - 150) / 90, 0, 1)
        seen = np.asarray(seen + (0.92 - seen) * 0.7 * glare, np.float32)
    picture = np.asarray(body * (1 - seen) + picture * seen * 0.97, np.float32)
    picture += (slope * 10 * (1 - 0.6 * calm))[..., None]
    full = enlarge(picture, (last - first, easel.width))
    easel.pixels[first:last, :, :3] = quantize(full)


def _lens(path: skia.Path, x: float, y: float, rx: float, ry: float) -> None:
    """A wave's glint: pointed at both ends."""
    path.moveTo(x - rx, y)
    path.quadTo(x, y - ry, x + rx, y)
    path.quadTo(x, y + ry * 0.6, x - rx, y)
    path.close()


def _ripples(scene: Scene, top: float, end: float, calm: float) -> None:
    rng = scene.stream("ripples")
    light, dark = skia.Path(), skia.Path()
    count = round((210 - 120 * calm) * max(1.0, scene.w) * min(1.0, (end - top) * 2))
    for i in range(count):
        t = rng.random() ** 1.5
        y = top + (end - top) * (0.015 + 0.985 * t)
        rx = (0.006 + 0.055 * t) * rng.uniform(0.5, 1.5)
        ry = rx * (0.05 + 0.07 * t)
        _lens(light if i % 3 else dark, rng.uniform(0, scene.w), y, rx, max(ry, 0.0007))
    crest = mix(lighter(scene.air.sky[-1][1], 0.3), scene.paint((255, 255, 255)), 0.4)
    scene.easel.fill(light, crest, 0.20)
    scene.easel.fill(dark, scene.paint((10, 50, 96)), 0.16)


def _glitter(scene: Scene, top: float, end: float, calm: float) -> None:
    """The path of light under sun or moon: dense glints below it, spreading towards the viewer."""
    rng = scene.stream("glitter")
    air, easel = scene.air, scene.easel
    x0 = scene.sun[0]
    low = 1 - min(1.0, air.elevation / 0.8)
    depth = end - top
    width = 0.05 + 0.10 * (1 - low)
    warm = mix(air.sun, air.sky[-1][1], 0.45 if low > 0.4 else 0.15)
    soft = linear((0, top), (0, end), (0, warm, 0.75), (0.5, warm, 0.38), (1, warm, 0.10))
    paint = brush(soft, (0.34 + 0.3 * low) * air.disc, blur=0.035)
    paint.setBlendMode(skia.BlendMode.kScreen)
    easel.canvas.save()
    easel.canvas.clipRect(skia.Rect.MakeLTRB(0, top, scene.w, end))
    column = skia.Path()
    column.moveTo(x0 - width * 0.5, top - 0.02)
    column.lineTo(x0 + width * 0.5, top - 0.02)
    column.lineTo(x0 + width * 1.5, end)
    column.lineTo(x0 - width * 1.5, end)
    column.close()
    easel.canvas.drawPath(column, paint)
    for level, (share, alpha) in enumerate(((1.0, 0.5), (0.55, 0.9))):
        glints = skia.Path()
        for _ in range(round((330 - 130 * calm) * share)):
            t = rng.random() ** 1.25
            y = top + depth * (0.004 + 0.99 * t)
            spread = width * (0.55 + 1.5 * t) * (1.0 - 0.35 * level)
            rx = (0.004 + 0.034 * t) * rng.uniform(0.4, 1.2) * (1.0 - 0.3 * level)
            x = x0 + float(rng.normal(0, 0.62)) * spread
            _lens(glints, x, y, rx, max(0.0011, rx * (0.10 + 0.07 * t)))
        easel.fill(
            glints, warm if level == 0 else lighter(air.sun, 0.3), alpha * (0.9 if low > 0.4 else 0.62)
        )
    easel.canvas.restore()


def _cut(scene: Scene, first: int, before: Pixels, shore: skia.Path) -> None:
    """Put back what was there outside the shore."""
    easel = scene.easel
    land = skia.Image.fromarray(before, colorType=skia.kRGBA_8888_ColorType, copy=False)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(shore, skia.ClipOp.kDifference, True)
    canvas.scale(1 / easel.unit, 1 / easel.unit)
    canvas.drawImage(land, 0, first)
    canvas.restore()


def foam(
    scene: Scene, x: NDArray[np.float64], y: NDArray[np.float64], thickness: float, alpha: float = 0.9
) -> None:
    """A line of surf along a curve, with lacy gaps."""
    rng = scene.stream("foam")
    white = scene.paint((255, 255, 255))
    path = skia.Path()
    for i in range(0, len(x), 2):
        r = thickness * rng.uniform(0.35, 1.0)
        path.addOval(skia.Rect.MakeLTRB(x[i] - r * 2.4, y[i] - r * 0.5, x[i] + r * 2.4, y[i] + r * 0.5))
    scene.easel.fill(path, white, alpha)


def caustics(scene: Scene, box: tuple[float, float, float, float], color: RGB, alpha: float) -> None:
    """The net of light on a pool's floor: x, y, w, h in units."""
    x, y, w, h = box
    easel = scene.easel
    left, upper = max(0, round(x * easel.unit)), max(0, round(y * easel.unit))
    right, lower = (
        min(easel.width, round((x + w) * easel.unit)),
        min(easel.height, round((y + h) * easel.unit)),
    )
    if right - left < 2 or lower - upper < 2:
        return
    rows, cols = max(2, (lower - upper) // 2), max(2, (right - left) // 2)
    net = caustic_net(scene, rows, cols)
    net = enlarge(net, (lower - upper, right - left))
    area = easel.pixels[upper:lower, left:right, :3].astype(np.float32)
    area += (np.asarray(color, np.float32) - area) * (net * alpha)[..., None]
    easel.pixels[upper:lower, left:right, :3] = quantize(area)


def caustic_net(scene: Scene, rows: int, cols: int, cells: float = 7.0) -> Field:
    """(rows, cols) a net of thin bright lines, foreshortened upwards, 0 … 1."""
    rng = scene.stream("caustics")
    a, b = (tileable(rng, 256, 8, 2) for _ in range(2))
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows
    x = (np.arange(cols, dtype=np.float32)[None] + 0.5) / cols - 0.5
    away = 1.0 / (y + 0.35)
    u, v = x * away * cells * 20 * max(1.0, scene.w), away * cells * 20
    first = wrapped(a, u, v)
    second = wrapped(b, u + 60 * first, v)
    net = 1 - np.abs(second - 0.5) * 7
    return np.asarray(np.clip(net, 0, 1) ** 1.6, np.float32)
