"""Layout: where everything asked for stands in the picture, how large, in what order it is painted.

Clusters of related objects are sized by compressed real-world size, the subject first; large things move back
towards the horizon, what flies goes up, and the whole is scaled until nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from egaku.engines.illustrator import cluster
from egaku.engines.illustrator.bank import Concept
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.effects import SPECTRUM
from egaku.engines.illustrator.figure import Item, bounds, mirrored
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.scenery.base import Region

MOTLEY = frozenset(
    {"balloon", "umbrella", "gift", "tulip", "book", "crayon", "lollipop", "macaron", "kite", "flag"}
)
"""Things that come in all colours: three or more of them do, unless one colour is asked for."""

FIXTURES = frozenset({"pool", "window"})
"""What a backdrop may bring along."""

WATERS = frozenset({"pool", "pond", "lake", "river", "sea", "ocean", "water", "puddle", "swamp", "waterfall"})

FLIERS = frozenset(
    {"bird", "seagull", "crow", "pigeon", "dove", "swallow", "sparrow", "raven", "eagle", "hawk", "bat"}
)

AIRBORNE = frozenset({"sky", "space"})
COMPRESS = 0.72
"""How much of the (already compressed) difference in size between clusters is kept."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the layout must know of the picture and its backdrop."""

    width: int
    height: int
    surface: str = "ground"
    """Of scenery.base.SURFACES, or `none` for a picture without a place."""
    horizon: float = 0.5
    ground_top: float = 0.55
    ground_bottom: float = 0.95
    composition: str | None = None
    anchors: Mapping[str, Region] = field(default_factory=dict)
    """Named regions of the backdrop, as in scenery.base.Backdrop."""


@dataclass(slots=True)
class _Group:
    """A cluster on its way to a spot: its items, and where its origin goes, in pixels."""

    root: int
    items: list[Item]
    airborne: bool
    scale: float = 1.0
    """Pixels per unit."""
    x: float = 0.0
    y: float = 0.0
    spot: Region | None = None
    """The region of the backdrop it belongs in, if any."""
    wet: bool = False
    """True when that region is water."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom in pixels about the origin."""
        left, top, right, bottom = bounds(self.items)
        return left * self.scale, top * self.scale, right * self.scale, bottom * self.scale

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.bounds[2] - self.bounds[0]

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bounds[3] - self.bounds[1]


def arrange(cast: Cast, stage: Stage, rng: np.random.Generator) -> list[Placement]:
    """Placements of every object of the plan, in painting order."""
    cast = _without_painted(cast, stage)
    attached = cluster.hosts(cast)
    groups: list[_Group] = []
    for root in range(len(cast.plan.objects)):
        if root in attached:
            continue
        items = cluster.build(cast, root, rng)
        if items:
            groups.append(_grouped(cast, root, items, stage))
    if not groups:
        return []
    if rng.random() < 0.5:
        for group in groups:
            if not _ordered(cast, group):
                group.items = mirrored(group.items)
    afloat = stage.surface == "air"
    placed = [group for group in groups if group.spot is not None]
    standing = [group for group in groups if not group.airborne and group.spot is None]
    flying = [group for group in groups if group.airborne and group.spot is None]
    _size(groups, stage)
    _settle(placed, stage)
    if afloat:
        _float([*standing, *flying], stage, rng)
    else:
        _stand(standing, stage, rng)
        _fly(flying, [*standing, *placed], stage, rng)
    placements = [
        placement for group in groups for placement in _placements(group, cast, stage, floating=afloat)
    ]
    return sorted(placements, key=lambda placement: placement.order)


def _without_painted(cast: Cast, stage: Stage) -> Cast:
    """The cast without what the backdrop shows already (its pool, its table); a coloured one is drawn."""
    hosting = {tie.object for tie in cast.plan.relations if tie.relation in ("on", "in", "inside")}
    arts = tuple(
        None
        if planned.concept in FIXTURES
        and planned.concept in stage.anchors
        and planned.color is None
        and planned.count == 1
        and (index in hosting or planned.concept == "window")
        else art
        for index, (planned, art) in enumerate(zip(cast.plan.objects, cast.arts, strict=True))
    )
    return replace(cast, arts=arts)


