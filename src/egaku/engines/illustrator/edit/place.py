"""Where in a hole a figure goes: as large as its silhouette fits uncut, low and in the middle."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole

_GRID = 72
_AIR = 0.94
"""Part of the largest fitting size that is used."""
_TALLEST = 0.72
"""Most of the picture's height or width a figure takes."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a figure goes, in pixels of the picture."""

    left: int
    top: int
    width: int
    height: int


def place(hole: Hole, shape: NDArray[np.bool_], *, standing: bool) -> Box | None:
    """The box that puts a figure of silhouette `shape` (h, w) wholly into `hole` (H, W), margin included.

    A `standing` figure is put low in the hole, any other in its middle. None if the hole is too small to
    show anything (a figure of less than 8 pixels).
    """
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    if not len(rows):
        return None
    window = hole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    step = max(max(window.shape) / _GRID, 1.0)
    size = (max(1, round(window.shape[1] / step)), max(1, round(window.shape[0] / step)))
    share = cv2.resize(window.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    whole = np.pad((np.asarray(share) > 0.995).astype(np.uint8), 1)
    room = np.asarray(cv2.erode(whole, np.ones((3, 3), np.uint8)), np.uint8)[1:-1, 1:-1]
    most = _TALLEST * min(hole.shape[0] / shape.shape[0], hole.shape[1] / shape.shape[1]) / step
    low, high = 0.0, min(room.shape[0] / shape.shape[0], room.shape[1] / shape.shape[1], most)
    for _ in range(7):
        middle = (low + high) / 2
        if _spots(room, shape, middle).any():
            low = middle
        else:
            high = middle
    scale = low * _AIR
    spots = _spots(room, shape, scale) if low > 0 else np.zeros((1, 1), bool)
    height, width = round(shape.shape[0] * scale * step), round(shape.shape[1] * scale * step)
    if not spots.any() or max(height, width) < 8:
        return None
    top, left = _best(spots, room, (height / step, width / step), standing=standing)
    return Box(round(columns[0] + left * step), round(rows[0] + top * step), max(width, 1), max(height, 1))


def _spots(room: NDArray[np.uint8], shape: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    """The top-left corners at which the silhouette, scaled, lies in the room."""
    height, width = max(1, round(shape.shape[0] * scale)), max(1, round(shape.shape[1] * scale))
    if height > room.shape[0] or width > room.shape[1]:
        return np.zeros((1, 1), np.bool_)
    shrunk = cv2.resize(shape.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    stamp = (np.asarray(shrunk) > 0.05).astype(np.uint8)
    fits = cv2.erode(room, stamp, anchor=(0, 0), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(fits)[: room.shape[0] - height + 1, : room.shape[1] - width + 1] > 0


def _best(
    spots: NDArray[np.bool_], room: NDArray[np.uint8], size: tuple[float, float], *, standing: bool
) -> tuple[int, int]:
    tops, lefts = np.nonzero(spots)
    rows, columns = np.nonzero(room)
    middle = float(columns.mean()) - size[1] / 2
    wanted = float(np.quantile(rows, 0.97)) - size[0] if standing else float(rows.mean()) - size[0] / 2
    best = int(np.argmin(np.abs(lefts - middle) + 1.5 * np.abs(tops - wanted)))
    return int(tops[best]), int(lefts[best])
