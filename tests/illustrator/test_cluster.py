"""Clusters: right counts, one hat each, sane sizes, no endless rounds."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import cluster
from egaku.engines.illustrator.plan import ObjectPlan
from tests.illustrator.scenes import cast, plan


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 12, 20, 50])
@pytest.mark.parametrize("name", ["cat", "balloon", "pencil"])
def test_as_many_as_asked_for(name: str, count: int) -> None:
    scene = cast(plan(ObjectPlan(concept=name, count=count)))
    assert len(cluster.build(scene, 0, np.random.default_rng(count))) == count


def test_copies_are_not_stamped() -> None:
    items = cluster.build(cast(plan(ObjectPlan(concept="sheep", count=9))), 0, np.random.default_rng(2))
    assert len({round(item.height, 6) for item in items}) == 9


def test_copies_do_not_hide_each_other() -> None:
    items = cluster.build(cast(plan(ObjectPlan(concept="dog", count=12))), 0, np.random.default_rng(2))
    near = [
        (a, b)
        for index, a in enumerate(items)
        for b in items[index + 1 :]
        if abs(a.x - b.x) < 0.3 * a.width and abs(a.y - b.y) < 0.3 * a.height
    ]
    assert not near


def test_each_wears_one() -> None:
    scene = cast(
        plan(
            ObjectPlan(concept="cat", count=3),
            ObjectPlan(concept="witch hat", count=3),
            relations=((0, "wearing", 1),),
        )
    )
    items = cluster.build(scene, 0, np.random.default_rng(0))
    cats = sorted((item for item in items if item.object == 0), key=lambda item: item.x)
    hats = sorted((item for item in items if item.object == 1), key=lambda item: item.x)
    assert len(cats) == len(hats) == 3
    for cat, hat in zip(cats, hats, strict=True):
        assert abs(cat.crown()[0] - hat.x) < cat.width / 2


def test_a_ring_of_relations_ends() -> None:
    scene = cast(plan("cat", "dog", "fox", relations=((0, "on", 1), (1, "on", 2), (2, "on", 0))))
    attached = cluster.hosts(scene)
    roots = [index for index in range(3) if index not in attached]
    assert roots
    found = {item.object for root in roots for item in cluster.build(scene, root, np.random.default_rng(0))}
    assert found == {0, 1, 2}


def test_relations_to_nowhere_are_passed_over() -> None:
    scene = cast(plan("cat", relations=((0, "on", 5), (0, "on", 0))))
    assert cluster.hosts(scene) == {}


def test_a_house_is_larger_than_a_mouse_and_a_giant_one_larger_still() -> None:
    scene = cast(plan("house", "mouse", ObjectPlan(concept="mouse", size="giant")))
    house, mouse, giant = (cluster.build(scene, index, np.random.default_rng(0))[0] for index in range(3))
    assert house.height > 2 * mouse.height
    assert giant.height > 1.5 * mouse.height


def test_the_moon_stays_in_the_sky_when_looked_at() -> None:
    scene = cast(plan("child", "moon", relations=((0, "looking at", 1),)))
    assert cluster.hosts(scene) == {}
