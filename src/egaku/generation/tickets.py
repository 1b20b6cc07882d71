"""One job's way through the pool, and what becomes of it when an attempt at it is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import numpy as np

from egaku.engines.base import Drawing, EngineInfo, Job, Pixels
from egaku.generation.canvases import Canvas
from egaku.generation.events import Cause

MOST_TAKEN_DOWN = 3
"""A job that was there when this many workers died is to blame."""

OnPreview = Callable[[Pixels], None]
OnProgress = Callable[[float], None]
"""Called with the part done, 0 … 1, never less than before."""
OnQueued = Callable[[int, float], None]
"""Called with how many will be drawn before, and in how many seconds this one will be done."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came back for one job."""

    drawing: Drawing
    seconds: float
    """What the engine took, without waiting and handing over."""


@dataclass(slots=True, eq=False, kw_only=True)
class Ticket:
    """One job, from `draw` to its result."""

    number: int
    job: Job
    result: asyncio.Future[Drawn]
    previews: int = 0
    on_preview: OnPreview = lambda _: None
    on_progress: OnProgress = lambda _: None
    on_queued: OnQueued | None = None
    came: float = field(default_factory=time.monotonic)
    position: int | None = None
    """The last one told."""
    patience: float | None = None
    """Seconds it may wait in the queue."""
    deadline: float | None = None
    """Monotonic time by which it must be done; None until drawing starts."""
    canvas: Canvas | None = None
    """Made and closed by the worker that draws it."""
    shown: int = 0
    """Previews handed on: what a second attempt shows again is not."""
    done: float = 0.0
    most: int | None = None
    """Largest batch it may be tried in again; None for any."""
    taken_down: int = 0
    """Workers that died while drawing it."""
    short: int = 0
    """Times that memory did not suffice although it was alone."""

    @property
    def over(self) -> bool:
        """True when nobody waits for it any more."""
        return self.result.done()

    def fail(self, error: Exception) -> None:
        """End it with that error, unless it has ended."""
        if not self.result.done():
            self.result.set_exception(error)

    def show_progress(self, done: float) -> None:
        """Hand on how far it is. A listener that raises ends the job with what it raised."""
        if done > self.done and not self.over:
            self.done = done
            self._tell(lambda: self.on_progress(done))

    def show_preview(self, slot: int) -> None:
        """Hand on the picture in that slot, once."""
        canvas = self.canvas
        if canvas and slot > self.shown and not self.over:
            self.shown = slot
            self._tell(lambda: self.on_preview(canvas.read(slot)))

    def show_position(self, position: int, seconds: float) -> None:
        """Hand on how many are before it, and in how many seconds it will be done, where that has changed."""
        listener = self.on_queued
        if listener and position != self.position and not self.over:
            self.position = position
            self._tell(lambda: listener(position, seconds))

    def _tell(self, listener: Callable[[], None]) -> None:
        try:
            listener()
        except Exception as error:  # noqa: BLE001  the caller's own; a worker must not be lost by it
            self.fail(error)

    def try_again(self, cause: Cause, together: int) -> bool:
        """Note that an attempt in a batch of `together` was lost; whether there is to be another.

        Dead workers: alone, until it has taken down three. Out of memory: in half the batch, alone once more.
        Other errors are the engine's last word on a job, unless it may have been one of the others.
        """
        if cause in {Cause.EXIT, Cause.STALL}:
            self.taken_down += 1
            self.most = 1
            return self.taken_down < MOST_TAKEN_DOWN
        if together > 1:
            self.most = together // 2 if cause is Cause.MEMORY else 1
            return True
        self.most = 1
        self.short += cause is Cause.MEMORY
        return cause is Cause.MEMORY and self.short < 2


def batch_key(info: EngineInfo, job: Job) -> Hashable:
    """What must be equal for jobs to be drawn together."""
    values = (getattr(job, name) for name in info.alike)
    return tuple(value is not None if _is_picture(value) else value for value in values)


def _is_picture(value: object) -> bool:
    return value is None or isinstance(value, np.ndarray)
