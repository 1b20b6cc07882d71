"""Placing: a silhouette lies wholly in the hole, as large as it can be, where it can stand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from egaku.engines.base import Hole
from egaku.engines.illustrator.edit.place import Box, place

SIZE = 300


def disc(radius: int = 60) -> Hole:
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    return np.asarray((y - 200) ** 2 + (x - 120) ** 2 < radius**2)


def rectangle(top: int, left: int, bottom: int, right: int) -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[top:bottom, left:right] = True
    return hole


def figure(height: int, width: int) -> NDArray[np.bool_]:
    y, x = np.mgrid[0:height, 0:width]
    middle = (y - height / 2 + 0.5) ** 2 / (height / 2) ** 2 + (x - width / 2 + 0.5) ** 2 / (width / 2) ** 2
    return np.asarray(middle <= 1)


def covered(box: Box, shape: NDArray[np.bool_]) -> Hole:
    out = np.zeros((SIZE, SIZE), np.bool_)
    fitted = cv2.resize(shape.astype(np.uint8), (box.width, box.height), interpolation=cv2.INTER_NEAREST)
    out[box.top : box.top + box.height, box.left : box.left + box.width] = fitted > 0
    return out


@pytest.mark.parametrize("hole", [disc(), disc(30), rectangle(10, 10, 290, 60), rectangle(100, 0, 300, 300)])
@pytest.mark.parametrize("shape", [figure(80, 50), figure(40, 120)])
def test_nothing_sticks_out_of_the_hole(hole: Hole, shape: NDArray[np.bool_]) -> None:
    box = place(hole, shape, standing=True)
    assert box is not None
    assert not (covered(box, shape) & ~hole).any()


def test_it_uses_the_room_there_is() -> None:
    box = place(rectangle(100, 100, 220, 220), figure(60, 60), standing=True)
    assert box is not None
    assert box.height > 90


def test_it_keeps_its_proportions() -> None:
    box = place(rectangle(50, 50, 250, 250), figure(40, 100), standing=False)
    assert box is not None
    assert box.width / box.height == pytest.approx(2.5, rel=0.05)


def test_what_stands_is_low_and_what_flies_is_in_the_middle() -> None:
    hole = rectangle(0, 100, 300, 160)
    stands, flies = (place(hole, figure(50, 50), standing=standing) for standing in (True, False))
    assert stands is not None
    assert flies is not None
    assert stands.top + stands.height > 270
    assert abs(flies.top + flies.height / 2 - 150) < 15


@pytest.mark.parametrize("hole", [rectangle(0, 0, 0, 0), rectangle(5, 5, 9, 9), rectangle(5, 5, 6, 250)])
def test_no_box_where_there_is_no_room(hole: Hole) -> None:
    assert place(hole, figure(50, 50), standing=True) is None


def test_a_vast_hole_is_not_filled_to_the_brim() -> None:
    box = place(np.ones((SIZE, SIZE), np.bool_), figure(50, 50), standing=True)
    assert box is not None
    assert box.height < 0.75 * SIZE
