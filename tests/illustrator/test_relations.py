"""Relations: each word puts the guest where a person would look for it."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import cluster
from egaku.engines.illustrator.figure import Item, bounds
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.vocabulary import RELATIONS
from tests.illustrator.scenes import cast, plan


def pair(subject: str, relation: str, other: str, seed: int = 0) -> tuple[Item, Item]:
    """(subject, object) as placed."""
    scene = cast(plan(subject, other, relations=((0, relation, 1),)))
    attached = cluster.hosts(scene)
    root = next(index for index in (0, 1) if index not in attached)
    items = cluster.build(scene, root, np.random.default_rng(seed))
    return (
        next(item for item in items if item.object == 0),
        next(item for item in items if item.object == 1),
    )


def box(item: Item) -> tuple[float, float, float, float]:
    return bounds([item])


@pytest.mark.parametrize("seed", range(4))
def test_left_and_right(seed: int) -> None:
    cat, dog = pair("cat", "left of", "dog", seed)
    assert box(cat)[2] <= box(dog)[0]
    cat, dog = pair("cat", "right of", "dog", seed)
    assert box(cat)[0] >= box(dog)[2]


def test_on_has_its_feet_on_the_top() -> None:
    cat, table = pair("cat", "on", "table")
    assert abs(cat.y - box(table)[1]) < 0.12 * table.height
    assert box(table)[0] < cat.x < box(table)[2]
    assert cat.order > table.order


def test_under_is_between_the_legs() -> None:
    dog, table = pair("dog", "under", "table")
    assert box(dog)[1] > box(table)[1]
    assert dog.y >= table.y - 0.05 * table.height


def test_above_and_below_do_not_touch() -> None:
    bird, house = pair("bird", "above", "house")
    assert bird.y < box(house)[1]
    dog, balloon = pair("dog", "below", "balloon")
    assert box(dog)[1] > balloon.y


def test_behind_is_farther_and_still_seen() -> None:
    fox, tree = pair("fox", "behind", "tree")
    assert fox.order < tree.order
    assert fox.y < tree.y
    hidden = min(box(fox)[2], box(tree)[2]) - max(box(fox)[0], box(tree)[0])
    assert hidden < 0.7 * fox.width


def test_in_front_is_nearer() -> None:
    cat, house = pair("cat", "in front of", "house")
    assert cat.order > house.order
    assert cat.y > house.y


def test_a_hat_sits_on_the_head() -> None:
    cat, hat = pair("cat", "wearing", "party hat")
    x, y, width = cat.crown()
    assert abs(hat.x - x) < 0.6 * width
    assert box(hat)[1] < y < hat.y + 0.2 * hat.height


def test_a_rider_sits_on_the_back_and_looks_ahead() -> None:
    rider, horse = pair("astronaut", "riding", "horse")
    assert box(rider)[1] < box(horse)[1] + 0.3 * horse.height
    assert box(horse)[1] < rider.y < horse.y
    assert box(horse)[0] < rider.x < box(horse)[2]


def test_what_is_held_is_smaller_than_the_holder() -> None:
    robot, flower = pair("robot", "holding", "flower")
    assert flower.height < 0.5 * robot.height
    assert box(robot)[1] < flower.y - flower.height / 2 < robot.y


def test_inside_glass_is_within_and_behind_a_veil() -> None:
    scene = cast(plan("fish", "light bulb", relations=((0, "inside", 1),)))
    items = cluster.build(scene, 1, np.random.default_rng(0))
    fish = next(item for item in items if item.object == 0)
    bulbs = [item for item in items if item.object == 1]
    assert len(bulbs) == 2
    outer = box(bulbs[0])
    inner = box(fish)
    assert outer[0] < inner[0] < inner[2] < outer[2]
    assert outer[1] < inner[1] < inner[3] < outer[3]
    assert bulbs[1].opacity < 0.5


def test_between_has_one_on_either_side() -> None:
    scene = cast(plan("tree", ObjectPlan(concept="house", count=2), relations=((0, "between", 1),)))
    items = cluster.build(scene, 1, np.random.default_rng(0))
    tree = next(item for item in items if item.object == 0)
    houses = sorted(item.x for item in items if item.object == 1)
    assert houses[0] < tree.x < houses[1]


def test_around_is_a_ring() -> None:
    scene = cast(plan(ObjectPlan(concept="star", count=5), "cat", relations=((0, "around", 1),)))
    items = cluster.build(scene, 1, np.random.default_rng(0))
    cat = next(item for item in items if item.object == 1)
    stars = [item for item in items if item.object == 0]
    angles = np.sort(
        np.arctan2([s.y - s.height / 2 - cat.y + cat.height / 2 for s in stars], [s.x - cat.x for s in stars])
    )
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    assert len(stars) >= 5
    assert gaps.max() < np.pi


def test_a_chaser_is_behind_and_faces_the_same_way() -> None:
    dog, cat = pair("dog", "chasing", "cat")
    assert dog.looks_left == cat.looks_left
    assert (dog.x > cat.x) == cat.looks_left


def test_one_who_looks_faces_what_is_looked_at() -> None:
    cat, robot = pair("cat", "looking at", "robot")
    assert (cat.x > robot.x) == cat.looks_left


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_keeps_both(relation: str) -> None:
    subject, other = pair("cat", relation, "box")
    assert subject.height > 0
    assert other.height > 0


def test_guests_of_one_host_share_its_room() -> None:
    scene = cast(plan("apple", "banana", "table", relations=((0, "on", 2), (1, "on", 2))))
    items = cluster.build(scene, 2, np.random.default_rng(0))
    apple, banana = (next(item for item in items if item.object == index) for index in (0, 1))
    overlap = min(box(apple)[2], box(banana)[2]) - max(box(apple)[0], box(banana)[0])
    assert overlap < 0.05


def test_all_of_a_group_in_front_are_in_front() -> None:
    scene = cast(plan(ObjectPlan(concept="pig", count=3), "house", relations=((0, "in front of", 1),)))
    items = cluster.build(scene, 1, np.random.default_rng(0))
    house = next(item for item in items if item.object == 1)
    pigs = [item for item in items if item.object == 0]
    assert len(pigs) == 3
    assert all(pig.order > house.order for pig in pigs)


def test_in_a_building_is_at_its_door() -> None:
    doctor, hospital = pair("doctor", "in", "hospital")
    assert doctor.y >= hospital.y
    assert doctor.order > hospital.order


def test_a_mouse_beside_an_elephant_is_still_seen() -> None:
    mouse, elephant = pair("mouse", "next to", "elephant")
    assert 0.3 * elephant.height < mouse.height < 0.5 * elephant.height
