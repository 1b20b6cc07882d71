"""Completion: any hole, nothing hidden leaks, nothing outside changes, and what comes out fits in."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit.complete import complete, passes
from tests.illustrator.photos import photo

SIZE = 96


def opaque(rgb: NDArray[np.uint8]) -> Pixels:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def rectangle(shape: tuple[int, int], top: int, left: int, bottom: int, right: int) -> Hole:
    hole = np.zeros(shape, np.bool_)
    hole[top:bottom, left:right] = True
    return hole


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def kinds() -> dict[str, Hole]:
    shape = (SIZE, SIZE)
    everything = np.ones(shape, np.bool_)
    one_known = everything.copy()
    one_known[40, 50] = False
    corner_known = everything.copy()
    corner_known[:6, :6] = False
    pieces = rectangle(shape, 5, 5, 12, 20) | rectangle(shape, 60, 60, 90, 96)
    dots = np.random.default_rng(1).random(shape) < 0.5
    return {
        "none": np.zeros(shape, np.bool_),
        "everything": everything,
        "one pixel": rectangle(shape, 30, 30, 31, 31),
        "corner pixel": rectangle(shape, 0, 0, 1, 1),
        "a line": rectangle(shape, 40, 0, 41, SIZE),
        "half": rectangle(shape, 0, 0, SIZE, SIZE // 2),
        "all but a middle": ~rectangle(shape, 36, 36, 60, 60),
        "one pixel known": one_known,
        "a corner known": corner_known,
        "pieces": pieces,
        "every other pixel": dots,
        "many dots": np.random.default_rng(2).random(shape) < 0.02,
    }


@pytest.mark.parametrize("kind", kinds())
def test_any_hole_is_filled_and_nothing_else_changes(kind: str) -> None:
    image, hole = photo("astronaut", SIZE, SIZE), kinds()[kind]
    out = complete(image, hole, rng())
    assert out.shape == image.shape
    assert out.dtype == np.uint8
    assert (out[~hole] == image[~hole]).all()
    assert (out[..., 3] == 255).all()


@pytest.mark.parametrize("kind", kinds())
def test_what_lies_under_the_hole_never_shows(kind: str) -> None:
    image, hole = photo("astronaut", SIZE, SIZE), kinds()[kind]
    spoiled = image.copy()
    spoiled[hole] = np.random.default_rng(9).integers(0, 256, (int(hole.sum()), 4))
    first, second = complete(image, hole, rng()), complete(spoiled, hole, rng())
    assert (first[hole] == second[hole]).all()


def test_same_input_same_bytes_and_the_input_is_left_alone() -> None:
    image, hole = photo("astronaut", SIZE, SIZE), rectangle((SIZE, SIZE), 20, 20, 70, 60)
    before = image.copy()
    assert (complete(image, hole, rng()) == complete(image, hole, rng())).all()
    assert (image == before).all()


def test_a_slope_is_continued_without_a_bump() -> None:
    ramp = np.linspace(40, 200, SIZE)[:, None] + np.zeros((SIZE, SIZE))
    image = opaque(np.repeat(ramp[..., None], 3, axis=2).astype(np.uint8))
    hole = rectangle((SIZE, SIZE), 30, 30, 66, 66)
    error = np.abs(complete(image, hole, rng()).astype(int) - image)[hole]
    assert error.mean() < 4
    assert error.max() < 14


def test_stripes_go_on_through_the_hole() -> None:
    stripes = np.where(np.arange(SIZE) // 6 % 2, 210, 40)[None, :] + np.zeros((SIZE, 1))
    image = opaque(np.repeat(stripes[..., None], 3, axis=2).astype(np.uint8))
    hole = rectangle((SIZE, SIZE), 36, 33, 66, 69)
    error = np.abs(complete(image, hole, rng())[..., 0].astype(int) - image[..., 0])[hole]
    assert (error < 40).mean() > 0.9


def test_texture_stays_as_rough_as_around() -> None:
    image = photo("grass", 160, 160)
    hole = rectangle((160, 160), 50, 50, 110, 110)
    out = complete(image, hole, rng())[..., 0].astype(float)
    assert 0.6 < out[hole].std() / out[~hole].std() < 1.4


def test_an_edge_that_fades_into_nothing_is_continued_too() -> None:
    image = photo("astronaut", SIZE, SIZE)
    image[:, 48:] = 0
    hole = rectangle((SIZE, SIZE), 30, 30, 66, 66)
    out = complete(image, hole, rng())
    assert (out[30:66, 30:40, 3] > 200).mean() > 0.9
    assert (out[30:66, 56:66, 3] < 55).mean() > 0.9


def test_a_soft_brush_does_not_make_the_hole_see_through() -> None:
    image = photo("astronaut", SIZE, SIZE)
    y, x = np.mgrid[0:SIZE, 0:SIZE] - SIZE / 2
    image[..., 3] = np.clip((np.hypot(y, x) - 20) * 12, 0, 255)
    hole = image[..., 3] == 0
    out = complete(image, hole, rng())
    assert (out[hole][:, 3] == 255).all()
    assert (out[~hole] == image[~hole]).all()


def test_no_step_at_the_border() -> None:
    image, hole = photo("astronaut", 256, 256), rectangle((256, 256), 70, 90, 190, 200)
    grey = complete(image, hole, rng())[..., :3].astype(float).mean(-1)
    step = np.abs(np.diff(grey, axis=1))
    border = hole[:, 1:] != hole[:, :-1]
    assert np.median(step[border]) <= 1.5 * np.median(step) + 0.5


def test_passes_are_true_pictures_on_the_way() -> None:
    image, hole = photo("astronaut", 256, 256), rectangle((256, 256), 70, 90, 190, 200)
    shown = list(passes(image, hole, rng()))
    assert len(shown) >= 3
    for picture in shown:
        assert (picture[~hole] == image[~hole]).all()
    last = shown[-1][hole].astype(float)
    gaps = [np.abs(picture[hole] - last).mean() for picture in shown]
    assert gaps[0] > gaps[-2] > 0
    assert (shown[-1] == complete(image, hole, rng())).all()


def test_a_picture_wider_than_high_and_of_odd_size() -> None:
    image = photo("astronaut", 509, 301)
    hole = rectangle((301, 509), 100, 300, 301, 509)
    out = complete(image, hole, rng())
    assert (out[~hole] == image[~hole]).all()
    assert out[hole].std() > 5
