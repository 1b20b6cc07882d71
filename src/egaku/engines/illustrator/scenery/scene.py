"""A scene being painted: the easel, the air, the random streams, and what the painter reports back."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery.atmosphere import Atmosphere, atmosphere
from egaku.engines.illustrator.scenery.base import RGB, Light, Region
from egaku.engines.illustrator.scenery.easel import Easel

T = TypeVar("T")


@dataclass
class Layout:
    """Where things are in a painted place. All numbers are parts of the picture, 0 … 1."""

    horizon: float
    surface: str
    ground_top: float
    ground_bottom: float = 0.97
    anchors: dict[str, Region] = field(default_factory=dict)
    indoors: bool = False
    """Weather stays outside."""
    light: Light | None = None
    """The place's own light, where it is not that of the sky."""
    haze: RGB | None = None
    discs: tuple[tuple[float, float], ...] = ()
    """Where planets hang, besides the sun or moon."""
    front: Callable[[Scene, Easel], None] | None = None
    """Paints what is nearer than any object, onto a clear easel."""


class Scene:
    """What every painter is given."""

    def __init__(self, plan: ScenePlan, width: int, height: int, rng: np.random.Generator) -> None:
        self.plan = plan
        self.easel = Easel(width, height)
        self.w = self.easel.w
        self.h = self.easel.h
        self.seed = int(rng.integers(1 << 32))
        self.air: Atmosphere = atmosphere(plan.setting, self.stream("air"))
        if plan.setting.place == "snowfield":
            self.air = replace(self.air, season="winter")
        self.sun = (0.0, 0.0)
        """Where sun or moon stands, in units; set when the sky is painted."""

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of one part of the picture, so that parts do not disturb each other."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])

    def vary(self, name: str, low: float, high: float) -> float:
        """A number of this picture's own between two bounds."""
        return float(self.stream(name).uniform(low, high))

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of several, this picture's own choice."""
        return options[int(self.stream(name).integers(len(options)))]

    def paint(self, color: RGB, depth: float = 0.0) -> RGB:
        """A thing's own colour in this scene's air, `depth` 0 (near) … 1 (far)."""
        return self.air.paint(color, depth)

    def light(self) -> Light:
        """The light of the sky."""
        dx, dy = self.sun[0] - self.w / 2, self.sun[1] - self.h * 0.7
        length = float(np.hypot(dx, dy)) or 1.0
        air = self.air
        return Light(air.time, (dx / length, dy / length), air.light, air.ambient, air.shadow, air.glow)

    def region(self, x: float, y: float, w: float, h: float) -> Region:
        """Units to parts of the picture, cut to it."""
        left, top = min(1.0, max(0.0, x / self.w)), min(1.0, max(0.0, y / self.h))
        right, bottom = min(1.0, max(left, (x + w) / self.w)), min(1.0, max(top, (y + h) / self.h))
        return (left, top, right - left, bottom - top)
