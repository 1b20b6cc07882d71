"""The two arrays everything in this room speaks of, and the one question asked of them everywhere."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A picture: (H, W, 4) uint8, sRGB with straight (not premultiplied) alpha, row 0 at the top."""

Hole = NDArray[np.bool_]
"""Where an edit may paint: (H, W) bool, True inside the hole."""


def is_opaque(pixels: Pixels) -> bool:
    """True when every alpha of `pixels`, (H, W, 4), is 255."""
    return int(cv2.extractChannel(np.ascontiguousarray(pixels), 3).min()) == 255
