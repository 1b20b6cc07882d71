"""Rooms people live in: room, living room, lounge, bedroom."""

from __future__ import annotations

import skia

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import polygon, vertical
from egaku.engines.illustrator.scenery.furniture import (
    floor_lamp,
    picture,
    plant,
    rug,
    shelf,
    sofa,
    table_lamp,
)
from egaku.engines.illustrator.scenery.interior import WOOD, indoors, lit, pool_of_light, shell, window
from egaku.engines.illustrator.scenery.palette import darker, lighter
from egaku.engines.illustrator.scenery.scene import Layout, Scene
from egaku.engines.illustrator.scenery.water import caustics

_WALLS: list[RGB] = [(236, 218, 196), (198, 218, 214), (226, 206, 214), (206, 216, 232), (232, 224, 188)]


_FLOORS: list[RGB] = [(196, 146, 104), (214, 176, 132), (166, 118, 86), (184, 150, 120)]
_CLOTHS: list[RGB] = [
    (92, 142, 150), (206, 112, 92), (110, 124, 170), (136, 160, 110), (236, 190, 120), (226, 150, 150),
    (240, 232, 220),
]  # fmt: skip


def _gallery(scene: Scene, x: float, y: float) -> None:
    """One to three pictures on the wall, or a shelf of books."""
    kind = int(scene.stream("gallery").integers(4))
    hues: list[RGB] = [(208, 120, 100), (96, 140, 120), (98, 150, 180), (190, 150, 90)]
    if kind == 3:
        shelf(scene, x, y + 0.02, 0.26, 0.22, 2)
        return
    sizes = (((0.22, 0.17),), ((0.15, 0.12), (0.12, 0.16)), ((0.10, 0.13), (0.10, 0.13), (0.10, 0.13)))[kind]
    for i, (w, h) in enumerate(sizes):
        picture(scene, x, y + 0.015 * (i % 2), w, h, hues[(i + kind) % 4])
        x += w + 0.03


def _wall(scene: Scene) -> RGB:
    return _WALLS[int(scene.stream("wall").integers(len(_WALLS)))]


def room(scene: Scene) -> Layout:
    """An airy room: window, plant, rug, a picture."""
    floor = shell(scene, _wall(scene), scene.pick("floor", _FLOORS), line=scene.vary("level", 0.61, 0.67))
    wx, ww = (
        scene.w * scene.vary("window", 0.08, 0.20),
        min(0.34, scene.w * 0.34) * scene.vary("pane", 0.8, 1.15),
    )
    window(scene, wx, 0.12 * scene.h, ww, 0.36 * scene.h, curtains=scene.pick("curtains", (*_CLOTHS, None)))
    pool_of_light(scene, wx, ww, floor)
    _gallery(scene, scene.w * 0.64, 0.12 * scene.h)
    rug(scene, scene.w * 0.5, scene.h * 0.83, min(0.36, scene.w * 0.36), 0.085, scene.pick("rug", _CLOTHS))
    plant(scene, scene.w * 0.91, floor + 0.06, 0.34)
    return indoors(scene, floor / scene.h, {"window": scene.region(wx, 0.12 * scene.h, ww, 0.36 * scene.h)})


def living_room(scene: Scene) -> Layout:
    """Sofa, window, lamp, shelf, rug."""
    floor = shell(scene, _wall(scene), scene.pick("floor", _FLOORS), line=scene.vary("level", 0.61, 0.67))
    wx, ww = (
        scene.w * scene.vary("window", 0.08, 0.14),
        min(0.30, scene.w * 0.3) * scene.vary("pane", 0.85, 1.2),
    )
    window(scene, wx, 0.10 * scene.h, ww, 0.32 * scene.h, curtains=scene.pick("curtains", _CLOTHS))
    _gallery(scene, scene.w * 0.54, 0.10 * scene.h)
    sx, sy, sw = scene.w * scene.vary("sofa at", 0.54, 0.60), floor + 0.07, min(0.50, scene.w * 0.5)
    sofa(scene, sx, sy, sw, scene.pick("sofa", _CLOTHS))
    pool_of_light(scene, wx, ww, floor)
    floor_lamp(scene, scene.w * 0.90, floor + 0.05, 0.46)
    plant(scene, scene.w * 0.06, floor + 0.06, 0.30)
    rug(scene, scene.w * 0.5, scene.h * 0.86, min(0.40, scene.w * 0.4), 0.08, scene.pick("rug", _CLOTHS))
    return indoors(
        scene,
        floor / scene.h,
        {
            "window": scene.region(wx, 0.10 * scene.h, ww, 0.32 * scene.h),
            "sofa": scene.region(sx - sw * 0.38, sy - sw * 0.40, sw * 0.76, sw * 0.22),
        },
        0.80,
    )


