"""Tone: `style` makes a finished picture's colours strong (`vivid`) or quiet (`natural`). Lightness stays."""

from __future__ import annotations

import cv2
import numpy as np

from egaku.engines.base import Pixels

CHROMA = {"vivid": 1.3, "natural": 0.7}
"""How far from grey each colour goes, as a multiple of what the palette has."""


def toned(pixels: Pixels, style: str | None) -> Pixels:
    """(H, W, 4) in that tone; the same array where none was asked for."""
    if style is None:
        return pixels
    chroma = CHROMA[style]
    grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGBA2GRAY), cv2.COLOR_GRAY2RGBA)
    changed = np.asarray(cv2.addWeighted(pixels, chroma, grey, 1 - chroma, 0), np.uint8)
    changed[..., 3] = pixels[..., 3]
    return changed
