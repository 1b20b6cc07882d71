"""Buildings of a town: towers with windows, cottages, street lamps."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import linear, polygon, rects, vertical
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene

LAMP: RGB = (255, 214, 132)


_GLASS: RGB = (150, 190, 222)


def lamps_on(scene: Scene) -> float:
    """Part of the windows that are lit, 0 … 1."""
    return {"night": 0.62, "sunset": 0.36, "dawn": 0.2, "golden hour": 0.1}.get(scene.air.time, 0.0)


def skyline(scene: Scene, name: str, base: float, height: float, color: RGB, depth: float) -> None:
    """A row of towers across the picture, `height` at most, with windows."""
    rng = scene.stream(name)
    x = -0.03
    while x < scene.w + 0.02:
        w = height * rng.uniform(0.16, 0.36)
        middle = 1 - abs((x + w / 2) / scene.w - 0.5) * 1.1
        h = height * rng.uniform(0.34, 0.72) * (0.6 + 0.55 * middle)
        tower(scene, rng, x, base, w, h, jitter(rng, color, 16), depth)
        x += w * rng.uniform(0.86, 1.12)


def tower(
    scene: Scene,
    rng: np.random.Generator,
    x: float,
    base: float,
    w: float,
    h: float,
    color: RGB,
    depth: float,
) -> None:
    """One high-rise: body lit from the sun's side, a top of some shape, a grid of windows."""
    easel = scene.easel
    top = base - h
    right = scene.sun[0] > x
    a, b = scene.paint(lighter(color, 0.12), depth), scene.paint(darker(color, 0.26), depth)
    body = linear((x, 0), (x + w, 0), (0, b if right else a), (1, a if right else b))
    kind = int(rng.integers(5))
    if kind == 0:
        easel.box(x + w * 0.2, top - h * 0.07, w * 0.6, h * 0.08, body)
    elif kind == 1:
        easel.fill(polygon([(x, top + 0.001), (x + w / 2, top - h * 0.16), (x + w, top + 0.001)]), body)
    elif kind == 2:
        easel.box(x + w * 0.47, top - h * 0.2, w * 0.06, h * 0.21, b)
    elif kind == 3:
        easel.fill(
            polygon([(x, top + 0.001), (x, top - h * 0.05), (x + w, top - h * 0.14), (x + w, top + 0.001)]),
            body,
        )
    easel.box(x, top, w, h + 0.004, body)
    _windows(scene, rng, x, top, w, h, depth)


def _windows(
    scene: Scene, rng: np.random.Generator, x: float, top: float, w: float, h: float, depth: float
) -> None:
    columns = max(2, round(w / 0.020))
    step = w / (columns + 0.6)
    rows = max(2, int(h * 0.94 / (step * 1.25)))
    lit: list[tuple[float, float, float, float]] = []
    cool: list[tuple[float, float, float, float]] = []
    share = lamps_on(scene)
    draws = rng.random((rows, columns))
    for r in range(rows):
        for c in range(columns):
            pane = (x + step * (0.5 + c), top + step * (0.6 + 1.25 * r), step * 0.56, step * 0.72)
            if draws[r, c] < share:
                lit.append(pane)
            else:
                cool.append(pane)
    scene.easel.fill(rects(cool), scene.paint(_GLASS, depth), 0.55 if not scene.air.night else 0.3)
    if lit:
        scene.easel.fill(rects(lit), mix(LAMP, scene.air.haze, depth * 0.6), 0.95)


