"""What runs in a drawing process: take a job, step through it, say how far it is, put the pixels down.

The loop never touches HTTP, disk or database. Messages are small objects over a pipe; pixels lie in shared
memory (canvases.py). When the pipe closes, because the server stopped or was killed, the process ends.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from egaku.engines import registry
from egaku.engines.base import Engine, EngineInfo, Job
from egaku.generation.canvases import Canvas, Layout


@dataclass(frozen=True, slots=True)
class Draw:
    """Server → worker: draw this. `job` travels without its pixels, which lie in the block of `layout`."""

    number: int
    job: Job
    layout: Layout


@dataclass(frozen=True, slots=True)
class Cancel:
    """Server → worker: drop job `number` at the next step."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Worker → server: the engine is loaded."""

    info: EngineInfo


@dataclass(frozen=True, slots=True)
class Progress:
    """Worker → server: part done, 0 … 1; `slot` names a preview just put down, or is None."""

    number: int
    done: float
    slot: int | None


@dataclass(frozen=True, slots=True)
class Finished:
    """Worker → server: the picture lies in slot 0."""

    number: int
    revised_prompt: str | None
    recipe: str | None
    seconds: float
    """What the engine took, without waiting and handing over."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Worker → server: the engine raised. `where` is a traceback's lines without any values."""

    number: int
    kind: str
    where: Sequence[str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Worker → server: cancelled, as asked."""

    number: int


@dataclass(frozen=True, slots=True)
class Unusable:
    """Worker → server: the engine cannot be loaded here, and why."""

    reason: str


Message = Ready | Unusable | Progress | Finished | Failed | Dropped


def run(connection: Connection, engine_name: str) -> None:
    """The process's main function."""
    # Ctrl-C reaches the whole process group; the server decides when workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _one_thread()
    try:
        try:
            engine = registry.create(engine_name)
        except (ImportError, OSError, ValueError) as error:
            # Said before any request was seen, so it holds nobody's words: a missing library, file or name.
            connection.send(Unusable(f"{type(error).__name__}: {error}"))
            return
        connection.send(Ready(engine.info))
        while True:
            request = connection.recv()
            if isinstance(request, Draw):
                connection.send(_draw(connection, engine, request))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _one_thread() -> None:
    """A worker is one core's worth of work; libraries that start a thread per core would fight over them."""
    import cv2  # noqa: PLC0415  only where an engine runs

    cv2.setNumThreads(1)


def _draw(connection: Connection, engine: Engine[Any], request: Draw) -> Message:
    try:
        canvas = Canvas.attach(request.layout)
    except FileNotFoundError:
        # The caller left and its block with it, before this job's turn came.
        return Dropped(request.number)
    try:
        job = replace(request.job, image=canvas.image(), hole=canvas.hole())
        started = time.perf_counter()
        batch = engine.start([job])
        previews = request.layout.slots - 1
        shown = 0
        while batch.progress < 1:
            if _cancelled(connection, request.number):
                return Dropped(request.number)
            engine.step(batch)
            slot = None
            if shown < previews and (shown + 1) / (previews + 1) <= batch.progress < 1:
                preview = engine.preview(batch, 0)
                if preview is not None:
                    shown += 1
                    slot = shown
                    canvas.write(slot, preview)
            connection.send(Progress(request.number, batch.progress, slot))
        drawing = engine.finish(batch)[0]
        seconds = time.perf_counter() - started
        canvas.write(0, drawing.pixels)
        return Finished(request.number, drawing.revised_prompt, drawing.recipe, seconds)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # noqa: BLE001  whatever an engine raises costs this job only
        # No message: engines' exception texts can hold the prompt.
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return Failed(request.number, type(error).__name__, where)
    finally:
        canvas.close()


def _cancelled(connection: Connection, number: int) -> bool:
    """True when a Cancel for this job came in. Older ones are of jobs that ended meanwhile."""
    cancelled = False
    while connection.poll():
        request = connection.recv()
        cancelled = cancelled or (isinstance(request, Cancel) and request.number == number)
    return cancelled
