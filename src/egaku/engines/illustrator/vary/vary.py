"""A variation from job to pixels."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from egaku.engines.base import Job, Pixels


def paint_variation(job: Job, rng: np.random.Generator) -> Iterator[Pixels]:
    """Yield true intermediate pictures of a variation, (H, W, 4) uint8; the last one is the result.

    `job.image` is the source, `job.strength` how far to stray from it. Raises ValueError without an image.
    """
    if job.image is None:
        raise ValueError("A variation needs an image.")
    height, width = job.image.shape[:2]
    reach = 0.3 * job.strength * min(height, width)
    rough = rng.uniform(-reach, reach, (4, 4, 2)).astype(np.float32)
    drift = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    moved = cv2.remap(
        job.image, xs + drift[..., 0], ys + drift[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    yield np.asarray(moved, np.uint8)
