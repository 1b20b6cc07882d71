"""Clouds: heaped ones out of shaded puffs, and veils of noise seen in perspective."""

from __future__ import annotations

import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, brush, circles, linear, radial, vertical
from egaku.engines.illustrator.scenery.filters import wrapped
from egaku.engines.illustrator.scenery.noise import Field, tileable
from egaku.engines.illustrator.scenery.palette import mix


def cumulus(
    easel: Easel,
    rng: np.random.Generator,
    at: tuple[float, float],
    width: float,
    colors: tuple[RGB, RGB],
    light: tuple[float, float],
    alpha: float = 1.0,
) -> None:
    """One heaped cloud standing on the soft base at `at` (its middle).

    `colors` are the lit and the shaded one, `light` a unit vector towards the light.
    """
    x0, y0 = at
    lit, shade = colors
    puffs = _puffs(rng, x0, y0, width)
    top = min(y - r for _, y, r in puffs)
    canvas = easel.canvas
    bounds = skia.Rect.MakeLTRB(x0 - width * 0.7, top - 0.004, x0 + width * 0.7, y0 + width * 0.03)
    canvas.saveLayer(bounds, skia.Paint(Alphaf=alpha))
    body = circles(puffs)
    easel.fill(body, vertical(top, y0, mix(lit, shade, 0.2), mix(lit, shade, 0.85), shade))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    for x, y, r in sorted(puffs, key=lambda p: p[1]):
        cx, cy = x + light[0] * r * 0.30, y + light[1] * r * 0.30
        glow = radial(
            (cx, cy),
            r,
            (0, lit),
            (0.5, mix(lit, shade, 0.10), 0.85),
            (0.8, mix(lit, shade, 0.35), 0.4),
            (1, shade, 0),
        )
        canvas.drawCircle(cx, cy, r, brush(glow))
    canvas.restore()
    # Clouds end in haze below, not in a cut.
    fade = brush(
        linear(
            (0, y0 - width * 0.16), (0, y0 + width * 0.02), (0, shade, 1), (0.55, shade, 0.8), (1, shade, 0)
        )
    )
    fade.setBlendMode(skia.BlendMode.kDstIn)
    canvas.drawPaint(fade)
    canvas.restore()


def _puffs(rng: np.random.Generator, x0: float, y0: float, width: float) -> list[tuple[float, float, float]]:
    """Discs (x, y, r): a dome or two, shoulders, and small ones that run out to the ends."""
    domes = [(rng.uniform(-0.16, 0.16), rng.uniform(0.17, 0.23))]
    if rng.random() < 0.6:
        domes.append((-domes[0][0] - np.sign(domes[0][0]) * 0.08, rng.uniform(0.12, 0.17)))
    out = [(x0 + dx * width, y0 - width * r * 0.95, width * r) for dx, r in domes]
    count = int(rng.integers(7, 10))
    for i in range(count):
        t = (i + rng.uniform(0.2, 0.8)) / count * 2 - 1
        r = width * (0.055 + 0.10 * (1 - abs(t)) ** 0.8) * rng.uniform(0.8, 1.2)
        out.append((x0 + t * width * 0.44, y0 - r * rng.uniform(0.6, 1.0), r))
    return out


def veil(
    rng: np.random.Generator, shape: tuple[int, int], horizon: float, cover: float, light: tuple[float, float]
) -> tuple[Field, Field]:
    """Thin or closed cloud over the whole sky, lying flat overhead so that it crowds towards the horizon.

    `shape` is (H, W), `horizon` 0 … 1 from the top. Returns opacity and brightness, each (H, W) 0 … 1.
    """
    height, width = shape
    size = 256
    texture = tileable(rng, size, 4, 4)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    aspect = width / height
    drop = np.maximum(float(horizon) - (y + 0.5) / height, 0)
    far = (1.0 / (drop + 0.22)).astype(np.float32)
    u = ((x + 0.5) / width - 0.5) * aspect * far * 34
    v = far * 44

    density = wrapped(texture, u, v)
    edge = 0.72 - 0.5 * cover
    opacity = np.clip((density - edge) / 0.22, 0, 1)
    opacity = opacity * opacity * (3 - 2 * opacity)
    fade = np.clip(drop * 5, 0, 1) if cover < 0.8 else 1.0
    toward = wrapped(texture, u + float(light[0]) * 9, v + float(light[1]) * 9)
    brightness = np.clip(0.55 + (density - toward) * 2.4 - (density - 0.5) * 0.5, 0, 1)
    return opacity * fade, brightness.astype(np.float32)
