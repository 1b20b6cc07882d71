"""Outlook: pictures of our own go on with their place; what is in them is not drawn again."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from bench.edits import seam

from egaku.engines.base import Hole, Job, Pixels, Task
from egaku.engines.illustrator.edit import outlook, paint_edit
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from tests.illustrator.photos import photo
from tests.illustrator.scenes import paint, plan

SIZE = 256
KEPT = 160
"""Pixels of a side that are kept where a picture grows."""


def grown(source: Pixels, side: str) -> tuple[Pixels, Hole]:
    """The frame moved beyond `side`, and its hole."""
    hole = np.ones((SIZE, SIZE), np.bool_)
    frame = np.zeros_like(source)
    moved = SIZE - KEPT
    across, low = side in ("right", "left"), side in ("right", "down")
    kept, taken = (slice(0, KEPT), slice(moved, SIZE)) if low else (slice(moved, SIZE), slice(0, KEPT))
    if across:
        frame[:, kept], hole[:, kept] = source[:, taken], False
    else:
        frame[kept], hole[kept] = source[taken], False
    return frame, hole


def edited(frame: Pixels, hole: Hole, asked: ScenePlan, seed: int = 7, index: int = 0) -> Pixels:
    job = Job(
        task=Task.EDIT, width=SIZE, height=SIZE, seed=seed, index=index, prompt="x", image=frame, hole=hole
    )
    *_, last = paint_edit(job, asked, None, np.random.default_rng([seed, index]))
    return last


def orange(picture: Pixels) -> Hole:
    """Fox-coloured pixels."""
    hsv = np.asarray(cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2HSV))
    return np.asarray((hsv[..., 0] < 16) & (hsv[..., 1] > 190) & (hsv[..., 2] > 150))


FOX = plan("fox", place="snowfield", time="day")


@pytest.mark.parametrize("side", ["right", "left", "up", "down"])
def test_what_is_in_the_picture_is_not_drawn_again_nor_copied(side: str) -> None:
    source = paint(FOX, SIZE, SIZE)
    frame, hole = grown(source, side)
    out = edited(frame, hole, FOX)
    assert orange(source).mean() > 0.02
    assert orange(out)[hole].mean() < 0.002
    assert (out[~hole] == frame[~hole]).all()


@pytest.mark.parametrize("style", [None, "oil painting", "pixel art", "pencil", "low poly"])
def test_the_border_is_no_step(style: str | None) -> None:
    scene = replace(FOX, style=style)
    frame, hole = grown(paint(scene, SIZE, SIZE), "right")
    assert seam(edited(frame, hole, scene), hole)[0] <= 1.5


def test_what_is_new_is_drawn_as_a_fresh_picture_would_have_it() -> None:
    ball = ObjectPlan(concept="ball", label="ball", color="blue")
    both = replace(FOX, objects=(*FOX.objects, ball))
    frame, hole = grown(paint(FOX, SIZE, SIZE), "right")
    new = _blue(edited(frame, hole, both), hole)
    fresh = _blue(paint(replace(FOX, objects=(ball,)), SIZE, SIZE), np.ones_like(hole))
    assert len(new) > 0.01 * hole.sum()
    assert abs(float(np.median(new[:, 1])) - float(np.median(fresh[:, 1]))) < 40
    assert abs(float(np.median(new[:, 2])) - float(np.median(fresh[:, 2]))) < 40


def _blue(picture: Pixels, where: Hole) -> Pixels:
    hsv = np.asarray(cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2HSV), np.uint8)
    return np.asarray(hsv[where & (np.abs(hsv[..., 0].astype(int) - 108) < 9) & (hsv[..., 1] > 140)])


def test_an_empty_place_gets_what_is_asked_for() -> None:
    sea = plan(place="sea", time="day")
    frame, hole = grown(paint(sea, SIZE, SIZE), "right")
    without = edited(frame, hole, sea)
    with_it = edited(frame, hole, replace(sea, objects=(ObjectPlan(concept="lighthouse"),)))
    assert (np.abs(with_it.astype(int) - without).max(-1) > 40)[hole].mean() > 0.05


def test_what_was_erased_is_gone_and_what_replaces_it_is_there() -> None:
    source = paint(FOX, SIZE, SIZE)
    hole = cv2.dilate(orange(source).astype(np.uint8), np.ones((61, 61), np.uint8)) > 0
    empty = edited(source, hole, replace(FOX, objects=()))
    blue = edited(source, hole, replace(FOX, objects=(ObjectPlan(concept="fox", color="blue"),)))
    assert orange(empty).mean() < 0.002
    assert len(_blue(blue, hole)) > 0.03 * hole.sum()


def test_same_seed_same_bytes_and_candidates_differ() -> None:
    frame, hole = grown(paint(FOX, SIZE, SIZE), "right")
    first = edited(frame, hole, FOX)
    assert (edited(frame, hole, FOX) == first).all()
    assert (edited(frame, hole, FOX, index=1) != first).any(-1)[hole].mean() > 0.2


@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket", "grass"])
@pytest.mark.parametrize("place", ["forest", "room", "street"])
def test_no_painted_place_goes_on_a_photograph(name: str, place: str) -> None:
    frame, hole = grown(photo(name, SIZE, SIZE), "right")
    job = Job(task=Task.EDIT, width=SIZE, height=SIZE, seed=1, image=frame, hole=hole)
    asked = plan("fox", place=place)
    look = outlook.look(asked, job, np.zeros_like(hole), np.random.default_rng(1))
    assert look is not None
    assert not outlook.continues(look, asked, frame, hole, seen=False)


def test_a_hole_in_the_middle_or_at_a_corner_does_not_grow_the_picture() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[100:150, 100:150] = True
    assert not outlook.grows(hole)
    hole[:80, :80] = True
    assert not outlook.grows(hole)
    hole[:, 230:] = True
    assert outlook.grows(hole)
