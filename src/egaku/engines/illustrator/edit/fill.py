"""Patch-based filling of a hole in a small picture, coarse to fine.

Wexler et al. (PAMI 2007) with PatchMatch (Barnes et al., 2009): at each scale every patch that touches the
hole looks for the known patch most like it, and the patches found vote on the hole's colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.edit.seams import Share, meld, settle, trustworthy
from egaku.engines.illustrator.synthesis import descriptors, membrane
from egaku.engines.illustrator.synthesis.match import Matches, Search, finer, nowhere
from egaku.engines.illustrator.synthesis.membrane import Field, Mask
from egaku.engines.illustrator.synthesis.vote import trusts, vote

PATCH = 7
_FEW = 96 * 96
_LEAST = 40
_ROUNDS = 4
_WORST = 0.5
"""Part of the patches still searched at large scales."""
ENOUGH = 9
"""Known pixels below which nothing can be copied."""
_SPARE = 0.2
"""Part of what is known that must be left to copy from when something is shunned."""
_SHARP = (0,)
_BLEND = (-2, 0, 2)
_UPRIGHT = 0.12
_LAYERED = 0.35
"""Cost of taking a patch from a picture's height away; more for holes open to a side, which ask for what
lies at the same height: sky beside sky, ground beside ground."""
_SIDEWAYS = 0.03
"""Cost of taking it from a width away."""


@dataclass(slots=True)
class Level:
    """One scale of the picture."""

    picture: Field
    """(H, W, C); anything where not known."""
    known: Mask
    """(H, W) wholly known pixels."""
    hole: Mask
    """(H, W) pixels to fill; what is neither known nor hole is left alone."""
    shunned: Mask
    """(H, W) known pixels that are not to be copied, as long as there are enough others."""

    def shrunk(self, size: tuple[int, int]) -> Level:
        """The level at `size` (width, height), from what is known of it."""
        share = membrane.shrink(self.known.astype(np.float32), size)
        sums = membrane.shrink(np.where(self.known[..., None], self.picture, np.float32(0)), size)
        return Level(
            (sums / np.maximum(share, 1e-6)[..., None]).astype(np.float32),
            share > 0.999,
            *(membrane.shrink(mask.astype(np.float32), size) > 0 for mask in (self.hole, self.shunned)),
        )


@dataclass(slots=True)
class Filled:
    """A level after filling."""

    picture: Field
    """(H, W, C), the hole filled."""
    matches: Matches
    """For each patch that touches the hole, where it was copied from."""
    trust: Share
    """(H, W) how well the copies are founded; known at the finest scale, 1 everywhere before."""


def levels(finest: Level) -> list[Level]:
    """The picture at halving scales, finest first, down to where the hole is a few pixels wide."""
    out = [finest]
    while True:
        last = out[-1]
        height, width = last.known.shape
        radius = float(cv2.distanceTransform(last.hole.astype(np.uint8), cv2.DIST_L2, 3).max())
        if (radius <= 4 and height * width <= _FEW) or min(height, width) < _LEAST:
            return out
        coarser = last.shrunk(((width + 1) // 2, (height + 1) // 2))
        if coarser.known.sum() < ENOUGH:
            return out
        out.append(coarser)


def fill(finest: Level, rng: np.random.Generator) -> Iterator[Filled]:
    """Fill `finest.hole`, yielding each scale once it is done, coarse to fine.

    Raises ValueError if fewer than `ENOUGH` pixels are known.
    """
    if finest.known.sum() < ENOUGH:
        raise ValueError("Too little of the picture is known to copy from.")
    pyramid = levels(finest)
    matches: Matches | None = None
    for level in reversed(pyramid):
        scale = _Scale(level)
        filled = scale.fill(matches, rng)
        matches = filled.matches
        yield filled if level is not pyramid[0] else scale.meld(filled)


def centres(known: Mask) -> Mask:
    """Where whole patches are known; smaller patches must do where there is no such place."""
    for size in (PATCH, 5, 3, 1):
        found = cv2.erode(known.astype(np.uint8), np.ones((size, size), np.uint8), borderValue=1) > 0
        if found.sum() >= 8 or size == 1:
            break
    return found


def _offered(level: Level) -> Mask:
    """The patches to copy from."""
    allowed = level.known & ~level.shunned
    return centres(allowed if allowed.sum() > _SPARE * level.known.sum() else level.known)


class _Scale:
    def __init__(self, level: Level) -> None:
        self.level = level
        self.sources = _offered(level)
        ring = np.ones((PATCH, PATCH), np.uint8)
        self.targets = cv2.dilate(level.hole.astype(np.uint8), ring) > 0
        self.smooth = membrane.interpolate(level.picture, level.known | ~(level.hole | level.known))
        self.picture = self.smooth.copy()
        self.place = descriptors.place(level.known.shape, self._heights(), _SIDEWAYS)
        away = cv2.distanceTransform(level.hole.astype(np.uint8), cv2.DIST_L2, 3)
        self.nearness = np.float32(1.2) ** (-np.minimum(away, 40)).astype(np.float32)

    def _heights(self) -> NDArray[np.float32]:
        """What each row counts as: beyond the known rows all count as the last known one."""
        rows = np.flatnonzero(self.sources.any(1))
        count = len(self.sources)
        clamped = np.clip(np.arange(count), rows[0], rows[-1])
        open_sides = bool(self.level.hole[:, 0].any() or self.level.hole[:, -1].any())
        cost = _LAYERED if open_sides else _UPRIGHT
        return (clamped * (cost / max(count - 1, 1))).astype(np.float32)

    def fill(self, before: Matches | None, rng: np.random.Generator) -> Filled:
        if before is None:
            self._roughen(rng)
        planes = self._planes()
        search = Search(descriptors.gather(planes, self.sources), self.sources, self.targets)
        if before is None:
            matches = self._begin(search)
        else:
            matches = finer(before, self.targets.shape, self.targets.shape)
            matches = search.run(matches, descriptors.gather(planes, self.targets), 0, rng)
            # A blend here would soften what every later match is looked up with, level after level.
            self._paint(matches, _SHARP)
            rounds, share = (_ROUNDS, 1.0) if self.targets.size <= _FEW else (2, _WORST)
            for _ in range(rounds):
                asked = descriptors.gather(self._planes(), self.targets)
                matches = search.run(matches, asked, 1, rng, share)
                self._paint(matches, _BLEND)
        return Filled(self.picture, matches, np.ones(self.targets.shape, np.float32))

    def _begin(self, search: Search) -> Matches:
        matches = nowhere(self.targets.shape)
        for _ in range(6):
            matches = search.exact(descriptors.gather(self._planes(), self.targets))
            self._paint(matches, _BLEND)
        return matches

    def meld(self, filled: Filled) -> Filled:
        """The last scale's finish: doubtful copies toned down, seams taken out."""
        hole = self.level.hole
        planes = descriptors.terms(self.smooth, PATCH)
        detail = sum(plane**2 for plane in planes) - sum(planes[index] ** 2 for index in descriptors.MEANS)
        trust = trustworthy(filled.matches, np.asarray(detail, np.float32), hole)
        picture = settle(filled.picture, self.smooth, trust, hole)
        return Filled(meld(picture, self.level.picture, filled.matches, trust, hole), filled.matches, trust)

    def _roughen(self, rng: np.random.Generator) -> None:
        """Give the membrane the roughness of what is near, or it would only ever match smooth patches."""
        hole = self.level.hole
        near = (cv2.dilate(hole.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0) & self.level.known
        rough = self.level.picture - np.asarray(cv2.blur(self.picture, (5, 5)), np.float32)
        pool = rough[near if near.any() else self.level.known]
        self.picture[hole] += pool[rng.integers(0, len(pool), int(hole.sum()))]

    def _planes(self) -> list[NDArray[np.float32]]:
        return descriptors.terms(self.picture, PATCH) + self.place

    def _paint(self, matches: Matches, reach: tuple[int, ...]) -> None:
        hole = self.level.hole
        self.picture[hole] = vote(matches, self.level.picture, hole, trusts(matches, self.nearness), reach)
