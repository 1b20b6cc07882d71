"""Clusters: objects tied by relations, arranged around their host, in units of compressed real size.

The origin is the host's feet; x runs right, y down. What is attached moves, scales and mirrors with its host.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from egaku.engines.illustrator.bank import Art, Concept
from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan

SIZE_FACTORS = {"tiny": 0.5, "small": 0.74, "large": 1.35, "giant": 1.9}

GLASS = frozenset(
    "jar bottle bubble fishbowl aquarium crystal ball snow globe glass wine glass light bulb vase".split()
) | {"crystal ball", "snow globe", "wine glass", "light bulb", "glass of milk", "test tube", "water bottle"}
"""Hosts one sees what is inside of."""

SEATS = frozenset({"horse", "pony", "unicorn", "donkey", "zebra", "camel", "elephant", "cow", "deer", "dragon"})

FACE_WEAR = frozenset({"glasses", "sunglasses", "goggles", "eye patch", "monocle", "mask"})
NECK_WEAR = frozenset({"scarf", "necktie", "bow tie", "tie", "necklace", "medal", "cape", "bell", "collar"})
BODY_WEAR = frozenset({"t-shirt", "shirt", "coat", "dress", "kimono", "jacket", "sweater", "backpack", "suit"})
LOW_HOSTS = frozenset({"rug", "carpet", "picnic blanket", "blanket", "surfboard", "skateboard", "hill", "raft"})

UPRIGHT_TOPS = {"sofa": 0.52, "couch": 0.52, "armchair": 0.5, "chair": 0.52, "bed": 0.45, "bench": 0.55,
                "throne": 0.55, "swing": 0.8, "stool": 0.06, "bicycle": 0.3, "motorcycle": 0.42,
                "boat": 0.62, "sailboat": 0.72, "hill": 0.2, "car": 0.12, "skateboard": 0.2}  # fmt: skip
"""Where the seat or top is, as part of the height from the top, for things one sits deeper in."""


@dataclass(frozen=True, slots=True)
class Item:
    """One copy of one object, in cluster units."""

    object: int
    art: Art
    x: float
    y: float
    height: float
    flip: bool = False
    turn: float = 0.0
    order: float = 0.0
    held: bool = False
    """True when something else carries it: no shadow and no waterline of its own."""
    opacity: float = 1.0

    @property
    def width(self) -> float:
        """Units across."""
        return self.height * self.art.aspect

    def at(self, u: float, v: float) -> tuple[float, float]:
        """The point at (u, v) of its painted box, 0 … 1 from upper left as the drawing is, in units."""
        across = (0.5 - u) if self.flip else (u - 0.5)
        return self.x + across * self.width, self.y - (1.0 - v) * self.height

    def crown(self) -> tuple[float, float, float]:
        """x, y and width of the top of the head, in units."""
        left, top, right, bottom = self.art.box
        x, y = self.at((self.art.head[0] - left) / (right - left), (self.art.head[1] - top) / (bottom - top))
        return x, y, self.art.head[2] / (right - left) * self.width

    @property
    def looks_left(self) -> bool:
        """Whether it looks to the left as placed; front views count as looking right."""
        return (self.art.facing == "left") != self.flip if self.art.facing else False


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
    return float(np.clip(metres, 0.03, 60.0) ** 0.38) * SIZE_FACTORS.get(size or "", 1.0) * (0.62 if baby else 1.0)


def build(cast: Cast, root: int, rng: np.random.Generator) -> list[Item]:
    """Every copy of object `root` with everything attached to it, directly or through others."""
    return _Builder(cast, rng).group(root, set())


def hosts(plan: ScenePlan) -> dict[int, tuple[int, str]]:
    """Of each attached object: its host and how it is attached. Objects not named are roots."""
    found: dict[int, tuple[int, str]] = {}
    for relation in plan.relations:
        guest, host, how = _roles(relation)
        valid = guest != host and max(guest, host) < len(plan.objects) and min(guest, host) >= 0
        if valid and guest not in found and not _reaches(found, host, guest):
            found[guest] = (host, how)
    return found


def bounds(items: list[Item]) -> tuple[float, float, float, float]:
    """left, top, right, bottom of all of them."""
    return (
        min(item.x - item.width / 2 for item in items),
        min(item.y - item.height for item in items),
        max(item.x + item.width / 2 for item in items),
        max(item.y for item in items),
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


def shifted(items: list[Item], dx: float, dy: float, order: float = 0.0) -> list[Item]:
    """All of them, moved."""
    return [replace(item, x=item.x + dx, y=item.y + dy, order=item.order + order) for item in items]


def mirrored(items: list[Item]) -> list[Item]:
    """The whole group as in a mirror."""
    return [replace(item, x=-item.x, flip=not item.flip, turn=-item.turn) for item in items]


def scaled(items: list[Item], factor: float) -> list[Item]:
    """The whole group, larger or smaller about the origin."""
    return [replace(item, x=item.x * factor, y=item.y * factor, height=item.height * factor) for item in items]


class _Builder:
    def __init__(self, cast: Cast, rng: np.random.Generator) -> None:
        self.cast = cast
        self.rng = rng
        self.hosts = hosts(cast.plan)

    def group(self, index: int, seen: set[int]) -> list[Item]:
        """Copies of one object with its guests, feet of the group at the origin."""
        art, concept = self.cast.arts[index], self.cast.concepts[index]
        if art is None or concept is None or index in seen:
            return []
        seen = seen | {index}
        planned = self.cast.plan.objects[index]
        height = units(concept, art, planned.size, "baby" in planned.attributes)
        single = Item(index, art, 0.0, 0.0, height, flip=_turned(art, planned))
        guests = [(guest, how) for guest, (host, how) in self.hosts.items() if host == index]
        worn = [(guest, how) for guest, how in guests if how in ("wearing", "holding", "riding")]
        others = [(guest, how) for guest, how in guests if how not in ("wearing", "holding", "riding")]
        figure = [single]
        for guest, how in worn:
            figure = self._attach(figure, single, guest, how, seen)
        copies = spread(figure, max(1, min(planned.count, 50)), self.rng, aligned=planned.facing is not None)
        anchor = _stand_in(copies, single)
        for guest, how in others:
            copies = self._attach(copies, anchor, guest, how, seen)
        return copies

    def _attach(self, items: list[Item], host: Item, guest: int, how: str, seen: set[int]) -> list[Item]:
        group = self.group(guest, seen)
        if not group:
            return items
        place = _PLACES.get(how, _beside)
        added = place(self, group, host, items)
        return items + added

    def concept(self, item: Item) -> str:
        """The concept's name."""
        return self.cast.plan.objects[item.object].concept


