"""Groups and their stage: a cluster in pixels, and what must be known of the picture to place it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from egaku.engines.illustrator.figure import Item, bounds
from egaku.engines.illustrator.scenery.base import Region


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
class Group:
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
