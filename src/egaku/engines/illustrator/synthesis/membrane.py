"""Smooth interpolation over holes: the Laplace and Poisson equations solved coarse to fine.

Nested iteration with Jacobi relaxation, the cheap end of multigrid (Briggs, Henson & McCormick, "A Multigrid
Tutorial", 2000); as a membrane it is what Perez et al., "Poisson Image Editing" (2003), blend with. The frame
of the picture is a free (Neumann) border, so holes may touch it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
"""(H, W, C) float32, any range."""
Mask = NDArray[np.bool_]
"""(H, W) bool."""

_CROSS = np.array([[0, 0.25, 0], [0.25, 0, 0.25], [0, 0.25, 0]], np.float32)
_SMALLEST = 4


def interpolate(field: Field, known: Mask, sweeps: int = 6) -> Field:
    """Fill what is not known with the membrane spanned by what is.

    `field` is (H, W, C); values where `known` is False are ignored. Where nothing at all is known the
    result is zero. More `sweeps` come closer to the true harmonic function. Returns (H, W, C).
    """
    filled = np.where(known[..., None], field, np.float32(0)).astype(np.float32)
    box = window(~known, 2)
    # Only what borders on the hole shapes the membrane.
    filled[box] = _pull_push(filled[box], known[box].astype(np.float32), sweeps)
    return filled


def window(mask: Mask, margin: int) -> tuple[slice, slice]:
    """Rows and columns that hold all of `mask` (H, W) and `margin` pixels around; empty if there is none."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(0, rows[0] - margin), min(mask.shape[0], rows[-1] + margin + 1)),
        slice(max(0, columns[0] - margin), min(mask.shape[1], columns[-1] + margin + 1)),
    )


def _pull_push(weighted: Field, weight: NDArray[np.float32], sweeps: int) -> Field:
    height, width = weight.shape
    if not weight.size:
        return weighted
    seen = weight[..., None]
    here = weighted / np.maximum(seen, 1e-6)
    if min(height, width) <= _SMALLEST or bool((weight > 0).all()):
        total = max(float(weight.sum()), 1e-6)
        return np.where(seen > 0, here, weighted.sum((0, 1)) / np.float32(total)).astype(np.float32)
    half = ((width + 1) // 2, (height + 1) // 2)
    coarse = _pull_push(_planes(shrink(weighted, half)), shrink(weight, half), sweeps)
    up = _planes(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))
    unknown = (weight <= 0)[..., None]
    out = np.where(unknown, up, here)
    rounds = sweeps if height * width <= 300 * 300 else 2
    return _relax(out, unknown, None, rounds)


def correct(target: Field, hole: Mask, pull: NDArray[np.float32], cycles: int = 2) -> Field:
    """The c with laplacian(c) - `pull` * c = `target` inside `hole` and c = 0 outside, nearly.

    `target` is (H, W, C), `hole` and `pull` (H, W). Where `pull` is above 0 it keeps c from drifting far from
    zero: what it evens out reaches about 1 / sqrt(pull) pixels (Bhat et al., "GradientShop", 2010, call it
    screening).
    """
    box = window(hole, 2)
    out = np.zeros_like(target)
    out[box] = _solved(target[box], hole[box], pull[box], cycles)
    return out


def _solved(target: Field, hole: Mask, pull: NDArray[np.float32], cycles: int) -> Field:
    solution = np.zeros_like(target)
    for _ in range(cycles):
        around = _planes(cv2.filter2D(solution, -1, _CROSS, borderType=cv2.BORDER_REPLICATE))
        left = target - 4 * (around - solution) + pull[..., None] * solution
        solution += _cycle(np.where(hole[..., None], left, np.float32(0)).astype(np.float32), hole, pull)
    return solution


def _cycle(target: Field, hole: Mask, pull: NDArray[np.float32]) -> Field:
    height, width = hole.shape
    inside = hole[..., None]
    start = np.zeros_like(target)
    if min(height, width) > _SMALLEST and bool(hole.any()):
        half = ((width + 1) // 2, (height + 1) // 2)
        # Twice the spacing: the same second derivative is four times the difference.
        small = shrink(hole.astype(np.float32), half) > 0.99
        below = _cycle(4 * _planes(shrink(target, half)), small, 4 * shrink(pull, half))
        start = _planes(cv2.resize(below, (width, height), interpolation=cv2.INTER_LINEAR)) * inside
    return _relax(start, inside, target, 6, pull)


def _relax(
    values: Field,
    free: NDArray[np.bool_],
    target: Field | None,
    rounds: int,
    pull: NDArray[np.float32] | None = None,
) -> Field:
    """Jacobi sweeps over the free pixels, slightly damped where there is a right-hand side."""
    weight = np.float32(0.8) / (4 + pull[..., None]) if pull is not None else np.float32(0.2)
    for _ in range(rounds):
        around = _planes(cv2.filter2D(values, -1, _CROSS, borderType=cv2.BORDER_REPLICATE))
        if target is not None:
            around = weight * (4 * around - target) + np.float32(0.2) * values
        values = np.where(free, around, values)
    return values


def shrink(values: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Area-averaged (width, height) version of (H, W) or (H, W, C)."""
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _planes(values: NDArray[np.float32] | cv2.typing.MatLike) -> Field:
    """OpenCV drops a channel axis of one; put it back."""
    array = np.asarray(values, np.float32)
    return array if array.ndim == 3 else array[..., None]
