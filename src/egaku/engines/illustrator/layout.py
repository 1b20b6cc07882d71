"""Layout: where everything asked for stands in the picture, how large, in what order it is painted.

Clusters of related objects are sized by compressed real-world size, the subject first; large things move back
towards the horizon, what flies goes up, and the whole is scaled until nothing is cut off.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator import cluster, flight, rows
from egaku.engines.illustrator.bank import Concept
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.effects import SPECTRUM
from egaku.engines.illustrator.figure import Item, mirrored
from egaku.engines.illustrator.group import Group, Stage
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

LIVING = frozenset({"person", "animal", "fantasy"})
WIDE_TABLE = 0.25
"""Least width, as part of the picture's, of a painted table that things are put on."""

AIRBORNE = frozenset({"sky", "space"})
MOUNTS = frozenset({"broom", "rug", "carpet"})
"""What witches and genies fly on."""

COMPRESS = 0.72
"""How much of the (already compressed) difference in size between clusters is kept."""


def arrange(cast: Cast, stage: Stage, rng: np.random.Generator) -> list[Placement]:
    """Placements of every object of the plan, in painting order."""
    cast = _without_painted(cast, stage)
    attached = cluster.hosts(cast)
    groups: list[Group] = []
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
    rows.settle(placed, stage)
    if afloat:
        rows.drift([*standing, *flying], stage, rng)
    else:
        rows.stand(standing, stage, rng)
        _before_table(cast, standing, stage)
        aloft = [group for group in flying if _heavenly(cast, group)]
        winged = [group for group in flying if group not in aloft]
        rows.fly(winged, [*standing, *placed], stage, rng)
        rows.fly(aloft, [*standing, *placed, *winged], stage, rng)
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


def _grouped(cast: Cast, root: int, items: list[Item], stage: Stage) -> Group:
    """The group with the region it belongs in: its painted host's, or water for what swims."""
    group = Group(root, items, _flies(cast, root, stage))
    concept = cast.concepts[root]
    swims = concept is not None and concept.footing in ("water", "in-water")
    if swims and stage.surface == "ground" and "water" in stage.anchors:
        group.spot, group.wet = stage.anchors["water"], True
    hung = concept is not None and concept.footing == "wall"
    alone = len({item.object for item in items}) == 1 and len(cast.plan.objects) > 1
    if hung and alone and "wall" in stage.anchors:
        group.spot = stage.anchors["wall"]
    served = concept is not None and concept.footing == "table" and len(cast.plan.objects) == 1
    if served and _table(stage) is not None:
        group.spot = _table(stage)
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


def _table(stage: Stage) -> Region | None:
    """The top of the backdrop's table, if it is wide enough to show something on."""
    top = stage.anchors.get("table")
    return top if top is not None and top[2] >= WIDE_TABLE else None


def _before_table(cast: Cast, groups: list[Group], stage: Stage) -> None:
    """Whoever stands in a room with a table stands before it, not on it."""
    for group in groups:
        concept = cast.concepts[group.root]
        if _table(stage) is not None and concept is not None and concept.group in LIVING:
            group.y = max(group.y, 0.96 * stage.height - group.bounds[3])


def _flies(cast: Cast, root: int, stage: Stage) -> bool:
    concept = cast.concepts[root]
    planned = cast.plan.objects[root]
    if concept is None or stage.surface == "air":
        return False
    if concept.name in flight.FLIERS:
        return flight.flies(cast.plan, root, concept)
    if "flying" in planned.attributes and concept.group not in ("person", "furniture"):
        return True
    if concept.name in MOUNTS and any(
        tie.object == root and "flying" in cast.plan.objects[tie.subject].attributes
        for tie in cast.plan.relations
    ):
        return True
    hovers = concept.group in ("sky", "weather") and concept.footing not in ("ground", "floor", "table")
    return concept.footing in AIRBORNE or hovers


def _heavenly(cast: Cast, group: Group) -> bool:
    concept = cast.concepts[group.root]
    return concept is not None and concept.group in ("sky", "weather")


def _ordered(cast: Cast, group: Group) -> bool:
    """True when the plan says which way things face or on which side they are: then no mirroring."""
    members = {item.object for item in group.items}
    sided = any(
        relation.relation in ("left of", "right of") and relation.subject in members
        for relation in cast.plan.relations
    )
    return sided or any(cast.plan.objects[index].facing for index in members)


def _size(groups: list[Group], stage: Stage) -> None:
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


def _placements(group: Group, cast: Cast, stage: Stage, *, floating: bool) -> list[Placement]:
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
    return _sunk(found)


def _sunk(placements: list[Placement]) -> list[Placement]:
    """Things in water with the part that is below it; what they carry goes down with them."""
    afloat = [placement for placement in placements if placement.stands == "water"]
    found = []
    for placement in placements:
        if placement.stands == "water":
            found.append(placement)
        elif placement.stands == "held" and afloat:
            carrier = min(afloat, key=lambda other: abs(other.x - placement.x))
            found.append(replace(placement, sink=0.0, y=placement.y + carrier.sink * carrier.height))
        else:
            found.append(replace(placement, sink=0.0))
    return found


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
