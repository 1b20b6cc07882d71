"""OKLab against the values its author published, and back again."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator.color import oklab, srgb


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((1.0, 1.0, 1.0), (1.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        ((1.0, 0.0, 0.0), (0.62796, 0.22486, 0.12585)),
        ((0.0, 0.0, 1.0), (0.45201, -0.03246, -0.31153)),
    ],
)
def test_known_colours(rgb: tuple[float, ...], lab: tuple[float, ...]) -> None:
    assert oklab(np.array(rgb)) == pytest.approx(lab, abs=2e-4)


def test_there_and_back() -> None:
    colors = np.random.default_rng(3).random((200, 3))
    assert srgb(oklab(colors)) == pytest.approx(colors, abs=1e-6)


def test_out_of_gamut_is_clipped() -> None:
    assert srgb(np.array([0.5, 0.6, 0.6])).min() >= 0.0
    assert srgb(np.array([1.4, 0.0, 0.0])).max() <= 1.0
