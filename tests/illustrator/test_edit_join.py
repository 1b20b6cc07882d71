"""Joining: colours are bent near the border alone, frames are known for what they are."""

from __future__ import annotations

import numpy as np

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit import join
from egaku.engines.illustrator.edit.scenery import Painted
from tests.illustrator.photos import photo
from tests.illustrator.scenes import paint, plan

SIZE = 192


def right() -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:, 96:] = True
    return hole


def even(value: int) -> Pixels:
    out = np.full((SIZE, SIZE, 4), value, np.uint8)
    out[..., 3] = 255
    return out


def nothing() -> Hole:
    return np.zeros((SIZE, SIZE), np.bool_)


def test_colours_meet_at_the_border_and_are_the_places_own_far_from_it() -> None:
    painted = Painted(even(100), np.zeros((SIZE, SIZE), np.int16))
    out = join.lay(painted, even(130), right(), nothing())
    assert (out[:, :96] == even(130)[:, :96]).all()
    assert abs(int(out[96, 97, 0]) - 130) < 6
    assert abs(int(out[96, -1, 0]) - 100) < 8


def test_a_thing_keeps_its_colour() -> None:
    labels = np.zeros((SIZE, SIZE), np.int16)
    labels[80:120, 98:130] = 1
    out = join.lay(Painted(even(100), labels), even(140), right(), nothing())
    assert out[100, 104, 0] < out[30, 104, 0] - 10
    assert not join.joint(Painted(even(100), labels), right(), np.random.default_rng(1))[
        82:118, 100:128
    ].any()


def test_the_joint_is_a_strip_inside_the_hole() -> None:
    strip = join.joint(Painted(even(0), np.zeros((SIZE, SIZE), np.int16)), right(), np.random.default_rng(1))
    assert strip[:, 96].all()
    assert not strip[:, :96].any()
    assert not strip[:, 140:].any()


def test_a_frame_is_found_and_a_picture_without_one_has_none() -> None:
    framed = paint(plan("boat", place="sea", time="night", style="ukiyo-e"), SIZE, SIZE)
    moved = np.zeros_like(framed)
    moved[:, :96] = framed[:, 96:]
    assert join.frame(moved, right()).any()
    assert not join.frame(photo("coffee", SIZE, SIZE), right()).any()
    assert not join.frame(even(90), right()).any()
