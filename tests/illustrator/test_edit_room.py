"""Room: the largest rectangle in a hole, and one that reaches the ground where there is one."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.edit.room import Room, roomiest

SIZE = 320


def test_a_rectangle_is_its_own_room() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:, 200:] = True
    assert roomiest(hole) == Room(left=200, top=0, width=120, height=SIZE)


def test_of_two_the_one_that_reaches_the_ground() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:150] = True
    hole[:, :100] = True
    assert roomiest(hole) == Room(left=0, top=0, width=SIZE, height=150)
    assert roomiest(hole, 0.6) == Room(left=0, top=0, width=100, height=SIZE)
    hole[150:] = False
    assert roomiest(hole, 0.6).height == 150


def test_a_hole_too_thin_for_the_grid_is_boxed() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[40:44, 60:200] = True
    assert roomiest(hole) == Room(left=60, top=40, width=140, height=4)
