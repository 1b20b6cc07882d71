"""An engine that draws up to eight alike jobs together, in one array, as a diffusion model would.

It misbehaves like engines.py. Every picture is noise of its job, stirred in each of six steps; the recipe
tells how many were drawn together at most, and in which process.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from egaku.engines.base import Drawing, EngineInfo, Job, Pixels
from tests.generation.engines import misbehave

STEPS = 6


@dataclass
class Batch:
    """Jobs and their pictures, stacked in the order of `rows`."""

    jobs: list[Job]
    latents: Pixels
    rows: list[int]
    """Index of the job each row belongs to."""
    done: dict[int, int] = field(default_factory=dict)
    most: int = 0

    @property
    def progress(self) -> float:
        return min((self.done[index] / STEPS for index in self.rows), default=1.0)


def noise(job: Job) -> Pixels:
    """What a job starts from: (1, H, W, 4)."""
    rng = np.random.default_rng([job.seed, job.index])
    return rng.integers(0, 256, (1, job.height, job.width, 4), dtype=np.uint8)


class Together:
    """Closed batches."""

    info = EngineInfo(name="together", description="Draws eight at a time.", max_batch=8)

    def start(self, jobs: Sequence[Job]) -> Batch:
        rows = list(range(len(jobs)))
        latents = np.concatenate([noise(job) for job in jobs])
        return Batch(list(jobs), latents, rows, dict.fromkeys(rows, 0))

    def step(self, batch: Batch) -> None:
        batch.most = max(batch.most, len(batch.rows))
        for index in batch.rows:
            misbehave(batch.jobs[index].prompt, len(batch.rows))
        batch.latents = batch.latents * 5 + np.roll(batch.latents, 1, axis=2) + 3
        for index in batch.rows:
            batch.done[index] += 1

    def preview(self, batch: Batch, index: int) -> Pixels | None:
        row: Pixels = batch.latents[batch.rows.index(index)]
        return row.copy()

    def finish(self, batch: Batch) -> list[Drawing]:
        return [self.drawing(batch, index) for index in batch.rows]

    def drawing(self, batch: Batch, index: int) -> Drawing:
        pixels = batch.latents[batch.rows.index(index)].copy()
        prompt = batch.jobs[index].prompt
        if prompt == "shape":
            pixels = pixels[1:]
        return Drawing(pixels=pixels, revised_prompt=prompt, recipe=f"{batch.most} {os.getpid()}")


def create() -> Together:
    """For the registry."""
    return Together()
