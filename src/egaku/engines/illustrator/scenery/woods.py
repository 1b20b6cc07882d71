"""Under trees: forest, jungle, bamboo forest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, circles, ellipse, linear, polygon, rect, vertical
from egaku.engines.illustrator.scenery.noise import curve
from egaku.engines.illustrator.scenery.palette import darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky, shafts
from egaku.engines.illustrator.scenery.terrain import hills, patches, plain
from egaku.engines.illustrator.scenery.vegetation import (
    BARK,
    bamboo,
    fir,
    flowers,
    grass,
    grass_color,
    leaf_color,
    near_grass,
    palm,
    scatter,
    tree,
    tree_line,
)


def forest(scene: Scene) -> Layout:
    """A clearing between tall trees; light falls through them."""
    horizon = scene.h * 0.50
    paint_sky(scene, horizon, clouds=0.3)
    rng = scene.stream("forest")
    color, white = leaf_color(scene, rng), snow.lies(scene)
    for i, depth in enumerate((0.74, 0.56, 0.4)):
        tree_line(
            scene,
            f"wood {i}",
            horizon + 0.02 * i,
            0.46 - 0.07 * i,
            mix(color, (60, 130, 100), 0.5),
            depth,
            firs=i == 1 or white,
        )
        if i == 0 and scene.air.elevation < 0.4:
            scene.easel.glow(scene.sun[0], horizon - 0.12, 0.55, scene.air.sun, 0.55 * scene.air.disc)
        _trunks(scene, f"stems {i}", horizon + 0.03 + 0.02 * i, 0.010 + 0.007 * i, depth - 0.08, 11 - 2 * i)
    if scene.air.disc > 0.9:
        shafts(
            scene,
            (scene.sun[0], -0.1),
            mix(scene.air.sun, scene.air.haze, 0.3),
            0.26 if not scene.air.night else 0.12,
        )
    green = darker(grass_color(scene), 0.08)
    if white:
        hills(scene, "far drift", horizon + 0.035, 0.05, green, 0.5, bumps=6)
    else:
        plain(scene, horizon + 0.01, green, green, depth=0.42)
    hills(
        scene,
        "floor rise",
        horizon + (0.075 if white else 0.055),
        0.05 if white else 0.03,
        lighter(green, 0.06),
        0.3,
        bumps=3,
    )
    if white:
        hills(scene, "clearing", horizon + 0.13, 0.05, green, 0.1, bumps=2)
    else:
        plain(scene, horizon + 0.07, lighter(green, 0.12), darker(green, 0.25), depth=0.26)
    patches(scene, "floor", horizon + 0.06, scene.h, [lighter(green, 0.35), darker(green, 0.3)], 30, 0.32)
    if snow.lies(scene):
        snow.drifts(scene, "drifts", horizon + 0.09, scene.h, 10)
    for x, y, s in ((0.22, 0.60, 0.44), (0.80, 0.61, 0.48)):
        (fir if rng.random() < 0.6 else tree)(scene, rng, scene.w * x, scene.h * y, s, 0.2)
    grass(
        scene.easel,
        rng,
        scatter(scene, rng, horizon + 0.1, scene.h, 16 if snow.lies(scene) else 130),
        0.036,
        scene.paint((156, 122, 92) if snow.lies(scene) else darker(green, 0.1)),
    )
    _big_trunk(scene, rng, -0.01, scene.h * 0.86, 0.075)
    _big_trunk(scene, rng, scene.w + 0.0, scene.h * 0.90, 0.085)
    if scene.air.season != "winter":
        _toadstools(scene, rng)
    return Layout(
        horizon=0.50,
        surface="ground",
        ground_top=0.66,
        ground_bottom=0.95,
        anchors={"sky": (0.2, 0.02, 0.6, 0.15), "ground": (0.12, 0.66, 0.76, 0.3)},
        front=_leafy_frame,
    )


def _trunks(scene: Scene, name: str, y: float, half: float, depth: float, count: int) -> None:
    rng = scene.stream(name)
    bark = scene.paint(BARK, max(0.0, depth))
    for i in range(round(count * max(1.0, scene.w))):
        x = (i + rng.uniform(0.1, 0.9)) / count
        w = half * rng.uniform(0.6, 1.2)
        lean = rng.uniform(-0.02, 0.02)
        scene.easel.fill(
            polygon([(x - w, y), (x + lean - w * 0.6, -0.02), (x + lean + w * 0.6, -0.02), (x + w, y)]), bark
        )


def _big_trunk(scene: Scene, rng: np.random.Generator, x: float, y: float, half: float) -> None:
    t = np.linspace(0, 1, 30)
    spread = half * (1 + 1.3 * (1 - t) ** 6 - 0.25 * t + 0.05 * np.sin(t * 17))
    rise = y - (y + 0.05) * t
    body = polygon(
        np.vstack([np.column_stack([x - spread, rise]), np.column_stack([x + spread, rise])[::-1]])
    )
    side = 1 if scene.sun[0] > x else -1
    scene.easel.shade(x, y, half * 2.6, half * 0.3, 0.35)
    scene.easel.fill(
        body,
        linear(
            (x + side * half, 0),
            (x - side * half, 0),
            (0, scene.paint(lighter(BARK, 0.12))),
            (1, scene.paint(darker(BARK, 0.55))),
        ),
    )
    for _ in range(9):
        gx, gy = x + rng.uniform(-0.8, 0.8) * half, rng.uniform(0.05, y - 0.05)
        scene.easel.box(
            gx,
            gy,
            half * 0.05,
            rng.uniform(0.05, 0.16),
            scene.paint(darker(BARK, 0.6)),
            0.5,
            radius=half * 0.02,
        )
    if snow.lies(scene):
        _plastered(scene, rng, x, y, half, spread, rise)


def _plastered(
    scene: Scene,
    rng: np.random.Generator,
    x: float,
    y: float,
    half: float,
    spread: NDArray[np.float64],
    rise: NDArray[np.float64],
) -> None:
    """Snow blown against a trunk's inner side, and heaped at its foot."""
    lit, shade = snow.tones(scene)
    inner = 1 if x < scene.w / 2 else -1
    ragged = np.clip(0.02 + 0.22 * curve(rng, np.linspace(0, 1, spread.size), 6, 2), 0, 1)
    edge = x + inner * spread
    strip = np.vstack(
        [np.column_stack([edge, rise]), np.column_stack([edge - inner * half * ragged * 2, rise])[::-1]]
    )
    scene.easel.fill(polygon(strip), mix(lit, shade, 0.25))
    snow.mound(scene, x + inner * half * 0.8, y + 0.03, half * 3.4)


