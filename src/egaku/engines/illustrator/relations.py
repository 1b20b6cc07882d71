"""Relations: where a guest goes about its host, one function per word of vocabulary.RELATIONS.

Each takes a Tie and returns every item of the group so far, the guest's among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from egaku.engines.illustrator import containers
from egaku.engines.illustrator.attire import wearing
from egaku.engines.illustrator.bond import SEAT_HEIGHTS, Tie
from egaku.engines.illustrator.figure import Item, beneath, bounds, held, mirrored, over, scaled, shifted

DECKED = frozenset({"boat", "sailboat", "ship", "pirate ship", "raft", "ferry", "cruise ship"})
"""Hosts one is on rather than in: sails and walls would hide the guest."""

FLYING_MOUNTS = {"broom": 45.0}
"""Hosts one flies on, with the degrees that lay their drawing level."""

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

AT_A_DISTANCE = frozenset({"looking at", "under", "below", "next to", "in front of", "behind"})
"""Relations to the moon or a cloud that leave it where it is: up in the sky."""

LOW_HOSTS = frozenset(
    {"rug", "carpet", "picnic blanket", "blanket", "surfboard", "skateboard", "hill", "raft"}
)


def tie(relation: str, bond: Tie) -> list[Item]:
    """The host's group with the guest in it. A relation outside the vocabulary puts it beside."""
    return _PLACES.get(relation, beside)(bond)


def on_top(bond: Tie) -> list[Item]:
    """Feet on the host's top, or on its seat."""
    host, group = bond.host, bond.guests
    if bond.host_name in FLYING_MOUNTS:
        return _mounted(bond)
    if bond.host_group == "person" and -bounds(group)[1] < 0.6 * host.height:
        return _shouldered(bond)
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
    if bond.host_name in FLYING_MOUNTS:
        return _mounted(bond)
    seat = SEAT_HEIGHTS.get(bond.host_name, 0.42 if host.art.facing else 0.2)
    group = scaled(bond.guests, min(1.0, 0.82 * host.height / -bounds(bond.guests)[1]))
    if host.art.facing and group[0].art.facing and group[0].looks_left != host.looks_left:
        group = mirrored(group)
    x, y = host.at(0.6 if host.art.facing == "left" else 0.4 if host.art.facing == "right" else 0.5, seat)
    sink = -bounds(group)[1] * 0.27
    return bond.items + beneath(shifted(held(group), x, y + sink), host.order)


def _mounted(bond: Tie) -> list[Item]:
    """Astride something laid level, legs beyond it."""
    host = bond.host
    level = replace(host, turn=host.turn + FLYING_MOUNTS[bond.host_name] * (-1 if host.flip else 1))
    group = bond.guests
    group = scaled(group, min(1.0, 1.1 * host.height / -bounds(group)[1]))
    others = [level if item == host else item for item in bond.items]
    y = host.y - 0.36 * host.height
    return [*others, *beneath(shifted(held(group), host.x, y), host.order)]


def _shouldered(bond: Tie) -> list[Item]:
    """Small guests sit on a person's shoulder."""
    host = bond.host
    group = scaled(bond.guests, min(1.0, 0.32 * host.height / -bounds(bond.guests)[1]))
    x = host.x + bond.side * 0.44 * host.width
    return bond.items + over(shifted(held(group), x, host.y - 0.5 * host.height), host.order)


def inside(bond: Tie) -> list[Item]:
    """On the deck of what has one; otherwise as containers hold things."""
    return on_top(bond) if bond.host_name in DECKED else containers.inside(bond)


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
    size = min(first.height, host.height * (1.3 if bond.grounded else 0.3))
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


def _breathed(bond: Tie) -> list[Item]:
    """Flames out of the mouth, blown outward."""
    host, flame = bond.host, bond.guests[0]
    x, y, width = host.crown()
    side = -1.0 if host.looks_left else 1.0
    size = 0.42 * host.height
    flame = replace(flame, height=size, turn=90.0 * side, airy=True)
    mouth = y + 0.12 * host.height + size / 2
    return bond.items + beneath(
        shifted(held([flame]), x + side * (0.5 * width + 0.36 * size), mouth), host.order
    )


def _flown(bond: Tie) -> list[Item]:
    """A kite high up at the end of its line, which starts at the hand."""
    host, kite = bond.host, bond.guests[0]
    side = -1.0 if host.looks_left else 1.0
    kite = replace(kite, height=1.15 * host.height, flip=side < 0)
    hand = host.x + side * 0.42 * host.width
    return bond.items + over(
        shifted(held([kite]), hand + side * kite.width / 2, host.y - 0.36 * host.height), host.order
    )


def holding(bond: Tie) -> list[Item]:
    """At the hand, in a size one can hold."""
    host, group = bond.host, bond.guests
    tall = -bounds(group)[1]
    if bond.guest_name == "kite":
        return _flown(bond)
    if bond.guest_name in ("fire", "flame") and bond.host_group in ("animal", "fantasy"):
        return _breathed(bond)
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
