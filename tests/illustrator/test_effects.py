"""Attributes in pixels: patterns on the body, rainbow hues, glow around, sleep above."""

from __future__ import annotations

import numpy as np
import pytest
import skia

from egaku.engines.illustrator import effects
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.color import oklab
from egaku.engines.illustrator.paint import Sheet
from egaku.engines.illustrator.placement import Placement


def placed(name: str, *attributes: str, color: str | None = None) -> Placement:
    concept = bank().concept(name)
    assert concept is not None
    art = bank().art(concept.arts[0])
    return Placement(object=0, art=art, x=100, y=180, height=120, color=color, attributes=attributes)


def pixels(placement: Placement) -> np.ndarray:
    found: np.ndarray = effects.sprite(placement).image.toarray(colorType=skia.kRGBA_8888_ColorType)
    return found


@pytest.mark.parametrize("word", ["striped", "spotted", "wooden", "golden", "metallic", "shiny"])
def test_a_pattern_changes_the_body_and_not_the_outline(word: str) -> None:
    plain, patterned = pixels(placed("teapot")), pixels(placed("teapot", word))
    assert (plain[..., 3] == patterned[..., 3]).mean() > 0.99
    assert np.abs(plain.astype(int) - patterned)[plain[..., 3] == 255].mean() > 2


def test_rainbow_has_many_hues() -> None:
    found = pixels(placed("cat", color="rainbow"))
    lab = oklab(found[found[..., 3] == 255][:, :3] / 255.0)
    vivid = lab[np.hypot(lab[:, 1], lab[:, 2]) > 0.06]
    sixths = np.unique((np.degrees(np.arctan2(vivid[:, 2], vivid[:, 1])) // 60).astype(int))
    assert sixths.size >= 5


def test_glass_and_transparent_let_through() -> None:
    assert effects.opacity(placed("fish")) == 1.0
    assert effects.opacity(placed("fish", "glass")) < 1.0
    assert effects.opacity(placed("fish", "transparent")) < 0.6


def test_glow_lights_what_is_around() -> None:
    sheet = Sheet(200, 200, np.full((200, 200, 4), (10, 10, 30, 255), np.uint8))
    placement = placed("lantern", "glowing")
    effects.draw_glow(sheet.canvas, effects.sprite(placement), 60, 50)
    assert sheet.pixels()[40, 100, :3].astype(int).sum() > 80


def test_sleepers_have_zs_above_their_heads() -> None:
    sheet = Sheet(200, 200)
    effects.draw_sleep(sheet.canvas, placed("cat", "sleeping"))
    rows = np.flatnonzero(sheet.pixels()[..., 3].any(axis=1))
    assert rows.size
    assert rows.mean() < 90
