"""Clusters: an object's copies with everything tied to them by relations, arranged about one origin."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egaku.engines.illustrator import flight
from egaku.engines.illustrator.bank import Art, Concept
from egaku.engines.illustrator.bond import Tie
from egaku.engines.illustrator.figure import Item, abreast, bounds, mirrored, scaled, shifted
from egaku.engines.illustrator.plan import RelationPlan, ScenePlan
from egaku.engines.illustrator.relations import AT_A_DISTANCE, tie

PERSONAL = frozenset({"wearing", "holding", "riding"})
"""Relations each copy has to a guest of its own: three cats in party hats wear three hats."""

SHARED = frozenset({"on", "under", "in", "inside", "above", "below", "in front of", "behind", "between"})
"""Relations in which several guests stand side by side as one group."""

SIDE_BY_SIDE = frozenset({"in front of", "behind", "next to", "left of", "right of", "looking at", "chasing"})
"""Relations between things seen next to each other, whose sizes are drawn together."""

SIZE_FACTORS = {"tiny": 0.5, "small": 0.74, "large": 1.35, "giant": 1.9}


@dataclass(frozen=True)
class Cast:
    """What the layout chose for each object of a plan."""

    plan: ScenePlan
    concepts: tuple[Concept | None, ...]
    arts: tuple[Art | None, ...]


def units(concept: Concept, art: Art, size: str | None, baby: bool = False) -> float:
    """Height in units: metres compressed, so that a mouse beside an elephant is still seen."""
    metres = concept.size
    if concept.axis == "length":
        metres = concept.size / max(art.aspect, 1.0)
    if concept.group in ("sky", "weather"):  # as large as they look, not as they are
        metres = min(metres, 3.0)
    return (
        float(np.clip(metres, 0.03, 60.0) ** 0.38)
        * SIZE_FACTORS.get(size or "", 1.0)
        * (0.62 if baby else 1.0)
    )


def build(cast: Cast, root: int, rng: np.random.Generator) -> list[Item]:
    """Every copy of object `root` with everything attached to it, directly or through others."""
    return _Builder(cast, rng).group(root)


def hosts(cast: Cast) -> dict[int, tuple[int, str]]:
    """Of each attached object: its host and how it is attached. Objects not named are roots."""
    found: dict[int, tuple[int, str]] = {}
    count = len(cast.plan.objects)
    for relation in cast.plan.relations:
        guest, host, how = _roles(relation)
        if not (0 <= guest < count and 0 <= host < count) or cast.arts[host] is None:
            continue
        if how in AT_A_DISTANCE and _aloft(cast, host) != _aloft(cast, guest):
            continue
        if guest != host and guest not in found and not _reaches(found, host, guest):
            found[guest] = (host, how)
    return found


def _aloft(cast: Cast, index: int) -> bool:
    concept = cast.concepts[index]
    return concept is not None and (
        concept.footing in ("sky", "space") and concept.group in ("sky", "weather")
    )


def _roles(relation: RelationPlan) -> tuple[int, int, str]:
    """(guest, host, how): whoever wears, holds or sees is the host of what is worn, held or seen."""
    if relation.relation in ("wearing", "holding"):
        return relation.object, relation.subject, relation.relation
    return relation.subject, relation.object, relation.relation


def _reaches(found: dict[int, tuple[int, str]], start: int, goal: int) -> bool:
    while start in found:
        start = found[start][0]
        if start == goal:
            return True
    return False


class _Builder:
    def __init__(self, cast: Cast, rng: np.random.Generator) -> None:
        self.cast = cast
        self.rng = rng
        self.hosts = hosts(cast)

    def group(self, index: int, seen: frozenset[int] = frozenset(), *, one: bool = False) -> list[Item]:
        """Copies of one object (with `one`, a single one) with its guests, feet at the origin."""
        art, concept = self.cast.arts[index], self.cast.concepts[index]
        if art is None or concept is None or index in seen:
            return []
        seen |= {index}
        planned = self.cast.plan.objects[index]
        height = units(concept, art, planned.size, "baby" in planned.attributes)
        turned = bool(art.facing and planned.facing and art.facing != planned.facing)
        wings = flight.flies(self.cast.plan, index, concept)
        perched = concept.name in flight.FLIERS and not wings
        airy = not perched and (concept.footing in ("sky", "space") or "flying" in planned.attributes)
        single = Item(index, art, 0.0, 0.0, height, flip=turned, airy=airy)
        guests = [(guest, how) for guest, (host, how) in self.hosts.items() if host == index]
        figure = [single]
        for guest, how in guests:
            if how in PERSONAL:
                figure = self._tie(figure, single, [guest], how, seen)
        count = 1 if one else max(1, min(planned.count, 50))
        if wings and count >= flight.FLOCK:
            copies = flight.flock(figure, count, self.rng)
        else:
            copies = spread(figure, count, self.rng, aligned=planned.facing is not None)
        anchor = _stand_in(copies, single)
        for how in dict.fromkeys(how for _, how in guests if how not in PERSONAL):
            copies = self._tie(copies, anchor, [guest for guest, own in guests if own == how], how, seen)
        return copies

    def _tie(
        self, items: list[Item], host: Item, guests: list[int], how: str, seen: frozenset[int]
    ) -> list[Item]:
        """Put guests to their host; those with one relation to it share the room, side by side."""
        built = (self.group(guest, seen, one=how in PERSONAL) for guest in guests)
        groups = [group for group in built if group]
        if how in SHARED and len(groups) > 1:
            groups = [abreast(groups)]
        objects = self.cast.plan.objects
        for group in groups:
            guest = objects[group[0].object].concept
            concept = self.cast.concepts[group[0].object]
            grounded = concept is not None and concept.footing in ("ground", "floor")
            hosted = self.cast.concepts[host.object]
            items = tie(
                how,
                Tie(
                    guests=_comparable(group, host) if how in SIDE_BY_SIDE else group,
                    host=host,
                    items=items,
                    guest_name=guest,
                    host_name=objects[host.object].concept,
                    rng=self.rng,
                    host_group=hosted.group if hosted else "",
                    grounded=grounded,
                ),
            )
        return items


def _comparable(group: list[Item], host: Item) -> list[Item]:
    """The guests brought within sight of their host's size: neither lost beside it nor dwarfing it."""
    tall = -bounds(group)[1]
    wanted = float(np.clip(tall, 0.36 * host.height, 2.4 * host.height))
    return scaled(group, wanted / tall)


