"""Land: mountains by midpoint displacement, hills, dunes, ground planes, rocks."""

from __future__ import annotations

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Paint, ellipse, linear, polygon, under, vertical
from egaku.engines.illustrator.scenery.noise import curve, ridge
from egaku.engines.illustrator.scenery.palette import darker, lighter, mix
from egaku.engines.illustrator.scenery.scene import Scene

SNOW: RGB = (246, 250, 255)


def across(scene: Scene, count: int = 160) -> NDArray[np.float64]:
    """X positions from just left of the picture to just right of it, in units."""
    return np.linspace(-0.02, scene.w + 0.02, count)


def mountains(
    scene: Scene,
    name: str,
    base: float,
    height: float,
    color: RGB,
    depth: float,
    *,
    snow: float = 0.0,
    roughness: float = 0.5,
) -> None:
    """A mountain range standing on `base` (units), its highest peak about `height` above it.

    `snow` is the part of the height that is white. Lit on the side of the sun.
    """
    rng = scene.stream(name)
    levels = 6
    line = ridge(rng, levels, roughness)
    line = (line - line.min()) / (np.ptp(line) or 1.0)
    line = 0.25 + 0.75 * line
    x = np.linspace(-0.05, scene.w + 0.05, line.size)
    y = base - line * height
    body = scene.paint(color, depth)
    foot = scene.paint(color, min(1.0, depth + 0.35 * (1 - depth) + 0.12))
    shape = under(x, y, base + 0.02)
    easel = scene.easel
    easel.fill(shape, vertical(base - height, base, body, foot))
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    left_lit = scene.sun[0] < scene.w / 2
    lit = mix(body, scene.paint(lighter(color, 0.45), depth), 0.55)
    dark = mix(body, scene.paint(darker(color, 0.5), depth), 0.55)
    peaks = _peaks(line)
    for i in peaks:
        tone: Paint = vertical(y[i], base, dark, foot)
        easel.fill(_flank(rng, x, y, i, 1 if left_lit else -1, base), tone, 0.75)
        easel.fill(_flank(rng, x, y, i, -1 if left_lit else 1, base), vertical(y[i], base, lit, foot), 0.45)
    if snow > 0:
        _snowcaps(scene, rng, x, y, base, height, snow, depth, left_lit=left_lit)
    canvas.restore()


def _peaks(line: NDArray[np.float64]) -> list[int]:
    inner = (line[1:-1] > line[:-2]) & (line[1:-1] >= line[2:]) & (line[1:-1] > 0.42)
    found = [int(i) + 1 for i in np.flatnonzero(inner)]
    chosen: list[int] = []
    for i in sorted(found, key=lambda k: -line[k]):
        if all(abs(i - j) > 3 for j in chosen):
            chosen.append(i)
    return sorted(chosen)


def _flank(
    rng: np.random.Generator,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    peak: int,
    side: int,
    base: float,
) -> skia.Path:
    """One face of a peak: from the top down a crooked spine, and out along the ridge."""
    drop = base - y[peak]
    steps = 7
    spine = []
    dx = 0.0
    for k in range(1, steps + 1):
        dx += rng.uniform(-0.055, 0.055) * drop - side * 0.012 * drop
        spine.append((x[peak] + dx, y[peak] + drop * k / steps))
    stop = peak
    while 0 < stop < len(x) - 1 and y[stop + side] > y[stop] - 0.02 * drop and abs(stop - peak) < 9:
        stop += side
    edge = [(x[i], y[i]) for i in range(stop, peak, -side)]
    far = (x[stop] + side * drop * 0.25, base)
    return polygon([(x[peak], y[peak]), *spine, far, *edge])


