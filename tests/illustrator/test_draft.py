"""Drafts: `quality: low` is the picture of half the size, enlarged; every other word leaves it as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator.draft import LEAST, enlarged, halved, is_draft
from egaku.engines.illustrator.engine import create

JOB = Job(task=Task.GENERATE, width=256, height=192, seed=5, prompt="a red balloon over a lake")


def draw(job: Job) -> Pixels:
    engine = create()
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
        preview = engine.preview(batch, 0)
        assert preview is not None
        assert preview.shape == (job.height, job.width, 4)
    return engine.finish(batch)[0].pixels


@pytest.mark.parametrize("quality", ["standard", "medium", "high", "hd", "xhigh", "max"])
def test_one_finish(quality: str) -> None:
    assert np.array_equal(draw(replace(JOB, quality=quality)), draw(JOB))


@pytest.mark.parametrize("background", ["auto", "transparent"])
def test_low_is_the_same_picture_softer(background: str) -> None:
    job = replace(JOB, background=background)
    low, full = draw(replace(job, quality="low")), draw(job)
    assert np.array_equal(low, enlarged(draw(halved(job)), job))
    shown = full[..., 3:] / 255.0
    assert 0 < np.abs((low[..., :3] - full[..., :3].astype(float)) * shown).mean() < 8
    assert np.abs(low[..., 3] - full[..., 3].astype(float)).mean() < 4


def test_edges_show_nothing_of_what_is_transparent() -> None:
    """White on hidden black stays white."""
    half = np.zeros((64, 64, 4), np.uint8)
    half[16:48, 16:48] = 255
    large = enlarged(half, replace(JOB, width=128, height=128))
    seen = large[..., 3] > 0
    assert (seen & (large[..., 3] < 255)).any()
    assert large[..., :3][large[..., 3] > 8].min() >= 250


def test_opaque_stays_opaque() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 4), np.uint8)
    noise[..., 3] = 255
    assert enlarged(noise, replace(JOB, width=128, height=128))[..., 3].min() == 255


@pytest.mark.parametrize("side", [64, LEAST - 1])
def test_small_pictures_have_no_draft(side: int) -> None:
    job = replace(JOB, width=side, height=256, quality="low")
    assert not is_draft(job)
    assert np.array_equal(draw(job), draw(replace(job, quality="auto")))


def test_odd_sizes() -> None:
    assert draw(replace(JOB, width=129, height=131, quality="low")).shape == (131, 129, 4)
