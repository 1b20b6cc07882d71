"""Containers: what looks out of a vessel is hidden below its rim; what is in a dish lies over it."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import cluster, sprite
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.figure import Item
from egaku.engines.illustrator.plan import ObjectPlan
from tests.illustrator.scenes import cast, plan


def put(guest: str, host: str, count: int = 1) -> tuple[list[Item], Item]:
    scene = plan(ObjectPlan(concept=guest, count=count), host, relations=((0, "in", 1),))
    items = cluster.build(cast(scene), 1, np.random.default_rng(2))
    return [item for item in items if item.object == 0], next(item for item in items if item.object == 1)


@pytest.mark.parametrize("host", ["basket", "teacup", "bucket", "box"])
@pytest.mark.parametrize("count", [1, 3])
def test_vessels_hide_the_feet_and_show_the_heads(host: str, count: int) -> None:
    guests, vessel = put("cat", host, count)
    rim = vessel.y - vessel.height * (1 - sprite.rim(vessel.art))
    assert len(guests) == count
    for guest in guests:
        assert guest.order < vessel.order
        assert guest.y > rim
        assert guest.y - 0.5 * guest.height < rim
        assert abs(guest.x - vessel.x) < vessel.width / 2


def test_a_handle_is_above_the_rim() -> None:
    assert sprite.rim(bank().art("fluent/basket")) > 0.2


def test_fruit_lies_in_the_bowl() -> None:
    guests, bowl = put("apple", "bowl", 3)
    for guest in guests:
        assert guest.order > bowl.order
        assert bowl.y - bowl.height < guest.y < bowl.y


def test_amid_grass_one_stands_on_the_ground_with_blades_before_and_behind() -> None:
    scene = plan("mouse", "grass", relations=((0, "in", 1),))
    items = cluster.build(cast(scene), 1, np.random.default_rng(2))
    mouse = next(item for item in items if item.object == 0)
    blades = [item for item in items if item.object == 1]
    assert min(item.order for item in blades) < mouse.order < max(item.order for item in blades)
    assert max(item.height for item in blades) < mouse.height


def test_a_koala_sits_in_the_crown_of_its_tree() -> None:
    (koala,), tree = put("koala", "tree")
    assert tree.y - tree.height < koala.y < tree.y - 0.3 * tree.height
    assert koala.order > tree.order
