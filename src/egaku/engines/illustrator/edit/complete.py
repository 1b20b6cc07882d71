"""Completion: a hole filled so that one does not see it was there.

Each part of the hole is filled in a crop around it, at most `_WORK` pixels on a side; the offsets found there
then carry the full resolution's detail, and a membrane takes out what is left of a seam.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit import seams
from egaku.engines.illustrator.edit.fill import ENOUGH, Filled, Level, fill
from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.alpha import premultiplied, straight
from egaku.engines.illustrator.synthesis.carry import Carrier
from egaku.engines.illustrator.synthesis.membrane import Field, Mask

_WORK = 256
_PARTS = 6
_WORTH_SEEING = 48
_LARGEST = 2048
"""Longest side of a window in which detail is carried at full size."""


def complete(image: Pixels, hole: Hole, rng: np.random.Generator, *, shunned: Mask | None = None) -> Pixels:
    """The picture with its hole filled from its surroundings.

    `image` is (H, W, 4) uint8, `hole` (H, W) bool; what `image` holds inside the hole is never read.
    Nothing is copied from where `shunned` (H, W) is set, as long as there is enough else.
    Returns (H, W, 4) uint8, equal to `image` outside the hole.
    """
    *_, last = passes(image, hole, rng, shunned=shunned)
    return last


def passes(
    image: Pixels,
    hole: Hole,
    rng: np.random.Generator,
    *,
    shunned: Mask | None = None,
    work: int = _WORK,
) -> Iterator[Pixels]:
    """As `complete`, yielding true intermediate pictures; the last is the result.

    `work` is the longest side at which patches are searched, in pixels.
    """
    field = premultiplied(_unfeathered(image, hole), hole)
    out = image.copy()
    out[hole] = straight(field[hole])
    usual = seams.usual_step(field, ~hole)
    shunned = np.zeros_like(hole) if shunned is None else shunned
    for part in parts(hole):
        around, inner = context(part), membrane.window(part, 0)
        top, left = inner[0].start - around[0].start, inner[1].start - around[1].start
        crop = Level(field[around], ~hole[around], part[around], shunned[around])
        for shown in _fill_part(crop, usual, rng, work):
            height, width = part[inner].shape
            filled = straight(shown[top : top + height, left : left + width])
            out = out.copy()
            out[inner] = np.where(part[inner][..., None], filled, out[inner])
            yield out
    if not hole.any() or hole.all():
        yield out


def _unfeathered(image: Pixels, hole: Hole) -> Pixels:
    """`image` opaque, if only the soft brush that made `hole` left its pixels half clear.

    Otherwise the hole would be continued from its own fading rim. Where anything outside the hole is wholly
    clear, or hardly anything is solid, the picture itself is see-through and stays it.
    """
    alpha = image[..., 3][~hole]
    if not len(alpha) or alpha.min() in (0, 255) or (alpha > 250).mean() < 0.25:
        return image
    out = image.copy()
    out[..., 3] = 255
    return out


def parts(hole: Hole) -> list[Mask]:
    """The hole's pieces that lie well apart, each (H, W); all in one if there are many."""
    if not hole.any() or hole.all():
        return []
    near = max(3, min(hole.shape) // 16) | 1
    joined = cv2.dilate(hole.astype(np.uint8), np.ones((near, near), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    if count - 1 > _PARTS:
        return [hole]
    return [hole & (labels == label) for label in range(1, count)]


def context(part: Mask) -> tuple[slice, slice]:
    """The window that is worth looking at to fill `part`: its box and as much again on each side."""
    rows, columns = np.flatnonzero(part.any(1)), np.flatnonzero(part.any(0))
    reach = max(48, int(1.0 * max(rows[-1] - rows[0], columns[-1] - columns[0])))
    return (
        slice(max(0, rows[0] - reach), min(part.shape[0], rows[-1] + reach + 1)),
        slice(max(0, columns[0] - reach), min(part.shape[1], columns[-1] + reach + 1)),
    )


@dataclass(slots=True)
class _Window:
    """A crop, its sides whole multiples of `scale`, and its reduced working copy."""

    large: Level
    scale: int
    small: Level


def _window(crop: Level, work: int) -> _Window:
    height, width = crop.hole.shape
    scale = -(-max(height, width) // work)
    # Whole blocks only: the frame's last block repeats the last pixels.
    pad = ((0, -height % scale), (0, -width % scale))
    large = Level(
        np.pad(crop.picture, (*pad, (0, 0)), mode="edge"),
        *(np.pad(mask, pad, mode="edge") for mask in (crop.known, crop.hole, crop.shunned)),
    )
    return _Window(large, scale, large if scale == 1 else _reduced(large, scale))


def _reduced(level: Level, scale: int) -> Level:
    """The picture at one `scale`-th of its size, from what is known of it."""
    return level.shrunk((level.hole.shape[1] // scale, level.hole.shape[0] // scale))


def _fill_part(crop: Level, usual: Field, rng: np.random.Generator, work: int) -> Iterator[Field]:
    """Each scale's picture, then the finished one; `usual` (C,) is the step seams may show at most."""
    height, width = crop.hole.shape
    reduced = -(-max(height, width) // _LARGEST)
    if reduced > 1:
        yield from _fill_reduced(crop, usual, (reduced, rng, work))
        return
    window = _window(crop, work)
    if window.small.known.sum() < ENOUGH:
        yield membrane.interpolate(crop.picture, crop.known)
        return
    shape = window.large.hole.shape
    filled: Filled | None = None
    for filled in fill(window.small, rng):
        if min(filled.picture.shape[:2]) >= _WORTH_SEEING:
            yield _enlarged(filled.picture, shape)[:height, :width]
    if filled is not None:
        trust = _enlarged(filled.trust, shape)[:height, :width]
        detailed = _detailed(window, filled)[:height, :width]
        yield seams.level(detailed, crop.hole, crop.known, usual, trust)


def _fill_reduced(crop: Level, usual: Field, how: tuple[int, np.random.Generator, int]) -> Iterator[Field]:
    """As `_fill_part` for a very large picture: filled at one `how[0]`-th of its size and enlarged."""
    reduced, rng, work = how
    height, width = crop.hole.shape
    large = crop.picture
    for shown in _fill_part(_reduced(crop, reduced), usual, rng, work):
        large = _enlarged(shown, (height, width))
        yield large
    np.copyto(large, crop.picture, where=~crop.hole[..., None])
    yield seams.level(large, crop.hole, crop.known, usual, np.zeros((height, width), np.float32))


def _enlarged(values: Field, shape: tuple[int, ...]) -> Field:
    return np.asarray(cv2.resize(values, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _detailed(window: _Window, filled: Filled) -> Field:
    """The filled picture at full resolution: small base, and detail copied along the offsets."""
    large, small = window.large, window.small
    box = membrane.window(large.hole, 0)
    out = large.picture.copy()
    if window.scale == 1:
        found = filled.picture[box]
    else:
        base = np.where(small.known[..., None], small.picture, filled.picture)
        found = Carrier(large.picture, base, window.scale).carry(filled.picture, filled.matches, box)
    out[box] = np.where(large.hole[box][..., None], found, out[box])
    return out