def _stand_in(copies: list[Item], single: Item) -> Item:
    """The host as one item: itself, or for a group the box it fills."""
    own = [item for item in copies if item.object == single.object]
    if len(own) == 1:
        return own[0]
    left, top, right, bottom = bounds(own)
    art = replace(single.art, box=(0.0, 0.0, (right - left) / (bottom - top), 1.0), head=(0.5, 0.0, 0.5))
    return Item(single.object, art, (left + right) / 2, bottom, bottom - top)


def spread(figure: list[Item], count: int, rng: np.random.Generator, *, aligned: bool = False) -> list[Item]:
    """`count` copies of a figure: a loose row, or staggered rows that shrink with distance; never stamped."""
    if count == 1:
        return figure
    left, top, right, bottom = bounds(figure)
    width, height = right - left, bottom - top
    wanted = np.sqrt(count * 1.15 * height / width)
    columns = 2 if count == 2 else int(np.clip(np.ceil(wanted), 2, max(2, (count + 1) // 2)))
    if count == 3 and (width < 0.8 * height or rng.random() < 0.4):
        columns = 3
    rows = int(np.ceil(count / columns))
    facing = bool(figure[0].art.facing)
    herd = rng.random() < 0.5
    items: list[Item] = []
    airy = figure[0].airy
    left_over = count
    for row in range(rows):
        here = int(np.ceil(left_over / (rows - row)))
        left_over -= here
        scale = 0.9**row
        pitch = width * scale * (1.06 if row == 0 else 1.12)
        offset = (0.5 if row % 2 else 0.0) * pitch * (0.4 if here < columns else 1.0)
        for column in range(here):
            own = scaled(figure, scale * float(rng.uniform(0.93, 1.06)))
            mirror = facing and not herd and not aligned and rng.random() < 0.4
            own = mirrored(own) if mirror or (not facing and rng.random() < 0.5) else own
            x = (
                (column - (here - 1) / 2) * pitch
                + offset
                - pitch * 0.25 * (rows > 1)
                + rng.normal(0, 0.02) * width
            )
            lift = (1.05 if airy else 0.62 * 0.9**row) * row + float(rng.uniform(-0.05, 0.05)) * (count > 2)
            if airy:
                x += float(rng.uniform(-0.16, 0.16)) * width
                lift += float(rng.uniform(-0.2, 0.2))
                own = [replace(item, turn=item.turn + float(rng.uniform(-14, 14))) for item in own]
            raised = shifted(own, x, -lift * height)
            items += [replace(item, order=item.order - lift * height) for item in raised]
    middle = (bounds(items)[0] + bounds(items)[2]) / 2
    return shifted(items, -middle, 0.0)
