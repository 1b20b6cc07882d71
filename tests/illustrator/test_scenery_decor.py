"""The colours a room is furnished in."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator.plan import ScenePlan, Setting
from egaku.engines.illustrator.scenery import decor
from egaku.engines.illustrator.scenery.palette import luma
from egaku.engines.illustrator.scenery.scene import Scene


def scene(seed: int) -> Scene:
    return Scene(ScenePlan(prompt="", setting=Setting(place="room")), 64, 64, np.random.default_rng(seed))


@pytest.mark.parametrize("degrees", [30, 120, 210, 300])
def test_turning_a_hue_keeps_its_lightness(degrees: float) -> None:
    color = (180.0, 120.0, 100.0)
    turned = decor.hued(color, degrees)
    assert luma(turned) == pytest.approx(luma(color), abs=2)
    assert max(abs(a - b) for a, b in zip(turned, color, strict=True)) > 10


def test_a_full_turn_changes_nothing() -> None:
    assert decor.hued((180.0, 120.0, 100.0), 360) == pytest.approx((180, 120, 100), abs=1)


def test_walls_differ_in_tint_and_stay_as_light() -> None:
    walls = {decor.wall(scene(seed), (236, 228, 196)) for seed in range(30)}
    assert len(walls) >= 6
    assert all(abs(luma(w) - luma((236, 228, 196))) < 12 for w in walls)


def test_the_cloths_of_one_room_turn_together() -> None:
    room = scene(3)
    assert decor.accent(room, (200, 90, 80)) == decor.accent(room, (200, 90, 80))
    assert len({decor.accent(scene(seed), (200, 90, 80)) for seed in range(20)}) >= 4
