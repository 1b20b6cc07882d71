"""Places indoors: room, living room, lounge, kitchen, bedroom, library, café, restaurant, classroom, office, bathroom, stage."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import circles, ellipse, linear, polygon, rects, vertical
from egaku.engines.illustrator.scenery.interior import (
    WOOD,
    cabinet,
    chair,
    floor_lamp,
    lit,
    pendant,
    picture,
    plant,
    pool_of_light,
    room_light,
    rug,
    shelf,
    shell,
    sofa,
    spotlight,
    table,
    window,
)
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.water import caustic_net, caustics

_WALLS: list[RGB] = [(236, 218, 196), (198, 218, 214), (226, 206, 214), (206, 216, 232), (232, 224, 188)]


def _wall(scene: Scene) -> RGB:
    return _WALLS[int(scene.stream("wall").integers(len(_WALLS)))]


def _indoors(
    scene: Scene, line: float, anchors: dict[str, tuple[float, float, float, float]], top: float = 0.74
) -> Layout:
    return Layout(
        horizon=line, surface="floor", ground_top=max(top, line + 0.03), ground_bottom=0.96, indoors=True,
        light=room_light(scene), haze=lit(scene, (214, 200, 190)),
        anchors={"wall": (0.3, 0.06, 0.4, line - 0.2), "floor": (0.08, line + 0.06, 0.84, 0.92 - line), **anchors},
    )  # fmt: skip


def room(scene: Scene) -> Layout:
    """An airy room: window, plant, rug, a picture."""
    floor = shell(scene, _wall(scene), (206, 160, 116))
    wx, ww = scene.w * 0.12, min(0.34, scene.w * 0.34)
    window(scene, wx, 0.12 * scene.h, ww, 0.36 * scene.h, curtains=(244, 236, 224))
    pool_of_light(scene, wx, ww, floor)
    picture(scene, scene.w * 0.66, 0.16 * scene.h, 0.2, 0.16, (98, 150, 160))
    rug(scene, scene.w * 0.5, scene.h * 0.83, min(0.36, scene.w * 0.36), 0.085, (206, 108, 92))
    plant(scene, scene.w * 0.91, floor + 0.06, 0.34)
    return _indoors(scene, floor / scene.h, {"window": scene.region(wx, 0.12 * scene.h, ww, 0.36 * scene.h)})


def living_room(scene: Scene) -> Layout:
    """Sofa, window, lamp, shelf, rug."""
    floor = shell(scene, _wall(scene), (196, 146, 104))
    wx, ww = scene.w * 0.10, min(0.30, scene.w * 0.3)
    window(scene, wx, 0.10 * scene.h, ww, 0.32 * scene.h, curtains=(226, 150, 120))
    picture(scene, scene.w * 0.52, 0.12 * scene.h, 0.15, 0.12, (208, 120, 100))
    picture(scene, scene.w * 0.70, 0.10 * scene.h, 0.12, 0.16, (96, 140, 120))
    sx, sy, sw = scene.w * 0.56, floor + 0.07, min(0.50, scene.w * 0.5)
    colors: list[RGB] = [(92, 142, 150), (206, 112, 92), (110, 124, 170), (136, 160, 110)]
    sofa(scene, sx, sy, sw, colors[int(scene.stream("sofa").integers(4))])
    pool_of_light(scene, wx, ww, floor)
    floor_lamp(scene, scene.w * 0.90, floor + 0.05, 0.46)
    plant(scene, scene.w * 0.06, floor + 0.06, 0.30)
    rug(scene, scene.w * 0.5, scene.h * 0.86, min(0.40, scene.w * 0.4), 0.08, (226, 190, 140))
    return _indoors(
        scene, floor / scene.h,
        {"window": scene.region(wx, 0.10 * scene.h, ww, 0.32 * scene.h), "sofa": scene.region(sx - sw * 0.38, sy - sw * 0.40, sw * 0.76, sw * 0.22)},
        0.80,
    )  # fmt: skip


def lounge(scene: Scene) -> Layout:
    """A sunlit lounge with a pool let into its floor, as in the API's guide."""
    floor = shell(scene, (240, 226, 208), (214, 176, 138), line=0.52)
    wx, wy, ww, wh = scene.w * 0.08, 0.08 * scene.h, scene.w * 0.50, 0.34 * scene.h
    window(scene, wx, wy, ww, wh, panes=4, curtains=(250, 242, 230))
    picture(scene, scene.w * 0.74, 0.12 * scene.h, 0.17, 0.14, (232, 150, 120))
    sx, sy, sw = scene.w * 0.76, floor + 0.06, min(0.38, scene.w * 0.38)
    sofa(scene, sx, sy, sw, (238, 148, 128))
    plant(scene, scene.w * 0.05, floor + 0.05, 0.32, (236, 232, 226))
    plant(scene, scene.w * 0.97, floor + 0.07, 0.30, (236, 232, 226))
    easel = scene.easel
    mid, top, low = scene.w * 0.5, scene.h * 0.68, scene.h * 0.95
    far, near = 0.27 * scene.w, 0.38 * scene.w
    rim = polygon(
        [
            (mid - far - 0.02, top - 0.014),
            (mid + far + 0.02, top - 0.014),
            (mid + near + 0.03, low + 0.024),
            (mid - near - 0.03, low + 0.024),
        ]
    )
    basin = polygon([(mid - far, top), (mid + far, top), (mid + near, low), (mid - near, low)])
    easel.fill(rim, lit(scene, (252, 250, 246)))
    easel.fill(
        basin,
        vertical(
            top, low, lit(scene, (48, 160, 196)), lit(scene, (86, 204, 222)), lit(scene, (136, 226, 232))
        ),
    )
    clipped = easel.pixels.copy()
    caustics(scene, (mid - near, top, near * 2, low - top), lit(scene, (236, 255, 255)), 0.5)
    _restore_outside(scene, clipped, basin)
    easel.fill(
        polygon(
            [
                (mid - far, top),
                (mid + far, top),
                (mid + far * 1.015, top + 0.016),
                (mid - far * 1.015, top + 0.016),
            ]
        ),
        (20, 90, 130),
        0.4,
    )
    pool_of_light(scene, wx, ww * 0.6, floor - 0.02)
    layout = _indoors(
        scene, floor / scene.h,
        {
            "window": scene.region(wx, wy, ww, wh), "sofa": scene.region(sx - sw * 0.38, sy - sw * 0.40, sw * 0.76, sw * 0.22),
            "pool": (0.5 - 0.27, 0.71, 0.54, 0.21), "water": (0.5 - 0.27, 0.71, 0.54, 0.21),
        },
        0.72,
    )  # fmt: skip
    return layout


