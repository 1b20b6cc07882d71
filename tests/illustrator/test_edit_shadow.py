"""Shadows: dark under the feet, nothing elsewhere, nothing at the hole's border."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.edit.place import Box
from egaku.engines.illustrator.edit.shadow import cast

GROUND = np.full((120, 120, 4), 200, np.uint8)
ALPHA = np.full((50, 30), 255, np.uint8)
BOX = Box(left=45, top=30, width=30, height=50)


def test_dark_at_the_feet_and_light_elsewhere() -> None:
    hole = np.zeros((120, 120), np.bool_)
    hole[10:110, 10:110] = True
    out = cast(GROUND, ALPHA, BOX, hole, 70.0)
    assert out[80, 60, 0] < 160
    assert (out[:60, :, 0] == 200).all()
    assert (out[..., 3] == 200).all()


def test_it_fades_before_the_border() -> None:
    hole = np.zeros((120, 120), np.bool_)
    hole[20:82, 20:100] = True
    out = cast(GROUND, ALPHA, BOX, hole, 70.0)
    assert (out[~hole] == 200).all()
    assert np.abs(out[81, 40:80, 0].astype(int) - 200).max() <= 2


def test_the_dark_has_little_shadow() -> None:
    hole = np.ones((120, 120), np.bool_)
    bright, dark = (cast(GROUND, ALPHA, BOX, hole, light) for light in (80.0, 10.0))
    assert bright[80, 60, 0] < dark[80, 60, 0] < 200
