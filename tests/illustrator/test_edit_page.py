"""Pages: the paper of a print or a watercolour is known for what it is, and goes on as paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from egaku.engines.base import Hole, Job, Pixels, Task
from egaku.engines.illustrator.edit import paint_edit
from egaku.engines.illustrator.edit.page import page
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.styles import PAPERS
from tests.illustrator.photos import photo
from tests.illustrator.scenes import paint, plan

SIZE = 192
KEPT = 120
FOX = plan("fox", place="forest", time="day")


def hole_from(column: int) -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[:, column:] = True
    return hole


def ended(scene: ScenePlan) -> tuple[Pixels, Hole]:
    """The right part of a picture at the left of a frame."""
    frame = np.zeros((SIZE, SIZE, 4), np.uint8)
    frame[:, :KEPT] = paint(scene, SIZE, SIZE)[:, -KEPT:]
    return frame, hole_from(KEPT)


def cut(scene: ScenePlan) -> tuple[Pixels, Hole]:
    """The left part of a picture where it was."""
    frame = paint(scene, SIZE, SIZE)
    frame[:, KEPT:] = 0
    return frame, hole_from(KEPT)


def edited(frame: Pixels, hole: Hole, scene: ScenePlan) -> Pixels:
    job = Job(task=Task.EDIT, width=SIZE, height=SIZE, seed=7, prompt="x", image=frame, hole=hole)
    *_, last = paint_edit(job, scene, None, np.random.default_rng(7))
    return last


def bare(pixels: Pixels, style: str) -> float:
    """Part of the pixels that have the colour of the style's paper."""
    return float((np.abs(pixels[..., :3].astype(int) - PAPERS[style]).max(-1) < 26).mean())


@pytest.mark.parametrize("style", PAPERS)
def test_a_picture_that_ends_gets_a_sheet_beside_it(style: str) -> None:
    scene = replace(FOX, style=style)
    frame, hole = ended(scene)
    found = page(frame, hole, style)
    assert found is not None
    assert found.apart
    assert (found.sheet == hole).all()
    assert not (found.bare & hole).any()
    out = edited(frame, hole, scene)
    assert (out[~hole] == frame[~hole]).all()
    rims = (out[:2, KEPT:], out[-2:, KEPT:], out[:, KEPT : KEPT + 2], out[:, -2:])
    least = min(bare(rim, style) for rim in rims)
    assert least > 0.5
    assert bare(out[20:-20, KEPT + 20 : -20], style) < least


@pytest.mark.parametrize("style", ["ukiyo-e", "watercolor", "poster"])
def test_a_picture_that_was_cut_goes_on_to_the_papers_edge(style: str) -> None:
    scene = replace(FOX, style=style)
    frame, hole = cut(scene)
    found = page(frame, hole, style)
    assert found is not None
    assert not found.apart
    assert found.sheet.all()
    out = edited(frame, hole, scene)
    assert bare(out[:2, KEPT + 16 :], style) > 0.6
    assert bare(out[:, -2:], style) > 0.6
    assert bare(out[20:-20, KEPT : KEPT + 4], style) < 0.4


def test_what_is_new_stands_clear_of_the_edge() -> None:
    frame, hole = ended(replace(FOX, style="watercolor"))
    found = page(frame, hole, "watercolor")
    assert found is not None
    within = found.within(hole)
    assert within[20:-20, KEPT + 20 : -20].all()
    for rim in (within[:3], within[-3:], within[:, : KEPT + 3], within[:, -3:]):
        assert not rim.any()


def test_no_paper_where_there_is_none() -> None:
    frame, hole = ended(replace(FOX, style="oil painting"))
    assert page(frame, hole, "oil painting") is None
    assert page(frame, hole, "watercolor") is None
    assert page(photo("coffee", SIZE, SIZE), hole, "watercolor") is None
    assert page(frame, np.ones_like(hole), "watercolor") is None
