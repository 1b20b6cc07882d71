"""Containers: guests seen through glass, in water, at a door, amid leaves, or looking out over a rim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator import sprite
from egaku.engines.illustrator.bond import SEAT_HEIGHTS, Tie
from egaku.engines.illustrator.figure import Item, beneath, bounds, held, over, scaled, shifted

GLASS = {
    "jar": 0.56, "bottle": 0.64, "bubble": 0.5, "fishbowl": 0.56, "aquarium": 0.55, "crystal ball": 0.42,
    "snow globe": 0.42, "glass": 0.5, "wine glass": 0.28, "light bulb": 0.34, "glass of milk": 0.5,
    "test tube": 0.55, "water bottle": 0.6, "cage": 0.6,
}  # fmt: skip
"""Hosts one sees what is inside of: where their middle is, as part of the height from the top."""

BASINS = frozenset({"pool", "pond", "lake", "puddle", "bathtub", "water", "hot tub"})
"""Hosts with a surface of water to stand in."""

VESSELS = frozenset(
    {"basket", "cup", "teacup", "mug", "bucket", "box", "bag", "handbag", "backpack", "shopping bag",
     "shopping cart", "pot", "cooking pot", "flower pot", "hat", "top hat", "gift", "crib", "wheelbarrow",
     "nest", "trash can", "treasure chest", "suitcase", "shoe", "boot", "sock", "baby stroller", "wagon",
     "cart", "bathtub", "canoe", "sled", "saucepan", "coffee cup", "cup of coffee"}
)  # fmt: skip
"""Hosts one looks out of, over the rim."""

DISHES = frozenset({"bowl", "plate", "fruit bowl", "tray", "bowl with spoon"})
"""Hosts drawn as seen from above, their inside showing."""

STEMMED = frozenset({"vase", "flower pot", "jug", "pitcher", "amphora"})
"""Hosts whose guests stand in them by their stems, fanned out above."""

THICKETS = frozenset({"grass", "bush", "hedge", "reeds", "fern", "wheat", "flower", "tall grass"})
"""Hosts one stands amid, half hidden."""


def inside(bond: Tie) -> list[Item]:
    """Seen through glass, in water, at the door of a building, or looking out over the rim."""
    host, group = bond.host, bond.guests
    for applies, way in (
        (bond.host_name in GLASS, _behind_glass),
        (bond.host_name in THICKETS, _amid),
        (bond.host_name in DISHES, _heaped),
        (bond.host_name in STEMMED, _bunched),
        (bond.host_name.endswith("tree"), _in_the_crown),
    ):
        if applies:
            return way(bond)
    left, _, right, _ = bounds(group)
    if bond.host_name in BASINS:
        group = scaled(group, min(1.0, host.width * 0.5 / (right - left)))
        return bond.items + over(shifted(held(group), host.x, host.y - host.height * 0.35), host.order)
    if bond.host_group == "building":
        group = scaled(group, min(1.0, host.width * 0.8 / (right - left)))
        return bond.items + over(shifted(group, host.x, host.y + 0.03 * host.height), host.order)
    vessel = bond.host_name in VESSELS
    if vessel:
        group = _in_a_row(group)
        left, _, right, _ = bounds(group)
    group = scaled(group, min(1.15, host.width * 0.74 / (right - left)))
    dip = -bounds(group)[1] * (0.3 if vessel else 0.4)
    deep = sprite.rim(host.art) + 0.02 if vessel else SEAT_HEIGHTS.get(bond.host_name, 0.03)
    rim = host.height * (1.0 - deep)
    return bond.items + beneath(shifted(held(group), host.x, host.y - rim + dip), host.order)


def _behind_glass(bond: Tie) -> list[Item]:
    """In the middle, the glass painted once more, faintly, before it."""
    host, group = bond.host, bond.guests
    left, top, right, _ = bounds(group)
    group = scaled(group, min(host.width * 0.62 / (right - left), host.height * 0.46 / -top))
    opacity = 1.0 if bond.host_name == "cage" else 0.28
    veil = replace(host, order=host.order + 0.02, opacity=opacity, held=True)
    middle = host.y - host.height * (1.0 - GLASS[bond.host_name])
    floor = middle - bounds(group)[1] / 2
    return [*bond.items, *over(shifted(held(group), host.x, floor), host.order), veil]


def _heaped(bond: Tie) -> list[Item]:
    """On what is seen from above: over it, small enough to lie in it."""
    host, group = bond.host, _in_a_row(bond.guests)
    left, top, right, _ = bounds(group)
    group = scaled(group, min(1.0, host.width * 0.72 / (right - left), host.height * 0.62 / -top))
    return bond.items + over(shifted(held(group), host.x, host.y - 0.4 * host.height), host.order)


def _bunched(bond: Tie) -> list[Item]:
    """A bunch well above the rim, its stems inside."""
    host, group = bond.host, bond.guests
    left, top, right, _ = bounds(group)
    group = scaled(group, min(1.5 * host.width / (right - left), 0.8 * host.height / -top))
    sunk = -0.3 * bounds(group)[1]
    return bond.items + beneath(shifted(held(group), host.x, host.y - 0.97 * host.height + sunk), host.order)


def _in_the_crown(bond: Tie) -> list[Item]:
    """Among the leaves of a tree, to one side."""
    host, group = bond.host, bond.guests
    group = scaled(group, min(1.0, host.height * 0.36 / -bounds(group)[1]))
    x = host.x + bond.side * 0.14 * host.width
    return bond.items + over(shifted(held(group), x, host.y - 0.5 * host.height), host.order)


def _in_a_row(group: list[Item]) -> list[Item]:
    """Copies of one thing shoulder to shoulder, all on one level; anything else as it is."""
    if len({item.object for item in group}) > 1 or not 1 < len(group) <= 5:
        return group
    step = 0.62 * max(item.width for item in group)
    middle = (len(group) - 1) / 2
    return [
        replace(item, x=(number - middle) * step, y=0.0, order=0.001 * (number % 2))
        for number, item in enumerate(group)
    ]


def _amid(bond: Tie) -> list[Item]:
    """Standing on the ground with the host's copies behind and, lower, before it."""
    host, group = bond.host, bond.guests
    left, top, right, _ = bounds(group)
    blade = replace(host, height=min(host.height, -0.62 * top))
    count = int(np.clip(np.ceil(1.7 * (right - left) / blade.width), 2, 5))
    near: list[Item] = []
    for number in range(count):
        x = host.x + (number - (count - 1) / 2) * 0.8 * blade.width
        small = float(bond.rng.uniform(0.55, 0.8))
        near.append(replace(blade, x=x, y=host.y + 0.02 * -top, height=blade.height * small, held=True))
    far = [replace(item, x=item.x + 0.3 * blade.width, height=blade.height, y=host.y) for item in near[:2]]
    others = [item for item in bond.items if item.object != host.object]
    middle = over(shifted(group, host.x, host.y), host.order)
    return [*others, *beneath(far, host.order), *middle, *over(near, max(item.order for item in middle))]