def _toadstools(scene: Scene, rng: np.random.Generator) -> None:
    for _ in range(3):
        x = scene.w * (rng.uniform(0.05, 0.2) if rng.random() < 0.5 else rng.uniform(0.8, 0.94))
        y, s = scene.h * rng.uniform(0.86, 0.95), rng.uniform(0.018, 0.03)
        scene.easel.box(
            x - s * 0.25, y - s * 1.1, s * 0.5, s * 1.1, scene.paint((246, 236, 220)), radius=s * 0.2
        )
        cap = rect(x - s, y - s * 1.9, s * 2, s * 1.0, s * 0.5)
        scene.easel.fill(
            cap, vertical(y - s * 1.9, y - s * 0.9, scene.paint((236, 84, 70)), scene.paint((182, 44, 48)))
        )
        scene.easel.fill(
            circles([(x - s * 0.4, y - s * 1.5, s * 0.14), (x + s * 0.3, y - s * 1.6, s * 0.17)]),
            scene.paint((255, 250, 240)),
        )


def _leafy_frame(scene: Scene, easel: Easel) -> None:
    """Leaves hanging in from the upper corners, grass below."""
    near_grass(scene, easel)
    if scene.air.season == "winter":
        return
    rng = scene.stream("frame")
    color = scene.paint(darker(leaf_color(scene, rng), 0.42))
    for corner in (0.0, scene.w):
        discs = []
        for _ in range(18):
            a, d = rng.uniform(0, np.pi / 2), rng.random() ** 0.7 * 0.2
            sign = 1 if corner == 0 else -1
            discs.append(
                (
                    corner + sign * d * float(np.cos(a)) * 1.2,
                    d * float(np.sin(a)) * 0.8 - 0.02,
                    rng.uniform(0.018, 0.04),
                )
            )
        easel.fill(circles(discs), color)
        easel.fill(circles((x, y - 0.006, r * 0.6) for x, y, r in discs[::2]), lighter(color, 0.14), 0.7)


