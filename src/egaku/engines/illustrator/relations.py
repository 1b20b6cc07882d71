"""Relations: where a guest goes about its host, one function per word of vocabulary.RELATIONS.

Each takes a Tie and returns every item of the group so far, the guest's among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from egaku.engines.illustrator.figure import Item, beneath, bounds, held, mirrored, over, scaled, shifted

GLASS = {
    "jar": 0.56, "bottle": 0.64, "bubble": 0.5, "fishbowl": 0.56, "aquarium": 0.55, "crystal ball": 0.42,
    "snow globe": 0.42, "glass": 0.5, "wine glass": 0.28, "light bulb": 0.34, "glass of milk": 0.5,
    "test tube": 0.55, "water bottle": 0.6, "cage": 0.6,
}  # fmt: skip
"""Hosts one sees what is inside of: where their middle is, as part of the height from the top."""

BASINS = frozenset({"pool", "pond", "lake", "puddle", "bathtub", "water", "hot tub"})
"""Hosts with a surface of water to stand in."""

DECKED = frozenset({"boat", "sailboat", "ship", "pirate ship", "raft", "ferry", "cruise ship"})
"""Hosts one is on rather than in: sails and walls would hide the guest."""

CANOPIES = frozenset({"umbrella", "parachute", "rainbow", "hot air balloon", "parasol", "cloud"})
"""Hosts that hover over what is under them."""

LEGGED = frozenset({"table", "desk", "chair", "bench", "bed", "picnic table"})
"""Hosts with room between their legs."""

LONG_HELD = frozenset(
    {"umbrella", "balloon", "flag", "sword", "staff", "banner", "sign", "spear", "fishing rod"}
)
BOARDS = frozenset({"banner", "sign", "billboard", "placard", "newspaper"})
"""Things held before the body with both hands."""

LIFTED = frozenset({"balloon", "umbrella", "flag", "sign"})
"""Things carried by a low string or handle, so that they rise above the hand."""

FACE_WEAR = frozenset({"glasses", "sunglasses", "goggles", "eye patch", "monocle", "mask"})
NECK_WEAR = frozenset({"scarf", "necktie", "bow tie", "tie", "necklace", "medal", "cape", "bell", "collar"})
BODY_WEAR = frozenset(
    {"t-shirt", "shirt", "coat", "dress", "kimono", "jacket", "sweater", "backpack", "suit", "tuxedo",
     "blouse", "lab coat", "safety vest", "life jacket", "armor", "spacesuit", "swimsuit", "sari",
     "martial arts uniform"}
)  # fmt: skip
LOW_HOSTS = frozenset(
    {"rug", "carpet", "picnic blanket", "blanket", "surfboard", "skateboard", "hill", "raft"}
)

SEAT_HEIGHTS = {
    "sofa": 0.52, "couch": 0.52, "armchair": 0.5, "chair": 0.52, "bed": 0.45, "bench": 0.55, "throne": 0.55,
    "swing": 0.8, "stool": 0.06, "bicycle": 0.3, "motorcycle": 0.42, "skateboard": 0.2, "car": 0.12,
    "boat": 0.62, "sailboat": 0.72, "ship": 0.42, "pirate ship": 0.56, "ferry": 0.4, "cruise ship": 0.4,
    "hill": 0.2,
}  # fmt: skip
"""Where the seat or top is, as part of the height from the top, for things one sits deeper in."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A guest about to be put to its host."""

    guests: list[Item]
    """The guest's group, feet at the origin."""
    host: Item
    """The host, or for several the box they fill."""
    items: list[Item]
    """The host's group so far, host included."""
    guest_name: str
    host_name: str
    rng: np.random.Generator
    host_group: str = ""
    """Group of the host's concept."""
    grounded: bool = True
    """True when the guest stands on the ground by nature (a tree), False when it may hover (a star)."""

    @property
    def side(self) -> float:
        """-1 (left) or 1 (right), by chance."""
        return 1.0 if self.rng.random() < 0.5 else -1.0


def tie(relation: str, bond: Tie) -> list[Item]:
    """The host's group with the guest in it. A relation outside the vocabulary puts it beside."""
    return _PLACES.get(relation, beside)(bond)


def on_top(bond: Tie) -> list[Item]:
    """Feet on the host's top, or on its seat."""
    host, group = bond.host, bond.guests
    deep = SEAT_HEIGHTS.get(bond.host_name, 0.04)
    left, top, right, _ = bounds(group)
    room = host.width * (0.86 if bond.host_name in SEAT_HEIGHTS else 0.8)
    if right - left > room and host.height < -3 * top:
        group = scaled(group, max(0.42, room / (right - left)))
    if bond.host_name in LOW_HOSTS:
        deep = 0.45
    y = host.y - host.height * (1.0 - deep)
    return bond.items + over(shifted(held(group), host.x, y), host.order)


