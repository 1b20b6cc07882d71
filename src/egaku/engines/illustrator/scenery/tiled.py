"""Tiled rooms: kitchen and bathroom."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import circles, ellipse, linear, polygon, vertical
from egaku.engines.illustrator.scenery.furniture import (
    cabinet,
    pendant,
    plant,
    rug,
    table,
)
from egaku.engines.illustrator.scenery.interior import indoors, lit, shell, window
from egaku.engines.illustrator.scenery.palette import darker, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene


def kitchen(scene: Scene) -> Layout:
    """Cupboards, worktop, window over the sink, a table in front."""
    floor = shell(scene, (244, 232, 208), (232, 222, 208), boards=False, line=0.66)
    easel = scene.easel
    counter = floor - 0.22
    easel.box(-0.01, counter - 0.13, scene.w + 0.02, 0.13, lit(scene, (250, 250, 246)))
    grout = skia.Path()
    for x in np.arange(0, scene.w, 0.045).tolist():
        grout.addRect(skia.Rect.MakeXYWH(x, counter - 0.13, 0.0018, 0.13))
    for k in range(4):
        grout.addRect(skia.Rect.MakeXYWH(0, counter - 0.13 + 0.043 * k, scene.w, 0.0018))
    easel.fill(grout, lit(scene, (206, 214, 214)))
    wx, ww = scene.w * scene.vary("window", 0.28, 0.42), min(0.30, scene.w * 0.3)
    window(scene, wx, 0.09 * scene.h, ww, max(0.16, counter - 0.17 - 0.09 * scene.h), curtains=None)
    hue: RGB = ((126, 170, 160), (236, 178, 120), (140, 164, 196))[int(scene.stream("kitchen").integers(3))]
    cabinet(scene, -0.02, 0.06 * scene.h, wx - 0.04, 0.24, hue, 3)
    cabinet(scene, wx + ww + 0.06, 0.06 * scene.h, scene.w - wx - ww - 0.04, 0.24, hue, 3)
    cabinet(scene, -0.02, counter + 0.02, scene.w * 0.80, 0.20, hue, 6)
    easel.box(
        -0.02,
        counter,
        scene.w * 0.80 + 0.03,
        0.026,
        vertical(counter, counter + 0.026, lit(scene, (222, 188, 146)), lit(scene, (176, 132, 92))),
    )
    _oven(scene, scene.w * 0.12, counter, 0.18)
    _fridge(scene, scene.w * 0.81, floor + 0.02, 0.185 * scene.w, 0.60 * scene.h)
    tap = lit(scene, (176, 186, 196))
    easel.line(
        polygon(
            [
                (wx + ww / 2, counter),
                (wx + ww / 2, counter - 0.075),
                (wx + ww / 2 + 0.045, counter - 0.085),
                (wx + ww / 2 + 0.05, counter - 0.06),
            ],
            closed=False,
        ),
        0.011,
        tap,
    )
    plant(scene, wx + ww * 0.12, counter, 0.085)
    tx, ty, tw = scene.w * 0.5, scene.h * 0.95, min(0.62, scene.w * 0.62)
    table(scene, tx, ty, tw, 0.15, cloth=scene.pick("cloth", (None, (250, 244, 234), (236, 206, 196))))
    pendant(scene, scene.w * 0.5, 0.05 * scene.h, 0.055, (224, 108, 84))
    return indoors(
        scene,
        floor / scene.h,
        {
            "table": scene.region(tx - tw * 0.4, ty - 0.15 - tw * 0.12, tw * 0.8, tw * 0.10),
            "window": scene.region(wx, 0.09 * scene.h, ww, 0.2),
            "shelf": scene.region(0.26 * scene.w, counter - 0.10, 0.12, 0.10),
        },
        0.80,
    )


def _oven(scene: Scene, x: float, counter: float, w: float) -> None:
    easel = scene.easel
    easel.box(x, counter + 0.005, w, 0.215, lit(scene, (236, 238, 240)), radius=0.006)
    easel.box(x + w * 0.1, counter + 0.07, w * 0.8, 0.11, lit(scene, (60, 64, 74)), radius=0.008)
    easel.box(x + w * 0.1, counter + 0.055, w * 0.8, 0.008, lit(scene, (160, 168, 178)), radius=0.004)
    easel.fill(
        circles((x + w * k, counter + 0.03, 0.009) for k in (0.18, 0.4, 0.62, 0.84)),
        lit(scene, (90, 94, 104)),
    )
    pot = lit(scene, (206, 80, 70))
    easel.box(
        x + w * 0.18,
        counter - 0.05,
        w * 0.42,
        0.05,
        linear((x, 0), (x + w * 0.6, 0), (0, lighter(pot, 0.25)), (1, darker(pot, 0.25))),
        radius=0.008,
    )
    easel.box(x + w * 0.14, counter - 0.056, w * 0.5, 0.012, darker(pot, 0.15), radius=0.006)


def _fridge(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    easel = scene.easel
    body = lit(scene, (232, 240, 238))
    easel.shade(x + w / 2, y, w * 0.55, 0.012, 0.35)
    easel.box(
        x,
        y - h,
        w,
        h,
        linear((x, 0), (x + w, 0), (0, lighter(body, 0.4)), (0.7, body), (1, darker(body, 0.18))),
        radius=0.02,
    )
    easel.box(x, y - h * 0.64, w, 0.005, darker(body, 0.35))
    for lift, tall in ((0.60, 0.14), (0.82, 0.12)):
        easel.box(x + w * 0.1, y - h * lift, 0.012, h * tall, lit(scene, (150, 158, 166)), radius=0.006)


def bathroom(scene: Scene) -> Layout:
    """Tiles, a bath with foam, a basin and a mirror."""
    floor = shell(scene, (214, 234, 236), (236, 240, 242), boards=False, line=0.66, papered=False)
    easel = scene.easel
    grout = skia.Path()
    for x in np.arange(0, scene.w, 0.075).tolist():
        grout.addRect(skia.Rect.MakeXYWH(x, 0.28 * scene.h, 0.0022, floor - 0.28 * scene.h - 0.026))
    for y in np.arange(0.28 * scene.h, floor - 0.03, 0.075).tolist():
        grout.addRect(skia.Rect.MakeXYWH(0, y, scene.w, 0.0022))
    easel.fill(grout, lit(scene, (246, 252, 252)), 0.9)
    easel.box(
        -0.01, 0.28 * scene.h - 0.02, scene.w + 0.02, 0.022, lit(scene, decor.accent(scene, (110, 178, 186)))
    )
    wx, ww = (
        scene.w * scene.vary("window", 0.10, 0.36),
        min(0.24, scene.w * 0.24) * scene.vary("pane", 0.8, 1.3),
    )
    window(scene, wx, 0.07 * scene.h, ww, 0.24 * scene.h)
    mx = scene.w * scene.vary("mirror", 0.79, 0.86)
    easel.fill(ellipse(mx, 0.20 * scene.h, 0.105, 0.125), lit(scene, (226, 188, 130)))
    easel.fill(
        ellipse(mx, 0.20 * scene.h, 0.092, 0.112),
        linear(
            (mx - 0.1, 0.1),
            (mx + 0.1, 0.3),
            (0, lit(scene, (190, 222, 234))),
            (0.5, lit(scene, (240, 250, 252))),
            (1, lit(scene, (180, 212, 226))),
        ),
    )
    _basin(scene, mx, floor, 0.24)
    bx, by, bw = scene.w * scene.vary("bath", 0.34, 0.42), floor + 0.14, min(0.62, scene.w * 0.62)
    white = lit(scene, (252, 253, 255))
    easel.shade(bx, by, bw * 0.5, 0.02, 0.35)
    for dx in (-0.36, 0.34):
        easel.box(bx + dx * bw, by - 0.035, 0.03, 0.04, lit(scene, (214, 178, 112)), radius=0.012)
    body = skia.Path()
    body.moveTo(bx - bw * 0.5, by - 0.22)
    body.cubicTo(bx - bw * 0.47, by + 0.02, bx - bw * 0.36, by - 0.015, bx, by - 0.015)
    body.cubicTo(bx + bw * 0.36, by - 0.015, bx + bw * 0.47, by + 0.02, bx + bw * 0.5, by - 0.22)
    body.close()
    easel.fill(body, vertical(by - 0.22, by, lighter(white, 0.5), white, darker(white, 0.24)))
    rng = scene.stream("foam")
    bubbles = [
        (
            bx + rng.uniform(-0.42, 0.42) * bw,
            by - 0.225 - abs(rng.normal(0, 0.016)),
            rng.uniform(0.016, 0.036),
        )
        for _ in range(34)
    ]
    easel.fill(circles(bubbles), lit(scene, (226, 240, 248)))
    easel.fill(
        circles((x - r * 0.15, y - r * 0.2, r * 0.8) for x, y, r in bubbles),
        lit(scene, (255, 255, 255)),
        0.85,
    )
    easel.box(
        bx - bw * 0.53,
        by - 0.235,
        bw * 1.06,
        0.034,
        vertical(by - 0.235, by - 0.2, (255, 255, 255), darker(white, 0.16)),
        radius=0.017,
    )
    rug(scene, scene.w * 0.6, scene.h * 0.91, min(0.28, scene.w * 0.28), 0.055, (120, 184, 190))
    return indoors(
        scene,
        floor / scene.h,
        {
            "water": scene.region(bx - bw * 0.4, by - 0.26, bw * 0.8, 0.06),
            "bath": scene.region(bx - bw * 0.4, by - 0.26, bw * 0.8, 0.06),
            "window": scene.region(wx, 0.07 * scene.h, ww, 0.24 * scene.h),
        },
        0.86,
    )


def _basin(scene: Scene, x: float, floor: float, w: float) -> None:
    easel = scene.easel
    top = floor - 0.20
    cabinet(scene, x - w * 0.42, top + 0.03, w * 0.84, 0.17, (118, 176, 184), 2)
    white = lit(scene, (252, 253, 255))
    easel.box(
        x - w * 0.52,
        top,
        w * 1.04,
        0.042,
        vertical(top, top + 0.042, (255, 255, 255), darker(white, 0.2)),
        radius=0.018,
    )
    steel = lit(scene, (170, 182, 190))
    easel.line(polygon([(x, top), (x, top - 0.055), (x + 0.035, top - 0.06)], closed=False), 0.011, steel)
