"""Rooms people meet or work in: library, café, restaurant, classroom, office."""

from __future__ import annotations

import skia

from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import circles, ellipse, linear, polygon, rects, vertical
from egaku.engines.illustrator.scenery.furniture import (
    chair,
    pendant,
    picture,
    plant,
    rug,
    shelf,
    table,
    table_lamp,
)
from egaku.engines.illustrator.scenery.interior import WOOD, indoors, lit, pool_of_light, shell, window
from egaku.engines.illustrator.scenery.palette import darker, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene


def library(scene: Scene) -> Layout:
    """Walls of books, a tall window, a reading table."""
    floor = shell(scene, (150, 110, 84), (164, 116, 80))
    wx, ww = scene.w * scene.vary("window", 0.32, 0.48), scene.vary("pane", 0.18, 0.26) * scene.w
    window(scene, wx, 0.07 * scene.h, ww, 0.42 * scene.h, curtains=None, frame=(222, 196, 160))
    dark: RGB = (128, 84, 58)
    for x, w in ((-0.01, wx - 0.045), (wx + ww + 0.05, scene.w - wx - ww - 0.04)):
        shelf(
            scene,
            x,
            0.04 * scene.h,
            w,
            floor - 0.04 * scene.h - 0.005,
            max(4, round((floor - 0.04) / 0.125)),
            color=dark,
        )
    pool_of_light(scene, wx, ww, floor)
    easel = scene.easel
    lx = scene.w * 0.24
    rail = lit(scene, (196, 146, 98))
    for dx in (0.0, 0.085):
        easel.line(
            polygon([(lx + dx, floor + 0.04), (lx + dx * 0.7 + 0.03, 0.12 * scene.h)], closed=False),
            0.012,
            rail,
        )
    for k in range(8):
        t = (k + 0.5) / 8
        y = floor + 0.04 - (floor + 0.04 - 0.12 * scene.h) * t
        easel.box(lx + 0.03 * t, y, 0.085 * (1 - 0.3 * t), 0.009, rail)
    rug(scene, scene.w * 0.5, scene.h * 0.87, min(0.42, scene.w * 0.42), 0.085, (156, 56, 60))
    tx, ty, tw = scene.w * scene.vary("table", 0.66, 0.78), scene.h * 0.90, min(0.36, scene.w * 0.36)
    table(scene, tx, ty, tw, 0.13, (150, 98, 66))
    table_lamp(scene, tx + tw * 0.28, ty - 0.15, 0.11)
    return indoors(
        scene,
        floor / scene.h,
        {
            "table": scene.region(tx - tw * 0.42, ty - 0.13 - tw * 0.12, tw * 0.6, tw * 0.1),
            "shelf": scene.region(0.02, 0.1 * scene.h, 0.3 * scene.w, 0.1),
            "window": scene.region(wx, 0.07 * scene.h, ww, 0.42 * scene.h),
        },
        0.78,
    )