def riding(bond: Tie) -> list[Item]:
    """Astride: legs beyond the back, facing as the mount does."""
    host = bond.host
    seat = SEAT_HEIGHTS.get(bond.host_name, 0.42 if host.art.facing else 0.2)
    group = scaled(bond.guests, min(1.0, 0.82 * host.height / -bounds(bond.guests)[1]))
    if host.art.facing and group[0].art.facing and group[0].looks_left != host.looks_left:
        group = mirrored(group)
    x, y = host.at(0.6 if host.art.facing == "left" else 0.4 if host.art.facing == "right" else 0.5, seat)
    sink = -bounds(group)[1] * 0.27
    return bond.items + beneath(shifted(held(group), x, y + sink), host.order)


def inside(bond: Tie) -> list[Item]:
    """Seen through glass, in water, at the door of a building, or looking out over the rim."""
    host, group = bond.host, bond.guests
    left, top, right, _ = bounds(group)
    if bond.host_name in GLASS:
        group = scaled(group, min(host.width * 0.62 / (right - left), host.height * 0.46 / -top))
        opacity = 1.0 if bond.host_name == "cage" else 0.28
        veil = replace(host, order=host.order + 0.02, opacity=opacity, held=True)
        middle = host.y - host.height * (1.0 - GLASS[bond.host_name])
        floor = middle - bounds(group)[1] / 2
        return [*bond.items, *over(shifted(held(group), host.x, floor), host.order), veil]
    if bond.host_name in BASINS:
        group = scaled(group, min(1.0, host.width * 0.5 / (right - left)))
        return bond.items + over(shifted(held(group), host.x, host.y - host.height * 0.35), host.order)
    if bond.host_name in DECKED:
        return on_top(bond)
    if bond.host_group == "building":
        group = scaled(group, min(1.0, host.width * 0.8 / (right - left)))
        return bond.items + over(shifted(group, host.x, host.y + 0.03 * host.height), host.order)
    group = scaled(group, min(1.15, host.width * 0.7 / (right - left)))
    dip = -bounds(group)[1] * 0.4
    rim = host.height * (1.0 - SEAT_HEIGHTS.get(bond.host_name, 0.03))
    return bond.items + beneath(shifted(held(group), host.x, host.y - rim + dip), host.order)


def under(bond: Tie) -> list[Item]:
    """Between the legs or under the crown of the host; a canopy is lifted over its guest."""
    host, group = bond.host, bond.guests
    left, top, right, _ = bounds(group)
    if bond.host_name in CANOPIES:
        wide = min(1.0, 2.2 * max(right - left, -top) / host.width)
        host = replace(host, height=host.height * wide)
        lifted = [
            replace(host, y=host.y + top * 0.72, held=True) if item == bond.host else item
            for item in bond.items
        ]
        return lifted + over(shifted(group, host.x, host.y), host.order)
    room = host.height * (0.82 if bond.host_name in LEGGED else 0.5)
    group = scaled(group, min(1.0, room / -top, host.width * 0.7 / (right - left)))
    return bond.items + over(
        shifted(group, host.x + host.width * 0.04, host.y + host.height * 0.02), host.order
    )


def above(bond: Tie) -> list[Item]:
    """Hovering over everything there is."""
    gap = 0.18 * min(bond.host.height, -bounds(bond.guests)[1])
    top = bounds(bond.items)[1]
    return bond.items + over(shifted(held(bond.guests), bond.host.x, top - gap), bond.host.order)


def below(bond: Tie) -> list[Item]:
    """Under a host that hovers."""
    tall = -bounds(bond.guests)[1]
    raised = shifted(held(bond.items), 0.0, -tall - 0.2 * min(bond.host.height, tall))
    return raised + over(shifted(bond.guests, bond.host.x, bond.host.y), bond.host.order)


def left_of(bond: Tie) -> list[Item]:
    """At the left, a small gap between."""
    return _at_side(bond, -1.0)


def right_of(bond: Tie) -> list[Item]:
    """At the right, a small gap between."""
    return _at_side(bond, 1.0)


def beside(bond: Tie) -> list[Item]:
    """At either side."""
    return _at_side(bond, bond.side)


def behind(bond: Tie) -> list[Item]:
    """Farther back, partly hidden, enough showing to tell what it is."""
    host, farthest = bond.host, min(item.order for item in bond.items)
    left, top, right, _ = bounds(bond.guests)
    reach = max(0.0, (host.width + (right - left)) / 2 - 0.38 * min(host.width, right - left))
    if -top > 1.5 * host.height:
        reach *= 0.45
    return bond.items + beneath(
        shifted(bond.guests, host.x + bond.side * reach, host.y - 0.14 * host.height), farthest
    )


def in_front(bond: Tie) -> list[Item]:
    """Nearer, hiding a little of the host."""
    host = bond.host
    left, top, right, _ = bounds(bond.guests)
    reach = 0.24 * host.width if -top < host.height else (host.width + right - left) * 0.31
    return bond.items + over(
        shifted(bond.guests, host.x + bond.side * reach, host.y + 0.16 * min(host.height, -top)), host.order
    )


