"""Photographs for tests: those scikit-image's wheel carries, as RGBA."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from skimage import data

from egaku.engines.base import Pixels

_untyped: Any = data


def photo(name: str, width: int, height: int) -> Pixels:
    """The named picture, scaled to (height, width, 4), opaque."""
    image = np.asarray(getattr(_untyped, name)())
    rgb = image if image.ndim == 3 else np.repeat(image[..., None], 3, axis=2)
    fitted = cv2.resize(np.ascontiguousarray(rgb[..., :3]), (width, height), interpolation=cv2.INTER_AREA)
    return np.dstack([fitted, np.full((height, width), 255, np.uint8)]).astype(np.uint8)