def _restore_outside(scene: Scene, before: np.ndarray, shape: skia.Path) -> None:  # type: ignore[type-arg]  # a picture's bytes
    canvas = scene.easel.canvas
    canvas.save()
    canvas.clipPath(shape, skia.ClipOp.kDifference, True)
    canvas.scale(1 / scene.easel.unit, 1 / scene.easel.unit)
    canvas.drawImage(skia.Image.fromarray(before, colorType=skia.kRGBA_8888_ColorType), 0, 0)
    canvas.restore()


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
    wx, ww = scene.w * 0.36, min(0.30, scene.w * 0.3)
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
    table(scene, tx, ty, tw, 0.15)
    pendant(scene, scene.w * 0.5, 0.05 * scene.h, 0.055, (224, 108, 84))
    return _indoors(
        scene, floor / scene.h,
        {"table": scene.region(tx - tw * 0.4, ty - 0.15 - tw * 0.12, tw * 0.8, tw * 0.10), "window": scene.region(wx, 0.09 * scene.h, ww, 0.2), "shelf": scene.region(0.26 * scene.w, counter - 0.10, 0.12, 0.10)},
        0.80,
    )  # fmt: skip


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


def bedroom(scene: Scene) -> Layout:
    """A bed under a window, night table, lamp, rug."""
    floor = shell(
        scene,
        ((208, 214, 234), (232, 212, 214), (206, 224, 214))[int(scene.stream("wall").integers(3))],
        (200, 154, 114),
    )
    wx, ww = scene.w * 0.08, min(0.28, scene.w * 0.28)
    window(scene, wx, 0.10 * scene.h, ww, 0.32 * scene.h, curtains=(150, 166, 210))
    picture(scene, scene.w * 0.62, 0.12 * scene.h, 0.22, 0.13, (120, 130, 180))
    easel = scene.easel
    bx, by, bw = scene.w * 0.66, floor + 0.20, min(0.52, scene.w * 0.52)
    wood, sheet, cover = lit(scene, WOOD), lit(scene, (250, 248, 244)), lit(scene, (112, 142, 196))
    easel.shade(bx, by, bw * 0.56, 0.02, 0.4)
    easel.box(
        bx - bw * 0.5,
        floor - 0.17,
        bw,
        0.30,
        vertical(floor - 0.17, floor + 0.1, lighter(wood, 0.12), darker(wood, 0.2)),
        radius=0.03,
    )
    for dx in (-0.40, 0.04):
        easel.box(
            bx + dx * bw,
            floor - 0.075,
            bw * 0.36,
            0.10,
            vertical(floor - 0.075, floor + 0.03, lighter(sheet, 0.4), darker(sheet, 0.12)),
            radius=0.035,
        )
    top = polygon(
        [
            (bx - bw * 0.47, floor + 0.005),
            (bx + bw * 0.47, floor + 0.005),
            (bx + bw * 0.52, floor + 0.12),
            (bx - bw * 0.52, floor + 0.12),
        ]
    )
    easel.fill(top, vertical(floor, floor + 0.12, lighter(cover, 0.12), lighter(cover, 0.25)))
    easel.fill(
        polygon(
            [
                (bx - bw * 0.472, floor + 0.005),
                (bx + bw * 0.472, floor + 0.005),
                (bx + bw * 0.484, floor + 0.034),
                (bx - bw * 0.484, floor + 0.034),
            ]
        ),
        sheet,
    )
    easel.box(
        bx - bw * 0.52,
        floor + 0.118,
        bw * 1.04,
        0.075,
        vertical(floor + 0.118, floor + 0.193, cover, darker(cover, 0.25)),
        radius=0.014,
    )
    tx = bx - bw * 0.66
    easel.box(
        tx - 0.055,
        floor - 0.06,
        0.11,
        0.115,
        vertical(floor - 0.06, floor + 0.05, wood, darker(wood, 0.25)),
        radius=0.006,
    )
    easel.box(tx - 0.04, floor - 0.035, 0.08, 0.035, lighter(wood, 0.12), radius=0.004)
    _table_lamp(scene, tx, floor - 0.06, 0.13)
    pool_of_light(scene, wx, ww, floor)
    rug(scene, scene.w * 0.36, scene.h * 0.88, min(0.30, scene.w * 0.3), 0.07, (236, 200, 170))
    return _indoors(
        scene, floor / scene.h,
        {"bed": scene.region(bx - bw * 0.44, floor + 0.01, bw * 0.88, 0.11), "window": scene.region(wx, 0.1 * scene.h, ww, 0.32 * scene.h), "table": scene.region(tx - 0.05, floor - 0.09, 0.1, 0.04)},
        0.84,
    )  # fmt: skip


