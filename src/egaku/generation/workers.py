"""The pool of drawing processes and the queue in front of them.

A job waits in one bounded queue, goes to the next free worker, and its progress, previews and drawing come
back as callbacks and a result. A worker that dies or overruns its time is replaced; that costs only its
own job.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import multiprocessing
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

import structlog

from egaku.contract.errors import Overloaded, ServerError
from egaku.engines.base import Drawing, EngineInfo, Job, Pixels
from egaku.generation import worker
from egaku.generation.canvases import Canvas

START_SECONDS = 60.0
"""An engine that is not ready by then has failed to start."""
STOP_SECONDS = 2.0
"""A process that ignores its closed pipe this long is ended by signal."""
RETRY_SECONDS = 5
"""What Retry-After says when the queue is full."""
RESPAWN_SECONDS = 5.0
"""Pause before a worker that died before it was ready is tried again."""

OnPreview = Callable[[Pixels], None]
OnProgress = Callable[[float], None]
"""Called with the part done, 0 … 1."""

log = structlog.get_logger(__name__)


class EngineUnusable(Exception):
    """The engine cannot be loaded on this machine; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came back for one job."""

    drawing: Drawing
    seconds: float
    """What the engine took, without waiting and handing over."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One job's way through the pool."""

    number: int
    job: Job
    previews: int
    on_preview: OnPreview
    on_progress: OnProgress
    result: asyncio.Future[Drawn]
    canvas: Canvas | None = None
    deadline: float = 0.0


@dataclass(slots=True, eq=False)
class Process:
    """One drawing process."""

    process: BaseProcess
    connection: Connection
    ready: bool = False
    ticket: Ticket | None = None


