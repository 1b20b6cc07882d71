"""Layout: everything in the picture, nothing cut off, the sky above and the ground below."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator.group import Stage
from egaku.engines.illustrator.layout import arrange
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from tests.illustrator.scenes import cast, plan

SCENES = (
    plan("cat"),
    plan(ObjectPlan(concept="dog", count=3)),
    plan("car", "house"),
    plan("mouse", "elephant", relations=((0, "next to", 1),)),
    plan("astronaut", "horse", relations=((0, "riding", 1),)),
    plan("bird", "house", relations=((0, "above", 1),)),
    plan(ObjectPlan(concept="sheep", count=20)),
    plan("kite", "sun", "dog"),
    plan(*("cat", "dog", "fox", "house", "tree", "car", "rose", "robot", "table", "cake")),
)
SIZES = ((512, 512), (300, 900), (900, 300), (64, 64), (1920, 1080))


def placed(scene: ScenePlan, stage: Stage, seed: int = 0) -> list[Placement]:
    return arrange(cast(scene), stage, np.random.default_rng(seed))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("surface", ["ground", "water", "air", "none"])
def test_nothing_is_cut_off(scene: ScenePlan, size: tuple[int, int], surface: str) -> None:
    stage = Stage(width=size[0], height=size[1], surface=surface)
    for placement in placed(scene, stage):
        left, top, right, bottom = placement.bounds
        slack = 0.02 * max(size)
        assert left >= -slack, placement.art.name
        assert top >= -slack, placement.art.name
        assert right <= size[0] + slack, placement.art.name
        assert bottom <= size[1] + slack, placement.art.name


@pytest.mark.parametrize("scene", SCENES)
def test_every_object_is_there_as_often_as_asked_for(scene: ScenePlan) -> None:
    found = placed(scene, Stage(width=512, height=512))
    for index, planned in enumerate(scene.objects):
        assert sum(placement.object == index for placement in found) == planned.count


@pytest.mark.parametrize("seed", range(6))
def test_a_single_subject_fills_about_half_the_height(seed: int) -> None:
    (cat,) = placed(plan("cat"), Stage(width=512, height=512), seed)
    assert 0.42 * 512 <= cat.height <= 0.72 * 512
    assert 0.2 * 512 < cat.x < 0.8 * 512


def test_small_things_stay_legible_beside_large_ones() -> None:
    found = placed(plan("mouse", "elephant", relations=((0, "next to", 1),)), Stage(width=512, height=512))
    mouse = next(placement for placement in found if placement.object == 0)
    assert mouse.height > 0.09 * 512


def test_what_flies_is_above_what_stands() -> None:
    found = placed(plan("dog", "sun"), Stage(width=512, height=512))
    dog = next(placement for placement in found if placement.object == 0)
    sun = next(placement for placement in found if placement.object == 1)
    assert sun.y < dog.y
    assert sun.y < 0.5 * 512
    assert sun.stands == "air"


def test_on_water_things_sink_a_little() -> None:
    (flamingo,) = placed(plan("flamingo"), Stage(width=512, height=512, surface="water"))
    assert flamingo.stands == "water"
    assert 0 < flamingo.sink < 0.4


def test_a_pool_that_is_painted_is_used_not_drawn_again() -> None:
    scene = plan("flamingo", "pool", relations=((0, "in", 1),))
    stage = Stage(width=500, height=500, surface="floor", anchors={"pool": (0.3, 0.7, 0.4, 0.2)})
    (flamingo,) = placed(scene, stage)
    assert flamingo.stands == "water"
    assert 0.3 * 500 < flamingo.x < 0.7 * 500
    assert 0.7 * 500 < flamingo.y < 0.9 * 500


def test_near_things_are_painted_over_far_ones() -> None:
    found = placed(plan("cat", "house"), Stage(width=512, height=512))
    orders = [placement.order for placement in found]
    assert orders == sorted(orders)
    assert found[-1].y == max(placement.y for placement in found)


def test_a_plan_of_nothing_places_nothing() -> None:
    assert placed(plan(), Stage(width=256, height=256)) == []
    assert placed(plan("no such thing"), Stage(width=256, height=256)) == []


def test_a_close_up_is_larger_than_a_wide_view() -> None:
    close, wide = (
        placed(plan("cat"), Stage(width=512, height=512, composition=view))[0]
        for view in ("close-up", "wide")
    )
    assert close.height > 2 * wide.height


def test_a_snowman_stands_and_a_cloud_does_not() -> None:
    found = placed(plan("snowman", "cloud"), Stage(width=512, height=512))
    assert {placement.object: placement.stands for placement in found} == {0: "ground", 1: "air"}


def test_what_a_boat_carries_goes_down_with_it() -> None:
    scene = plan("cat", "canoe", relations=((0, "on", 1),))
    dry = {p.object: p for p in placed(scene, Stage(width=512, height=512))}
    wet = {p.object: p for p in placed(scene, Stage(width=512, height=512, surface="water"))}
    sunk = wet[1].sink * wet[1].height
    assert sunk > 0
    gap = {name: found[1].y - found[0].y for name, found in (("dry", dry), ("wet", wet))}
    assert gap["wet"] == pytest.approx(gap["dry"] * wet[1].height / dry[1].height - sunk, abs=1.0)


TABLE = (0.3, 0.68, 0.4, 0.08)


def test_small_things_are_served_on_the_painted_table() -> None:
    stage = Stage(width=256, height=256, anchors={"table": TABLE})
    (cup,) = arrange(cast(plan("cup", place="kitchen")), stage, np.random.default_rng(4))
    assert 0.68 * 256 <= cup.y <= 0.76 * 256 + 1
    assert 0.3 * 256 < cup.x < 0.7 * 256


def test_people_stand_before_the_table_not_on_it() -> None:
    stage = Stage(width=256, height=256, anchors={"table": TABLE})
    (chef,) = arrange(cast(plan("chef", place="kitchen")), stage, np.random.default_rng(4))
    assert chef.y > 0.93 * 256
