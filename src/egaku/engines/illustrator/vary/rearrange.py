"""The perturbed coarse start of a variation: which part of the source each place begins from."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.match import Matches


def rearranged(shape: tuple[int, int], strength: float, rng: np.random.Generator) -> Matches:
    """Smoothly displaced places of a source of `shape` (H, W): things move, grow and shrink a little.

    A slight crop and two octaves of drift; at `strength` 0 every place begins from itself.
    """
    height, width = shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    zoom = 1 - strength * rng.uniform(0.04, 0.2)
    centre_y = height / 2 + rng.uniform(-0.5, 0.5) * (1 - zoom) * height
    centre_x = width / 2 + rng.uniform(-0.5, 0.5) * (1 - zoom) * width
    side = min(shape)
    ys = centre_y + (ys - (height - 1) / 2) * zoom + _drift(shape, 3, 0.11 * strength * side, rng)
    xs = centre_x + (xs - (width - 1) / 2) * zoom + _drift(shape, 3, 0.11 * strength * side, rng)
    ys += _drift(shape, 6, 0.05 * strength * side, rng)
    xs += _drift(shape, 6, 0.05 * strength * side, rng)
    rows = np.clip(ys.round(), 0, height - 1).astype(np.intp)
    columns = np.clip(xs.round(), 0, width - 1).astype(np.intp)
    return Matches(rows, columns, np.zeros(shape, np.float32))


def _drift(shape: tuple[int, int], cells: int, reach: float, rng: np.random.Generator) -> NDArray[np.float32]:
    rough = rng.uniform(-reach, reach, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(rough, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)
