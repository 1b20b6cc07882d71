"""Sight: what of a plan is seen in a picture, whole or cut, in any style, and what is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from egaku.engines.base import Hole
from egaku.engines.illustrator.edit.sight import sightings
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from tests.illustrator.photos import photo
from tests.illustrator.scenes import paint, plan

SIZE = 256


def right_of(column: int) -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:, column:] = True
    return hole


def seen(source: ScenePlan, asked: ScenePlan, hole: Hole) -> set[str]:
    found = sightings(paint(source, SIZE, SIZE), hole, asked)
    return {asked.objects[index].concept for index in found}


@pytest.mark.parametrize(
    "style",
    [
        None,
        "oil painting",
        "watercolor",
        "ukiyo-e",
        "pixel art",
        "pencil",
        "low poly",
        "comic",
        "crayon",
        "charcoal",
        "neon",
    ],
)
@pytest.mark.parametrize(("thing", "place"), [("fox", "forest"), ("lighthouse", "sea"), ("camel", "desert")])
def test_what_is_there_is_seen_and_what_is_not_is_not(style: str | None, thing: str, place: str) -> None:
    asked = plan(thing, "rabbit", "cow", place=place, time="day", style=style)
    assert seen(replace(asked, objects=asked.objects[:1]), asked, right_of(200)) == {thing}
    assert seen(replace(asked, objects=()), asked, right_of(200)) == set()


def test_half_of_it_is_enough() -> None:
    fox = plan("fox", place="forest", time="day", composition="centered")
    assert seen(fox, fox, right_of(SIZE // 2)) == {"fox"}


def test_it_is_found_where_it_is() -> None:
    fox = plan("fox", place="meadow", time="day", composition="centered")
    found = sightings(paint(fox, SIZE, SIZE), right_of(240), fox)[0]
    assert abs(found.left + found.width / 2 - SIZE / 2) < 16
    assert 0.4 * SIZE < found.height < 0.8 * SIZE


@pytest.mark.parametrize("style", ["charcoal", "neon"])
@pytest.mark.parametrize(("thing", "place"), [("horse", "meadow"), ("owl", "forest"), ("cat", "garden")])
def test_what_a_style_leaves_of_it_is_enough(style: str, thing: str, place: str) -> None:
    asked = plan(thing, "rabbit", "house", place=place, time="day", style=style)
    assert seen(replace(asked, objects=asked.objects[:1]), asked, right_of(200)) == {thing}


def test_it_is_found_turned_round() -> None:
    camel = plan("camel", place="desert", time="day")
    picture, hole = paint(camel, SIZE, SIZE), np.zeros((SIZE, SIZE), np.bool_)
    found = sightings(picture, hole, camel)[0]
    turned = sightings(np.ascontiguousarray(picture[:, ::-1]), hole, camel)[0]
    assert turned.flip != found.flip
    assert turned.height == found.height
    assert abs(turned.left + turned.width - (SIZE - found.left)) <= 4
    assert abs(turned.top - found.top) <= 4


def test_a_colour_asked_for_tells_things_apart() -> None:
    def colored(color: str) -> ScenePlan:
        return plan(ObjectPlan(concept="car", color=color), place="road", time="day")

    assert seen(colored("red"), colored("red"), right_of(230)) == {"car"}
    assert seen(colored("red"), colored("blue"), right_of(230)) == set()


@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket", "grass"])
def test_nothing_of_ours_is_seen_in_photographs(name: str) -> None:
    asked = plan("fox", "lighthouse", "camel", "cat", "robot")
    assert sightings(photo(name, SIZE, SIZE), right_of(160), asked) == {}


def test_where_nothing_is_known_nothing_is_seen() -> None:
    fox = plan("fox", place="forest")
    assert sightings(paint(fox, SIZE, SIZE), right_of(2), fox) == {}
