"""Bonds: a guest about to be put to its host, as every relation takes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egaku.engines.illustrator.figure import Item

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
