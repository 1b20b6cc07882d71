"""Joining: a painted place laid into the hole of a picture, its colours bent towards the picture's."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit.scenery import Painted
from egaku.engines.illustrator.synthesis import membrane
from egaku.engines.illustrator.synthesis.membrane import Field

_JOIN = 0.07
"""Width of the strip between the picture and the painted place, part of the shorter side."""
_LEAN = 0.2
"""How far colours of the picture reach into the painted place, part of the shorter side."""
_FARTHEST = 48.0
"""Most a colour of the painted place is moved, 0 … 255."""
_KEPT = 0.35
"""Part of that by which the colours of things are moved."""
_FRAME = 0.04
"""Width of the frame or paper edge a picture may have, part of the shorter side."""
_EVEN, _OTHER = 12.0, 30.0
"""A frame's colour varies less than this, and differs more than that from what is inside it; 0 … 255."""
_GREY = 8


def lay(painted: Painted, image: Pixels, hole: Hole, busy: Hole) -> Pixels:
    """`painted` in the hole of `image`, all (H, W, 4) and (H, W).

    Its colours are bent towards the picture's near the border, but for those of what is `busy` there.
    """
    place = _as_grey(painted.pixels, image, hole)
    things = np.asarray(cv2.GaussianBlur((painted.labels > 0).astype(np.float32), (0, 0), 1.2), np.float32)
    bend = _bend(place, image, hole, busy) * (1 - (1 - _KEPT) * things[..., None])
    bent = np.clip(place.astype(np.float32) + bend, 0, 255).round().astype(np.uint8)
    return np.where(hole[..., None], bent, image)


def frame(image: Pixels, hole: Hole) -> Hole:
    """The known pixels along the hole that are a frame or the edge of the paper, (H, W); mostly none are.

    A frame is of one colour along all of the hole, which a little farther in is gone.
    """
    away = np.asarray(cv2.distanceTransform((~hole).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    width = max(4.0, _FRAME * min(hole.shape))
    rim = image[(away > 0) & (away < 2.5)][:, :3].astype(np.float32)
    inside = image[(away > width) & (away < 2 * width)][:, :3].astype(np.float32)
    if len(rim) < 16 or len(inside) < 16:
        return np.zeros_like(hole)
    color = np.median(rim, axis=0)
    even = np.percentile(np.abs(rim - color).max(1), 80) < _EVEN
    other = np.percentile(np.abs(inside - color).max(1), 30) > _OTHER
    return (away > 0) & (away < width) if even and other else np.zeros_like(hole)


def fade(painted: Painted, ground: Pixels, hole: Hole, rng: np.random.Generator) -> Pixels:
    """As `lay` for a stranger's picture: `ground` (the completed picture) fades into the place."""
    laid = lay(painted, ground, hole, np.zeros_like(hole)).astype(np.float32)
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    part = np.clip(away / _reach(hole, rng) - 0.1, 0, 1)
    part = (part * part * (3 - 2 * part))[..., None]
    mixed = laid * part + ground.astype(np.float32) * (1 - part)
    return np.where(hole[..., None], np.clip(mixed, 0, 255).round().astype(np.uint8), ground)


def joint(painted: Painted, hole: Hole, rng: np.random.Generator) -> Hole:
    """The strip along the border of `hole` (H, W) in which picture and place are to grow together.

    Inside the hole, of uneven width, and not where a thing stands.
    """
    away = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
    solid = cv2.dilate((painted.labels > 0).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return hole & (away < _reach(hole, rng)) & ~solid


def _reach(hole: Hole, rng: np.random.Generator) -> NDArray[np.float32]:
    """How wide the join is, (H, W) in pixels."""
    wobble = rng.normal(0, 1, (9, 9)).astype(np.float32)
    waves = np.asarray(cv2.resize(wobble, hole.shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray(max(6.0, _JOIN * min(hole.shape)) * (1 + 0.3 * np.tanh(waves)), np.float32)


def _as_grey(place: Pixels, ground: Pixels, hole: Hole) -> Pixels:
    """The place without its colours, if the picture has none."""
    known = ground[~hole][:, :3].astype(np.int16)
    if not len(known) or np.percentile(np.ptp(known, axis=1), 97) > _GREY:
        return place
    out = place.copy()
    light = cv2.cvtColor(np.ascontiguousarray(place[..., :3]), cv2.COLOR_RGB2GRAY)
    out[..., :3] = np.asarray(light)[..., None]
    return out


def _bend(place: Pixels, ground: Pixels, hole: Hole, busy: Hole) -> Field:
    """What to add to the place, (H, W, 4): at the border its difference from the picture, fading inwards."""
    height, width = hole.shape
    scale = 128 / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    known = membrane.shrink((~hole & ~busy).astype(np.float32), size) > 0.5
    if known.sum() < 16:
        return np.zeros((height, width, 4), np.float32)
    gap = membrane.shrink(ground.astype(np.float32) - place.astype(np.float32), size)
    weight = np.asarray(cv2.GaussianBlur(known.astype(np.float32), (0, 0), 3), np.float32)[..., None]
    soft = np.asarray(cv2.GaussianBlur(gap * known[..., None], (0, 0), 3), np.float32)
    gap = np.clip(soft / np.maximum(weight, 1e-3), -_FARTHEST, _FARTHEST).astype(np.float32)
    # The gap c with laplacian(c) = pull * c inside: from the membrane m, c = m + d with d zero at the border.
    pull = np.full(known.shape, 1 / (_LEAN * min(size)) ** 2, np.float32)
    spanned = membrane.interpolate(gap, known)
    bend = spanned + membrane.correct(pull[..., None] * spanned, ~known, pull)
    return np.asarray(cv2.resize(bend, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
