"""A place painted for a hole, with what is to stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import cluster, compose, grade, layout, passes
from egaku.engines.illustrator import paint as painting
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.edit.outlook import Outlook, backdrop, grows, styled
from egaku.engines.illustrator.edit.page import Page
from egaku.engines.illustrator.edit.room import Room, roomiest
from egaku.engines.illustrator.edit.sight import Sighting
from egaku.engines.illustrator.group import Stage
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery.base import Backdrop, Region
from egaku.engines.illustrator.styles.base import Labels

_LARGE = 0.6
"""Part of a stranger's picture from which a hole becomes the place the prompt tells of."""
_FULL = 0.92
"""Part of a hole in the middle of a picture that is filled."""
_FOOTHOLD = 0.08
"""How much ground a room should have, part of the picture's height."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A painted place."""

    pixels: Pixels
    labels: Labels
    """(H, W) which thing a pixel belongs to, from 1; 0 is the place."""


def wanted(plan: ScenePlan, share: float) -> bool:
    """Whether a hole that is `share` (0 … 1) of the picture should become the place the prompt tells of."""
    setting = plan.setting
    return share > _LARGE and any((setting.place, setting.time, setting.weather, setting.season))


def paint(
    look: Outlook,
    job: Job,
    hole: Hole,
    wish: ScenePlan,
    rng: np.random.Generator,
    *,
    scale: float | None = None,
    paper: Page | None = None,
) -> Painted:
    """The outlook with the wish's things where `hole` (H, W) has most room, (job.height, job.width, 4).

    `scale` is how many pixels high a thing of one unit is, as far as the picture tells; `paper` what it is
    painted on, if that is seen.
    """
    choices, placing = rng.spawn(2)
    tall = round(job.height * look.height)
    down = round(job.height * look.shift)
    place = backdrop(look.plan, look.seed, (job.width, tall))
    rows = np.clip(np.arange(job.height) - down, 0, tall - 1)
    sheet = painting.Sheet(job.width, job.height, place.pixels[rows])
    if wish.objects:
        free = hole if paper is None else paper.within(hole)
        room = roomiest(free, look.height * place.ground_top + look.shift + _FOOTHOLD)
        lit = replace(look.plan, objects=wish.objects, relations=wish.relations, lettering=None)
        cast = compose.cast(lit, bank(), choices, job.index)
        stage = _stage(place, room, job, (tall, down))
        standing = layout.arrange(cast, stage, placing)
        standing = _measured(standing, cast, scale) if grows(hole) else _filling(standing, room)
        placements = [replace(thing, x=thing.x + room.left, y=thing.y + room.top) for thing in standing]
        painting.paint(sheet, placements, place.light, haze=place.haze, mist=passes.mist(look.plan))
    if place.front is not None:
        grade.overlay(sheet.canvas, place.front[rows])
    part = paper.sheet if paper is not None else None
    return Painted(styled(look.plan, sheet.pixels(), look.seed, sheet.labels, part), sheet.labels)


def scale_of(plan: ScenePlan, seen: Mapping[int, Sighting]) -> float | None:
    """Pixels per compressed unit of size of the first thing seen whole enough to tell; None if nothing is."""
    for index, sighting in sorted(seen.items()):
        thing = plan.objects[index]
        concept = bank().concept(thing.concept)
        if concept is not None:
            units = cluster.units(concept, sighting.art, thing.size, "baby" in thing.attributes)
            return sighting.height / float(units**layout.COMPRESS)
    return None


def _measured(placements: list[Placement], cast: cluster.Cast, scale: float | None) -> list[Placement]:
    """The placements made smaller about their feet, if beside what is seen they would be too large."""
    if scale is None or not placements:
        return placements
    first = placements[0]
    concept = cast.concepts[first.object]
    if concept is None:
        return placements
    thing = cast.plan.objects[first.object]
    units = cluster.units(concept, first.art, thing.size, "baby" in thing.attributes)
    part = float(np.clip(scale * units**layout.COMPRESS / first.height, 0.4, 1.0))
    middle = float(np.mean([placed.x for placed in placements]))
    feet = max(placed.y for placed in placements)
    return [
        replace(
            placed,
            x=middle + (placed.x - middle) * part,
            y=feet + (placed.y - feet) * part,
            height=placed.height * part,
        )
        for placed in placements
    ]


def _filling(placements: list[Placement], room: Room) -> list[Placement]:
    """The placements as large as the room is: the hole was made for them."""
    if not placements:
        return placements
    lefts, tops, rights, bottoms = zip(*(placed.bounds for placed in placements), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    part = _FULL * min(room.width / (right - left), room.height / (bottom - top))
    middle, feet = (left + right) / 2, room.height * (1 + _FULL) / 2
    return [
        replace(
            placed,
            x=room.width / 2 + (placed.x - middle) * part,
            y=feet + (placed.y - bottom) * part,
            height=placed.height * part,
        )
        for placed in placements
    ]


def _stage(place: Backdrop, room: Room, job: Job, canvas: tuple[int, int]) -> Stage:
    """The room as a stage: where the place's ground is in it, and which of its regions."""
    tall, down = canvas

    def height(part: float) -> float:
        return (part * tall + down - room.top) / room.height

    anchors: dict[str, Region] = {}
    for name, (x, y, across, deep) in place.anchors.items():
        left, right = ((edge * job.width - room.left) / room.width for edge in (x, x + across))
        if left > -0.05 and right < 1.05 and height(y) > 0 and height(y + deep) < 1.05:
            anchors[name] = (left, height(y), right - left, height(y + deep) - height(y))
    # There is always some ground to stand on, even if little of it is in sight.
    top = float(np.clip(height(place.ground_top), 0.0, 0.86))
    return Stage(
        width=room.width,
        height=room.height,
        surface=place.surface,
        horizon=float(np.clip(height(place.horizon), 0.0, 0.9)),
        ground_top=top,
        ground_bottom=float(np.clip(height(place.ground_bottom), top + 0.08, 0.96)),
        anchors=anchors,
    )