def _grouped(cast: Cast, root: int, items: list[Item], stage: Stage) -> _Group:
    """The group with the region it belongs in: its painted host's, or water for what swims."""
    group = _Group(root, items, _flies(cast, root, stage))
    concept = cast.concepts[root]
    swims = concept is not None and concept.footing in ("water", "in-water")
    if swims and stage.surface == "ground" and "water" in stage.anchors:
        group.spot, group.wet = stage.anchors["water"], True
    hung = concept is not None and concept.footing == "wall"
    if hung and "wall" in stage.anchors and len(cast.plan.objects) > 1:
        group.spot = stage.anchors["wall"]
    for relation in cast.plan.relations:
        if relation.subject != root or relation.relation not in ("on", "in", "inside"):
            continue
        host = cast.plan.objects[relation.object]
        if cast.arts[relation.object] is not None:
            continue
        wet = host.concept in WATERS
        region = stage.anchors.get(host.concept) or (stage.anchors.get("water") if wet else None)
        if region is not None and not (wet and stage.surface == "water"):
            group.spot, group.wet = region, wet
    return group


def _settle(groups: list[_Group], stage: Stage) -> None:
    """Put groups into their regions of the backdrop, side by side where they share one."""
    for group in groups:
        left, top, width, height = group.spot or (0.0, 0.0, 1.0, 1.0)
        sharing = [other for other in groups if other.spot == group.spot]
        across = width * stage.width / len(sharing)
        middle = left * stage.width + across * (sharing.index(group) + 0.5)
        base = (top + height * (0.55 if group.wet else 0.75)) * stage.height
        roomy = 0.8 * across if group.wet else max(0.95 * across, 0.25 * stage.width)
        room_above = base - 0.06 * stage.height
        group.scale *= min(
            1.0, roomy / group.width, room_above / group.height, 0.6 * stage.height / group.height
        )
        group.airborne = False
        group.x = middle - (group.bounds[0] + group.bounds[2]) / 2
        group.y = base
    _keep_inside(groups, stage)


def _flies(cast: Cast, root: int, stage: Stage) -> bool:
    concept = cast.concepts[root]
    planned = cast.plan.objects[root]
    if concept is None or stage.surface == "air":
        return False
    if "flying" in planned.attributes and concept.group not in ("person", "furniture"):
        return True
    winged = concept.name in FLIERS or concept.footing in AIRBORNE
    over = any(tie.subject == root and tie.relation == "above" for tie in cast.plan.relations)
    if winged and (over or planned.count > 4) and stage.surface != "floor":
        return True
    return concept.footing in AIRBORNE or concept.group in ("sky", "weather")


def _ordered(cast: Cast, group: _Group) -> bool:
    """True when the plan says which way things face or on which side they are: then no mirroring."""
    members = {item.object for item in group.items}
    sided = any(
        relation.relation in ("left of", "right of") and relation.subject in members
        for relation in cast.plan.relations
    )
    return sided or any(cast.plan.objects[index].facing for index in members)


def _size(groups: list[_Group], stage: Stage) -> None:
    """Give every group its scale: the first is the subject, the others are measured by it."""
    members = len({item.object for item in groups[0].items})
    usual = min(0.76, 0.52 + 0.07 * members)
    share = {"close-up": 0.88, "portrait": 0.8, "wide": 0.32}.get(stage.composition or "", usual)
    room = {"close-up": 1.02, "wide": 0.5}.get(stage.composition or "", 0.86)
    first = groups[0]
    reference = first.height
    for group in groups:
        kept = (group.height / reference) ** COMPRESS / (group.height / reference)
        aim = share * (0.92 if len(groups) > 1 else 1.0) * stage.height
        group.scale = aim / reference * kept
    for group in groups:
        limit_high = stage.height * (0.8 if stage.composition != "close-up" else 1.0)
        least = 0.13 * min(stage.width, stage.height)
        if group.airborne and group is not first:
            limit_high = stage.height * 0.26
        factor = min(1.0, room * stage.width / group.width, limit_high / group.height)
        group.scale *= factor
        small = max(group.width, group.height)
        if small < least:
            group.scale *= least / small


