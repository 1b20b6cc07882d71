"""Open country: meadow, flower field, hill, field, farm, road, snowfield."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import snow as lying
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import ellipse, polygon, vertical
from egaku.engines.illustrator.scenery.palette import darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import hills, mountains, patches, plain, rock
from egaku.engines.illustrator.scenery.vegetation import (
    fir,
    flowers,
    grass,
    grass_color,
    near_grass,
    scatter,
    tree,
    tree_line,
)

BLOOMS: list[RGB] = [(250, 120, 140), (255, 206, 84), (250, 250, 255), (178, 128, 226), (255, 150, 90)]


def rolling_land(scene: Scene, horizon: float) -> RGB:
    """Sky, a far range, hills and a green plain: what most of these places begin with."""
    paint_sky(scene, horizon)
    green = grass_color(scene)
    snow = 0.5 if scene.air.season == "winter" else 0.24
    if scene.stream("range").random() < 0.6:
        mountains(scene, "far range", horizon + 0.01, 0.17, (120, 142, 186), 0.62, snow=snow)
    hills(scene, "far hills", horizon, 0.08, (108, 166, 130), 0.52, bumps=2.6)
    tree_line(scene, "far wood", horizon + 0.015, 0.045, (72, 134, 90), 0.42)
    hills(scene, "near hills", horizon + 0.05, 0.07, green, 0.25, bumps=1.6)
    plain(scene, horizon + 0.085, green, darker(green, 0.12), depth=0.14)
    patches(scene, "grass", horizon + 0.06, scene.h, [lighter(green, 0.24), darker(green, 0.16)], 26, 0.28)
    return green


def tufts(scene: Scene, top: float, count: int, color: RGB) -> None:
    rng = scene.stream("tufts")
    wind = 0.6 if scene.air.weather == "wind" else 0.0
    grass(
        scene.easel,
        rng,
        scatter(scene, rng, top, scene.h, count),
        0.038,
        scene.paint(darker(color, 0.08)),
        wind=wind,
    )


def meadow(scene: Scene) -> Layout:
    """Grass with a few flowers, hills beyond."""
    horizon = scene.h * scene.vary("level", 0.40, 0.50)
    green = rolling_land(scene, horizon)
    rng = scene.stream("trees")
    count = int(rng.integers(2, 6))
    spots = sorted((float(rng.uniform(0.05, 0.17)), float(rng.uniform(0.02, 0.30))) for _ in range(count))
    for i, (drop, edge) in enumerate(spots):
        x = scene.w * (edge if i % 2 else 1 - edge)
        tree(scene, rng, x, horizon + drop, 0.10 + 1.0 * drop, max(0.06, 0.30 - 1.2 * drop))
    tufts(scene, horizon + 0.12, 120, green)
    if scene.air.season != "winter":
        blooms = [scene.paint(c) for c in BLOOMS]
        flowers(
            scene.easel,
            rng,
            scatter(scene, rng, horizon + 0.14, scene.h, 46),
            0.015,
            blooms,
            scene.paint(darker(green, 0.2)),
        )
    return open_layout(horizon / scene.h)


def open_layout(horizon: float, *, front: bool = True) -> Layout:
    """Ground from below the hills to the viewer, sky above; `front` adds grass before the objects."""
    return Layout(
        horizon=horizon,
        surface="ground",
        ground_top=horizon + 0.16,
        ground_bottom=0.95,
        anchors={
            "sky": (0.05, 0.04, 0.9, horizon - 0.1),
            "ground": (0.05, horizon + 0.2, 0.9, 0.74 - horizon),
        },
        front=near_grass if front else None,
    )


def flower_field(scene: Scene) -> Layout:
    """Rows of flowers to the horizon."""
    horizon = scene.h * scene.vary("level", 0.38, 0.46)
    green = rolling_land(scene, horizon)
    rng = scene.stream("blooms")
    kinds = rng.permutation(len(BLOOMS))[:3]
    top = horizon + 0.085
    easel = scene.easel
    vp = scene.w / 2
    rows = 15
    for i in range(-rows, rows):
        color = BLOOMS[int(kinds[i % 3])]
        strip = polygon(
            [
                (vp + i * 0.05, top),
                (vp + (i + 0.8) * 0.05, top),
                (vp + (i + 0.8) * 0.34, scene.h),
                (vp + i * 0.34, scene.h),
            ]
        )
        easel.fill(
            strip, vertical(top, scene.h, scene.paint(color, 0.3), scene.paint(darker(color, 0.10))), 0.55
        )
    spots = scatter(scene, rng, top + 0.01, scene.h + 0.03, 520)
    strip_of = np.floor((spots[:, 0] - vp) / (0.05 + 0.29 * (spots[:, 1] - top) / (scene.h - top)))
    for k in range(3):
        own = spots[strip_of.astype(int) % 3 == k]
        color = scene.paint(BLOOMS[int(kinds[k])])
        flowers(easel, rng, own, 0.019, [color, lighter(color, 0.25)], scene.paint(darker(green, 0.3)))
    return open_layout(horizon / scene.h, front=False)


def hill(scene: Scene) -> Layout:
    """One green hill with a tree on top."""
    horizon = scene.h * 0.60
    paint_sky(scene, horizon)
    hills(scene, "far hills", horizon + 0.02, 0.12, (110, 168, 140), 0.5)
    tree_line(scene, "far wood", horizon + 0.06, 0.06, (76, 140, 92), 0.34)
    green = grass_color(scene)
    plain(scene, horizon + 0.05, green, green, depth=0.2)
    x = np.linspace(-0.05, scene.w + 0.05, 120)
    y = scene.h * 0.56 + 0.34 * scene.h * ((x - scene.w * 0.5) / (scene.w * 0.62)) ** 2
    mound = polygon(np.vstack([np.column_stack([x, y]), [[x[-1], scene.h + 0.1], [x[0], scene.h + 0.1]]]))
    scene.easel.fill(
        mound,
        vertical(
            scene.h * 0.54,
            scene.h,
            scene.paint(lighter(green, 0.2)),
            scene.paint(green),
            scene.paint(darker(green, 0.28)),
        ),
    )
    rng = scene.stream("hill")
    spots = scatter(scene, rng, scene.h * 0.58, scene.h, 130)
    grass(
        scene.easel,
        rng,
        spots[spots[:, 1] > np.interp(spots[:, 0], x, y)],
        0.03,
        scene.paint(darker(green, 0.08)),
    )
    side = 0.24 if scene.sun[0] > scene.w / 2 else 0.76
    at = scene.w * side
    tree(scene, rng, at, float(np.interp(at, x, y)) + 0.012, 0.42, 0.0)
    return Layout(
        horizon=0.56,
        surface="ground",
        ground_top=0.66,
        ground_bottom=0.93,
        anchors={"sky": (0.05, 0.04, 0.9, 0.42), "ground": (0.3, 0.62, 0.4, 0.3)},
        front=near_grass,
    )


def grain_field(scene: Scene) -> Layout:
    """Ripe grain in rows under a big sky."""
    horizon = scene.h * scene.vary("level", 0.38, 0.48)
    rolling_land(scene, horizon)
    gold: RGB = (230, 190, 92) if scene.air.season != "winter" else (226, 230, 238)
    top = horizon + 0.07
    plain(scene, top, lighter(gold, 0.12), darker(gold, 0.1), depth=0.12)
    vp, easel = scene.w * 0.5, scene.easel
    for i in range(-26, 27):
        furrow = polygon(
            [
                (vp + i * 0.026, top),
                (vp + i * 0.20, scene.h),
                (vp + (i + 0.45) * 0.20, scene.h),
                (vp + (i + 0.45) * 0.026, top),
            ]
        )
        easel.fill(furrow, scene.paint(darker(gold, 0.26), 0.06), 0.4)
    rng = scene.stream("grain")
    grass(
        easel, rng, scatter(scene, rng, top + 0.02, scene.h + 0.02, 230), 0.05, scene.paint(gold), wind=0.25
    )
    return open_layout(horizon / scene.h, front=False)


def farm(scene: Scene) -> Layout:
    """A red barn, a silo, fields and a wooden fence."""
    horizon = scene.h * 0.44
    green = rolling_land(scene, horizon)
    side = 0.76 if scene.sun[0] < scene.w / 2 else 0.24
    _barn(scene, scene.w * side, horizon + 0.15, 0.30)
    rng = scene.stream("farm")
    tree(scene, rng, scene.w * (1 - side) + 0.1, horizon + 0.13, 0.24, 0.12)
    tufts(scene, horizon + 0.16, 90, green)
    _rails(scene, horizon + 0.225)
    return open_layout(horizon / scene.h)


def _rails(scene: Scene, y: float) -> None:
    wood = scene.paint((150, 112, 80))
    for lift in (0.03, 0.06):
        scene.easel.box(-0.01, y - lift, scene.w + 0.02, 0.009, wood, radius=0.004)
    x = 0.03
    while x < scene.w:
        scene.easel.box(x, y - 0.078, 0.014, 0.085, scene.paint((128, 92, 66)), radius=0.004)
        x += 0.14


def _barn(scene: Scene, x: float, y: float, w: float) -> None:
    easel = scene.easel
    red: RGB = (190, 62, 54)
    h = w * 0.62
    easel.shade(x, y, w * 0.75, 0.016, 0.35)
    sx = x + w * 0.58
    easel.box(
        sx,
        y - h * 1.25,
        w * 0.2,
        h * 1.25,
        vertical(y - h * 1.25, y, scene.paint((226, 230, 236), 0.05), scene.paint((176, 184, 196), 0.05)),
    )
    easel.fill(ellipse(sx + w * 0.1, y - h * 1.25, w * 0.1, w * 0.085), scene.paint((150, 160, 176), 0.05))
    wall = polygon(
        [
            (x - w / 2, y),
            (x - w / 2, y - h * 0.58),
            (x - w * 0.34, y - h * 0.95),
            (x, y - h * 1.12),
            (x + w * 0.34, y - h * 0.95),
            (x + w / 2, y - h * 0.58),
            (x + w / 2, y),
        ]
    )
    easel.fill(
        wall, vertical(y - h, y, scene.paint(lighter(red, 0.1), 0.05), scene.paint(darker(red, 0.2), 0.05))
    )
    planks = skia.Path()
    for i in range(1, 12):
        planks.addRect(skia.Rect.MakeXYWH(x - w / 2 + w * i / 12, y - h * 0.6, w * 0.006, h * 0.6))
    easel.fill(planks, scene.paint(darker(red, 0.45)), 0.5)
    roof = polygon(
        [
            (x - w * 0.55, y - h * 0.54),
            (x - w * 0.37, y - h * 0.97),
            (x, y - h * 1.18),
            (x + w * 0.37, y - h * 0.97),
            (x + w * 0.55, y - h * 0.54),
        ],
        closed=False,
    )
    easel.line(roof, w * 0.05, scene.paint((92, 80, 86), 0.05))
    white = scene.paint((250, 246, 240), 0.05)
    easel.box(x - w * 0.17, y - h * 0.5, w * 0.34, h * 0.5, scene.paint(darker(red, 0.25), 0.05))
    for a, b in (((-0.17, 0.0), (0.17, -0.5)), ((-0.17, -0.5), (0.17, 0.0))):
        easel.line(
            polygon([(x + a[0] * w, y + a[1] * h), (x + b[0] * w, y + b[1] * h)], closed=False),
            w * 0.02,
            white,
        )
    easel.line(
        polygon(
            [(x - w * 0.17, y), (x - w * 0.17, y - h * 0.5), (x + w * 0.17, y - h * 0.5), (x + w * 0.17, y)],
            closed=False,
        ),
        w * 0.022,
        white,
    )
    glow = (255, 214, 120) if scene.air.night else scene.paint((70, 60, 70))
    easel.box(x - w * 0.06, y - h * 0.86, w * 0.12, h * 0.18, glow)


def road(scene: Scene) -> Layout:
    """A straight road to the horizon."""
    horizon = scene.h * scene.vary("level", 0.41, 0.49)
    green = rolling_land(scene, horizon)
    top = horizon + 0.06
    vp = scene.w * scene.vary("bend", 0.38, 0.62)
    plain(scene, top, green, darker(green, 0.14), depth=0.2)
    patches(scene, "verge", top, scene.h, [lighter(green, 0.24), darker(green, 0.16)], 16, 0.3)
    tufts(scene, top + 0.06, 90, green)
    wide = min(0.46, scene.w * 0.46)
    asphalt: RGB = (96, 98, 108)
    easel = scene.easel

    def strip(a: float, b: float) -> skia.Path:
        return polygon(
            [
                (vp + a * 0.02, top),
                (vp + b * 0.02, top),
                (vp + b * wide, scene.h + 0.01),
                (vp + a * wide, scene.h + 0.01),
            ]
        )

    easel.fill(strip(-1.14, 1.14), scene.paint((206, 188, 150), 0.05))
    easel.fill(
        strip(-1, 1), vertical(top, scene.h, scene.paint(lighter(asphalt, 0.2), 0.25), scene.paint(asphalt))
    )
    for side in (-1, 1):
        easel.fill(strip(side * 0.90, side * 0.94), scene.paint((250, 250, 244)), 0.9)
    dashes = skia.Path()
    for k in range(12):
        z0, z1 = 1 / (1 + 0.62 * k), 1 / (1 + 0.62 * k + 0.34)
        y0, y1 = (top + (scene.h * 1.02 - top) * z for z in (z0, z1))
        a, b = (0.02 + (wide - 0.02) * z for z in (z0, z1))
        dashes.addPath(
            polygon([(vp - a * 0.025, y0), (vp + a * 0.025, y0), (vp + b * 0.025, y1), (vp - b * 0.025, y1)])
        )
    easel.fill(dashes, scene.paint((255, 224, 120)))
    rng = scene.stream("road trees")
    for z in (0.16, 0.24, 0.4):
        for side in (-1, 1):
            tree(
                scene,
                rng,
                vp + side * (0.1 + 1.5 * wide * z + 0.06),
                top + (scene.h - top) * z,
                0.9 * z + 0.06,
                0.3 - 0.6 * z if z < 0.4 else 0,
            )
    return open_layout(horizon / scene.h, front=False)


def _tracks(scene: Scene, top: float) -> None:
    """Footprints winding away over the snow."""
    lit, shade = lying.tones(scene)
    bend, prints, rims = scene.vary("tracks", -0.2, 0.2), skia.Path(), skia.Path()
    for k in range(44):
        z = 1 / (1 + 0.16 * k)
        y = top + (scene.h + 0.02 - top) * z
        x = (
            scene.w * (0.5 + bend)
            + (0.16 * np.sin(k * 0.17) - bend * scene.w * 1.2) * (1 - z)
            + (k % 2 - 0.5) * 0.05 * z
        )
        prints.addOval(skia.Rect.MakeLTRB(x - 0.012 * z, y - 0.011 * z, x + 0.012 * z, y + 0.011 * z))
        rims.addOval(skia.Rect.MakeLTRB(x - 0.012 * z, y - 0.002 * z, x + 0.012 * z, y + 0.016 * z))
    scene.easel.fill(rims, lighter(lit, 0.4), 0.8)
    scene.easel.fill(prints, mix(shade, scene.paint((120, 140, 180)), 0.35), 0.75)


def snowfield(scene: Scene) -> Layout:
    """Deep snow with firs and mountains."""
    horizon = scene.h * 0.48
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, 0.30, (118, 142, 192), 0.5, snow=0.62)
    tree_line(scene, "far wood", horizon + 0.01, 0.07, (84, 122, 132), 0.42, firs=True)
    snow: RGB = (240, 246, 254)
    for i, (y, rise) in enumerate(((0.03, 0.04), (0.12, 0.06), (0.26, 0.07))):
        hills(scene, f"drift {i}", horizon + y, rise, snow, 0.2 - 0.1 * i, bumps=2 - 0.4 * i)
    patches(scene, "snow", horizon + 0.14, scene.h, [(206, 222, 246), (255, 255, 255)], 20, 0.4)
    lying.drifts(scene, "drifts", horizon + 0.2, scene.h, 14)
    _tracks(scene, horizon + 0.12)
    rng = scene.stream("firs")
    for x, y, s in ((0.06, 0.62, 0.34), (0.17, 0.57, 0.2), (0.84, 0.58, 0.24), (0.95, 0.66, 0.42)):
        fir(scene, rng, scene.w * x, scene.h * y, s, 0.12)
    rock(scene, rng, scene.w * 0.82, scene.h * 0.80, 0.04, (196, 206, 222))
    return open_layout(horizon / scene.h, front=False)
