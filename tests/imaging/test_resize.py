"""Resizing: no bars, no stretching, no bleeding, and holes that grow by less than a pixel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.imaging.pixels import Hole
from egaku.imaging.resize import cover_box, fit, fit_with_hole, nearest_size
from tests.imaging import files

sides = st.integers(1, 60)
GPT_SIZES = ((1024, 1024), (1536, 1024), (1024, 1536))


@given(sides, sides, sides, sides)
def test_cover_box_is_inside_and_of_the_right_aspect(
    width: int, height: int, to_width: int, to_height: int
) -> None:
    box = cover_box(width, height, to_width, to_height)
    assert box.left >= 0
    assert box.top >= 0
    assert box.left + box.width <= width
    assert box.top + box.height <= height
    assert box.width == width or box.height == height
    assert abs(box.width * to_height - box.height * to_width) <= max(to_width, to_height)
    assert abs(width - box.width - 2 * box.left) <= 1
    assert abs(height - box.height - 2 * box.top) <= 1


@given(sides, sides, sides, sides)
def test_fit_gives_the_size_and_stays_opaque(width: int, height: int, to_width: int, to_height: int) -> None:
    fitted = fit(files.gradient(width, height), to_width, to_height)
    assert fitted.shape == (to_height, to_width, 4)
    assert (fitted[..., 3] == 255).all()


def test_same_size_is_untouched() -> None:
    pixels = files.with_alpha(files.gradient())
    hole = pixels[..., 3] == 0
    assert fit(pixels, 16, 12) is pixels
    assert fit_with_hole(pixels, hole, 16, 12) == (pixels, hole)


@pytest.mark.parametrize("side", [16, 37, 200])
def test_one_colour_stays_that_colour(side: int) -> None:
    pixels = files.flat((200, 60, 30), 64, 64)
    assert (fit(pixels, side, side) == pixels[0, 0]).all()


@pytest.mark.parametrize("side", [24, 100, 151])
def test_no_halo_of_hidden_colours(side: int) -> None:
    """White stays white next to transparent black, however it is scaled."""
    pixels = files.flat((255, 255, 255), 64, 64)
    pixels[:, :30] = 0
    scaled = fit(pixels, side, side)
    seen = scaled[..., 3] > 12
    assert seen.any()
    assert scaled[seen][:, :3].min() >= 250


def oracle(hole: Hole, width: int, height: int) -> Hole:
    """By the definition, one target pixel at a time, in whole numbers."""
    rows, columns = hole.shape
    scaled = np.zeros((height, width), np.bool_)
    for y, x in np.ndindex(height, width):
        top, bottom = y * rows // height, -(-(y + 1) * rows // height)
        left, right = x * columns // width, -(-(x + 1) * columns // width)
        scaled[y, x] = hole[top:bottom, left:right].any()
    return scaled


@given(st.integers(2, 40), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_hole_is_what_it_touches(side: int, to_side: int, seed: int) -> None:
    hole = np.random.default_rng(seed).random((side, side)) < 0.1
    _, scaled = fit_with_hole(files.gradient(side, side), hole, to_side, to_side)
    if side == to_side:
        assert (scaled == hole).all()
    else:
        assert (scaled == oracle(hole, to_side, to_side)).all()


@given(st.integers(8, 40), st.integers(4, 60), st.integers(0, 2**32 - 1))
def test_kept_pixels_stay_opaque_beside_a_transparent_hole(side: int, to_side: int, seed: int) -> None:
    pixels = files.gradient(side, side)
    hole = np.random.default_rng(seed).random((side, side)) < 0.3
    pixels[hole] = 0
    scaled, scaled_hole = fit_with_hole(pixels, hole, to_side, to_side)
    assert (scaled[~scaled_hole][:, 3] == 255).all()


def test_kept_colours_are_the_picture_s_own() -> None:
    """A hole cut to transparent black must not darken the red around it."""
    pixels = files.flat((220, 40, 30), 64, 64)
    hole = np.zeros((64, 64), np.bool_)
    hole[20:41, 17:50] = True
    pixels[hole] = 0
    for side in (23, 50, 150):
        scaled, scaled_hole = fit_with_hole(pixels, hole, side, side)
        assert np.abs(scaled[~scaled_hole].astype(int) - (220, 40, 30, 255)).max() <= 1


def test_wide_sources_are_cut_not_stretched() -> None:
    pixels = files.flat((10, 20, 30), 90, 30)
    pixels[:, :30, 0], pixels[:, 60:, 0] = 200, 250
    hole = np.zeros((30, 90), np.bool_)
    hole[:, :30] = True
    scaled, scaled_hole = fit_with_hole(pixels, hole, 30, 30)
    assert (scaled[..., 0] == 10).all()
    assert not scaled_hole.any()


@pytest.mark.parametrize(
    ("size", "nearest"),
    [
        ((500, 500), (1024, 1024)),
        ((4000, 3000), (1536, 1024)),
        ((3000, 4000), (1024, 1536)),
        ((1100, 1000), (1024, 1024)),
        ((1, 4096), (1024, 1536)),
    ],
)
def test_nearest_size(size: tuple[int, int], nearest: tuple[int, int]) -> None:
    assert nearest_size(*size, GPT_SIZES) == nearest
