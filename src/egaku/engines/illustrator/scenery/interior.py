"""The shell of a room: walls, floor in perspective, window with its pool of light."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB, Light
from egaku.engines.illustrator.scenery.easel import circles, linear, polygon, rects, vertical
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix, times
from egaku.engines.illustrator.scenery.scene import Layout, Scene

WOOD: RGB = (190, 138, 94)


def lit(scene: Scene, color: RGB) -> RGB:
    """A colour indoors: lamps and walls soften what the hour does outside."""
    if scene.air.night:
        return times(mix(color, scene.paint(color), 0.30), (1.0, 0.91, 0.78))
    return mix(color, scene.paint(color), 0.0 if scene.air.time == "day" else 0.42)


def room_light(scene: Scene) -> Light:
    """Soft light from the window by day, from lamps by night."""
    if scene.air.night:
        return Light("night", (0.3, -0.954), (1.0, 0.90, 0.76), (0.70, 0.64, 0.66), 0.30, 0.8)
    tint = scene.air.light
    soft = (1 + (tint[0] - 1) * 0.6, 1 + (tint[1] - 1) * 0.6, 1 + (tint[2] - 1) * 0.6)
    return Light(scene.air.time, (-0.5, -0.866), soft, (0.84, 0.82, 0.82), 0.28, 0.2)


def shell(
    scene: Scene,
    wall: RGB,
    floor: RGB,
    *,
    line: float = 0.64,
    boards: bool = True,
    panel: RGB | None = None,
    papered: bool = True,
) -> float:
    """Back wall and floor; returns the y of their meeting in units. `panel` clads the wall's lower part."""
    easel = scene.easel
    y = scene.h * (line + scene.vary("eye level", -0.03, 0.02))
    wall, floor = decor.wall(scene, wall), decor.floor(scene, floor)
    tone = lit(scene, wall)
    easel.box(
        -0.01, -0.01, scene.w + 0.02, y + 0.02, vertical(0, y, darker(tone, 0.10), tone, lighter(tone, 0.10))
    )
    if papered:
        decor.paper(scene, y, tone)
    corner = linear(
        (0, 0),
        (scene.w, 0),
        (0, (20, 16, 40), 0.22),
        (0.18, (20, 16, 40), 0),
        (0.82, (20, 16, 40), 0),
        (1, (20, 16, 40), 0.22),
    )
    easel.box(-0.01, -0.01, scene.w + 0.02, y + 0.02, corner)
    if panel is not None:
        wainscot(scene, y, 0.2, panel)
    ground = lit(scene, floor)
    easel.box(
        -0.01,
        y,
        scene.w + 0.02,
        scene.h - y + 0.01,
        vertical(y, scene.h, darker(ground, 0.16), ground, lighter(ground, 0.08)),
    )
    (_boards if boards else _tiles)(scene, y, floor)
    easel.box(
        -0.01,
        y,
        scene.w + 0.02,
        0.03,
        linear((0, y), (0, y + 0.03), (0, (20, 12, 30), 0.35), (1, (20, 12, 30), 0)),
    )
    skirting = lit(scene, lighter(wall, 0.5))
    easel.box(
        -0.01, y - 0.026, scene.w + 0.02, 0.028, vertical(y - 0.026, y, skirting, darker(skirting, 0.18))
    )
    return y


def wainscot(scene: Scene, y: float, height: float, color: RGB) -> None:
    """Panelling on the lower wall."""
    tone = lit(scene, color)
    scene.easel.box(
        -0.01, y - height, scene.w + 0.02, height, vertical(y - height, y, tone, darker(tone, 0.12))
    )
    scene.easel.box(-0.01, y - height - 0.008, scene.w + 0.02, 0.014, lighter(tone, 0.25))
    panels = [(x, y - height + 0.03, 0.15, height - 0.075) for x in np.arange(0.02, scene.w, 0.18).tolist()]
    for box in panels:
        scene.easel.line(skia.Path.Rect(skia.Rect.MakeXYWH(*box)), 0.004, darker(tone, 0.2), 0.6)


