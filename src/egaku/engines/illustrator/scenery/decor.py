"""What makes one room another: its colours, wallpaper and floor, chosen per picture."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import ellipse, polygon, rects
from egaku.engines.illustrator.scenery.palette import darker, lighter, luma, mix, saturate, times
from egaku.engines.illustrator.scenery.scene import Scene

_TINTS: tuple[RGB, ...] = (
    (238, 214, 186), (186, 214, 206), (222, 190, 200), (188, 206, 232), (232, 222, 172), (206, 196, 228),
    (196, 214, 178), (236, 190, 164), (220, 218, 214),
)  # fmt: skip
_WOODS: tuple[RGB, ...] = (
    (1.0, 1.0, 1.0),
    (1.1, 1.12, 1.16),
    (0.74, 0.7, 0.68),
    (0.92, 0.82, 0.74),
    (0.96, 1.02, 1.1),
)
_TURNS = (0, 0, 45, 120, 165, 210, 300)


def hued(color: RGB, degrees: float) -> RGB:
    """The colour with its hue turned in YIQ, at the same luma."""
    r, g, b = color
    y = luma(color)
    i, q = 0.596 * r - 0.274 * g - 0.322 * b, 0.211 * r - 0.523 * g + 0.312 * b
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, q = float(i * c - q * s), float(i * s + q * c)
    turned = (y + 0.956 * i + 0.621 * q, y - 0.272 * i - 0.647 * q, y - 1.106 * i + 1.703 * q)
    return (min(255.0, max(0.0, turned[0])), min(255.0, max(0.0, turned[1])), min(255.0, max(0.0, turned[2])))


def accent(scene: Scene, color: RGB) -> RGB:
    """A cloth's or cupboard's colour in this picture: all of a room's turn together, so that they match."""
    turn = scene.pick("accent", _TURNS)
    return saturate(hued(color, turn), 0.78) if turn else color  # turned colours easily glare


def wall(scene: Scene, color: RGB) -> RGB:
    """A wall about as light as `color`, in this picture's own tint."""
    tint = scene.pick("wall tint", (None, None, *_TINTS))
    return color if tint is None else mix(color, times(tint, luma(color) / luma(tint)), 0.8)


def floor(scene: Scene, color: RGB) -> RGB:
    """Another wood or stone of the kind."""
    return times(color, scene.pick("floor wood", _WOODS))


def paper(scene: Scene, bottom: float, tone: RGB) -> None:
    """Hang wallpaper from the ceiling to `bottom`; `tone` is the wall's colour as lit."""
    kind = scene.pick("wallpaper", ("plain", "plain", "stripes", "dots", "diamonds", "panels", "two tones"))
    other = darker(tone, 0.16) if luma(tone) > 150 else lighter(tone, 0.14)
    easel = scene.easel
    shape = skia.Path()
    columns = np.arange(0.0, scene.w + 0.1, 0.075).tolist()
    if kind == "stripes":
        shape = rects((x, -0.01, 0.032, bottom + 0.01) for x in columns)
    elif kind == "dots":
        for k, y in enumerate(np.arange(0.02, bottom, 0.05).tolist()):
            for x in columns:
                shape.addCircle(x + 0.037 * (k % 2), y, 0.0075)
    elif kind == "diamonds":
        for k, y in enumerate(np.arange(0.0, bottom, 0.06).tolist()):
            for x in columns:
                a = x + 0.0375 * (k % 2)
                shape.addPath(polygon([(a, y - 0.024), (a + 0.014, y), (a, y + 0.024), (a - 0.014, y)]))
    elif kind == "panels":
        for x in np.arange(0.03, scene.w, 0.26).tolist():
            easel.line(skia.Path.Rect(skia.Rect.MakeXYWH(x, 0.03, 0.2, bottom - 0.1)), 0.005, other, 0.8)
    elif kind == "two tones":
        easel.box(-0.01, bottom - 0.27, scene.w + 0.02, 0.27, other, 0.9)
        easel.box(-0.01, bottom - 0.275, scene.w + 0.02, 0.01, lighter(tone, 0.5))
    easel.fill(shape, other, 0.5)


def outlook(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    """The land seen through a window at (x, y): hills, a town, the sea, mountains or a wood."""
    easel, rng = scene.easel, scene.stream("outlook")
    kind = scene.pick("outlook kind", ("hills", "town", "sea", "peaks", "wood"))
    foot = y + h + 0.01
    if kind == "hills":
        for lift, color, depth, at in ((0.30, (120, 170, 150), 0.5, 0.3), (0.20, (104, 170, 104), 0.2, 0.75)):
            easel.fill(ellipse(x + w * at, y + h * 1.06, w * 0.75, h * lift), scene.paint(color, depth))
    elif kind == "sea":
        easel.box(x, y + h * 0.66, w, h * 0.36, scene.paint((64, 142, 192), 0.2))
        easel.fill(ellipse(x + w * 0.2, y + h * 0.67, w * 0.22, h * 0.05), scene.paint((110, 150, 130), 0.4))
        sail = [(x + w * 0.62, y + h * 0.74), (x + w * 0.62, y + h * 0.56), (x + w * 0.72, y + h * 0.74)]
        easel.fill(polygon(sail), scene.paint((252, 250, 244)))
    elif kind == "peaks":
        for at, top, half in ((0.25, 0.42, 0.34), (0.68, 0.34, 0.42)):
            tip, low = y + h * top, y + h * 0.9
            px = x + w * at
            mountain = [(px - w * half, low), (px, tip), (px + w * half, low)]
            easel.fill(polygon(mountain), scene.paint((112, 136, 178), 0.35))
            cap = [
                (px - w * half * 0.3, tip + (low - tip) * 0.3),
                (px, tip),
                (px + w * half * 0.3, tip + (low - tip) * 0.3),
            ]
            easel.fill(polygon(cap), scene.paint((246, 250, 255), 0.15))
        easel.box(x, y + h * 0.82, w, h * 0.2, scene.paint((96, 156, 104), 0.2))
    elif kind == "town":
        at = x - 0.01
        while at < x + w:
            wide, tall = w * rng.uniform(0.10, 0.2), h * rng.uniform(0.2, 0.52)
            easel.box(at, foot - tall, wide, tall, scene.paint((136, 148, 182), rng.uniform(0.15, 0.5)))
            panes = rects(
                (at + wide * (0.2 + 0.34 * c), foot - tall + 0.012 + 0.022 * r, wide * 0.2, 0.011)
                for r in range(int(tall / 0.022))
                for c in range(2)
            )
            lamps: RGB = (255, 214, 132) if scene.air.night else scene.paint((206, 224, 240), 0.2)
            easel.fill(panes, lamps, 0.8)
            at += wide * 1.04
    else:
        for _ in range(14):
            tx, size = x + w * rng.random(), h * rng.uniform(0.22, 0.46)
            fir = [(tx - size * 0.26, foot), (tx, foot - size), (tx + size * 0.26, foot)]
            easel.fill(polygon(fir), scene.paint((64, 124, 92), rng.uniform(0.1, 0.4)))
