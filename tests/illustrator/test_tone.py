"""Tone: `vivid` and `natural` move colours away from grey and towards it, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator.engine import create
from egaku.engines.illustrator.tone import CHROMA, toned
from tests.pictures import holed

JOB = Job(task=Task.GENERATE, width=128, height=128, seed=5, prompt="a red balloon over a green field")


def draw(job: Job) -> Pixels:
    engine = create()
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
    return engine.finish(batch)[0].pixels


def chroma(pixels: Pixels) -> float:
    colors = pixels[..., :3].astype(float)
    return float((colors.max(axis=-1) - colors.min(axis=-1)).mean())


def light(pixels: Pixels) -> float:
    return float((pixels[..., :3] @ (0.299, 0.587, 0.114)).mean())


def test_drawn() -> None:
    """Strong, as it is, quiet: in this order, and equally light."""
    vivid, plain, natural = (draw(replace(JOB, style=style)) for style in ("vivid", None, "natural"))
    assert chroma(vivid) > 1.1 * chroma(plain) > 1.2 * chroma(natural)
    assert max(map(light, (vivid, plain, natural))) - min(map(light, (vivid, plain, natural))) < 6
    assert np.array_equal(draw(replace(JOB, style="vivid")), vivid)


@pytest.mark.parametrize("style", list(CHROMA))
def test_grey_and_alpha_stay(style: str) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8), 4).reshape(16, 16, 4)
    assert np.array_equal(toned(ramp, style), ramp)
    picture = holed(64, 64)
    assert np.array_equal(toned(picture, style)[..., 3], picture[..., 3])
    assert not np.array_equal(toned(picture, style), picture)


def test_without_a_style_nothing_happens() -> None:
    picture = holed(64, 64)
    assert toned(picture, None) is picture


def test_edits_keep_the_tone_of_the_picture() -> None:
    """What is painted into a picture belongs to it: a style for the hole alone would show as a patch."""
    source = draw(JOB)
    hole = np.zeros((128, 128), bool)
    hole[40:90, 40:90] = True
    job = replace(JOB, task=Task.EDIT, image=source, hole=hole, prompt="a yellow bird")
    assert np.array_equal(draw(replace(job, style="vivid")), draw(job))
