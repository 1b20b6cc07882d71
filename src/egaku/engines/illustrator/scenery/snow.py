"""Lying snow: its colours by the hour, drifts on the ground, loads on roofs and branches."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, ellipse, polygon, under, vertical
from egaku.engines.illustrator.scenery.noise import curve
from egaku.engines.illustrator.scenery.palette import lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene

_HOURS: dict[str, tuple[RGB, RGB]] = {
    "day": ((250, 252, 255), (196, 212, 240)),
    "golden hour": ((255, 242, 216), (198, 190, 222)),
    "sunset": ((255, 230, 218), (176, 152, 204)),
    "dawn": ((255, 232, 232), (182, 182, 224)),
    "night": ((156, 178, 232), (70, 90, 154)),
}


def lies(scene: Scene) -> bool:
    """Whether the ground is white."""
    return scene.air.season == "winter"


def tones(scene: Scene, depth: float = 0.0) -> tuple[RGB, RGB]:
    """Snow in the light and in the shade, `depth` 0 (near) … 1 (far).

    Snow is too bright to take the hour's tint as other things do: it would turn brown at sunset. It takes
    the light's colour where lit, and the sky's in the shade.
    """
    lit, shade = _HOURS[scene.air.time]
    dull = 0.35 * (1 - scene.air.disc)
    lit = mix(lit, shade, dull * 0.6)
    far = min(1.0, scene.air.thickness + depth * 0.55)
    return mix(lit, scene.air.haze, far), mix(shade, scene.air.haze, far)


def cover(scene: Scene, top: float, bottom: float, depth: float = 0.3) -> skia.Shader:
    """Snow on flat ground from the far line `top` to the near line `bottom`."""
    lit, shade = tones(scene)
    far, _ = tones(scene, depth)
    return vertical(top, bottom, far, mix(lit, shade, 0.12), mix(lit, shade, 0.45))


def drifts(scene: Scene, name: str, top: float, bottom: float, count: int = 9) -> None:
    """Soft mounds on flat ground: a lit back, a blue lee, here and there a glint."""
    rng = scene.stream(name)
    lit, shade = tones(scene)
    side = 1 if scene.sun[0] >= scene.w / 2 else -1
    for t in np.sort(rng.random(round(count * max(1.0, scene.w)))).tolist():
        y = top + (bottom - top) * (0.04 + 0.96 * t**1.3)
        rx = (0.07 + 0.24 * t) * rng.uniform(0.6, 1.3)
        ry = rx * (0.10 + 0.08 * t)
        x = rng.uniform(-0.05, scene.w + 0.05)
        scene.easel.fill(
            ellipse(x - side * rx * 0.25, y + ry * 0.55, rx, ry * 0.7), shade, 0.5, blur=ry * 0.3
        )
        scene.easel.fill(ellipse(x, y, rx, ry * 0.8), lighter(lit, 0.25), 0.55, blur=ry * 0.25)
    glints = skia.Path()
    for _ in range(round(60 * scene.w)):
        t = rng.random()
        glints.addCircle(rng.random() * scene.w, top + (bottom - top) * t, 0.0008 + 0.0014 * t)
    scene.easel.fill(glints, (255, 255, 255), 0.35 if scene.air.night else 0.8)


def load(scene: Scene, edge: list[tuple[float, float]], thick: float, depth: float = 0.0) -> None:
    """Snow lying along a line (a ridge, an eave, a wall's top, a branch), `thick` units deep."""
    lit, shade = tones(scene, depth)
    path = polygon(edge, closed=False)
    scene.easel.line(path, thick, shade)
    canvas = scene.easel.canvas
    canvas.save()
    canvas.translate(0, -thick * 0.22)
    scene.easel.line(path, thick * 0.7, lit)
    canvas.restore()


def mound(scene: Scene, x: float, y: float, rx: float, depth: float = 0.0) -> None:
    """Snow heaped against a thing's foot."""
    lit, shade = tones(scene, depth)
    heap = skia.Path()
    heap.moveTo(x - rx, y)
    heap.cubicTo(x - rx * 0.5, y - rx * 0.08, x - rx * 0.4, y - rx * 0.36, x, y - rx * 0.34)
    heap.cubicTo(x + rx * 0.4, y - rx * 0.36, x + rx * 0.5, y - rx * 0.08, x + rx, y)
    heap.quadTo(x, y + rx * 0.22, x - rx, y)
    scene.easel.fill(heap, vertical(y - rx * 0.36, y + rx * 0.1, lighter(lit, 0.2), mix(lit, shade, 0.6)))


def near(scene: Scene, easel: Easel) -> None:
    """A drift along the picture's lower edge, in front of everything, with dry blades in it."""
    rng = scene.stream("near snow")
    lit, shade = tones(scene)
    x = np.linspace(-0.02, scene.w + 0.02, 60)
    t = np.linspace(0, 1, 60)
    rise = 0.022 + 0.05 * np.abs(2 * t - 1) ** 2 + 0.014 * curve(rng, t, 4, 2)
    stalks = skia.Path()
    for _ in range(round(9 * scene.w)):
        foot = rng.choice([rng.uniform(0, 0.25), rng.uniform(0.75, 1)]) * scene.w
        for _ in range(3):
            tall, lean = rng.uniform(0.03, 0.075), rng.uniform(-0.03, 0.03)
            stalks.moveTo(foot, scene.h)
            stalks.quadTo(foot + lean * 0.2, scene.h - 0.04 - tall * 0.5, foot + lean, scene.h - 0.03 - tall)
    easel.line(stalks, 0.003, scene.paint((150, 116, 84)))
    easel.fill(
        under(x, scene.h - rise, scene.h + 0.02),
        vertical(scene.h - 0.08, scene.h, lighter(lit, 0.25), mix(lit, shade, 0.5)),
    )


def trodden(scene: Scene, way: skia.Path, top: float) -> None:
    """A path through the snow: pressed flat and bluish between soft edges, `top` its far end."""
    lit, shade = tones(scene)
    scene.easel.line(way, 0.014, lighter(lit, 0.3), 0.8, blur=0.004)
    scene.easel.fill(
        way, vertical(top, scene.h, tones(scene, 0.3)[1], mix(shade, scene.paint((180, 160, 140)), 0.2)), 0.85
    )


def branches(
    scene: Scene,
    rng: np.random.Generator,
    foot: tuple[float, float],
    size: float,
    bark: RGB,
    depth: float = 0.0,
) -> None:
    """Leafless branches with snow on them, and snow heaped round the foot."""
    x, y = foot
    limbs: list[tuple[float, float, float, float, float]] = []

    def grow(px: float, py: float, angle: float, length: float, wide: float, level: int) -> None:
        ex, ey = px + length * float(np.cos(angle)), py - length * float(np.sin(angle))
        limbs.append((px, py, ex, ey, wide))
        if level < 4:
            for turn in (-0.52, 0.48):
                reach = length * rng.uniform(0.66, 0.82)
                grow(ex, ey, angle + turn + rng.uniform(-0.18, 0.18), reach, wide * 0.62, level + 1)

    grow(x, y - size * 0.36, np.pi / 2 + rng.uniform(-0.1, 0.1), size * 0.16, size * 0.055, 0)
    easel = scene.easel
    white, _ = tones(scene, depth)
    for wide in sorted({limb[4] for limb in limbs}, reverse=True):
        wood, white_side = skia.Path(), skia.Path()
        for px, py, ex, ey, own in limbs:
            if own == wide:
                wood.moveTo(px, py)
                wood.lineTo(ex, ey)
                white_side.moveTo(px, py - wide * 0.42)
                white_side.lineTo(ex, ey - wide * 0.42)
        easel.line(wood, wide, bark)
        easel.line(white_side, wide * 0.55, white)
    mound(scene, x, y + size * 0.02, size * 0.13, depth)


def laden(x: float, base: float, top: float, half: float, left: int, right: int) -> skia.Path:
    """The snow on a tier: down its slopes, hanging from its lower edge in scallops."""
    low, wide = base - (base - top) * 0.2, half * 0.82
    path = skia.Path()
    path.moveTo(x, top - half * 0.06)
    path.quadTo(x + right * wide * 0.35, top + (low - top) * 0.6, x + right * wide, low)
    stops = np.linspace(right, left, 5 if left else 3).tolist()
    for a, b in pairwise(stops):
        path.quadTo(
            x + (a + b) / 2 * wide,
            low + (base - top) * (0.14 if left or b else 0.1),
            x + b * wide,
            low - (base - top) * 0.08 * (1 - abs(b)),
        )
    path.quadTo(x + left * wide * 0.35, top + (low - top) * 0.6, x, top - half * 0.06)
    path.close()
    return path