@dataclass(slots=True)
class WorkerPool:
    """Draws jobs in `count` processes of one engine.

    Use as an async context manager. `draw` may be cancelled at any time; the worker stops at its next step.
    """

    engine: str
    count: int
    max_waiting: int
    draw_seconds: float
    info: EngineInfo | None = None
    """What the engine said of itself; None until the first worker is ready."""
    unusable: str | None = None
    """Why the engine could not be loaded, if it could not."""
    _processes: list[Process] = field(default_factory=list)
    _waiting: deque[Ticket] = field(default_factory=deque)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _stopping: bool = False
    _started: asyncio.Event = field(default_factory=asyncio.Event)
    _watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        for _ in range(self.count):
            self._spawn()
        self._watch = asyncio.create_task(self._watch_deadlines())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping = True
        if self._watch:
            self._watch.cancel()
        for ticket in [*self._waiting, *(p.ticket for p in self._processes if p.ticket)]:
            _fail(ticket, Overloaded("The server is shutting down."))
        processes, self._processes = self._processes, []
        for one in processes:
            _hang_up(one.connection)
        await asyncio.to_thread(_end_all, [one.process for one in processes])
        for one in processes:
            one.connection.close()

    @property
    def ready(self) -> bool:
        """True when at least one worker can draw."""
        return any(one.ready for one in self._processes)

    async def wait_ready(self) -> EngineInfo:
        """Wait until the first worker can draw; what its engine is. Raises TimeoutError, EngineUnusable."""
        await asyncio.wait_for(self._started.wait(), START_SECONDS)
        if self.info is None:
            raise EngineUnusable(f"{self.engine} cannot be loaded: {self.unusable}")
        return self.info

    @property
    def waiting(self) -> int:
        """Jobs that no worker has taken yet."""
        return len(self._waiting)

    def check_room(self, jobs: int) -> None:
        """Raise Overloaded unless `jobs` more can be drawn at once or may wait."""
        free = sum(one.ready and one.ticket is None for one in self._processes)
        if self._stopping or len(self._waiting) + jobs > self.max_waiting + free:
            raise Overloaded(
                "The server is overloaded or not ready yet.",
                code="server_is_overloaded",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )

    async def draw(
        self,
        job: Job,
        previews: int = 0,
        on_preview: OnPreview = lambda _: None,
        on_progress: OnProgress = lambda _: None,
    ) -> Drawn:
        """Draw one job; `on_preview` gets up to `previews` intermediate pictures, in order.

        Raises Overloaded when the queue is full, ServerError when the engine fails at it.
        """
        self.check_room(1)
        loop = asyncio.get_running_loop()
        ticket = Ticket(next(self._numbers), job, previews, on_preview, on_progress, loop.create_future())
        self._waiting.append(ticket)
        self._dispatch()
        try:
            return await ticket.result
        finally:
            self._leave(ticket)

    def _leave(self, ticket: Ticket) -> None:
        """The caller is gone, served or not: nothing may go on for it."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        for one in self._processes:
            if one.ticket is ticket:
                with contextlib.suppress(OSError):
                    one.connection.send(worker.Cancel(ticket.number))
        if ticket.canvas:
            ticket.canvas.close(forget=True)
            ticket.canvas = None

    def _dispatch(self) -> None:
        """Give waiting jobs to free workers, first come, first served."""
        for one in self._processes:
            if not self._waiting:
                return
            if one.ready and one.ticket is None:
                self._hand_over(one, self._waiting.popleft())

    def _hand_over(self, one: Process, ticket: Ticket) -> None:
        try:
            ticket.canvas = Canvas.create(ticket.job, ticket.previews)
        except OSError as error:
            # Not log.exception: only the kind is public knowledge.
            log.error("no shared memory", reason=type(error).__name__)  # noqa: TRY400
            _fail(ticket, ServerError())
            return
        ticket.deadline = time.monotonic() + self.draw_seconds
        one.ticket = ticket
        bare = replace(ticket.job, image=None, hole=None)
        with contextlib.suppress(OSError):  # a dead worker is noticed, and its job failed, by its reader
            one.connection.send(worker.Draw(ticket.number, bare, ticket.canvas.layout))

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=worker.run, args=(theirs, self.engine), name=f"egaku-{self.engine}", daemon=True
        )
        process.start()
        theirs.close()
        one = Process(process, ours)
        self._processes.append(one)
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(one, loop), daemon=True).start()

    def _listen(self, one: Process, loop: asyncio.AbstractEventLoop) -> None:
        """A thread per worker: pass its messages on until its pipe closes."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server has ended
            try:
                while True:
                    loop.call_soon_threadsafe(self._receive, one, one.connection.recv())
            except (EOFError, OSError, TypeError):  # TypeError: the connection was closed while reading
                loop.call_soon_threadsafe(self._lost, one)

    def _receive(self, one: Process, message: worker.Message) -> None:
        if isinstance(message, worker.Ready):
            one.ready = True
            self.info = message.info
            self._started.set()
            self._dispatch()
            return
        if isinstance(message, worker.Unusable):
            self.unusable = message.reason
            self._started.set()
            log.error("engine cannot be loaded", engine=self.engine, reason=message.reason)
            return
        ticket = one.ticket
        if ticket is None or ticket.number != message.number:
            return
        if isinstance(message, worker.Progress):
            ticket.on_progress(message.done)
            if message.slot is not None and ticket.canvas:
                ticket.on_preview(ticket.canvas.read(message.slot))
            return
        one.ticket = None
        self._settle(ticket, message)
        self._dispatch()

    def _settle(self, ticket: Ticket, message: worker.Finished | worker.Failed | worker.Dropped) -> None:
        if isinstance(message, worker.Failed):
            log.error("engine failed", kind=message.kind, where=list(message.where), task=ticket.job.task)
            _fail(ticket, ServerError())
        elif isinstance(message, worker.Finished) and ticket.canvas and not ticket.result.done():
            drawing = Drawing(
                pixels=ticket.canvas.read(0), revised_prompt=message.revised_prompt, recipe=message.recipe
            )
            ticket.result.set_result(Drawn(drawing, message.seconds))

    def _lost(self, one: Process) -> None:
        """A worker's pipe closed: its job fails, another process takes its place."""
        if self._stopping or one not in self._processes:
            return
        self._processes.remove(one)
        one.connection.close()
        one.process.kill()
        log.error("worker lost", exit_code=one.process.exitcode, drawing=one.ticket is not None)
        if one.ticket:
            _fail(one.ticket, ServerError())
        pause = 0.0 if one.ready else RESPAWN_SECONDS
        asyncio.get_running_loop().call_later(pause, self._replace)

    def _replace(self) -> None:
        if not self._stopping:
            self._spawn()

    async def _watch_deadlines(self) -> None:
        """End workers whose job has overrun; `_lost` then does the rest."""
        while True:
            await asyncio.sleep(min(1.0, self.draw_seconds / 4))
            now = time.monotonic()
            for one in self._processes:
                if one.ticket and now > one.ticket.deadline:
                    log.error("drawing overran", seconds=self.draw_seconds, task=one.ticket.job.task)
                    one.process.kill()


def _hang_up(connection: Connection) -> None:
    """End a pipe for good. Closing it would not: the thread that reads it keeps it open for the worker."""
    with socket.socket(fileno=os.dup(connection.fileno())) as end, contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def _fail(ticket: Ticket, error: Exception) -> None:
    if not ticket.result.done():
        ticket.result.set_exception(error)


def _end_all(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.join(STOP_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
