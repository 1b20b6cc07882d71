"""Habitats: where and when what the prompt names is at home."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import compose
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.vocabulary import PLACES, TIMES
from tests.illustrator.scenes import plan


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


def test_there_is_one_moon_by_night_and_one_sun_by_day() -> None:
    night = compose.furnish(plan("wolf", "moon", place="hill"), bank(), np.random.default_rng(0))
    assert night.setting.time == "night"
    assert [item.scenery for item in night.objects] == [False, True]
    day = compose.furnish(plan("dog", "sun", place="beach", time="day"), bank(), np.random.default_rng(0))
    assert [item.scenery for item in day.objects] == [False, True]


def test_a_sun_in_sunglasses_is_drawn() -> None:
    scene = plan("sun", "sunglasses", relations=((0, "wearing", 1),), place="beach", time="day")
    furnished = compose.furnish(scene, bank(), np.random.default_rng(0))
    assert not any(item.scenery for item in furnished.objects)


def test_a_waterfall_is_a_place() -> None:
    furnished = compose.furnish(plan("waterfall"), bank(), np.random.default_rng(0))
    assert furnished.setting.place == "waterfall"
    assert furnished.objects[0].scenery


def test_words_that_name_nothing_get_a_view() -> None:
    for seed in range(6):
        assert compose.furnish(plan(), bank(), np.random.default_rng(seed)).setting.place != "studio"
