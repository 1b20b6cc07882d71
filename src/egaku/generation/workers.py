"""The pool of drawing processes and the queue in front of them: what the rest of the server calls.

A job waits in a bounded queue that is fair between owners (fair_queue.py, schedule.py), is drawn in a process
of its own or in a batch with others like it, and its progress, previews and drawing come back as callbacks
and a result. A worker that dies, hangs or runs out of memory costs nobody but the job that did it
(supervisor.py, tickets.py).
"""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Self

import structlog

from egaku.contract.errors import Overloaded
from egaku.engines.base import EngineInfo, Job
from egaku.generation.events import PoolEvents, Refusal
from egaku.generation.schedule import Schedule
from egaku.generation.supervisor import Supervisor
from egaku.generation.tickets import Drawn, OnPreview, OnProgress, OnQueued, Ticket

__all__ = ["Drawn", "EngineUnusable", "OnPreview", "OnProgress", "OnQueued", "WorkerPool"]

START_SECONDS = 60.0
"""An engine that is not ready by then has failed to start."""
STALL_SECONDS = 20.0
"""A step that takes longer is a hang, unless told otherwise."""
WATCH_SECONDS = 0.25
"""Between looks at deadlines, silent workers and the queue."""

log = structlog.get_logger(__name__)


class EngineUnusable(Exception):
    """The engine cannot be loaded on this machine; the text says what is missing."""


