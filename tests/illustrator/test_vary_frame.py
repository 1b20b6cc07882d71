"""Framing: inside the picture, deterministic, and nothing at all at strength 0."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator.vary.frame import Frame
from tests.illustrator.photos import photo


def test_strength_zero_shows_everything() -> None:
    picture = photo("coffee", 90, 60)[..., :3].astype(np.float32)
    frame = Frame.drawn(np.random.default_rng(0), 0.0)
    assert np.abs(frame.show(picture) - picture).max() < 1e-3


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shape", [(80, 80), (60, 140), (140, 60)])
def test_the_frame_stays_inside_the_picture(seed: int, shape: tuple[int, int]) -> None:
    """The picture is its own map of places: no place shown may come from beyond the edge."""
    height, width = shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    places = np.stack([ys, xs], axis=-1)
    shown = Frame.drawn(np.random.default_rng(seed), 1.0).show(places)
    steps = np.abs(np.diff(shown, axis=0)).max(), np.abs(np.diff(shown, axis=1)).max()
    assert max(steps) < 1.1
    # Mirrored places would run backwards somewhere.
    assert (np.diff(shown[..., 0], axis=0) > 0).all()
    assert (np.diff(shown[..., 1], axis=1) > 0).all()
