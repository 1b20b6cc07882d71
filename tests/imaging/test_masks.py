"""Masks: alpha 0 is the hole, and nothing outside it changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from egaku.imaging.decode import Decoded, decode
from egaku.imaging.errors import FaultKind, UnfitImage
from egaku.imaging.masks import (
    composite,
    hole_from_alpha,
    hole_from_image,
    hole_from_mask,
    require_square,
)
from egaku.imaging.pixels import Pixels
from tests.imaging import files

sides = st.integers(1, 24)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Pixels, Pixels, NDArray[np.bool_]]:
    height, width = draw(sides), draw(sides)
    picture = arrays(np.uint8, (height, width, 4))
    return draw(picture), draw(picture), draw(arrays(np.bool_, (height, width)))


def read(pixels: Pixels, mode: str = "RGBA") -> Decoded:
    return decode(files.saved(pixels, "PNG", mode), frozenset({"png"}))


@given(edits())
def test_composite_keeps_every_bit_outside(edit: tuple[Pixels, Pixels, NDArray[np.bool_]]) -> None:
    original, drawn, hole = edit
    before = original.copy()
    result = composite(original, drawn, hole)
    assert (result[~hole] == original[~hole]).all()
    assert (result[hole] == drawn[hole]).all()
    assert (original == before).all()


def test_composite_takes_views() -> None:
    """Pictures cut out of larger ones, or mirrored, are pictures too."""
    large, drawn = files.gradient(40, 40), files.flat((1, 2, 3), 40, 40)
    hole = np.eye(20, dtype=np.bool_)
    result = composite(large[5:25, 10:30], drawn[:20, 39:19:-1], hole)
    assert (result[~hole] == large[5:25, 10:30][~hole]).all()
    assert (result[hole] == (1, 2, 3, 255)).all()


def test_composite_refuses_other_shapes() -> None:
    with pytest.raises(ValueError, match="do not match"):
        composite(files.gradient(4, 4), files.gradient(4, 5), np.ones((4, 4), np.bool_))
    with pytest.raises(ValueError, match="do not match"):
        composite(files.gradient(4, 4), files.gradient(4, 4), np.ones((4, 5), np.bool_))


def test_only_alpha_of_exactly_0_is_the_hole() -> None:
    pixels = np.zeros((1, 256, 4), np.uint8)
    pixels[0, :, 3] = np.arange(256)
    assert hole_from_alpha(pixels).nonzero()[1].tolist() == [0]


def test_mask_says_where_by_alpha_whatever_its_colours() -> None:
    image, mask = read(files.gradient(), "RGB"), read(files.with_alpha(files.gradient()))
    hole = hole_from_mask(mask, image)
    assert (hole == (mask.pixels[..., 3] == 0)).all()
    assert hole.any()
    assert not hole.all()


def test_opaque_area_of_a_mask_is_not_looked_at() -> None:
    image = read(files.gradient())
    plain = files.with_alpha(files.flat((0, 0, 0), 16, 12))
    painted = files.with_alpha(files.gradient())
    assert (hole_from_mask(read(plain), image) == hole_from_mask(read(painted), image)).all()


def test_mask_of_another_size() -> None:
    with pytest.raises(UnfitImage) as caught:
        hole_from_mask(read(files.gradient(16, 13)), read(files.gradient(16, 12)))
    assert caught.value.kind is FaultKind.SIZE_MISMATCH
    assert (caught.value.width, caught.value.height) == (16, 13)
    assert (
        caught.value.sentence == "The mask is 16 × 13 and the picture 16 × 12; they must be of the same size."
    )


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_mask_without_alpha(mode: str) -> None:
    with pytest.raises(UnfitImage) as caught:
        hole_from_mask(read(files.gradient(), mode), read(files.gradient()))
    assert caught.value.kind is FaultKind.NO_ALPHA
    assert caught.value.mode == mode


def test_grey_mask_where_the_legacy_dialect_allows_it() -> None:
    levels = files.flat((255, 255, 255), 4, 4)
    levels[1, 2, :3] = 0
    levels[2, 2, :3] = 1
    hole = hole_from_mask(read(levels, "L"), read(files.gradient(4, 4)), greyscale=True)
    assert np.argwhere(hole).tolist() == [[1, 2]]
    with pytest.raises(UnfitImage):
        hole_from_mask(read(levels, "RGB"), read(files.gradient(4, 4)), greyscale=True)


def test_image_as_its_own_mask() -> None:
    pixels = files.with_alpha(files.gradient())
    assert (hole_from_image(read(pixels)) == (pixels[..., 3] == 0)).all()
    with pytest.raises(UnfitImage) as caught:
        hole_from_image(read(pixels, "RGB"))
    assert (caught.value.kind, caught.value.mode) == (FaultKind.NO_ALPHA, "RGB")


def test_square_rule_carries_the_numbers() -> None:
    require_square(read(files.gradient(9, 9)))
    with pytest.raises(UnfitImage) as caught:
        require_square(read(files.gradient(16, 12)))
    assert caught.value.kind is FaultKind.NOT_SQUARE
    assert (caught.value.width, caught.value.height) == (16, 12)
