"""The pictures the clients upload, drawn once per run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIDE = 256
HOLE = (64, 64, 191, 191)
"""The square to repaint: left, top, right, bottom, all inclusive."""


def draw_uploads(directory: Path) -> dict[str, Path]:
    """Writes every picture the cases name into `directory`; returns their paths by name."""
    gradient = np.zeros((SIDE, SIDE, 3), np.uint8)
    gradient[..., 0] = np.arange(SIDE)[:, None]
    gradient[..., 1] = np.arange(SIDE)[None, :]
    gradient[..., 2] = 120
    opaque = Image.fromarray(gradient)
    square = opaque.convert("RGBA")
    mask = Image.new("RGBA", square.size, (0, 0, 0, 255))
    ImageDraw.Draw(mask).rectangle(HOLE, fill=(0, 0, 0, 0))
    hole = square.copy()
    hole.putalpha(mask.getchannel("A"))
    noise = np.random.default_rng(7)
    drawn = {
        "square": square,
        "mask": mask,
        "hole": hole,
        "opaque": opaque,
        "wide": square.crop((0, 0, SIDE, SIDE // 2)),
        "small_mask": mask.resize((SIDE // 2, SIDE // 2)),
        "large": Image.fromarray(noise.integers(0, 256, (640, 640, 3), np.uint8)),
        "huge": Image.fromarray(noise.integers(0, 256, (1280, 1280, 3), np.uint8)),
    }
    paths = {name: directory / f"{name}.png" for name in drawn}
    for name, picture in drawn.items():
        picture.save(paths[name])
    paths["jpeg"] = directory / "picture.jpg"
    opaque.save(paths["jpeg"])
    return paths


def outside_hole(size: tuple[int, int]) -> np.ndarray:
    """True where a picture of `size` (a multiple of SIDE) must keep the upload's pixels; height x width."""
    mask = np.ones((SIDE, SIDE), bool)
    left, top, right, bottom = HOLE
    mask[top : bottom + 1, left : right + 1] = False
    return mask.repeat(size[1] // SIDE, 0).repeat(size[0] // SIDE, 1)
