"""Plants: broad-leaved trees, firs, palms, bamboo, grass, flowers, tree lines."""

from __future__ import annotations

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, circles, linear, polygon
from egaku.engines.illustrator.scenery.palette import darker, jitter, lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene

BARK: RGB = (112, 78, 58)
_LEAVES: dict[str, list[RGB]] = {
    "spring": [(126, 190, 92), (148, 206, 104), (246, 184, 204), (250, 204, 216)],
    "summer": [(72, 150, 76), (90, 166, 82), (58, 134, 80)],
    "autumn": [(226, 128, 52), (238, 164, 60), (204, 84, 52), (214, 150, 62)],
    "winter": [(196, 208, 220), (214, 224, 234), (180, 196, 212)],
}
_TURN: dict[str, tuple[float, float]] = {"spring": (0.3, 0.0), "autumn": (0.92, 0.0), "winter": (0.6, 0.35)}
"""How far woods of broad-leaved trees, and of firs, take on the season's colour."""

_GRASS: dict[str, RGB] = {
    "spring": (134, 200, 96),
    "summer": (106, 178, 84),
    "autumn": (206, 180, 92),
    "winter": (204, 206, 206),
}


def leaf_color(scene: Scene, rng: np.random.Generator) -> RGB:
    """A crown's colour this season."""
    colors = _LEAVES[scene.air.season]
    return jitter(rng, colors[int(rng.integers(len(colors)))], 8)


def grass_color(scene: Scene) -> RGB:
    """The meadow's colour this season."""
    return _GRASS[scene.air.season]


def _toward(scene: Scene, x: float) -> float:
    return 1.0 if scene.sun[0] >= x else -1.0


def tree(
    scene: Scene,
    rng: np.random.Generator,
    x: float,
    y: float,
    size: float,
    depth: float = 0.0,
    color: RGB | None = None,
) -> None:
    """A broad-leaved tree standing on y, `size` high, its crown in three tones."""
    easel = scene.easel
    leaf = color or leaf_color(scene, rng)
    trunk = size * 0.055
    easel.shade(x - _toward(scene, x) * size * 0.12, y, size * 0.30, size * 0.035, 0.30 * (1 - depth))
    stem = polygon(
        [
            (x - trunk * 1.3, y),
            (x - trunk * 0.7, y - size * 0.5),
            (x + trunk * 0.7, y - size * 0.5),
            (x + trunk * 1.3, y),
        ]
    )
    easel.fill(
        stem,
        linear(
            (x - trunk, 0),
            (x + trunk, 0),
            (0, scene.paint(BARK, depth)),
            (1, scene.paint(darker(BARK, 0.4), depth)),
        ),
    )
    if snow.lies(scene) and color is None:
        snow.branches(scene, rng, (x, y), size, scene.paint(BARK, depth), depth)
        return
    crown = _crown(rng, x, y - size * 0.64, size * 0.32)
    side = _toward(scene, x)
    dark, mid, lit = (scene.paint(c, depth) for c in (darker(leaf, 0.34), leaf, lighter(leaf, 0.26)))
    easel.fill(circles(crown), dark)
    easel.fill(circles((cx + side * r * 0.18, cy - r * 0.2, r * 0.8) for cx, cy, r in crown), mid)
    easel.fill(circles((cx + side * r * 0.34, cy - r * 0.4, r * 0.42) for cx, cy, r in crown[::2]), lit, 0.75)


def _crown(rng: np.random.Generator, x: float, y: float, r: float) -> list[tuple[float, float, float]]:
    out = [(x, y, r * 0.72)]
    for i in range(8):
        a = i / 8 * 2 * np.pi + rng.uniform(-0.3, 0.3)
        d = r * rng.uniform(0.5, 0.68)
        out.append((x + d * np.cos(a), y + d * 0.82 * np.sin(a), r * rng.uniform(0.36, 0.52)))
    return out


