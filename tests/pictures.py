"""Small pictures for tests to upload, and what came back to look at."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


def noise(width: int, height: int, channels: int = 4, seed: int = 1) -> Pixels:
    """(height, width, channels) of random colours; alpha, where there is one, is opaque."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)
    if channels == 4:
        pixels[..., 3] = 255
    return pixels


def holed(width: int, height: int, seed: int = 1) -> Pixels:
    """As `noise`, with a fully transparent rectangle from a quarter to a half of both sides."""
    pixels = noise(width, height, seed=seed)
    pixels[height // 4 : height // 2, width // 4 : width // 2, 3] = 0
    return pixels


def encoded(pixels: Pixels, format_: str = "PNG") -> bytes:
    """The pixels as a file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format_, **({"lossless": True} if format_ == "WEBP" else {}))
    return out.getvalue()


def png(width: int, height: int, *, hole: bool = False, channels: int = 4, seed: int = 1) -> bytes:
    """A PNG of noise."""
    return encoded(holed(width, height, seed) if hole else noise(width, height, channels, seed))


def decoded(data: bytes) -> Pixels:
    """(height, width, 4) of a file."""
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGBA"))


def format_of(data: bytes) -> str | None:
    """What Pillow says the file is: PNG, JPEG or WEBP."""
    with Image.open(io.BytesIO(data)) as image:
        return image.format
