"""Furniture: sofa, table, chair, lamps, plant, picture, bookcase, cupboards, rug."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import skia

from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.buildings import LAMP
from egaku.engines.illustrator.scenery.easel import ellipse, linear, polygon, radial, rects, vertical
from egaku.engines.illustrator.scenery.interior import WOOD, lit
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene


def lamp_glow(scene: Scene, x: float, y: float, r: float) -> None:
    """Warm light round a lamp, when it is on."""
    if scene.air.glow > 0.2:
        scene.easel.glow(x, y, r, LAMP, 0.75 * scene.air.glow + 0.1)


def rug(scene: Scene, x: float, y: float, rx: float, ry: float, color: RGB) -> None:
    """An oval rug with two borders."""
    easel, tone = scene.easel, lit(scene, decor.accent(scene, color))
    easel.fill(ellipse(x, y + 0.005, rx, ry), (30, 18, 30), 0.25, blur=0.006)
    easel.fill(ellipse(x, y, rx, ry), vertical(y - ry, y + ry, darker(tone, 0.1), lighter(tone, 0.08)))
    for grow, width in ((0.90, 0.008), (0.80, 0.004)):
        easel.line(ellipse(x, y, rx * grow, ry * grow), width, lighter(tone, 0.45), 0.8)


def sofa(scene: Scene, x: float, y: float, w: float, color: RGB) -> None:
    """A sofa with cushions; its middle at x, its feet at y."""
    easel, tone = scene.easel, lit(scene, decor.accent(scene, color))
    h = w * 0.42
    top, low = lighter(tone, 0.14), darker(tone, 0.26)
    easel.shade(x, y, w * 0.54, w * 0.04, 0.4)
    for dx in (-0.42, 0.42):
        easel.box(x + dx * w - w * 0.02, y - h * 0.13, w * 0.04, h * 0.13, lit(scene, darker(WOOD, 0.4)))
    easel.box(
        x - w * 0.44, y - h, w * 0.88, h * 0.72, vertical(y - h, y - h * 0.3, top, tone, low), radius=w * 0.05
    )
    for k in (-1, 0):
        easel.box(
            x + k * w * 0.42,
            y - h * 0.92,
            w * 0.42,
            h * 0.5,
            vertical(y - h, y - h * 0.45, lighter(tone, 0.2), tone),
            radius=w * 0.035,
        )
    for k in (-1, 0):
        easel.box(
            x + k * w * 0.42,
            y - h * 0.54,
            w * 0.42,
            h * 0.26,
            vertical(y - h * 0.54, y - h * 0.28, lighter(tone, 0.26), darker(tone, 0.08)),
            radius=w * 0.03,
        )
    easel.box(
        x - w * 0.46,
        y - h * 0.34,
        w * 0.92,
        h * 0.22,
        vertical(y - h * 0.34, y - h * 0.1, tone, low),
        radius=w * 0.02,
    )
    for side in (-0.5, 0.38):
        easel.box(
            x + side * w,
            y - h * 0.70,
            w * 0.12,
            h * 0.60,
            vertical(y - h * 0.7, y, top, tone, low),
            radius=w * 0.045,
        )
    for dx, c in ((-0.29, decor.accent(scene, (246, 190, 96))), (0.27, (240, 236, 226))):
        easel.box(
            x + dx * w - w * 0.085,
            y - h * 0.80,
            w * 0.17,
            w * 0.14,
            vertical(y - h * 0.8, y - h * 0.46, lit(scene, lighter(c, 0.2)), lit(scene, darker(c, 0.14))),
            radius=w * 0.03,
        )


def table(
    scene: Scene, x: float, y: float, w: float, h: float, color: RGB = WOOD, *, cloth: RGB | None = None
) -> None:
    """A table seen a little from above; its middle at x, its feet at y, `h` high."""
    easel, tone = scene.easel, lit(scene, color)
    easel.shade(x, y, w * 0.5, w * 0.05, 0.35)
    for dx in (-0.43, 0.39):
        easel.box(
            x + dx * w,
            y - h,
            w * 0.04,
            h,
            linear(
                (x + dx * w, 0), (x + (dx + 0.04) * w, 0), (0, lighter(tone, 0.1)), (1, darker(tone, 0.35))
            ),
        )
    deep = w * 0.14
    surface = polygon(
        [
            (x - w * 0.43, y - h - deep),
            (x + w * 0.43, y - h - deep),
            (x + w * 0.5, y - h),
            (x - w * 0.5, y - h),
        ]
    )
    easel.fill(surface, vertical(y - h - deep, y - h, lighter(tone, 0.10), lighter(tone, 0.26)))
    easel.box(x - w * 0.5, y - h, w, w * 0.035, vertical(y - h, y - h + w * 0.035, tone, darker(tone, 0.3)))
    if cloth is not None:
        fabric = lit(scene, cloth)
        easel.fill(surface, vertical(y - h - deep, y - h, darker(fabric, 0.06), lighter(fabric, 0.12)))
        drop = polygon(
            [
                (x - w * 0.5, y - h),
                (x + w * 0.5, y - h),
                (x + w * 0.485, y - h * 0.66),
                (x - w * 0.485, y - h * 0.66),
            ]
        )
        easel.fill(drop, vertical(y - h, y - h * 0.66, fabric, darker(fabric, 0.2)))


def chair(scene: Scene, x: float, y: float, h: float, color: RGB, *, back: bool = True) -> None:
    """A plain chair seen from the front (or from behind)."""
    easel, tone = scene.easel, lit(scene, decor.accent(scene, color))
    w = h * 0.5
    easel.shade(x, y, w * 0.6, w * 0.09, 0.3)
    for dx in (-0.46, 0.38):
        easel.box(x + dx * w, y - h * 0.46, w * 0.08, h * 0.46, darker(tone, 0.2))
    if back:
        for dx in (-0.46, 0.38):
            easel.box(x + dx * w, y - h, w * 0.08, h * 0.56, tone, radius=w * 0.03)
        for lift in (0.97, 0.80):
            easel.box(
                x - w * 0.44,
                y - h * lift,
                w * 0.88,
                h * 0.09,
                vertical(y - h * lift, y - h * lift + h * 0.09, lighter(tone, 0.16), darker(tone, 0.1)),
                radius=w * 0.03,
            )
    easel.box(
        x - w * 0.52,
        y - h * 0.50,
        w * 1.04,
        h * 0.08,
        vertical(y - h * 0.5, y - h * 0.42, lighter(tone, 0.25), darker(tone, 0.1)),
        radius=w * 0.04,
    )


def floor_lamp(scene: Scene, x: float, y: float, h: float, color: RGB = (250, 226, 178)) -> None:
    """A standing lamp with a cloth shade."""
    easel = scene.easel
    iron = lit(scene, (84, 76, 80))
    easel.shade(x, y, h * 0.12, h * 0.02, 0.35)
    easel.fill(ellipse(x, y - h * 0.01, h * 0.09, h * 0.022), iron)
    easel.box(x - h * 0.009, y - h * 0.84, h * 0.018, h * 0.83, iron)
    on = scene.air.glow > 0.2
    tone = mix(lit(scene, color), (255, 236, 186), 0.8 if on else 0.0)
    shade = polygon(
        [
            (x - h * 0.075, y - h),
            (x + h * 0.075, y - h),
            (x + h * 0.125, y - h * 0.80),
            (x - h * 0.125, y - h * 0.80),
        ]
    )
    easel.fill(
        shade,
        linear(
            (x - h * 0.12, 0),
            (x + h * 0.12, 0),
            (0, darker(tone, 0.15)),
            (0.4, lighter(tone, 0.3)),
            (1, darker(tone, 0.2)),
        ),
    )
    lamp_glow(scene, x, y - h * 0.88, h * 0.7)


def pendant(scene: Scene, x: float, y: float, size: float, color: RGB) -> None:
    """A lamp hanging from the ceiling to y."""
    easel, tone = scene.easel, lit(scene, decor.accent(scene, color))
    easel.box(x - 0.0025, -0.01, 0.005, y - size * 0.4 + 0.01, lit(scene, (70, 64, 70)))
    dome = skia.Path()
    dome.moveTo(x - size, y)
    dome.cubicTo(x - size * 0.9, y - size * 0.9, x + size * 0.9, y - size * 0.9, x + size, y)
    dome.close()
    easel.fill(
        dome,
        linear(
            (x - size, 0),
            (x + size, 0),
            (0, darker(tone, 0.2)),
            (0.35, lighter(tone, 0.3)),
            (1, darker(tone, 0.3)),
        ),
    )
    easel.fill(ellipse(x, y, size * 0.34, size * 0.16), (255, 244, 206))
    lamp_glow(scene, x, y, size * 3.4)


def plant(scene: Scene, x: float, y: float, h: float, pot: RGB = (206, 120, 84)) -> None:
    """A leafy plant in a pot."""
    easel, rng = scene.easel, scene.stream(f"plant {x:.2f}")
    tone = lit(scene, pot)
    w = h * 0.17
    easel.shade(x, y, w * 1.1, w * 0.16, 0.35)
    for a in np.linspace(0.08 * np.pi, 0.92 * np.pi, 9) + rng.uniform(-0.1, 0.1, 9):
        length = h * rng.uniform(0.48, 0.68)
        tip = (x + float(np.cos(a)) * length * 0.75, y - h * 0.28 - float(np.sin(a)) * length)
        middle = (x + float(np.cos(a)) * length * 0.30, y - h * 0.30 - float(np.sin(a)) * length * 0.6)
        leaf = skia.Path()
        leaf.moveTo(x, y - h * 0.28)
        leaf.quadTo(middle[0] - h * 0.09, middle[1], *tip)
        leaf.quadTo(middle[0] + h * 0.09, middle[1], x, y - h * 0.28)
        easel.fill(leaf, lit(scene, jitter(rng, (74, 150, 88), 26)))
    body = polygon([(x - w, y - h * 0.3), (x + w, y - h * 0.3), (x + w * 0.72, y), (x - w * 0.72, y)])
    easel.fill(body, linear((x - w, 0), (x + w, 0), (0, lighter(tone, 0.15)), (1, darker(tone, 0.35))))
    easel.box(
        x - w * 1.1,
        y - h * 0.32,
        w * 2.2,
        h * 0.06,
        linear((x - w, 0), (x + w, 0), (0, lighter(tone, 0.25)), (1, darker(tone, 0.25))),
        radius=w * 0.06,
    )


def picture(scene: Scene, x: float, y: float, w: float, h: float, hue: RGB) -> None:
    """A framed picture of nothing in particular."""
    easel = scene.easel
    easel.box(x + 0.006, y + 0.010, w, h, (20, 14, 30), 0.22, radius=0.004)
    easel.box(x, y, w, h, lit(scene, darker(WOOD, 0.25)), radius=0.004)
    easel.box(x + 0.010, y + 0.010, w - 0.02, h - 0.02, lit(scene, (250, 246, 238)))
    inner = (x + 0.024, y + 0.024, w - 0.048, h - 0.048)
    easel.canvas.save()
    easel.canvas.clipRect(skia.Rect.MakeXYWH(*inner), doAntiAlias=True)
    easel.box(*inner, lit(scene, lighter(hue, 0.55)))
    easel.disc(x + w * 0.66, y + h * 0.36, min(w, h) * 0.12, lit(scene, (250, 206, 120)))
    easel.fill(ellipse(x + w * 0.3, y + h, w * 0.5, h * 0.45), lit(scene, hue))
    easel.fill(ellipse(x + w * 0.85, y + h * 1.05, w * 0.5, h * 0.36), lit(scene, darker(hue, 0.25)))
    easel.canvas.restore()


def shelf(scene: Scene, x: float, y: float, w: float, h: float, rows: int, *, color: RGB = WOOD) -> None:
    """A bookcase full of books; its left upper corner at (x, y)."""
    easel, rng = scene.easel, scene.stream(f"shelf {x:.2f} {y:.2f}")
    tone = lit(scene, color)
    easel.box(x, y, w, h, darker(tone, 0.5))
    gap = h / rows
    spines: Sequence[RGB] = (
        (196, 78, 70),
        (70, 112, 160),
        (236, 186, 98),
        (92, 142, 108),
        (142, 98, 150),
        (232, 222, 200),
        (64, 84, 110),
        (212, 130, 90),
    )
    batches: list[list[tuple[float, float, float, float]]] = [[] for _ in spines]
    bands: list[tuple[float, float, float, float]] = []
    for r in range(rows):
        foot = y + gap * (r + 1) - gap * 0.09
        at = x + w * 0.03
        while at < x + w * 0.96:
            bw, bh = gap * rng.uniform(0.10, 0.22), gap * rng.uniform(0.58, 0.82)
            if at + bw > x + w * 0.97:
                break
            if rng.random() < 0.07:
                at += bw * 1.6
                continue
            batches[int(rng.integers(len(spines)))].append((at, foot - bh, bw * 0.93, bh))
            bands.append((at, foot - bh * 0.8, bw * 0.93, bh * 0.06))
            at += bw
    for boxes, spine in zip(batches, spines, strict=True):
        easel.fill(rects(boxes), lit(scene, spine))
    easel.fill(rects(bands), lit(scene, (250, 226, 170)), 0.6)
    for r in range(rows + 1):
        yy = y + gap * r - gap * 0.045
        easel.box(x, yy, w, gap * 0.09, vertical(yy, yy + gap * 0.09, lighter(tone, 0.2), darker(tone, 0.2)))
    for side in (0.0, 1.0):
        easel.box(x + side * w - gap * 0.05, y - gap * 0.05, gap * 0.1, h + gap * 0.1, tone)


def cabinet(scene: Scene, x: float, y: float, w: float, h: float, color: RGB, doors: int) -> None:
    """A run of cupboards."""
    easel, tone = scene.easel, lit(scene, decor.accent(scene, color))
    easel.box(x, y, w, h, vertical(y, y + h, lighter(tone, 0.08), darker(tone, 0.12)), radius=0.005)
    step = w / doors
    for i in range(doors):
        box = (x + step * i + step * 0.06, y + h * 0.08, step * 0.88, h * 0.84)
        easel.line(skia.Path.Rect(skia.Rect.MakeXYWH(*box)), 0.004, darker(tone, 0.22), 0.8)
        easel.box(
            x + step * (i + (0.82 if i % 2 == 0 else 0.12)),
            y + h * 0.42,
            step * 0.05,
            h * 0.16,
            lit(scene, (206, 180, 120)),
            radius=0.003,
        )


def spotlight(
    scene: Scene, x: float, y: float, target: float, floor: float, color: RGB, alpha: float
) -> None:
    """A cone of light from above, and the bright oval it makes on the floor."""
    canvas = scene.easel.canvas
    cone = polygon([(x - 0.014, y), (x + 0.014, y), (target + 0.17, floor), (target - 0.17, floor)])
    paint = skia.Paint(AntiAlias=True, Dither=True)
    paint.setShader(linear((0, y), (0, floor), (0, color, alpha), (1, color, alpha * 0.15)))
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.014))
    paint.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawPath(cone, paint)
    oval = skia.Paint(AntiAlias=True, Dither=True)
    oval.setShader(radial((target, floor), 0.2, (0, color, alpha), (0.7, color, alpha * 0.6), (1, color, 0)))
    oval.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawPath(ellipse(target, floor, 0.2, 0.055), oval)


def table_lamp(scene: Scene, x: float, y: float, h: float) -> None:
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
