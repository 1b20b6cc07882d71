"""The do-nothing engine: answers at once with a plain picture, to measure everything around drawing.

Generations and edits come back as soft waves tinted by the seed, edits outside the hole too: what is kept of
them is the caller's affair. Variations give the source back. Its steps are real, so streaming and
cancellation can be tried without waiting for a painter.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from egaku.engines.base import Drawing, EngineInfo, Job, Pixels, Task

STEPS = 4
SLOW_PROMPT, BREAKING_PROMPT = "wait ", "break "
"""A prompt `wait 0.2` sleeps that many seconds in each step: for trying cancellation and timeouts.
`break 0.2` does the same and raises in the last: for trying what a failing engine looks like."""


@dataclass(slots=True)
class BlankBatch:
    """Jobs and how many of the steps are done."""

    jobs: Sequence[Job]
    done: int = 0

    @property
    def progress(self) -> float:
        """0 … 1."""
        return self.done / STEPS


class Blank:
    """Draws nothing, quickly."""

    info = EngineInfo(
        name="blank",
        description="Plain pictures, for measuring the server itself.",
        digital_source="algorithmicMedia",
    )

    def start(self, jobs: Sequence[Job]) -> BlankBatch:
        """Take the jobs in."""
        return BlankBatch(jobs)

    def step(self, batch: BlankBatch) -> None:
        """Wait, and at last fail, if a prompt asks for it. Raises RuntimeError."""
        time.sleep(max(_pause(job.prompt) for job in batch.jobs))
        batch.done += 1
        if batch.done == STEPS and any(job.prompt.startswith(BREAKING_PROMPT) for job in batch.jobs):
            raise RuntimeError("asked to break")

    def preview(self, batch: BlankBatch, index: int) -> Pixels | None:
        """The final picture, darker the less of it is done."""
        picture = _picture(batch.jobs[index])
        picture[..., :3] = (picture[..., :3] * batch.progress).astype(np.uint8)
        return picture

    def finish(self, batch: BlankBatch) -> list[Drawing]:
        """The pictures."""
        return [Drawing(pixels=_picture(job), revised_prompt=job.prompt or None) for job in batch.jobs]


def create() -> Blank:
    """For the registry."""
    return Blank()


def _picture(job: Job) -> Pixels:
    if job.task is Task.VARY and job.image is not None:
        return job.image.copy()
    color = np.random.default_rng([job.seed, job.index]).integers(0, 256, 4, dtype=np.uint8)
    picture = _marbled(job.height, job.width) + color
    picture[..., 3] = 0 if job.background == "transparent" else 255
    return picture


@lru_cache(maxsize=4)
def _marbled(height: int, width: int) -> Pixels:
    """Soft waves with fine grain, (H, W, 4): as hard to compress as a painted scene."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / max(height, width)
    waves = [np.sin(9 * x * k + 5 * y) + np.cos(7 * y * k - 3 * x) for k in (1.0, 1.7, 2.3, 0.0)]
    grain = np.random.default_rng(0).integers(0, 4, (height, width, 4))
    return (np.stack(waves, axis=-1) * 40 + 100 + grain).astype(np.uint8)


def _pause(prompt: str) -> float:
    command, _, seconds = prompt.partition(" ")
    if f"{command} " not in {SLOW_PROMPT, BREAKING_PROMPT}:
        return 0.0
    try:
        return min(max(float(seconds), 0.0), 60.0)
    except ValueError:
        return 0.0
