"""Composing: a fitting place, one hand's art, other choices for other candidates."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import compose
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.vocabulary import PLACES, TIMES
from tests.illustrator.scenes import cast, plan


@pytest.mark.parametrize(
    ("thing", "places"),
    [
        ("camel", {"desert"}),
        ("penguin", {"snowfield"}),
        ("shark", {"underwater"}),
        ("sailboat", {"sea", "lake"}),
        ("sofa", {"room"}),
        ("rocket", {"space"}),
        ("pizza", {"studio"}),
        ("monkey", {"jungle"}),
        ("hot air balloon", {"sky"}),
    ],
)
def test_a_place_that_suits_the_subject(thing: str, places: set[str]) -> None:
    for seed in range(5):
        furnished = compose.furnish(plan(thing), bank(), np.random.default_rng(seed))
        assert furnished.setting.place in places


def test_what_the_prompt_says_is_kept() -> None:
    scene = plan("cat", place="moon", time="night")
    assert compose.furnish(scene, bank(), np.random.default_rng(0)).setting == scene.setting


def test_every_concept_gets_a_place_and_an_hour_of_the_vocabulary() -> None:
    for name in bank().names[::7]:
        setting = compose.furnish(plan(name), bank(), np.random.default_rng(0)).setting
        assert setting.place in PLACES
        assert setting.time in TIMES


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