def _stand(groups: list[_Group], stage: Stage, rng: np.random.Generator) -> None:
    """Put standing groups in a front and a back row; each row fits the width."""
    if not groups:
        return
    subject = groups[0]
    tall = [g for g in groups[1:] if g.height > 1.35 * subject.height]
    back = tall if len(groups) > 1 else []
    front = [g for g in groups if g not in back]
    if len(front) > 4:
        by_size = sorted(front[1:], key=lambda g: g.height)
        back = back + by_size[len(front) // 2 :]
        front = [g for g in groups if g not in back]
    top, bottom = stage.ground_top * stage.height, stage.ground_bottom * stage.height
    near = _baseline(front, stage, top, bottom, rng)
    _row(front, near, stage, rng, lead=subject)
    far = min(near - 0.12 * (bottom - top), top + 0.35 * (bottom - top)) if back else near
    for group in back:
        room = far - 0.06 * stage.height
        group.scale *= min(1.0, room / group.height, 0.6 * stage.width / group.width)
    if back:
        for group in front:
            group.scale *= min(1.0, 0.5 * stage.width / group.width) if len(front) == 1 else 1.0
    _row(back, far, stage, rng, lead=None, avoid=subject)
    _keep_inside(groups, stage)


def _baseline(
    front: list[_Group], stage: Stage, top: float, bottom: float, rng: np.random.Generator
) -> float:
    """The y of the front row's feet: the tallest sits a little below the middle of the picture."""
    tallest = max(group.height for group in front)
    deep = max(0.0, *(group.bounds[3] for group in front))
    center = 0.5 if stage.surface == "none" else 0.54
    y = center * stage.height + tallest / 2 + float(rng.uniform(-0.02, 0.04)) * stage.height
    if stage.composition == "close-up":
        return float(max(y, 0.97 * stage.height))
    return float(np.clip(y, top + 0.25 * (bottom - top), min(bottom, 0.94 * stage.height) - deep))


def _row(
    row: list[_Group],
    y: float,
    stage: Stage,
    rng: np.random.Generator,
    *,
    lead: _Group | None,
    avoid: _Group | None = None,
) -> None:
    if not row:
        return
    total = sum(group.width for group in row)
    gap = 0.06 * stage.width
    allowed = 0.9 * stage.width - gap * (len(row) - 1)
    if total > allowed:
        for group in row:
            group.scale *= max(0.2, allowed / total)
        total = sum(group.width for group in row)
    spare = stage.width - total - gap * (len(row) - 1)
    if len(row) == 1:
        row[0].x = _thirds(row[0], stage, rng) if avoid is None else _away(row[0], avoid, stage)
        row[0].y = y
        return
    order = list(row)
    if lead is not None and rng.random() < 0.5:
        order = [*order[1:], order[0]]
    x = spare * float(rng.uniform(0.4, 0.6))
    for group in order:
        group.x = x - group.bounds[0]
        group.y = y + (0.0 if group is lead else float(rng.uniform(-0.05, 0.02)) * stage.height)
        x += group.width + gap


def _thirds(group: _Group, stage: Stage, rng: np.random.Generator) -> float:
    free = (stage.width - group.width) / 2
    push = 0.0 if stage.composition in ("centered", "symmetric", "portrait", "close-up") else 0.4
    return stage.width / 2 + free * float(rng.uniform(-push, push)) - (group.bounds[0] + group.bounds[2]) / 2


def _away(group: _Group, other: _Group, stage: Stage) -> float:
    """Beside what stands in front of it, so that both are seen."""
    side = 1.0 if other.x < stage.width / 2 else -1.0
    other.x = stage.width * (0.5 - side * 0.17)
    half = group.width / 2
    x = float(
        np.clip(other.x + side * (other.width / 2 + half * 0.55), half * 0.98, stage.width - half * 0.98)
    )
    return x - (group.bounds[0] + group.bounds[2]) / 2


def _fly(flying: list[_Group], standing: list[_Group], stage: Stage, rng: np.random.Generator) -> None:
    """Put what flies above what stands, spread over the sky's width."""
    if not flying:
        return
    if not standing:
        _float(flying, stage, rng, middle=0.44)
        return
    ceiling = min(group.y + group.bounds[1] for group in standing)
    slots = len(flying)
    side = float(np.mean([group.x for group in standing])) / stage.width
    for number, group in enumerate(flying):
        room = max(0.16 * stage.height, ceiling - 0.05 * stage.height)
        if group.height > room:
            group.scale *= room / group.height
        share = (number + 0.5) / slots if slots > 1 else (0.26 if side > 0.5 else 0.74)
        group.x = stage.width * float(np.clip(share + rng.uniform(-0.06, 0.06), 0.1, 0.9))
        group.y = (
            0.05 * stage.height
            + float(rng.uniform(0.0, 0.3)) * max(0.0, room - group.height)
            - group.bounds[1]
        )
    _keep_inside(flying, stage)


def _float(groups: list[_Group], stage: Stage, rng: np.random.Generator, middle: float = 0.5) -> None:
    """Spread groups that touch no ground about the middle of the picture."""
    total = sum(group.width for group in groups)
    gap = 0.05 * stage.width
    allowed = 0.9 * stage.width - gap * (len(groups) - 1)
    if total > allowed:
        for group in groups:
            group.scale *= max(0.2, allowed / total)
        total = sum(group.width for group in groups)
    x = (stage.width - total - gap * (len(groups) - 1)) * float(rng.uniform(0.35, 0.65))
    for number, group in enumerate(groups):
        group.x = x - group.bounds[0]
        x += group.width + gap
        sway = 0.0 if len(groups) == 1 else (0.12 if number % 2 else -0.06)
        center = (middle + sway + float(rng.uniform(-0.03, 0.03))) * stage.height
        group.y = center - (group.bounds[1] + group.bounds[3]) / 2
    _keep_inside(groups, stage)


def _keep_inside(groups: list[_Group], stage: Stage) -> None:
    if stage.composition == "close-up":
        return
    margin = 0.035 * min(stage.width, stage.height)
    for group in groups:
        fit = min((stage.width - 2 * margin) / group.width, (stage.height - 2 * margin) / group.height)
        group.scale *= min(1.0, fit)
        left, top, right, bottom = group.bounds
        group.x = float(np.clip(group.x, margin - left, stage.width - margin - right))
        group.y = float(np.clip(group.y, margin - top, stage.height - margin - bottom))


def _placements(group: _Group, cast: Cast, stage: Stage, *, floating: bool) -> list[Placement]:
    ground = max(1.0, (stage.ground_bottom - stage.ground_top) * stage.height)
    near = stage.ground_bottom * stage.height
    depth = float(np.clip((near - group.y) / ground, 0.0, 1.0)) if not group.airborne else 0.35
    found: list[Placement] = []
    turns: dict[int, int] = {}
    for item in group.items:
        planned = cast.plan.objects[item.object]
        concept = cast.concepts[item.object]
        stands = "held" if item.held else "air" if group.airborne or floating else "ground"
        if stands == "ground" and (group.wet or (stage.surface == "water" and group.spot is None)):
            stands = "water"
        found.append(
            Placement(
                object=item.object,
                art=item.art,
                x=group.x + item.x * group.scale,
                y=group.y + item.y * group.scale,
                height=item.height * group.scale,
                flip=item.flip,
                turn=item.turn + (180.0 if "upside down" in planned.attributes else 0.0),
                color=_color(planned, concept, turns),
                attributes=planned.attributes,
                depth=depth,
                order=group.y + item.order * group.scale - (1e4 if group.airborne else 0.0),
                stands=stands,
                sink=_sink(concept.footing if concept else "", concept.group if concept else ""),
                opacity=item.opacity,
            )
        )
    return [
        replace(placement, sink=placement.sink if placement.stands == "water" else 0.0) for placement in found
    ]


def _color(planned: ObjectPlan, concept: Concept | None, turns: dict[int, int]) -> str | None:
    """The colour asked for; several in rainbow colours, and bright things, take the spectrum in turn."""
    bright = concept is not None and concept.name in MOTLEY and planned.color is None and planned.count > 2
    if planned.count > 1 and (bright or planned.color == "rainbow"):
        number = turns[id(planned)] = turns.get(id(planned), -1) + 1
        return SPECTRUM[number % len(SPECTRUM)]
    return planned.color or (concept.tint if concept else None)


def _sink(footing: str, group: str) -> float:
    """Part of a thing's height that is under water when it stands or floats there."""
    if footing == "water":
        return 0.1
    if footing == "in-water":
        return 0.3
    return {"animal": 0.16, "person": 0.3, "fantasy": 0.25, "building": 0.04, "landform": 0.06}.get(
        group, 0.14
    )