def cafe(scene: Scene) -> Layout:
    """A café: counter, blackboard menu, pendant lamps, small tables."""
    floor = shell(scene, (206, 160, 124), (150, 108, 80), panel=(116, 84, 68))
    easel = scene.easel
    wx, ww = (
        scene.w * scene.vary("window", 0.06, 0.14),
        min(0.30, scene.w * 0.3) * scene.vary("pane", 0.8, 1.25),
    )
    window(scene, wx, 0.14 * scene.h, ww, 0.30 * scene.h, curtains=None, frame=(96, 70, 58))
    bx = scene.w * 0.58
    easel.box(bx, 0.12 * scene.h, 0.34 * scene.w, 0.19 * scene.h, lit(scene, (88, 62, 50)), radius=0.006)
    easel.box(
        bx + 0.012,
        0.12 * scene.h + 0.012,
        0.34 * scene.w - 0.024,
        0.19 * scene.h - 0.024,
        lit(scene, (52, 58, 56)),
    )
    rng = scene.stream("menu")
    chalk = rects(
        (
            bx + 0.04 + 0.15 * scene.w * c,
            0.12 * scene.h + 0.036 + 0.026 * r,
            0.10 * scene.w * rng.uniform(0.5, 1),
            0.006,
        )
        for r in range(5)
        for c in range(2)
    )
    easel.fill(chalk, lit(scene, (232, 228, 214)), 0.75)
    cy = floor - 0.17
    easel.box(
        bx - 0.03,
        cy,
        scene.w - bx + 0.06,
        0.20,
        vertical(
            cy,
            floor,
            lit(scene, decor.accent(scene, (142, 94, 66))),
            lit(scene, decor.accent(scene, (96, 62, 46))),
        ),
    )
    easel.box(
        bx - 0.045,
        cy - 0.016,
        scene.w - bx + 0.08,
        0.028,
        vertical(cy - 0.016, cy + 0.012, lit(scene, (236, 216, 190)), lit(scene, (196, 168, 136))),
    )
    _machine(scene, bx + 0.05, cy - 0.016)
    cups = circles((bx + 0.23 + 0.04 * k, cy - 0.034, 0.014) for k in range(3))
    easel.fill(cups, lit(scene, (250, 246, 240)))
    for k, hue in enumerate(((224, 120, 84), (90, 146, 140), (236, 184, 96))):
        pendant(scene, scene.w * (0.56 + 0.16 * k), (0.075 + 0.02 * (k % 2)) * scene.h, 0.042, hue)
    pool_of_light(scene, wx, ww, floor)
    tx, ty, tw = scene.w * scene.vary("table", 0.28, 0.42), scene.h * 0.90, min(0.34, scene.w * 0.34)
    chair(scene, tx - tw * 0.55, ty - 0.035, 0.26, (110, 74, 56))
    chair(scene, tx + tw * 0.55, ty - 0.035, 0.26, (110, 74, 56))
    _round_table(scene, tx, ty, tw * 0.72, 0.15)
    return indoors(
        scene,
        floor / scene.h,
        {
            "table": scene.region(tx - tw * 0.28, ty - 0.15 - 0.03, tw * 0.56, 0.045),
            "window": scene.region(wx, 0.14 * scene.h, ww, 0.3 * scene.h),
            "shelf": scene.region(bx + 0.2, cy - 0.07, 0.2, 0.06),
        },
        0.80,
    )


def _machine(scene: Scene, x: float, y: float) -> None:
    easel = scene.easel
    steel = lit(scene, (196, 204, 210))
    easel.box(
        x,
        y - 0.10,
        0.14,
        0.10,
        linear((x, 0), (x + 0.14, 0), (0, lighter(steel, 0.3)), (1, darker(steel, 0.3))),
        radius=0.01,
    )
    easel.box(x + 0.015, y - 0.05, 0.11, 0.04, darker(steel, 0.6), radius=0.005)
    easel.box(x + 0.01, y - 0.115, 0.12, 0.018, lit(scene, (190, 70, 62)), radius=0.006)


