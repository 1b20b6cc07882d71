"""Salience: things stand out of photographs, textures have none."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.base import Hole
from egaku.engines.illustrator.edit.salience import salient
from tests.illustrator.photos import photo

SIZE = 192


def right() -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:, 130:] = True
    return hole


@pytest.mark.parametrize("name", ["astronaut", "coffee", "camera", "chelsea"])
def test_a_subject_stands_out(name: str) -> None:
    found = salient(photo(name, SIZE, SIZE), right())
    assert found.any()
    assert not (found & right()).any()


@pytest.mark.parametrize("name", ["grass", "gravel", "brick"])
def test_a_texture_has_no_subject(name: str) -> None:
    assert not salient(photo(name, SIZE, SIZE), right()).any()


def test_what_meets_the_hole_may_go_on_in_it() -> None:
    assert not salient(photo("coffee", SIZE, SIZE), right())[:, 122:130].any()