def jungle(scene: Scene) -> Layout:
    """Dense green: palms, vines, great leaves, mist."""
    horizon = scene.h * 0.50
    paint_sky(scene, horizon, clouds=0.3)
    rng = scene.stream("jungle")
    for i, depth in enumerate((0.66, 0.5, 0.36)):
        tree_line(
            scene,
            f"canopy {i}",
            horizon + 0.03 * i,
            0.52 - 0.1 * i,
            ((76, 156, 96), (58, 146, 88), (48, 132, 84))[i],
            depth,
        )
        for _ in range(3):
            palm(
                scene,
                rng,
                rng.uniform(0, scene.w),
                horizon + 0.03 * i,
                rng.uniform(0.26, 0.4) + 0.05 * i,
                depth - 0.06,
            )
    if scene.air.disc > 0.5:
        shafts(scene, (scene.sun[0], -0.1), mix(scene.air.sun, scene.air.haze, 0.3), 0.24)
    green: RGB = (84, 142, 70)
    plain(scene, horizon + 0.02, green, green, depth=0.36)
    hills(scene, "floor rise", horizon + 0.07, 0.04, green, 0.26, bumps=3)
    plain(scene, horizon + 0.11, green, darker(green, 0.3), depth=0.2)
    patches(
        scene,
        "floor",
        horizon + 0.1,
        scene.h,
        [lighter(green, 0.25), darker(green, 0.35), (140, 112, 70)],
        24,
        0.35,
    )
    grass(
        scene.easel,
        rng,
        scatter(scene, rng, horizon + 0.12, scene.h, 110),
        0.05,
        scene.paint(darker(green, 0.05)),
    )
    blooms = [scene.paint(c) for c in ((250, 96, 120), (255, 178, 70), (246, 130, 220))]
    flowers(
        scene.easel,
        rng,
        scatter(scene, rng, horizon + 0.14, scene.h * 0.9, 16),
        0.024,
        blooms,
        scene.paint(darker(green, 0.2)),
    )
    for k in range(9):
        _vine(scene, rng, scene.w * (k + 0.5) / 9 + rng.uniform(-0.04, 0.04))
    for x, y, s in ((0.04, 0.72, 0.30), (0.96, 0.74, 0.32), (0.16, 0.68, 0.18), (0.86, 0.68, 0.18)):
        _broad_leaves(scene.easel, rng, scene.w * x, scene.h * y, s, scene.paint((54, 140, 80)))
    return Layout(
        horizon=0.50,
        surface="ground",
        ground_top=0.68,
        ground_bottom=0.95,
        anchors={"sky": (0.2, 0.02, 0.6, 0.15), "ground": (0.15, 0.68, 0.7, 0.28)},
        front=_jungle_front,
    )


def _jungle_front(scene: Scene, easel: Easel) -> None:
    rng = scene.stream("jungle front")
    color = scene.paint((34, 98, 64))
    for x in (-0.02, scene.w + 0.02):
        _broad_leaves(easel, rng, x, scene.h + 0.04, 0.30, color)
        _broad_leaves(easel, rng, x, -0.02, 0.22, darker(color, 0.2), down=True)


