"""Batches inside a worker: the same few calls whether the engine's batches are closed or open.

Members go by the order in which they came: index 0, 1, 2, … within one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from egaku.engines.base import Drawing, Engine, Job, OpenEngine, Pixels


class RunningBatch(Protocol):
    """Jobs under way together."""

    def join(self, jobs: Sequence[Job]) -> None:
        """Take more jobs in."""

    def step(self) -> None:
        """Advance all of them."""

    def progress_of(self, index: int) -> float:
        """Part of a job done, 0 … 1."""

    def preview(self, index: int) -> Pixels | None:
        """A job's picture as it stands."""

    def leave(self, index: int) -> None:
        """Nobody wants this job any more."""

    def take(self, indices: Sequence[int]) -> dict[int, Drawing]:
        """The drawings of those, of the members still wanted, that have become ready since the last call."""


class ClosedBatch:
    """All start and finish together; a job that leaves is drawn along, and its drawing dropped."""

    def __init__(self, engine: Engine[Any], jobs: Sequence[Job]) -> None:
        self._engine = engine
        self._batch = engine.start(jobs)

    def join(self, jobs: Sequence[Job]) -> None:
        """Not possible: the server does not ask for it."""
        raise NotImplementedError

    def step(self) -> None:
        self._engine.step(self._batch)

    def progress_of(self, index: int) -> float:
        return float(self._batch.progress)

    def preview(self, index: int) -> Pixels | None:
        return self._engine.preview(self._batch, index)

    def leave(self, index: int) -> None:
        pass

    def take(self, indices: Sequence[int]) -> dict[int, Drawing]:
        if self._batch.progress < 1:
            return {}
        drawings = self._engine.finish(self._batch)
        return {index: drawings[index] for index in indices}


class OpenBatch:
    """Each job has its own beginning and end."""

    def __init__(self, engine: OpenEngine[Any], jobs: Sequence[Job]) -> None:
        self._engine = engine
        self._batch = engine.start(jobs)

    def join(self, jobs: Sequence[Job]) -> None:
        self._engine.join(self._batch, jobs)

    def step(self) -> None:
        self._engine.step(self._batch)

    def progress_of(self, index: int) -> float:
        return self._engine.progress_of(self._batch, index)

    def preview(self, index: int) -> Pixels | None:
        return self._engine.preview(self._batch, index)

    def leave(self, index: int) -> None:
        self._engine.leave(self._batch, index)

    def take(self, indices: Sequence[int]) -> dict[int, Drawing]:
        done = [index for index in indices if self.progress_of(index) >= 1]
        return {index: self._engine.take(self._batch, index) for index in done}


def start(engine: Engine[Any], jobs: Sequence[Job]) -> RunningBatch:
    """Begin a batch of the kind the engine says it draws."""
    if engine.info.joins:
        return OpenBatch(cast("OpenEngine[Any]", engine), jobs)
    return ClosedBatch(engine, jobs)
