"""The easel: a Skia surface over a NumPy picture, measured in short sides of the picture.

Everything painted is placed in *units*: the picture's shorter side is 1, so a scene has the same layout at
256 and at 1024 pixels and only gets crisper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.base import RGB

Points = NDArray[np.float64]
"""(N, 2): x, y in units."""

Paint: TypeAlias = RGB | skia.Shader
"""What a shape is filled with: one colour, or a gradient in units."""

Stop = tuple[float, RGB] | tuple[float, RGB, float]
"""Position 0 … 1, colour, and alpha 0 … 1 (1 if left out)."""


def argb(color: RGB, alpha: float = 1.0) -> int:
    """Skia's packed colour."""
    r, g, b = (min(255, max(0, round(c))) for c in color)
    return int(skia.ColorSetARGB(min(255, max(0, round(alpha * 255))), r, g, b))


def _split(stops: Sequence[Stop]) -> tuple[list[int], list[float]]:
    colors = [argb(s[1], s[2] if len(s) == 3 else 1.0) for s in stops]
    return colors, [s[0] for s in stops]


def linear(start: tuple[float, float], end: tuple[float, float], *stops: Stop) -> skia.Shader:
    """Gradient along the line from `start` to `end`."""
    colors, positions = _split(stops)
    return skia.GradientShader.MakeLinear([start, end], colors, positions)


def vertical(top: float, bottom: float, *colors: RGB) -> skia.Shader:
    """Gradient down the picture through evenly spaced colours."""
    last = max(1, len(colors) - 1)
    return linear((0, top), (0, bottom), *((i / last, c) for i, c in enumerate(colors)))


def radial(center: tuple[float, float], radius: float, *stops: Stop) -> skia.Shader:
    """Gradient outwards from `center`."""
    colors, positions = _split(stops)
    return skia.GradientShader.MakeRadial(center, max(radius, 1e-4), colors, positions)


def brush(paint: Paint, alpha: float = 1.0, *, blur: float = 0.0, stroke: float = 0.0) -> skia.Paint:
    """A Skia paint. `blur` is a sigma and `stroke` a line width, both in units; 0 means none, filled."""
    out = skia.Paint(AntiAlias=True, Dither=True)
    if isinstance(paint, skia.Shader):
        out.setShader(paint)
        out.setAlphaf(alpha)
    else:
        out.setColor(argb(paint, alpha))
    if blur > 0:
        out.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if stroke > 0:
        out.setStyle(skia.Paint.kStroke_Style)
        out.setStrokeWidth(stroke)
        out.setStrokeCap(skia.Paint.kRound_Cap)
        out.setStrokeJoin(skia.Paint.kRound_Join)
    return out


def polygon(points: Points | Sequence[tuple[float, float]], *, closed: bool = True) -> skia.Path:
    """Straight lines through the points."""
    listed = points.tolist() if isinstance(points, np.ndarray) else points
    return skia.Path.Polygon([skia.Point(x, y) for x, y in listed], closed)


def under(x: NDArray[np.float64], y: NDArray[np.float64], bottom: float) -> skia.Path:
    """The region from a curve down to `bottom`."""
    line = np.column_stack([x, y])
    return polygon(np.vstack([line, [[x[-1], bottom], [x[0], bottom]]]))


def ellipse(x: float, y: float, rx: float, ry: float) -> skia.Path:
    """An ellipse by its centre and half axes."""
    return skia.Path.Oval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))


def circles(discs: Iterable[tuple[float, float, float]]) -> skia.Path:
    """Many discs (x, y, r) as one path, so that overlaps do not show through."""
    path = skia.Path()
    for x, y, r in discs:
        path.addCircle(x, y, r)
    return path


def rect(x: float, y: float, w: float, h: float, radius: float = 0.0) -> skia.Path:
    """A rectangle by its corner and size, with round corners if asked."""
    box = skia.Rect.MakeXYWH(x, y, w, h)
    return skia.Path.RRect(box, radius, radius) if radius > 0 else skia.Path.Rect(box)


def rects(boxes: Iterable[tuple[float, float, float, float]]) -> skia.Path:
    """Many rectangles (x, y, w, h) as one path."""
    path = skia.Path()
    for x, y, w, h in boxes:
        path.addRect(skia.Rect.MakeXYWH(x, y, w, h))
    return path


class Easel:
    """A picture being painted."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.unit = float(min(width, height))
        """Pixels per unit."""
        self.w = width / self.unit
        self.h = height / self.unit
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        """(H, W, 4), premultiplied alpha."""
        info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self.pixels)
        self.canvas = self._surface.getCanvas()
        self.canvas.scale(self.unit, self.unit)

    def fill(self, shape: skia.Path, paint: Paint, alpha: float = 1.0, *, blur: float = 0.0) -> None:
        """Paint the inside of a shape."""
        self.canvas.drawPath(shape, brush(paint, alpha, blur=blur))

    def line(
        self, shape: skia.Path, width: float, paint: Paint, alpha: float = 1.0, *, blur: float = 0.0
    ) -> None:
        """Paint along a shape's outline."""
        self.canvas.drawPath(shape, brush(paint, alpha, blur=blur, stroke=width))

    def disc(
        self, x: float, y: float, r: float, paint: Paint, alpha: float = 1.0, *, blur: float = 0.0
    ) -> None:
        """Paint a disc."""
        self.canvas.drawCircle(x, y, r, brush(paint, alpha, blur=blur))

    def box(
        self, x: float, y: float, w: float, h: float, paint: Paint, alpha: float = 1.0, *, radius: float = 0.0
    ) -> None:
        """Paint a rectangle."""
        self.fill(rect(x, y, w, h, radius), paint, alpha)

    def glow(self, x: float, y: float, r: float, color: RGB, alpha: float = 1.0) -> None:
        """Add light that fades out at distance `r`."""
        paint = brush(radial((x, y), r, (0, color, alpha), (0.35, color, alpha * 0.42), (1, color, 0)))
        paint.setBlendMode(skia.BlendMode.kScreen)
        self.canvas.drawCircle(x, y, r, paint)

    def shade(
        self, x: float, y: float, rx: float, ry: float, alpha: float, color: RGB = (20, 16, 40)
    ) -> None:
        """A soft shadow on the ground."""
        self.fill(ellipse(x, y, rx, ry), color, alpha, blur=max(0.002, ry * 0.5))

    def straight(self) -> Pixels:
        """The picture with straight alpha, as the engine's callers keep it."""
        out = np.empty_like(self.pixels)
        info = skia.ImageInfo.Make(
            self.width, self.height, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
        )
        self._surface.readPixels(info, out, self.width * 4, 0, 0)
        return out
