"""Lettering: inside its box, letter by letter, Latin and Japanese."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.engines.illustrator import lettering
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.paint import Sheet
from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ObjectPlan
from tests.illustrator.scenes import paint, plan


@pytest.mark.parametrize(
    "words", ["OPEN", "Happy Birthday Mia", "営業中", "いらっしゃいませ", "Привет", "naïve café", "猫"]
)
def test_every_letter_has_a_glyph(words: str) -> None:
    glyphs = lettering.typeface().unicharsToGlyphs([ord(letter) for letter in words if letter != " "])
    assert all(glyphs)


@pytest.mark.parametrize(
    "words", ["A", "WELCOME HOME", "the quick brown fox jumps over the lazy dog", "夏祭りへようこそ"]
)
@pytest.mark.parametrize(("width", "height"), [(300, 80), (80, 300), (40, 20)])
def test_words_fit_their_box(words: str, width: float, height: float) -> None:
    lines, size = lettering.fit(words, width, height)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    font = lettering.font(size)
    if size > 4.0:
        assert max(font.measureText(line) for line in lines) <= width * 1.01
        assert size * 1.12 * len(lines) <= height * 1.01


def test_a_sign_bears_the_words() -> None:
    blank, written = (paint(plan("sign", lettering=words), 256, 256) for words in (None, "OPEN"))
    changed = np.abs(blank.astype(int) - written)[..., :3].sum(axis=2) > 60
    rows, columns = np.nonzero(changed)
    assert 0.004 < changed.mean() < 0.2
    assert rows.max() - rows.min() < 110
    assert columns.max() - columns.min() > 50


def test_words_without_a_carrier_are_a_title_at_the_top() -> None:
    blank, written = (paint(plan("cat", lettering=words), 256, 256) for words in (None, "HELLO"))
    rows = np.flatnonzero((np.abs(blank.astype(int) - written)[..., :3].sum(axis=2) > 60).any(axis=1))
    assert rows.size
    assert rows.max() < 0.3 * 256


def test_the_first_thing_with_room_for_words_carries_them() -> None:
    assert lettering.carrier_of(plan("cat", ObjectPlan(concept="banner"), lettering="HI")) == 1
    assert lettering.carrier_of(plan("cat", lettering="HI")) is None


def test_words_go_down_with_what_stands_in_water() -> None:
    written = []
    for stands in ("ground", "water"):
        art = bank().art("own/sign")
        placed = Placement(object=0, art=art, x=128, y=180, height=140, stands=stands, sink=0.2)
        sheet = Sheet(256, 256)
        lettering.draw(sheet.canvas, sheet.buffer, plan("sign", lettering="OPEN"), [placed])
        written.append(float(np.nonzero(sheet.pixels()[..., 3] > 90)[0].mean()))
    assert written[1] - written[0] == pytest.approx(0.2 * 140, abs=1)


def test_words_stay_legible_in_neon() -> None:
    blank, written = (
        paint(plan("sign", style="neon", lettering=words), 256, 256) for words in (None, "OPEN")
    )
    assert (np.abs(blank.astype(int) - written)[..., :3].sum(axis=2) > 150).mean() > 0.004
