"""Old stone and wood: castle, pagoda, torii, columns."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.buildings import LAMP, lamps_on
from egaku.engines.illustrator.scenery.easel import circles, linear, polygon, rect, rects, vertical
from egaku.engines.illustrator.scenery.palette import darker, lighter
from egaku.engines.illustrator.scenery.scene import Scene


def keep(scene: Scene, x: float, y: float, size: float, depth: float = 0.1) -> None:
    """A castle: curtain wall, four towers with pointed roofs, flags, a gate."""
    easel = scene.easel
    stone: RGB = scene.pick("stone", ((196, 190, 196), (222, 206, 180), (168, 172, 184), (230, 214, 214)))
    roof: RGB = scene.pick("roof", ((86, 104, 168), (176, 76, 74), (74, 132, 124), (132, 90, 156)))
    for dx, w, h in ((-0.20, 0.15, 0.86), (0.20, 0.15, 0.80), (0.0, 0.20, 1.04)):
        _turret(
            scene, x + dx * size, y - size * 0.2, w * size, h * size - size * 0.2, stone, roof, depth + 0.06
        )
    _battlement(scene, x - size * 0.42, y, size * 0.84, size * 0.36, stone, depth)
    for dx in (-0.46, 0.46):
        _turret(scene, x + dx * size, y, size * 0.19, size * 0.56, stone, roof, depth)
    gate = size * 0.17
    dark = scene.paint((66, 50, 46), depth)
    arch = skia.Path()
    arch.addRRect(
        skia.RRect.MakeRectXY(
            skia.Rect.MakeXYWH(x - gate / 2, y - gate * 1.25, gate, gate * 1.6), gate / 2, gate / 2
        )
    )
    easel.canvas.save()
    easel.canvas.clipRect(skia.Rect.MakeLTRB(0, 0, scene.w, y), doAntiAlias=True)
    easel.fill(arch, scene.paint(darker(stone, 0.45), depth))
    easel.fill(rect(x - gate * 0.4, y - gate * 1.12, gate * 0.8, gate * 1.5, gate * 0.4), dark)
    easel.canvas.restore()


def _battlement(scene: Scene, x: float, y: float, w: float, h: float, stone: RGB, depth: float) -> None:
    easel = scene.easel
    tone = vertical(
        y - h, y, scene.paint(lighter(stone, 0.12), depth), scene.paint(darker(stone, 0.22), depth)
    )
    easel.box(x, y - h, w, h, tone)
    teeth = 11
    easel.fill(
        rects(
            (x + w * (i + 0.15) / teeth, y - h - w * 0.042, w / teeth * 0.6, w * 0.05) for i in range(teeth)
        ),
        scene.paint(lighter(stone, 0.12), depth),
    )
    _bricks(scene, x, y, w, h, stone, depth)
    if snow.lies(scene):
        for i in range(teeth):
            a, top = x + w * (i + 0.2) / teeth, y - h - w * 0.042
            snow.load(scene, [(a, top), (a + w / teeth * 0.5, top)], w * 0.022, depth)


def _bricks(scene: Scene, x: float, y: float, w: float, h: float, stone: RGB, depth: float) -> None:
    rng = np.random.default_rng(round(x * 9999) & 0xFFFF)
    bricks = [
        (x + rng.random() * w * 0.92, y - rng.random() * h * 0.94, w * 0.05, w * 0.018)
        for _ in range(round(30 * h / max(w, 0.05)))
    ]
    scene.easel.fill(rects(bricks), scene.paint(darker(stone, 0.25), depth), 0.5)


def _turret(
    scene: Scene, x: float, y: float, w: float, h: float, stone: RGB, roof: RGB, depth: float
) -> None:
    easel = scene.easel
    side = 1 if scene.sun[0] > x else -1

    def round_shade(color: RGB) -> skia.Shader:
        return linear(
            (x + side * w / 2, 0),
            (x - side * w / 2, 0),
            (0, scene.paint(lighter(color, 0.16), depth)),
            (0.45, scene.paint(color, depth)),
            (1, scene.paint(darker(color, 0.4), depth)),
        )

    easel.box(x - w / 2, y - h, w, h, round_shade(stone))
    _bricks(scene, x - w / 2, y, w, h, stone, depth)
    easel.box(x - w * 0.6, y - h - w * 0.04, w * 1.2, w * 0.2, round_shade(darker(stone, 0.12)))
    tip = y - h - w * 1.35
    easel.fill(polygon([(x - w * 0.68, y - h), (x, tip), (x + w * 0.68, y - h)]), round_shade(roof))
    if snow.lies(scene):
        _white_cone(scene, x, tip, w, y - h, depth)
    easel.box(x - w * 0.02, tip - w * 0.36, w * 0.04, w * 0.4, scene.paint((90, 80, 80), depth))
    easel.fill(
        polygon([(x, tip - w * 0.36), (x + w * 0.42, tip - w * 0.24), (x, tip - w * 0.1)]),
        scene.paint((222, 66, 72), depth),
    )
    lit = lamps_on(scene) > 0.15
    pane = scene.paint((70, 74, 98), depth) if not lit else LAMP
    easel.box(x - w * 0.1, y - h * 0.78, w * 0.2, w * 0.42, pane, radius=w * 0.1)


def _white_cone(scene: Scene, x: float, tip: float, w: float, eave: float, depth: float) -> None:
    """Snow on a pointed roof, ragged above the eave."""
    lit, shade = snow.tones(scene, depth)
    cap = skia.Path()
    cap.moveTo(x, tip - w * 0.03)
    fall = (eave - tip) * 0.8
    cap.lineTo(x + w * 0.57, tip + fall)
    for k in range(4):
        b = x + w * (0.57 - 0.285 * (k + 1))
        cap.quadTo(b + w * 0.14, tip + fall + w * (0.16 if k % 2 else 0.02), b, tip + fall)
    cap.close()
    ends = ((0, lit), (1, shade)) if scene.sun[0] <= x else ((0, shade), (1, lit))
    scene.easel.fill(cap, linear((x - w * 0.6, 0), (x + w * 0.6, 0), *ends))


def pagoda(scene: Scene, x: float, y: float, size: float, depth: float = 0.08, tiers: int = 3) -> None:
    """A temple of several roofs with upturned eaves; its middle at x, its foot at y."""
    easel = scene.easel
    red: RGB = scene.pick("timber", ((196, 62, 50), (150, 88, 58), (206, 92, 48)))
    slate: RGB = scene.pick("slate", ((74, 84, 104), (62, 112, 110), (96, 78, 72)))
    easel.shade(x, y, size * 0.55, size * 0.03, 0.3)
    easel.box(x - size * 0.46, y - size * 0.07, size * 0.92, size * 0.07, scene.paint((196, 190, 182), depth))
    base = y - size * 0.07
    lit = lamps_on(scene) > 0.1
    for i in range(tiers):
        grow = 1 - 0.22 * i
        w, h = size * 0.60 * grow, size * 0.22 * grow
        easel.box(
            x - w / 2,
            base - h,
            w,
            h,
            vertical(base - h, base, scene.paint(darker(red, 0.3), depth), scene.paint(red, depth)),
        )
        panels = rects((x - w * 0.42 + w * 0.215 * k, base - h * 0.82, w * 0.17, h * 0.74) for k in range(4))
        easel.fill(panels, (255, 220, 150) if lit else scene.paint((250, 236, 206), depth))
        base -= h
        eave, rise = w * 0.78, size * 0.13 * grow
        roof = skia.Path()
        roof.moveTo(x - eave, base - rise * 0.12)
        roof.quadTo(x - w * 0.5, base + rise * 0.10, x, base + rise * 0.10)
        roof.quadTo(x + w * 0.5, base + rise * 0.10, x + eave, base - rise * 0.12)
        roof.quadTo(x + w * 0.42, base - rise * 0.35, x + w * 0.30, base - rise)
        roof.lineTo(x - w * 0.30, base - rise)
        roof.quadTo(x - w * 0.42, base - rise * 0.35, x - eave, base - rise * 0.12)
        roof.close()
        easel.fill(
            roof,
            vertical(
                base - rise,
                base,
                scene.paint(lighter(slate, 0.2), depth),
                scene.paint(darker(slate, 0.3), depth),
            ),
        )
        if snow.lies(scene):
            slope = [
                (x + side * eave * u, base - rise * (0.12 + 0.3 * (1 - u) * 1.8))
                for side, u in ((-1, 1.0), (-1, 0.8), (-1, 0.55), (1, 0.55), (1, 0.8), (1, 1.0))
            ]
            snow.load(scene, slope, rise * 0.42, depth)
        base -= rise
    easel.box(
        x - size * 0.012, base - size * 0.16, size * 0.024, size * 0.17, scene.paint((220, 176, 82), depth)
    )
    easel.fill(
        circles([(x, base - size * 0.1, size * 0.022), (x, base - size * 0.16, size * 0.016)]),
        scene.paint((236, 196, 96), depth),
    )


def torii(scene: Scene, x: float, y: float, size: float, depth: float = 0.0) -> None:
    """A red gate."""
    easel = scene.easel
    red: RGB = (214, 70, 50)
    for dx in (-0.36, 0.36):
        easel.shade(x + dx * size, y, size * 0.1, size * 0.018, 0.3)
        easel.box(
            x + (dx - 0.04) * size,
            y - size * 0.86,
            size * 0.08,
            size * 0.86,
            linear(
                (x + (dx - 0.04) * size, 0),
                (x + (dx + 0.04) * size, 0),
                (0, scene.paint(lighter(red, 0.16), depth)),
                (1, scene.paint(darker(red, 0.35), depth)),
            ),
        )
        easel.box(
            x + (dx - 0.055) * size,
            y - size * 0.05,
            size * 0.11,
            size * 0.05,
            scene.paint((60, 56, 62), depth),
        )
    easel.box(
        x - size * 0.45, y - size * 0.70, size * 0.9, size * 0.065, scene.paint(darker(red, 0.12), depth)
    )
    easel.box(
        x - size * 0.035, y - size * 0.82, size * 0.07, size * 0.13, scene.paint(darker(red, 0.2), depth)
    )
    for lift, tone, over in ((0.86, red, 0.50), (0.91, (52, 50, 60), 0.54)):
        beam = skia.Path()
        beam.moveTo(x - over * size, y - (lift + 0.05) * size)
        beam.quadTo(x, y - (lift - 0.02) * size, x + over * size, y - (lift + 0.05) * size)
        beam.lineTo(x + (over - 0.03) * size, y - (lift - 0.025) * size)
        beam.quadTo(x, y - (lift - 0.085) * size, x - (over - 0.03) * size, y - (lift - 0.025) * size)
        beam.close()
        easel.fill(beam, scene.paint(tone, depth))


def column(
    scene: Scene, rng: np.random.Generator, x: float, y: float, h: float, *, broken: bool, depth: float = 0.0
) -> None:
    """A fluted column, whole or broken off."""
    easel = scene.easel
    marble: RGB = (232, 224, 208)
    w = h * 0.16
    side = 1 if scene.sun[0] > x else -1
    tone = linear(
        (x + side * w * 0.5, 0),
        (x - side * w * 0.5, 0),
        (0, scene.paint(lighter(marble, 0.3), depth)),
        (1, scene.paint(darker(marble, 0.42), depth)),
    )
    easel.shade(x - side * w * 0.4, y, w * 1.2, w * 0.16, 0.35)
    top = y - h * (rng.uniform(0.45, 0.75) if broken else 1)
    crown = [(x - w / 2, top), (x + w / 2, top)]
    if broken:
        crown = [
            (x - w / 2, top + w * 0.3),
            (x - w * 0.2, top),
            (x + w * 0.06, top + w * 0.34),
            (x + w * 0.3, top - w * 0.12),
            (x + w / 2, top + w * 0.24),
        ]
    easel.fill(polygon([(x - w * 0.54, y), *crown, (x + w * 0.54, y)]), tone)
    flutes = [
        (x + w * k - w * 0.03, top + w * 0.45, w * 0.06, y - top - w * 0.5)
        for k in (-0.32, -0.11, 0.11, 0.32)
    ]
    easel.fill(rects(flutes), scene.paint(darker(marble, 0.35), depth), 0.5)
    easel.box(x - w * 0.75, y - w * 0.22, w * 1.5, w * 0.24, tone, radius=w * 0.05)
    if not broken:
        easel.box(x - w * 0.72, top - w * 0.2, w * 1.44, w * 0.24, tone, radius=w * 0.05)
