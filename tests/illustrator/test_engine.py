"""The engine: passes, previews, same bytes, candidates that differ, any plan and any size."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from egaku.engines.base import Drawing, Job, Task
from egaku.engines.illustrator.engine import Illustrator, create
from egaku.engines.illustrator.plan import ObjectPlan
from egaku.engines.illustrator.vocabulary import COMPOSITIONS, PLACES, STYLES
from tests.illustrator.scenes import paint, plan


@pytest.fixture(scope="module")
def engine() -> Illustrator:
    return create()


def job(prompt: str = "a blue balloon in the sky", *, side: int = 96, **changes: object) -> Job:
    values: dict[str, object] = {
        "task": Task.GENERATE,
        "width": side,
        "height": side,
        "seed": 5,
        "prompt": prompt,
    }
    return Job(**(values | changes))  # type: ignore[arg-type]  # a dict of mixed values, by design of the helper


def run(engine: Illustrator, *jobs: Job) -> list[Drawing]:
    batch = engine.start(jobs)
    while batch.progress < 1:
        engine.step(batch)
    return engine.finish(batch)


def test_four_passes_each_a_true_picture(engine: Illustrator) -> None:
    batch = engine.start([job("a watercolor of a fox", side=128)])
    assert engine.preview(batch, 0) is None
    seen, shares = [], [batch.progress]
    while batch.progress < 1:
        engine.step(batch)
        shares.append(batch.progress)
        preview = engine.preview(batch, 0)
        assert preview is not None
        seen.append(preview.copy())
    assert len(seen) == 4
    assert shares == sorted(shares)
    for before, after in pairwise(seen):
        assert np.abs(before.astype(int) - after).mean() > 0.2
    assert (engine.finish(batch)[0].pixels == seen[-1]).all()


def test_finish_too_early_is_an_error(engine: Illustrator) -> None:
    batch = engine.start([job()])
    engine.step(batch)
    with pytest.raises(RuntimeError):
        engine.finish(batch)


def test_same_job_same_bytes_alone_or_in_a_batch() -> None:
    first = run(create(), job())[0]
    together = run(create(), job("a cat"), job())[1]
    assert (first.pixels == together.pixels).all()
    assert first.revised_prompt == together.revised_prompt


def test_candidates_and_seeds_differ(engine: Illustrator) -> None:
    drawings = run(engine, *(job("a cat", index=index) for index in range(4)), job("a cat", seed=6))
    for index, one in enumerate(drawings):
        for other in drawings[index + 1 :]:
            assert np.abs(one.pixels.astype(int) - other.pixels).mean() > 6


def test_the_words_and_the_recipe_come_with_it(engine: Illustrator) -> None:
    drawing = run(engine, job("three red apples on a table"))[0]
    assert drawing.revised_prompt is not None
    assert "apple" in drawing.revised_prompt
    assert drawing.recipe is not None


def test_opaque_unless_asked_for(engine: Illustrator) -> None:
    assert run(engine, job())[0].pixels[..., 3].min() == 255
    assert run(engine, job("an apple", background="transparent"))[0].pixels[..., 3].min() == 0


def test_a_variation_of_its_own_is_the_same_idea_and_another_picture(engine: Illustrator) -> None:
    source = run(engine, job("a fox in a forest"))[0]
    varied = run(engine, job("", task=Task.VARY, image=source.pixels, recipe=source.recipe))[0]
    assert varied.revised_prompt == source.revised_prompt
    assert np.abs(varied.pixels.astype(int) - source.pixels).mean() > 6


@pytest.mark.parametrize("recipe", [None, "not a recipe", '{"version":99}'])
def test_a_strangers_picture_can_be_varied(engine: Illustrator, recipe: str | None) -> None:
    image = run(engine, job())[0].pixels
    varied = run(engine, job("", task=Task.VARY, image=image, recipe=recipe))[0]
    assert varied.pixels.shape == image.shape
    assert varied.revised_prompt is None


def test_an_edit_paints_in_the_hole_only(engine: Illustrator) -> None:
    image = run(engine, job("a meadow"))[0].pixels
    hole = np.zeros(image.shape[:2], np.bool_)
    hole[30:80, 20:70] = True
    edited = run(engine, job("a meadow with a red balloon", task=Task.EDIT, image=image, hole=hole))[0]
    assert (edited.pixels[~hole] == image[~hole]).all()
    assert np.abs(edited.pixels[hole].astype(int) - image[hole]).mean() > 3


@pytest.mark.parametrize("size", [(64, 64), (64, 192), (192, 64), (200, 80), (333, 111)])
def test_any_shape(size: tuple[int, int]) -> None:
    scene = plan("astronaut", "horse", "moon", relations=((0, "riding", 1),), lettering="GO")
    assert paint(scene, *size).shape == (size[1], size[0], 4)


def test_the_largest_picture() -> None:
    assert paint(plan("cat", "dog"), 3840, 2160).shape == (2160, 3840, 4)


@pytest.mark.parametrize("place", PLACES)
def test_any_place_takes_a_crowd(place: str) -> None:
    things = ("cat", "boat", "sun", "tree", "table", "fish", "car", "rose", "house", "bird")
    scene = plan(*(ObjectPlan(concept=name, count=2) for name in things), place=place)
    assert paint(scene, 96, 96).shape == (96, 96, 4)


@pytest.mark.parametrize("style", [*STYLES, None])
def test_any_style(style: str | None) -> None:
    assert paint(plan("cat", style=style), 96, 96).shape == (96, 96, 4)


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_any_composition(composition: str) -> None:
    assert paint(plan(ObjectPlan(concept="lemon", count=3), composition=composition), 96, 96).max() > 0


@pytest.mark.parametrize("count", [0, 1, 20])
def test_any_number_of_objects(count: int) -> None:
    names = ("cat", "dog", "fox", "unknown thing", "house")
    scene = plan(*(names[index % len(names)] for index in range(count)))
    assert paint(scene, 128, 128).shape == (128, 128, 4)


def test_fifty_of_a_kind() -> None:
    assert paint(plan(ObjectPlan(concept="star", count=50)), 128, 128).shape == (128, 128, 4)
