"""From matches to a picture: overlapping source patches vote on each pixel's colour.

Wexler, Shechtman & Irani, "Space-Time Completion of Video" (PAMI 2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.match import Matches
from egaku.engines.illustrator.synthesis.membrane import Field, Mask


def vote(
    matches: Matches,
    source: Field,
    wanted: Mask,
    trust: NDArray[np.float32],
    reach: tuple[int, ...] = (-2, 0, 2),
) -> Field:
    """Colours of the `wanted` pixels, (N, C) in row order, from all target patches that cover them.

    `source` is (h, w, C), `trust` (H, W) weighs each patch (0 for none); `reach` lists the places in the
    patch, in both directions, from which votes are taken.
    """
    height, width = matches.rows.shape
    tall, wide, channels = source.shape
    flat = source.reshape(-1, channels)
    y, x = np.nonzero(wanted)
    total = np.zeros((len(y), channels), np.float32)
    weights = np.full((len(y), 1), 1e-9, np.float32)
    for down in reach:
        for across in reach:
            row, column = y - down, x - across
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            row, column = np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)
            found = matches.rows[row, column]
            share = (trust[row, column] * (inside & (found >= 0)))[:, None]
            from_row = np.clip(found + down, 0, tall - 1)
            from_column = np.clip(matches.columns[row, column] + across, 0, wide - 1)
            total += share * flat[from_row * wide + from_column]
            weights += share
    return np.asarray(total / weights, np.float32)


def trusts(matches: Matches, nearness: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much each patch's vote counts, (H, W): more if alike and where `nearness` (H, W) is high."""
    seen = matches.cost[np.isfinite(matches.cost)]
    spread = 2 * max(float(np.quantile(seen, 0.6)), 1e-6) if len(seen) else 1.0
    return np.asarray(nearness * np.exp(-np.minimum(matches.cost, 1e6) / spread) + 1e-6, np.float32)
