"""One worker's place in the pool: the processes in it come and go, the place stays.

A process is started, fed, heard, and replaced when it ends. Its health is judged by progress: a step that
takes far longer than any before makes the worker unable (for `/readyz`), one that exceeds `stall_seconds`
ends it. What it was drawing goes back to the schedule.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from egaku.contract.errors import ServerError
from egaku.engines.base import Drawing, EngineInfo
from egaku.generation.canvases import Canvas, Layout
from egaku.generation.events import Cause, Refusal
from egaku.generation.messages import (
    Cancel,
    Draw,
    Dropped,
    Failed,
    Finished,
    Message,
    Part,
    Ready,
    Stepped,
    Unusable,
)
from egaku.generation.process import Process
from egaku.generation.schedule import Schedule
from egaku.generation.tickets import Drawn, Ticket

LOAD_SECONDS = 600.0
"""A process that has not loaded its engine by then is tried anew."""
SUSPECT_SECONDS, SUSPECT_FACTOR = 3.0, 4.0
"""A step is suspect when it takes longer than this, and than so many times the longest one before."""
ABANDONED_SECONDS = 2.0
"""A process whose callers have all gone may take this long to notice, or as above; then it is ended."""
FIRST_PAUSE, MOST_PAUSE = 0.25, 10.0
"""Seconds between starts of processes that end without having drawn anything: doubled each time."""
BIG_BLOCK = 16 * 1024 * 1024
"""Bytes of shared memory that take longer to reserve and fill than the event loop should wait."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wake:
    """There is work."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Nobody waits for that ticket any more."""

    number: int


Note = Message | Wake | Leave | None
"""What can lie in the inbox; None: the process is gone, or the place is given up."""


