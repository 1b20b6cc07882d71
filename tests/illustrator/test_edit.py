"""Edits: completion alone, a figure in the hole, plan differences, whole pictures, joined places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from egaku.engines.base import Hole, Job, Pixels, Task
from egaku.engines.illustrator.edit import paint_edit
from egaku.engines.illustrator.edit.complete import complete
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan, Setting
from tests.illustrator import scenes
from tests.illustrator.photos import photo

SIZE = 192


PHOTO = photo("coffee", SIZE, SIZE)


def middle() -> Hole:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[40:160, 50:150] = True
    return hole


def job(hole: Hole, image: Pixels | None = None) -> Job:
    return Job(
        task=Task.EDIT, width=SIZE, height=SIZE, seed=5, image=PHOTO if image is None else image, hole=hole
    )


def plan(*things: ObjectPlan, setting: Setting | None = None) -> ScenePlan:
    return ScenePlan(prompt="", objects=things, setting=setting or Setting())


CAT = ObjectPlan(concept="cat", label="cat")


def painted(task: Job, new: ScenePlan, old: ScenePlan | None = None) -> list[Pixels]:
    return list(paint_edit(task, new, old, np.random.default_rng([task.seed, task.index])))


def test_an_edit_without_image_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an image"):
        painted(Job(task=Task.EDIT, width=64, height=64, seed=1), plan(CAT))


def test_an_edit_without_a_hole_may_change_everything() -> None:
    everywhere = painted(job(np.ones_like(middle())), plan(CAT))[-1]
    assert (painted(replace(job(middle()), hole=None), plan(CAT))[-1] == everywhere).all()


def test_nothing_concrete_leaves_the_completion() -> None:
    last = painted(job(middle()), plan())[-1]
    alone = complete(PHOTO, middle(), np.random.default_rng([5, 0]))
    assert (last == alone).all()


def test_the_thing_asked_for_is_in_the_hole_and_only_there() -> None:
    hole = middle()
    *before, last = painted(job(hole), plan(ObjectPlan(concept="cat", label="cat", color="blue")))
    assert (last[~hole] == PHOTO[~hole]).all()
    changed = np.abs(last.astype(int) - before[-1]).max(-1) > 30
    rows, columns = np.nonzero(changed)
    assert changed.mean() > 0.03
    assert rows.max() - rows.min() > 60 or columns.max() - columns.min() > 60
    figure = last[changed][:, :3].astype(float)
    warmth = (figure[:, 2] - figure[:, 0]).mean()
    surroundings = before[-1][changed][:, :3].astype(float)
    assert warmth > (surroundings[:, 2] - surroundings[:, 0]).mean() + 40


def test_what_lies_under_the_hole_never_shows() -> None:
    hole, spoiled = middle(), PHOTO.copy()
    spoiled[hole] = np.random.default_rng(0).integers(0, 256, (int(hole.sum()), 4))
    assert (painted(job(hole), plan(CAT))[-1] == painted(job(hole, spoiled), plan(CAT))[-1]).all()


def test_same_job_same_bytes() -> None:
    assert (painted(job(middle()), plan(CAT))[-1] == painted(job(middle()), plan(CAT))[-1]).all()


def test_of_the_source_own_plan_only_the_difference_is_drawn() -> None:
    both = plan(CAT, ObjectPlan(concept="dog", label="dog"), setting=Setting(place="meadow", time="day"))
    corner = np.zeros((SIZE, SIZE), np.bool_)
    corner[:40, :50] = True
    own = job(corner, scenes.paint(both, SIZE, SIZE))
    same, more = painted(own, both, both), painted(own, both, replace(both, objects=(CAT,)))
    assert len(more) == len(same) + 1
    assert (more[-2] == same[-1]).all()


def test_a_hole_too_small_for_a_figure_is_completed() -> None:
    hole = np.zeros((SIZE, SIZE), np.bool_)
    hole[90:94, 90:94] = True
    out = painted(job(hole), plan(CAT))[-1]
    assert (out[~hole] == PHOTO[~hole]).all()


def test_a_hole_that_is_everything_becomes_a_new_picture() -> None:
    hole = np.ones((SIZE, SIZE), np.bool_)
    new = plan(CAT, setting=Setting(place="beach", time="day"))
    last = painted(job(hole), new)[-1]
    assert last.shape == (SIZE, SIZE, 4)
    assert last[..., :3].std() > 20


def test_a_place_in_a_large_hole_joins_what_is_left() -> None:
    hole = np.ones((SIZE, SIZE), np.bool_)
    hole[70:130, 70:130] = False
    asked = plan(setting=Setting(place="sky", time="night"))
    last = painted(job(hole), asked)[-1]
    assert (last[~hole] == PHOTO[~hole]).all()
    alone = complete(PHOTO, hole, np.random.default_rng([5, 0]))
    far = np.abs(last.astype(int) - alone)[:20].mean()
    near = np.abs(last.astype(int) - alone)[66:69, 75:125].mean()
    assert far > 10
    assert near < far / 3


def test_a_grey_picture_gets_a_grey_place() -> None:
    hole = np.ones((SIZE, SIZE), np.bool_)
    hole[70:130, 70:130] = False
    asked = plan(setting=Setting(place="beach", time="sunset"))
    last = painted(job(hole, photo("camera", SIZE, SIZE)), asked)[-1]
    assert np.ptp(last[..., :3].astype(int), axis=2).max() <= 4
