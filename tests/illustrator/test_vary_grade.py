"""Grading: alpha and greys stay, strength 0 changes nothing, more strength changes more."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.vary.grade import Grade, grade
from tests.illustrator.photos import photo


def test_strength_zero_changes_nothing() -> None:
    image = photo("coffee", 60, 60)
    out = grade(image, Grade.drawn(np.random.default_rng(0), 0.0))
    assert np.abs(out.astype(int) - image).max() <= 2


def test_paper_stays_white_and_night_black() -> None:
    image = np.zeros((40, 40, 4), np.uint8)
    image[:20] = 255
    image[..., 3] = 77
    for seed in range(6):
        out = grade(image, Grade.drawn(np.random.default_rng(seed), 1.0))
        assert out[:20, :, :3].min() >= 252
        assert out[20:, :, :3].max() <= 3
        assert (out[..., 3] == 77).all()


def test_more_strength_changes_more() -> None:
    image = photo("astronaut", 60, 60)

    def change(seed: int, strength: float) -> float:
        out = grade(image, Grade.drawn(np.random.default_rng(seed), strength))
        return float(np.abs(out.astype(int) - image).mean())

    changes = [sum(change(seed, strength) for seed in range(8)) for strength in (0.2, 0.6, 1.0)]
    assert changes[0] < changes[1] < changes[2]
