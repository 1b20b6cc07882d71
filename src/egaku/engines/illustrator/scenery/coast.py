"""Places by the sea: sea, beach, island, harbour, and the pool."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.buildings import house_window, lamps_on
from egaku.engines.illustrator.scenery.easel import ellipse, polygon, rects, vertical
from egaku.engines.illustrator.scenery.noise import curve
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import across, hills, patches, plain, rock
from egaku.engines.illustrator.scenery.vegetation import (
    grass,
    palm,
    scatter,
    tree_line,
)
from egaku.engines.illustrator.scenery.water import caustics, foam, water

SAND = (244, 218, 168)


def sea(scene: Scene) -> Layout:
    """The open sea under a wide sky."""
    level = scene.vary("level", 0.48, 0.60)
    horizon = scene.h * level
    paint_sky(scene, horizon)
    if scene.stream("far isle").random() < 0.5:
        _far_isle(scene, horizon)
    water(scene, horizon)
    return Layout(
        horizon=level,
        surface="water",
        ground_top=level + 0.06,
        ground_bottom=0.94,
        anchors={"sky": (0.05, 0.05, 0.9, level - 0.12), "water": (0.05, level + 0.06, 0.9, 0.90 - level)},
    )


def _far_isle(scene: Scene, horizon: float) -> None:
    rng = scene.stream("far isle shape")
    side = 0.18 if scene.sun[0] > scene.w / 2 else 0.82
    x = np.linspace(-1, 1, 60)
    y = horizon - 0.075 * (1 - x**2) * (0.75 + 0.35 * curve(rng, (x + 1) / 2, 5, 3))
    shape = polygon(np.column_stack([scene.w * side + x * 0.24, y]))
    scene.easel.fill(
        shape,
        vertical(
            horizon - 0.08, horizon, scene.paint((84, 128, 140), 0.45), scene.paint((110, 150, 150), 0.7)
        ),
    )


def beach(scene: Scene) -> Layout:
    """Sand in front, surf, sea behind."""
    horizon, shore = scene.h * 0.44, scene.h * 0.62
    paint_sky(scene, horizon)
    _far_isle(scene, horizon)
    rng = scene.stream("shore")
    water(scene, horizon, bottom=shore + 0.09, deep=(30, 138, 186))
    x = across(scene)
    t = (x - x[0]) / (x[-1] - x[0])
    line = shore + 0.035 * curve(rng, t, 2.2, 2)
    easel = scene.easel
    bottom = scene.h + 0.02

    def land(lift: float) -> skia.Path:
        return polygon(np.vstack([np.column_stack([x, line + lift]), [[x[-1], bottom], [x[0], bottom]]]))

    easel.fill(land(-0.035), scene.paint((120, 208, 214), 0.05), 0.55, blur=0.012)
    foam(scene, x, line - 0.030, 0.008, 0.5)
    easel.fill(land(-0.012), scene.paint((255, 255, 255)), 0.75)
    easel.fill(land(0.0), scene.paint(darker(SAND, 0.22)))
    easel.fill(
        land(0.028),
        vertical(
            shore,
            scene.h,
            scene.paint(darker(SAND, 0.08)),
            scene.paint(SAND),
            scene.paint(lighter(SAND, 0.12)),
        ),
        blur=0.006,
    )
    foam(scene, x, line - 0.002, 0.009)
    patches(scene, "sand", shore + 0.06, scene.h, [darker(SAND, 0.14), lighter(SAND, 0.4)], 16, 0.30)
    _shells(scene, shore + 0.08)
    side = -1 if scene.sun[0] > scene.w / 2 else 1
    palms = scene.stream("palms")
    if palms.random() < 0.75:
        at = scene.w * (0.5 + side * 0.43)
        palm(scene, palms, at, scene.h * 0.80, min(0.62, scene.h * 0.6))
        palm(scene, palms, at - side * 0.10, scene.h * 0.74, min(0.44, scene.h * 0.45), 0.06)
    return Layout(
        horizon=0.44,
        surface="ground",
        ground_top=0.70,
        ground_bottom=0.96,
        anchors={
            "sky": (0.05, 0.04, 0.9, 0.34),
            "water": (0.05, 0.47, 0.9, 0.13),
            "ground": (0.05, 0.68, 0.9, 0.28),
        },
    )


def _shells(scene: Scene, top: float) -> None:
    rng = scene.stream("shells")
    for x, y, s in scatter(scene, rng, top, scene.h, 14).tolist():
        r = 0.008 * s
        scene.easel.fill(
            ellipse(x + r * 0.3, y + r * 0.5, r * 1.2, r * 0.5), scene.paint(darker(SAND, 0.4)), 0.4
        )
        scene.easel.fill(
            ellipse(x, y, r, r * 0.72),
            scene.paint(((255, 236, 224), (250, 206, 196), (226, 206, 186))[int(rng.integers(3))]),
        )


def island(scene: Scene) -> Layout:
    """A small palm island in a turquoise sea."""
    horizon = scene.h * 0.48
    paint_sky(scene, horizon)
    water(scene, horizon, deep=(20, 142, 178))
    easel, rng = scene.easel, scene.stream("island")
    cx, cy = scene.w / 2, scene.h * 0.78
    rx, ry = min(0.44 * scene.w, 0.62), 0.115
    for grow, color, alpha in (
        (1.28, (120, 226, 220), 0.35),
        (1.14, (170, 240, 228), 0.5),
        (1.04, (255, 255, 255), 0.7),
    ):
        easel.fill(ellipse(cx, cy, rx * grow, ry * grow), scene.paint(color), alpha, blur=0.008)
    easel.fill(
        ellipse(cx, cy, rx, ry),
        vertical(cy - ry, cy + ry, scene.paint(SAND), scene.paint(darker(SAND, 0.16))),
    )
    easel.fill(ellipse(cx, cy - 0.012, rx * 0.93, ry * 0.84), scene.paint(lighter(SAND, 0.14)))
    easel.fill(ellipse(cx - rx * 0.1, cy - ry * 0.32, rx * 0.62, ry * 0.42), scene.paint((126, 190, 104)))
    grass(
        easel,
        rng,
        scatter_on(rng, cx - rx * 0.1, cy - ry * 0.3, rx * 0.55, ry * 0.36, 36),
        0.022,
        scene.paint((104, 176, 90)),
    )
    for dx, s in ((-0.34, 0.50), (-0.14, 0.42), (0.62, 0.36)):
        palm(scene, rng, cx + dx * rx, cy - ry * 0.3, s)
    rock(scene, rng, cx + rx * 0.8, cy + ry * 0.1, 0.05, (150, 146, 142))
    return Layout(
        horizon=0.48,
        surface="ground",
        ground_top=0.74,
        ground_bottom=0.84,
        anchors={
            "sky": (0.05, 0.05, 0.9, 0.36),
            "water": (0.05, 0.90, 0.9, 0.09),
            "ground": scene.region(cx - rx * 0.8, cy - ry * 0.5, rx * 1.6, ry * 1.2),
        },
    )


def scatter_on(
    rng: np.random.Generator, x: float, y: float, rx: float, ry: float, count: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """(N, 3) spots inside a flat ellipse, far ones first."""
    angle, r = rng.random(count) * 2 * np.pi, np.sqrt(rng.random(count))
    spots = np.column_stack(
        [x + rx * r * np.cos(angle), y + ry * r * np.sin(angle), 0.7 + 0.4 * rng.random(count)]
    )
    return spots[np.argsort(spots[:, 1])]


def pool(scene: Scene) -> Layout:
    """A swimming pool on a sunny terrace."""
    horizon = scene.h * 0.34
    paint_sky(scene, horizon)
    tree_line(scene, "hedge", horizon + 0.07, 0.16, (70, 150, 92), 0.15)
    easel, rng = scene.easel, scene.stream("pool")
    palm(scene, rng, scene.w * 0.1, horizon + 0.08, 0.36, 0.08)
    palm(scene, rng, scene.w * 0.9, horizon + 0.08, 0.40, 0.08)
    deck = (236, 222, 200)
    plain(scene, horizon + 0.06, lighter(deck, 0.2), deck, depth=0.1)
    vp = (scene.w / 2, horizon - 0.1)
    for i in range(-12, 13):
        seam = polygon([(vp[0] + i * 0.05, horizon + 0.06), (vp[0] + i * 0.26, scene.h)], closed=False)
        easel.line(seam, 0.0022, scene.paint(darker(deck, 0.2)), 0.5)
    top, low = scene.h * 0.52, scene.h * 0.95
    far, near = 0.29 * scene.w, 0.47 * scene.w
    mid = scene.w / 2
    rim = polygon(
        [
            (mid - far - 0.02, top - 0.015),
            (mid + far + 0.02, top - 0.015),
            (mid + near + 0.035, low + 0.025),
            (mid - near - 0.035, low + 0.025),
        ]
    )
    basin = polygon([(mid - far, top), (mid + far, top), (mid + near, low), (mid - near, low)])
    easel.fill(rim, scene.paint((255, 255, 255)))
    easel.fill(
        basin,
        vertical(
            top, low, scene.paint((52, 168, 212)), scene.paint((84, 206, 232)), scene.paint((132, 228, 240))
        ),
    )
    before = easel.pixels.copy()
    caustics(scene, (0, top, scene.w, low - top), scene.paint((232, 255, 255)), 0.6)
    easel.canvas.save()
    easel.canvas.clipPath(basin, skia.ClipOp.kDifference, True)
    easel.canvas.scale(1 / easel.unit, 1 / easel.unit)
    easel.canvas.drawImage(skia.Image.fromarray(before, colorType=skia.kRGBA_8888_ColorType), 0, 0)
    easel.canvas.restore()
    easel.fill(
        polygon([(mid - far, top), (mid + far, top), (mid + far, top + 0.02), (mid - far, top + 0.02)]),
        scene.paint((30, 110, 160)),
        0.35,
    )
    if scene.air.night:
        easel.glow(mid, (top + low) / 2, 0.5, (90, 220, 240), 0.4)
    return Layout(
        horizon=0.34,
        surface="water",
        ground_top=0.60,
        ground_bottom=0.90,
        anchors={
            "sky": (0.05, 0.03, 0.9, 0.2),
            "pool": (0.14, 0.56, 0.72, 0.36),
            "water": (0.14, 0.56, 0.72, 0.36),
        },
    )


def harbor(scene: Scene) -> Layout:
    """Coloured houses along a quay, a lighthouse, still water."""
    horizon = scene.h * 0.48
    paint_sky(scene, horizon)
    hills(scene, "far hills", horizon, 0.14, (112, 150, 150), 0.5, bottom=horizon + 0.01)
    quay = horizon + 0.045
    _terraces(scene, quay - 0.012)
    easel = scene.easel
    easel.box(
        -0.01,
        quay - 0.014,
        scene.w + 0.02,
        0.03,
        vertical(
            quay - 0.014, quay + 0.016, scene.paint((206, 196, 182), 0.05), scene.paint((140, 130, 124), 0.05)
        ),
    )
    side = 0.9 if scene.sun[0] < scene.w / 2 else 0.1
    _lighthouse(scene, scene.w * side, quay, 0.36)
    water(scene, quay + 0.016, calm=0.6, deep=(28, 104, 144))
    planks: RGB = (176, 134, 96)
    top = scene.h * 0.90
    easel.box(
        -0.01,
        top,
        scene.w + 0.02,
        scene.h - top + 0.01,
        vertical(top, scene.h, scene.paint(planks), scene.paint(darker(planks, 0.2))),
    )
    seams = rects((-0.01, top + (scene.h - top) * k, scene.w + 0.02, 0.003) for k in (0.0, 0.3, 0.66))
    easel.fill(seams, scene.paint(darker(planks, 0.45)), 0.7)
    x = 0.08
    while x < scene.w:
        easel.box(
            x,
            top - 0.045,
            0.03,
            0.075,
            vertical(
                top - 0.045, top + 0.03, scene.paint(lighter(planks, 0.1)), scene.paint(darker(planks, 0.4))
            ),
            radius=0.008,
        )
        x += 0.28
    return Layout(
        horizon=0.48,
        surface="water",
        ground_top=0.62,
        ground_bottom=0.86,
        anchors={
            "sky": (0.05, 0.03, 0.9, 0.22),
            "water": (0.06, 0.60, 0.88, 0.27),
            "ground": (0.05, 0.9, 0.9, 0.09),
        },
    )


def _terraces(scene: Scene, y: float) -> None:
    rng = scene.stream("terraces")
    colors: list[RGB] = [
        (236, 128, 104),
        (250, 206, 120),
        (132, 186, 196),
        (244, 226, 204),
        (206, 140, 160),
        (150, 190, 140),
    ]
    x, k = -0.02, int(rng.integers(6))
    easel = scene.easel
    while x < scene.w:
        w, h = rng.uniform(0.075, 0.11), rng.uniform(0.12, 0.20)
        wall = jitter(rng, colors[k % 6], 8)
        k += 1 + int(rng.integers(2))
        easel.box(
            x,
            y - h,
            w + 0.001,
            h,
            vertical(y - h, y, scene.paint(wall, 0.1), scene.paint(darker(wall, 0.14), 0.1)),
        )
        roof: RGB = (180, 92, 74)
        easel.fill(
            polygon([(x - 0.004, y - h), (x + w / 2, y - h - w * 0.5), (x + w + 0.004, y - h)]),
            scene.paint(roof, 0.1),
        )
        for r in range(int(h / 0.055)):
            for c in (0.2, 0.6):
                house_window(
                    scene,
                    x + w * c,
                    y - h + 0.018 + 0.052 * r,
                    w * 0.2,
                    0.026,
                    0.1,
                    lit=rng.random() < lamps_on(scene),
                )
        x += w


def _lighthouse(scene: Scene, x: float, y: float, h: float) -> None:
    easel = scene.easel
    w = h * 0.2
    easel.fill(
        polygon([(x - w, y), (x - w * 0.7, y - h * 0.08), (x + w * 0.7, y - h * 0.08), (x + w, y)]),
        scene.paint((130, 124, 124), 0.05),
    )
    bands = 5
    for i in range(bands):
        t0, t1 = i / bands, (i + 1) / bands
        a, b = w * (0.5 - 0.17 * t0), w * (0.5 - 0.17 * t1)
        y0, y1 = y - h * (0.07 + 0.68 * t0), y - h * (0.07 + 0.68 * t1)
        color: RGB = (222, 72, 66) if i % 2 == 0 else (250, 248, 244)
        tone = scene.paint(color, 0.04)
        easel.fill(polygon([(x - a, y0), (x - b, y1), (x + b, y1), (x + a, y0)]), tone)
        easel.fill(
            polygon([(x + a * 0.2, y0), (x + b * 0.2, y1), (x + b, y1), (x + a, y0)]), darker(tone, 0.3), 0.5
        )
    top = y - h * 0.75
    easel.box(x - w * 0.42, top - h * 0.012, w * 0.84, h * 0.025, scene.paint((70, 74, 84)))
    lit = lamps_on(scene) > 0.1
    easel.box(
        x - w * 0.24,
        top - h * 0.1,
        w * 0.48,
        h * 0.09,
        (255, 240, 180) if lit else scene.paint((190, 220, 236)),
    )
    easel.fill(
        polygon([(x - w * 0.36, top - h * 0.1), (x, top - h * 0.19), (x + w * 0.36, top - h * 0.1)]),
        scene.paint((200, 62, 58)),
    )
    if lit:
        easel.glow(x, top - h * 0.05, h * 0.7, (255, 236, 170), 0.8)
