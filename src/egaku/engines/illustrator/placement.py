"""Placement: one drawing at one spot of the picture. What the layout gives to the painter."""

from __future__ import annotations

from dataclasses import dataclass

from egaku.engines.illustrator.bank import Art


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One copy of one object. Lengths in pixels, y down."""

    object: int
    """Index into ScenePlan.objects."""
    art: Art
    x: float
    """Middle of what is painted."""
    y: float
    """Lowest row of what is painted: the feet."""
    height: float
    """Of what is painted."""
    flip: bool = False
    """Mirrored left to right."""
    turn: float = 0.0
    """Degrees clockwise about the middle."""
    color: str | None = None
    attributes: tuple[str, ...] = ()
    depth: float = 0.0
    """0 near … 1 at the horizon: how much haze lies before it."""
    order: float = 0.0
    """Painted from low to high."""
    stands: str = "ground"
    """`ground` casts a shadow, `water` is cut at the waterline and mirrored, `air` and `held` do neither."""
    sink: float = 0.0
    """Part of the height below the waterline, 0 … 1."""
    opacity: float = 1.0

    @property
    def width(self) -> float:
        """Pixels across of what is painted."""
        return self.height * self.art.aspect

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom, before turning."""
        return self.x - self.width / 2, self.y - self.height, self.x + self.width / 2, self.y
