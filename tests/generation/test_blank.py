"""The do-nothing engine: what its prompts make it do."""

from __future__ import annotations

import time

import numpy as np
import pytest

from egaku.engines.base import Job, Task
from egaku.engines.blank import STEPS, create


def drawn(*jobs: Job) -> list[np.ndarray]:
    engine = create()
    batch = engine.start(jobs)
    while batch.progress < 1:
        engine.step(batch)
    return [drawing.pixels for drawing in engine.finish(batch)]


def test_alone_or_together() -> None:
    jobs = [Job(task=Task.GENERATE, width=64, height=48, seed=seed) for seed in range(5)]
    for job, pixels in zip(jobs, drawn(*jobs), strict=True):
        assert pixels.shape == (48, 64, 4)
        assert np.array_equal(pixels, drawn(job)[0])


@pytest.mark.parametrize("prompt", ["wait", "wait x", "wait -1", "waiting 5", "break"])
def test_other_words_are_no_commands(prompt: str) -> None:
    began = time.monotonic()
    drawn(Job(task=Task.GENERATE, width=64, height=48, seed=1, prompt=prompt))
    assert time.monotonic() - began < 1


def test_breaking_comes_last() -> None:
    engine = create()
    batch = engine.start([Job(task=Task.GENERATE, width=64, height=48, seed=1, prompt="break 0.01")])
    for _ in range(STEPS - 1):
        engine.step(batch)
    with pytest.raises(RuntimeError, match="asked to break"):
        engine.step(batch)
