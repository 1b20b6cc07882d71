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


def complete(image: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """The picture with its hole filled from its surroundings.

    `image` is (H, W, 4) uint8, `hole` (H, W) bool; what `image` holds inside the hole is never read.
    Returns (H, W, 4) uint8, equal to `image` outside the hole.
    """
    *_, last = passes(image, hole, rng)
    return last


def passes(image: Pixels, hole: Hole, rng: np.random.Generator) -> Iterator[Pixels]:
    """As `complete`, yielding true intermediate pictures; the last is the result."""
    field = premultiplied(_unfeathered(image, hole), hole)
    out = image.copy()
    out[hole] = straight(field[hole])
    usual = seams.usual_step(field, ~hole)
    for part in parts(hole):
        around, inner = context(part), membrane.window(part, 0)
        top, left = inner[0].start - around[0].start, inner[1].start - around[1].start
        for shown in _fill_part(field[around], hole[around], part[around], usual, rng):
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
    """A crop and its reduced working copy."""

    picture: Field
    known: Mask
    part: Mask
    scale: int
    small: Level


def _window(picture: Field, unknown: Mask, part: Mask) -> _Window:
    height, width = part.shape
    scale = -(-max(height, width) // _WORK)
    # Whole blocks only: the frame's last block repeats the last pixels.
    pad = ((0, -height % scale), (0, -width % scale))
    picture = np.pad(picture, (*pad, (0, 0)), mode="edge")
    known, part = np.pad(~unknown, pad, mode="edge"), np.pad(part, pad, mode="edge")
    if scale == 1:
        return _Window(picture, known, part, 1, Level(picture, known, part))
    return _Window(picture, known, part, scale, _reduced(picture, known, part, scale))


def _reduced(picture: Field, known: Mask, part: Mask, scale: int) -> Level:
    """The picture at one `scale`-th of its size, from what is known of it."""
    size = (part.shape[1] // scale, part.shape[0] // scale)
    share = membrane.shrink(known.astype(np.float32), size)
    sums = membrane.shrink(np.where(known[..., None], picture, np.float32(0)), size)
    return Level(
        (sums / np.maximum(share, 1e-6)[..., None]).astype(np.float32),
        share > 0.999,
        membrane.shrink(part.astype(np.float32), size) > 0,
    )


def _fill_part(
    picture: Field, unknown: Mask, part: Mask, usual: Field, rng: np.random.Generator
) -> Iterator[Field]:
    """Each scale's picture, then the finished one; `usual` (C,) is the step seams may show at most."""
    height, width = part.shape
    reduced = -(-max(height, width) // _LARGEST)
    if reduced > 1:
        yield from _fill_reduced(picture, unknown, part, usual, (reduced, rng))
        return
    window = _window(picture, unknown, part)
    if window.small.known.sum() < ENOUGH:
        yield membrane.interpolate(picture, ~unknown)
        return
    filled: Filled | None = None
    for filled in fill(window.small, rng):
        if min(filled.picture.shape[:2]) >= _WORTH_SEEING:
            yield _enlarged(filled.picture, window.part.shape)[:height, :width]
    if filled is not None:
        trust = _enlarged(filled.trust, window.part.shape)[:height, :width]
        yield seams.level(_detailed(window, filled)[:height, :width], part, ~unknown, usual, trust)


def _fill_reduced(
    picture: Field, unknown: Mask, part: Mask, usual: Field, how: tuple[int, np.random.Generator]
) -> Iterator[Field]:
    """As `_fill_part` for a very large picture: filled at one `how[0]`-th of its size and enlarged."""
    reduced, rng = how
    height, width = part.shape
    small = _reduced(picture, ~unknown, part, reduced)
    large = picture
    for shown in _fill_part(small.picture, ~small.known, small.hole, usual, rng):
        large = _enlarged(shown, (height, width))
        yield large
    np.copyto(large, picture, where=~part[..., None])
    yield seams.level(large, part, ~unknown, usual, np.zeros((height, width), np.float32))


def _enlarged(values: Field, shape: tuple[int, ...]) -> Field:
    return np.asarray(cv2.resize(values, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _detailed(window: _Window, filled: Filled) -> Field:
    """The filled picture at full resolution: small base, and detail copied along the offsets."""
    box = membrane.window(window.part, 0)
    out = window.picture.copy()
    if window.scale == 1:
        found = filled.picture[box]
    else:
        small = np.where(window.small.known[..., None], window.small.picture, filled.picture)
        found = Carrier(window.picture, small, window.scale).carry(filled.picture, filled.matches, box)
    out[box] = np.where(window.part[box][..., None], found, out[box])
    return out
