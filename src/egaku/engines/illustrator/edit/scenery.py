"""A painted place in a large hole, joined to what is left of the picture."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import passes
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.membrane import Field

_LARGE = 0.6
_JOIN = 0.07
"""Width of the cross-fade from the continued picture to the painted place, part of the shorter side."""
_LEAN = 0.14
"""How far colours of the picture reach into the painted place, part of the shorter side."""
_GREY = 8
_TRIES = 4
_SMALL = 96


def wanted(plan: ScenePlan, share: float) -> bool:
    """Whether a hole that is `share` (0 … 1) of the picture should become the place the prompt tells of."""
    setting = plan.setting
    return share > _LARGE and any((setting.place, setting.time, setting.weather, setting.season))


def paint(plan: ScenePlan, job: Job, ground: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """The prompt's place without its objects, (job.height, job.width, 4).

    Of a few tries the one that comes closest to `ground` (H, W, 4) along the border of `hole` (H, W).
    """
    bare = replace(plan, objects=(), relations=(), lettering=None, lettering_on=None)
    scale = _SMALL / max(job.width, job.height)
    width, height = max(16, round(job.width * scale)), max(16, round(job.height * scale))
    sketch = replace(job, width=width, height=height, image=None, hole=None)
    seeds = [int(seed) for seed in rng.integers(0, 2**31, _TRIES)]
    seen = cv2.resize(ground, (width, height), interpolation=cv2.INTER_AREA)[..., :3].astype(np.float32)
    inside = cv2.resize(hole.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    rim = cv2.morphologyEx(inside, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)) > 0

    def misfit(seed: int) -> float:
        *_, place = passes.generate(bare, sketch, np.random.default_rng(seed))
        return float(np.abs(place[..., :3].astype(np.float32) - seen)[rim].mean())

    *_, place = passes.generate(bare, job, np.random.default_rng(min(seeds, key=misfit)))
    return place


def join(place: Pixels, ground: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """`place` in the hole of `ground` (the completed picture), all (H, W, 4) and (H, W).

    Next to what is left of the picture the completion continues it; soon the place takes over, its colours
    bent towards the picture's near the border.
    """
    place = _as_grey(place, ground, hole)
    bent = place.astype(np.float32) + _bend(place, ground, hole)
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    reach = max(6.0, _JOIN * min(hole.shape))
    wobble = rng.normal(0, 1, (9, 9)).astype(np.float32)
    waves = np.asarray(cv2.resize(wobble, hole.shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)
    part = np.clip(away / (reach * (1 + 0.3 * np.tanh(waves))) - 0.1, 0, 1)
    part = (part * part * (3 - 2 * part))[..., None]
    mixed = bent * part + ground.astype(np.float32) * (1 - part)
    return np.where(hole[..., None], np.clip(mixed, 0, 255).round().astype(np.uint8), ground)


def _as_grey(place: Pixels, ground: Pixels, hole: Hole) -> Pixels:
    """The place without its colours, if the picture has none."""
    known = ground[~hole][:, :3].astype(np.int16)
    if not len(known) or np.percentile(np.ptp(known, axis=1), 97) > _GREY:
        return place
    out = place.copy()
    light = cv2.cvtColor(np.ascontiguousarray(place[..., :3]), cv2.COLOR_RGB2GRAY)
    out[..., :3] = np.asarray(light)[..., None]
    return out


def _bend(place: Pixels, ground: Pixels, hole: Hole) -> Field:
    """What to add to the place, (H, W, 4): at the border its difference from the picture, fading inwards."""
    height, width = hole.shape
    scale = 128 / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    known = membrane.shrink((~hole).astype(np.float32), size) > 0.5
    gap = membrane.shrink(ground.astype(np.float32) - place.astype(np.float32), size)
    gap = np.asarray(cv2.GaussianBlur(gap, (0, 0), 2), np.float32)
    # The gap c with laplacian(c) = pull * c inside: from the membrane m, c = m + d with d zero at the border.
    pull = np.full(known.shape, 1 / (_LEAN * min(size)) ** 2, np.float32)
    spanned = membrane.interpolate(gap, known)
    bend = spanned + membrane.correct(pull[..., None] * spanned, ~known, pull)
    return np.asarray(cv2.resize(bend, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
