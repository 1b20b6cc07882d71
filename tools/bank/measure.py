"""Measure a drawing: where its picture is, where it stands, where its head is, what colour its body has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.color import oklab

Floats = NDArray[np.float64]
SIDE = 128
"""Pixels across of the raster that is measured."""


@dataclass(frozen=True)
class Measures:
    """All lengths are parts of the view box's width or height, 0 … 1; y runs down."""

    box: tuple[float, float, float, float]
    """left, top, right, bottom of what is painted."""
    foot: float
    """x of the middle of what touches the ground."""
    head: tuple[float, float, float]
    """x and y of the crown and the head's width: where a hat goes."""
    symmetry: float
    """Overlap of the silhouette with its mirror image: 1 for a front view."""
    framed: bool
    """True when all four corners are painted: a picture in a frame, not a thing."""


def raster(svg: str, side: int = SIDE) -> NDArray[np.uint8]:
    """The drawing as (side, side, 4) straight-alpha pixels, its aspect kept by the view box."""
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream(svg.encode(), True))
    if dom is None:
        raise ValueError("not a drawing Skia can read")
    size = dom.containerSize()
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    canvas.scale(side / size.width(), side / size.height())
    dom.render(canvas)
    pixels = np.zeros((side, side, 4), np.uint8)
    info = skia.ImageInfo.Make(side, side, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
    if not surface.readPixels(info, pixels, side * 4, 0, 0):
        raise ValueError("Skia gave no pixels back")
    return pixels


def bounds(pixels: NDArray[np.uint8]) -> tuple[float, float, float, float] | None:
    """left, top, right, bottom of what is painted, 0 … 1; None if nothing is."""
    solid = pixels[..., 3] > 60
    if not solid.any():
        return None
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    side = float(pixels.shape[0])
    return columns[0] / side, rows[0] / side, (columns[-1] + 1) / side, (rows[-1] + 1) / side


def measure(pixels: NDArray[np.uint8], faces_left: bool) -> Measures | None:
    """Measures of a raster from `raster`; None if it is all but empty."""
    solid = pixels[..., 3] > 60
    if solid.sum() < 40:
        return None
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inner = solid[top:bottom, left:right]
    mirror = inner[:, ::-1]
    symmetry = float((inner & mirror).sum() / (inner | mirror).sum())
    standing = np.flatnonzero(inner[-max(1, inner.shape[0] // 12) :].any(axis=0))
    down, across = inner.shape[0] // 16, inner.shape[1] // 16
    corners = [inner[y, x] for y in (down, -down - 1) for x in (across, -across - 1)]
    head = _head(inner, faces_left and symmetry < 0.88)
    side = float(pixels.shape[0])
    return Measures(
        box=(left / side, top / side, right / side, bottom / side),
        foot=float(left + standing.mean()) / side,
        head=((left + head[0]) / side, (top + head[1]) / side, head[2] / side),
        symmetry=symmetry,
        framed=bool(all(corners) and inner.mean() > 0.9),
    )


def _head(inner: NDArray[np.bool_], left: bool) -> tuple[float, float, float]:
    """(x, y, width) of the crown in pixels of the cropped silhouette."""
    height, width = inner.shape
    if left and not _frontal(inner):
        first, last = 0, max(2, int(width * 0.5))
    else:
        first, last = int(width * 0.12), max(2, int(width * 0.88))
    part = inner[:, first:last]
    if not part.any():
        part, first = inner, 0
    top = int(np.flatnonzero(part.any(axis=1))[0])
    band = part[top + height // 10 : top + height // 4]
    columns = np.flatnonzero(band.any(axis=0)) if band.any() else np.flatnonzero(part[top])
    middle = float(columns[0] + columns[-1]) / 2 if not left else float(columns.mean())
    near = max(1, width // 14)
    crown = part[:, max(0, int(middle) - near) : int(middle) + near + 1]
    rows = np.flatnonzero(crown.any(axis=1))
    y = float(rows[0]) if rows.size else float(top)
    wide = float(columns[-1] - columns[0] + 1)
    return first + middle, min(y, top + 0.2 * height), min(wide, height * 0.7)


def _frontal(inner: NDArray[np.bool_]) -> bool:
    """True when the upper part is a face seen from the front: nearly its own mirror image."""
    upper = inner[: max(2, int(inner.shape[0] * 0.42))]
    columns = np.flatnonzero(upper.any(axis=0))
    face = upper[:, columns[0] : columns[-1] + 1]
    mirror = face[:, ::-1]
    return bool((face & mirror).sum() > 0.86 * (face | mirror).sum())


def body_color(pixels: NDArray[np.uint8], avoid_green: bool) -> tuple[float, float, float]:
    """OKLab of the paint that covers most: the middle of the largest hue family, near-black left out.

    `avoid_green` passes over leaves and stems, so that the colour of a rose is that of its petals.
    """
    solid = pixels[..., 3] > 200
    lab = oklab(pixels[..., :3][solid].astype(np.float64) / 255.0)
    if lab.shape[0] == 0:
        return 0.6, 0.0, 0.0
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    family = np.where(chroma > 0.045, (hue // 24).astype(int), np.where(lab[:, 0] > 0.62, 100, 101))
    weights = {int(key): float((family == key).sum()) for key in np.unique(family)}
    hues = [key for key in weights if key < 100]
    dark = {key: 0.45 if float(np.median(lab[family == key, 0])) < 0.42 else 1.0 for key in weights}
    weights = {key: weight * dark[key] for key, weight in weights.items()}  # tyres, soles and shade
    merged = {key: weights[key] + 0.7 * weights.get((key + 1) % 15, 0.0) for key in hues}
    merged |= {key: weight * 0.6 for key, weight in weights.items() if key >= 100}
    if avoid_green:
        merged = {key: weight * (0.12 if key in (4, 5, 6, 7) else 1.0) for key, weight in merged.items()}
    best = max(merged, key=lambda key: merged[key])
    chosen = lab[(family == best) | ((family == (best + 1) % 15) & (best < 100))]
    middle = np.median(chosen, axis=0)
    return float(middle[0]), float(middle[1]), float(middle[2])


def same_family(color: str, body: tuple[float, float, float]) -> bool:
    """True when `#RRGGBB` belongs to the body's paint: near in hue, or as grey as it is."""
    lightness, a, b = lab_of(color)
    chroma, body_chroma = float(np.hypot(a, b)), float(np.hypot(body[1], body[2]))
    if body_chroma < 0.045:
        return chroma < 0.07 and abs(lightness - body[0]) < 0.24
    turn = (np.degrees(np.arctan2(b, a) - np.arctan2(body[2], body[1])) + 180) % 360 - 180
    return chroma > 0.035 and abs(turn) < 42 and lightness > 0.3 and abs(lightness - body[0]) < 0.42


def lab_of(color: str) -> tuple[float, float, float]:
    """OKLab of `RRGGBB` or `#RRGGBB`."""
    digits = color.lstrip("#")
    rgb = np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], np.float64) / 255.0
    lightness, a, b = (float(value) for value in oklab(rgb[None, :])[0])
    return lightness, a, b


def is_water(color: str) -> bool:
    """A blue that seas are drawn with."""
    _, a, b = lab_of(color)
    return bool(np.hypot(a, b) > 0.04 and 200 < np.degrees(np.arctan2(b, a)) % 360 < 300)


def is_lawn(color: str) -> bool:
    """A green that lawns are drawn with."""
    _, a, b = lab_of(color)
    return bool(np.hypot(a, b) > 0.06 and 105 < np.degrees(np.arctan2(b, a)) % 360 < 175)
