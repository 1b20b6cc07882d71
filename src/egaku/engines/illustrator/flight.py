"""Flight: which birds are in the air and which stand, and the shape of a flock on the wing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator.bank import Concept
from egaku.engines.illustrator.figure import Item, bounds, mirrored, scaled, shifted
from egaku.engines.illustrator.habitats import OPEN_SKY
from egaku.engines.illustrator.plan import ScenePlan

FLIERS = frozenset(
    {"bird", "seagull", "crow", "pigeon", "dove", "swallow", "sparrow", "robin", "raven", "eagle", "hawk",
     "bat", "parrot", "owl", "hummingbird", "goose", "crane", "stork"}
)  # fmt: skip
"""Animals that either fly or stand."""

SEATED = frozenset({"owl", "parrot", "goose", "crane", "stork"})
"""Fliers no art shows on the wing: they fly only when told to."""

FLYWAYS = frozenset({"sky", "sea", "mountain", "skyline", "desert", "volcano", "space", "waterfall"})
"""Places where a bird that does nothing else is on the wing."""

PERCHED = frozenset(
    {"on", "in", "inside", "under", "riding", "next to", "in front of", "behind", "looking at"}
)
RESTING = frozenset({"sitting", "standing", "sleeping", "eating", "singing", "walking"})
FLOCK = 5
"""From this many on, birds out of doors fly together."""


def flies(plan: ScenePlan, index: int, concept: Concept | None) -> bool:
    """Whether a flier is on the wing; False for anything that is none."""
    if concept is None or concept.name not in FLIERS:
        return False
    planned = plan.objects[index]
    if "flying" in planned.attributes:
        return True
    ties = [tie.relation for tie in plan.relations if tie.subject == index]
    if "above" in ties:
        return True
    carried = any(
        tie.object == index and tie.relation in ("wearing", "holding", "riding") for tie in plan.relations
    )
    if carried or PERCHED & set(ties) or RESTING & set(planned.attributes):
        return False
    place = plan.setting.place
    if concept.name in SEATED:
        return False
    return place in FLYWAYS or (planned.count >= FLOCK and place in OPEN_SKY)


def flock(figure: list[Item], count: int, rng: np.random.Generator) -> list[Item]:
    """`count` copies of a flier about the origin: a skein in V up to 13, a loose cloud beyond.

    All head one way; those behind are a little smaller.
    """
    left, top, right, bottom = bounds(figure)
    width, height = right - left, bottom - top
    ahead = -1.0 if figure[0].looks_left or not figure[0].art.facing else 1.0
    items: list[Item] = []
    for number in range(count):
        if count <= 13:
            rank = (number + 1) // 2
            arm = 1.0 if number % 2 else -1.0
            x, y = -ahead * rank * 0.8 * width, arm * rank * 0.66 * height
            size = 1.0 - 0.045 * rank
        else:
            radius, angle = np.sqrt(number + 0.5), number * np.pi * (3 - np.sqrt(5))
            x, y = float(np.cos(angle)) * radius * 0.95 * width, float(np.sin(angle)) * radius * 0.7 * height
            size = float(rng.uniform(0.72, 1.1))
        x += float(rng.normal(0, 0.07)) * width
        y += float(rng.normal(0, 0.07)) * height
        own = scaled(figure, size * float(rng.uniform(0.94, 1.06)))
        turned = [replace(item, turn=item.turn + float(rng.uniform(-9, 9))) for item in own]
        items += shifted(turned, x, y)
    lowest = bounds(items)[3]
    items = shifted(items, -(bounds(items)[0] + bounds(items)[2]) / 2, -lowest)
    return mirrored(items) if rng.random() < 0.5 else items
