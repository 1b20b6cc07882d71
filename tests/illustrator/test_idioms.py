"""Idioms: what is meant rather than what is named."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.idioms import reread
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.recolor import anchor
from tests.illustrator.scenes import plan


def test_a_costume_is_worn_not_the_person() -> None:
    scene = reread(plan("dog", "superhero", relations=((0, "wearing", 1),)))
    assert [planned.concept for planned in scene.objects] == ["dog", "cape"]


def test_what_a_drawing_wears_already_is_not_put_on_twice_unless_coloured() -> None:
    red = ObjectPlan(concept="hat", color="red")
    scene = reread(plan("snowman", "scarf", red, relations=((0, "wearing", 1), (0, "wearing", 2))))
    assert [planned.concept for planned in scene.objects] == ["snowman", "", "hat"]


def test_a_dragons_fire_comes_from_its_mouth() -> None:
    scene = reread(plan("dragon", "fire", "castle", relations=((1, "above", 2),)))
    found = {(tie.subject, tie.relation, tie.object) for tie in scene.relations}
    assert found == {(0, "holding", 1), (0, "above", 2)}


def test_a_vase_of_flowers_stands_where_the_flowers_are() -> None:
    scene = reread(plan("vase", "flower", "table", relations=((1, "in", 0), (1, "on", 2))))
    found = {(tie.subject, tie.relation, tie.object) for tie in scene.relations}
    assert found == {(1, "in", 0), (0, "on", 2)}


def test_under_blossoms_is_under_their_tree() -> None:
    many = ObjectPlan(concept="cherry blossom", count=5)
    scene = reread(plan("cat", many, relations=((0, "under", 1),)))
    assert (scene.objects[1].concept, scene.objects[1].count) == ("cherry tree", 1)


def test_a_red_fox_is_rust_a_red_cat_is_red() -> None:
    fox, cat = ObjectPlan(concept="fox", color="red"), ObjectPlan(concept="cat", color="red")
    assert [planned.color for planned in reread(plan(fox, cat)).objects] == ["rust", "red"]
    rust, red = anchor("rust"), anchor("red")
    assert 5 < np.degrees(np.arctan2(rust[2], rust[1]) - np.arctan2(red[2], red[1])) < 25


def test_all_else_is_left_alone() -> None:
    scene = plan("cat", "hat", "sofa", relations=((0, "wearing", 1), (0, "on", 2)))
    assert reread(scene) == scene
