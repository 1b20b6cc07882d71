"""Photographs that scikit-image's wheel carries."""

from __future__ import annotations

import numpy as np
from skimage import data

from egaku.imaging.pixels import Pixels


def photograph(name: str) -> Pixels:
    """One of them, opaque: (H, W, 4)."""
    rgb = getattr(data, name)()
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
