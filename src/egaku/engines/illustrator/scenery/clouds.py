"""Clouds: heaped ones out of shaded puffs, and veils of noise seen in perspective."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import Easel, brush, circles, radial, vertical
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
    """One heaped cloud standing on the flat base at `at` (its middle).

    `colors` are the lit and the shaded one, `light` a unit vector towards the light.
    """
    x0, y0 = at
    lit, shade = colors
    count = int(rng.integers(7, 11))
    puffs = []
    for i in range(count):
        t = (i + 0.5) / count * 2 - 1
        r = width * (0.10 + 0.13 * (1 - t * t) * rng.uniform(0.7, 1.2))
        puffs.append((x0 + t * width * 0.42, y0 - r * rng.uniform(0.55, 0.9), r))
    for _ in range(3):
        r = width * rng.uniform(0.13, 0.2)
        puffs.append((x0 + width * rng.uniform(-0.18, 0.18), y0 - r - width * rng.uniform(0.05, 0.12), r))
    top = min(y - r for _, y, r in puffs)
    canvas = easel.canvas
    canvas.save()
    # The base is cut flat, with round ends: a lens under the puffs.
    base = skia.Rect.MakeLTRB(x0 - width, top - width, x0 + width, y0)
    canvas.clipRect(base, doAntiAlias=True)
    body = circles(puffs)
    body.addRRect(
        skia.RRect.MakeRectXY(
            skia.Rect.MakeLTRB(x0 - width * 0.52, y0 - width * 0.1, x0 + width * 0.52, y0 + width * 0.1),
            width * 0.1,
            width * 0.1,
        )
    )
    easel.fill(body, vertical(top, y0, mix(lit, shade, 0.25), shade), alpha)
    canvas.clipPath(body, doAntiAlias=True)
    for x, y, r in sorted(puffs, key=lambda p: p[1]):
        cx, cy = x + light[0] * r * 0.35, y + light[1] * r * 0.35
        paint = radial(
            (cx, cy),
            r * 1.02,
            (0, lit),
            (0.5, mix(lit, shade, 0.12), 0.9),
            (0.82, mix(lit, shade, 0.5), 0.4),
            (1, shade, 0),
        )
        canvas.drawCircle(cx, cy, r * 1.02, brush(paint, alpha))
    canvas.restore()


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

    def sample(du: float, dv: float) -> Field:
        mapped = cv2.remap(  # one texel short of the size: the tile wraps there
            texture, np.mod(u + du + size * 4, size - 1), np.mod(v + dv, size - 1), cv2.INTER_LINEAR
        )
        return np.asarray(mapped, np.float32)

    density = sample(0, 0)
    edge = 0.72 - 0.5 * cover
    opacity = np.clip((density - edge) / 0.22, 0, 1)
    opacity = opacity * opacity * (3 - 2 * opacity)
    fade = np.clip(drop * 5, 0, 1) if cover < 0.8 else 1.0
    toward = sample(float(light[0]) * 9, float(light[1]) * 9)
    brightness = np.clip(0.55 + (density - toward) * 2.4 - (density - 0.5) * 0.5, 0, 1)
    return opacity * fade, brightness.astype(np.float32)
