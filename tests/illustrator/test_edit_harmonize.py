"""Harmonising: a figure takes on the light, greyness, softness and palette of where it is put."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.edit.harmonize import harmonize, measure
from tests.illustrator.photos import photo

SIZE = 160


def middle() -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[40:120, 40:120] = True
    return hole


def figure() -> Pixels:
    """A red disc with a yellow middle."""
    y, x = np.mgrid[0:60, 0:60] - 29.5
    away = np.hypot(y, x)
    rgb = np.where((away < 12)[..., None], np.array([250, 220, 60]), np.array([220, 60, 50]))
    return np.dstack([rgb, np.where(away < 29, 255, 0)]).astype(np.uint8)


def placed(scene: Pixels) -> Pixels:
    ground = scene[50:110, 50:110]
    return harmonize(figure(), ground, measure(scene, middle()), np.random.default_rng(0))


def solid(picture: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return picture[picture[..., 3] > 200][:, :3].astype(float)


def test_dark_places_darken_it() -> None:
    bright, dark = photo("coffee", SIZE, SIZE), photo("coffee", SIZE, SIZE)
    dark[..., :3] //= 6
    assert solid(placed(dark)).mean() < solid(placed(bright)).mean() - 20


def test_in_a_grey_picture_it_is_grey() -> None:
    out = solid(placed(photo("camera", SIZE, SIZE)))
    assert np.ptp(out, axis=1).max() < 12


def test_in_colour_it_keeps_its_own() -> None:
    out = solid(placed(photo("chelsea", SIZE, SIZE)))
    assert (out[:, 0] - out[:, 2]).mean() > 60


def test_a_soft_picture_softens_it() -> None:
    sharp = photo("coffee", SIZE, SIZE)
    soft = sharp.copy()
    soft[..., :3] = cv2.GaussianBlur(np.ascontiguousarray(sharp[..., :3]), (0, 0), 3)
    assert measure(soft, middle()).blur > measure(sharp, middle()).blur + 0.3
    edges = [(np.abs(np.diff(placed(scene)[..., 3].astype(int), axis=1))).max() for scene in (sharp, soft)]
    assert edges[1] < edges[0]


def test_few_colours_stay_few() -> None:
    scene = np.full((SIZE, SIZE, 4), 255, np.uint8)
    scene[::2, :, :3] = (200, 30, 30)
    scene[:, ::4, :3] = (20, 20, 60)
    out = placed(scene)
    assert set(np.unique(out[..., 3])) <= {0, 255}
    allowed = {tuple(color) for color in scene[..., :3].reshape(-1, 3)}
    assert {tuple(color) for color in solid(out).astype(int)} <= {tuple(map(int, c)) for c in allowed}


def test_it_can_be_told_from_what_it_covers() -> None:
    grass = photo("grass", SIZE, SIZE)
    out = solid(placed(grass))
    assert abs(out.mean() - grass[50:110, 50:110, :3].mean()) > 30


def test_nothing_around_is_refused() -> None:
    with pytest.raises(ValueError, match="no surroundings"):
        measure(photo("coffee", SIZE, SIZE), np.ones((SIZE, SIZE), np.bool_))
