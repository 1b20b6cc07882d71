"""The outlook: which of the places we can paint goes on where a picture was cut off, and at what height.

A prompt seldom says all of a place: the hour, where the trees stand. Several are sketched small, each slid up
and down until its colours by height agree best with those of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import compose
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery import paint_backdrop
from egaku.engines.illustrator.scenery.base import Backdrop
from egaku.engines.illustrator.styles import Canvas, apply_style

Floats = NDArray[np.float32]

_SKETCH = 64
"""Longest side of a sketch."""
_HOURS = ("day", "sunset", "night", "golden hour", "dawn")
_SKETCHES = 8
_TALL = 2.0
"""Height of what is painted, in heights of the picture, where the picture grows up or down."""
_HIGH = 0.85
"""Part of the rows of which something is known from which on the picture does not grow up or down."""
_SLACK = 0.06
"""How far the ground may be moved otherwise, part of the height; rows beyond the edge repeat it."""
_CUT = 0.3
"""Misfit of what stands across the border, for its difference from what is beside it."""
_SECOND = 6.0
"""Misfit of a sun, moon or planet in the hole: the picture has, or had, its own."""
_MOST = 40.0
"""Difference in CIELAB from which two colours count as merely different."""
_OWN, _LIKE, _LIKE_BY_HEIGHT = 25.0, 16.0, 12.0
"""Misfit up to which a place goes on where a picture is known to be one of ours, and where it may be;
less where a picture grows up or down, and only a part of its heights can be compared."""
_SAME = 9.0
"""Misfit up to which a place is the same for certain, and no other one is sketched."""
_SMOOTH = 0.5
"""Part of a drawn picture that is smooth, at least; photographs have grain."""
_COLORFUL = 32.0
"""Chroma of the strong colours of a drawn picture, at least."""
_OPEN = 0.45
"""Part of a side of the frame that is hole where a picture grows beyond it."""
_CLOSER = 4
"""How many shifts, those that fit best by height, are looked at closer."""
_BESIDE = 6
"""How near to the hole, in pixels of a sketch, more than the colours by height must fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A place that continues a picture."""

    plan: ScenePlan
    """Furnished: place and hour are known. Its objects are those of the prompt."""
    seed: int
    height: float
    """Of what is to be painted, in heights of the picture; its width is the picture's."""
    shift: float
    """How far down the painted place goes, in heights of the picture; mostly negative where `height` > 1."""
    misfit: float
    """Mean difference in CIELAB from the picture, differences above `_MOST` counted as that."""


def grows(hole: Hole) -> bool:
    """Whether the hole adds to the picture: it takes a good part of a side of the frame."""
    return any(side.mean() > _OPEN for side in (hole[0], hole[-1], hole[:, 0], hole[:, -1]))


def continues(look: Outlook, plan: ScenePlan, image: Pixels, hole: Hole, *, seen: bool) -> bool:
    """Whether the place may stand beside the picture: it is one of ours, or as good as.

    `seen` says that a drawing of ours was found in it. Otherwise its place must be that of the prompt, its
    colours must fit well, and it must not be a photograph.
    """
    if seen:
        return look.misfit < _OWN
    if plan.setting.place is None or look.misfit >= (_LIKE if look.height == 1 else _LIKE_BY_HEIGHT):
        return False
    return plan.style is not None or _drawn(image, hole, colorful=look.misfit > _SAME)


def _drawn(image: Pixels, hole: Hole, *, colorful: bool) -> bool:
    """Whether the picture is as smooth, and if asked as `colorful`, as drawings are and few photographs."""
    rgb = np.ascontiguousarray(image[..., :3])
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    known = cv2.erode((~hole).astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1) > 0
    if not known.any():
        return False
    smooth = float((grey == np.asarray(cv2.medianBlur(grey, 3)))[known].mean())
    if smooth < _SMOOTH or not colorful:
        return smooth >= _SMOOTH
    colors = _lab(rgb[::4, ::4].astype(np.float32))[known[::4, ::4]]
    return float(np.percentile(np.hypot(colors[:, 1], colors[:, 2]), 97)) > _COLORFUL


def look(plan: ScenePlan, job: Job, busy: Hole, rng: np.random.Generator) -> Outlook | None:
    """The best of a few outlooks for `job`'s picture and hole; `busy` (H, W) is what hides its backdrop.

    None where nothing of the backdrop is seen.
    """
    if job.image is None or job.hole is None:
        raise ValueError("An outlook needs a picture with a hole.")
    view = _View(job.image, job.hole, busy)
    tall = 1.0 if (~job.hole).any(1).mean() > _HIGH else _TALL
    best, least = None, np.inf
    for number in range(_SKETCHES):
        seed = int(rng.integers(0, 2**31))
        furnished = _furnished(plan, number, seed)
        size = (view.size[0], round(view.size[1] * tall))
        place = backdrop(furnished, seed, size)
        misfit, cut, shift = view.fit(styled(plan, place.pixels, seed))
        cost = misfit + _CUT * cut + _SECOND * view.shows(place, tall, shift)
        if cost < least:
            least = cost
            best = Outlook(plan=furnished, seed=seed, height=tall, shift=shift, misfit=misfit)
        if least < _SAME:
            break
    return best


def backdrop(furnished: ScenePlan, seed: int, size: tuple[int, int]) -> Backdrop:
    """The place alone, `size` (width, height) pixels."""
    bare = replace(furnished, objects=(), relations=(), lettering=None, lettering_on=None)
    return paint_backdrop(bare, *size, np.random.default_rng(seed))


