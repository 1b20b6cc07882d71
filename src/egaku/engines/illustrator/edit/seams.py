"""Seams taken out: the copied gradients kept, the colours fitted to what is around (Perez et al., 2003)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.match import Matches
from egaku.engines.illustrator.synthesis.membrane import Field, Mask

_PULL = 0.01
_CROSS = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], np.float32)


def meld(picture: Field, source: Field, matches: Matches, hole: Mask) -> Field:
    """`picture` with the hole's gradients taken from where its patches come from.

    `picture` (H, W, C) is filled; `source` (H, W, C) is what `matches` point into. Between pixels copied from
    different places the mean of both sources' gradients holds, so no step is left there.
    """
    wanted = sum(_slopes(source, matches, axis) for axis in (0, 1))
    present = _laplacian(picture)
    usable = hole[..., None] & (matches.rows >= 0)[..., None]
    target = np.where(usable, wanted - present, np.float32(0)).astype(np.float32)
    return np.asarray(picture + membrane.correct(target, hole, _PULL), np.float32)


def _laplacian(picture: Field) -> Field:
    out = np.asarray(cv2.filter2D(picture, -1, _CROSS, borderType=cv2.BORDER_REPLICATE), np.float32)
    return out if out.ndim == 3 else out[..., None]


def _slopes(source: Field, matches: Matches, axis: int) -> Field:
    """The second difference along `axis` that the copied gradients ask for, (H, W, C)."""
    forward = np.diff(source, axis=axis, append=_last(source, axis))
    height, width, channels = source.shape
    flat = forward.reshape(-1, channels)
    rows, columns = np.maximum(matches.rows, 0), np.maximum(matches.columns, 0)
    ahead = flat[rows * width + columns]
    back_rows = np.maximum(rows - 1, 0) if axis == 0 else rows
    back_columns = columns if axis == 0 else np.maximum(columns - 1, 0)
    behind = flat[back_rows * width + back_columns]
    # The pair (p, p + 1): what p's source says of its step ahead, and p + 1's of its step behind.
    both = 0.5 * (ahead + _shifted(behind, axis, -1))
    both[(height - 1,) if axis == 0 else (slice(None), width - 1)] = 0
    before = _shifted(both, axis, 1)
    before[(0,) if axis == 0 else (slice(None), 0)] = 0
    return np.asarray(both - before, np.float32)


def _shifted(values: Field, axis: int, by: int) -> NDArray[np.float32]:
    return np.roll(values, by, axis=axis)


def _last(source: Field, axis: int) -> Field:
    return source[-1:] if axis == 0 else source[:, -1:]
