"""Space, the moon, Mars, and the open sky."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.clouds import cumulus
from egaku.engines.illustrator.scenery.easel import ellipse, linear, radial, vertical
from egaku.engines.illustrator.scenery.filters import enlarge
from egaku.engines.illustrator.scenery.noise import curve, field, quantize
from egaku.engines.illustrator.scenery.palette import WORDS, darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky, stars
from egaku.engines.illustrator.scenery.terrain import hills, mountains, patches, rock

_SUNLIGHT = Light("night", (-0.6, -0.8), (1.02, 1.0, 1.0), (0.62, 0.62, 0.82), 0.3, 0.6)
_NEBULAE: list[tuple[RGB, RGB]] = [
    ((214, 84, 168), (64, 120, 232)),
    ((92, 206, 214), (120, 70, 210)),
    ((250, 150, 90), (150, 60, 180)),
    ((90, 170, 255), (206, 90, 220)),
]


def _void(scene: Scene, nebula: float) -> None:
    """Black sky with glowing gas and stars."""
    easel, rng = scene.easel, scene.stream("nebula")
    shape = (max(easel.height // 4, 48), max(easel.width // 4, 48))
    cells = (3 * scene.h, 3 * scene.w)
    warp = (field(rng, shape, cells, 3) - 0.5) * 0.6 * min(shape)
    gas = [field(rng, shape, (c * cells[0], c * cells[1]), 4) for c in (0.8, 1.1, 1.4)]
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    gas = [
        np.asarray(cv2.remap(g, x + warp, y + warp * 0.7, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))
        for g in gas
    ]
    pair = _NEBULAE[int(rng.integers(len(_NEBULAE)))]
    chosen = [WORDS[c] for c in scene.plan.colors if c in WORDS]
    if chosen:
        pair = (chosen[0], chosen[-1] if len(chosen) > 1 else mix(chosen[0], (90, 90, 220), 0.5))
    tilt = rng.uniform(-0.8, 0.8)
    across = (y / shape[0] - 0.5) - tilt * (x / shape[1] - 0.5)
    band = np.exp(-((across / 0.34) ** 2))
    sky = np.empty((*shape, 3), np.float32)
    sky[:] = (9, 9, 28)
    sky += np.asarray((10, 8, 26), np.float32) * (y / shape[0])[..., None]
    for amount, color, floor in (
        (gas[0], pair[1], 0.38),
        (gas[1], pair[0], 0.46),
        (gas[2], lighter(pair[0], 0.6), 0.56),
    ):
        light = np.clip((amount - floor) / 0.34, 0, 1) ** 1.5 * (0.25 + 0.75 * band) * nebula
        sky += (255 - sky) / 255 * np.asarray(color, np.float32) * light[..., None] * 0.85
    easel.pixels[..., :3] = quantize(enlarge(sky, (easel.height, easel.width)))
    easel.pixels[..., 3] = 255
    scene.air = replace(scene.air, stars=1.0)
    stars(scene, scene.h, 330)


def planet(scene: Scene, x: float, y: float, r: float, color: RGB, *, ring: bool = False) -> None:
    """A banded ball lit from the upper left, with a thin air and perhaps a ring."""
    easel, rng = scene.easel, scene.stream(f"planet {x:.2f}")
    easel.glow(x, y, r * 1.5, lighter(color, 0.3), 0.35)
    if ring:
        _ring(scene, x, y, r, color, front=False)
    ball = ellipse(x, y, r, r)
    easel.fill(ball, color)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(ball, doAntiAlias=True)
    for i in range(9):
        tone = lighter(color, 0.22) if i % 2 else darker(color, 0.22)
        easel.fill(
            ellipse(
                x + rng.uniform(-0.2, 0.2) * r,
                y - r + 2 * r * (i + 0.5) / 9,
                r * 1.3,
                r * rng.uniform(0.06, 0.13),
            ),
            tone,
            0.5,
            blur=r * 0.03,
        )
    for _ in range(3):
        easel.fill(
            ellipse(x + rng.uniform(-0.6, 0.6) * r, y + rng.uniform(-0.6, 0.6) * r, r * 0.16, r * 0.09),
            lighter(color, 0.4),
            0.5,
            blur=r * 0.02,
        )
    night = radial(
        (x - r * 0.45, y - r * 0.5),
        r * 1.75,
        (0, (255, 255, 255), 0.34),
        (0.3, (255, 255, 255), 0.0),
        (0.55, (8, 6, 30), 0.2),
        (1, (6, 4, 24), 0.94),
    )
    easel.fill(ball, night)
    canvas.restore()
    if ring:
        _ring(scene, x, y, r, color, front=True)


def _ring(scene: Scene, x: float, y: float, r: float, color: RGB, *, front: bool) -> None:
    canvas = scene.easel.canvas
    canvas.save()
    canvas.rotate(-18, x, y)
    half = (
        skia.Rect.MakeLTRB(x - 4 * r, y, x + 4 * r, y + 4 * r)
        if front
        else skia.Rect.MakeLTRB(x - 4 * r, y - 4 * r, x + 4 * r, y)
    )
    canvas.clipRect(half, doAntiAlias=True)
    for grow, width, alpha in ((1.5, 0.16, 0.75), (1.78, 0.2, 0.6), (2.02, 0.07, 0.5)):
        scene.easel.line(
            ellipse(x, y, r * grow, r * grow * 0.27), r * width * 0.55, lighter(color, 0.45), alpha
        )
    canvas.restore()


def space(scene: Scene) -> Layout:
    """Deep space with a nebula, stars and planets."""
    _void(scene, 1.0)
    rng = scene.stream("planets")
    colors: list[RGB] = [(232, 150, 96), (98, 160, 222), (196, 120, 206), (110, 196, 170), (226, 196, 130)]
    first, second = rng.permutation(5)[:2]
    side = 0.16 if rng.random() < 0.5 else 0.84
    planet(scene, scene.w * side, scene.h * 0.82, 0.19, colors[int(first)], ring=bool(rng.random() < 0.5))
    planet(
        scene, scene.w * (1 - side), scene.h * 0.17, 0.075, colors[int(second)], ring=bool(rng.random() < 0.6)
    )
    return Layout(
        horizon=0.5,
        surface="air",
        ground_top=0.2,
        ground_bottom=0.85,
        indoors=True,
        light=_SUNLIGHT,
        haze=(24, 20, 60),
        anchors={"sky": (0.08, 0.08, 0.84, 0.8)},
    )


def moon(scene: Scene) -> Layout:
    """Grey craters under a black sky, the Earth above."""
    _void(scene, 0.30)
    horizon = scene.h * 0.52
    scene.sun = (scene.w * 0.1, 0.05)
    rng = scene.stream("moon")
    _earth(scene, scene.w * 0.74, scene.h * 0.22, 0.105)
    _ground(scene, horizon, (150, 150, 160), (206, 206, 214))
    for x, y, s in (
        (0.24, 0.66, 0.10),
        (0.72, 0.72, 0.15),
        (0.42, 0.86, 0.20),
        (0.92, 0.90, 0.14),
        (0.06, 0.84, 0.12),
        (0.55, 0.62, 0.06),
    ):
        _crater(scene, scene.w * x, scene.h * y, s, (176, 176, 186))
    for _ in range(12):
        rock(
            _bare(scene),
            rng,
            rng.uniform(0, scene.w),
            scene.h * rng.uniform(0.62, 0.97),
            rng.uniform(0.01, 0.03),
            (150, 150, 160),
        )
    return Layout(
        horizon=0.52,
        surface="ground",
        ground_top=0.64,
        ground_bottom=0.95,
        indoors=True,
        light=Light("night", (-0.64, -0.77), (1.04, 1.04, 1.04), (0.6, 0.6, 0.72), 0.5, 0.3),
        haze=(60, 60, 80),
        anchors={"sky": (0.05, 0.05, 0.55, 0.35), "ground": (0.05, 0.64, 0.9, 0.32)},
        discs=((0.74, 0.22),),
    )


def _bare(scene: Scene) -> Scene:
    """Without an atmosphere things keep their own colours whatever the hour."""
    scene.air = replace(scene.air, tint=(1, 1, 1), thickness=0.0)
    return scene


def _earth(scene: Scene, x: float, y: float, r: float) -> None:
    easel, rng = scene.easel, scene.stream("earth")
    easel.glow(x, y, r * 1.7, (120, 180, 255), 0.5)
    ball = ellipse(x, y, r, r)
    easel.fill(ball, (52, 118, 206))
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(ball, doAntiAlias=True)
    for color, count, low, high in (((96, 168, 96), 7, 0.16, 0.34), ((250, 252, 255), 9, 0.10, 0.3)):
        for _ in range(count):
            w = r * rng.uniform(low, high)
            easel.fill(
                ellipse(
                    x + rng.uniform(-0.9, 0.9) * r,
                    y + rng.uniform(-0.9, 0.9) * r,
                    w * 1.3,
                    w * (0.8 if color[0] < 200 else 0.25),
                ),
                color,
                0.85,
            )
    easel.fill(
        ball,
        radial(
            (x - r * 0.4, y - r * 0.4),
            r * 1.6,
            (0, (255, 255, 255), 0.25),
            (0.4, (255, 255, 255), 0),
            (0.6, (4, 6, 30), 0.2),
            (1, (4, 6, 30), 0.9),
        ),
    )
    canvas.restore()


def _ground(scene: Scene, horizon: float, dark: RGB, light: RGB) -> None:
    _bare(scene)
    hills(scene, "far ridge", horizon, 0.06, dark, 0.0, bumps=5)
    hills(scene, "near ridge", horizon + 0.06, 0.035, mix(dark, light, 0.5), 0.0, bumps=3)
    patches(scene, "dust", horizon + 0.08, scene.h, [light, darker(dark, 0.15)], 26, 0.3)


def _crater(scene: Scene, x: float, y: float, s: float, color: RGB) -> None:
    easel = scene.easel
    ry = s * 0.26
    easel.fill(ellipse(x, y + s * 0.02, s * 1.16, ry * 1.22), lighter(color, 0.34), 0.75, blur=s * 0.02)
    easel.fill(
        ellipse(x, y, s, ry),
        linear((x - s, y), (x + s, y), (0, darker(color, 0.55)), (1, lighter(color, 0.05))),
    )
    easel.fill(
        ellipse(x + s * 0.08, y + ry * 0.16, s * 0.8, ry * 0.74),
        linear((x - s, y), (x + s, y), (0, darker(color, 0.28)), (1, lighter(color, 0.2))),
    )


def _pit(scene: Scene, x: float, y: float, r: float) -> None:
    """A shallow crater with a lit rim, its floor in shade."""
    easel = scene.easel
    easel.fill(ellipse(x, y + r * 0.03, r * 1.12, r * 0.30), scene.paint((236, 156, 112)), 0.6, blur=r * 0.02)
    wall = vertical(y - r * 0.24, y + r * 0.24, scene.paint((118, 52, 42)), scene.paint((206, 112, 78)))
    easel.fill(ellipse(x, y, r, r * 0.24), wall)
    easel.line(ellipse(x, y, r, r * 0.24), r * 0.02, scene.paint((246, 176, 130)), 0.7)


def mars(scene: Scene) -> Layout:
    """Red plains, mesas and dust."""
    horizon = scene.h * 0.52
    dusty: RGB = (236, 176, 138)
    top: RGB = (166, 104, 92)
    if scene.air.night:
        dusty, top = (74, 44, 62), (18, 12, 30)
    easel = scene.easel
    rows = np.linspace(0, 1, easel.height, dtype=np.float32)[:, None] / (horizon / scene.h)
    blend = np.clip(rows, 0, 1)[..., None] ** 0.9
    sky = np.asarray(top, np.float32) * (1 - blend) + np.asarray(dusty, np.float32) * blend
    easel.pixels[..., :3] = quantize(np.repeat(sky, easel.width, axis=1))
    easel.pixels[..., 3] = 255
    scene.sun = (scene.w * 0.3, horizon * 0.34)
    if scene.air.night:
        stars(scene, horizon, 200)
    easel.glow(*scene.sun, 0.3, (255, 236, 220), 0.55)
    easel.disc(*scene.sun, 0.026, (255, 250, 242))
    scene.air = replace(
        scene.air, tint=(0.5, 0.42, 0.5) if scene.air.night else (1, 1, 1), haze=dusty, thickness=0.0
    )
    mountains(scene, "far range", horizon, 0.16, (172, 92, 70), 0.55, roughness=0.42)
    mountains(scene, "near range", horizon + 0.02, 0.11, (160, 78, 58), 0.3, roughness=0.5)
    for i, (y, rise) in enumerate(((0.03, 0.03), (0.13, 0.05), (0.27, 0.06))):
        hills(scene, f"dune {i}", horizon + y, rise, (206, 112, 74), 0.24 - 0.1 * i)
    patches(scene, "dust", horizon + 0.1, scene.h, [(232, 148, 104), (160, 78, 56)], 22, 0.35)
    rng = scene.stream("mars rocks")
    for x, t in ((0.2, 0.2), (0.75, 0.34), (0.42, 0.62), (0.9, 0.8)):
        cx, cy = scene.w * (x + rng.uniform(-0.08, 0.08)), horizon + 0.1 + (scene.h - horizon - 0.1) * t
        r = (0.06 + 0.14 * t) * rng.uniform(0.7, 1.1)
        _pit(scene, cx, cy, r)
    ripples = skia.Path()
    for _ in range(round(60 * scene.w)):
        t = rng.random()
        cx, cy, r = rng.random() * scene.w, horizon + 0.12 + (scene.h - horizon) * t, 0.015 + 0.05 * t
        ripples.moveTo(cx - r, cy)
        ripples.quadTo(cx, cy - r * 0.14, cx + r, cy)
    easel.line(ripples, 0.0024, scene.paint((240, 166, 120)), 0.4)
    for _ in range(16):
        rock(
            scene,
            rng,
            rng.uniform(0, scene.w),
            scene.h * rng.uniform(0.62, 0.97),
            rng.uniform(0.012, 0.04),
            (164, 84, 60),
        )
    light = Light(scene.air.time, (-0.4, -0.92), (1.08, 0.94, 0.86), (0.82, 0.66, 0.62), 0.36, 0.2)
    return Layout(
        horizon=0.52,
        surface="ground",
        ground_top=0.66,
        ground_bottom=0.95,
        indoors=True,
        light=light,
        haze=dusty,
        anchors={"sky": (0.4, 0.05, 0.55, 0.35), "ground": (0.05, 0.66, 0.9, 0.3)},
    )


def open_sky(scene: Scene) -> Layout:
    """High above the clouds."""
    horizon = scene.h * 0.88
    paint_sky(scene, horizon, clouds=0.7)
    rng = scene.stream("sea of clouds")
    air = scene.air
    easel = scene.easel
    x = np.linspace(0, 1, 60)
    for layer in range(4):
        near = layer / 3
        y = scene.h * (0.74 + 0.22 * near)
        colors = (
            mix(air.cloud_lit, air.haze, 0.45 * (1 - near)),
            mix(air.cloud_shade, air.haze, 0.5 * (1 - near)),
        )
        swell = curve(rng, x, 3, 2)
        count = round((9, 7, 6, 5)[layer] * max(1.0, scene.w))
        easel.box(
            -0.01, y + 0.02, scene.w + 0.02, scene.h - y, vertical(y, scene.h, mix(*colors, 0.5), colors[1])
        )
        for i in range(count):
            t = (i + rng.uniform(0, 1)) / count
            lift = 0.02 * float(np.interp(t, x, swell))
            dx, dy = scene.sun[0] - t * scene.w, scene.sun[1] - y
            length = float(np.hypot(dx, dy)) or 1.0
            cumulus(
                easel,
                rng,
                (t * scene.w, y + 0.05 + lift),
                (0.26, 0.34, 0.42, 0.5)[layer],
                colors,
                (dx / length, dy / length),
            )
    return Layout(
        horizon=0.74,
        surface="air",
        ground_top=0.22,
        ground_bottom=0.72,
        anchors={"sky": (0.05, 0.06, 0.9, 0.62)},
    )
