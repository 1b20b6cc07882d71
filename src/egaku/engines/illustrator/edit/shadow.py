"""The soft shadow under what stands."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit.place import Box

_DARKEST = 0.42


def cast(ground: Pixels, alpha: NDArray[np.uint8], box: Box, hole: Hole, light: float) -> Pixels:
    """`ground` (H, W, 4) darkened where the figure with `alpha` (h, w) in `box` touches it.

    Fades out towards the border of `hole` (H, W), so that no edge shows; `light` 0 … 100 is how bright the
    place is: in the dark there is little shadow.
    """
    height, width = hole.shape
    feet = alpha[int(0.88 * box.height) :].max(0).astype(np.float32) / 255
    depth = max(2.0, 0.09 * box.width)
    pad = round(4 * depth)
    top, bottom = max(0, box.top + box.height - pad), min(height, box.top + box.height + pad)
    left, right = max(0, box.left - pad), min(width, box.left + box.width + pad)
    rows = np.arange(top, bottom, dtype=np.float32) - (box.top + box.height - 0.25 * depth)
    profile = np.zeros(right - left, np.float32)
    start = box.left - left
    profile[start : start + len(feet)] = feet[: right - left - start]
    spread = np.asarray(cv2.GaussianBlur(profile[None, :], (0, 0), max(1.0, 0.6 * depth)), np.float32)
    near = np.exp(-((rows / (0.55 * depth)) ** 2))[:, None] * spread
    view = (slice(top, bottom), slice(left, right))
    inside = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3), np.float32)[view]
    fade = np.clip((inside - 1) / max(2.0, depth), 0, 1)
    strength = _DARKEST * float(np.clip(light / 55, 0.25, 1.0))
    out = ground.copy()
    shade = 1 - strength * near * fade
    out[view][..., :3] = (ground[view][..., :3] * shade[..., None]).round().astype(np.uint8)
    return out
