"""Water: it mirrors light where light is, without seams or wood grain; lakes mirror their shore."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from egaku.engines.illustrator.plan import ScenePlan, Setting
from egaku.engines.illustrator.scenery.coast import sea
from egaku.engines.illustrator.scenery.freshwater import lake
from egaku.engines.illustrator.scenery.scene import Scene

SIZE = 320


def painted_sea(seed: int, time: str) -> tuple[np.ndarray, float]:
    """The water part of a sea picture as float RGB, and the sun's x in pixels."""
    scene = Scene(ScenePlan(prompt="", setting=Setting(time=time)), SIZE, SIZE, np.random.default_rng(seed))
    layout = sea(scene)
    top = round(layout.horizon * SIZE) + 4
    return scene.easel.pixels[top:, :, :3].astype(np.float32), scene.sun[0] * SIZE


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("time", ["sunset", "night", "golden hour", "dawn"])
def test_the_path_of_light_lies_under_the_light(seed: int, time: str) -> None:
    water, x = painted_sea(seed, time)
    luma = water.mean(axis=2).mean(axis=0)
    near = np.abs(np.arange(SIZE) - x) < SIZE * 0.07
    far = np.abs(np.arange(SIZE) - x) > SIZE * 0.25
    assert luma[near].mean() > luma[far].mean() + 6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sunset_is_mirrored_in_its_own_color_not_grey(seed: int) -> None:
    water, x = painted_sea(seed, "sunset")
    left, right = max(0, round(x - 10)), round(x + 10)
    patch = water[4:40, left:right].reshape(-1, 3).mean(axis=0)
    assert patch[0] > patch[2] + 30


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("time", ["day", "sunset"])
def test_no_seams(seed: int, time: str) -> None:
    """A seam is a column or row whose step to the next is far above that of all others."""
    water, x = painted_sea(seed, time)
    grey = cv2.cvtColor(water, cv2.COLOR_RGB2GRAY)
    beside = np.abs(np.arange(SIZE - 1) - x) > SIZE * 0.25
    columns = np.abs(np.diff(cv2.GaussianBlur(grey, (0, 0), 1.0), axis=1)).mean(axis=0)[beside]
    assert columns.max() < 5 * np.median(columns)
    signed = np.abs(np.diff(grey, axis=1).mean(axis=0)[beside])
    assert signed.max() < 3


@pytest.mark.parametrize("seed", range(3))
def test_waves_are_no_wood_grain(seed: int) -> None:
    """Grain runs on over the whole width: rows correlate with themselves far away. Waves do not."""
    water, _ = painted_sea(seed, "day")
    grey = cv2.cvtColor(water, cv2.COLOR_RGB2GRAY)
    waves = grey - cv2.blur(grey, (81, 81))
    left, right = waves[20:, :100], waves[20:, -100:]
    rows = np.corrcoef(left.mean(axis=1), right.mean(axis=1))[0, 1]
    assert abs(rows) < 0.75
    assert waves[20:].std() > 0.8


def test_a_lake_mirrors_its_shore() -> None:
    scene = Scene(ScenePlan(prompt="", setting=Setting(time="day")), SIZE, SIZE, np.random.default_rng(5))
    horizon = round(lake(scene).horizon * SIZE)
    grey = cv2.cvtColor(scene.easel.pixels[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    middle = slice(round(SIZE * 0.22), round(SIZE * 0.78))
    above = cv2.GaussianBlur(grey[horizon - 70 : horizon - 6][::-1, middle], (0, 0), 3)
    below = cv2.GaussianBlur(grey[horizon + 6 : horizon + 70, middle], (0, 0), 3)
    assert np.corrcoef(above.ravel(), below.ravel())[0, 1] > 0.5
