"""Room: the largest upright rectangle in a hole."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from egaku.engines.base import Hole

_GRID = 32


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle, in pixels of the picture."""

    left: int
    top: int
    width: int
    height: int


def roomiest(hole: Hole, down_to: float = 0.0) -> Room:
    """The largest rectangle in `hole` (H, W), to about a thirtieth of the picture's side.

    It reaches down to a row, `down_to` as a part of the height, if any does. Where nothing of that size is
    free, it is the box around all of the hole.
    """
    height, width = hole.shape
    share = cv2.resize(hole.astype(np.float32), (_GRID, _GRID), interpolation=cv2.INTER_AREA)
    free = np.asarray(share) > 0.95
    least = min(round(down_to * _GRID), int(np.flatnonzero(free.any(1)).max(initial=0)))
    best, where = 0, (0, 0, 0, 0)
    deep = np.zeros(_GRID, np.intp)
    for row in range(_GRID):
        deep = np.where(free[row], deep + 1, 0)
        if row < least:
            continue
        for left in range(_GRID):
            low = np.minimum.accumulate(deep[left:])
            areas = low * np.arange(1, _GRID - left + 1)
            most = int(areas.argmax())
            if areas[most] > best:
                best, where = int(areas[most]), (left, row + 1 - int(low[most]), most + 1, int(low[most]))
    if not best:
        rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
        return Room(int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    left, top, across, down = where
    return Room(
        left=round(left * width / _GRID),
        top=round(top * height / _GRID),
        width=round(across * width / _GRID),
        height=round(down * height / _GRID),
    )