def between(bond: Tie) -> list[Item]:
    """In the gap between the host's copies, which make room; beside a single one."""
    own = [item for item in bond.items if item.object == bond.host.object]
    if len(own) < 2:
        return right_of(bond)
    left, _, right, _ = bounds(bond.guests)
    half = (right - left) * 0.54
    middle = sum(item.x for item in own) / len(own)
    parted = [replace(item, x=item.x + (half if item.x > middle else -half)) for item in bond.items]
    return parted + over(shifted(bond.guests, middle, bond.host.y), bond.host.order)


def around(bond: Tie) -> list[Item]:
    """A ring about the host: on the ground for what stands there, about its outline for the rest."""
    host = bond.host
    first = bond.guests[0]
    count = max(7, sum(item.object == first.object for item in bond.guests))
    size = min(first.height, host.height * (0.5 if bond.grounded else 0.3))
    ring = []
    for number in range(count):
        angle = 2 * np.pi * (number + 0.35 * bond.rng.random()) / count - np.pi / 2
        across, down = float(np.cos(angle)), float(np.sin(angle))
        x = host.x + (host.width * 0.5 + size * 0.8) * across
        order = host.order + (0.02 if down > 0 else -0.02)
        if bond.grounded:
            y = host.y + 0.24 * host.height * down
            ring.append(replace(first, x=x, y=y, height=size * (1 + 0.12 * down), order=order + 0.01 * down))
            continue
        y = host.y - host.height / 2 + (host.height * 0.5 + size * 0.8) * down + size / 2
        turn = float(bond.rng.uniform(-15, 15))
        ring.append(replace(first, x=x, y=y, height=size, turn=turn, order=order, held=True))
    return bond.items + ring


def wearing(bond: Tie) -> list[Item]:
    """Hats on the crown, glasses at the eyes, scarves at the neck, clothes on the trunk."""
    host, item = bond.host, bond.guests[0]
    x, y, width = host.crown()
    head = width * 0.95
    if bond.guest_name in FACE_WEAR:
        item, y = replace(item, height=head / item.art.aspect), y + head * 0.62
    elif bond.guest_name in NECK_WEAR:
        item = replace(item, height=head * 0.9 / max(0.8, item.art.aspect))
        y += head * 0.85 + item.height * 0.5
    elif bond.guest_name in BODY_WEAR:
        item, x, y = replace(item, height=host.height * 0.4), host.x, host.y - host.height * 0.12
    else:
        item = replace(item, height=head * 0.8 / item.art.aspect)
        y += item.height * 0.3
    return bond.items + over(shifted(held([item]), x, y), host.order)


def holding(bond: Tie) -> list[Item]:
    """At the hand, in a size one can hold."""
    host, group = bond.host, bond.guests
    tall = -bounds(group)[1]
    if bond.guest_name in BOARDS:
        left, _, right, _ = bounds(group)
        group = scaled(group, 1.25 * host.width / (right - left))
        return bond.items + over(shifted(held(group), host.x, host.y - host.height * 0.04), host.order)
    limit = host.height * (0.75 if bond.guest_name in LONG_HELD else 0.36)
    group = scaled(group, limit / tall if tall > limit else max(1.0, 0.26 * host.height / tall))
    side = -1.0 if host.looks_left else 1.0
    lift = 0.52 if bond.guest_name in LIFTED else 0.24
    return bond.items + over(
        shifted(held(group), host.x + side * host.width * 0.44, host.y - host.height * lift), host.order
    )


def chasing(bond: Tie) -> list[Item]:
    """Behind the one that runs away, both facing one way."""
    host, group = bond.host, bond.guests
    if group[0].art.facing and group[0].looks_left != host.looks_left:
        group = mirrored(group)
    return _past(bond, group, 1.0 if host.looks_left else -1.0, 0.28 * host.width)


def looking_at(bond: Tie) -> list[Item]:
    """On the side from which it faces the host."""
    first = bond.guests[0]
    left, _, right, _ = bounds(bond.guests)
    gap = 0.25 * min(right - left, bond.host.width)
    looks_right = bool(first.art.facing) and not first.looks_left
    return _past(bond, bond.guests, -1.0 if looks_right else 1.0, gap)


def _at_side(bond: Tie, direction: float) -> list[Item]:
    left, _, right, _ = bounds(bond.guests)
    return _past(bond, bond.guests, direction, 0.12 * min(right - left, bond.host.width))


def _past(bond: Tie, group: list[Item], direction: float, gap: float) -> list[Item]:
    """The group beyond the outermost item on one side."""
    own, everything = bounds(group), bounds(bond.items)
    x = everything[2] + gap - own[0] if direction > 0 else everything[0] - gap - own[2]
    return bond.items + over(shifted(group, x, bond.host.y), bond.host.order)


_PLACES: dict[str, Callable[[Tie], list[Item]]] = {
    "on": on_top,
    "riding": riding,
    "in": inside,
    "inside": inside,
    "under": under,
    "above": above,
    "below": below,
    "next to": beside,
    "left of": left_of,
    "right of": right_of,
    "behind": behind,
    "in front of": in_front,
    "between": between,
    "around": around,
    "wearing": wearing,
    "holding": holding,
    "chasing": chasing,
    "looking at": looking_at,
}
