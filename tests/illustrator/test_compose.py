"""Composing: a fitting place, one hand's art, other choices for other candidates."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator import compose
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.plan import ObjectPlan
from tests.illustrator.scenes import cast, plan


def test_one_hand_draws_the_whole_picture() -> None:
    arts = [art for art in cast(plan("cat", "dog", "house", "tree", style="flat")).arts if art]
    assert len({art.family for art in arts}) == 1


def test_candidates_use_other_art() -> None:
    scene = plan("cat")
    names = {
        art.name
        for index in range(8)
        if (art := compose.cast(scene, bank(), np.random.default_rng([5, index]), index).arts[0])
    }
    assert len(names) >= 3


def test_a_portrait_shows_the_face_alone() -> None:
    concept = bank().concept("lion")
    assert concept is not None
    (face,) = cast(plan("lion", composition="portrait")).arts
    assert face is not None
    assert face.name in concept.faces


def test_a_colour_with_art_of_its_own_uses_it() -> None:
    concept = bank().concept("cat")
    assert concept is not None
    (art,) = cast(plan(ObjectPlan(concept="cat", color="black"))).arts
    assert art is not None
    assert art.name in concept.variants["black"]


def test_what_the_scenery_paints_is_not_drawn_twice() -> None:
    scene = plan("duck", ObjectPlan(concept="pond", scenery=True), place="pond")
    assert cast(scene).arts[1] is None
    whole = compose.cast(scene, bank(), np.random.default_rng(0), 0, painted=False)
    assert whole.arts[1] is not None
