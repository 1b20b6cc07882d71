"""Seams taken out: the copied gradients kept, the colours fitted to what is around (Perez et al., 2003)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.match import Matches
from egaku.engines.illustrator.synthesis.membrane import Field, Mask

_PULL = 0.01
_FREE = 10
"""Pixels from the border over which colours may move freely to meet what is outside."""
_DOUBT = 4.0
_SURE = 0.93
_EDGES = 0.25
"""Part of the border at which a true edge may lie."""
_CROSS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32)

Share = NDArray[np.float32]
"""(H, W) float32, 0 ... 1."""


def meld(picture: Field, source: Field, matches: Matches, trust: Share, hole: Mask) -> Field:
    """`picture` with the hole's gradients taken from where its patches come from.

    `picture` (H, W, C) is filled; `source` (H, W, C) is what `matches` point into; `trust` is how much of the
    copied gradient to take. Between pixels copied from different places the mean of both sources' gradients
    holds, so no step is left there.
    """
    target = sum(_bend(picture, _copied(source, matches, axis), trust, axis) for axis in (0, 1))
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3), np.float32)
    pull = np.float32(_PULL) * np.minimum(away / _FREE, 1) ** 2
    target = np.where(hole[..., None], target, np.float32(0)).astype(np.float32)
    return np.asarray(picture + membrane.correct(target, hole, pull), np.float32)


def trustworthy(matches: Matches, detail: NDArray[np.float32], hole: Mask) -> Share:
    """How far copies can be believed inside the hole, from how well they fit along its border.

    `detail` (H, W) is how rough each patch is, in the units of the matches' cost: what fits no worse than
    that, or than the border is rough on the whole, is as good as can be had; what fits far worse has no like
    in the picture, as on a smooth gradient, which a membrane continues better.
    """
    rim = np.isfinite(matches.cost) & ~hole & (matches.rows >= 0)
    usual = np.float32(detail[rim].mean() if rim.any() else 0)
    misfit = np.where(rim, matches.cost, 0) / (np.maximum(detail, usual) + np.float32(2e-4))
    doubt = membrane.interpolate(misfit.astype(np.float32)[..., None], rim | ~(hole | rim))[..., 0]
    return np.asarray(1 / (1 + (doubt / _DOUBT) ** 2), np.float32)


def settle(picture: Field, smooth: Field, trust: Share, hole: Mask) -> Field:
    """Where `trust` is low, keep only the fine detail of `picture` on top of `smooth`, all (H, W, C)."""
    if float(trust[hole].min()) > 0.9:
        return picture
    size = max(1.5, 0.06 * min(hole.shape))
    drift = np.asarray(cv2.GaussianBlur(smooth - picture, (0, 0), size), np.float32).reshape(picture.shape)
    plain = (smooth - picture - drift) * (1 - trust[..., None]) ** 2
    share = np.where(hole, 1 - trust, np.float32(0))[..., None]
    return np.asarray(picture + share * (drift + plain), np.float32)


def usual_step(picture: Field, known: Mask) -> Field:
    """The step between neighbouring pixels that half of the known ones stay below, (C,); zero if unknown."""
    steps = []
    # A grid of some hundred lines is plenty for a median.
    stride = max(1, min(known.shape) // 256)
    for axis in (0, 1):
        first = np.arange(0, known.shape[axis] - 1, stride)
        pair = known.take(first, axis) & known.take(first + 1, axis)
        step = np.abs(picture.take(first + 1, axis) - picture.take(first, axis))
        across = (slice(None), slice(None, None, stride)) if axis == 0 else (slice(None, None, stride),)
        steps.append(step[across][pair[across]])
    every = np.concatenate(steps)
    if not len(every):
        return np.zeros(picture.shape[2], np.float32)
    # Half a grey level less, because rounding to 8 bits may add as much.
    return np.asarray(np.maximum(np.median(every, axis=0) - 0.5 / 255, 0), np.float32)


def level(picture: Field, hole: Mask, known: Mask, usual: Field, trust: Share) -> Field:
    """`picture` (H, W, C) with hardly a step across the border of `hole` greater than `usual` (C,).

    Only where `trust` is high a true edge of the picture may meet the border, and along a quarter of it at
    most. What has to change at the border fades out a few pixels inside.
    """
    box = membrane.window(hole, 1)
    out = picture.copy()
    out[box] += _levelling(picture[box], hole[box], known[box], usual, trust[box])
    return out


def _levelling(picture: Field, hole: Mask, known: Mask, usual: Field, trust: Share) -> Field:
    """What `level` adds, all (h, w) or (h, w, C) of the hole's window."""
    weight = known.astype(np.float32)
    count = np.asarray(cv2.filter2D(weight, -1, _CROSS, borderType=cv2.BORDER_CONSTANT), np.float32)
    rim = hole & (count > 0)
    change = np.zeros_like(picture)
    if not rim.any():
        return change
    sums = cv2.filter2D(picture * weight[..., None], -1, _CROSS, borderType=cv2.BORDER_CONSTANT)
    beside = np.asarray(sums, np.float32).reshape(picture.shape)[rim] / count[rim][:, None]
    now = picture[rim]
    needed = np.clip(now, beside - usual, beside + usual) - now
    needed[_excused(np.abs(needed).max(1), trust[rim])] = 0
    change[rim] = needed
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3), np.float32)
    reach = max(_FREE, 0.02 * min(hole.shape))
    return membrane.interpolate(change, rim | (away == 0) | (away > reach), sweeps=6)


def _excused(excess: NDArray[np.float32], trust: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of the border's pixels (N,) may keep their step: well-founded ones, a quarter of all at most."""
    sure = (excess > 0) & (trust > _SURE)
    most = int(_EDGES * len(excess))
    if sure.sum() <= most:
        return sure
    kept = np.argsort(-(excess * sure), kind="stable")[:most]
    out = np.zeros(len(excess), np.bool_)
    out[kept] = True
    return out


def _bend(picture: Field, copied: Field, trust: Share, axis: int) -> Field:
    """How much the second difference of `picture` along `axis` has to change, (H, W, C)."""
    change = trust[..., None] * (copied - _ahead(picture, axis))
    change[_end(axis)] = 0
    return np.asarray(change - np.roll(change, 1, axis=axis), np.float32)


def _copied(source: Field, matches: Matches, axis: int) -> Field:
    """The step from each pixel to the next along `axis`, as the sources of the two have it."""
    height, width, channels = source.shape
    flat = _ahead(source, axis).reshape(-1, channels)
    rows, columns = np.clip(matches.rows, 0, height - 1), np.clip(matches.columns, 0, width - 1)
    own = flat[rows * width + columns]
    if axis == 0:
        rows = np.maximum(rows - 1, 0)
    else:
        columns = np.maximum(columns - 1, 0)
    # What p says of the step ahead of it, and p + 1 of the step behind it.
    both = 0.5 * (own + np.roll(flat[rows * width + columns], -1, axis=axis))
    return np.asarray(both, np.float32)


def _ahead(picture: Field, axis: int) -> Field:
    return np.diff(picture, axis=axis, append=picture[_end(axis, keep=True)])


def _end(axis: int, *, keep: bool = False) -> tuple[slice | int, ...]:
    last: slice | int = slice(-1, None) if keep else -1
    return (last,) if axis == 0 else (slice(None), last)
