"""The engine of batch_engine.py with open batches: jobs join and leave between steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from egaku.engines.base import Drawing, Job
from tests.generation.batch_engine import STEPS, Batch, Together, noise


class Open(Together):
    """See the module."""

    info = replace(Together.info, name="open", max_batch=4, joins=True)

    def join(self, batch: Batch, jobs: Sequence[Job]) -> None:
        for job in jobs:
            index = len(batch.jobs)
            batch.jobs.append(job)
            batch.rows.append(index)
            batch.done[index] = 0
        batch.latents = np.concatenate([batch.latents, *(noise(job) for job in jobs)])

    def leave(self, batch: Batch, index: int) -> None:
        row = batch.rows.index(index)
        batch.latents = np.delete(batch.latents, row, axis=0)
        del batch.rows[row]

    def progress_of(self, batch: Batch, index: int) -> float:
        return batch.done[index] / STEPS

    def take(self, batch: Batch, index: int) -> Drawing:
        drawing = self.drawing(batch, index)
        self.leave(batch, index)
        return drawing


def create() -> Open:
    """For the registry."""
    return Open()
