"""Nearest-neighbour fields: for each target patch, the source patch most like it.

Exact by one matrix product while few; otherwise PatchMatch (Barnes et al., SIGGRAPH 2009), with propagation
run for all pixels at once from neighbours at several distances, as on parallel hardware.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.membrane import Mask

Index = NDArray[np.intp]
Places = tuple[Index, Index]
"""Rows and columns, (N,) each."""
Cost = NDArray[np.float32]
Descriptors = NDArray[np.float32]
"""(N, D) float32, one patch a row."""

_WEAR = 0.03
_NEIGHBOURS = ((0, 1), (1, 0), (0, -1), (-1, 0))


@dataclass(slots=True)
class Matches:
    """Which source patch each target patch takes. Row and column of patch centres; -1 where no target."""

    rows: Index
    """(H, W) row in the source of what (y, x) takes."""
    columns: Index
    """(H, W) likewise, column."""
    cost: Cost
    """(H, W) squared descriptor distance; infinite before it is known."""

    def copy(self) -> Matches:
        return Matches(self.rows.copy(), self.columns.copy(), self.cost.copy())


def nowhere(shape: tuple[int, int]) -> Matches:
    """Matches of `shape` (H, W) with no target yet."""
    return Matches(
        np.full(shape, -1, np.intp), np.full(shape, -1, np.intp), np.full(shape, np.inf, np.float32)
    )


class Search:
    """One level's search: fixed sources, targets whose description may change between rounds."""

    def __init__(self, offered: Descriptors, sources: Mask, targets: Mask) -> None:
        """`offered` (S, D) describes the True places of `sources` (h, w); `targets` (H, W) are to match.

        Raises ValueError without a source.
        """
        if not len(offered):
            raise ValueError("There is no source patch to copy from.")
        self._shape = sources.shape
        self._offered = offered
        self._worn = np.zeros(len(offered), np.float32)
        self._sources = np.flatnonzero(sources)
        self._slot = np.full(sources.size, -1, np.int32)
        self._slot[self._sources] = np.arange(len(self._sources))
        self._targets = targets
        rows, columns = np.nonzero(targets)
        self._at: Places = (rows, columns)

    def exact(self, asked: Descriptors, most: int = 1_500_000) -> Matches:
        """The best source for every target, described by `asked` (N, D), by exhaustive search.

        Above `most` pairs only an even subset of the sources is looked at. Sources that many targets took get
        dearer for the next call, so that a picture filled in several rounds does not repeat one patch (the
        occurrence term of Kaspar et al., "Self Tuning Texture Optimization", 2015).
        """
        out = nowhere(self._targets.shape)
        stride = -(-len(self._sources) * len(asked) // most)
        bank = self._offered[::stride]
        lengths = (bank**2).sum(1) + self._worn[::stride]
        # The nearest has the greatest product less half its length: one more column of the same product.
        banked = np.column_stack([bank, -0.5 * lengths]).astype(np.float32)
        wanted = np.column_stack([asked, np.ones(len(asked), np.float32)])
        best = np.empty(len(asked), np.intp)
        for begin in range(0, len(asked), 1024):
            best[begin : begin + 1024] = (wanted[begin : begin + 1024] @ banked.T).argmax(1)
        taken = self._sources[best * stride]
        out.rows[self._at], out.columns[self._at] = np.divmod(taken, self._shape[1])
        cost = ((asked - bank[best]) ** 2).sum(1)
        out.cost[self._at] = cost
        fair = len(asked) / len(bank)
        uses = np.bincount(best, minlength=len(bank)) / max(fair, 1.0)
        self._worn[::stride] = 0.5 * self._worn[::stride] + _WEAR * np.median(cost) * uses
        return out

    def run(
        self, start: Matches, asked: Descriptors, rounds: int, rng: np.random.Generator, share: float = 1.0
    ) -> Matches:
        """Improve `start` for `rounds` of propagation and random search; `asked` is (N, D).

        With `share` below 1 only that part of the targets, those that fit worst, is worked on.
        """
        out = start.copy()
        self._settle(out, asked, rng)
        at = self._at
        if share < 1 and len(asked):
            cost = out.cost[at]
            worst = np.flatnonzero(cost >= np.quantile(cost, 1 - share))
            at, asked = (at[0][worst], at[1][worst]), asked[worst]
        for turn in range(rounds):
            for reach in (4, 1) if turn == 0 else (2, 1):
                for down, across in _NEIGHBOURS:
                    self._propagate(out, at, asked, (down * reach, across * reach))
            self._wander(out, at, asked, rng)
        return out

    def _settle(self, out: Matches, asked: Descriptors, rng: np.random.Generator) -> None:
        """Give every target an allowed source and its present cost."""
        rows, columns = out.rows[self._at], out.columns[self._at]
        index = self._flat(rows, columns)
        slot = self._slot[index]
        lost = (rows < 0) | (slot < 0)
        slot[lost] = rng.integers(0, len(self._sources), int(lost.sum()))
        out.rows[self._at], out.columns[self._at] = np.divmod(self._sources[slot], self._shape[1])
        out.cost[self._at] = ((asked - self._offered[slot]) ** 2).sum(1)

    def _propagate(self, out: Matches, at: Places, asked: Descriptors, step: tuple[int, int]) -> None:
        height, width = self._targets.shape
        rows = np.clip(at[0] + step[0], 0, height - 1)
        columns = np.clip(at[1] + step[1], 0, width - 1)
        found = out.rows[rows, columns]
        offer = (found - (rows - at[0]), out.columns[rows, columns] - (columns - at[1]))
        self._offer(out, at, asked, offer, found >= 0)

    def _wander(self, out: Matches, at: Places, asked: Descriptors, rng: np.random.Generator) -> None:
        reach = max(self._shape)
        while reach >= 1:
            shift = rng.integers(-reach, reach + 1, (2, len(asked)))
            rows = out.rows[at] + shift[0]
            self._offer(out, at, asked, (rows, out.columns[at] + shift[1]), rows >= 0)
            reach //= 4

    def _offer(
        self, out: Matches, at: Places, asked: Descriptors, offer: Places, usable: NDArray[np.bool_]
    ) -> None:
        """Take the offered source wherever it is allowed and better than what is there."""
        rows, columns = offer
        height, width = self._shape
        index = self._flat(rows, columns)
        slot = self._slot[index]
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        other = (rows != out.rows[at]) | (columns != out.columns[at])
        some = np.flatnonzero(usable & inside & other & (slot >= 0))
        difference = asked[some] - self._offered[slot[some]]
        cost = np.einsum("nd,nd->n", difference, difference)
        y, x = at[0][some], at[1][some]
        better = cost < out.cost[y, x]
        y, x, some = y[better], x[better], some[better]
        out.rows[y, x], out.columns[y, x], out.cost[y, x] = rows[some], columns[some], cost[better]

    def _flat(self, rows: Index, columns: Index) -> Index:
        height, width = self._shape
        return np.asarray(np.clip(rows, 0, height - 1) * width + np.clip(columns, 0, width - 1), np.intp)


def finer(matches: Matches, shape: tuple[int, int], source_shape: tuple[int, int]) -> Matches:
    """The same offsets on a grid about twice as fine; `shape` and `source_shape` are the new (H, W)."""
    height, width = matches.rows.shape
    out_rows = np.arange(shape[0])
    out_columns = np.arange(shape[1])
    at = np.ix_(np.minimum(out_rows // 2, height - 1), np.minimum(out_columns // 2, width - 1))
    taken = matches.rows[at]
    rows = np.clip(taken * 2 + (out_rows & 1)[:, None], 0, source_shape[0] - 1)
    columns = np.clip(matches.columns[at] * 2 + (out_columns & 1)[None, :], 0, source_shape[1] - 1)
    lost = taken < 0
    return Matches(np.where(lost, -1, rows), np.where(lost, -1, columns), np.full(shape, np.inf, np.float32))