def cottage(scene: Scene, rng: np.random.Generator, x: float, y: float, w: float, depth: float = 0.0) -> None:
    """A house with a gabled roof, door, windows and a smoking chimney; its middle at x, its foot at y."""
    easel = scene.easel
    wall: RGB = ((250, 232, 204), (244, 214, 196), (226, 234, 238), (250, 224, 168), (214, 228, 212))[
        int(rng.integers(5))
    ]
    tiles: RGB = ((196, 84, 66), (168, 92, 74), (92, 108, 140), (206, 120, 70))[int(rng.integers(4))]
    h = w * rng.uniform(0.55, 0.72)
    left, top = x - w / 2, y - h
    easel.shade(x, y, w * 0.62, w * 0.045, 0.32 * (1 - depth))
    chimney = left + w * 0.7
    easel.box(chimney, top - w * 0.42, w * 0.1, w * 0.3, scene.paint(darker(tiles, 0.2), depth))
    for i in range(3):
        easel.disc(
            chimney + w * (0.06 + 0.05 * i),
            top - w * (0.5 + 0.13 * i),
            w * (0.05 + 0.025 * i),
            scene.paint((240, 240, 244), depth),
            0.4 - 0.1 * i,
            blur=w * 0.012,
        )
    easel.box(
        left, top, w, h, vertical(top, y, scene.paint(wall, depth), scene.paint(darker(wall, 0.2), depth))
    )
    roof = polygon(
        [(left - w * 0.09, top + w * 0.02), (x, top - w * 0.46), (left + w * 1.09, top + w * 0.02)]
    )
    easel.fill(
        roof,
        vertical(
            top - w * 0.46,
            top,
            scene.paint(lighter(tiles, 0.14), depth),
            scene.paint(darker(tiles, 0.2), depth),
        ),
    )
    if snow.lies(scene):
        white, cold = snow.tones(scene, depth)
        cap = skia.Path()
        cap.moveTo(left - w * 0.12, top + w * 0.03)
        cap.lineTo(x, top - w * 0.51)
        cap.lineTo(left + w * 1.12, top + w * 0.03)
        for k in range(6):  # scallops where the snow hangs over the eave
            a = left + w * (1.12 - 1.24 * (k + 1) / 6)
            cap.quadTo(a + w * 0.10, top + w * 0.01 - w * (0.09 if k % 2 else 0.02), a, top + w * 0.03)
        cap.close()
        easel.fill(cap, vertical(top - w * 0.5, top + w * 0.04, white, mix(white, cold, 0.6)))
        snow.load(scene, [(chimney, top - w * 0.43), (chimney + w * 0.1, top - w * 0.43)], w * 0.05, depth)
        for side in (-0.52, 0.52):
            snow.mound(scene, x + side * w, y + w * 0.02, w * 0.2, depth)
    easel.line(
        polygon([(left - w * 0.09, top + w * 0.02), (left + w * 1.09, top + w * 0.02)], closed=False),
        w * 0.02,
        scene.paint(darker(tiles, 0.5), depth),
    )
    door = left + w * 0.42
    easel.box(
        door,
        y - h * 0.62,
        w * 0.17,
        h * 0.62,
        scene.paint(jitter(rng, (136, 88, 66), 14), depth),
        radius=w * 0.02,
    )
    easel.disc(door + w * 0.135, y - h * 0.3, w * 0.012, scene.paint((240, 210, 120), depth))
    for wx in (0.12, 0.70):
        house_window(
            scene, left + w * wx, y - h * 0.68, w * 0.19, w * 0.19, depth, lit=lamps_on(scene) > 0.15
        )


def house_window(scene: Scene, x: float, y: float, w: float, h: float, depth: float, *, lit: bool) -> None:
    """A framed window with a cross; warm when somebody is at home."""
    easel = scene.easel
    frame = scene.paint((250, 248, 244), depth)
    easel.box(x - w * 0.09, y - h * 0.09, w * 1.18, h * 1.18, frame, radius=w * 0.04)
    glass = (
        vertical(y, y + h, LAMP, (255, 180, 96))
        if lit
        else vertical(y, y + h, scene.paint((120, 168, 206), depth), scene.paint((180, 214, 236), depth))
    )
    easel.box(x, y, w, h, glass)
    easel.box(x + w * 0.45, y, w * 0.1, h, frame)
    easel.box(x, y + h * 0.45, w, h * 0.1, frame)
    if lit and scene.air.night:
        easel.glow(x + w / 2, y + h / 2, w * 1.9, LAMP, 0.35)


def street_lamp(scene: Scene, x: float, y: float, h: float, depth: float = 0.0) -> None:
    """A lantern on a post, burning from dusk to dawn."""
    easel = scene.easel
    iron = scene.paint((52, 58, 70), depth)
    easel.shade(x, y, h * 0.07, h * 0.012, 0.3)
    easel.box(x - h * 0.012, y - h * 0.86, h * 0.024, h * 0.86, iron)
    easel.box(x - h * 0.035, y - h * 0.06, h * 0.07, h * 0.06, iron, radius=h * 0.01)
    lit = lamps_on(scene) > 0.1
    head = polygon(
        [
            (x - h * 0.035, y - h * 0.86),
            (x - h * 0.055, y - h * 0.97),
            (x + h * 0.055, y - h * 0.97),
            (x + h * 0.035, y - h * 0.86),
        ]
    )
    easel.fill(head, (255, 240, 196) if lit else scene.paint((226, 232, 236), depth))
    easel.fill(
        polygon([(x - h * 0.065, y - h * 0.965), (x, y - h * 1.03), (x + h * 0.065, y - h * 0.965)]), iron
    )
    if snow.lies(scene):
        snow.load(
            scene,
            [(x - h * 0.05, y - h * 0.985), (x, y - h * 1.03), (x + h * 0.05, y - h * 0.985)],
            h * 0.03,
            depth,
        )
    if lit:
        easel.glow(x, y - h * 0.92, h * 0.42, LAMP, 0.75)