def _boards(scene: Scene, top: float, floor: RGB) -> None:
    """Floorboards running towards the back wall, each a little different, with butt joints."""
    rng = scene.stream("boards")
    easel = scene.easel
    vp = (scene.w / 2, top - 0.42 * scene.h)
    near = scene.h + 0.01
    shrink = (top - vp[1]) / (near - vp[1])
    width = 0.15
    count = int(scene.w / 2 / width / shrink) + 2
    seams, joints = skia.Path(), skia.Path()
    for i in range(-count, count):
        a, b = vp[0] + i * width, vp[0] + (i + 1) * width
        fa, fb = vp[0] + i * width * shrink, vp[0] + (i + 1) * width * shrink
        tone = lit(scene, jitter(rng, floor, 18))
        easel.fill(polygon([(fa, top), (fb, top), (b, near), (a, near)]), tone, 0.45)
        seams.addPath(polygon([(fa - 0.0006, top), (fa + 0.0006, top), (a + 0.002, near), (a - 0.002, near)]))
        for t in (rng.uniform(0.05, 0.4), rng.uniform(0.5, 0.95)):
            z = shrink / (shrink + (1 - shrink) * (1 - t)) if t < 1 else 1.0
            y = vp[1] + (near - vp[1]) * z
            joints.addPath(
                polygon(
                    [
                        (vp[0] + i * width * z, y),
                        (vp[0] + (i + 1) * width * z, y),
                        (vp[0] + (i + 1) * width * z, y + 0.003 * z),
                        (vp[0] + i * width * z, y + 0.003 * z),
                    ]
                )
            )
    easel.fill(seams, lit(scene, darker(floor, 0.45)), 0.75)
    easel.fill(joints, lit(scene, darker(floor, 0.45)), 0.6)


def _tiles(scene: Scene, top: float, floor: RGB) -> None:
    """Square tiles in perspective, light and dark."""
    easel = scene.easel
    vp = (scene.w / 2, top - 0.40 * scene.h)
    near = scene.h + 0.01
    shrink = (top - vp[1]) / (near - vp[1])
    width, rows = 0.20, 6
    count = int(scene.w / 2 / width / shrink) + 2
    depths = [shrink / (shrink + (1 - shrink) * (1 - k / rows)) for k in range(rows + 1)]
    dark = skia.Path()
    for k in range(rows):
        for i in range(-count, count):
            if (i + k) % 2:
                z0, z1 = depths[k], depths[k + 1]
                dark.addPath(
                    polygon(
                        [
                            (vp[0] + i * width * z, vp[1] + (near - vp[1]) * z)
                            for i, z in ((i, z0), (i + 1, z0), (i + 1, z1), (i, z1))
                        ]
                    )
                )
    easel.fill(dark, lit(scene, darker(floor, 0.22)), 0.6)


def view(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    """What is seen through a window: sky, cloud, hills or a lit town."""
    easel = scene.easel
    canvas = easel.canvas
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(x, y, w, h), doAntiAlias=True)
    stops = [(at, c) for at, c in scene.air.sky]
    easel.box(x, y, w, h, linear((0, y), (0, y + h * 0.8), *stops))
    rng = scene.stream("view")
    if scene.air.night:
        easel.disc(x + w * 0.72, y + h * 0.22, min(w, h) * 0.09, (250, 246, 226))
        dots = circles((x + rng.random() * w, y + rng.random() * h * 0.6, 0.0018) for _ in range(30))
        easel.fill(dots, (255, 255, 255), 0.8)
    elif scene.air.disc > 0.5:
        cx, cy = x + w * 0.7, y + h * (0.24 if scene.air.elevation > 0.5 else 0.56)
        easel.glow(cx, cy, w * 0.5, scene.air.sun, 0.7)
        easel.disc(cx, cy, min(w, h) * 0.07, scene.air.sun)
    for cx, cy, s in ((0.25, 0.3, 0.16), (0.62, 0.42, 0.11)):
        puffs = [
            (x + w * cx + dx * s * w, y + h * cy + dy * s * w, r * s * w)
            for dx, dy, r in ((-0.7, 0, 0.4), (0, -0.2, 0.6), (0.7, 0, 0.42), (0.2, 0.1, 0.4))
        ]
        easel.fill(circles(puffs), scene.air.cloud_lit, 0.75)
    decor.outlook(scene, x, y, w, h)
    canvas.restore()