def styled(
    plan: ScenePlan,
    pixels: Pixels,
    seed: int,
    labels: NDArray[np.int16] | None = None,
    sheet: Hole | None = None,
) -> Pixels:
    """`pixels` (H, W, 4) in the plan's style, without the frame, seal or paper edge a whole picture gets.

    With a `sheet` of paper (H, W) the edge is that of the sheet.
    """
    if plan.style is None:
        return pixels
    height, width = pixels.shape[:2]
    labels = np.zeros((height, width), np.int16) if labels is None else labels
    if sheet is not None:
        canvas = Canvas(pixels, labels, transparent=False, page=None if sheet.all() else sheet)
        return apply_style(plan.style, canvas, np.random.default_rng(seed))
    pad = round(0.12 * min(height, width))
    canvas = Canvas(
        pixels=np.asarray(cv2.copyMakeBorder(pixels, pad, pad, pad, pad, cv2.BORDER_REFLECT), np.uint8),
        labels=np.pad(labels, pad),
        transparent=False,
    )
    out = apply_style(plan.style, canvas, np.random.default_rng(seed))
    return np.ascontiguousarray(out[pad : pad + height, pad : pad + width])


def _furnished(plan: ScenePlan, number: int, seed: int) -> ScenePlan:
    """The plan with place and hour; where the prompt leaves the hour open, each of them in turn."""
    furnished = compose.furnish(plan, bank(), np.random.default_rng(seed))
    if plan.setting.time is None and number % 2:
        hour = _HOURS[number // 2 % len(_HOURS)]
        return replace(furnished, setting=replace(furnished.setting, time=hour))
    return furnished


class _View:
    """The picture reduced, with what of it shows its backdrop."""

    def __init__(self, image: Pixels, hole: Hole, busy: Hole) -> None:
        height, width = hole.shape
        scale = _SKETCH / max(height, width)
        self.size = (max(16, round(width * scale)), max(16, round(height * scale)))
        known = cv2.resize((~hole).astype(np.float32), self.size, interpolation=cv2.INTER_AREA)
        colors = np.where(hole[..., None], 0, image[..., :3]).astype(np.float32)
        share = np.asarray(known, np.float32)[..., None]
        small = np.asarray(cv2.resize(colors, self.size, interpolation=cv2.INTER_AREA), np.float32)
        self.lab = _lab(np.asarray(small / np.maximum(share, 1e-3), np.float32))
        self.hole = share[..., 0] < 0.5
        hidden = cv2.resize(busy.astype(np.float32), self.size, interpolation=cv2.INTER_AREA)
        self.plain = (share[..., 0] > 0.99) & (np.asarray(hidden) < 0.2)
        away = cv2.distanceTransform((share[..., 0] > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
        self.beside = self.plain & (np.asarray(away) <= _BESIDE)
        within = np.asarray(cv2.distanceTransform(self.hole.astype(np.uint8), cv2.DIST_L2, 3))
        self.behind = self.hole & (within <= _BESIDE)
        self.rows = np.flatnonzero(self.plain.sum(1) >= 4)
        self.profile = np.array([np.median(self.lab[row][self.plain[row]], axis=0) for row in self.rows])

    def fit(self, sketch: Pixels) -> tuple[float, float, float]:
        """The least misfit over all shifts, how much would be cut by the border, and the shift.

        The first two as differences in CIELAB, the shift in heights of the picture.
        """
        if not len(self.rows):
            return np.inf, 0.0, 0.0
        lab = _lab(sketch[..., :3].astype(np.float32))
        profile = np.median(lab, axis=1)
        height = self.size[1]
        slack = round(_SLACK * height)
        shifts = np.arange(height - len(lab) - slack, slack + 1)
        at = np.clip(self.rows[None] - shifts[:, None], 0, len(lab) - 1)
        by_height = _apart(profile[at], self.profile[None]).mean(1)
        # Rather a place that need not be stretched.
        beyond = np.maximum(0, np.maximum(shifts, height - len(lab) - shifts))
        found = []
        for number in np.argsort(by_height + beyond, kind="stable")[:_CLOSER]:
            shift = int(shifts[number])
            at = np.clip(np.arange(height) - shift, 0, len(lab) - 1)
            near = _apart(lab[at][self.beside], self.lab[self.beside])
            # What stands just behind the border would be cut by it.
            cut = _apart(lab[at][self.behind], profile[at][np.nonzero(self.behind)[0]])
            misfit = by_height[number] + 0.5 * (near.mean() if len(near) else by_height[number])
            found.append((float(misfit / 1.5 + 0.5 * beyond[number]), float(cut.mean()), shift / height))
        return min(found)

    def shows(self, place: Backdrop, tall: float, shift: float) -> int:
        """How many suns and the like would stand in the hole."""
        found = 0
        for x, y in place.discs:
            row, column = round((y * tall + shift) * self.size[1]), round(x * self.size[0])
            # As wide as a disc with its glow.
            near = self.hole[max(0, row - 5) : max(0, row + 6), max(0, column - 5) : column + 6]
            found += bool(near.any())
        return found


def _apart(first: Floats, second: Floats) -> Floats:
    gap = (first - second) * np.array([0.7, 1, 1], np.float32)
    return np.asarray(np.minimum(np.sqrt(np.einsum("...c,...c->...", gap, gap)), _MOST), np.float32)


def _lab(rgb: Floats) -> Floats:
    return np.asarray(cv2.cvtColor(np.asarray(rgb / 255, np.float32), cv2.COLOR_RGB2LAB), np.float32)
