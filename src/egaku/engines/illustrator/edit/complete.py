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
from egaku.engines.illustrator.edit.fill import Filled, Level, fill
from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.membrane import Field, Mask

_WORK = 256
_PARTS = 6
_SEAM = 2
_WORTH_SEEING = 48


def complete(image: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """The picture with its hole filled from its surroundings.

    `image` is (H, W, 4) uint8, `hole` (H, W) bool; what `image` holds inside the hole is never read.
    Returns (H, W, 4) uint8, equal to `image` outside the hole.
    """
    *_, last = passes(image, hole, rng)
    return last


def passes(image: Pixels, hole: Hole, rng: np.random.Generator) -> Iterator[Pixels]:
    """As `complete`, yielding true intermediate pictures; the last is the result."""
    field = premultiplied(image, hole)
    unknown = hole.copy()
    for part in parts(hole):
        box = context(part)
        for shown in _fill_part(field[box], unknown[box], part[box], rng):
            field[box][part[box]] = shown[part[box]]
            yield straight(field, image, hole)
    if not hole.any() or hole.all():
        yield straight(field, image, hole)


def premultiplied(image: Pixels, hole: Hole) -> Field:
    """The picture as (H, W, 3) float32 in 0 … 1, or (H, W, 4) if anything outside the hole is see-through.

    The hole is mid-grey: nothing of what was under it is left.
    """
    opaque = bool((image[..., 3][~hole] == 255).all())
    field: Field = image.astype(np.float32)
    field /= 255
    if opaque:
        field = field[..., :3]
    else:
        field[..., :3] *= field[..., 3:]
    field[hole] = 0.5
    return np.ascontiguousarray(field, np.float32)


def straight(field: Field, image: Pixels, hole: Hole) -> Pixels:
    """Back to (H, W, 4) uint8 with straight alpha: `field` inside the hole, `image` outside."""
    out = image.copy()
    inside = field[hole]
    alpha = inside[:, 3:] if field.shape[2] == 4 else np.ones((len(inside), 1), np.float32)
    colour = np.divide(inside[:, :3], np.maximum(alpha, 1 / 255))
    out[hole] = (np.clip(np.concatenate([colour, alpha], 1), 0, 1) * 255).round().astype(np.uint8)
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
    size = (part.shape[1] // scale, part.shape[0] // scale)
    share = membrane.shrink(known.astype(np.float32), size)
    sums = membrane.shrink(np.where(known[..., None], picture, np.float32(0)), size)
    small = Level(
        (sums / np.maximum(share, 1e-6)[..., None]).astype(np.float32),
        share > 0.999,
        membrane.shrink(part.astype(np.float32), size) > 0,
    )
    return _Window(picture, known, part, scale, small)


def _fill_part(picture: Field, unknown: Mask, part: Mask, rng: np.random.Generator) -> Iterator[Field]:
    height, width = part.shape
    window = _window(picture, unknown, part)
    if not window.small.known.any():
        yield membrane.interpolate(picture, ~unknown)
        return
    filled: Filled | None = None
    for filled in fill(window.small, rng):
        if min(filled.picture.shape[:2]) >= _WORTH_SEEING:
            size = (window.part.shape[1], window.part.shape[0])
            shown = cv2.resize(filled.picture, size, interpolation=cv2.INTER_LINEAR)
            yield np.asarray(shown, np.float32)[:height, :width]
    if filled is not None:
        yield _detailed(window, filled)[:height, :width]


def _detailed(window: _Window, filled: Filled) -> Field:
    """The filled picture at full resolution: small base, detail copied along the offsets, seam removed."""
    scale = window.scale
    reach = np.ones((2 * _SEAM + 1, 2 * _SEAM + 1), np.uint8)
    wide = cv2.dilate(window.part.astype(np.uint8), reach) > 0
    out = window.picture.copy()
    out[wide] = filled.picture[wide] if scale == 1 else _carried(window, filled, wide)
    ring = wide & window.known
    if not ring.any():
        return out
    gap = np.where(ring[..., None], window.picture - out, np.float32(0))
    correction = membrane.interpolate(gap, ring | ~wide, sweeps=4)
    out[window.part] += correction[window.part]
    return out


def _carried(window: _Window, filled: Filled, wanted: Mask) -> Field:
    scale = window.scale
    height, width = wanted.shape
    small = window.small
    base = cv2.resize(filled.picture, (width, height), interpolation=cv2.INTER_LINEAR)
    smooth = np.where(small.known[..., None], small.picture, filled.picture)
    detail = window.picture - cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    flat = detail.reshape(-1, detail.shape[2])
    y, x = np.nonzero(wanted)
    small_y, small_x = (y + 0.5) / scale - 0.5, (x + 0.5) / scale - 0.5
    top, left = np.floor(small_y).astype(np.intp), np.floor(small_x).astype(np.intp)
    total = np.zeros((len(y), detail.shape[2]), np.float32)
    weights = np.full((len(y), 1), 1e-6, np.float32)
    for down in (0, 1):
        for across in (0, 1):
            row = np.clip(top + down, 0, small.known.shape[0] - 1)
            column = np.clip(left + across, 0, small.known.shape[1] - 1)
            share = (1 - np.abs(small_y - top - down)) * (1 - np.abs(small_x - left - across))
            found = filled.matches.rows[row, column]
            share = np.where(found >= 0, share, 0).astype(np.float32)[:, None]
            from_row = np.clip(y + (found - row) * scale, 0, height - 1)
            from_column = np.clip(x + (filled.matches.columns[row, column] - column) * scale, 0, width - 1)
            total += share * flat[from_row * width + from_column]
            weights += share
    return np.asarray(base[wanted] + total / weights, np.float32)