def window(
    scene: Scene,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    curtains: RGB | None = None,
    panes: int = 2,
    frame: RGB = (250, 247, 242),
) -> None:
    """A window with frame, sill and perhaps curtains."""
    easel = scene.easel
    white = lit(scene, frame)
    easel.box(x - 0.024, y - 0.024, w + 0.048, h + 0.048, darker(white, 0.12), radius=0.006)
    easel.box(x - 0.018, y - 0.018, w + 0.036, h + 0.036, white, radius=0.005)
    view(scene, x, y, w, h)
    glare = polygon(
        [(x + w * 0.1, y), (x + w * 0.34, y), (x + w * 0.08, y + h), (x, y + h), (x, y + h * 0.4)]
    )
    easel.fill(glare, (255, 255, 255), 0.10)
    bars = [(x + w * k / panes - 0.006, y, 0.012, h) for k in range(1, panes)] + [(x, y + h * 0.42, w, 0.011)]
    easel.fill(rects(bars), white)
    easel.box(
        x - 0.04,
        y + h + 0.016,
        w + 0.08,
        0.022,
        vertical(y + h, y + h + 0.04, white, darker(white, 0.2)),
        radius=0.004,
    )
    if curtains is not None:
        for side in (0, 1):
            _curtain(scene, x - 0.075 if side == 0 else x + w - 0.035, y - 0.06, 0.11, h + 0.16, curtains)
        rod = lit(scene, (120, 88, 66))
        easel.box(x - 0.11, y - 0.068, w + 0.22, 0.012, rod, radius=0.006)


def _curtain(scene: Scene, x: float, y: float, w: float, h: float, color: RGB) -> None:
    tone = lit(scene, decor.accent(scene, color))
    folds = 5
    for i in range(folds):
        a = x + w * i / folds
        shade = linear(
            (a, 0),
            (a + w / folds, 0),
            (0, darker(tone, 0.22)),
            (0.45, lighter(tone, 0.14)),
            (1, darker(tone, 0.16)),
        )
        scene.easel.box(a, y, w / folds + 0.001, h - 0.012 * (i % 2), shade, radius=0.004)


def pool_of_light(scene: Scene, x: float, w: float, floor: float) -> None:
    """The window's light lying on the floor, panes and all, slanting away from the sun."""
    if scene.air.disc < 0.3:
        return
    color = (200, 214, 255) if scene.air.night else mix(scene.air.sun, (255, 244, 214), 0.5)
    strength = 0.10 if scene.air.night else 0.40
    for k in range(2):
        a, b = x + w * (0.02 + 0.5 * k), x + w * (0.46 + 0.5 * k)
        top, low, slant = floor + 0.06, min(scene.h * 0.98, floor + 0.26), 0.22
        quad = polygon(
            [(a + slant * 0.3, top), (b + slant * 0.3, top), (b + slant + 0.03, low), (a + slant + 0.02, low)]
        )
        scene.easel.fill(
            quad, linear((0, top), (0, low), (0, color, 1), (1, color, 0.55)), strength, blur=0.006
        )


def indoors(
    scene: Scene, line: float, anchors: dict[str, tuple[float, float, float, float]], top: float = 0.74
) -> Layout:
    return Layout(
        horizon=line,
        surface="floor",
        ground_top=max(top, line + 0.03),
        ground_bottom=0.96,
        indoors=True,
        light=room_light(scene),
        haze=lit(scene, (214, 200, 190)),
        anchors={
            "wall": (0.3, 0.06, 0.4, line - 0.2),
            "floor": (0.08, line + 0.06, 0.84, 0.92 - line),
            **anchors,
        },
    )