def _broad_leaves(
    easel: Easel, rng: np.random.Generator, x: float, y: float, size: float, color: RGB, *, down: bool = False
) -> None:
    """A fan of great pointed leaves with a light rib."""
    sign = -1 if down else 1
    for a in np.linspace(0.12 * np.pi, 0.88 * np.pi, 7) + rng.uniform(-0.1, 0.1, 7):
        length = size * rng.uniform(0.7, 1.0)
        dx, dy = float(np.cos(a)) * length, -sign * float(np.sin(a)) * length
        t = np.linspace(0, 1, 12)
        bend = sign * 0.28 * length * t**2
        rib = np.column_stack([x + dx * t, y + dy * t + bend])
        wide = 0.15 * length * np.sin(np.pi * t**0.8)
        normal = np.array([-dy, dx]) / length
        leaf = np.vstack([rib + normal * wide[:, None], (rib - normal * wide[:, None])[::-1]])
        easel.fill(polygon(leaf), mix(darker(color, 0.3), lighter(color, 0.12), float(rng.random())))
        easel.line(polygon(rib, closed=False), size * 0.012, lighter(color, 0.35), 0.6)


def _vine(scene: Scene, rng: np.random.Generator, x: float) -> None:
    t = np.linspace(0, 1, 24)
    length = scene.h * rng.uniform(0.14, 0.38)
    path = np.column_stack([x + 0.02 * np.sin(t * rng.uniform(3, 7)), length * t - 0.02])
    color = scene.paint((58, 122, 70), 0.1)
    scene.easel.line(polygon(path, closed=False), 0.005, color)
    for px, py in path[3::3].tolist():
        side = rng.choice([-1, 1])
        scene.easel.fill(ellipse(px + side * 0.012, py, 0.013, 0.007), lighter(color, 0.14))


def bamboo_forest(scene: Scene) -> Layout:
    """A path between bamboo canes."""
    horizon = scene.h * 0.54
    paint_sky(scene, horizon, clouds=0.0)
    rng, easel = scene.stream("bamboo"), scene.easel
    tree_line(scene, "haze", horizon + 0.02, 0.5, (140, 190, 120), 0.55)
    ground: RGB = (138, 158, 92)
    plain(scene, horizon, lighter(ground, 0.2), darker(ground, 0.2), depth=0.3)
    vp = scene.w / 2
    trail = polygon([(vp - 0.02, horizon), (vp + 0.02, horizon), (vp + 0.32, scene.h), (vp - 0.32, scene.h)])
    easel.fill(
        trail,
        vertical(horizon, scene.h, scene.paint((214, 200, 160), 0.35), scene.paint((190, 168, 124))),
        blur=0.008,
    )
    patches(scene, "litter", horizon + 0.02, scene.h, [lighter(ground, 0.2), darker(ground, 0.25)], 18, 0.3)
    for layer in range(4):
        near = layer / 3
        depth = 0.6 * (1 - near) ** 1.2
        y = horizon + 0.02 + (scene.h - horizon) * 0.5 * near**1.5
        count = round((22, 18, 12, 7)[layer] * max(1.0, scene.w))
        for i in range(count):
            x = scene.w * (i + rng.uniform(0.1, 0.9)) / count
            gap = 0.03 + 0.34 * near
            if abs(x - vp) < gap:
                continue
            bamboo(
                scene,
                rng,
                x,
                (0.010, 0.016, 0.026, 0.042)[layer] * rng.uniform(0.8, 1.1),
                depth,
                y + rng.uniform(0, 0.03),
            )
    if scene.air.disc > 0.5:
        shafts(scene, (scene.sun[0], -0.1), mix(scene.air.sun, (220, 255, 190), 0.4), 0.22)
    grass(easel, rng, scatter(scene, rng, horizon + 0.1, scene.h, 60), 0.03, scene.paint((110, 150, 76)))
    return Layout(
        horizon=0.54,
        surface="ground",
        ground_top=0.66,
        ground_bottom=0.95,
        anchors={"sky": (0.3, 0.05, 0.4, 0.3), "ground": (0.25, 0.66, 0.5, 0.3)},
        front=near_grass,
    )