def fir(
    scene: Scene,
    rng: np.random.Generator,
    x: float,
    y: float,
    size: float,
    depth: float = 0.0,
    color: RGB | None = None,
) -> None:
    """A conifer standing on y, `size` high: tiers with a lit and a shaded half, snow on them in winter."""
    easel = scene.easel
    leaf = color or jitter(rng, (46, 112, 84), 8)
    winter = scene.air.season == "winter"
    easel.box(x - size * 0.03, y - size * 0.16, size * 0.06, size * 0.16, scene.paint(BARK, depth))
    tiers = 4
    side = _toward(scene, x)
    lit, dark = scene.paint(lighter(leaf, 0.12), depth), scene.paint(darker(leaf, 0.34), depth)
    white, cold = snow.tones(scene, depth)
    cold = mix(cold, white, 0.3)
    for i in range(tiers):
        t = i / tiers
        base = y - size * (0.1 + 0.66 * t)
        top = base - size * (0.42 - 0.16 * t)
        half = size * (0.25 - 0.165 * t)
        whole = _tier(x, base, top, half, -1, 1)
        easel.fill(whole, lit if side < 0 else dark)
        easel.fill(_tier(x, base, top, half, 0, 1), dark if side < 0 else lit)
        if winter:
            easel.fill(snow.laden(x, base, top, half, -1, 1), white if side < 0 else cold)
            easel.fill(snow.laden(x, base, top, half, 0, 1), cold if side < 0 else white)
    if winter:
        snow.mound(scene, x, y + size * 0.01, size * 0.16, depth)


def _tier(x: float, base: float, top: float, half: float, left: int, right: int) -> skia.Path:
    path = skia.Path()
    path.moveTo(x, top)
    path.quadTo(x + right * half * 0.35, top + (base - top) * 0.6, x + right * half, base)
    path.quadTo(x + (left + right) * half * 0.25, base + (base - top) * 0.16, x + left * half, base)
    if left:
        path.quadTo(x + left * half * 0.35, top + (base - top) * 0.6, x, top)
    path.close()
    return path


def palm(scene: Scene, rng: np.random.Generator, x: float, y: float, size: float, depth: float = 0.0) -> None:
    """A palm leaning over: ringed trunk, feathered fronds, coconuts."""
    easel = scene.easel
    lean = size * rng.uniform(0.12, 0.28) * rng.choice([-1, 1])
    t = np.linspace(0, 1, 14)
    cx, cy = x + lean * t**1.8, y - size * 0.82 * t
    half = size * (0.034 - 0.016 * t)
    trunk = polygon(np.vstack([np.column_stack([cx - half, cy]), np.column_stack([cx + half, cy])[::-1]]))
    bark: RGB = (164, 118, 80)
    easel.shade(x, y, size * 0.16, size * 0.02, 0.3 * (1 - depth))
    easel.fill(
        trunk,
        linear(
            (x - size * 0.05, 0),
            (x + size * 0.08, 0),
            (0, scene.paint(bark, depth)),
            (1, scene.paint(darker(bark, 0.4), depth)),
        ),
    )
    for i in range(1, 13):
        ring = polygon([(cx[i] - half[i], cy[i]), (cx[i] + half[i], cy[i] + half[i] * 0.4)], closed=False)
        easel.line(ring, size * 0.008, scene.paint(darker(bark, 0.35), depth), 0.6)
    top = (float(cx[-1]), float(cy[-1]))
    leaf: RGB = (64, 156, 88)
    for i, a in enumerate(np.linspace(-0.25, np.pi + 0.25, 9)):
        bend = rng.uniform(-0.12, 0.12)
        tone = darker(leaf, 0.3) if i % 2 == 0 else lighter(leaf, 0.08)
        easel.fill(
            _frond(top, float(a + bend), size * rng.uniform(0.40, 0.50)),
            scene.paint(jitter(rng, tone, 8), depth),
        )
    for dx in (-0.02, 0.018):
        easel.disc(top[0] + dx * size, top[1] + size * 0.02, size * 0.025, scene.paint((110, 72, 48), depth))


def _frond(top: tuple[float, float], angle: float, length: float) -> skia.Path:
    """A drooping feather: a curved rib with notched edges."""
    n = 15
    t = np.linspace(0, 1, n)
    rx = top[0] + np.cos(angle) * length * t
    ry = top[1] - np.sin(angle) * length * 0.62 * t + length * 0.55 * t**2.1
    wide = length * 0.13 * np.sin(np.pi * np.minimum(t + 0.06, 1)) ** 0.7
    notch = np.where(np.arange(n) % 2 == 0, 1.0, 0.66)
    upper = np.column_stack([rx, ry - wide * 0.45])
    lower = np.column_stack([rx, ry + wide * notch])
    return polygon(np.vstack([upper, lower[::-1]]))