class WorkerPool:
    """Draws jobs in up to `count` processes of one engine.

    Use as an async context manager. `draw` may be cancelled at any time; the worker stops at its next step.
    """

    def __init__(
        self,
        engine: str,
        count: int,
        max_waiting: int,
        draw_seconds: float,
        *,
        stall_seconds: float = STALL_SECONDS,
        wait_seconds: float | None = None,
        events: PoolEvents | None = None,
    ) -> None:
        """A pool that is not running yet.

        Args:
            engine: a name of engines/registry.py.
            count: processes, 1 … 64; fewer where the engine has no use for so many.
            max_waiting: jobs that may wait for a worker, patient ones not counted.
            draw_seconds: most a job may take from when it is first drawn, second attempts included.
            stall_seconds: most a single step may take before its process is replaced.
            wait_seconds: most a job may wait in the queue; None for any time.
            events: told what happens, for metrics.
        """
        self.engine = engine
        self.count = count
        self.unusable: str | None = None
        """Why the engine could not be loaded, if it could not."""
        self._draw_seconds = draw_seconds
        self._stall_seconds = stall_seconds
        self._wait_seconds = wait_seconds
        self._schedule = Schedule(max_waiting, events or PoolEvents(), lambda: self.able)
        self._schedule.on_work = self._wake
        self._supervisors: list[Supervisor] = []
        self._keeping: list[asyncio.Task[None]] = []
        self._tickets: set[Ticket] = set()
        self._numbers = itertools.count()
        self._draining = False
        self._started = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._watch = asyncio.create_task(self._keep_watch())
        self._add_worker()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._draining = True
        if self._watch:
            self._watch.cancel()
        for ticket in self._tickets:
            ticket.fail(Overloaded("The server is shutting down.", headers={"Retry-After": "5"}))
        for one in self._supervisors:
            one.stop()
        keeping, self._keeping = self._keeping, []
        await asyncio.gather(*keeping)

    async def drain(self, seconds: float) -> bool:
        """Take nothing new, finish what was taken for at most `seconds`, then stop; whether all was finished.

        `ready` is false from now on.
        """
        self._draining = True
        under_way = [ticket.result for ticket in self._tickets]
        pending: set[asyncio.Future[Drawn]] = set()
        if under_way:
            _, pending = await asyncio.wait(under_way, timeout=seconds)
        await self.__aexit__()
        return not pending

    @property
    def info(self) -> EngineInfo | None:
        """What the engine said of itself; None until the first worker is ready."""
        return self._schedule.info

    @property
    def max_waiting(self) -> int:
        """Jobs that may wait for a worker, patient ones not counted."""
        return self._schedule.queue.places

    @max_waiting.setter
    def max_waiting(self, places: int) -> None:
        self._schedule.queue.places = places

    @property
    def ready(self) -> bool:
        """True when at least one worker can draw: loaded, and not silent for suspiciously long."""
        return not self._draining and self.able > 0

    @property
    def wanted(self) -> int:
        """Worker processes there should be, as far as the engine has use for them."""
        return min(self.count, (self.info and self.info.max_workers) or self.count)

    @property
    def alive(self) -> int:
        """Worker processes there are."""
        return sum(one.pid is not None for one in self._supervisors)

    @property
    def able(self) -> int:
        """Workers that can draw."""
        return sum(one.able for one in self._supervisors)

    @property
    def drawing(self) -> int:
        """Jobs being drawn."""
        return sum(len(one.tickets) for one in self._supervisors)

    @property
    def waiting(self) -> int:
        """Jobs that no worker has taken yet."""
        return len(self._schedule)

    async def wait_ready(self) -> EngineInfo:
        """Wait until the first worker can draw; what its engine is. Raises TimeoutError, EngineUnusable."""
        await asyncio.wait_for(self._started.wait(), START_SECONDS)
        if self.info is None:
            raise EngineUnusable(f"{self.engine} cannot be loaded: {self.unusable}")
        return self.info

    def check_room(self, jobs: int, owner: str = "") -> None:
        """Raise Overloaded unless `owner` may have `jobs` more drawn at once or waiting."""
        if self._draining:
            raise self._schedule.refusal(Refusal.DRAINING)
        idle = sum(one.idle for one in self._supervisors)
        if not self._schedule.queue.has_room(owner, jobs - idle):
            raise self._schedule.refusal(Refusal.FULL)

    async def draw(
        self,
        job: Job,
        previews: int = 0,
        on_preview: OnPreview = lambda _: None,
        on_progress: OnProgress = lambda _: None,
        *,
        owner: str = "",
        patient: bool = False,
        on_queued: OnQueued | None = None,
    ) -> Drawn:
        """Draw one job; `on_preview` gets up to `previews` intermediate pictures, in order.

        Args:
            job: what to draw.
            previews: most intermediate pictures.
            on_preview: gets them; they are views of shared memory and may be kept.
            on_progress: gets the part done after each step.
            owner: whose turn in the queue it takes.
            patient: for background work, which is bounded elsewhere: never refused for lack of room, and may
                wait any time.
            on_queued: gets how many will be drawn before this one and the seconds until it is done, when it
                has to wait and whenever its position has changed, at most every half second.

        Raises Overloaded when the queue is full, the wait too long or the pool stopping; ServerError when the
        engine fails at it.
        """
        if not patient or self._draining:
            self.check_room(1, owner)
        ticket = Ticket(
            number=next(self._numbers),
            job=job,
            result=asyncio.get_running_loop().create_future(),
            previews=previews,
            on_preview=on_preview,
            on_progress=on_progress,
            on_queued=on_queued,
            patience=None if patient else self._wait_seconds,
        )
        self._tickets.add(ticket)
        must_wait = not any(one.idle for one in self._supervisors)
        self._schedule.push(owner, ticket, patient=patient)
        if on_queued and must_wait:
            position = self._schedule.position(ticket)
            ticket.show_position(position, self._schedule.eta(ticket, position))
        try:
            return await ticket.result
        finally:
            self._leave(ticket)

    def _leave(self, ticket: Ticket) -> None:
        """The caller is gone, served or not: nothing may go on for it."""
        self._tickets.discard(ticket)
        self._schedule.withdraw(ticket)
        for one in self._supervisors:
            one.leave(ticket)

    def _wake(self) -> None:
        """There is work: the first worker that can take some is to look."""
        any(one.wake() for one in self._supervisors)

    def _add_worker(self) -> None:
        one = Supervisor(
            self.engine,
            self._schedule,
            draw_seconds=self._draw_seconds,
            stall_seconds=self._stall_seconds,
            on_ready=self._loaded,
            on_unusable=self._unusable,
        )
        self._supervisors.append(one)
        self._keeping.append(asyncio.create_task(one.keep()))

    def _loaded(self, info: EngineInfo) -> None:
        """The first worker has told how many of its kind are of use; the others are started now."""
        self._schedule.info = info
        self.unusable = None
        self._started.set()
        while not self._draining and len(self._supervisors) < self.wanted:
            self._add_worker()

    def _unusable(self, reason: str) -> None:
        self.unusable = reason
        self._started.set()

    async def _keep_watch(self) -> None:
        """End what overruns or hangs; tell those that wait where they stand."""
        before = time.monotonic()
        for turn in itertools.count():
            await asyncio.sleep(WATCH_SECONDS)
            now = time.monotonic()
            late = now - before - WATCH_SECONDS
            before = now
            for one in self._supervisors:
                if late > WATCH_SECONDS:
                    one.pardon(late)
                one.check(now)
            if turn % 2:
                self._schedule.review(now)
