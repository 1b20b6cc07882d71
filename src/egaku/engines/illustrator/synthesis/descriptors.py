"""What a patch looks like, in a few numbers: its lowest cosine coefficients, in luma and two chromas.

An orthonormal DCT keeps Euclidean distances, so the distance of two descriptors is close to the mean squared
difference of the two patches at a fraction of the memory traffic (the idea of Hel-Or & Hel-Or, "Real-time
pattern matching using projection kernels", 2005, with another basis).
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.synthesis.membrane import Field, Mask

_LUMA_ORDER = 4
_CHROMA_ORDER = 1
_CHROMA_WEIGHT = 0.8
_PER_LUMA = (_LUMA_ORDER + 1) * (_LUMA_ORDER + 2) // 2
_PER_CHROMA = (_CHROMA_ORDER + 1) * (_CHROMA_ORDER + 2) // 2

MEANS = (0, _PER_LUMA, _PER_LUMA + _PER_CHROMA)
"""Which of the terms are the patch's mean luma and chromas."""


@lru_cache(maxsize=8)
def _basis(size: int) -> tuple[NDArray[np.float32], ...]:
    """The first cosines over `size` samples, scaled so that squared coefficients sum to the mean square."""
    at = np.arange(size) + 0.5
    waves = [np.cos(np.pi * order * at / size) for order in range(_LUMA_ORDER + 1)]
    return tuple((wave / np.linalg.norm(wave) / np.sqrt(size)).astype(np.float32) for wave in waves)


def terms(picture: Field, size: int = 7) -> list[NDArray[np.float32]]:
    """Descriptors of the `size`-square patch around every pixel, one (H, W) plane a term.

    `picture` is (H, W, 3 or 4) float32 in 0 … 1, red, green, blue and perhaps alpha, premultiplied. Over the
    frame patches are mirrored.
    """
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    luma = (red + 2 * green + blue) / 4
    weight = np.float32(_CHROMA_WEIGHT)
    warm = (red - blue) * (weight / 2)
    tint = (green - (red + blue) / 2) * (weight / 2)
    planes = [(luma, _LUMA_ORDER), (warm, _CHROMA_ORDER), (tint, _CHROMA_ORDER)]
    if picture.shape[2] == 4:
        planes.append((picture[..., 3], _CHROMA_ORDER + 1))
    waves = _basis(size)
    return [
        np.asarray(
            cv2.sepFilter2D(np.ascontiguousarray(plane), cv2.CV_32F, waves[across], waves[down]), np.float32
        )
        for plane, order in planes
        for down in range(order + 1)
        for across in range(order + 1 - down)
    ]


def place(shape: tuple[int, int], rows: NDArray[np.float32], columns: float) -> list[NDArray[np.float32]]:
    """Two more terms that make far-away matches dearer, (H, W) each.

    `rows` (H,) is what each row counts as, already weighted; `columns` is the cost of the whole width.
    """
    across = np.linspace(0, columns, shape[1], dtype=np.float32)
    return [np.broadcast_to(rows[:, None], shape), np.broadcast_to(across[None, :], shape)]


def gather(planes: list[NDArray[np.float32]], where: Mask) -> NDArray[np.float32]:
    """The descriptors at the True places of `where` (H, W), as (N, D) in row order."""
    index = np.flatnonzero(where)
    out = np.empty((len(index), len(planes)), np.float32)
    for column, plane in enumerate(planes):
        out[:, column] = plane.ravel()[index]
    return out
