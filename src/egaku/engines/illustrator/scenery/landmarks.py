"""Built places of their own: bridge, castle, temple, ruins, stadium."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.buildings import LAMP, lamps_on, skyline
from egaku.engines.illustrator.scenery.decor import hued
from egaku.engines.illustrator.scenery.easel import circles, ellipse, polygon, rects, vertical
from egaku.engines.illustrator.scenery.monuments import column, keep, pagoda, torii
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import hills, mountains, patches, plain, rock
from egaku.engines.illustrator.scenery.town import city_glow
from egaku.engines.illustrator.scenery.vegetation import (
    grass,
    grass_color,
    near_grass,
    scatter,
    tree,
    tree_line,
)
from egaku.engines.illustrator.scenery.water import water


def bridge(scene: Scene) -> Layout:
    """A suspension bridge over a wide water, seen from its side."""
    horizon = scene.h * 0.56
    paint_sky(scene, horizon)
    city_glow(scene, horizon)
    hills(scene, "far hills", horizon, 0.10, (104, 140, 150), 0.55, bottom=horizon + 0.01)
    skyline(scene, "far", horizon, 0.14, (140, 156, 190), 0.5)
    easel = scene.easel
    red: RGB = (214, 92, 66)
    deck = horizon - 0.03
    posts = (scene.w * 0.24, scene.w * 0.76)
    tall = 0.40
    steel = scene.paint(red, 0.08)
    x = np.linspace(-0.05, scene.w + 0.05, 120)
    span = posts[1] - posts[0]
    middle = (posts[0] + posts[1]) / 2
    sag = np.where(
        np.abs(x - middle) <= span / 2,
        0.03 + (tall - 0.03) * ((x - middle) / (span / 2)) ** 2,
        np.maximum(0.0, tall * (1 - (np.abs(x - middle) - span / 2) / (scene.w * 0.30))),
    )
    hangers = rects(
        (float(a), deck - float(s), 0.0022, float(s)) for a, s in zip(x[::2], sag[::2], strict=True)
    )
    easel.fill(hangers, scene.paint(darker(red, 0.1), 0.2), 0.85)
    easel.line(polygon(np.column_stack([x, deck - sag]), closed=False), 0.008, steel)
    for px in posts:
        for dx in (-0.026, 0.014):
            easel.box(
                px + dx,
                deck - tall - 0.02,
                0.014,
                tall + 0.06 + 0.06,
                vertical(
                    deck - tall,
                    horizon,
                    scene.paint(lighter(red, 0.12), 0.06),
                    scene.paint(darker(red, 0.25), 0.06),
                ),
            )
        for lift in (0.02, 0.16, 0.29, tall):
            easel.box(px - 0.026, deck - lift - 0.012, 0.054, 0.014, steel)
        easel.box(px - 0.045, horizon - 0.012, 0.09, 0.03, scene.paint((150, 146, 146), 0.1), radius=0.006)
    easel.box(
        -0.01,
        deck,
        scene.w + 0.02,
        0.017,
        vertical(
            deck, deck + 0.017, scene.paint(lighter(red, 0.1), 0.05), scene.paint(darker(red, 0.35), 0.05)
        ),
    )
    if lamps_on(scene) > 0.1:
        for a in x[2::5].tolist():
            easel.glow(a, deck - 0.012, 0.022, LAMP, 0.9)
    water(scene, horizon, calm=0.45, deep=(26, 98, 148))
    return Layout(
        horizon=0.56,
        surface="water",
        ground_top=0.66,
        ground_bottom=0.95,
        anchors={
            "sky": (0.3, 0.03, 0.4, 0.2),
            "water": (0.05, 0.64, 0.9, 0.32),
            "bridge": (0.05, 0.44, 0.9, 0.09),
        },
    )


def castle(scene: Scene) -> Layout:
    """A castle on a green hill, a road leading up."""
    horizon = scene.h * 0.54
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, 0.24, (126, 146, 192), 0.6, snow=0.3)
    tree_line(scene, "far wood", horizon + 0.03, 0.06, (76, 136, 94), 0.4)
    green = grass_color(scene)
    easel = scene.easel
    cx, top = scene.w * scene.vary("keep", 0.40, 0.60), scene.h * scene.vary("mound", 0.53, 0.58)
    x = np.linspace(-0.05, scene.w + 0.05, 100)
    y = top + 0.16 * np.abs((x - cx) / 0.5) ** 2.2
    plain(scene, horizon + 0.03, green, darker(green, 0.15), depth=0.28)
    mound = polygon(
        np.vstack(
            [np.column_stack([x, np.minimum(y, scene.h)]), [[x[-1], scene.h + 0.1], [x[0], scene.h + 0.1]]]
        )
    )
    keep(scene, cx, top + 0.035, min(0.42, scene.w * 0.5, scene.h * 0.42), 0.1)
    easel.fill(
        mound,
        snow.cover(scene, top, scene.h, 0.1)
        if snow.lies(scene)
        else vertical(
            top,
            scene.h,
            scene.paint(lighter(green, 0.16), 0.06),
            scene.paint(green),
            scene.paint(darker(green, 0.25)),
        ),
    )
    t = np.linspace(0, 1, 50)
    yy = top + 0.004 + (scene.h + 0.02 - top) * t**1.2
    middle = cx + 0.16 * np.sin(2.4 * np.pi * t) * (0.25 + t) * (1 - 0.3 * t)
    half = 0.026 + 0.10 * t**1.4
    way = polygon(
        np.vstack([np.column_stack([middle - half, yy]), np.column_stack([middle + half, yy])[::-1]])
    )
    if snow.lies(scene):
        snow.trodden(scene, way, top)
    else:
        earth = vertical(top, scene.h, scene.paint((236, 218, 182), 0.1), scene.paint((222, 200, 160)))
        easel.fill(way, earth)
    rng = scene.stream("castle")
    for px, py, s in ((0.12, 0.68, 0.22), (0.88, 0.67, 0.24), (0.03, 0.78, 0.34), (0.97, 0.80, 0.36)):
        tree(scene, rng, scene.w * px, scene.h * py, s, 0.06)
    grass(easel, rng, scatter(scene, rng, scene.h * 0.72, scene.h, 50), 0.03, scene.paint(darker(green, 0.1)))
    return Layout(
        horizon=0.56,
        surface="ground",
        ground_top=0.72,
        ground_bottom=0.95,
        anchors={"sky": (0.02, 0.03, 0.3, 0.25), "ground": (0.08, 0.74, 0.84, 0.22)},
        front=near_grass,
    )


def temple(scene: Scene) -> Layout:
    """A pagoda behind a red gate, cherry trees, stone path."""
    level = scene.vary("level", 0.47, 0.53)
    horizon = scene.h * level
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, scene.vary("range", 0.16, 0.3), (128, 146, 196), 0.6, snow=0.5)
    tree_line(scene, "wood", horizon + 0.05, 0.13, (82, 140, 96), 0.34)
    green = grass_color(scene)
    plain(scene, horizon + 0.05, lighter(green, 0.06), darker(green, 0.14), depth=0.16)
    patches(scene, "grass", horizon + 0.06, scene.h, [lighter(green, 0.2), darker(green, 0.18)], 18, 0.3)
    easel, rng = scene.easel, scene.stream("temple")
    pagoda(scene, scene.w * 0.5, horizon + 0.11, 0.42, 0.1, tiers=scene.pick("tiers", (2, 3, 4)))
    stone: RGB = (206, 200, 192)
    vp = scene.w / 2
    top = horizon + 0.11
    way = polygon(
        [(vp - 0.05, top), (vp + 0.05, top), (vp + 0.24, scene.h + 0.01), (vp - 0.24, scene.h + 0.01)]
    )
    easel.fill(way, vertical(top, scene.h, scene.paint(lighter(stone, 0.1), 0.1), scene.paint(stone)))
    if snow.lies(scene):
        snow.trodden(scene, way, top)
    for k in range(1, 8):
        t = (k / 8) ** 1.5
        y, half = top + (scene.h - top) * t, 0.05 + 0.19 * t
        easel.box(vp - half, y, half * 2, 0.001 + 0.003 * t, scene.paint(darker(stone, 0.35)), 0.6)
    blossom = scene.pick("blossom", ((246, 176, 200), (252, 214, 226), (128, 182, 104), (226, 120, 70)))
    for x, y, s in ((0.14, 0.66, 0.40), (0.87, 0.67, 0.42), (0.27, 0.60, 0.22), (0.74, 0.60, 0.22)):
        pink = jitter(rng, blossom, 10) if scene.air.season in ("spring", "summer") else None
        tree(scene, rng, scene.w * x, scene.h * y, s, 0.05, pink)
    torii(scene, scene.w * 0.5, scene.h * 0.80, min(0.62, scene.w * 0.62))
    return Layout(
        horizon=level,
        surface="ground",
        ground_top=0.78,
        ground_bottom=0.96,
        anchors={"sky": (0.05, 0.03, 0.9, 0.16), "ground": (0.1, 0.8, 0.8, 0.17)},
    )


def ruins(scene: Scene) -> Layout:
    """Broken columns and blocks on a dry hillside."""
    horizon = scene.h * 0.50
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, 0.16, (150, 150, 180), 0.6)
    hills(scene, "hills", horizon + 0.02, 0.07, (158, 172, 118), 0.4)
    ground: RGB = (186, 174, 118) if scene.air.season != "winter" else (226, 232, 242)
    plain(scene, horizon + 0.05, lighter(ground, 0.1), darker(ground, 0.14), depth=0.16)
    patches(scene, "ground", horizon + 0.06, scene.h, [lighter(ground, 0.24), (136, 158, 96)], 24, 0.32)
    rng = scene.stream("ruins")
    tops = []
    for k, x in enumerate((0.30, 0.40, 0.50, 0.60, 0.70)):
        column(scene, rng, scene.w * x, horizon + 0.10, 0.28, broken=k == 4, depth=0.12)
        tops.append(scene.w * x)
    scene.easel.box(
        tops[0] - 0.05,
        horizon + 0.10 - 0.33,
        tops[3] - tops[0] + 0.1,
        0.045,
        vertical(
            horizon - 0.23,
            horizon - 0.19,
            scene.paint((238, 230, 214), 0.12),
            scene.paint((176, 166, 150), 0.12),
        ),
    )
    column(scene, rng, scene.w * 0.10, scene.h * 0.74, 0.50, broken=False)
    column(scene, rng, scene.w * 0.90, scene.h * 0.76, 0.48, broken=True)
    for _ in range(8):
        side = rng.uniform(0.02, 0.24) if rng.random() < 0.5 else rng.uniform(0.76, 0.98)
        rock(
            scene,
            rng,
            scene.w * side,
            scene.h * rng.uniform(0.72, 0.94),
            rng.uniform(0.02, 0.05),
            (214, 204, 186),
        )
    grass(
        scene.easel, rng, scatter(scene, rng, horizon + 0.12, scene.h, 80), 0.032, scene.paint((146, 160, 88))
    )
    return Layout(
        horizon=0.50,
        surface="ground",
        ground_top=0.68,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.03, 0.9, 0.18), "ground": (0.15, 0.68, 0.7, 0.28)},
        front=near_grass,
    )


def stadium(scene: Scene) -> Layout:
    """A pitch with stands full of people and floodlights."""
    level = scene.vary("level", 0.36, 0.43)
    horizon = scene.h * level
    paint_sky(scene, horizon)
    easel, rng = scene.easel, scene.stream("stadium")
    top, foot = horizon - 0.06, horizon + 0.14
    easel.box(
        -0.01,
        top,
        scene.w + 0.02,
        foot - top,
        vertical(top, foot, scene.paint((96, 106, 134), 0.12), scene.paint((70, 78, 104), 0.05)),
    )
    teams = scene.pick("teams", (0, 70, 150, 240))
    fans: list[RGB] = [
        (232, 90, 84),
        (250, 214, 110),
        (96, 150, 222),
        (246, 246, 246),
        (120, 190, 130),
        (240, 160, 120),
    ]
    crowd: list[list[tuple[float, float, float]]] = [[] for _ in fans]
    rows = 9
    for r in range(rows):
        size = 0.0065 + 0.0022 * r / rows
        y = top + 0.012 + (foot - top - 0.03) * r / rows
        for x in np.arange(-0.01, scene.w + 0.02, size * 2.3).tolist():
            if rng.random() < 0.86:
                crowd[int(rng.integers(6))].append(
                    (x + rng.uniform(-0.2, 0.2) * size, y + rng.uniform(-0.2, 0.2) * size, size)
                )
    for discs, color in zip(crowd, fans, strict=True):
        easel.fill(circles(discs), scene.paint(hued(color, teams), 0.22))
    easel.box(-0.01, foot - 0.028, scene.w + 0.02, 0.03, scene.paint(hued((52, 84, 160), teams)))
    boards: list[RGB] = [(222, 70, 70), (250, 250, 250), (246, 196, 70), (70, 140, 210)]
    for i in range(round(9 * scene.w)):
        easel.box(i / 9 + 0.006, foot - 0.024, 0.096, 0.022, scene.paint(boards[i % 4]), radius=0.003)
    turf: RGB = (96, 178, 84)
    vp = scene.w / 2
    plain(scene, foot, turf, darker(turf, 0.08), depth=0.06)
    bands = scene.pick("mown", (2, 3, 4))
    for i in range(-12, 12, bands):
        stripe = polygon(
            [
                (vp + i * 0.10, foot),
                (vp + (i + bands / 2) * 0.10, foot),
                (vp + (i + bands / 2) * 0.22, scene.h),
                (vp + i * 0.22, scene.h),
            ]
        )
        easel.fill(stripe, scene.paint(lighter(turf, 0.2)), 0.35)
    white = scene.paint((255, 255, 255))
    easel.line(ellipse(vp, scene.h * 0.80, 0.27, 0.085), 0.006, white, 0.9)
    easel.box(-0.01, scene.h * 0.80, scene.w + 0.02, 0.006, white, 0.9)
    if scene.air.night:
        for beam_y, reach in ((scene.h * 0.82, 0.75 * scene.w), (foot, 0.6 * scene.w)):
            easel.glow(vp, beam_y, reach, (206, 226, 196), 0.42)
    for side in (0.1, 0.9):
        _floodlight(scene, scene.w * side, top + 0.02, 0.24)
    return Layout(
        horizon=level,
        surface="ground",
        ground_top=0.62,
        ground_bottom=0.95,
        anchors={"sky": (0.2, 0.02, 0.6, 0.2), "ground": (0.08, 0.6, 0.84, 0.36)},
    )


def _floodlight(scene: Scene, x: float, y: float, h: float) -> None:
    easel = scene.easel
    easel.box(x - 0.006, y - h, 0.012, h, scene.paint((120, 126, 140), 0.1))
    easel.box(x - 0.055, y - h - 0.05, 0.11, 0.06, scene.paint((90, 96, 110), 0.1), radius=0.006)
    lit = scene.air.glow > 0.2 or scene.air.weather in ("rain", "storm", "fog", "snow")
    bulbs = circles(
        (x - 0.04 + 0.027 * c, y - h - 0.034 + 0.026 * r, 0.0095) for r in range(2) for c in range(4)
    )
    easel.fill(bulbs, (255, 255, 240) if lit else scene.paint((226, 236, 244)))
    if lit:
        easel.glow(x, y - h - 0.02, 0.26, (230, 240, 255), 0.7)
