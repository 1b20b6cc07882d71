"""Cheap noise whose shape does not depend on the resolution: small random grids, smoothly enlarged."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
"""(H, W) float32."""


def field(
    rng: np.random.Generator, shape: tuple[int, int], cells: tuple[float, float], octaves: int = 4
) -> Field:
    """Fractal value noise, 0 … 1 with mean near 0.5.

    `shape` is (H, W) in pixels, `cells` the number of bumps down and across in the coarsest octave.
    """
    total = np.zeros(shape, np.float32)
    weight, scale = 0.0, 1.0
    for octave in range(octaves):
        rows = max(2, round(cells[0] * 2**octave) + 1)
        cols = max(2, round(cells[1] * 2**octave) + 1)
        grid = rng.random((rows, cols), dtype=np.float32)
        total += scale * cv2.resize(grid, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
        weight += scale
        scale *= 0.5
    return np.asarray(np.clip(total / weight, 0, 1), np.float32)


def tileable(rng: np.random.Generator, size: int, cells: int, octaves: int = 3) -> Field:
    """Square noise 0 … 1 whose opposite edges meet without a seam."""
    total = np.zeros((size, size), np.float32)
    weight, scale = 0.0, 1.0
    for octave in range(octaves):
        count = min(cells * 2**octave, size)
        grid = rng.random((count, count), dtype=np.float32)
        margin = 2
        wrapped = np.pad(grid, margin, mode="wrap")
        cell = size // count
        big = cv2.resize(wrapped, None, fx=cell, fy=cell, interpolation=cv2.INTER_CUBIC)
        start = margin * cell
        total += scale * big[start : start + size, start : start + size]
        weight += scale
        scale *= 0.5
    return np.asarray(np.clip(total / weight, 0, 1), np.float32)


def curve(
    rng: np.random.Generator, x: NDArray[np.float64], bumps: float, octaves: int = 3
) -> NDArray[np.float64]:
    """Smooth fractal noise along `x` (0 … 1 maps to `bumps` bumps), -1 … 1."""
    total = np.zeros_like(x)
    scale, weight = 1.0, 0.0
    for octave in range(octaves):
        count = int(np.ceil(bumps * 2**octave)) + 3
        knots = rng.uniform(-1, 1, count)
        at = np.clip(x, 0, 1) * (count - 3)
        left = np.clip(at.astype(np.int64), 0, count - 2)
        t = at - left
        t = t * t * (3 - 2 * t)
        total += scale * (knots[left] * (1 - t) + knots[left + 1] * t)
        weight += scale
        scale *= 0.5
    return total / weight


def ridge(rng: np.random.Generator, levels: int, roughness: float) -> NDArray[np.float64]:
    """A mountain line by midpoint displacement: 2**levels + 1 heights, about -1 … 1."""
    line = rng.uniform(-0.6, 0.6, 3)
    spread = 0.6
    for _ in range(levels - 1):
        middle = (line[:-1] + line[1:]) / 2 + rng.uniform(-spread, spread, line.size - 1)
        merged = np.empty(line.size + middle.size)
        merged[0::2], merged[1::2] = line, middle
        line = merged
        spread *= roughness
    return line


@cache
def dither() -> Field:
    """A 128 × 128 tile of triangular noise, -1 … 1, that hides the steps of 8-bit gradients."""
    rng = np.random.default_rng(7)
    white = rng.random((2, 128, 128), dtype=np.float32)
    return np.asarray(white[0] - white[1], np.float32)


def quantize(picture: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(H, W, C) float 0 … 255 to bytes, dithered so that soft gradients show no bands."""
    height, width, channels = picture.shape
    tile = np.tile(dither(), (1, width // 128 + 1))[:, :width]
    noise = cv2.merge([tile] * channels)
    out = np.empty(picture.shape, np.uint8)
    # Strip by strip, as high as the tile: large pictures need no second float copy.
    for top in range(0, height, 128):
        strip = picture[top : top + 128]
        noisy = cv2.add(strip, noise[: strip.shape[0]])
        # The absolute value turns the few values below zero into at most 1, which no eye tells from 0.
        out[top : top + 128] = cv2.convertScaleAbs(noisy)
    return out
