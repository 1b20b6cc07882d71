"""Kept green: park, garden, zen garden."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.countryside import BLOOMS, open_layout, rolling_land, tufts
from egaku.engines.illustrator.scenery.easel import ellipse, polygon, vertical
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import hills, patches, plain, rock
from egaku.engines.illustrator.scenery.vegetation import flowers, grass, grass_color, scatter, tree, tree_line


def park(scene: Scene) -> Layout:
    """Lawns, a winding path, trees and a bench."""
    horizon = scene.h * 0.42
    green = rolling_land(scene, horizon)
    top = horizon + 0.085
    t = np.linspace(0, 1, 60)
    y = top + (scene.h + 0.02 - top) * t**1.5
    middle = scene.w * (0.52 + 0.14 * np.sin(2.2 * np.pi * (1 - t) ** 1.3))
    half = 0.008 + 0.17 * t**1.7
    way = polygon(np.vstack([np.column_stack([middle - half, y]), np.column_stack([middle + half, y])[::-1]]))
    gravel: RGB = (236, 216, 182)
    scene.easel.line(way, 0.008, scene.paint(darker(green, 0.25)), 0.6)
    scene.easel.fill(way, vertical(top, scene.h, scene.paint(gravel, 0.15), scene.paint(gravel)))
    tufts(scene, top + 0.05, 60, green)
    scene.easel.fill(way, vertical(top, scene.h, scene.paint(gravel, 0.15), scene.paint(gravel)))
    if snow.lies(scene):
        snow.trodden(scene, way, top)
    rng = scene.stream("park trees")
    for x, yy, s in (
        (0.30, 0.53, 0.17),
        (0.74, 0.54, 0.2),
        (0.1, 0.58, 0.32),
        (0.93, 0.62, 0.42),
        (0.02, 0.72, 0.56),
    ):
        tree(scene, rng, scene.w * x, scene.h * yy, s, max(0.0, 0.34 - s * 0.6))
    _bench(scene, scene.w * 0.76, scene.h * 0.72, 0.22)
    return open_layout(horizon / scene.h)


def _bench(scene: Scene, x: float, y: float, w: float) -> None:
    easel = scene.easel
    wood, iron = scene.paint((176, 120, 78)), scene.paint((66, 70, 80))
    easel.shade(x, y, w * 0.56, w * 0.05, 0.35)
    for side in (-0.42, 0.42):
        easel.box(x + side * w - w * 0.02, y - w * 0.42, w * 0.04, w * 0.42, iron, radius=w * 0.01)
    for i in range(3):
        easel.box(x - w / 2, y - w * (0.46 - 0.09 * i), w, w * 0.065, wood, radius=w * 0.015)
    easel.box(x - w / 2, y - w * 0.2, w, w * 0.07, scene.paint((198, 140, 92)), radius=w * 0.015)


def garden(scene: Scene) -> Layout:
    """Flower beds, a picket fence, bushes and a lawn."""
    horizon = scene.h * 0.38
    paint_sky(scene, horizon)
    tree_line(scene, "trees", horizon + 0.06, 0.24, (86, 156, 92), 0.3)
    tree_line(scene, "bushes", horizon + 0.10, 0.11, (70, 142, 82), 0.14)
    green = grass_color(scene)
    top = horizon + 0.10
    plain(scene, top, lighter(green, 0.08), darker(green, 0.08), depth=0.08)
    patches(scene, "lawn", top, scene.h, [lighter(green, 0.25), darker(green, 0.14)], 16, 0.3)
    _fence(scene, top + 0.03, 0.12)
    rng = scene.stream("beds")
    blooms = [scene.paint(c) for c in BLOOMS]
    if snow.lies(scene):
        snow.drifts(scene, "beds", top + 0.05, scene.h, 12)
    for low, high, count, size in (
        ()
        if snow.lies(scene)
        else (
            (top + 0.03, top + 0.075, 150, 0.030),
            (scene.h * 0.93, scene.h + 0.03, 46, 0.026),
        )
    ):
        spots = scatter(scene, rng, low, high, count)
        spots[:, 2] = 0.55 + 0.35 * rng.random(len(spots))
        grass(scene.easel, rng, spots, 0.05, scene.paint(darker(green, 0.22)))
        flowers(scene.easel, rng, spots, size * 0.8, blooms, scene.paint(darker(green, 0.3)))
    return Layout(
        horizon=0.38,
        surface="ground",
        ground_top=0.64,
        ground_bottom=0.92,
        anchors={"sky": (0.05, 0.03, 0.9, 0.2), "ground": (0.05, 0.62, 0.9, 0.3)},
    )


def _fence(scene: Scene, y: float, height: float) -> None:
    easel = scene.easel
    white, shade = scene.paint((250, 250, 248), 0.04), scene.paint((206, 212, 222), 0.04)
    for rail in (0.3, 0.66):
        easel.box(-0.01, y - height * rail, scene.w + 0.02, height * 0.09, shade)
    pales = skia.Path()
    step, x = height * 0.34, -0.01
    while x < scene.w:
        pales.addPath(
            polygon(
                [
                    (x, y),
                    (x, y - height * 0.9),
                    (x + step * 0.3, y - height),
                    (x + step * 0.6, y - height * 0.9),
                    (x + step * 0.6, y),
                ]
            )
        )
        x += step
    easel.fill(pales, white)


def zen_garden(scene: Scene) -> Layout:
    """Raked gravel round stones, a wall, a maple and a lantern."""
    horizon = scene.h * 0.36
    paint_sky(scene, horizon, clouds=0.6)
    hills(scene, "hill", horizon, 0.1, (112, 160, 130), 0.5)
    tree_line(scene, "trees", horizon + 0.06, 0.2, (84, 146, 92), 0.26)
    rng, easel = scene.stream("zen"), scene.easel
    wall = horizon + 0.09
    easel.box(
        -0.01,
        wall - 0.09,
        scene.w + 0.02,
        0.13,
        scene.paint(scene.pick("wall", ((226, 210, 184), (240, 236, 226), (206, 160, 116))), 0.05),
    )
    tiles = vertical(
        wall - 0.125, wall - 0.08, scene.paint((108, 112, 124), 0.05), scene.paint((70, 74, 88), 0.05)
    )
    easel.box(-0.01, wall - 0.125, scene.w + 0.02, 0.045, tiles)
    sand: RGB = (236, 230, 216)
    top = wall + 0.04
    plain(scene, top, lighter(sand, 0.1), darker(sand, 0.05), depth=0.05)
    stones = scene.pick(
        "stones",
        (
            [(0.22, 0.66, 0.11), (0.76, 0.74, 0.09), (0.86, 0.60, 0.06)],
            [(0.14, 0.72, 0.10), (0.34, 0.60, 0.06), (0.80, 0.66, 0.12)],
            [(0.12, 0.62, 0.07), (0.24, 0.80, 0.11), (0.84, 0.62, 0.08)],
        ),
    )
    _raked(scene, top, stones, sand)
    for x, y, s in stones:
        easel.fill(ellipse(scene.w * x, scene.h * y + 0.004, s * 1.5, s * 0.34), scene.paint((120, 158, 90)))
        rock(scene, rng, scene.w * x, scene.h * y, s, (132, 134, 138))
        rock(scene, rng, scene.w * x + s * 1.05, scene.h * y + 0.012, s * 0.45, (150, 148, 146))
    if snow.lies(scene):
        snow.load(scene, [(-0.01, wall - 0.118), (scene.w + 0.01, wall - 0.118)], 0.03, 0.05)
    maple = (
        None
        if snow.lies(scene)
        else jitter(
            rng, scene.pick("maple", ((206, 84, 60), (236, 160, 70), (130, 176, 84), (244, 178, 200)))
        )
    )
    tree(
        scene,
        rng,
        scene.w * scene.vary("maple at", 0.08, 0.3),
        top + 0.03,
        scene.vary("maple size", 0.36, 0.5),
        0.02,
        maple,
    )
    _lantern(scene, scene.w * 0.62, top + 0.04, 0.16)
    return Layout(
        horizon=0.36,
        surface="ground",
        ground_top=0.60,
        ground_bottom=0.94,
        anchors={"sky": (0.1, 0.03, 0.8, 0.18), "ground": (0.3, 0.6, 0.4, 0.34)},
    )


def _raked(scene: Scene, top: float, stones: list[tuple[float, float, float]], sand: RGB) -> None:
    line = scene.paint(darker(sand, 0.16))
    x = np.linspace(0, scene.w, 90)
    for k in range(34):
        t = (k + 1) / 34
        y = np.full_like(x, top + (scene.h + 0.02 - top) * t**1.7)
        scene.easel.line(polygon(np.column_stack([x, y]), closed=False), 0.0012 + 0.0030 * t, line, 0.75)
    for sx, sy, s in stones:
        for ring in range(5, 0, -1):
            grow = 1.55 + ring * 0.22
            shape = ellipse(scene.w * sx, scene.h * sy + 0.004, s * grow, s * grow * 0.30)
            scene.easel.fill(shape, scene.paint(sand))
            scene.easel.line(shape, 0.0026, line, 0.8)


def _lantern(scene: Scene, x: float, y: float, h: float) -> None:
    easel = scene.easel
    stone, dark = scene.paint((160, 160, 158)), scene.paint((116, 116, 120))
    easel.shade(x, y, h * 0.34, 0.008, 0.35)
    easel.box(x - h * 0.24, y - h * 0.1, h * 0.48, h * 0.1, dark, radius=h * 0.02)
    easel.box(x - h * 0.09, y - h * 0.5, h * 0.18, h * 0.42, stone)
    easel.box(x - h * 0.22, y - h * 0.58, h * 0.44, h * 0.09, dark, radius=h * 0.02)
    easel.box(x - h * 0.16, y - h * 0.78, h * 0.32, h * 0.21, stone)
    lit = scene.air.glow > 0.2
    easel.box(
        x - h * 0.09, y - h * 0.75, h * 0.18, h * 0.15, (255, 214, 128) if lit else scene.paint((70, 66, 66))
    )
    if lit:
        easel.glow(x, y - h * 0.67, h * 0.9, (255, 200, 110), 0.6)
    easel.fill(
        polygon(
            [
                (x - h * 0.32, y - h * 0.76),
                (x, y - h * 1.0),
                (x + h * 0.32, y - h * 0.76),
                (x + h * 0.24, y - h * 0.73),
                (x - h * 0.24, y - h * 0.73),
            ]
        ),
        dark,
    )
