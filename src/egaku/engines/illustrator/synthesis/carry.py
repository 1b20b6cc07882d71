"""A small result carried to full size: the small picture for the base, the source's own detail on top."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.match import Matches
from egaku.engines.illustrator.synthesis.membrane import Field

Window = tuple[slice, slice]
"""Rows and columns at full size, with start and stop."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """What is needed to bring small matches to full size: the source at both sizes, `scale` apart."""

    large: Field
    """(H * scale, W * scale, C) source."""
    small: Field
    """(H, W, C) the same, reduced."""
    scale: int

    def carry(self, base: Field, matches: Matches, window: Window) -> Field:
        """The `window` of the full-size picture, (rows, columns, C).

        `base` (H, W, C) is the small result. Where four neighbours were copied from one piece the detail is
        an exact copy; where pieces meet they are cross-faded.
        """
        height, width = self.large.shape[:2]
        rows, columns = np.arange(height)[window[0]], np.arange(width)[window[1]]
        out = _enlarge(base, (width, height))[window].copy()
        detail = self.large - _enlarge(self.small, (width, height))
        grid = np.meshgrid(columns.astype(np.float32), rows.astype(np.float32))
        index = np.arange(matches.rows.shape[0])[:, None]
        down = np.where(matches.rows >= 0, matches.rows - index, 0) * self.scale
        index = np.arange(matches.rows.shape[1])[None, :]
        across = np.where(matches.rows >= 0, matches.columns - index, 0) * self.scale
        for row, row_share in _corners(rows, self.scale, matches.rows.shape[0]):
            for column, column_share in _corners(columns, self.scale, matches.rows.shape[1]):
                pick = np.ix_(row, column)
                from_x = np.clip(grid[0] + across[pick].astype(np.float32), 0, width - 1)
                from_y = np.clip(grid[1] + down[pick].astype(np.float32), 0, height - 1)
                taken = cv2.remap(detail, from_x, from_y, cv2.INTER_NEAREST)
                share = row_share[:, None] * column_share[None, :]
                out += share[..., None] * np.asarray(taken, np.float32)
        return out


def _corners(
    places: NDArray[np.intp], scale: int, count: int
) -> list[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    """The two small cells nearest to each full-size place, and their shares."""
    if scale == 1:
        return [(places, np.ones(len(places), np.float32))]
    at = (places + 0.5) / scale - 0.5
    low = np.floor(at).astype(np.intp)
    part = (at - low).astype(np.float32)
    return [(np.clip(low, 0, count - 1), 1 - part), (np.clip(low + 1, 0, count - 1), part)]


def _enlarge(values: Field, size: tuple[int, int]) -> Field:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_LINEAR), np.float32)