def bamboo(
    scene: Scene, rng: np.random.Generator, x: float, width: float, depth: float, bottom: float
) -> None:
    """One bamboo cane through the whole height, with nodes and a few leaves."""
    easel = scene.easel
    green = jitter(rng, (110, 168, 84), 14)
    lean = rng.uniform(-0.02, 0.02)
    body = linear(
        (x - width / 2, 0),
        (x + width / 2, 0),
        (0, scene.paint(darker(green, 0.35), depth)),
        (0.35, scene.paint(lighter(green, 0.3), depth)),
        (1, scene.paint(darker(green, 0.45), depth)),
    )
    top = -0.02
    easel.fill(
        polygon(
            [
                (x - width / 2, bottom),
                (x + lean - width * 0.4, top),
                (x + lean + width * 0.4, top),
                (x + width / 2, bottom),
            ]
        ),
        body,
    )
    y = bottom - rng.uniform(0.02, 0.15)
    step = width * 4.6
    while y > 0:
        at = x + lean * (bottom - y) / bottom
        easel.box(
            at - width * 0.56,
            y,
            width * 1.12,
            width * 0.12,
            scene.paint(darker(green, 0.5), depth),
            radius=width * 0.05,
        )
        easel.box(
            at - width * 0.5,
            y - width * 0.12,
            width,
            width * 0.1,
            scene.paint(lighter(green, 0.5), depth),
            0.7,
            radius=width * 0.05,
        )
        if y < bottom * 0.6 and rng.random() < 0.5:
            _leaves(scene, rng, at, y, width * 3.2, depth)
        y -= step


def _leaves(scene: Scene, rng: np.random.Generator, x: float, y: float, size: float, depth: float) -> None:
    path = skia.Path()
    for _ in range(6):
        a = rng.uniform(-0.5, 0.9) if rng.random() < 0.5 else np.pi - rng.uniform(-0.5, 0.9)
        length = size * rng.uniform(0.5, 1.0)
        dx, dy = float(np.cos(a)) * length, float(np.sin(a)) * length
        path.moveTo(x, y)
        path.quadTo(x + dx * 0.5 - dy * 0.14, y + dy * 0.5 + dx * 0.14, x + dx, y + dy)
        path.quadTo(x + dx * 0.5 + dy * 0.14, y + dy * 0.5 - dx * 0.14, x, y)
        path.close()
    scene.easel.fill(path, scene.paint(jitter(rng, (98, 164, 78), 16), depth))


def tree_line(
    scene: Scene, name: str, base: float, height: float, color: RGB, depth: float, *, firs: bool = False
) -> None:
    """A far edge of the wood as one silhouette, from one side of the picture to the other."""
    rng = scene.stream(name)
    if scene.air.season != "summer":
        color = mix(color, (232, 240, 248) if firs else leaf_color(scene, rng), _TURN[scene.air.season][firs])
    shape = skia.Path()
    lit = skia.Path()
    x = -height
    while x < scene.w + height:
        size = height * rng.uniform(0.6, 1.1)
        if firs:
            for k in range(3):
                t = k / 3
                shape.addPath(
                    _tier(
                        x,
                        base - size * 0.6 * t,
                        base - size * (0.55 + 0.45 * t),
                        size * (0.24 - 0.14 * t),
                        -1,
                        1,
                    )
                )
            x += size * rng.uniform(0.2, 0.34)
        else:
            for _ in range(3):
                r = size * rng.uniform(0.25, 0.4)
                cx, cy = x + rng.uniform(-0.3, 0.3) * size, base - size * rng.uniform(0.4, 0.72)
                shape.addCircle(cx, cy, r)
                lit.addCircle(cx + _toward(scene, x) * r * 0.25, cy - r * 0.3, r * 0.6)
            x += size * rng.uniform(0.35, 0.55)
    shape.addRect(
        skia.Rect.MakeLTRB(-0.1, base - height * (0.14 if firs else 0.4), scene.w + 0.1, base + 0.004)
    )
    shaded, light = scene.paint(darker(color, 0.2), depth), scene.paint(lighter(color, 0.06), depth)
    if snow.lies(scene):
        white, cold = snow.tones(scene, depth)
        shaded, light = mix(shaded, cold, 0.45), mix(light, white, 0.7)
    scene.easel.fill(shape, shaded)
    scene.easel.fill(lit, light, 0.55)