def _snowcaps(
    scene: Scene,
    rng: np.random.Generator,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    base: float,
    height: float,
    snow: float,
    depth: float,
    *,
    left_lit: bool,
) -> None:
    """White from the ridge down to a ragged line; bluish on the shaded side."""
    fine = np.linspace(x[0], x[-1], 260)
    ragged = curve(rng, (fine - x[0]) / (x[-1] - x[0]), 46, 2)
    line = base - height * (1 - snow) + ragged * height * 0.13
    top = np.interp(fine, x, y)
    low = np.maximum(line, top)
    white = scene.paint(SNOW, depth * 0.92)
    cold = scene.paint((196, 212, 238), depth * 0.92)
    cap = polygon(np.vstack([np.column_stack([fine, top - 0.01]), np.column_stack([fine, low])[::-1]]))
    scene.easel.fill(cap, white)
    canvas = scene.easel.canvas
    canvas.save()
    canvas.clipPath(cap, doAntiAlias=True)
    for i in _peaks((base - y) / height):
        scene.easel.fill(_flank(rng, x, y, i, 1 if left_lit else -1, base), cold, 0.8)
    canvas.restore()


def hills(
    scene: Scene,
    name: str,
    base: float,
    height: float,
    color: RGB,
    depth: float,
    *,
    bumps: float = 2.0,
    bottom: float | None = None,
) -> NDArray[np.float64]:
    """A rolling hill line, filled down to `bottom` or the picture's end; returns its (N, 2) crest."""
    if scene.air.season == "winter" and color[1] >= max(color) - 16:
        return _white_hills(scene, name, base, height, depth, bumps, bottom)  # green in summer: under snow
    x, y = _crest(scene, name, base, height, bumps)
    down = scene.h + 0.02 if bottom is None else bottom
    near = scene.paint(darker(color, 0.22), depth * 0.8)
    crest = scene.paint(lighter(color, 0.16), depth)
    reach = min(down, base + max(height, 0.25))
    scene.easel.fill(
        under(x, y, down), vertical(base - height, reach, crest, scene.paint(color, depth), near)
    )
    return np.column_stack([x, y])


