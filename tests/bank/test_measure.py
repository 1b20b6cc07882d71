"""Measuring drawings: bounds, crowns, symmetry, frames, the body's paint."""

from __future__ import annotations

import pytest
from tools.bank import measure


def drawing(body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">{body}</svg>'
    )


def test_bounds_of_a_square() -> None:
    found = measure.bounds(
        measure.raster(drawing('<rect x="20" y="30" width="50" height="60" fill="#123456"/>'))
    )
    assert found == pytest.approx((0.2, 0.3, 0.7, 0.9), abs=0.02)


def test_nothing_has_no_bounds() -> None:
    assert measure.bounds(measure.raster(drawing(""))) is None


def test_a_circle_is_its_own_mirror_and_no_frame() -> None:
    found = measure.measure(
        measure.raster(drawing('<circle cx="50" cy="50" r="40" fill="#fa0"/>')), faces_left=False
    )
    assert found is not None
    assert found.symmetry > 0.95
    assert not found.framed
    assert found.head[0] == pytest.approx(0.5, abs=0.03)
    assert found.head[1] == pytest.approx(0.1, abs=0.03)


def test_a_full_square_is_a_frame() -> None:
    found = measure.measure(
        measure.raster(drawing('<rect width="100" height="100" fill="#08f"/>')), faces_left=False
    )
    assert found is not None
    assert found.framed


def test_the_head_of_one_facing_left_is_at_the_left_though_the_tail_is_higher() -> None:
    body = (
        '<rect x="10" y="50" width="80" height="40" fill="#a52"/><rect x="10" y="30" width="25" height="30" '
        'fill="#a52"/><rect x="85" y="5" width="5" height="60" fill="#a52"/>'
    )
    found = measure.measure(measure.raster(drawing(body)), faces_left=True)
    assert found is not None
    assert found.head[0] < 0.45
    assert found.head[1] == pytest.approx(0.3, abs=0.04)


def test_the_body_is_what_covers_most_and_leaves_are_passed_over() -> None:
    petals, stem = (
        '<circle cx="50" cy="30" r="22" fill="#d01030"/>',
        '<rect x="40" y="50" width="26" height="50"',
    )
    rose = drawing(f'{petals}{stem} fill="#2f9e44"/>')
    light, a, b = measure.body_color(measure.raster(rose), avoid_green=True)
    assert a > 0.1
    assert measure.same_family("#d01030", (light, a, b))
    assert not measure.same_family("#2f9e44", (light, a, b))


def test_grey_families_go_by_lightness() -> None:
    white = measure.lab_of("#f4f4f4")
    assert measure.same_family("#e0e0e4", white)
    assert not measure.same_family("#202020", white)
    assert not measure.same_family("#ff2020", white)


def test_water_is_blue_and_lawn_is_green() -> None:
    assert measure.is_water("#3aa0f0")
    assert not measure.is_water("#2f9e44")
    assert measure.is_lawn("#2fae44")
    assert not measure.is_lawn("#3aa0f0")
