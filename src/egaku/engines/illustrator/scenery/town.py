"""Towns: city square, street, skyline, village."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import skia

from egaku.engines.illustrator.scenery import snow, wet
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.buildings import LAMP, cottage, lamps_on, skyline, street_lamp
from egaku.engines.illustrator.scenery.easel import linear, polygon, rect, vertical
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import hills, mountains, patches, plain
from egaku.engines.illustrator.scenery.vegetation import (
    grass,
    grass_color,
    near_grass,
    scatter,
    tree,
    tree_line,
)
from egaku.engines.illustrator.scenery.water import water


def city_glow(scene: Scene, y: float) -> None:
    if scene.air.night:
        scene.easel.glow(scene.w / 2, y, 0.62 * scene.w, (255, 170, 100), 0.35)


def far_city(scene: Scene) -> Layout:
    """A skyline across the water, its lights mirrored."""
    horizon = scene.h * 0.60
    paint_sky(scene, horizon)
    city_glow(scene, horizon)
    skyline(scene, "far", horizon, 0.36, (142, 160, 196), 0.55)
    skyline(scene, "middle", horizon, 0.34, (116, 132, 172), 0.32)
    skyline(scene, "near", horizon, 0.22, (92, 106, 146), 0.14)
    scene.easel.box(-0.01, horizon - 0.012, scene.w + 0.02, 0.014, scene.paint((84, 92, 110), 0.1))
    water(scene, horizon, calm=0.62, deep=(24, 74, 124))
    return Layout(
        horizon=0.60,
        surface="water",
        ground_top=0.70,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.03, 0.9, 0.22), "water": (0.05, 0.68, 0.9, 0.28)},
    )


def city(scene: Scene) -> Layout:
    """A square before high buildings, with trees and lamps."""
    horizon = scene.h * 0.56
    paint_sky(scene, horizon)
    city_glow(scene, horizon)
    skyline(scene, "far", horizon + 0.02, 0.50, (150, 168, 206), 0.5)
    skyline(scene, "near", horizon + 0.05, 0.46, (120, 130, 160), 0.2)
    _shopfronts(scene, horizon + 0.08, 0.13)
    pavement: RGB = (200, 196, 196)
    top = horizon + 0.08
    plain(scene, top, lighter(pavement, 0.1), darker(pavement, 0.1), depth=0.1)
    _slabs(scene, top, pavement)
    wet.sheen(scene, top, rect(0, top, scene.w, scene.h - top))
    rng = scene.stream("city trees")
    for x in (0.06, 0.3, 0.70, 0.94):
        tree(scene, rng, scene.w * x, top + 0.025, 0.24, 0.06)
    for x in (0.18, 0.82):
        street_lamp(scene, scene.w * x, top + 0.05, 0.30)
    return Layout(
        horizon=0.56,
        surface="ground",
        ground_top=0.70,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.03, 0.9, 0.16), "ground": (0.05, 0.70, 0.9, 0.26)},
    )


def _slabs(scene: Scene, top: float, color: RGB) -> None:
    """Paving in perspective."""
    joints = skia.Path()
    vp = scene.w / 2
    for i in range(-14, 15):
        a, b = vp + i * 0.07 * scene.w, vp + i * 0.22 * scene.w
        joints.addPath(
            polygon([(a - 0.0005, top), (a + 0.0005, top), (b + 0.0018, scene.h), (b - 0.0018, scene.h)])
        )
    for k in range(1, 9):
        y = top + (scene.h - top) * (k / 9) ** 1.7
        joints.addRect(skia.Rect.MakeXYWH(-0.01, y, scene.w + 0.02, 0.0006 + 0.003 * (k / 9)))
    scene.easel.fill(joints, scene.paint(darker(color, 0.3)), 0.5)


def _shopfronts(scene: Scene, y: float, height: float) -> None:
    rng = scene.stream("shops")
    x = -0.02
    easel = scene.easel
    while x < scene.w:
        w = rng.uniform(0.11, 0.17)
        wall = jitter(
            rng,
            ((206, 150, 120), (190, 176, 160), (150, 160, 176), (216, 190, 150))[int(rng.integers(4))],
            12,
        )
        easel.box(
            x,
            y - height,
            w + 0.002,
            height,
            vertical(y - height, y, scene.paint(wall, 0.06), scene.paint(darker(wall, 0.22), 0.06)),
        )
        lit = lamps_on(scene) > 0.1
        glass = (
            vertical(y - height * 0.6, y, LAMP, (255, 190, 120))
            if lit
            else vertical(y - height * 0.6, y, scene.paint((120, 156, 186)), scene.paint((186, 212, 228)))
        )
        easel.box(x + w * 0.08, y - height * 0.54, w * 0.52, height * 0.42, glass)
        easel.box(x + w * 0.68, y - height * 0.56, w * 0.22, height * 0.56, scene.paint(darker(wall, 0.45)))
        awning: RGB = ((222, 78, 72), (70, 150, 140), (240, 172, 70), (84, 116, 190))[int(rng.integers(4))]
        n = 8
        for i in range(n):
            tone = awning if i % 2 else (252, 246, 238)
            ax = x + w * 0.04 + w * 0.92 * i / n
            aw = w * 0.92 / n
            easel.fill(
                polygon(
                    [
                        (ax, y - height * 0.74),
                        (ax + aw, y - height * 0.74),
                        (ax + aw * 1.0, y - height * 0.56),
                        (ax, y - height * 0.56),
                    ]
                ),
                scene.paint(tone, 0.03),
            )
            easel.disc(ax + aw / 2, y - height * 0.56, aw / 2, scene.paint(tone, 0.03))
        x += w


def street(scene: Scene) -> Layout:
    """Between two rows of houses towards a vanishing point."""
    level = scene.vary("level", 0.45, 0.55)
    horizon = scene.h * level
    paint_sky(scene, horizon)
    city_glow(scene, horizon)
    skyline(scene, "far", horizon + 0.01, 0.20, (150, 164, 196), 0.6)
    easel, vp = scene.easel, (scene.w * scene.vary("aside", 0.42, 0.58), horizon)
    pavement: RGB = (206, 200, 196)
    plain(scene, horizon, lighter(pavement, 0.1), darker(pavement, 0.06), depth=0.25)
    for side in (-1, 1):
        _row(scene, side, vp)
    wide = 0.36 * scene.w
    lane = polygon(
        [
            (vp[0] - 0.012, horizon),
            (vp[0] + 0.012, horizon),
            (vp[0] + wide, scene.h + 0.01),
            (vp[0] - wide, scene.h + 0.01),
        ]
    )
    easel.line(lane, 0.012, scene.paint(lighter(pavement, 0.3), 0.1))
    easel.fill(
        lane, vertical(horizon, scene.h, scene.paint((140, 142, 152), 0.35), scene.paint((92, 94, 104)))
    )
    dashes = skia.Path()
    for k in range(11):
        z0, z1 = 1 / (1 + 0.6 * k), 1 / (1.34 + 0.6 * k)
        y0, y1 = (horizon + (scene.h * 1.02 - horizon) * z for z in (z0, z1))
        dashes.addPath(
            polygon(
                [
                    (vp[0] - 0.010 * z0, y0),
                    (vp[0] + 0.010 * z0, y0),
                    (vp[0] + 0.010 * z1, y1),
                    (vp[0] - 0.010 * z1, y1),
                ]
            )
        )
    easel.fill(dashes, scene.paint((250, 240, 214)))
    if wet.falls(scene):
        _puddled(scene, vp, wide, lane)
    if snow.lies(scene):
        _snowed_street(scene, vp, wide, lane)
    for z in (0.2, 0.34, 0.62):
        for side in (-1, 1):
            street_lamp(
                scene,
                vp[0] + side * (wide * z + 0.05 * z),
                horizon + (scene.h - horizon) * z,
                0.62 * z,
                0.2 * (1 - z),
            )
    return Layout(
        horizon=level,
        surface="ground",
        ground_top=level + 0.16,
        ground_bottom=0.95,
        anchors={"sky": (0.3, 0.03, 0.4, 0.28), "ground": (0.2, 0.66, 0.6, 0.3)},
    )


def _puddled(scene: Scene, vp: tuple[float, float], wide: float, lane: skia.Path) -> None:
    """A wet carriageway: the sky in it far off, lamps and shop windows drawn out along it."""
    sky = scene.air.sky[-1][1]
    fade = linear((0, vp[1]), (0, scene.h), (0, sky, 0.5), (0.5, sky, 0.16), (1, sky, 0.05))
    scene.easel.fill(lane, fade)
    if lamps_on(scene) > 0.1:
        for z in (0.2, 0.34, 0.62):
            for side in (-1, 1):
                x = vp[0] + side * (wide * z + 0.05 * z)
                wet.streak(scene, x - side * 0.06 * z, vp[1] + (scene.h - vp[1]) * z, 0.5 * z, LAMP)
                wet.streak(
                    scene, x - side * 0.22 * z, vp[1] + (scene.h - vp[1]) * z, 0.34 * z, (255, 170, 110)
                )


def _snowed_street(scene: Scene, vp: tuple[float, float], wide: float, lane: skia.Path) -> None:
    """Snow on the carriageway, two wheel tracks in it, banks along the kerbs."""
    easel = scene.easel
    lit, shade = snow.tones(scene)
    easel.fill(lane, vertical(vp[1], scene.h, snow.tones(scene, 0.3)[0], mix(lit, shade, 0.25)))
    for at in (-0.42, 0.42):
        a, b = (at - 0.1) * wide, (at + 0.1) * wide
        track = polygon([(vp[0], vp[1]), (vp[0], vp[1]), (vp[0] + b, scene.h), (vp[0] + a, scene.h)])
        easel.fill(track, mix(shade, scene.paint((150, 152, 162)), 0.45), 0.7, blur=0.004)
    for side in (-1, 1):
        foot, top = wide * side, wide * 1.12 * side
        bank = polygon([vp, vp, (vp[0] + top, scene.h + 0.01), (vp[0] + foot, scene.h + 0.01)])
        easel.fill(bank, lighter(lit, 0.2))
        edge = polygon([vp, (vp[0] + foot, scene.h + 0.01)], closed=False)
        easel.line(edge, 0.006, shade, 0.7)


def _row(scene: Scene, side: int, vp: tuple[float, float]) -> None:
    """House fronts along one side, each a quad narrowing towards the vanishing point."""
    rng = scene.stream(f"row {side}")
    easel = scene.easel
    edge = 0.56 * scene.w
    lit_side = (scene.sun[0] - vp[0]) * side < 0
    depths = [1.0, 0.66, 0.45, 0.31, 0.215, 0.15, 0.105]
    for z0, z1 in reversed(list(pairwise(depths))):
        wall = jitter(
            rng,
            ((226, 168, 130), (238, 208, 160), (196, 206, 214), (216, 150, 140), (190, 200, 176))[
                int(rng.integers(5))
            ],
            12,
        )
        tall = rng.uniform(0.62, 0.86)
        far = 0.42 * (1 - z0)

        def at(u: float, v: float, z0: float = z0, z1: float = z1, tall: float = tall) -> tuple[float, float]:
            # u runs along the street (perspective-correct), v from the foot (0) to the eaves (1).
            z = 1 / ((1 - u) / z0 + u / z1)
            foot = vp[1] + (scene.h - vp[1]) * 1.04 * z
            return (vp[0] + side * edge * z, foot - v * tall * 1.5 * z)

        def quad(u0: float, v0: float, u1: float, v1: float) -> skia.Path:
            return polygon([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)])

        shade = wall if lit_side else darker(wall, 0.24)
        easel.fill(quad(0, 0, 1, 1), scene.paint(shade, far))
        easel.fill(quad(0, 0.96, 1, 1.03), scene.paint(darker(shade, 0.3), far))
        if snow.lies(scene):
            easel.fill(quad(0, 0.985, 1, 1.06), snow.tones(scene, far)[0])
        easel.fill(quad(0, 0.30, 1, 0.32), scene.paint(lighter(shade, 0.3), far))
        share = lamps_on(scene)
        for v in (0.40, 0.60, 0.79):
            for u in (0.12, 0.42, 0.72):
                frame = quad(u - 0.02, v - 0.012, u + 0.18, v + 0.132)
                easel.fill(frame, scene.paint((248, 244, 236), far))
                on = rng.random() < share
                easel.fill(
                    quad(u, v, u + 0.16, v + 0.12),
                    mix(LAMP, scene.air.haze, far * 0.5) if on else scene.paint((112, 146, 176), far),
                )
        shop = mix(LAMP, scene.air.haze, far * 0.5) if share > 0.1 else scene.paint((140, 172, 194), far)
        easel.fill(quad(0.08, 0.03, 0.58, 0.20), shop)
        easel.fill(quad(0.68, 0.0, 0.9, 0.22), scene.paint(darker(wall, 0.5), far))
        awning: RGB = ((216, 76, 70), (66, 140, 132), (236, 168, 70))[int(rng.integers(3))]
        easel.fill(quad(0.04, 0.20, 0.94, 0.27), scene.paint(awning, far))
        if snow.lies(scene):
            easel.fill(quad(0.03, 0.245, 0.95, 0.28), snow.tones(scene, far)[0])
            easel.fill(quad(0, -0.01, 1, 0.02), snow.tones(scene, far)[0])


def village(scene: Scene) -> Layout:
    """Cottages on a green slope, a lane between them."""
    horizon = scene.h * 0.46
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, 0.18, (124, 146, 190), 0.6, snow=0.25)
    green = grass_color(scene)
    hills(scene, "far hills", horizon + 0.01, 0.08, (112, 168, 124), 0.44)
    tree_line(scene, "far wood", horizon + 0.04, 0.05, (74, 138, 88), 0.34)
    hills(scene, "near hill", horizon + 0.08, 0.06, green, 0.14)
    patches(scene, "grass", horizon + 0.08, scene.h, [lighter(green, 0.24), darker(green, 0.16)], 20, 0.3)
    rng = scene.stream("village")
    t = np.linspace(0, 1, 50)
    y = horizon + 0.1 + (scene.h + 0.02 - horizon - 0.1) * t**1.4
    middle = scene.w * (0.5 + 0.12 * np.sin(2 * np.pi * (1 - t) ** 1.2))
    half = 0.01 + 0.14 * t**1.6
    lane = polygon(
        np.vstack([np.column_stack([middle - half, y]), np.column_stack([middle + half, y])[::-1]])
    )
    if snow.lies(scene):
        snow.trodden(scene, lane, horizon)
    else:
        scene.easel.fill(
            lane, vertical(horizon, scene.h, scene.paint((232, 212, 176), 0.2), scene.paint((222, 198, 158)))
        )
    for x, yy, s, d in (
        (0.33, 0.57, 0.10, 0.2),
        (0.66, 0.58, 0.11, 0.2),
        (0.13, 0.63, 0.19, 0.1),
        (0.86, 0.64, 0.20, 0.1),
        (0.30, 0.68, 0.21, 0.02),
        (0.74, 0.71, 0.23, 0.0),
    ):
        if rng.random() < 0.6:
            tree(scene, rng, scene.w * x + s * 0.8, scene.h * yy, s * 1.2, d)
        cottage(scene, rng, scene.w * x, scene.h * yy, s, d)
    grass(
        scene.easel,
        rng,
        scatter(scene, rng, scene.h * 0.74, scene.h, 50),
        0.03,
        scene.paint(darker(green, 0.1)),
    )
    return Layout(
        horizon=0.46,
        surface="ground",
        ground_top=0.74,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.03, 0.9, 0.22), "ground": (0.1, 0.76, 0.8, 0.2)},
        front=near_grass,
    )
