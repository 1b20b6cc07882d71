"""Skies: smooth without bands, clouds that are heaps and not streaks, weather phenomena where they belong."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from egaku.engines.illustrator import vocabulary
from egaku.engines.illustrator.plan import ScenePlan, Setting
from egaku.engines.illustrator.scenery.scene import Scene
from egaku.engines.illustrator.scenery.sky import paint_sky


def sky(size: int = 256, clouds: float = 1.0, seed: int = 1, **setting: str) -> np.ndarray:
    scene = Scene(ScenePlan(prompt="", setting=Setting(**setting)), size, size, np.random.default_rng(seed))
    paint_sky(scene, scene.h * 0.9, clouds=clouds)
    return scene.easel.pixels[..., :3].astype(np.float32)


@pytest.mark.parametrize("time", vocabulary.TIMES)
def test_no_banding(time: str) -> None:
    """In a band a whole neighbourhood has one value, then jumps; dithered, neighbours differ everywhere."""
    found = sky(512, clouds=0, time=time)
    column = found[20:440, 8:40]
    flat = [len(np.unique(column[k : k + 4, :, channel])) for k in range(0, 416, 4) for channel in range(3)]
    assert np.mean(np.asarray(flat) > 1) > 0.97
    # The darkest three quarters of each row: a star is no band.
    rows = np.sort(column, axis=1)[:, :24].mean(axis=1)
    assert np.abs(np.diff(rows, axis=0)).max() < 2.5


def test_clouds_are_not_streaks() -> None:
    """Streaks vary along one direction only; heaps along both."""
    found = cv2.cvtColor(sky(256, time="day") - sky(256, clouds=0, time="day"), cv2.COLOR_RGB2GRAY)
    across, down = (float(np.abs(cv2.Sobel(found, cv2.CV_32F, *d)).sum()) for d in ((1, 0), (0, 1)))
    assert 0.3 < across / down < 3


def test_cover_follows_the_weather() -> None:
    clear, closed = sky(time="day", weather="sunny"), sky(time="day", weather="cloudy")
    blueness = [float((p[..., 2] - p[..., 0]).mean()) for p in (clear, closed)]
    assert blueness[0] > blueness[1] + 20


def test_stars_come_out_at_night_only() -> None:
    def sparks(time: str) -> float:
        grey = cv2.cvtColor(sky(384, clouds=0, time=time), cv2.COLOR_RGB2GRAY)
        return float((grey - cv2.medianBlur(grey.astype(np.uint8), 5) > 25).mean())

    assert sparks("night") > 0.0005
    assert sparks("day") < sparks("night") / 4


def test_a_rainbow_has_its_colors() -> None:
    bow = sky(384, clouds=0, time="day", weather="rainbow") - sky(384, clouds=0, time="day", weather="wind")
    for channel in range(3):
        others = [c for c in range(3) if c != channel]
        assert (bow[..., channel] - bow[..., others].max(axis=-1) > 8).mean() > 0.002


def test_an_aurora_is_green_above_the_horizon() -> None:
    found = sky(time="night", weather="aurora")
    green = found[..., 1] - np.maximum(found[..., 0], found[..., 2])
    assert (green > 15).mean() > 0.01
