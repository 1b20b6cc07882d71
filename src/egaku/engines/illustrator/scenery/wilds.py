"""Bare wild places: mountain, desert, volcano, cave."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import Easel, circles, ellipse, linear, polygon, radial, vertical
from egaku.engines.illustrator.scenery.noise import curve
from egaku.engines.illustrator.scenery.palette import darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import dunes, hills, mountains, patches, plain, rock
from egaku.engines.illustrator.scenery.vegetation import (
    fir,
    grass,
    grass_color,
    near_grass,
    scatter,
    tree_line,
)


def mountain(scene: Scene) -> Layout:
    """Snowy peaks behind alpine meadows."""
    horizon = scene.h * 0.58
    paint_sky(scene, horizon * 0.92)
    snow = 0.62 if scene.air.season == "winter" else 0.42
    mountains(scene, "farthest", horizon, 0.36, (128, 150, 200), 0.60, snow=snow)
    mountains(scene, "peaks", horizon + 0.02, 0.46, (98, 118, 166), 0.32, snow=snow)
    mountains(scene, "foothills", horizon + 0.03, 0.17, (84, 122, 122), 0.26, roughness=0.56)
    tree_line(scene, "far wood", horizon + 0.04, 0.06, (56, 112, 88), 0.24, firs=True)
    green = grass_color(scene)
    plain(scene, horizon + 0.035, green, green, depth=0.3)
    hills(scene, "alp", horizon + 0.09, 0.06, green, 0.14, bumps=1.5)
    patches(scene, "grass", horizon + 0.12, scene.h, [lighter(green, 0.24), darker(green, 0.18)], 20, 0.3)
    rng = scene.stream("alp things")
    for x, y, s in ((0.06, 0.74, 0.30), (0.16, 0.70, 0.2), (0.87, 0.71, 0.24), (0.96, 0.76, 0.34)):
        fir(scene, rng, scene.w * x, scene.h * y, s, 0.08)
    rock(scene, rng, scene.w * 0.2, scene.h * 0.84, 0.05, (150, 150, 154))
    rock(scene, rng, scene.w * 0.84, scene.h * 0.90, 0.07, (142, 142, 148))
    grass(
        scene.easel,
        rng,
        scatter(scene, rng, horizon + 0.14, scene.h, 80),
        0.03,
        scene.paint(darker(green, 0.06)),
    )
    return Layout(
        horizon=0.60,
        surface="ground",
        ground_top=0.73,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.03, 0.9, 0.2), "ground": (0.05, 0.74, 0.9, 0.22)},
        front=near_grass,
    )


def desert(scene: Scene) -> Layout:
    """Sand dunes with cacti and mesas."""
    horizon = scene.h * 0.48
    paint_sky(scene, horizon, clouds=0.4)
    rng = scene.stream("desert")
    _mesas(scene, horizon)
    dunes(scene, "dunes", horizon, (236, 186, 118))
    for x, y, s in ((0.1, 0.70, 0.26), (0.90, 0.66, 0.18), (0.78, 0.60, 0.1)):
        _cactus(scene, scene.w * (x + rng.uniform(-0.04, 0.04)), scene.h * y, s, 0.1 if s < 0.2 else 0.0)
    rock(scene, rng, scene.w * 0.84, scene.h * 0.86, 0.045, (190, 138, 98))
    return Layout(
        horizon=0.48,
        surface="ground",
        ground_top=0.66,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.04, 0.9, 0.34), "ground": (0.05, 0.66, 0.9, 0.3)},
    )


def _mesas(scene: Scene, horizon: float) -> None:
    rng = scene.stream("mesas")
    for _ in range(3):
        x, w, h = rng.uniform(0, scene.w), rng.uniform(0.1, 0.22), rng.uniform(0.06, 0.13)
        top = [(x - w * 0.4, horizon - h), (x + w * 0.38, horizon - h * 0.96)]
        shape = polygon(
            [
                (x - w * 0.8, horizon + 0.03),
                (x - w * 0.48, horizon - h * 0.4),
                *top,
                (x + w * 0.5, horizon - h * 0.4),
                (x + w * 0.85, horizon + 0.03),
            ]
        )
        scene.easel.fill(
            shape,
            vertical(
                horizon - h, horizon, scene.paint((206, 122, 88), 0.38), scene.paint((226, 162, 120), 0.6)
            ),
        )


def _cactus(scene: Scene, x: float, y: float, size: float, depth: float) -> None:
    easel = scene.easel
    green: RGB = (84, 150, 98)
    w = size * 0.17
    lit, dark = scene.paint(lighter(green, 0.2), depth), scene.paint(darker(green, 0.42), depth)
    side = 1 if scene.sun[0] > x else -1
    body = linear((x + side * w * 0.7, 0), (x - side * w * 0.7, 0), (0, lit), (1, dark))
    easel.shade(x - side * size * 0.1, y, size * 0.26, size * 0.03, 0.35)
    for dx, low, high in ((-0.26, 0.36, 0.7), (0.25, 0.28, 0.58)):
        elbow = polygon(
            [(x, y - size * low), (x + dx * size, y - size * low), (x + dx * size, y - size * high)],
            closed=False,
        )
        easel.line(
            elbow,
            w * 0.62,
            linear(
                (x + dx * size + side * w * 0.3, 0), (x + dx * size - side * w * 0.3, 0), (0, lit), (1, dark)
            ),
        )
    easel.box(x - w / 2, y - size, w, size, body, radius=w / 2)
    for k in (-0.22, 0.0, 0.22):
        easel.box(x + k * w, y - size * 0.94, w * 0.05, size * 0.9, dark, 0.5, radius=w * 0.02)


def _cracks(scene: Scene, top: float) -> None:
    """Glowing cracks in the ash, wider towards the viewer, and embers above."""
    easel, rng = scene.easel, scene.stream("cracks")
    for _ in range(round(7 * max(1.0, scene.w))):
        t = rng.random() ** 0.8
        x, y = rng.uniform(-0.05, scene.w), top + (scene.h - top) * t
        points = [(x, y)]
        for _ in range(int(rng.integers(5, 9))):
            x += rng.uniform(0.02, 0.055) * (0.4 + t)
            y += rng.uniform(-0.016, 0.016) * (0.3 + t)
            points.append((x, y))
        wide = 0.003 + 0.006 * t
        path = polygon(points, closed=False)
        easel.line(path, wide * 5, (255, 96, 30), 0.30, blur=wide * 2)
        easel.line(path, wide, (255, 138, 48))
        easel.line(path, wide * 0.4, (255, 226, 140))
    embers = circles(
        (rng.random() * scene.w, scene.h * rng.uniform(0.1, 0.95), rng.uniform(0.0012, 0.0034))
        for _ in range(40)
    )
    easel.fill(embers, (255, 176, 84), 0.85)


def volcano(scene: Scene) -> Layout:
    """A smoking cone with lava down its flank."""
    horizon = scene.h * 0.60
    paint_sky(scene, horizon, clouds=0.5)
    easel, rng = scene.easel, scene.stream("volcano")
    mountains(scene, "far range", horizon, 0.14, (120, 112, 140), 0.55)
    cx, top, half = scene.w * 0.5, scene.h * 0.24, 0.5
    fire: RGB = (255, 120, 40)
    easel.glow(cx, top, 0.42, fire, 0.8)
    for i in range(16):
        t = i / 15
        r = 0.035 + 0.10 * t
        tone = scene.paint(mix((120, 90, 92), (206, 200, 206), t), 0.15)
        px, py = cx + 0.10 * t + rng.uniform(-0.05, 0.05) * (0.4 + t), top - 0.02 - 0.30 * t
        easel.disc(
            px,
            py,
            r,
            radial((px - r * 0.3, py - r * 0.4), r * 1.3, (0, lighter(tone, 0.25)), (1, darker(tone, 0.25))),
            0.9,
        )
    x = np.linspace(-1, 1, 90)
    rise = np.maximum(0, 1 - np.abs(x)) ** 1.7
    y = (
        horizon
        + 0.02
        - (horizon - top) * np.minimum(rise * 1.18, 0.98 - 0.03 * np.cos(x * 40))
        + 0.006 * curve(rng, (x + 1) / 2, 30, 2)
    )
    cone = polygon(np.column_stack([cx + x * half, y]))
    stone: RGB = (104, 82, 92)
    easel.fill(
        cone,
        linear(
            (cx - half * 0.5, 0),
            (cx + half * 0.5, 0),
            (0, scene.paint(lighter(stone, 0.15), 0.12)),
            (1, scene.paint(darker(stone, 0.4), 0.12)),
        ),
    )
    for side, reach in ((-0.03, 0.8), (0.05, 0.55), (0.01, 0.95)):
        _lava(easel, rng, cx + side, top + 0.012, (horizon - top) * reach)
    ash: RGB = (112, 96, 92)
    hills(scene, "ash rise", horizon + 0.02, 0.03, lighter(ash, 0.05), 0.25, bumps=4)
    plain(scene, horizon + 0.04, lighter(ash, 0.1), darker(ash, 0.2), depth=0.2)
    hills(scene, "ash fold", horizon + 0.13, 0.05, ash, 0.08, bumps=2)
    patches(scene, "ash", horizon, scene.h, [darker(ash, 0.4), lighter(ash, 0.2)], 22, 0.35)
    _cracks(scene, horizon + 0.1)
    for _ in range(9):
        rock(
            scene,
            rng,
            rng.uniform(0, scene.w),
            scene.h * rng.uniform(0.66, 0.97),
            rng.uniform(0.02, 0.05),
            (92, 80, 84),
        )
    return Layout(
        horizon=0.60,
        surface="ground",
        ground_top=0.72,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.04, 0.3, 0.3), "ground": (0.05, 0.7, 0.9, 0.26)},
    )


def _lava(easel: Easel, rng: np.random.Generator, x: float, y: float, length: float) -> None:
    t = np.linspace(0, 1, 20)
    px = x + np.cumsum(rng.uniform(-0.008, 0.008, 20)) + (x - easel.w / 2) * 1.6 * t
    path = polygon(np.column_stack([px, y + length * t]), closed=False)
    for width, color, alpha, blur in (
        (0.03, (255, 90, 30), 0.45, 0.01),
        (0.013, (255, 130, 40), 1.0, 0.0),
        (0.005, (255, 232, 140), 1.0, 0.0),
    ):
        easel.line(path, width, color, alpha, blur=blur)


def cave(scene: Scene) -> Layout:
    """Inside a cave, looking out at the light; crystals glow."""
    horizon = scene.h * 0.52
    paint_sky(scene, horizon)
    hills(scene, "outside", horizon, 0.07, grass_color(scene), 0.35)
    tree_line(scene, "outside wood", horizon + 0.04, 0.07, (72, 140, 90), 0.3)
    easel, rng = scene.easel, scene.stream("cave")
    stone: RGB = scene.pick("stone", ((96, 88, 104), (120, 92, 76), (78, 98, 112), (104, 100, 92)))
    mouth = (scene.w * scene.vary("mouth", 0.40, 0.60), scene.h * scene.vary("mouth height", 0.40, 0.45))
    for i in (2, 1, 0):
        grow = 1.9 - 0.3 * i
        hole = _mouth(
            scene.stream(f"rim {i}"),
            mouth,
            min(0.27 * scene.w, 0.36) * grow * 0.9,
            0.24 * scene.h * grow * 0.9,
        )
        hole.toggleInverseFillType()
        easel.fill(hole, scene.paint(mix(darker(stone, 0.70), stone, i / 3)))
    floor = scene.h * 0.66
    x = np.linspace(-0.02, scene.w + 0.02, 60)
    y = floor + 0.02 * curve(rng, (x - x[0]) / (x[-1] - x[0]), 6, 2)
    ground = polygon(np.vstack([np.column_stack([x, y]), [[x[-1], scene.h + 0.02], [x[0], scene.h + 0.02]]]))
    easel.fill(
        ground,
        vertical(
            floor,
            scene.h,
            scene.paint(lighter(stone, 0.22)),
            scene.paint(stone),
            scene.paint(darker(stone, 0.5)),
        ),
    )
    spill = mix(scene.air.sky[-1][1], scene.air.sun, 0.4)
    easel.fill(ellipse(mouth[0], floor + 0.08, 0.34, 0.09), spill, 0.5, blur=0.05)
    for i in range(13):
        px = scene.w * (i + rng.uniform(0.2, 0.8)) / 13
        drop = rng.uniform(0.05, 0.2) * (0.5 + abs(px / scene.w - 0.5) * 1.4)
        w = drop * 0.22
        easel.fill(
            polygon([(px - w, -0.01), (px + w, -0.01), (px, drop)]),
            vertical(0, drop, scene.paint(darker(stone, 0.6)), scene.paint(lighter(stone, 0.05))),
        )
    hue = scene.pick("crystal", ((110, 210, 255), (190, 130, 255), (120, 255, 210), (255, 170, 110)))
    for px, py, s in ((0.10, 0.80, 0.11), (0.90, 0.78, 0.13), (0.17, 0.90, 0.07), (0.82, 0.92, 0.07)):
        _crystals(easel, rng, (scene.w * px, scene.h * py), s * rng.uniform(0.7, 1.25), hue)
    base = scene.light()
    light = Light(
        base.time, (0.0, -1.0), mix(base.color, (0.8, 0.8, 0.92), 0.4), (0.55, 0.55, 0.68), 0.3, 0.7
    )
    return Layout(
        horizon=0.52,
        surface="ground",
        ground_top=0.74,
        ground_bottom=0.95,
        light=light,
        indoors=True,
        anchors={"sky": (0.35, 0.25, 0.3, 0.2), "ground": (0.2, 0.72, 0.6, 0.24)},
    )


def _mouth(rng: np.random.Generator, at: tuple[float, float], rx: float, ry: float) -> skia.Path:
    a = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    wobble = 1 + 0.10 * np.interp(
        a, np.linspace(0, 2 * np.pi, 19), np.append(v := rng.uniform(-1, 1, 18), v[0])
    )
    return polygon(np.column_stack([at[0] + rx * wobble * np.cos(a), at[1] + ry * wobble * np.sin(a)]))


def _crystals(easel: Easel, rng: np.random.Generator, at: tuple[float, float], size: float, hue: RGB) -> None:
    x, y = at
    easel.glow(x, y - size * 0.4, size * 2.2, hue, 0.5)
    for lean in (-0.5, 0.45, -0.15, 0.2):
        h, w = size * rng.uniform(0.6, 1.1), size * 0.13
        tip = (x + lean * h, y - h)
        a, b = (x + lean * size * 0.4 - w, y), (x + lean * size * 0.4 + w, y)
        left, right = (tip[0] - w * 0.8, tip[1] + h * 0.24), (tip[0] + w * 0.8, tip[1] + h * 0.24)
        easel.fill(polygon([a, left, tip, right, b]), darker(hue, 0.2))
        easel.fill(polygon([a, left, tip, ((a[0] + b[0]) / 2, y)]), lighter(hue, 0.4), 0.8)
