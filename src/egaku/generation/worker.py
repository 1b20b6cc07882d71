"""What runs in a drawing process: take jobs, step through them, say how far they are, put the pixels down.

The loop never touches HTTP, disk or database. Between two steps it looks for new orders: a cancellation, or
jobs that join. When the pipe closes, because the server stopped or was killed, the process ends.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection as connections
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from egaku.engines import registry
from egaku.engines.base import Drawing, Engine
from egaku.generation import batches
from egaku.generation.batches import RunningBatch
from egaku.generation.canvases import Canvas
from egaku.generation.messages import (
    Cancel,
    Dropped,
    Failed,
    Finished,
    Order,
    Part,
    Progress,
    Ready,
    Stepped,
    Unusable,
    receive_descriptors,
)

MEMORY_FAULTS = frozenset({"MemoryError", "OutOfMemoryError", "OutOfMemory"})
"""Names of exception classes that mean: with fewer jobs it might work."""
GONE = (EOFError, BrokenPipeError, ConnectionResetError)
"""The server is no longer there."""


def run(connection: Connection, engine_name: str) -> None:
    """The process's main function."""
    # Ctrl-C reaches the whole process group; the server decides when workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_the_server()
    _one_thread()
    try:
        try:
            engine = registry.create(engine_name)
        except (ImportError, OSError, ValueError, AttributeError) as error:
            # Said before any request was seen, so it holds nobody's words: a missing library, file or name.
            connection.send(Unusable(f"{type(error).__name__}: {error}"))
            return
        connection.send(Ready(engine.info))
        desk = Desk(connection, engine)
        while True:
            desk.turn()
    except GONE:
        return


@dataclass(slots=True)
class Member:
    """A job of the batch under way."""

    part: Part
    canvas: Canvas
    since: float
    """When its engine time began."""
    together: int = 1
    shown: int = 0
    """Previews put down so far."""


class Desk:
    """One batch at a time."""

    def __init__(self, connection: Connection, engine: Engine[Any]) -> None:
        self._connection = connection
        self._engine = engine
        self._batch: RunningBatch | None = None
        self._members: dict[int, Member] = {}
        """Those still wanted, by index in the batch."""
        self._came = 0
        """Jobs that ever were in this batch."""

    def turn(self) -> None:
        """Obey what has come in, then one step; with nothing to do, wait for orders."""
        while not self._members or self._connection.poll():
            self._obey(self._connection.recv())
        try:
            if self._batch is not None:
                self._advance(self._batch)
        except GONE:
            raise
        except Exception as error:  # noqa: BLE001  whatever an engine raises costs this batch only
            self._fail(error, list(self._members))

    def _obey(self, order: Order) -> None:
        if isinstance(order, Cancel):
            self._drop(order.number)
            return
        descriptors = receive_descriptors(self._connection, len(order.parts))
        fresh = [
            Member(part, Canvas(part.layout, descriptor), time.perf_counter())
            for part, descriptor in zip(order.parts, descriptors, strict=True)
        ]
        self._members.update(enumerate(fresh, self._came))
        self._came += len(fresh)
        try:
            self._begin(fresh)
        except Exception as error:  # noqa: BLE001  as above
            self._fail(error, list(self._members))

    def _begin(self, fresh: Sequence[Member]) -> None:
        for one in fresh:
            one.canvas.begin()
        jobs = [replace(one.part.job, image=one.canvas.image(), hole=one.canvas.hole()) for one in fresh]
        for one in self._members.values():
            one.together = max(one.together, len(self._members))
        if self._batch is None:
            self._batch = batches.start(self._engine, jobs)
        else:
            self._batch.join(jobs)

    def _advance(self, batch: RunningBatch) -> None:
        if not self._deliver(batch):
            started = time.perf_counter()
            batch.step()
            parts = [self._look(batch, index, one) for index, one in self._members.items()]
            self._connection.send(Stepped(time.perf_counter() - started, parts))
            self._deliver(batch)

    def _look(self, batch: RunningBatch, index: int, one: Member) -> Progress:
        """How far a job is; its preview put down when one is due."""
        done, previews = batch.progress_of(index), one.part.layout.slots - 1
        slot = None
        if one.shown < previews and (one.shown + 1) / (previews + 1) <= done < 1:
            preview = batch.preview(index)
            if preview is not None:
                slot = one.shown = one.shown + 1
                one.canvas.write(slot, preview)
        return Progress(one.part.number, done, slot)

    def _deliver(self, batch: RunningBatch) -> bool:
        """Hand over what is finished; whether anything was."""
        drawings = batch.take(list(self._members))
        now = time.perf_counter()
        for index, drawing in drawings.items():
            try:
                self._finish(index, drawing, now)
            except ValueError as error:  # a picture of the wrong shape costs its own job only
                self._members[index].together = 1
                self._fail(error, [index])
        return bool(drawings)

    def _finish(self, index: int, drawing: Drawing, now: float) -> None:
        one = self._members[index]
        one.canvas.write(0, drawing.pixels)
        self._forget(index)
        self._connection.send(
            Finished(one.part.number, drawing.revised_prompt, drawing.recipe, now - one.since, one.together)
        )

    def _drop(self, number: int) -> None:
        index = next((i for i, one in self._members.items() if one.part.number == number), None)
        if index is None:  # it ended meanwhile
            return
        if self._batch is not None:
            try:
                self._batch.leave(index)
            except Exception as error:  # noqa: BLE001  as in turn
                self._fail(error, list(self._members))
                return
        self._forget(index)
        self._connection.send(Dropped(number))

    def _fail(self, error: Exception, indices: Sequence[int]) -> None:
        # No message: engines' exception texts can hold the prompt.
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        memory = any(kind.__name__ in MEMORY_FAULTS for kind in type(error).__mro__)
        numbers = [self._members[index].part.number for index in indices]
        together = max(self._members[index].together for index in indices)
        for index in indices:
            self._forget(index)
        if memory:
            error.__traceback__ = None  # its frames hold the arrays that were too many
            gc.collect()
        self._connection.send(Failed(numbers, together, type(error).__name__, where, memory))

    def _forget(self, index: int) -> None:
        self._members.pop(index).canvas.close()
        if not self._members:
            self._batch, self._came = None, 0


def _one_thread() -> None:
    """A worker is one core's worth of work; libraries that start a thread per core would fight over them."""
    import cv2  # noqa: PLC0415  only where an engine runs

    cv2.setNumThreads(1)


def _end_with_the_server() -> None:
    """However long a step takes or hangs: a server that was killed leaves no process behind."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connections.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, name="parent watch", daemon=True).start()