def _table_lamp(scene: Scene, x: float, y: float, h: float) -> None:
    easel = scene.easel
    easel.box(x - h * 0.05, y - h * 0.5, h * 0.1, h * 0.5, lit(scene, (206, 170, 110)))
    easel.fill(ellipse(x, y, h * 0.2, h * 0.06), lit(scene, (180, 144, 92)))
    on = scene.air.glow > 0.2
    tone = (255, 236, 186) if on else lit(scene, (248, 230, 200))
    easel.fill(
        polygon(
            [
                (x - h * 0.2, y - h),
                (x + h * 0.2, y - h),
                (x + h * 0.34, y - h * 0.46),
                (x - h * 0.34, y - h * 0.46),
            ]
        ),
        tone,
    )
    if on:
        easel.glow(x, y - h * 0.7, h * 2.2, (255, 214, 140), 0.7)


def library(scene: Scene) -> Layout:
    """Walls of books, a tall window, a reading table."""
    floor = shell(scene, (150, 110, 84), (164, 116, 80))
    wx, ww = scene.w * 0.38, 0.24 * scene.w
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
    tx, ty, tw = scene.w * 0.76, scene.h * 0.90, min(0.36, scene.w * 0.36)
    table(scene, tx, ty, tw, 0.13, (150, 98, 66))
    _table_lamp(scene, tx + tw * 0.28, ty - 0.15, 0.11)
    return _indoors(
        scene, floor / scene.h,
        {"table": scene.region(tx - tw * 0.42, ty - 0.13 - tw * 0.12, tw * 0.6, tw * 0.1), "shelf": scene.region(0.02, 0.1 * scene.h, 0.3 * scene.w, 0.1), "window": scene.region(wx, 0.07 * scene.h, ww, 0.42 * scene.h)},
        0.78,
    )  # fmt: skip