def _crest(
    scene: Scene, name: str, base: float, height: float, bumps: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x = across(scene)
    wave = curve(scene.stream(name), (x - x[0]) / (x[-1] - x[0]), bumps * max(1.0, scene.w * 0.8), 2)
    return x, base - height * (0.5 + 0.5 * wave)


def _white_hills(
    scene: Scene, name: str, base: float, height: float, depth: float, bumps: float, bottom: float | None
) -> NDArray[np.float64]:
    x, y = _crest(scene, name, base, height, bumps)
    down = scene.h + 0.02 if bottom is None else bottom
    lit, shade = snow.tones(scene, depth)
    reach = min(down, base + max(height, 0.25))
    scene.easel.fill(under(x, y, down), vertical(base - height, reach, lit, mix(lit, shade, 0.55)))
    return np.column_stack([x, y])


def plain(
    scene: Scene, top: float, far: RGB, near: RGB, *, depth: float = 0.35, bottom: float | None = None
) -> None:
    """A flat ground from the horizon at `top` to the viewer."""
    down = scene.h if bottom is None else bottom
    if scene.air.season == "winter":
        scene.easel.box(-0.01, top, scene.w + 0.02, down - top + 0.01, snow.cover(scene, top, down, depth))
        return
    shader = vertical(
        top, down, scene.paint(far, depth), scene.paint(mix(far, near, 0.55), depth * 0.25), scene.paint(near)
    )
    scene.easel.box(-0.01, top, scene.w + 0.02, down - top + 0.01, shader)


def patches(
    scene: Scene,
    name: str,
    top: float,
    bottom: float,
    colors: list[RGB],
    count: int,
    alpha: float = 0.35,
    size: float = 0.16,
) -> None:
    """Flat blots lying on the ground, foreshortened: light and dark in grass, sand or snow."""
    rng = scene.stream(name)
    for _ in range(round(count * max(1.0, scene.w))):
        t = rng.random() ** 1.4
        y = top + (bottom - top) * (0.03 + 0.97 * t)
        scale = 0.12 + 0.88 * t
        rx = size * scale * rng.uniform(0.6, 1.6)
        chosen = int(rng.integers(len(colors)))
        far = 0.3 * (1 - t)
        color = snow.tones(scene, far)[chosen % 2] if snow.lies(scene) else scene.paint(colors[chosen], far)
        blot = ellipse(rng.uniform(0, scene.w), y, rx, rx * (0.08 + 0.10 * t))
        scene.easel.fill(blot, color, alpha, blur=rx * 0.09)


def rock(
    scene: Scene, rng: np.random.Generator, x: float, y: float, size: float, color: RGB, depth: float = 0.0
) -> None:
    """A boulder resting on y, lit from the sun's side."""
    count = 11
    angles = np.linspace(np.pi, 2 * np.pi, count)
    radii = size * (0.82 + 0.18 * rng.random(count))
    px, py = x + radii * np.cos(angles), y + 0.72 * radii * np.sin(angles)
    outline = np.column_stack([px, py])
    outline = np.vstack([outline, [[x + size * 0.9, y + size * 0.06], [x - size * 0.9, y + size * 0.06]]])
    shape = polygon(outline)
    side = 1 if scene.sun[0] >= x else -1
    body = scene.paint(color, depth)
    easel = scene.easel
    easel.shade(x - side * size * 0.15, y + size * 0.04, size * 1.15, size * 0.13, 0.32 * (1 - depth))
    easel.fill(
        shape,
        vertical(
            y - size * 0.75,
            y,
            scene.paint(lighter(color, 0.22), depth),
            scene.paint(darker(color, 0.35), depth),
        ),
    )
    top = int(np.argmin(py))
    face = [(px[top], py[top])]
    face += [(px[top] + side * size * 0.05, y - size * 0.3), (px[top] - side * size * 0.12, y + size * 0.05)]
    edge = range(top) if side > 0 else range(count - 1, top, -1)
    face += [(px[i], py[i]) for i in edge]
    easel.fill(polygon(face), mix(body, scene.paint(darker(color, 0.6), depth), 0.6), 0.55)


def dunes(scene: Scene, name: str, top: float, color: RGB) -> None:
    """Sand dunes from the horizon to the viewer: a sharp crest winds down each, one side of it in shade."""
    rng = scene.stream(name)
    x = across(scene)
    t = (x - x[0]) / (x[-1] - x[0])
    layers = 5
    side = 1 if scene.sun[0] >= scene.w / 2 else -1
    for i in range(layers):
        near = i / (layers - 1)
        base = top + (scene.h - top) * (0.02 + 0.74 * near**1.5)
        rise = 0.025 + 0.13 * near
        peak = 0.5 + 0.38 * (1 if i % 2 else -1) * rng.uniform(0.3, 1.0)
        hump = np.exp(-(np.abs((t - peak) / 0.36) ** 1.8))
        y = base - rise * (1.25 * hump + 0.22 * curve(rng, t, 2.2, 2))
        depth = 0.55 * (1 - near) ** 1.6
        lit = scene.paint(lighter(color, 0.18), depth)
        dark = scene.paint(darker(color, 0.22), depth * 0.8)
        sand = vertical(base - rise, base + 0.3, lit, scene.paint(color, depth), dark)
        body = under(x, y, scene.h + 0.02)
        scene.easel.fill(body, sand)
        _lee(
            scene,
            rng,
            body,
            (float(np.interp(peak, t, x)), float(np.interp(peak, t, y))),
            side,
            rise,
            scene.paint(darker(color, 0.34), depth),
        )


def _lee(
    scene: Scene,
    rng: np.random.Generator,
    body: skia.Path,
    peak: tuple[float, float],
    side: int,
    rise: float,
    color: RGB,
) -> None:
    """Shade the flank that turns from the sun, along an S-shaped crest running down from the peak."""
    reach = rise * 2.6
    s = np.linspace(0, 1, 30)
    bend = rng.uniform(0.5, 1.0) * rise
    crest_x = peak[0] + side * bend * np.sin(s * np.pi * 1.25) * 0.9 + side * reach * 0.22 * s
    crest_y = peak[1] + reach * s
    away = peak[0] - side * rise * (7.0 - 5.2 * s)
    face = np.vstack([np.column_stack([crest_x, crest_y]), np.column_stack([away, crest_y + 0.02])[::-1]])
    canvas = scene.easel.canvas
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    fade = linear(
        (peak[0], peak[1]),
        (peak[0] - side * rise * 4.2, peak[1] + reach * 0.7),
        (0, color, 0.75),
        (1, color, 0.0),
    )
    scene.easel.fill(polygon(face), fade)
    canvas.restore()
