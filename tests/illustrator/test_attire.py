"""Attire: capes behind who stands, over who goes on four legs; kites and flames go outward."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator import cluster
from egaku.engines.illustrator.figure import Item
from tests.illustrator.scenes import cast, plan


def pair(subject: str, how: str, thing: str) -> tuple[Item, Item]:
    scene = plan(subject, thing, relations=((0, how, 1),))
    items = cluster.build(cast(scene), 0, np.random.default_rng(2))
    return next(item for item in items if item.object == 0), next(item for item in items if item.object == 1)


def test_a_cape_hangs_behind_a_person_and_lies_over_a_dog() -> None:
    person, behind = pair("girl", "wearing", "cape")
    dog, over = pair("dog", "wearing", "cape")
    assert behind.order < person.order
    assert over.order > dog.order
    assert over.y < dog.y


def test_a_suit_is_on_the_trunk_below_the_head() -> None:
    cat, suit = pair("cat", "wearing", "tuxedo")
    assert cat.y - 0.7 * cat.height < suit.y - suit.height / 2 < cat.y


def test_a_kite_flies_above_who_holds_its_line() -> None:
    child, kite = pair("child", "holding", "kite")
    assert kite.art.name == "own/flown-kite"
    assert kite.y - kite.height < child.y - 1.2 * child.height
    line_end = kite.x - kite.width / 2
    assert abs(line_end - (child.x + 0.42 * child.width)) < 0.02


def test_a_dragon_breathes_fire_forward() -> None:
    dragon, fire = pair("dragon", "holding", "fire")
    forward = -1 if dragon.looks_left else 1
    assert (fire.x - dragon.crown()[0]) * forward > 0
    assert fire.turn * forward > 0
