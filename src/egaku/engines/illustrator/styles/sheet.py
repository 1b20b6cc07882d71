"""The sheet a style works on: the picture as opaque colour, the subject's mask, and shared measurements.

Soft work is done on a smaller copy, about half the size; only what the eye can see as an edge is done at
full size.
"""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery.filters import enlarge, gauss, median, shrink
from egaku.engines.illustrator.scenery.noise import tileable
from egaku.engines.illustrator.styles.base import Canvas

WORK = (352, 512)
"""Least and greatest shorter side, in pixels, of the copy that soft work is done on."""

Color3 = NDArray[np.uint8]
"""(H, W, 3) uint8 sRGB."""

Plane = NDArray[np.float32]
"""(H, W) float32, mostly 0 … 1."""


class Sheet:
    """A canvas made ready for styling."""

    def __init__(self, canvas: Canvas) -> None:
        self.height, self.width = canvas.labels.shape
        self.unit = float(min(self.height, self.width))
        """Shorter side in pixels: the scale of everything drawn."""
        self.labels = canvas.labels
        self.page = canvas.page
        self.transparent = canvas.transparent
        self.alpha: NDArray[np.uint8] = np.ascontiguousarray(canvas.pixels[..., 3])
        self.rgb: Color3 = (
            _bled(canvas.pixels) if canvas.transparent else np.ascontiguousarray(canvas.pixels[..., :3])
        )

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W)."""
        return (self.height, self.width)

    @cached_property
    def work_shape(self) -> tuple[int, int]:
        """(h, w) of the working copy."""
        short = min(self.unit, max(WORK[0], min(WORK[1], self.unit / 2)))
        scale = short / self.unit
        return (max(8, round(self.height * scale)), max(8, round(self.width * scale)))

    @cached_property
    def work(self) -> Color3:
        """(h, w, 3) the picture at working size."""
        return self.down(self.rgb)

    @cached_property
    def calm(self) -> Color3:
        """(h, w, 3) the working copy without texture and fine shading."""
        return smooth(self.work, 3, 6, 42)

    @cached_property
    def work_unit(self) -> float:
        """Shorter side of the working copy."""
        return float(min(self.work_shape))

    @cached_property
    def luma(self) -> Plane:
        """(h, w) luma of the working copy, 0 … 1."""
        return cv2.cvtColor(self.work, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)

    @cached_property
    def subject(self) -> Plane:
        """(H, W) where the objects are, 0 … 1 with soft edges of a pixel."""
        mask = (self.labels > 0).astype(np.uint8) * 255
        return cv2.blur(mask, (3, 3)).astype(np.float32) * (1 / 255)

    @cached_property
    def work_subject(self) -> Plane:
        """(h, w) the subject's mask at working size."""
        mask = (self.labels > 0).astype(np.uint8) * 255
        return self.down(mask).astype(np.float32) * (1 / 255)

    @cached_property
    def has_subject(self) -> bool:
        """Whether there are objects at all."""
        return bool((self.labels > 0).any())

    def inset(self, shape: tuple[int, int]) -> Plane:
        """(h, w) of `shape`: pixels between each pixel and the page's border, -1 beyond it."""
        page = np.ones(self.shape, np.bool_) if self.page is None else self.page
        sized = cv2.resize(page.astype(np.uint8), shape[::-1], interpolation=cv2.INTER_NEAREST)
        away = cv2.distanceTransform(np.pad(sized, 1), cv2.DIST_C, 3)
        return np.asarray(away[1:-1, 1:-1] - 1, np.float32)

    def rims(self, shape: tuple[int, int]) -> tuple[Plane, Plane]:
        """How far right and down each pixel of `shape` is, -1 … 1, both ends being the page's border."""
        if self.page is not None:
            return 1 - self.inset(shape) * (2 / min(shape)), np.zeros((1, 1), np.float32)
        y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
        return np.linspace(-1, 1, shape[1], dtype=np.float32)[None], y

    def measured(self, plane: Plane) -> Plane:
        """(N,) a sample of a working-size plane's values: of the objects only, if there is nothing else."""
        if self.transparent and self.has_subject:
            return plane[self.work_subject > 0.5][::7]
        return plane[::4, ::4].ravel()

    def down(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """To working size."""
        if picture.shape[:2] == self.work_shape:
            return picture
        return np.asarray(cv2.resize(picture, self.work_shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)

    def up(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """From working size to full size, smoothly."""
        return np.asarray(
            cv2.resize(picture, (self.width, self.height), interpolation=cv2.INTER_LINEAR), np.uint8
        )

    def up_plane(self, plane: Plane) -> Plane:
        """From working size to full size, smoothly."""
        return np.asarray(
            cv2.resize(plane, (self.width, self.height), interpolation=cv2.INTER_LINEAR), np.float32
        )


def _bled(pixels: NDArray[np.uint8]) -> Color3:
    """The objects' colours carried outwards, so that no style picks up what lies under alpha 0."""
    alpha = pixels[..., 3].astype(np.float32) * (1 / 255)
    color = pixels[..., :3].astype(np.float32) * alpha[..., None]
    out = np.full_like(color, 235.0)
    for size in (63, 15, 5):
        weight = cv2.blur(alpha, (size, size))
        spread = cv2.blur(color, (size, size)) / np.maximum(weight, 1e-4)[..., None]
        out = np.where((weight > 0.004)[..., None], spread, out)
    solid = np.where((alpha > 0.004)[..., None], pixels[..., :3], out)
    return np.clip(solid, 0, 255).astype(np.uint8)


_TILES: dict[tuple[int, int], NDArray[np.float32]] = {}


def grain(shape: tuple[int, int], unit: float, *, cells: int = 128, seed: int = 1) -> Plane:
    """Seamless noise over the whole picture, mean 0, about -0.5 … 0.5.

    `cells` bumps fit into 0.25 of the shorter side, so the tooth of the paper scales with the picture.
    """
    key = (cells, seed)
    if key not in _TILES:
        tile = tileable(np.random.default_rng(seed), 256, cells, 2)
        _TILES[key] = tile - tile.mean()
    tile = _TILES[key]
    size = max(48, min(512, round(unit * 0.25)))
    if size != 256:
        tile = np.asarray(
            cv2.resize(tile, (size, size), interpolation=cv2.INTER_AREA if size < 256 else cv2.INTER_CUBIC),
            np.float32,
        )
    return np.tile(tile, (shape[0] // size + 1, shape[1] // size + 1))[: shape[0], : shape[1]]


def calmed(picture: Color3) -> Color3:
    """Cheap denoising at full size, for finding lines."""
    return np.asarray(median(picture, 3), np.uint8)


def smooth(picture: Color3, rounds: int = 2, reach: float = 5, tolerance: float = 34) -> Color3:
    """Flatten texture and shading, keep edges (bilateral filter, Tomasi and Manduchi 1998)."""
    for _ in range(rounds):
        picture = np.asarray(cv2.bilateralFilter(picture, 5, tolerance, reach), np.uint8)
    return picture


def contours(
    picture: Color3, labels: NDArray[np.int16] | None, width: float, threshold: float = 22, gain: float = 6.0
) -> Plane:
    """Ink where colours meet, 0 … 1; `width` in pixels. With labels, outlines of objects are always inked."""
    size = max(2, round(width))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size + 1, size + 1))
    r, g, b = cv2.split(cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, kernel))
    strongest = cv2.max(cv2.max(r, g), b)
    table = np.clip((np.arange(256) - threshold) * gain, 0, 255).astype(np.uint8)
    ink = cv2.LUT(strongest, table)
    if labels is not None:
        ink = cv2.max(ink, _borders(labels, width * 1.25))
    ink = gauss(ink, max(0.6, width * 0.2))
    return np.asarray(ink, np.float32) * np.float32(1 / 255)


def outline(labels: NDArray[np.int16], width: float) -> Plane:
    """(H, W) lines along the borders between objects, 0 … 1, about `width` pixels wide."""
    return np.asarray(cv2.blur(_borders(labels, width), (3, 3)), np.float32) * np.float32(1 / 255)


def _borders(labels: NDArray[np.int16], width: float) -> NDArray[np.uint8]:
    size = max(2, round(width)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    step = cv2.morphologyEx(cv2.convertScaleAbs(labels), cv2.MORPH_GRADIENT, kernel)
    return np.asarray(cv2.threshold(step, 0, 255, cv2.THRESH_BINARY)[1], np.uint8)


def orientation(luma: Plane, spread: float = 4.0) -> Plane:
    """(H, W) direction in which the picture changes least, radians, from its smoothed structure tensor."""
    full = (luma.shape[0], luma.shape[1])
    luma = shrink(luma, (max(4, full[0] // 2), max(4, full[1] // 2)))
    gx, gy = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
    # Strong edges would drown weak ones in the mean; their weight is damped.
    # Not cv2.magnitude: its last bits depend on where in memory its planes lie.
    damp = 1 / (np.sqrt(gx * gx + gy * gy) + 1e-5)
    even = enlarge(gauss((gx * gx - gy * gy) * damp, spread / 2), full)
    odd = enlarge(gauss(2 * gx * gy * damp, spread / 2), full)
    return np.asarray(cv2.phase(even, odd) * 0.5 + np.float32(np.pi / 2), np.float32)


def smear(picture: NDArray[np.float32], angle: Plane, length: float, steps: int = 4) -> NDArray[np.float32]:
    """Average along a direction field (line integral convolution, Cabral and Leedom 1993).

    `length` is the reach in pixels each way.
    """
    height, width = angle.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = cv2.polarToCart(np.full_like(angle, length / steps), angle)
    total = picture.copy()
    for move in (cv2.add, cv2.subtract):
        across, down = x.copy(), y.copy()
        for _ in range(steps):
            move(across, dx, across)
            move(down, dy, down)
            total += cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(total / (2 * steps + 1), np.float32)


def palette_of(picture: Color3, count: int, rounds: int = 4) -> NDArray[np.float32]:
    """(count, 3) main colours of a picture, or of a column of samples (N, 1, 3), by k-means.

    It starts from the most different colours, so that accents survive.
    """
    if picture.shape[1] > 1:
        step = max(1, int(np.sqrt(picture.shape[0] * picture.shape[1] / 2000)))
        samples = picture[::step, ::step].reshape(-1, 3).astype(np.float32)
    else:
        samples = picture[:: max(1, len(picture) // 2000)].reshape(-1, 3).astype(np.float32)
    centers = [samples.mean(axis=0)]
    nearest = ((samples - centers[0]) ** 2).sum(axis=1)
    rank = int(0.995 * (len(samples) - 1))
    for _ in range(count - 1):
        # Between farthest-first (catches specks) and the mean: the 99.5th percentile.
        far = int(np.argpartition(nearest, rank)[rank])
        centers.append(samples[far])
        nearest = np.minimum(nearest, ((samples - samples[far]) ** 2).sum(axis=1))
    middle = np.stack(centers)
    for _ in range(rounds):
        owner = _nearest(samples, middle)
        counts = np.bincount(owner, minlength=count)
        sums = np.stack([np.bincount(owner, samples[:, k], minlength=count) for k in range(3)], axis=1)
        filled = counts > 0
        middle[filled] = (sums[filled] / counts[filled, None]).astype(np.float32)
    return middle


def _nearest(points: NDArray[np.float32], palette: NDArray[np.float32]) -> NDArray[np.intp]:
    """(N,) index of the palette colour nearest to each of the points (N, 3)."""
    # One pass per colour over contiguous rows beats a distance matrix with argmin fivefold.
    x, y, z = np.ascontiguousarray(points.T)
    best = np.full(len(points), np.inf, np.float32)
    owner = np.zeros(len(points), np.intp)
    for k, (r, g, b) in enumerate(palette.tolist()):
        far = (x - np.float32(r)) ** 2 + (y - np.float32(g)) ** 2 + (z - np.float32(b)) ** 2
        np.copyto(owner, k, where=far < best)
        np.minimum(best, far, out=best)
    return owner


_LEVELS = (np.arange(32, dtype=np.float32) + 0.5) * 8
_WEIGHT = np.asarray((0.9, 1.2, 0.8), np.float32)
"""The eye sees a step of green better than one of blue."""


def nearest_color(picture: Color3, palette: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(H, W) index of the nearest palette colour; large pictures by a look-up cube."""
    if picture.shape[0] * picture.shape[1] <= 32**3:
        points = picture.reshape(-1, 3).astype(np.float32)
        return _nearest(points * _WEIGHT, palette * _WEIGHT).reshape(picture.shape[:2]).astype(np.uint8)
    cube = np.stack(np.meshgrid(_LEVELS, _LEVELS, _LEVELS, indexing="ij"), axis=-1).reshape(-1, 3)
    table = _nearest(cube * _WEIGHT, palette * _WEIGHT).astype(np.uint8)
    q = (picture >> 3).astype(np.uint16)
    return np.asarray(table[(q[..., 0] << 10) | (q[..., 1] << 5) | q[..., 2]], np.uint8)


def paint_index(index: NDArray[np.uint8], palette: NDArray[np.float32]) -> Color3:
    """Colours for an index map."""
    table = np.zeros((1, 256, 3), np.uint8)
    table[0, : len(palette)] = np.clip(palette, 0, 255).round()
    return np.asarray(cv2.LUT(cv2.merge([index, index, index]), table), np.uint8)


def shifted(plane: Plane, dx: int, dy: int) -> Plane:
    """The plane moved right and down; what comes in repeats the edge."""
    moved = cv2.copyMakeBorder(plane, max(dy, 0), max(-dy, 0), max(dx, 0), max(-dx, 0), cv2.BORDER_REPLICATE)
    h, w = plane.shape[:2]
    return np.asarray(moved[max(-dy, 0) : max(-dy, 0) + h, max(-dx, 0) : max(-dx, 0) + w], np.float32)


def shade(picture: Color3, factor: Plane) -> Color3:
    """Multiply by a plane (1 leaves as is), with saturation."""
    plane = np.ascontiguousarray(factor, np.float32)
    return np.asarray(cv2.multiply(picture, cv2.merge([plane, plane, plane]), dtype=cv2.CV_8U), np.uint8)


def blend(under: Color3, over: Color3 | tuple[float, float, float], amount: Plane) -> Color3:
    """`over` painted on `under` with opacity `amount`, 0 … 1."""
    if isinstance(over, np.ndarray):
        top = np.ascontiguousarray(over)
    else:
        top = np.empty_like(under, order="C")
        cv2.rectangle(top, (0, 0), under.shape[1::-1], over, cv2.FILLED)  # ten times as fast as NumPy
    positive = cv2.threshold(np.ascontiguousarray(amount, np.float32), 0, 0, cv2.THRESH_TOZERO)[1]
    weight = cv2.threshold(positive, 1, 0, cv2.THRESH_TRUNC)[1]
    rest = cv2.addWeighted(weight, -1.0, weight, 0.0, 1.0)
    return np.asarray(cv2.blendLinear(np.ascontiguousarray(under), top, rest, weight), np.uint8)


def vivid(picture: Color3, saturation: float = 1.2, contrast: float = 1.0, lift: float = 0.0) -> Color3:
    """More (or less) saturation and contrast; lift in 0 … 255."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    grey3 = cv2.merge([grey, grey, grey])
    rich = cv2.addWeighted(
        picture, saturation * contrast, grey3, (1 - saturation) * contrast, 128 * (1 - contrast) + lift
    )
    return np.asarray(rich, np.uint8)


def vignette(shape: tuple[int, int], strength: float) -> Plane:
    """(H, W) factor that darkens towards the corners."""
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None]
    return (1 - strength * np.clip((x * x + y * y) * 0.5, 0, 1) ** 1.4).astype(np.float32)
