"""Blocks of shared memory: inputs and pictures side by side, never over each other."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator

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
    theirs = Canvas(ours.layout, os.dup(ours.descriptor))
    pictures = [noise(width, height, seed=10 + slot) for slot in range(1 + previews)]
    for slot, picture in enumerate(pictures):
        theirs.write(slot, picture)
    assert all(np.array_equal(ours.read(slot), picture) for slot, picture in enumerate(pictures))
    for given_, found in ((image, theirs.image()), (hole, theirs.hole())):
        assert (given_ is None) == (found is None)
        assert given_ is None or found is None or np.array_equal(given_, found)
    assert ours.layout.total == ours.layout.offset(0) + (1 + previews) * width * height * 4 + 1
    assert not ours.was_begun()
    theirs.begin()
    assert ours.was_begun()
    assert all(np.array_equal(ours.read(slot), picture) for slot, picture in enumerate(pictures))
    theirs.close()
    ours.close()


def test_a_picture_outlives_its_canvas() -> None:
    """And the memory goes with the last of the pictures."""
    job = Job(task=Task.VARY, width=8, height=6, seed=1, image=noise(8, 6))
    before = shared_blocks()
    canvas = Canvas.create(job, 0)
    picture = noise(8, 6, seed=2)
    canvas.write(0, picture)
    read = canvas.read(0)
    canvas.close()
    canvas.close()
    del canvas
    assert np.array_equal(read, picture)
    assert shared_blocks() == before + 1
    del read
    assert shared_blocks() == before


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Nothing larger than 1 MiB can be reserved: as where a container's memory is all but used up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("little_memory")
def test_memory_that_is_not_there_is_an_error_at_once() -> None:
    before = shared_blocks()
    with pytest.raises(OSError, match="File too large"):
        Canvas.create(Job(task=Task.GENERATE, width=1024, height=1024, seed=1), 0)
    assert shared_blocks() == before
    Canvas.create(Job(task=Task.GENERATE, width=256, height=256, seed=1), 0).close()


@pytest.mark.parametrize("shape", [(6, 8, 3), (8, 6, 4), (6, 8), (6, 9, 4)])
def test_a_picture_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    canvas = Canvas.create(Job(task=Task.GENERATE, width=8, height=6, seed=1), 0)
    with pytest.raises(ValueError, match="engine drew"):
        canvas.write(0, np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="engine drew float64"):
        canvas.write(0, np.zeros((6, 8, 4)))  # type: ignore[arg-type]  # what a careless engine does
    canvas.close()
