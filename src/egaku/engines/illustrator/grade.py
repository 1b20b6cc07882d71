"""The last touch on a composed picture: vignette, and bloom where it is dark."""

from __future__ import annotations

import numpy as np
import skia
from numpy.typing import NDArray

VIGNETTE = 0.15
"""How much the corners darken, 0 … 1."""


def grade(canvas: skia.Canvas, width: int, height: int, *, night: bool) -> None:
    """Draw the eye to the middle: corners a little darker, at night a little more."""
    reach = float(np.hypot(width, height)) / 2
    deep = int(255 * VIGNETTE * (1.35 if night else 1.0))
    shader = skia.GradientShader.MakeRadial(
        skia.Point(width / 2, height * 0.47),
        reach * 1.04,
        [skia.Color(0, 0, 0, 0), skia.Color(0, 0, 0, 0), skia.Color(18, 12, 40, deep)],
        [0.0, 0.55, 1.0],
    )
    canvas.drawRect(skia.Rect.MakeWH(width, height), skia.Paint(Shader=shader, Dither=True))


def overlay(canvas: skia.Canvas, front: NDArray[np.uint8]) -> None:
    """Lay a straight-alpha layer (rain, snow, near grass) over the picture."""
    image = skia.Image.fromarray(
        np.ascontiguousarray(front), skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
    )
    canvas.drawImage(image, 0, 0)