def _turned(art: Art, planned: ObjectPlan) -> bool:
    return bool(art.facing and planned.facing and art.facing != planned.facing)


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
    columns = count if count <= 3 else int(np.ceil(np.sqrt(count * 1.9 * height / width)))
    columns = int(np.clip(columns, 2, count))
    rows = int(np.ceil(count / columns))
    facing = bool(figure[0].art.facing)
    herd = rng.random() < 0.5
    items: list[Item] = []
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
            x = (column - (here - 1) / 2) * pitch + offset - pitch * 0.25 * (rows > 1) + rng.normal(0, 0.02) * width
            y = -row * height * 0.62 * 0.9**row + float(rng.uniform(-0.05, 0.05)) * height * (count > 2)
            items += shifted(own, x, y, order=y)
    middle = (bounds(items)[0] + bounds(items)[2]) / 2
    return shifted(items, -middle, 0.0)


Place = Callable[[_Builder, list[Item], Item, list[Item]], list[Item]]


def _held(items: list[Item]) -> list[Item]:
    return [replace(item, held=True) for item in items]


def _on(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    name = builder.concept(host)
    deep = UPRIGHT_TOPS.get(name, 0.04)
    left, _, right, _ = bounds(group)
    room = host.width * (0.86 if name in UPRIGHT_TOPS else 0.8)
    if right - left > room and host.height < 3 * (host.y - bounds(group)[1]):
        group = scaled(group, max(0.55, room / (right - left)))
    if name in LOW_HOSTS:
        deep = 0.45
    top = host.y - host.height * (1.0 - deep)
    return shifted(_held(group), host.x, top, order=host.order + 0.01)


def _riding(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    name = builder.concept(host)
    deep = UPRIGHT_TOPS.get(name, 0.42 if name in SEATS or host.art.facing else 0.2)
    group = scaled(group, min(1.0, 1.05 * host.height / (-bounds(group)[1])))
    if host.art.facing and group[0].looks_left != host.looks_left and group[0].art.facing:
        group = mirrored(group)
    x, y = host.at(0.56 if host.art.facing == "left" else 0.5, deep)
    sink = -bounds(group)[1] * 0.24
    return shifted(_held(group), x, y + sink, order=host.order - 0.01 if name in UPRIGHT_TOPS else host.order + 0.01)


def _inside(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    left, top, right, _ = bounds(group)
    name = builder.concept(host)
    if name in GLASS:
        factor = min(host.width * 0.62 / (right - left), host.height * 0.55 / -top)
        group = scaled(group, factor)
        veil = replace(host, order=host.order + 0.02, opacity=0.28, held=True)
        return [*shifted(_held(group), host.x, host.y - host.height * 0.14, order=host.order + 0.01), veil]
    if builder.cast.concepts[host.object] is not None and name in ("pool", "pond", "lake", "puddle", "water"):
        group = scaled(group, min(1.0, host.width * 0.5 / (right - left)))
        return shifted(_held(group), host.x, host.y - host.height * 0.35, order=host.order + 0.01)
    factor = min(1.15, host.width * 0.7 / (right - left))
    group = scaled(group, factor)
    rise = -bounds(group)[1] * 0.6
    return shifted(_held(group), host.x, host.y - host.height * 0.97 - rise + -bounds(group)[1], order=host.order - 0.01)


def _under(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    name = builder.concept(host)
    if name in ("umbrella", "parachute", "rainbow", "hot air balloon", "parasol", "cloud"):
        left, top, right, _ = bounds(group)
        lift = -top * 0.72
        lifted = shifted([host], 0.0, -lift)[0]
        items[:] = [lifted if item is host else item for item in items]
        return shifted(group, host.x, host.y, order=host.order + 0.01)
    left, top, right, _ = bounds(group)
    room = host.height * (0.82 if name in ("table", "desk", "chair", "bench", "bed", "picnic table") else 0.5)
    group = scaled(group, min(1.0, room / -top, host.width * 0.7 / (right - left)))
    return shifted(group, host.x + host.width * 0.04, host.y + host.height * 0.02, order=host.order + 0.01)


def _above(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    gap = 0.18 * min(host.height, -bounds(group)[1])
    top = bounds(items)[1]
    return shifted(_held(group), host.x, top - gap, order=host.order + 0.01)


def _below(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    tall = -bounds(group)[1]
    items[:] = shifted(_held(items), 0.0, -tall - 0.2 * min(host.height, tall))
    return shifted(group, host.x, host.y, order=host.order + 0.01)


def _side(direction: float) -> Place:
    def place(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
        own, all_items = bounds(group), bounds(items)
        gap = 0.12 * min(own[2] - own[0], host.width)
        x = all_items[2] + gap - own[0] if direction > 0 else all_items[0] - gap - own[2]
        return shifted(group, x, host.y, order=host.order + 0.001)

    return place


def _beside(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    return _side(1.0 if builder.rng.random() < 0.5 else -1.0)(builder, group, host, items)


def _behind(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    left, top, right, _ = bounds(group)
    side = 1.0 if builder.rng.random() < 0.5 else -1.0
    reach = max(0.0, (host.width + (right - left)) / 2 - 0.38 * min(host.width, right - left))
    if -top > 1.5 * host.height:
        reach *= 0.45
    return shifted(group, host.x + side * reach, host.y - 0.14 * host.height, order=host.order - 0.3)


def _front(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    left, top, right, _ = bounds(group)
    side = 1.0 if builder.rng.random() < 0.5 else -1.0
    reach = 0.24 * host.width if -top < host.height else (host.width + right - left) / 2 * 0.62
    return shifted(group, host.x + side * reach, host.y + 0.16 * min(host.height, -top), order=host.order + 0.3)


def _between(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    own = [item for item in items if item.object == host.object]
    if len(own) >= 2:
        left, _, right, _ = bounds(group)
        half = (right - left) * 0.54
        middle = sum(item.x for item in own) / len(own)
        items[:] = [replace(item, x=item.x + (half if item.x > middle else -half)) for item in items]
        return shifted(group, middle, host.y, order=host.order + 0.01)
    return _side(1.0)(builder, group, host, items)


def _around(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    singles = [item for item in group if item.object == group[0].object]
    count = len(singles) if len(singles) > 1 else 7
    size = min(singles[0].height, host.height * 0.3)
    placed: list[Item] = []
    for number in range(count):
        angle = 2 * np.pi * (number + 0.35 * builder.rng.random()) / count - np.pi / 2
        radius_x, radius_y = host.width * 0.5 + size * 0.95, host.height * 0.5 + size * 0.8
        x = host.x + radius_x * float(np.cos(angle))
        y = host.y - host.height / 2 + radius_y * float(np.sin(angle)) + size / 2
        turn = float(builder.rng.uniform(-15, 15))
        order = host.order + (0.02 if np.sin(angle) > 0 else -0.02)
        placed.append(replace(singles[0], x=x, y=y, height=size, turn=turn, order=order, held=True))
    return placed


def _wearing(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    item = group[0]
    name = builder.concept(item)
    x, y, width = host.crown()
    head = width * 0.95
    if name in FACE_WEAR:
        worn = replace(item, height=head / item.art.aspect)
        return _held(shifted([worn], x, y + head * 0.62, order=host.order + 0.02))
    if name in NECK_WEAR:
        worn = replace(item, height=min(head * 0.8 / item.art.aspect, head * 0.8))
        return _held(shifted([worn], x, y + head * 1.25, order=host.order + 0.02))
    if name in BODY_WEAR:
        worn = replace(item, height=host.height * 0.4)
        return _held(shifted([worn], host.x, host.y - host.height * 0.12, order=host.order + 0.02))
    worn = replace(item, height=head * 0.8 / item.art.aspect)
    return _held(shifted([worn], x, y + worn.height * 0.3, order=host.order + 0.02))


def _holding(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    tall = -bounds(group)[1]
    name = builder.concept(group[0])
    limit = host.height * (0.75 if name in ("umbrella", "balloon", "flag", "sword", "staff", "banner") else 0.42)
    group = scaled(group, min(1.0, limit / tall) if tall > limit else max(1.0, 0.26 * host.height / tall))
    side = -1.0 if host.looks_left else 1.0
    lift = 0.52 if name in ("balloon", "umbrella", "flag") else 0.24
    reach = host.width * 0.44
    return shifted(_held(group), host.x + side * reach, host.y - host.height * lift, order=host.order + 0.02)


def _chasing(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    if group[0].art.facing and group[0].looks_left != host.looks_left:
        group = mirrored(group)
    direction = 1.0 if host.looks_left else -1.0
    own, all_items = bounds(group), bounds(items)
    gap = 0.28 * host.width
    x = all_items[2] + gap - own[0] if direction > 0 else all_items[0] - gap - own[2]
    return shifted(group, x, host.y, order=host.order)


def _looking(builder: _Builder, group: list[Item], host: Item, items: list[Item]) -> list[Item]:
    own, all_items = bounds(group), bounds(items)
    gap = 0.25 * min(own[2] - own[0], host.width)
    if group[0].art.facing and not group[0].looks_left:
        return shifted(group, all_items[0] - gap - own[2], host.y, order=host.order)
    return shifted(group, all_items[2] + gap - own[0], host.y, order=host.order)


_PLACES: dict[str, Place] = {
    "on": _on,
    "riding": _riding,
    "in": _inside,
    "inside": _inside,
    "under": _under,
    "above": _above,
    "below": _below,
    "next to": _beside,
    "left of": _side(-1.0),
    "right of": _side(1.0),
    "behind": _behind,
    "in front of": _front,
    "between": _between,
    "around": _around,
    "wearing": _wearing,
    "holding": _holding,
    "chasing": _chasing,
    "looking at": _looking,
}
