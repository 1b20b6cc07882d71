"""Weather in front of everything: rain, snow, fog, leaves in the wind, confetti, fireflies."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, circles, linear, polygon
from egaku.engines.illustrator.scenery.palette import jitter, lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene


def falls(scene: Scene) -> bool:
    """Whether this weather or mood puts anything before the objects."""
    return scene.air.weather in ("rain", "storm", "snow", "fog", "wind") or scene.air.mood in (
        "festive",
        "dreamy",
    )


def paint_weather(scene: Scene, easel: Easel) -> None:
    """Paint it onto a clear easel."""
    painter = {"rain": _rain, "storm": _rain, "snow": _snow, "fog": _fog, "wind": _leaves}.get(
        scene.air.weather
    )
    if painter is not None:
        painter(scene, easel)
    if scene.air.mood == "festive":
        _confetti(scene, easel)
    elif scene.air.mood == "dreamy":
        _sparkles(scene, easel)


def _rain(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("rain")
    heavy = scene.air.weather == "storm"
    tint: RGB = (214, 228, 246)
    slant = 0.30 if heavy else 0.14
    for share, length, fine, alpha in (
        (1.0, 0.030, 0.0012, 0.32),
        (0.5, 0.055, 0.0020, 0.36),
        (0.18, 0.085, 0.0030, 0.40),
    ):
        path = skia.Path()
        width = max(fine, 0.8 / easel.unit)  # thinner than a pixel it would fade away in small pictures
        for _ in range(round((380 if heavy else 260) * share * scene.w * scene.h)):
            x, y = rng.uniform(-0.1, scene.w + 0.1), rng.uniform(-0.05, scene.h)
            size = length * rng.uniform(0.6, 1.2)
            path.addPath(
                polygon(
                    [
                        (x, y),
                        (x + width, y),
                        (x - slant * size + width * 0.6, y + size),
                        (x - slant * size, y + size),
                    ]
                )
            )
        easel.fill(path, tint, alpha)
    rings = skia.Path()
    for _ in range(round(34 * scene.w)):
        x, y = rng.random() * scene.w, scene.h * rng.uniform(0.72, 0.99)
        r = 0.006 + 0.012 * (y / scene.h - 0.7)
        rings.addOval(skia.Rect.MakeLTRB(x - r, y - r * 0.3, x + r, y + r * 0.3))
    easel.line(rings, 0.0016, tint, 0.5)


def _snow(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("snow")
    for count, low, high, alpha in ((230, 0.0014, 0.0034, 0.75), (90, 0.0036, 0.0068, 0.9)):
        discs = [
            (rng.random() * scene.w, rng.random() * scene.h, rng.uniform(low, high))
            for _ in range(round(count * scene.w * scene.h))
        ]
        easel.fill(circles(discs), (255, 255, 255), alpha)
    for _ in range(round(16 * scene.w * scene.h)):
        easel.disc(
            rng.random() * scene.w,
            rng.random() * scene.h,
            rng.uniform(0.008, 0.016),
            (255, 255, 255),
            0.75,
            blur=0.0035,
        )


def _fog(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("fog")
    color = mix(scene.air.haze, (255, 255, 255), 0.12)
    for level, alpha in ((0.50, 0.34), (0.66, 0.30), (0.86, 0.42)):
        y = scene.h * (level + rng.uniform(-0.03, 0.03))
        half = scene.h * 0.13
        band = linear((0, y - half), (0, y + half), (0, color, 0), (0.5, color, 1), (1, color, 0))
        easel.box(-0.01, y - half, scene.w + 0.02, half * 2, band, alpha)
        for _ in range(3):
            x, r = rng.uniform(0, scene.w), rng.uniform(0.16, 0.3)
            easel.fill(
                skia.Path.Oval(skia.Rect.MakeLTRB(x - r * 1.8, y - r * 0.22, x + r * 1.8, y + r * 0.22)),
                color,
                alpha * 0.6,
                blur=0.035,
            )


def _leaves(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("leaves")
    hues: dict[str, RGB] = {
        "spring": (250, 190, 210),
        "summer": (120, 180, 90),
        "autumn": (226, 130, 56),
        "winter": (240, 246, 255),
    }
    for _ in range(round(26 * scene.w)):
        x, y, s, a = (
            rng.random() * scene.w,
            rng.random() * scene.h,
            rng.uniform(0.006, 0.014),
            rng.uniform(0, 6.3),
        )
        tip = (float(np.cos(a)) * s, float(np.sin(a)) * s)
        side = (-tip[1] * 0.5, tip[0] * 0.5)
        leaf = skia.Path()
        leaf.moveTo(x - tip[0], y - tip[1])
        leaf.quadTo(x + side[0], y + side[1], x + tip[0], y + tip[1])
        leaf.quadTo(x - side[0], y - side[1], x - tip[0], y - tip[1])
        easel.fill(leaf, scene.paint(jitter(rng, hues[scene.air.season], 24)))
    t = np.linspace(0, 1, 24)
    for _ in range(7):
        x, y, w = rng.uniform(-0.1, scene.w * 0.8), scene.h * rng.uniform(0.1, 0.8), rng.uniform(0.2, 0.4)
        stream = polygon(np.column_stack([x + w * t, y + 0.02 * np.sin(t * 5 + x * 9)]), closed=False)
        easel.line(stream, 0.0032, (255, 255, 255), 0.34)


def _confetti(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("confetti")
    hues: list[RGB] = [(250, 90, 110), (255, 204, 80), (90, 190, 250), (130, 214, 130), (200, 130, 240)]
    for _ in range(round(54 * scene.w)):
        x, y, s, a = (
            rng.random() * scene.w,
            scene.h * rng.random() ** 1.4,
            rng.uniform(0.005, 0.011),
            rng.uniform(0, 3.14),
        )
        c, d = float(np.cos(a)) * s, float(np.sin(a)) * s
        quad = polygon(
            [(x - c, y - d), (x + d * 0.6, y - c * 0.6), (x + c, y + d), (x - d * 0.6, y + c * 0.6)]
        )
        easel.fill(quad, lighter(hues[int(rng.integers(5))], rng.uniform(0, 0.25)), 0.95)


def _sparkles(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("sparkles")
    for _ in range(round(26 * scene.w)):
        x, y, r = rng.random() * scene.w, rng.random() * scene.h, rng.uniform(0.003, 0.011)
        spark = polygon(
            [
                (x + r * k * float(np.cos(i * np.pi / 4)), y + r * k * float(np.sin(i * np.pi / 4)))
                for i in range(8)
                for k in ((1.0, 0.16)[i % 2],)
            ]
        )
        easel.fill(spark, (255, 252, 240), 0.8)