def grass(
    easel: Easel,
    rng: np.random.Generator,
    spots: NDArray[np.float64],
    length: float,
    color: RGB,
    *,
    wind: float = 0.0,
) -> None:
    """Tufts of blades. `spots` (N, 3): x, y and scale of each tuft."""
    tones = [skia.Path() for _ in range(3)]
    draws = rng.random((len(spots), 5, 3))
    for (x, y, scale), blades in zip(spots.tolist(), draws.tolist(), strict=True):
        for a, b, c in blades:
            size = length * scale * (0.5 + 0.7 * b)
            bend = ((a - 0.5) * 0.9 + wind) * size
            root, half = x + (a - 0.5) * length * scale * 0.7, size * 0.06
            path = tones[int(c * 3)]
            path.moveTo(root - half, y)
            path.quadTo(root - half + bend * 0.25, y - size * 0.6, root + bend, y - size)
            path.quadTo(root + half + bend * 0.25, y - size * 0.55, root + half, y)
            path.close()
    for path, tone in zip(tones, (darker(color, 0.2), color, lighter(color, 0.14)), strict=True):
        easel.fill(path, tone)


def scatter(
    scene: Scene, rng: np.random.Generator, top: float, bottom: float, count: int
) -> NDArray[np.float64]:
    """(N, 3) x, y, scale on a ground plane, far ones first; scale 0.1 … 1 by perspective."""
    t = np.sort(rng.random(round(count * max(1.0, scene.w))) ** 1.2)
    x = rng.random(t.size) * scene.w
    return np.column_stack([x, top + (bottom - top) * t, 0.1 + 0.9 * t])


def flowers(
    easel: Easel,
    rng: np.random.Generator,
    spots: NDArray[np.float64],
    size: float,
    colors: list[RGB],
    stem: RGB,
) -> None:
    """Flowers with petals where they are large enough to be seen, dots where they are not."""
    stems = skia.Path()
    far: list[skia.Path] = [skia.Path() for _ in colors]
    near: list[tuple[float, float, float, int]] = []
    for x, y, scale in spots.tolist():
        r = size * scale * rng.uniform(0.7, 1.2)
        kind = int(rng.integers(len(colors)))
        stems.addRect(skia.Rect.MakeXYWH(x - r * 0.09, y - r * 2.2, r * 0.18, r * 2.2))
        if r < 0.008:
            far[kind].addCircle(x, y - r * 2.2, r)
        else:
            near.append((x, y - r * 2.2, r, kind))
    easel.fill(stems, stem)
    for path, color in zip(far, colors, strict=True):
        easel.fill(path, color)
    _petals(easel, near, colors)


def _petals(easel: Easel, near: list[tuple[float, float, float, int]], colors: list[RGB]) -> None:
    for kind, color in enumerate(colors):
        under, over, heart = skia.Path(), skia.Path(), skia.Path()
        for x, y, r, k in near:
            if k != kind:
                continue
            for i in range(6):
                a = i / 6 * 2 * np.pi + x * 40
                dx, dy = float(np.cos(a)) * r * 0.55, float(np.sin(a)) * r * 0.48
                (under if i % 2 else over).addCircle(x + dx, y + dy, r * 0.42)
            heart.addCircle(x, y, r * 0.3)
        easel.fill(under, darker(color, 0.14))
        easel.fill(over, color)
        easel.fill(heart, mix((250, 206, 80), color, 0.12))


def near_grass(scene: Scene, easel: Easel) -> None:
    """Blades at the picture's lower edge, in front of everything."""
    if snow.lies(scene):
        snow.near(scene, easel)
        return
    rng = scene.stream("near grass")
    count = round(46 * scene.w)
    x = np.linspace(0, scene.w, count) + rng.uniform(-0.01, 0.01, count)
    tall = 0.7 + 0.6 * np.abs(x / scene.w - 0.5) * 2
    spots = np.column_stack([x, np.full(count, scene.h + 0.012), tall])
    wind = 0.7 if scene.air.weather == "wind" else 0.1
    grass(easel, rng, spots, 0.062, scene.paint(darker(grass_color(scene), 0.30)), wind=wind)