def lounge(scene: Scene) -> Layout:
    """A sunlit lounge with a pool let into its floor, as in the API's guide."""
    floor = shell(scene, (240, 226, 208), (214, 176, 138), line=0.52)
    wx, ww = scene.w * scene.vary("window", 0.06, 0.16), scene.w * scene.vary("pane", 0.40, 0.52)
    wy, wh = scene.vary("head", 0.06, 0.10) * scene.h, 0.32 * scene.h
    window(
        scene, wx, wy, ww, wh, panes=scene.pick("panes", (2, 3, 4)), curtains=scene.pick("curtains", _CLOTHS)
    )
    picture(scene, scene.w * 0.76, 0.12 * scene.h, 0.17, scene.vary("picture", 0.12, 0.2), (232, 150, 120))
    sx, sy, sw = scene.w * scene.vary("sofa at", 0.70, 0.77), floor + 0.06, min(0.38, scene.w * 0.38)
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
    easel.fill(rim, lit(scene, scene.pick("rim", ((252, 250, 246), (226, 196, 160), (196, 208, 214)))))
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
    return indoors(
        scene,
        floor / scene.h,
        {
            "window": scene.region(wx, wy, ww, wh),
            "sofa": scene.region(sx - sw * 0.38, sy - sw * 0.40, sw * 0.76, sw * 0.22),
            "pool": (0.5 - 0.27, 0.71, 0.54, 0.21),
            "water": (0.5 - 0.27, 0.71, 0.54, 0.21),
        },
        0.72,
    )


def _restore_outside(scene: Scene, before: Pixels, shape: skia.Path) -> None:
    canvas = scene.easel.canvas
    canvas.save()
    canvas.clipPath(shape, skia.ClipOp.kDifference, True)
    canvas.scale(1 / scene.easel.unit, 1 / scene.easel.unit)
    canvas.drawImage(skia.Image.fromarray(before, colorType=skia.kRGBA_8888_ColorType), 0, 0)
    canvas.restore()


def bedroom(scene: Scene) -> Layout:
    """A bed under a window, night table, lamp, rug."""
    floor = shell(
        scene,
        ((208, 214, 234), (232, 212, 214), (206, 224, 214))[int(scene.stream("wall").integers(3))],
        (200, 154, 114),
    )
    wx, ww = (
        scene.w * scene.vary("window", 0.07, 0.13),
        min(0.28, scene.w * 0.28) * scene.vary("pane", 0.75, 1.1),
    )
    window(scene, wx, 0.10 * scene.h, ww, 0.32 * scene.h, curtains=scene.pick("curtains", _CLOTHS))
    _gallery(scene, scene.w * 0.60, 0.12 * scene.h)
    easel = scene.easel
    bx, by, bw = scene.w * scene.vary("bed at", 0.64, 0.70), floor + 0.20, min(0.52, scene.w * 0.52)
    wood, sheet, cover = (
        lit(scene, WOOD),
        lit(scene, (250, 248, 244)),
        lit(scene, decor.accent(scene, scene.pick("cover", _CLOTHS))),
    )
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
    table_lamp(scene, tx, floor - 0.06, 0.13)
    pool_of_light(scene, wx, ww, floor)
    rug(scene, scene.w * 0.36, scene.h * 0.88, min(0.30, scene.w * 0.3), 0.07, (236, 200, 170))
    return indoors(
        scene,
        floor / scene.h,
        {
            "bed": scene.region(bx - bw * 0.44, floor + 0.01, bw * 0.88, 0.11),
            "window": scene.region(wx, 0.1 * scene.h, ww, 0.32 * scene.h),
            "table": scene.region(tx - 0.05, floor - 0.09, 0.1, 0.04),
        },
        0.84,
    )
