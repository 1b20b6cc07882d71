"""What the editor's engine should come to, in NumPy: the document as arrays, rules from their definitions."""

from __future__ import annotations

import base64
import hashlib
import io
import math
import random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Rect = tuple[int, int, int, int]
"""x, y, width, height."""


class Document:
    """Every pixel of a part of the world: what is painted, and what of it is erased."""

    def __init__(self, world: Rect) -> None:
        self.world = world
        self.pixels: Bytes = np.zeros((world[3], world[2], 4), np.uint8)
        self.erased: Mask = np.zeros((world[3], world[2]), np.bool_)

    def at(self, rect: Rect) -> tuple[slice, slice]:
        x, y, width, height = rect
        left, top = x - self.world[0], y - self.world[1]
        assert min(left, top, self.world[2] - left - width, self.world[3] - top - height) >= 0, rect
        return slice(top, top + height), slice(left, left + width)

    def seen(self, rect: Rect) -> Bytes:
        """Four zeros where empty or erased."""
        there = self.at(rect)
        return np.where(self.erased[there][..., None], np.uint8(0), self.pixels[there])

    def place(self, image: Bytes, x: int, y: int) -> None:
        """Of pictures without translucent pixels."""
        there = self.at((x, y, image.shape[1], image.shape[0]))
        opaque = image[..., 3] == 255
        assert np.all(opaque | (image[..., 3] == 0))
        self.pixels[there][opaque] = image[opaque]
        self.erased[there][opaque] = False

    def mark(self, shape: dict[str, Any], *, erased: bool) -> None:
        self.erased[covered(shape, self.world) & (self.pixels[..., 3] > 0)] = erased

    def hole(self, rect: Rect) -> Mask:
        there = self.at(rect)
        return np.asarray(self.erased[there] | (self.pixels[there][..., 3] == 0))

    def composite(self, rect: Rect, result: Bytes, overmask: int) -> Bytes:
        """`result` in the hole; around it, mixed in by how near the hole is."""
        known, hole = self.seen(rect), self.hole(rect)
        share = shares(hole, overmask)[..., None]
        above, below = 255.0 * share, 255.0 * (1 - share)
        colours = (result[..., :3] * above + known[..., :3] * below) / (above + below)
        mixed = known.copy()
        band = (share[..., 0] > 0) & ~hole
        mixed[band, :3] = np.floor(colours + 0.5).astype(np.uint8)[band]
        mixed[hole] = result[hole]
        return mixed

    def accept(self, rect: Rect, result: Bytes, overmask: int) -> None:
        there = self.at(rect)
        self.pixels[there] = self.composite(rect, result, overmask)
        self.erased[there] = False


def shares(hole: Mask, overmask: int) -> NDArray[np.float64]:
    """How much of the result each pixel takes: 1 in the hole, 0 from `overmask` pixels on."""
    if overmask == 0 or not hole.any():
        return hole.astype(np.float64)
    away = cv2.distanceTransform((~hole).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    squared = np.rint(away.astype(np.float64) ** 2)
    near = 1 - np.sqrt(squared) / (overmask + 1)
    return np.where(hole, 1.0, np.where(squared <= overmask**2, near, 0.0))


def covered(shape: dict[str, Any], world: Rect) -> Mask:
    """The pixels of the world whose centres a shape covers."""
    x = np.arange(world[0], world[0] + world[2])[None, :] + 0.5
    y = np.arange(world[1], world[1] + world[3])[:, None] + 0.5
    if shape["kind"] == "rect":
        right, bottom = shape["x"] + shape["width"], shape["y"] + shape["height"]
        return np.asarray((shape["x"] <= x) & (x < right) & (shape["y"] <= y) & (y < bottom))
    if shape["kind"] == "capsule":
        (ax, ay), (bx, by) = (shape["from"]["x"], shape["from"]["y"]), (shape["to"]["x"], shape["to"]["y"])
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        along = ((x - ax) * dx + (y - ay) * dy) / length if length else np.zeros((1, 1))
        t = np.clip(along, 0, 1)
        ex, ey = x - ax - t * dx, y - ay - t * dy
        return np.asarray(ex * ex + ey * ey <= shape["radius"] * shape["radius"])
    winding = np.zeros((world[3], world[2]), np.int32)
    points = [(point["x"], point["y"]) for point in shape["points"]]
    for (ax, ay), (bx, by) in zip(points[-1:] + points[:-1], points, strict=True):
        crossed = (ay <= y) != (by <= y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = ax + (y - ay) * (bx - ax) / (by - ay) if by != ay else np.full_like(y, math.inf)
        winding += np.where(crossed & (at <= x), 1 if ay <= by else -1, 0)
    return np.asarray(winding != 0)


def some_shape(chance: random.Random, around: Rect) -> dict[str, Any]:
    """A capsule, rectangle or polygon over or near a rectangle."""

    def point() -> dict[str, float]:
        x = chance.uniform(around[0] - 60, around[0] + around[2] + 60)
        y = chance.uniform(around[1] - 60, around[1] + around[3] + 60)
        return {"x": x, "y": y} if chance.random() < 0.7 else {"x": round(x), "y": round(y)}

    kind = chance.choice(["capsule", "capsule", "rect", "polygon"])
    if kind == "capsule":
        radius = chance.choice([chance.uniform(0.75, 90), float(chance.randint(1, 64))])
        return {"kind": kind, "from": point(), "to": point(), "radius": radius}
    if kind == "rect":
        return {"kind": kind, **point(), "width": chance.uniform(1, 200), "height": chance.uniform(1, 200)}
    return {"kind": kind, "points": [point() for _ in range(chance.randint(3, 8))]}


def png_of(pixels: Bytes) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def pixels_of(text: str, width: int, height: int | None = None) -> Bytes:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(height or width, width, 4)


def differing(one: Bytes | Mask, other: Bytes | Mask) -> int:
    """Values that are not the same; a count says more than two pictures in a failed test."""
    assert one.shape == other.shape
    return int((one != other).sum())


def digest(values: Bytes | Mask) -> str:
    """SHA-256 of the bytes, for what is too much to fetch out of a page."""
    return hashlib.sha256(values.tobytes()).hexdigest()
