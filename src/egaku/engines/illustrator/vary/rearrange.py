"""The perturbed coarse start of a variation: which part of the source each place begins from."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.match import Matches
from egaku.engines.illustrator.synthesis.membrane import Field

_REACH = 0.08
"""Farthest drift at full strength, part of the shorter side."""

Plane = NDArray[np.float32]
"""(H, W) float32."""


def rearranged(source: Field, strength: float, rng: np.random.Generator) -> Matches:
    """Displaced places of a `source` (H, W, C): its parts move, grow and shrink.

    What is busy (faces, things) moves as one and keeps its shape; the strain goes into what is plain. At
    `strength` 0 every place begins from itself.
    """
    height, width = source.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = _REACH * strength * min(height, width)
    busy = _busyness(source)
    shape = (height, width)
    # Most of the drift is one per row and one per column: what is upright stays upright.
    down = _drift(shape, (5, 1), reach, rng) + _drift(shape, (3, 3), 0.4 * reach, rng)
    across = _drift(shape, (1, 5), reach, rng) + _drift(shape, (3, 3), 0.4 * reach, rng)
    rows, columns = ys + _stiffened(down, busy), xs + _stiffened(across, busy)
    return Matches(
        np.clip(rows.round(), 0, height - 1).astype(np.intp),
        np.clip(columns.round(), 0, width - 1).astype(np.intp),
        np.zeros((height, width), np.float32),
    )


def _drift(shape: tuple[int, int], cells: tuple[int, int], reach: float, rng: np.random.Generator) -> Plane:
    rough = rng.uniform(-reach, reach, cells).astype(np.float32)
    return np.asarray(cv2.resize(rough, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _busyness(source: Field) -> Plane:
    """How much there is to distort at each place, (H, W), above 0: local contrast, evened out."""
    grey = np.ascontiguousarray(source[..., :3].mean(-1), np.float32)
    steep = np.abs(np.diff(grey, axis=0, append=grey[-1:])) + np.abs(
        np.diff(grey, axis=1, append=grey[:, -1:])
    )
    size = 0.04 * min(grey.shape)
    soft = np.asarray(cv2.GaussianBlur(steep, (0, 0), max(size, 0.8)), np.float32)
    return np.asarray((soft / (float(soft.mean()) + 1e-6)) ** 2 + 0.02, np.float32)


def _stiffened(drift: Plane, busy: Plane) -> Plane:
    """The drift averaged over neighbourhoods, busy places counting most, so that they move together."""
    size = 0.13 * min(drift.shape)
    total = cv2.GaussianBlur(drift * busy, (0, 0), size, borderType=cv2.BORDER_REFLECT)
    weight = cv2.GaussianBlur(busy, (0, 0), size, borderType=cv2.BORDER_REFLECT)
    return np.asarray(np.divide(total, weight), np.float32)
