"""The shipped bank: complete, measured within bounds, small, drawable."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
import skia

from egaku.engines.illustrator import bank as banks
from egaku.engines.illustrator import sprite
from egaku.engines.illustrator.bank import SETS, bank

EVERYDAY = (
    "cat", "dog", "fox", "flamingo", "horse", "house", "car", "tree", "rose", "robot", "astronaut", "dragon",
    "sofa", "table", "sign", "banner", "party hat", "hot air balloon", "lighthouse", "pumpkin", "girl",
)  # fmt: skip


@pytest.mark.parametrize("name", EVERYDAY)
def test_everyday_things_can_be_drawn(name: str) -> None:
    concept = bank().concept(name)
    assert concept is not None
    drawn = sprite.draw(bank().art(concept.arts[0]), 64)
    alpha = drawn.image.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    assert (alpha > 128).mean() > 0.04, "the drawing is all but empty"
    rows = np.flatnonzero((alpha > 60).any(axis=1))
    assert rows[0] <= 2 + drawn.margin, "the measured box leaves room above"
    assert rows[-1] >= alpha.shape[0] - 3 - drawn.margin, "the measured box leaves room below"


def test_measures_are_parts_of_the_drawing() -> None:
    for name in bank().names:
        concept = bank().concept(name)
        assert concept is not None
        assert concept.size > 0
        for drawing in (*concept.arts, *concept.faces):
            art = bank().art(drawing)
            left, top, right, bottom = art.box
            assert 0 <= left < right <= 1, drawing
            assert 0 <= top < bottom <= 1, drawing
            assert left <= art.foot <= right, drawing
            assert left <= art.head[0] <= right, drawing
            assert top <= art.head[1] <= bottom, drawing
            assert art.facing in ("left", "right", "front", ""), drawing


def test_every_drawing_is_text_the_renderer_can_read() -> None:
    names = sorted({art for name in bank().names if (c := bank().concept(name)) for art in c.arts})
    for name in names[::25]:
        assert skia.SVGDOM.MakeFromStream(skia.MemoryStream(banks.svg(name).encode(), True)) is not None, name


def test_unknown_concept_is_none_not_an_error() -> None:
    assert bank().concept("no such thing") is None
    assert "no such thing" not in bank()


def test_an_unlisted_drawing_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        bank().art("fluent/no-such-icon")


def test_shipped_data_stays_small() -> None:
    data = files("egaku.engines.illustrator") / "data"
    sizes = {
        item.name: len(item.read_bytes()) for item in data.iterdir() if item.name.startswith(("art", "lett"))
    }
    assert {f"art-{name}.zip" for name in SETS} <= set(sizes)
    assert sum(sizes.values()) < 15_000_000
    assert max(sizes.values()) < 4_000_000
