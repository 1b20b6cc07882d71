"""Blocks of shared memory: inputs and pictures side by side, never over each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.engines.base import Job, Task
from egaku.generation.canvases import Canvas
from tests.generation.conftest import shared_blocks
from tests.pictures import noise


@given(
    width=st.integers(1, 70),
    height=st.integers(1, 70),
    has_image=st.booleans(),
    has_hole=st.booleans(),
    previews=st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_nothing_overlaps(*, width: int, height: int, has_image: bool, has_hole: bool, previews: int) -> None:
    """Both sides see the same; every slot keeps what was put there, whatever is written to the others."""
    image = noise(width, height, seed=1) if has_image else None
    hole = np.random.default_rng(2).random((height, width)) < 0.5 if has_hole else None
    job = Job(task=Task.EDIT, width=width, height=height, seed=1, image=image, hole=hole)
    ours = Canvas.create(job, previews)
    theirs = Canvas.attach(ours.layout)
    pictures = [noise(width, height, seed=10 + slot) for slot in range(1 + previews)]
    for slot, picture in enumerate(pictures):
        theirs.write(slot, picture)
    assert all(np.array_equal(ours.read(slot), picture) for slot, picture in enumerate(pictures))
    for given_, found in ((image, theirs.image()), (hole, theirs.hole())):
        assert (given_ is None) == (found is None)
        assert given_ is None or found is None or np.array_equal(given_, found)
    assert ours.layout.total == ours.layout.offset(0) + (1 + previews) * width * height * 4
    theirs.close()
    ours.close(forget=True)
    assert ours.layout.name not in shared_blocks()


def test_a_copy_outlives_the_block() -> None:
    job = Job(task=Task.VARY, width=8, height=6, seed=1, image=noise(8, 6))
    canvas = Canvas.create(job, 0)
    picture = noise(8, 6, seed=2)
    canvas.write(0, picture)
    copies = canvas.image(), canvas.read(0)
    canvas.close(forget=True)
    assert np.array_equal(copies[0] if copies[0] is not None else 0, noise(8, 6))
    assert np.array_equal(copies[1], picture)
    with pytest.raises(FileNotFoundError):
        Canvas.attach(canvas.layout)


@pytest.mark.parametrize("shape", [(6, 8, 3), (8, 6, 4), (6, 8), (6, 9, 4)])
def test_a_picture_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    canvas = Canvas.create(Job(task=Task.GENERATE, width=8, height=6, seed=1), 0)
    with pytest.raises(ValueError, match="engine drew"):
        canvas.write(0, np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="engine drew float64"):
        canvas.write(0, np.zeros((6, 8, 4)))  # type: ignore[arg-type]  # what a careless engine does
    canvas.close(forget=True)
