"""Salience: what stands out of a picture in which no drawing of ours is found.

What is unlike the colours of its own height, sky or ground, is taken for a thing; an even texture has none.
"""

from __future__ import annotations

import cv2
import numpy as np

from egaku.engines.base import Hole, Pixels

_SIDE = 64
_SOFT = 2.0
_STRIKING = 22.0
"""Difference in CIELAB from which a place stands out."""
_LEAST, _MOST = 0.01, 0.6
"""Part of what is known that a thing takes; less is a speck, more is the picture's ground."""
_BORDER = 4
"""Pixels along the hole that are never counted: what meets the hole has to go on in it."""


def salient(image: Pixels, hole: Hole) -> Hole:
    """Where something stands out of what is known of `image` (H, W, 4), (H, W); nowhere if nothing does."""
    height, width = hole.shape
    scale = _SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    known = np.asarray(cv2.resize((~hole).astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
    colors = np.where(hole[..., None], 0, image[..., :3]).astype(np.float32)
    small = np.asarray(cv2.resize(colors, size, interpolation=cv2.INTER_AREA), np.float32)
    weight = np.asarray(cv2.GaussianBlur(known, (0, 0), _SOFT), np.float32)[..., None]
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), _SOFT), np.float32) / np.maximum(weight, 1e-3)
    lab = np.asarray(cv2.cvtColor(np.clip(soft / 255, 0, 1), cv2.COLOR_RGB2LAB), np.float32)
    sure = known > 0.99
    striking = np.zeros_like(sure)
    for row in np.flatnonzero(sure.any(1)):
        usual = np.median(lab[row][sure[row]], axis=0)
        striking[row] = sure[row] & (np.linalg.norm(lab[row] - usual, axis=-1) > _STRIKING)
    if not _LEAST < striking.sum() / max(1, sure.sum()) < _MOST:
        return np.zeros_like(hole)
    away = np.asarray(cv2.distanceTransform(sure.astype(np.uint8), cv2.DIST_L2, 3))
    striking &= away > _BORDER
    full = cv2.resize(striking.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return (np.asarray(full) > 0) & ~hole
