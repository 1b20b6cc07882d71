"""Flight: who is on the wing, and flocks that head one way."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from egaku.engines.illustrator import flight
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.figure import Item
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from tests.illustrator.scenes import cast, plan


def flies(scene: ScenePlan, index: int = 0) -> bool:
    return flight.flies(scene, index, bank().concept(scene.objects[index].concept))


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (plan("bird", place="sky"), True),
        (plan("bird", place="meadow"), False),
        (plan(ObjectPlan(concept="bird", attributes=("flying",)), place="meadow"), True),
        (plan(ObjectPlan(concept="bird", count=9), place="meadow"), True),
        (plan(ObjectPlan(concept="bird", count=9), place="room"), False),
        (plan("bird", "house", relations=((0, "on", 1),), place="sky"), False),
        (plan("bird", "house", relations=((0, "above", 1),), place="meadow"), True),
        (plan("cat", place="sky"), False),
        (plan("owl", place="mountain"), False),
        (plan(ObjectPlan(concept="owl", attributes=("flying",)), place="mountain"), True),
    ],
)
def test_birds_fly_where_birds_would(scene: ScenePlan, expected: bool) -> None:
    assert flies(scene) is expected


def test_a_bird_on_the_wing_is_drawn_with_its_wings_out() -> None:
    flying, standing = cast(plan("bird", place="sky")).arts[0], cast(plan("bird", place="meadow")).arts[0]
    assert flying is not None
    assert standing is not None
    assert flying.name == "own/flying-bird"
    assert standing.name != flying.name


@pytest.mark.parametrize("count", [5, 9, 13, 30])
def test_a_flock_heads_one_way_and_does_not_collide(count: int) -> None:
    art = bank().art("own/flying-bird")
    items = flight.flock([Item(0, art, 0.0, 0.0, 1.0)], count, np.random.default_rng(3))
    assert len(items) == count
    assert len({item.flip for item in items}) == 1
    assert len({round(item.height, 3) for item in items}) > 1
    for one, other in combinations(items, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > 0.4
