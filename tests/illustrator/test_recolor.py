"""Recolouring: the body takes the colour, the rest keeps its own."""

from __future__ import annotations

import re

import numpy as np
import pytest
import skia

from egaku.engines.illustrator import bank as banks
from egaku.engines.illustrator import sprite
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.color import oklab
from egaku.engines.illustrator.recolor import ANCHORS, anchor, recolor
from egaku.engines.illustrator.vocabulary import COLORS


def _median_lab(name: str, color: str | None) -> np.ndarray:
    concept = bank().concept(name)
    assert concept is not None
    pixels = sprite.draw(bank().art(concept.arts[0]), 96, color=color).image.toarray(
        colorType=skia.kRGBA_8888_ColorType
    )
    solid = pixels[pixels[..., 3] == 255][:, :3]
    lab: np.ndarray = np.median(oklab(solid / 255.0), axis=0)
    return lab


def test_every_colour_word_has_a_paint() -> None:
    assert set(ANCHORS) == set(COLORS)


@pytest.mark.parametrize("color", ["red", "green", "blue", "purple", "pink", "turquoise"])
@pytest.mark.parametrize("name", ["fox", "car", "balloon", "cat"])
def test_the_body_turns_to_the_hue_asked_for(name: str, color: str) -> None:
    lab = _median_lab(name, color)
    target = anchor(color)
    turn = np.degrees(np.arctan2(lab[2], lab[1]) - np.arctan2(target[2], target[1]))
    assert abs((turn + 180) % 360 - 180) < 32


@pytest.mark.parametrize(("color", "low", "high"), [("black", 0.0, 0.5), ("white", 0.8, 1.0)])
def test_black_and_white_are_reached(color: str, low: float, high: float) -> None:
    assert low <= _median_lab("cat", color)[0] <= high


def test_other_paints_stay() -> None:
    concept = bank().concept("fox")
    assert concept is not None
    art = bank().art(concept.arts[0])
    before = banks.svg(art.name)
    after = recolor(before, art.body, "blue")
    upper = re.compile(r"#[0-9A-F]{6}(?=\")")
    kept = [paint for paint in upper.findall(before) if not paint[1:].isdigit()]
    assert kept, "the fox has a nose and a belly of other paint"
    assert [paint for paint in upper.findall(after) if not paint[1:].isdigit()] == kept
    assert after != before


def test_no_colour_changes_nothing() -> None:
    assert recolor('<path fill="#aa5522"/>', (0.5, 0.1, 0.1), None) == '<path fill="#aa5522"/>'
    assert recolor('<path fill="#aa5522"/>', None, "red") == '<path fill="#aa5522"/>'
