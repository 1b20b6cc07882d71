"""Variations: the same idea, another picture; each differs, none strays too far."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import pytest

from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator.vary import paint_variation
from tests.illustrator.photos import photo

SIZE = 160


def varied(image: Pixels, index: int = 0, strength: float = 0.5) -> list[Pixels]:
    height, width = image.shape[:2]
    job = Job(task=Task.VARY, width=width, height=height, seed=4, index=index, image=image, strength=strength)
    return list(paint_variation(job, np.random.default_rng([job.seed, job.index])))


def apart(one: Pixels, other: Pixels) -> float:
    """Mean difference of two pictures at 32 pixels, 0 … 255."""
    small = [cv2.resize(picture[..., :3], (32, 32), interpolation=cv2.INTER_AREA) for picture in (one, other)]
    return float(np.abs(small[0].astype(float) - small[1]).mean())


def test_a_variation_without_an_image_is_refused() -> None:
    job = Job(task=Task.VARY, width=64, height=64, seed=1)
    with pytest.raises(ValueError, match="needs an image"):
        next(paint_variation(job, np.random.default_rng(0)))


def test_four_variations_differ_from_the_source_and_from_each_other() -> None:
    source = photo("astronaut", SIZE, SIZE)
    several = [varied(source, index)[-1] for index in range(4)]
    unrelated = apart(source, np.ascontiguousarray(source[::-1]))
    for picture in several:
        assert 0.1 * unrelated < apart(source, picture) < 0.6 * unrelated
    for one, other in combinations(several, 2):
        assert apart(one, other) > 0.1 * unrelated


def test_strength_decides_how_far_it_strays() -> None:
    source = photo("astronaut", SIZE, SIZE)
    away = [np.mean([apart(source, varied(source, i, s)[-1]) for i in range(3)]) for s in (0.1, 0.5, 1.0)]
    assert away[0] < away[1] < away[2]


def test_same_job_same_bytes_and_the_source_is_left_alone() -> None:
    source = photo("astronaut", SIZE, SIZE)
    before = source.copy()
    assert (varied(source)[-1] == varied(source)[-1]).all()
    assert (source == before).all()


def test_every_pass_is_a_whole_picture() -> None:
    shown = varied(photo("astronaut", SIZE, SIZE))
    assert len(shown) >= 3
    for picture in shown:
        assert picture.shape == (SIZE, SIZE, 4)
        assert picture.dtype == np.uint8


def test_alpha_is_kept_and_hidden_colours_never_show() -> None:
    source = photo("astronaut", SIZE, SIZE)
    source[:, :50, 3] = 0
    spoiled = source.copy()
    spoiled[:, :50, :3] = np.random.default_rng(1).integers(0, 256, (SIZE, 50, 3))
    out = varied(source)[-1]
    assert (out == varied(spoiled)[-1]).all()
    assert 0.1 < (out[..., 3] < 128).mean() < 0.6
    assert (out[:, SIZE - 20 :, 3] > 250).mean() > 0.9


def test_a_grey_picture_stays_grey() -> None:
    grey = np.repeat(photo("astronaut", SIZE, SIZE)[..., 1:2], 3, axis=2)
    out = varied(np.dstack([grey, np.full((SIZE, SIZE), 255, np.uint8)]))[-1].astype(int)
    assert np.abs(out[..., 0] - out[..., 2]).max() <= 3


@pytest.mark.parametrize("shape", [(64, 64), (64, 300), (333, 127)])
def test_any_shape_and_a_flat_picture(shape: tuple[int, int]) -> None:
    flat = np.full((*shape, 4), 255, np.uint8)
    flat[..., 0] = 90
    out = varied(flat)[-1]
    assert out.shape == flat.shape
    assert out[..., :3].reshape(-1, 3).std(0).max() < 20
