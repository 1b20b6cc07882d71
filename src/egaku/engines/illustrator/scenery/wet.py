"""Wet ground: in rain, streets and squares mirror the lights above them."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from egaku.engines.illustrator.scenery.base import RGB
from egaku.engines.illustrator.scenery.easel import brush, linear, rect
from egaku.engines.illustrator.scenery.filters import enlarge, shrink
from egaku.engines.illustrator.scenery.scene import Scene


def falls(scene: Scene) -> bool:
    """Whether it rains."""
    return scene.air.weather in ("rain", "storm")


def sheen(scene: Scene, top: float, ground: skia.Path) -> None:
    """Mirror what is painted above the line `top` (units) onto wet `ground`; only in rain."""
    if not falls(scene):
        return
    easel = scene.easel
    first = round(top * easel.unit)
    rows = min(first, easel.height - first)
    if rows < 8:
        return
    above = np.ascontiguousarray(easel.pixels[first - rows : first][::-1])
    small = shrink(above, (max(4, rows // 4), max(4, easel.width // 4)))
    unit = easel.unit / 4
    small = np.asarray(
        cv2.GaussianBlur(small, (0, 0), sigmaX=unit * 0.004 + 0.3, sigmaY=unit * 0.035), np.uint8
    )
    image = skia.Image.fromarray(enlarge(small, (rows, easel.width)), colorType=skia.kRGBA_8888_ColorType)
    paint = skia.Paint(Alphaf=0.62 if scene.air.night else 0.34, BlendMode=skia.BlendMode.kScreen)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(ground, doAntiAlias=True)
    canvas.scale(1 / easel.unit, 1 / easel.unit)
    canvas.drawImage(image, 0, first, skia.SamplingOptions(), paint)
    canvas.restore()


def streak(scene: Scene, x: float, y: float, length: float, color: RGB) -> None:
    """A lamp's long reflection on the wet ground, from (x, y) towards the viewer; only in rain."""
    if not falls(scene):
        return
    half = length * 0.085
    shader = linear((0, y), (0, y + length), (0, color, 0.75), (0.4, color, 0.4), (1, color, 0.0))
    paint = brush(shader, 0.9, blur=half * 0.5)
    paint.setBlendMode(skia.BlendMode.kScreen)
    scene.easel.canvas.drawPath(rect(x - half, y, half * 2, length), paint)
