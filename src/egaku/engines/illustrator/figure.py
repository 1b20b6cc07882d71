"""Figures: drawings placed about an origin, in units of compressed real size, and moved as one.

The origin is the feet; x runs right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from egaku.engines.illustrator.bank import Art


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
    airy: bool = False
    """True for what flies: its copies may hang anywhere, turned a little."""

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


def bounds(items: list[Item]) -> tuple[float, float, float, float]:
    """left, top, right, bottom of all of them."""
    return (
        min(item.x - item.width / 2 for item in items),
        min(item.y - item.height for item in items),
        max(item.x + item.width / 2 for item in items),
        max(item.y for item in items),
    )


def shifted(items: list[Item], dx: float, dy: float) -> list[Item]:
    """All of them, moved."""
    return [replace(item, x=item.x + dx, y=item.y + dy) for item in items]


def mirrored(items: list[Item]) -> list[Item]:
    """The whole group as in a mirror; front views keep their side, for some bear letters or numbers."""
    return [
        replace(item, x=-item.x, flip=item.flip != (item.art.facing in ("left", "right")), turn=-item.turn)
        for item in items
    ]


def scaled(items: list[Item], factor: float) -> list[Item]:
    """The whole group, larger or smaller about the origin."""
    return [
        replace(item, x=item.x * factor, y=item.y * factor, height=item.height * factor) for item in items
    ]


def over(items: list[Item], order: float) -> list[Item]:
    """All of them painted after `order`, their own order kept."""
    lowest = min(item.order for item in items)
    return [replace(item, order=order + 0.002 + (item.order - lowest) * 1e-3) for item in items]


def beneath(items: list[Item], order: float) -> list[Item]:
    """All of them painted before `order`, their own order kept."""
    highest = max(item.order for item in items)
    return [replace(item, order=order - 0.002 + (item.order - highest) * 1e-3) for item in items]


def held(items: list[Item]) -> list[Item]:
    """All of them carried by something."""
    return [replace(item, held=True) for item in items]


def abreast(groups: list[list[Item]]) -> list[Item]:
    """Groups side by side in their order, centred on the origin."""
    joined: list[Item] = []
    x = 0.0
    for group in groups:
        left, _, right, _ = bounds(group)
        joined += shifted(group, x - left, 0.0)
        x += (right - left) * 1.08
    left, _, right, _ = bounds(joined)
    return shifted(joined, -(left + right) / 2, 0.0)