class Supervisor:
    """Keeps one worker going: run `keep` as a task, end it with `stop`."""

    def __init__(
        self,
        engine: str,
        schedule: Schedule,
        *,
        draw_seconds: float,
        stall_seconds: float,
        on_ready: Callable[[EngineInfo], None],
        on_unusable: Callable[[str], None],
    ) -> None:
        self._engine = engine
        self._schedule = schedule
        self._draw_seconds = draw_seconds
        self._stall_seconds = stall_seconds
        self._on_ready = on_ready
        self._on_unusable = on_unusable
        self.tickets: dict[int, Ticket] = {}
        """What it draws, by number."""
        self.loaded = False
        self._process: Process | None = None
        self._inbox: asyncio.Queue[Note] = asyncio.Queue()
        self._stopping = asyncio.Event()
        self._woken = False
        self._beat = 0.0
        """When the process last gave a sign of life, or got work."""
        self._cause = Cause.EXIT
        self._barren = 0
        """Processes in a row that ended without having drawn anything."""

    @property
    def pid(self) -> int | None:
        """Process id, while there is one."""
        return self._process.pid if self._process else None

    @property
    def able(self) -> bool:
        """Loaded, and not suspected of hanging."""
        return self.loaded and not (self.tickets and self._quiet() > self._suspect(SUSPECT_SECONDS))

    @property
    def idle(self) -> bool:
        """Could begin a batch at once."""
        return self.loaded and not self.tickets

    def wake(self) -> bool:
        """Have it look for work, if it could take some and does not know yet; whether it does so now."""
        if self._woken or not (self.idle or (self.loaded and self._schedule.can_join(self.tickets.values()))):
            return False
        self._woken = True
        self._inbox.put_nowait(Wake())
        return True

    def leave(self, ticket: Ticket) -> None:
        """Nobody waits for it any more: it is to be dropped at the next step."""
        if ticket.number in self.tickets:
            self._inbox.put_nowait(Leave(ticket.number))

    def stop(self) -> None:
        """Have `keep` end, whatever is under way."""
        self._stopping.set()
        self._inbox.put_nowait(None)

    def pardon(self, seconds: float) -> None:
        """The event loop itself was late: that is no silence of the process."""
        self._beat += seconds

    def check(self, now: float) -> None:
        """Fail what overruns, end the process when it stalls."""
        if self._process is None:
            return
        for ticket in self.tickets.values():
            if ticket.deadline is not None and now > ticket.deadline and not ticket.over:
                log.error("drawing overran", seconds=self._draw_seconds, task=ticket.job.task)
                self._schedule.events.overran()
                ticket.fail(ServerError())
        if self._quiet() > self._allowed():
            log.error("worker stalled", seconds=round(self._quiet(), 1), drawing=len(self.tickets))
            self._cause = Cause.STALL
            self._process.kill()

    async def keep(self) -> None:
        """Run one process after the other."""
        while not self._stopping.is_set():
            try:
                await self._live()
            except Exception as error:  # noqa: BLE001  a place must never be lost: no process to be had, or a bug
                # Not log.exception: only the kind is public knowledge.
                log.error("worker not kept", reason=type(error).__name__)  # noqa: TRY400
            self._barren += 1
            if self._barren > 1 and not self._stopping.is_set():
                pause = min(FIRST_PAUSE * 2 ** min(self._barren - 2, 10), MOST_PAUSE)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), pause)

    async def _live(self) -> None:
        """One process from start to end."""
        inbox = self._inbox = asyncio.Queue()
        self._cause, self._woken, self._beat = Cause.EXIT, False, time.monotonic()
        process = self._process = await Process.start(self._engine, inbox.put_nowait)
        try:
            while not self._stopping.is_set() and (note := await inbox.get()) is not None:
                await self._handle(process, note)
        finally:
            self.loaded = False
            tickets, self.tickets = self.tickets, {}
            for ticket in tickets.values():
                begun = ticket.canvas is not None and ticket.canvas.was_begun()
                _close(ticket)
                if begun:
                    self._schedule.give_back(ticket, self._cause, len(tickets))
                else:
                    self._schedule.put_back(ticket)
            await process.end()
            self._process = None
            if not self._stopping.is_set():
                self._schedule.events.worker_lost(self._cause)
                log.error("worker lost", cause=self._cause, exit_code=process.exit_code, drawing=len(tickets))

    async def _handle(self, process: Process, note: Message | Wake | Leave) -> None:
        if isinstance(note, Leave):
            if note.number in self.tickets:
                await process.send(Cancel(note.number))
        elif not isinstance(note, Wake):
            self._hear(note)
        if self.loaded:
            await self._feed(process)

    def _hear(self, message: Message) -> None:
        """What the process says."""
        if self.tickets:
            self._schedule.pace.note_step(self._quiet())
        self._beat = time.monotonic()
        match message:
            case Ready():
                self.loaded = True
                self._on_ready(message.info)
            case Unusable():
                log.error("engine cannot be loaded", engine=self._engine, reason=message.reason)
                self._on_unusable(message.reason)
            case Stepped():
                self._schedule.events.stepped(message.seconds, len(message.parts))
                for part in message.parts:
                    if ticket := self.tickets.get(part.number):
                        ticket.show_progress(part.done)
                        if part.slot is not None:
                            ticket.show_preview(part.slot)
            case Finished():
                self._finished(message)
            case Failed():
                self._failed(message)
            case Dropped():
                _close(self.tickets.pop(message.number))

    def _finished(self, message: Finished) -> None:
        self._barren = 0
        ticket = self.tickets.pop(message.number)
        self._schedule.drawn(ticket, message.seconds, message.together)
        if ticket.canvas and not ticket.over:
            self._schedule.events.drawn(message.seconds)
            pixels = ticket.canvas.read(0)
            drawing = Drawing(pixels=pixels, revised_prompt=message.revised_prompt, recipe=message.recipe)
            ticket.result.set_result(Drawn(drawing, message.seconds))
        _close(ticket)

    def _failed(self, message: Failed) -> None:
        self._barren = 0
        cause = Cause.MEMORY if message.memory else Cause.ERROR
        log.error("engine failed", kind=message.kind, where=list(message.where), together=message.together)
        for number in message.numbers:
            ticket = self.tickets.pop(number)
            _close(ticket)
            self._schedule.give_back(ticket, cause, message.together)

    async def _feed(self, process: Process) -> None:
        """Give it work, if there is some and it can take it."""
        self._woken = False
        while fresh := self._schedule.take(self.tickets.values()):
            began = not self.tickets
            self._take_in(fresh)
            window = self._schedule.info.batch_wait_ms / 1000 if self._schedule.info else 0
            if began and window:
                await asyncio.sleep(window)
                more = self._schedule.fill(fresh)
                self._take_in(more)
                fresh += more
            for ticket in fresh:
                await self._prepare(ticket)
            if await self._send(process, fresh):
                return

    def _take_in(self, fresh: list[Ticket]) -> None:
        self.tickets.update({ticket.number: ticket for ticket in fresh})
        self._beat = time.monotonic()

    async def _prepare(self, ticket: Ticket) -> None:
        """Shared memory for it, or its end."""
        try:
            if Layout.of(ticket.job, ticket.previews).total > BIG_BLOCK:
                ticket.canvas = await asyncio.to_thread(Canvas.create, ticket.job, ticket.previews)
            else:
                ticket.canvas = Canvas.create(ticket.job, ticket.previews)
        except (OSError, MemoryError) as error:
            # Not log.exception: only the kind is public knowledge.
            log.error("no shared memory", reason=type(error).__name__)  # noqa: TRY400
            ticket.fail(self._schedule.refusal(Refusal.NO_MEMORY))

    async def _send(self, process: Process, fresh: list[Ticket]) -> bool:
        """Hand over those that are still wanted; whether there were any."""
        parts, descriptors, now = [], [], time.monotonic()
        for ticket in fresh:
            if ticket.over or ticket.canvas is None:
                _close(self.tickets.pop(ticket.number))
                continue
            if ticket.deadline is None:
                ticket.deadline = now + self._draw_seconds
            parts.append(
                Part(ticket.number, replace(ticket.job, image=None, hole=None), ticket.canvas.layout)
            )
            descriptors.append(ticket.canvas.descriptor)
        if not parts:
            return False
        self._schedule.events.batch_started(len(parts), now - fresh[0].came)
        self._beat = now
        await process.send(Draw(parts), descriptors)
        return True

    def _quiet(self) -> float:
        return time.monotonic() - self._beat

    def _suspect(self, least: float) -> float:
        return max(least, SUSPECT_FACTOR * self._schedule.pace.longest_step)

    def _allowed(self) -> float:
        """Seconds without a sign of life."""
        if not self.loaded:
            return LOAD_SECONDS
        if not self.tickets:
            return float("inf")
        known = self._schedule.pace.longest_step > 0
        if known and all(ticket.over for ticket in self.tickets.values()):
            return min(self._suspect(ABANDONED_SECONDS), self._stall_seconds)
        return self._stall_seconds


def _close(ticket: Ticket) -> None:
    if ticket.canvas:
        ticket.canvas.close()
        ticket.canvas = None
