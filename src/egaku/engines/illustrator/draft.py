"""Drafts: with `quality: low` a picture is painted at half its size, and enlarged.

It is the same picture, softer, in a third of the time at 1024 x 1024. The other words for quality mean one
finish: painted at twice the size and brought down again, a picture takes four times as long and looks the
same (docs/decisions.md).
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from egaku.engines.base import Job, Pixels
from egaku.imaging.pixels import is_opaque

LEAST = 128
"""Pixels along either side from which on a half is enough to paint on."""


def is_draft(job: Job) -> bool:
    """Whether it is to be painted at half its size."""
    return job.quality == "low" and min(job.width, job.height) >= LEAST


def halved(job: Job) -> Job:
    """The job as it is painted."""
    return replace(job, width=-(-job.width // 2), height=-(-job.height // 2))


def enlarged(pixels: Pixels, job: Job) -> Pixels:
    """A picture of half the size, (h, w, 4), as the job wants it: (job.height, job.width, 4)."""
    size = (job.width, job.height)
    if is_opaque(pixels):
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    # Weighted by alpha, or what hides under transparency would show at the edges.
    painted = pixels.astype(np.float32)
    painted[..., :3] *= painted[..., 3:] / 255
    large = np.asarray(cv2.resize(painted, size, interpolation=cv2.INTER_CUBIC), np.float32)
    large[..., :3] *= 255 / np.maximum(large[..., 3:], 1)
    return np.clip(np.rint(large), 0, 255).astype(np.uint8)
