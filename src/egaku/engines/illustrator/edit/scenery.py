"""A painted place in a large hole, joined to what is left of the picture."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import passes
from egaku.engines.illustrator.plan import ScenePlan

_LARGE = 0.6
_JOIN = 0.16
"""Width of the cross-fade from the continued picture to the painted place, part of the shorter side."""


def wanted(plan: ScenePlan, share: float) -> bool:
    """Whether a hole that is `share` (0 … 1) of the picture should become the place the prompt tells of."""
    setting = plan.setting
    return share > _LARGE and any((setting.place, setting.time, setting.weather, setting.season))


def paint(plan: ScenePlan, job: Job, rng: np.random.Generator) -> Pixels:
    """The prompt's place without its objects, (job.height, job.width, 4)."""
    bare = replace(plan, objects=(), relations=(), lettering=None, lettering_on=None)
    *_, place = passes.generate(bare, job, rng)
    return place


def join(place: Pixels, ground: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """`place` in the hole of `ground` (the completed picture), all (H, W, 4) and (H, W).

    Next to what is left of the picture the completion continues it; further in, the place takes over, its
    colours leaning towards the picture's.
    """
    place = _leaning(place, ground, hole)
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    reach = max(8.0, _JOIN * min(hole.shape))
    wobble = rng.normal(0, 1, (9, 9)).astype(np.float32)
    waves = np.asarray(cv2.resize(wobble, hole.shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)
    part = np.clip(away / (reach * (1 + 0.25 * np.tanh(waves))) - 0.15, 0, 1)
    part = (part * part * (3 - 2 * part))[..., None]
    mixed = place.astype(np.float32) * part + ground.astype(np.float32) * (1 - part)
    return np.where(hole[..., None], mixed.round().astype(np.uint8), ground)


def _leaning(place: Pixels, ground: Pixels, hole: Hole) -> Pixels:
    """The place with its mean colour moved a third of the way towards that of the known picture."""
    known = ~hole & (ground[..., 3] > 127)
    if not known.any():
        return place
    gap = ground[known][:, :3].mean(0) - place[..., :3].reshape(-1, 3).mean(0)
    out = place.copy()
    out[..., :3] = np.clip(place[..., :3] + gap / 3, 0, 255).round()
    return out
