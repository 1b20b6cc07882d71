"""Harmless pictures for the networks while their weights are rounded: none is one that `bench.sight` scores.

Drawings of the public prompts of bench/, parts of packaged photographs (mirrored, or in the colours of skin),
faces in the colours of skin, and noise from fine to coarse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from bench.moderation import public_prompts
from bench.sight import draw
from bench.variations import NAMES
from skimage import data

from egaku.engines.illustrator.engine import create
from egaku.imaging.pixels import Pixels

DRAWINGS, PARTS, FACES, NOISES = 100, 6, 30, 20
"""How many; parts are of each photograph."""
SKIN = np.array([255, 205, 175], np.float32)
SIDE = 512


def harmless() -> list[Pixels]:
    """All of them, each (H, W, 3), the same every time."""
    chance = np.random.default_rng(5)
    engine, prompts = create(), public_prompts()
    chosen = chance.choice(len(prompts), DRAWINGS, replace=False)
    drawings = [np.ascontiguousarray(draw(engine, prompts[index])[..., :3]) for index in chosen]
    return [*drawings, *_parts(chance), *_faces(chance), *_noises(chance)]


def _parts(chance: np.random.Generator) -> Iterator[Pixels]:
    folder = Path(data.__file__).parent
    for path in sorted(
        path for path in folder.iterdir() if path.stem in NAMES and path.suffix in {".png", ".jpg"}
    ):
        photograph = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)[..., ::-1]
        for number in range(PARTS):
            part = _square(photograph, chance)
            part = part[:, ::-1] if number % 2 else part
            yield (
                _tinted(part.mean(axis=-1) / 255, SKIN) if number > PARTS - 3 else np.ascontiguousarray(part)
            )


def _faces(chance: np.random.Generator) -> Iterator[Pixels]:
    faces = np.load(Path(data.__file__).parent / "lfw_subset.npy")
    for index in chance.choice(len(faces), FACES, replace=False):
        large = cv2.resize(faces[index].astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        yield _tinted(_square(large, chance)[:, ::-1], SKIN - chance.integers(0, 30, 3))


def _noises(chance: np.random.Generator) -> Iterator[Pixels]:
    for coarseness in np.geomspace(0.5, 40, NOISES):
        noise = cv2.GaussianBlur(chance.normal(size=(SIDE, SIDE, 3)), (0, 0), float(coarseness))
        ground, contrast = chance.integers(60, 220, 3), chance.uniform(10, 60)
        yield np.clip(ground + noise / noise.std() * contrast, 0, 255).astype(np.uint8)


def _square(picture: Pixels, chance: np.random.Generator) -> Pixels:
    """A third to four fifths of the shorter side, anywhere."""
    height, width = picture.shape[:2]
    side = int(min(height, width) * chance.uniform(0.3, 0.8))
    top, left = chance.integers(0, height - side + 1), chance.integers(0, width - side + 1)
    return picture[top : top + side, left : left + side]


def _tinted(grey: np.ndarray, colour: np.ndarray) -> Pixels:
    """(H, W) 0…1 in shades of a colour."""
    return cast("Pixels", (np.clip(grey, 0, 1)[..., None] * colour).astype(np.uint8))
