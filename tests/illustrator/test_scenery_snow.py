"""Lying snow: where it lies and what colour it has by the hour."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import vocabulary
from egaku.engines.illustrator.plan import ScenePlan, Setting
from egaku.engines.illustrator.scenery import snow
from egaku.engines.illustrator.scenery.palette import luma
from egaku.engines.illustrator.scenery.scene import Scene


def scene(**setting: str) -> Scene:
    return Scene(ScenePlan(prompt="", setting=Setting(**setting)), 64, 64, np.random.default_rng(1))


def test_snow_lies_in_winter_in_snowfall_and_in_the_snowfield() -> None:
    assert snow.lies(scene(place="park", season="winter"))
    assert snow.lies(scene(place="park", weather="snow"))
    assert snow.lies(scene(place="snowfield"))
    assert not snow.lies(scene(place="park", season="autumn", weather="rain"))


@pytest.mark.parametrize("time", vocabulary.TIMES)
def test_lit_snow_is_lighter_than_its_shade_and_the_shade_is_blue(time: str) -> None:
    lit, shade = snow.tones(scene(place="park", season="winter", time=time))
    assert luma(lit) > luma(shade) + 25
    assert shade[2] >= max(shade[0], shade[1])


def test_a_load_of_snow_whitens_what_it_lies_on() -> None:
    painted = scene(place="park", season="winter")
    painted.easel.box(0, 0, 1, 1, (90, 60, 40))
    snow.load(painted, [(0.1, 0.5), (0.9, 0.5)], 0.1)
    pixels = painted.easel.pixels[..., :3]
    assert pixels[30, 32].min() > 180
    assert pixels[10, 32].max() < 100
