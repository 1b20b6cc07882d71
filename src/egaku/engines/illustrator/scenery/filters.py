"""OpenCV's filters with types: what goes in comes out, only filtered."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = TypeVar("Picture", bound=NDArray[Any])
"""Any array of pixels; a filter gives back the kind it was given."""


def gauss(picture: Picture, sigma: float) -> Picture:
    """Gaussian blur; `sigma` in pixels."""
    return cast("Picture", cv2.GaussianBlur(picture, (0, 0), sigma))


def haze(picture: Picture, sigma: float) -> Picture:
    """A wide Gaussian blur, done at a quarter of the size; `sigma` in pixels."""
    h, w = picture.shape[:2]
    small = shrink(picture, (max(4, h // 4), max(4, w // 4)))
    return enlarge(gauss(small, max(0.5, sigma / 4)), (h, w))


def median(picture: Picture, size: int) -> Picture:
    """Median of a square of `size` (odd) pixels."""
    return cast("Picture", cv2.medianBlur(picture, size))


def enlarge(picture: Picture, shape: tuple[int, int]) -> Picture:
    """Resize smoothly to `shape` (H, W)."""
    return cast("Picture", cv2.resize(picture, shape[::-1], interpolation=cv2.INTER_LINEAR))


def shrink(picture: Picture, shape: tuple[int, int]) -> Picture:
    """Resize to a smaller `shape` (H, W) by averaging areas."""
    return cast("Picture", cv2.resize(picture, shape[::-1], interpolation=cv2.INTER_AREA))


def wrapped(tile: NDArray[np.float32], u: NDArray[Any], v: NDArray[Any]) -> NDArray[np.float32]:
    """Look up a square seamless tile at texel coordinates of any size; `u` and `v` broadcast together."""
    u, v = np.broadcast_arrays(u, v)
    size = tile.shape[0]
    across, down = (np.mod(p, size).astype(np.float32) for p in (u, v))
    picked = cv2.remap(tile, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(picked, np.float32)
