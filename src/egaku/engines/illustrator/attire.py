"""Attire: hats on the crown, glasses at the eyes, scarves at the neck, clothes on the trunk, capes behind."""

from __future__ import annotations

from dataclasses import replace

from egaku.engines.illustrator.bond import Tie
from egaku.engines.illustrator.figure import Item, beneath, held, over, shifted

FACE_WEAR = frozenset({"glasses", "sunglasses", "goggles", "eye patch", "monocle", "mask"})
NECK_WEAR = frozenset({"scarf", "necktie", "bow tie", "tie", "necklace", "medal", "cape", "bell", "collar"})
BODY_WEAR = frozenset(
    {"t-shirt", "shirt", "coat", "dress", "kimono", "jacket", "sweater", "backpack", "suit", "tuxedo",
     "blouse", "lab coat", "safety vest", "life jacket", "armor", "spacesuit", "swimsuit", "sari",
     "martial arts uniform"}
)  # fmt: skip


def wearing(bond: Tie) -> list[Item]:
    """Hats on the crown, glasses at the eyes, scarves at the neck, clothes on the trunk."""
    host, item = bond.host, bond.guests[0]
    x, y, width = host.crown()
    head = width * 0.95
    if bond.guest_name in FACE_WEAR:
        item, y = replace(item, height=head / item.art.aspect), y + head * 0.62
    elif bond.guest_name == "cape":
        return _draped(bond)
    elif bond.guest_name in NECK_WEAR:
        item = replace(item, height=head * 0.9 / max(0.8, item.art.aspect))
        y += head * 0.85 + item.height * 0.5
    elif bond.guest_name in BODY_WEAR:
        quadruped = bool(host.art.facing) and host.art.aspect > 0.75
        x = host.x + 0.35 * (x - host.x) if quadruped else host.x
        item, y = replace(item, height=host.height * 0.4), host.y - host.height * 0.12
    else:
        item = replace(item, height=head * 0.8 / item.art.aspect)
        y += item.height * 0.3
    return bond.items + over(shifted(held([item]), x, y), host.order)


def _draped(bond: Tie) -> list[Item]:
    """A cape: over the back of what goes on four legs, behind the shoulders of the rest."""
    host, (x, y, width) = bond.host, bond.host.crown()
    if host.art.facing and host.art.aspect > 0.75:
        cape = replace(bond.guests[0], height=0.5 * host.height, turn=24.0 if host.looks_left else -24.0)
        back = host.x + 0.1 * (x - host.x)
        return bond.items + over(shifted(held([cape]), back, host.y - 0.26 * host.height), host.order)
    tall = host.height - (y - (host.y - host.height)) - 0.8 * width
    cape = replace(bond.guests[0], height=max(0.5 * host.height, 0.92 * tall))
    return bond.items + beneath(shifted(held([cape]), host.x, host.y - 0.05 * host.height), host.order)
