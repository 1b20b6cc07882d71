"""Places by fresh water: lake, river, waterfall, pond, swamp."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.easel import ellipse, linear, polygon, vertical
from egaku.engines.illustrator.scenery.noise import curve
from egaku.engines.illustrator.scenery.palette import darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.sky import paint_sky
from egaku.engines.illustrator.scenery.terrain import across, hills, mountains, patches, plain, rock
from egaku.engines.illustrator.scenery.vegetation import fir, grass, grass_color, near_grass, tree, tree_line
from egaku.engines.illustrator.scenery.water import water


def lake(scene: Scene) -> Layout:
    """A still lake that mirrors mountains and woods."""
    horizon = scene.h * 0.50
    paint_sky(scene, horizon)
    snow = 0.5 if scene.air.season == "winter" else 0.3
    mountains(scene, "far range", horizon, 0.34, (104, 128, 172), 0.5, snow=snow)
    mountains(scene, "near range", horizon, 0.20, (78, 118, 122), 0.32, roughness=0.55)
    tree_line(scene, "far wood", horizon, 0.055, (58, 112, 86), 0.30, firs=True)
    water(scene, horizon, calm=0.8, deep=(22, 84, 120))
    rng = scene.stream("bank")
    x = across(scene)
    t = (x - x[0]) / (x[-1] - x[0])
    y = scene.h * 0.90 - 0.03 * curve(rng, t, 3, 3)
    green = grass_color(scene)
    scene.easel.fill(
        polygon(np.vstack([np.column_stack([x, y]), [[x[-1], scene.h + 0.02], [x[0], scene.h + 0.02]]])),
        vertical(scene.h * 0.86, scene.h, scene.paint(green), scene.paint(darker(green, 0.4))),
    )
    grass(
        scene.easel,
        rng,
        np.column_stack([x, y + 0.006, np.full_like(x, 0.9)]),
        0.03,
        scene.paint(darker(green, 0.12)),
    )
    for side in (0.04, 0.13, 0.93):
        fir(scene, rng, scene.w * side, scene.h * 0.93, rng.uniform(0.3, 0.46), 0.0)
    return Layout(
        horizon=0.50,
        surface="water",
        ground_top=0.60,
        ground_bottom=0.88,
        anchors={
            "sky": (0.05, 0.04, 0.9, 0.26),
            "water": (0.08, 0.58, 0.84, 0.27),
            "ground": (0.05, 0.9, 0.9, 0.09),
        },
    )


def river(scene: Scene) -> Layout:
    """A river winding towards the viewer through meadows."""
    horizon = scene.h * 0.44
    paint_sky(scene, horizon)
    mountains(scene, "far range", horizon, 0.22, (110, 134, 176), 0.55, snow=0.25)
    tree_line(scene, "far wood", horizon + 0.01, 0.05, (70, 130, 84), 0.4)
    green = grass_color(scene)
    plain(scene, horizon, lighter(green, 0.1), darker(green, 0.12))
    patches(scene, "grass", horizon, scene.h, [lighter(green, 0.25), darker(green, 0.2)], 22, 0.3)
    bed = _winding(scene, horizon + 0.012)
    scene.easel.line(bed, 0.02, scene.paint(darker((170, 140, 100), 0.1)), 0.9)
    water(scene, horizon, calm=0.55, deep=(34, 120, 168), shore=bed)
    rng = scene.stream("banks")
    for dx, y, s in ((0.10, 0.52, 0.18), (0.90, 0.54, 0.22), (0.03, 0.64, 0.36), (0.97, 0.70, 0.40)):
        tree(scene, rng, scene.w * dx, scene.h * y, s, 0.25 if s < 0.3 else 0.08)
    return Layout(
        horizon=0.44,
        surface="ground",
        ground_top=0.62,
        ground_bottom=0.95,
        anchors={
            "sky": (0.05, 0.04, 0.9, 0.28),
            "water": (0.34, 0.70, 0.36, 0.26),
            "ground": (0.03, 0.7, 0.28, 0.26),
        },
        front=near_grass,
    )


def _winding(scene: Scene, top: float) -> skia.Path:
    t = np.linspace(0, 1, 60)
    y = top + (scene.h + 0.02 - top) * t**1.6
    middle = scene.w * (0.5 + 0.17 * np.sin(2.6 * np.pi * (1 - t) ** 1.5) * (1 - t) ** 0.3 * (0.5 + 0.5 * t))
    half = 0.006 + 0.30 * t**1.9
    return polygon(
        np.vstack([np.column_stack([middle - half, y]), np.column_stack([middle + half, y])[::-1]])
    )


def waterfall(scene: Scene) -> Layout:
    """Water falling over a cliff into a green pool."""
    horizon = scene.h * 0.30
    paint_sky(scene, horizon)
    easel, rng = scene.easel, scene.stream("cliff")
    tree_line(scene, "top wood", scene.h * 0.2, 0.12, (66, 130, 84), 0.35)
    x = across(scene)
    t = (x - x[0]) / (x[-1] - x[0])
    base = scene.h * 0.64
    top = scene.h * 0.2 - 0.03 * curve(rng, t, 5, 3)
    stone = (120, 122, 128)
    cliff = polygon(np.vstack([np.column_stack([x, top]), [[x[-1], base], [x[0], base]]]))
    easel.fill(
        cliff,
        vertical(
            scene.h * 0.15, base, scene.paint(lighter(stone, 0.18), 0.14), scene.paint(darker(stone, 0.42))
        ),
    )
    easel.canvas.save()
    easel.canvas.clipPath(cliff, doAntiAlias=True)
    for _ in range(70):
        cx, cy = rng.uniform(0, scene.w), rng.uniform(scene.h * 0.2, base)
        w, h = rng.uniform(0.04, 0.12), rng.uniform(0.06, 0.2)
        tone = scene.paint(lighter(stone, 0.2) if rng.random() < 0.5 else darker(stone, 0.4), 0.06)
        easel.fill(
            polygon([(cx, cy), (cx + w, cy - h * 0.1), (cx + w * 0.8, cy + h), (cx + w * 0.1, cy + h * 0.8)]),
            tone,
            0.4,
        )
    easel.canvas.restore()
    water(scene, base, calm=0.7, deep=(26, 112, 118), mirror=0.3)
    _fall(scene, top=float(np.interp(scene.w / 2, x, top)), base=base + 0.02)
    for side in (0, 1):
        for _ in range(6):
            rx = scene.w * (rng.uniform(0, 0.24) if side == 0 else rng.uniform(0.76, 1))
            rock(scene, rng, rx, base + rng.uniform(0.01, 0.07), rng.uniform(0.04, 0.09), (128, 128, 130))
    for dx, s in ((0.06, 0.4), (0.2, 0.3), (0.8, 0.32), (0.95, 0.42)):
        tree(scene, rng, scene.w * dx, base + 0.02, s, 0.05)
    return Layout(
        horizon=0.40,
        surface="water",
        ground_top=0.74,
        ground_bottom=0.95,
        anchors={"sky": (0.05, 0.02, 0.9, 0.13), "water": (0.1, 0.72, 0.8, 0.24)},
    )


def _fall(scene: Scene, top: float, base: float) -> None:
    """The falling sheet: strands that spread and fray, foam where it lands."""
    easel, rng = scene.easel, scene.stream("fall")
    cx, half = scene.w / 2, 0.115
    white = scene.paint((246, 252, 255))
    t = np.linspace(0, 1, 30)
    y = top - 0.012 + (base - top + 0.012) * t
    spread = half * (0.80 + 0.34 * t**1.3)
    edges = [spread * (1 + 0.06 * curve(rng, t, 9, 2)) for _ in range(2)]
    lip = np.clip(t / 0.05, 0.86, 1)
    sheet = polygon(
        np.vstack(
            [np.column_stack([cx - edges[0] * lip, y]), np.column_stack([cx + edges[1] * lip, y])[::-1]]
        )
    )
    blue = scene.paint((150, 208, 226))
    easel.fill(sheet, vertical(top, base, blue, white, scene.paint((186, 226, 238)), white))
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(sheet, doAntiAlias=True)
    for i in range(46):
        u = rng.uniform(-1, 1)
        t0, t1 = rng.uniform(0, 0.5), rng.uniform(0.55, 1.05)
        w = rng.uniform(0.002, 0.009)
        x0, x1 = (cx + u * half * (0.80 + 0.34 * k**1.3) for k in (t0, t1))
        y0, y1 = (top - 0.012 + (base - top + 0.012) * k for k in (t0, t1))
        strand = polygon([(x0, y0), (x1 + w, y1 * 0.7 + y0 * 0.3), (x1, y1), (x1 - w, y1 * 0.7 + y0 * 0.3)])
        easel.fill(strand, white if i % 2 else scene.paint((104, 178, 208)), 0.55)
    canvas.restore()
    for _ in range(30):
        x, yy, r = cx + rng.normal(0, half * 0.9), base + rng.uniform(-0.02, 0.03), rng.uniform(0.02, 0.06)
        easel.disc(x, yy, r, white, 0.20, blur=0.012)
    ripples = scene.stream("rings")
    for k in range(4):
        ring = ellipse(
            cx + ripples.uniform(-0.01, 0.01),
            base + 0.02 + 0.016 * k,
            half * (1.5 + 0.5 * k),
            0.012 + 0.008 * k,
        )
        easel.line(ring, 0.003, white, 0.30 - 0.06 * k)


def pond(scene: Scene) -> Layout:
    """A round pond with lily pads in a garden."""
    horizon = scene.h * 0.36
    paint_sky(scene, horizon)
    hills(scene, "far hills", horizon, 0.06, (120, 176, 130), 0.5)
    tree_line(scene, "far wood", horizon + 0.03, 0.12, (78, 146, 88), 0.25)
    green = grass_color(scene)
    plain(scene, horizon + 0.02, lighter(green, 0.12), darker(green, 0.1), depth=0.2)
    patches(scene, "grass", horizon, scene.h, [lighter(green, 0.25), darker(green, 0.2)], 18, 0.3)
    cx, cy, rx, ry = scene.w / 2, scene.h * 0.72, scene.w * 0.43, 0.19 * scene.h
    easel, rng = scene.easel, scene.stream("pond")
    easel.fill(ellipse(cx, cy + 0.006, rx + 0.016, ry + 0.014), scene.paint(darker(green, 0.4)))
    water(
        scene,
        cy - ry - 0.002,
        bottom=cy + ry + 0.01,
        calm=0.85,
        deep=(30, 108, 122),
        shore=ellipse(cx, cy, rx, ry),
    )
    for a in np.linspace(0, 2 * np.pi, 30):
        if np.sin(a) < 0.55:
            rock(
                scene,
                rng,
                cx + rx * np.cos(a),
                cy + ry * np.sin(a) + 0.01,
                rng.uniform(0.014, 0.035),
                (160, 158, 150),
            )
    for _ in range(9):
        a, d = rng.uniform(0, 2 * np.pi), rng.uniform(0.55, 0.86)
        _lily(scene, rng, cx + rx * d * float(np.cos(a)), cy + ry * d * float(np.sin(a)))
    tree(scene, rng, scene.w * 0.09, scene.h * 0.60, 0.46, 0.05)
    return Layout(
        horizon=0.36,
        surface="water",
        ground_top=0.62,
        ground_bottom=0.85,
        anchors={
            "sky": (0.05, 0.03, 0.9, 0.2),
            "water": scene.region(cx - rx * 0.7, cy - ry * 0.6, rx * 1.4, ry * 1.3),
            "ground": (0.05, 0.92, 0.9, 0.07),
        },
        front=near_grass,
    )


def _lily(scene: Scene, rng: np.random.Generator, x: float, y: float) -> None:
    r = rng.uniform(0.022, 0.042)
    pad = (84, 168, 96)
    scene.easel.fill(ellipse(x, y + 0.004, r, r * 0.42), scene.paint((10, 60, 60)), 0.35)
    scene.easel.fill(
        ellipse(x, y, r, r * 0.42),
        vertical(y - r * 0.4, y + r * 0.4, scene.paint(lighter(pad, 0.2)), scene.paint(darker(pad, 0.2))),
    )
    if rng.random() < 0.5:
        for a in np.linspace(0.1 * np.pi, 0.9 * np.pi, 5):
            tip = (x + r * 0.6 * float(np.cos(a)), y - r * 0.75 * float(np.sin(a)))
            scene.easel.fill(
                polygon([(x - r * 0.12, y - r * 0.1), tip, (x + r * 0.12, y - r * 0.1)]),
                scene.paint((250, 190, 214)),
            )
        scene.easel.disc(x, y - r * 0.14, r * 0.18, scene.paint((255, 222, 120)))


def swamp(scene: Scene) -> Layout:
    """Dark trees standing in still green water, mist between them."""
    horizon = scene.h * 0.46
    paint_sky(scene, horizon, clouds=0.5)
    for i in range(3):
        tree_line(scene, f"wood {i}", horizon, 0.34 - 0.09 * i, (66, 100, 74), 0.62 - 0.22 * i)
        _mist(scene, horizon - 0.02, 0.26)
    water(scene, horizon, calm=0.9, deep=(58, 88, 60), mirror=0.5)
    rng = scene.stream("trunks")
    for x, s in ((0.05, 0.9), (0.2, 0.5), (0.82, 0.56), (0.96, 0.95)):
        _trunk(scene, rng, scene.w * x, scene.h * (0.5 + 0.22 * s), 0.055 * s)
    for _ in range(14):
        _lily(scene, rng, rng.uniform(0, scene.w), rng.uniform(horizon + 0.12, scene.h * 0.97))
    _mist(scene, horizon + 0.03, 0.3)
    return Layout(
        horizon=0.46,
        surface="water",
        ground_top=0.62,
        ground_bottom=0.94,
        anchors={"sky": (0.2, 0.04, 0.6, 0.2), "water": (0.15, 0.60, 0.7, 0.35)},
        front=near_grass,
    )


def _mist(scene: Scene, y: float, alpha: float) -> None:
    haze = mix(scene.air.haze, scene.paint((230, 240, 230)), 0.4)
    scene.easel.box(
        -0.1,
        y - 0.1,
        scene.w + 0.2,
        0.2,
        linear((0, y - 0.1), (0, y + 0.1), (0, haze, 0), (0.5, haze, 1), (1, haze, 0)),
        alpha,
    )


def _trunk(scene: Scene, rng: np.random.Generator, x: float, y: float, half: float) -> None:
    """A mangrove: flared foot, out of the picture above, moss hanging down."""
    bark = (74, 66, 58)
    t = np.linspace(0, 1, 24)
    spread = half * (1 + 2.2 * (1 - t) ** 5) * (0.9 + 0.1 * np.sin(t * 9))
    rise = y - (y + 0.05) * t
    body = polygon(
        np.vstack([np.column_stack([x - spread, rise]), np.column_stack([x + spread, rise])[::-1]])
    )
    side = 1 if scene.sun[0] > x else -1
    scene.easel.shade(x, y, half * 4, half * 0.5, 0.4)
    scene.easel.fill(
        body,
        linear(
            (x + side * half * 1.4, 0),
            (x - side * half * 1.4, 0),
            (0, scene.paint(lighter(bark, 0.2))),
            (1, scene.paint(darker(bark, 0.5))),
        ),
    )
    for _ in range(7):
        mx, my = x + rng.uniform(-3, 3) * half, rng.uniform(-0.02, 0.12)
        scene.easel.fill(
            polygon(
                [(mx - half * 0.3, my - 0.1), (mx + half * 0.3, my - 0.1), (mx, my + rng.uniform(0.05, 0.2))]
            ),
            scene.paint((92, 122, 84), 0.1),
            0.8,
        )