def _round_table(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    easel, tone = scene.easel, lit(scene, (176, 124, 86))
    easel.shade(x, y, w * 0.36, w * 0.05, 0.4)
    easel.fill(ellipse(x, y, w * 0.2, w * 0.04), darker(tone, 0.5))
    easel.box(x - w * 0.03, y - h, w * 0.06, h, darker(tone, 0.4))
    easel.fill(ellipse(x, y - h + 0.014, w * 0.5, w * 0.12), darker(tone, 0.3))
    easel.fill(
        ellipse(x, y - h, w * 0.5, w * 0.12),
        vertical(y - h - w * 0.12, y - h + w * 0.12, tone, lighter(tone, 0.25)),
    )


def restaurant(scene: Scene) -> Layout:
    """White tablecloths, candles, warm walls."""
    floor = shell(scene, (150, 60, 62), (126, 84, 64), panel=(92, 58, 50))
    wx, ww = scene.w * 0.34, 0.32 * scene.w
    window(scene, wx, 0.11 * scene.h, ww, 0.28 * scene.h, curtains=(196, 148, 92), frame=(206, 170, 120))
    picture(scene, scene.w * 0.08, 0.14 * scene.h, 0.15, 0.18, (180, 130, 90))
    picture(scene, scene.w * 0.92 - 0.15, 0.14 * scene.h, 0.15, 0.18, (110, 120, 140))
    for k in (0.2, 0.8):
        pendant(scene, scene.w * k, 0.10 * scene.h, 0.05, (236, 190, 110))
    for x, y, w in ((0.14, 0.76, 0.26), (0.86, 0.76, 0.26)):
        chair(scene, scene.w * x - 0.12, scene.h * y - 0.02, 0.22, (120, 66, 52))
        chair(scene, scene.w * x + 0.12, scene.h * y - 0.02, 0.22, (120, 66, 52))
        table(scene, scene.w * x, scene.h * y, w, 0.11, cloth=(250, 244, 234))
        _candle(scene, scene.w * x, scene.h * y - 0.125)
    tx, ty, tw = scene.w * 0.5, scene.h * 0.95, min(0.56, scene.w * 0.56)
    table(scene, tx, ty, tw, 0.16, cloth=(252, 248, 240))
    _candle(scene, tx + tw * 0.34, ty - 0.19)
    return indoors(
        scene,
        floor / scene.h,
        {
            "table": scene.region(tx - tw * 0.4, ty - 0.16 - tw * 0.12, tw * 0.66, tw * 0.1),
            "window": scene.region(wx, 0.11 * scene.h, ww, 0.28 * scene.h),
        },
        0.80,
    )


def _candle(scene: Scene, x: float, y: float) -> None:
    easel = scene.easel
    easel.box(x - 0.008, y - 0.05, 0.016, 0.05, lit(scene, (252, 244, 226)), radius=0.003)
    easel.glow(x, y - 0.066, 0.09, (255, 196, 100), 0.7)
    flame = skia.Path()
    flame.moveTo(x, y - 0.084)
    flame.quadTo(x + 0.011, y - 0.058, x, y - 0.050)
    flame.quadTo(x - 0.011, y - 0.058, x, y - 0.084)
    easel.fill(flame, (255, 226, 130))


def classroom(scene: Scene) -> Layout:
    """Blackboard, desks, windows, a globe's place."""
    floor = shell(scene, (236, 228, 196), (204, 160, 112))
    easel = scene.easel
    bx, bw = scene.w * scene.vary("board", 0.29, 0.33), scene.vary("board width", 0.40, 0.48) * scene.w
    board: RGB = scene.pick("board color", ((44, 92, 78), (48, 56, 62), (40, 70, 96)))
    easel.box(
        bx - 0.018, 0.12 * scene.h - 0.018, bw + 0.036, 0.29 * scene.h + 0.036, lit(scene, WOOD), radius=0.006
    )
    easel.box(
        bx,
        0.12 * scene.h,
        bw,
        0.29 * scene.h,
        vertical(0.12 * scene.h, 0.41 * scene.h, lit(scene, board), lit(scene, lighter(board, 0.1))),
    )
    easel.fill(
        ellipse(bx + bw * 0.3, 0.24 * scene.h, bw * 0.3, 0.05), lit(scene, (240, 250, 244)), 0.07, blur=0.02
    )
    easel.box(
        bx + bw * 0.1, 0.12 * scene.h + 0.29 * scene.h + 0.014, bw * 0.8, 0.014, lit(scene, darker(WOOD, 0.2))
    )
    sticks = rects((bx + bw * k, 0.41 * scene.h + 0.004, 0.026, 0.008) for k in (0.2, 0.3, 0.7))
    easel.fill(sticks, lit(scene, (255, 252, 244)))
    wx, ww = scene.w * 0.04, 0.19 * scene.w
    window(scene, wx, 0.12 * scene.h, ww, 0.30 * scene.h)
    easel.disc(scene.w * 0.89, 0.17 * scene.h, 0.052, lit(scene, (250, 250, 250)))
    easel.line(ellipse(scene.w * 0.89, 0.17 * scene.h, 0.052, 0.052), 0.010, lit(scene, (86, 92, 110)))
    hands = polygon(
        [
            (scene.w * 0.89 + 0.026, 0.17 * scene.h - 0.008),
            (scene.w * 0.89, 0.17 * scene.h),
            (scene.w * 0.89, 0.17 * scene.h - 0.038),
        ],
        closed=False,
    )
    easel.line(hands, 0.006, lit(scene, (60, 60, 76)))
    shelf(scene, scene.w * 0.83, floor - 0.21, 0.18 * scene.w, 0.20, 2)
    pool_of_light(scene, wx, ww, floor)
    for x, y in ((0.16, 0.80), (0.84, 0.80), (0.12, 0.96), (0.88, 0.96)):
        w = 0.24 if y < 0.9 else 0.30
        chair(scene, scene.w * x, scene.h * y - 0.02, w * 0.9, (96, 140, 180))
        table(scene, scene.w * x, scene.h * y, w, w * 0.46, (226, 182, 126))
    return indoors(
        scene,
        floor / scene.h,
        {
            "wall": scene.region(bx + 0.03, 0.15 * scene.h, bw - 0.06, 0.22 * scene.h),
            "window": scene.region(wx, 0.12 * scene.h, ww, 0.3 * scene.h),
            "shelf": scene.region(scene.w * 0.85, floor - 0.30, 0.14, 0.09),
        },
        0.76,
    )


def office(scene: Scene) -> Layout:
    """A desk with a screen, a wide window on the town, shelves."""
    floor = shell(scene, (222, 228, 232), (150, 158, 170), boards=False)
    easel = scene.easel
    wx, ww = scene.w * scene.vary("window", 0.06, 0.14), scene.vary("pane", 0.34, 0.50) * scene.w
    window(
        scene,
        wx,
        0.08 * scene.h,
        ww,
        0.36 * scene.h,
        panes=scene.pick("panes", (2, 3, 4)),
        frame=(120, 130, 142),
    )
    shelf(scene, scene.w * 0.68, 0.10 * scene.h, 0.27 * scene.w, 0.25, 2, color=(206, 188, 164))
    plant(scene, scene.w * 0.94, floor + 0.05, 0.36, (240, 240, 238))
    pool_of_light(scene, wx, ww * 0.6, floor)
    dx, dy, dw = scene.w * scene.vary("desk", 0.36, 0.52), scene.h * 0.86, min(0.60, scene.w * 0.6)
    chair(scene, dx, dy - 0.06, 0.34, (64, 72, 88))
    table(scene, dx, dy, dw, 0.17, (216, 176, 130))
    top = dy - 0.17 - dw * 0.08
    sx = dx + dw * 0.26
    easel.box(sx - 0.012, top - 0.05, 0.024, 0.05, lit(scene, (120, 126, 136)))
    easel.box(sx - 0.04, top - 0.006, 0.08, 0.012, lit(scene, (140, 146, 156)), radius=0.005)
    easel.box(sx - 0.105, top - 0.175, 0.21, 0.132, lit(scene, (44, 48, 58)), radius=0.008)
    easel.box(
        sx - 0.097,
        top - 0.167,
        0.194,
        0.112,
        vertical(top - 0.167, top - 0.055, (96, 170, 226), (150, 206, 236)),
    )
    easel.box(dx - dw * 0.36, top - 0.012, 0.09, 0.014, lit(scene, (250, 250, 250)))
    easel.box(dx - dw * 0.35, top - 0.024, 0.08, 0.013, lit(scene, (220, 110, 90)))
    table_lamp(scene, dx - dw * 0.14, top + 0.01, 0.11)
    return indoors(
        scene,
        floor / scene.h,
        {
            "table": scene.region(dx - dw * 0.42, dy - 0.17 - dw * 0.12, dw * 0.56, dw * 0.1),
            "window": scene.region(wx, 0.08 * scene.h, ww, 0.36 * scene.h),
            "shelf": scene.region(scene.w * 0.69, 0.03 * scene.h, 0.25, 0.07),
        },
        0.80,
    )
