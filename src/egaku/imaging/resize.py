"""Resize: a picture, and the hole in it, to the size that will be delivered.

**Aspect.** A source of another aspect than the target is cut to it, centred and as large as possible, then
scaled: nothing is stretched and no bars are added. `nearest_size` picks the target that cuts least.

**Down** by exact areas (every source pixel counts by how much of it a target pixel covers), **up** by Lanczos
over 8 × 8 pixels. Colours are weighted by alpha, so what hides under transparency does not bleed out.

**Holes.** A target pixel is in the hole when any part of the area it covers was. One that lies wholly on kept
source pixels is therefore always kept; the rim of mixed pixels, narrower than one target pixel, is painted,
since a mixture of picture and hole would show as a seam. Alpha outside the hole is averaged over kept pixels
alone, so a hole made of transparency leaves no half-transparent rim.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.imaging.pixels import Hole, Pixels, is_opaque


class Box(NamedTuple):
    """Part of a picture, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def rows(self) -> slice:
        return slice(self.top, self.top + self.height)

    @property
    def columns(self) -> slice:
        return slice(self.left, self.left + self.width)


def nearest_size(width: int, height: int, sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Of `sizes` (width, height), the one whose aspect is nearest to width:height; the first of equals."""
    aspect = math.log(width / height)
    return min(sizes, key=lambda size: abs(math.log(size[0] / size[1]) - aspect))


def cover_box(width: int, height: int, to_width: int, to_height: int) -> Box:
    """The largest centred part of a width × height picture with the aspect of the target, at least 1 × 1."""
    if width * to_height > height * to_width:
        part = max(1, round(height * to_width / to_height))
        return Box((width - part) // 2, 0, part, height)
    part = max(1, round(width * to_height / to_width))
    return Box(0, (height - part) // 2, width, part)


def fit(pixels: Pixels, width: int, height: int) -> Pixels:
    """`pixels` (H, W, 4) cut and scaled to (height, width, 4). The same array when nothing changes."""
    if pixels.shape[:2] == (height, width):
        return pixels
    box = cover_box(pixels.shape[1], pixels.shape[0], width, height)
    return _scale(pixels[box.rows, box.columns], None, width, height)


def fit_with_hole(pixels: Pixels, hole: Hole, width: int, height: int) -> tuple[Pixels, Hole]:
    """`pixels` (H, W, 4) and the `hole` (H, W) in it, cut and scaled alike to (height, width).

    Both are given back untouched when they have that size. Pixels inside the new hole are undefined.
    """
    if pixels.shape[:2] == (height, width):
        return pixels, hole
    box = cover_box(pixels.shape[1], pixels.shape[0], width, height)
    hole = hole[box.rows, box.columns]
    return _scale(pixels[box.rows, box.columns], hole, width, height), _scale_hole(hole, width, height)


def _scale(pixels: Pixels, hole: Hole | None, width: int, height: int) -> Pixels:
    down = pixels.shape[1] >= width and pixels.shape[0] >= height
    sharp = cv2.INTER_AREA if down else cv2.INTER_LANCZOS4
    size = (width, height)
    if is_opaque(pixels):
        scaled = cv2.resize(pixels, size, interpolation=sharp)
        scaled[..., 3] = 255
        return np.asarray(scaled, np.uint8)
    alpha = pixels[..., 3].astype(np.uint16)
    # 255 × 255 fits 16 bits, and half of it leaves room for Lanczos to overshoot: weighting by alpha loses
    # nothing visible and needs one channel's room at a time.
    weight = _resized(alpha * np.uint16(255) >> np.uint16(1), size, sharp)
    result = np.empty((height, width, 4), np.uint8)
    for channel in range(3):
        result[..., channel] = _ratio(
            _resized(pixels[..., channel] * alpha >> np.uint16(1), size, sharp), weight
        )
    if hole is None:
        result[..., 3] = _rounded(weight.astype(np.float32) / np.float32(127.5))
    else:
        smooth = cv2.INTER_AREA if down else cv2.INTER_LINEAR
        kept = np.where(hole, np.uint16(0), np.uint16(255))
        known = _resized(alpha * kept, size, smooth)
        result[..., 3] = _ratio(known, _resized(kept * np.uint16(255), size, smooth))
    return result


def _resized(channel: NDArray[np.uint16], size: tuple[int, int], interpolation: int) -> NDArray[np.uint16]:
    return np.asarray(cv2.resize(channel, size, interpolation=interpolation), np.uint16)


def _ratio(weighted: NDArray[np.uint16], weight: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """255 · weighted / weight, within 0 … 255; 0 where there is no weight."""
    scaled = np.divide(weighted, np.maximum(weight, np.uint16(1)), dtype=np.float32)
    scaled *= np.float32(255)
    return _rounded(scaled)


def _rounded(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _scale_hole(hole: Hole, width: int, height: int) -> Hole:
    """True where the area a target pixel covers touches the hole, counted exactly on a summed-area table."""
    sums = cv2.integral(hole.astype(np.uint8))
    top, bottom = _spans(hole.shape[0], height)
    left, right = _spans(hole.shape[1], width)
    high, low = sums[bottom], sums[top]
    return np.asarray(high[:, right] - high[:, left] - low[:, right] + low[:, left] > 0)


def _spans(source: int, target: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and past-the-last source index that each of `target` equal parts of `source` touches."""
    place = np.arange(target, dtype=np.int64)
    return place * source // target, -(-(place + 1) * source // target)
