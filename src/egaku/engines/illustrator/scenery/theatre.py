"""The stage of a theatre."""

from __future__ import annotations

import skia

from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import linear, vertical
from egaku.engines.illustrator.scenery.furniture import spotlight
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene


def stage(scene: Scene) -> Layout:
    """Red curtains, boards, spotlights, footlights."""
    easel = scene.easel
    floor = scene.h * scene.vary("level", 0.62, 0.68)
    easel.box(-0.01, -0.01, scene.w + 0.02, floor + 0.02, vertical(0, floor, (34, 14, 40), (74, 26, 58)))
    easel.box(
        -0.01,
        floor,
        scene.w + 0.02,
        scene.h - floor + 0.01,
        vertical(
            floor, scene.h, *(decor.floor(scene, c) for c in ((92, 56, 46), (150, 98, 68), (168, 112, 78)))
        ),
    )
    rng = scene.stream("stage")
    for i in range(round(14 * scene.w)):
        y = floor + (scene.h - floor) * (i / (14 * scene.w)) ** 1.5
        easel.box(-0.01, y, scene.w + 0.02, 0.001 + 0.003 * i / 14, (70, 40, 34), 0.55)
    red: RGB = scene.pick(
        "curtain", ((186, 30, 46), (186, 30, 46), (40, 66, 150), (112, 40, 130), (24, 112, 92))
    )
    back = scene.pick(
        "backcloth", (darker(red, 0.55), (38, 44, 92), (84, 62, 40), (60, 66, 74), (96, 40, 66))
    )
    folds = round(22 * scene.w)
    step = scene.w / folds
    opening = scene.vary("opening", 0.44, 0.64)
    for i in range(folds):
        x = step * i
        away = abs(x + step / 2 - scene.w / 2) / (scene.w / 2)
        if away < opening:
            easel.box(
                x,
                -0.01,
                step + 0.002,
                floor + 0.01,
                linear((x, 0), (x + step, 0), (0, darker(back, 0.3)), (0.5, back), (1, darker(back, 0.35))),
            )
            continue
        tone = jitter(rng, red, 8)
        drop = floor + 0.05 - 0.008 * (i % 2)
        easel.box(
            x,
            -0.01,
            step + 0.002,
            drop + 0.01,
            linear(
                (x, 0),
                (x + step, 0),
                (0, darker(tone, 0.45)),
                (0.45, lighter(tone, 0.14)),
                (1, darker(tone, 0.5)),
            ),
        )
    _valance(scene, red)
    warm, cool = scene.pick(
        "lamps",
        (
            ((255, 220, 150), (255, 250, 230)),
            ((255, 150, 190), (150, 210, 255)),
            ((150, 230, 255), (255, 240, 190)),
        ),
    )
    aim = scene.vary("aim", -0.08, 0.08)
    for x, target, color in (
        (0.2, 0.42 + aim, warm),
        (0.8, 0.58 + aim, warm),
        (0.5, 0.5 + aim, cool),
    ):
        spotlight(scene, scene.w * x, 0.04, scene.w * target, scene.h * 0.82, color, 0.34)
    for i in range(round(11 * scene.w)):
        x = scene.w * (i + 0.5) / round(11 * scene.w)
        easel.disc(x, scene.h - 0.004, 0.022, (60, 44, 44))
        easel.glow(x, scene.h - 0.02, 0.06, (255, 214, 140), 0.6)
    light = Light("night", (0.0, -1.0), (1.12, 1.05, 0.94), (0.6, 0.5, 0.6), 0.42, 0.8)
    return Layout(
        horizon=floor / scene.h,
        surface="floor",
        ground_top=0.74,
        ground_bottom=0.94,
        indoors=True,
        light=light,
        haze=(80, 30, 60),
        anchors={"wall": (0.3, 0.18, 0.4, 0.36), "floor": (0.22, 0.72, 0.56, 0.22)},
    )


def _valance(scene: Scene, red: RGB) -> None:
    count = max(5, round(7 * scene.w))
    w = scene.w / count
    for i in range(count):
        x = w * i
        swag = skia.Path()
        swag.moveTo(x, -0.01)
        swag.lineTo(x, 0.06)
        swag.quadTo(x + w / 2, 0.19, x + w, 0.06)
        swag.lineTo(x + w, -0.01)
        swag.close()
        scene.easel.fill(swag, vertical(0, 0.14, darker(red, 0.4), lighter(red, 0.06), darker(red, 0.2)))
        hem = skia.Path()
        hem.moveTo(x, 0.06)
        hem.quadTo(x + w / 2, 0.19, x + w, 0.06)
        scene.easel.line(hem, 0.010, (236, 190, 96))
