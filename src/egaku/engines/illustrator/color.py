"""OKLab, the colour space in which lightness, chroma and hue can be moved one at a time.

Source: Björn Ottosson, "A perceptual color space for image processing" (2020); matrices from there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_LMS = np.linalg.inv(_TO_LMS)


def oklab(srgb: Floats) -> Floats:
    """(…, 3) sRGB 0 … 1 to (…, 3) OKLab: lightness 0 … 1, a and b about -0.4 … 0.4."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    lms: Floats = np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T
    return lms


def srgb(lab: Floats) -> Floats:
    """(…, 3) OKLab to (…, 3) sRGB, clipped to 0 … 1."""
    linear = np.clip(((lab @ _FROM_LAB.T) ** 3) @ _FROM_LMS.T, 0.0, 1.0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