def cafe(scene: Scene) -> Layout:
    """A café: counter, blackboard menu, pendant lamps, small tables."""
    floor = shell(scene, (206, 160, 124), (150, 108, 80), panel=(116, 84, 68))
    easel = scene.easel
    wx, ww = scene.w * 0.07, min(0.30, scene.w * 0.3)
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
        vertical(cy, floor, lit(scene, (142, 94, 66)), lit(scene, (96, 62, 46))),
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
    tx, ty, tw = scene.w * 0.30, scene.h * 0.90, min(0.34, scene.w * 0.34)
    chair(scene, tx - tw * 0.55, ty - 0.035, 0.26, (110, 74, 56))
    chair(scene, tx + tw * 0.55, ty - 0.035, 0.26, (110, 74, 56))
    _round_table(scene, tx, ty, tw * 0.72, 0.15)
    return _indoors(
        scene, floor / scene.h,
        {"table": scene.region(tx - tw * 0.28, ty - 0.15 - 0.03, tw * 0.56, 0.045), "window": scene.region(wx, 0.14 * scene.h, ww, 0.3 * scene.h), "shelf": scene.region(bx + 0.2, cy - 0.07, 0.2, 0.06)},
        0.80,
    )  # fmt: skip


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
    return _indoors(
        scene, floor / scene.h,
        {"table": scene.region(tx - tw * 0.4, ty - 0.16 - tw * 0.12, tw * 0.66, tw * 0.1), "window": scene.region(wx, 0.11 * scene.h, ww, 0.28 * scene.h)},
        0.80,
    )  # fmt: skip


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
    bx, bw = scene.w * 0.30, 0.48 * scene.w
    easel.box(
        bx - 0.018, 0.12 * scene.h - 0.018, bw + 0.036, 0.29 * scene.h + 0.036, lit(scene, WOOD), radius=0.006
    )
    easel.box(
        bx,
        0.12 * scene.h,
        bw,
        0.29 * scene.h,
        vertical(0.12 * scene.h, 0.41 * scene.h, lit(scene, (44, 92, 78)), lit(scene, (60, 112, 94))),
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
    return _indoors(
        scene, floor / scene.h,
        {"wall": scene.region(bx + 0.03, 0.15 * scene.h, bw - 0.06, 0.22 * scene.h), "window": scene.region(wx, 0.12 * scene.h, ww, 0.3 * scene.h), "shelf": scene.region(scene.w * 0.85, floor - 0.30, 0.14, 0.09)},
        0.76,
    )  # fmt: skip


def office(scene: Scene) -> Layout:
    """A desk with a screen, a wide window on the town, shelves."""
    floor = shell(scene, (222, 228, 232), (150, 158, 170), boards=False)
    easel = scene.easel
    wx, ww = scene.w * 0.08, 0.50 * scene.w
    window(scene, wx, 0.08 * scene.h, ww, 0.36 * scene.h, panes=3, frame=(120, 130, 142))
    shelf(scene, scene.w * 0.68, 0.10 * scene.h, 0.27 * scene.w, 0.25, 2, color=(206, 188, 164))
    plant(scene, scene.w * 0.94, floor + 0.05, 0.36, (240, 240, 238))
    pool_of_light(scene, wx, ww * 0.6, floor)
    dx, dy, dw = scene.w * 0.40, scene.h * 0.86, min(0.60, scene.w * 0.6)
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
    _table_lamp(scene, dx - dw * 0.14, top + 0.01, 0.11)
    return _indoors(
        scene, floor / scene.h,
        {"table": scene.region(dx - dw * 0.42, dy - 0.17 - dw * 0.12, dw * 0.56, dw * 0.1), "window": scene.region(wx, 0.08 * scene.h, ww, 0.36 * scene.h), "shelf": scene.region(scene.w * 0.69, 0.03 * scene.h, 0.25, 0.07)},
        0.80,
    )  # fmt: skip


def bathroom(scene: Scene) -> Layout:
    """Tiles, a bath with foam, a basin and a mirror."""
    floor = shell(scene, (214, 234, 236), (236, 240, 242), boards=False, line=0.66)
    easel = scene.easel
    grout = skia.Path()
    for x in np.arange(0, scene.w, 0.075).tolist():
        grout.addRect(skia.Rect.MakeXYWH(x, 0.28 * scene.h, 0.0022, floor - 0.28 * scene.h - 0.026))
    for y in np.arange(0.28 * scene.h, floor - 0.03, 0.075).tolist():
        grout.addRect(skia.Rect.MakeXYWH(0, y, scene.w, 0.0022))
    easel.fill(grout, lit(scene, (246, 252, 252)), 0.9)
    easel.box(-0.01, 0.28 * scene.h - 0.02, scene.w + 0.02, 0.022, lit(scene, (110, 178, 186)))
    wx, ww = scene.w * 0.12, min(0.24, scene.w * 0.24)
    window(scene, wx, 0.07 * scene.h, ww, 0.24 * scene.h)
    mx = scene.w * 0.80
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
    bx, by, bw = scene.w * 0.36, floor + 0.14, min(0.62, scene.w * 0.62)
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
    return _indoors(
        scene, floor / scene.h,
        {"water": scene.region(bx - bw * 0.4, by - 0.26, bw * 0.8, 0.06), "bath": scene.region(bx - bw * 0.4, by - 0.26, bw * 0.8, 0.06), "window": scene.region(wx, 0.07 * scene.h, ww, 0.24 * scene.h)},
        0.86,
    )  # fmt: skip


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


def stage(scene: Scene) -> Layout:
    """Red curtains, boards, spotlights, footlights."""
    easel = scene.easel
    floor = scene.h * 0.66
    easel.box(-0.01, -0.01, scene.w + 0.02, floor + 0.02, vertical(0, floor, (34, 14, 40), (74, 26, 58)))
    easel.box(
        -0.01,
        floor,
        scene.w + 0.02,
        scene.h - floor + 0.01,
        vertical(floor, scene.h, (92, 56, 46), (150, 98, 68), (168, 112, 78)),
    )
    rng = scene.stream("stage")
    for i in range(round(14 * scene.w)):
        y = floor + (scene.h - floor) * (i / (14 * scene.w)) ** 1.5
        easel.box(-0.01, y, scene.w + 0.02, 0.001 + 0.003 * i / 14, (70, 40, 34), 0.55)
    red: RGB = (186, 30, 46)
    folds = round(22 * scene.w)
    step = scene.w / folds
    for i in range(folds):
        x = step * i
        away = abs(x + step / 2 - scene.w / 2) / (scene.w / 2)
        if away < 0.52:
            easel.box(
                x,
                -0.01,
                step + 0.002,
                floor + 0.01,
                linear((x, 0), (x + step, 0), (0, (60, 14, 40)), (0.5, (92, 22, 52)), (1, (54, 12, 36))),
            )
            continue
        tone = jitter(rng, red, 8)
        drop = floor + 0.05 - 0.008 * (i % 2)
        easel.box(
            x,
            -0.01,
            step + 0.002,
            drop + 0.01,
            linear(
                (x, 0),
                (x + step, 0),
                (0, darker(tone, 0.45)),
                (0.45, lighter(tone, 0.14)),
                (1, darker(tone, 0.5)),
            ),
        )
    _valance(scene, red)
    for x, target, color in (
        (0.2, 0.42, (255, 220, 150)),
        (0.8, 0.58, (255, 220, 150)),
        (0.5, 0.5, (255, 250, 230)),
    ):
        spotlight(scene, scene.w * x, 0.04, scene.w * target, scene.h * 0.82, color, 0.34)
    for i in range(round(11 * scene.w)):
        x = scene.w * (i + 0.5) / round(11 * scene.w)
        easel.disc(x, scene.h - 0.004, 0.022, (60, 44, 44))
        easel.glow(x, scene.h - 0.02, 0.06, (255, 214, 140), 0.6)
    light = Light("night", (0.0, -1.0), (1.12, 1.05, 0.94), (0.6, 0.5, 0.6), 0.42, 0.8)
    return Layout(
        horizon=0.66, surface="floor", ground_top=0.74, ground_bottom=0.94, indoors=True, light=light, haze=(80, 30, 60),
        anchors={"wall": (0.3, 0.18, 0.4, 0.36), "floor": (0.22, 0.72, 0.56, 0.22)},
    )  # fmt: skip


def _valance(scene: Scene, red: RGB) -> None:
    count = max(5, round(7 * scene.w))
    w = scene.w / count
    for i in range(count):
        x = w * i
        swag = skia.Path()
        swag.moveTo(x, -0.01)
        swag.lineTo(x, 0.06)
        swag.quadTo(x + w / 2, 0.19, x + w, 0.06)
        swag.lineTo(x + w, -0.01)
        swag.close()
        scene.easel.fill(swag, vertical(0, 0.14, darker(red, 0.4), lighter(red, 0.06), darker(red, 0.2)))
        hem = skia.Path()
        hem.moveTo(x, 0.06)
        hem.quadTo(x + w / 2, 0.19, x + w, 0.06)
        scene.easel.line(hem, 0.010, (236, 190, 96))
    _ = caustic_net
