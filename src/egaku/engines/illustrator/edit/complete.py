"""Completion: a hole filled so that one does not see it was there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.synthesis import membrane


def complete(image: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """The picture with its hole filled from its surroundings.

    `image` is (H, W, 4) uint8, `hole` (H, W) bool; what `image` holds inside the hole is never read.
    Returns (H, W, 4) uint8, equal to `image` outside the hole.
    """
    out = image
    for out in passes(image, hole, rng):  # noqa: B007 - the last pass is the answer
        pass
    return out


def passes(image: Pixels, hole: Hole, rng: np.random.Generator) -> Iterator[Pixels]:  # noqa: ARG001
    """As `complete`, yielding each true intermediate picture; the last is the result."""
    known = ~hole
    field = membrane.interpolate(image.astype(np.float32), known)
    yield np.where(hole[..., None], field.round().astype(np.uint8), image)
