"""Background jobs: accepted, taken in turns between owners, picked up again after a crash, each picture once.

A job is accepted when its row is committed, and the row says everything: the request with its seed, the
stored uploads, the names of the files to come. `JobDrawing` draws one, `JobStore` keeps the records,
`Broadcast` tells listeners.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Self

import structlog

from egaku.contract.errors import (
    Overloaded,
    ServerError,
    StorageFull,
    StorageUnavailable,
)
from egaku.contract.requests import ImageRequest
from egaku.generation.broadcast import Broadcast, Event, Happening
from egaku.generation.job_drawing import MASK, POLICY, REQUEST_ID, End, JobDrawing, JobGone
from egaku.generation.job_fields import to_fields
from egaku.generation.service import ImageService
from egaku.generation.sources import Uploaded
from egaku.generation.together import end
from egaku.generation.turns import Room, Turns, all_room
from egaku.generation.work import Caller, choose_seed
from egaku.storage.images import ImageStore, Kind, new_name
from egaku.storage.jobs import JobInput, JobRecord, JobStore, Status
from egaku.storage.keys import random_text
from egaku.storage.servers import BEAT_SECONDS, ServerStore

POSITIONS_SECONDS = 0.5
"""How often listeners hear of their places in the queue."""
MOST_POSITIONS = 1000
"""Only so far from the front are places told without being asked."""
PAUSE_SECONDS = 2.0
"""After a failing disk or database, before the job is tried again."""
MAX_RETRY_SECONDS = 60

ENDS = {
    Status.SUCCEEDED: Happening.DONE,
    Status.FAILED: Happening.FAILED,
    Status.CANCELLED: Happening.CANCELLED,
}

Forget = Callable[[JobRecord], Awaitable[None]]
"""Removes what others keep about a job that is about to go."""

log = structlog.get_logger(__name__)


Serves = Callable[[str], Awaitable[bool]]


async def everybody(_: str) -> bool:
    """For runners without keys."""
    return True


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a job is, beyond its record. Known by the server that draws it."""

    progress: float
    """0 … 1 over all its pictures."""
    position: int | None = None
    """Jobs that will be taken before it; None unless it waits."""
    eta_seconds: int | None = None
    """Until it is done, if jobs go on taking what they took."""


@dataclass(slots=True)
class Underway:
    """A job being drawn."""

    task: asyncio.Task[None]
    progress: list[float] = field(default_factory=list)
    """By picture."""


class JobRunner:
    """Accepts jobs and draws them, `at_once` at a time. Use as an async context manager."""

    def __init__(
        self,
        service: ImageService,
        store: JobStore,
        servers: ServerStore,
        images: ImageStore,
        broadcast: Broadcast,
        *,
        at_once: int,
        max_jobs: int,
        forget: Forget,
        room: Room = all_room,
        serves: Serves = everybody,
    ) -> None:
        """`serves`: whether an owner's jobs are drawn when it is their turn; else they are cancelled."""
        self.broadcast = broadcast
        self._service = service
        self._store = store
        self._servers = servers
        self._images = images
        self._drawing = JobDrawing(service, store, images, broadcast)
        self._at_once = at_once
        self._turns = Turns(max_jobs, room)
        self._serves, self._forget = serves, forget
        self._underway: dict[str, Underway] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self._seconds: float | None = None

    async def __aenter__(self) -> Self:
        await self._servers.beat()
        await self._take_up()
        loops = [self._keep_drawing() for _ in range(self._at_once)]
        self._tasks = [asyncio.create_task(one) for one in (*loops, self._keep_alive(), self._tell_places())]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop at the next step; what was under way goes back to the queue, its finished pictures kept."""
        self._stopping = True
        self.broadcast.close()
        await end([*self._tasks, *(one.task for one in self._underway.values())])

    async def submit(
        self,
        request: ImageRequest,
        caller: Caller,
        images: Sequence[Uploaded] = (),
        mask: Uploaded | None = None,
        identifier: str | None = None,
    ) -> JobRecord:
        """Accept a job; its record, committed. The same `identifier` twice is one job.

        Raises InvalidRequest where a picture cannot be used, Overloaded, StorageUnavailable, StorageFull.
        """
        owner = caller.owner
        identifier = identifier or f"job_{random_text(24)}"
        self.check_room(owner)
        seeded = replace(request, seed=choose_seed(request))
        await self._service.prepare(seeded, caller, images, mask, patient=True)
        named = [(one.name, one) for one in images] + ([(MASK, mask)] if mask else [])
        job = JobRecord(
            id=identifier,
            owner=owner,
            operation=str(request.operation),
            fields={**to_fields(seeded), POLICY: caller.policy, REQUEST_ID: caller.request_id},
            inputs=[JobInput(part, new_name(Kind.INPUT)) for part, _ in named],
            names=[new_name(Kind.JOB, request.output_format) for _ in range(request.n)],
        )
        for stored, (_, upload) in zip(job.inputs, named, strict=True):
            await self._images.put(await asyncio.to_thread(upload.read), "bin", stored.file)
        if not await self._store.add(job):  # accepted before, and its answer was lost
            for stored in job.inputs:
                await self._images.delete(stored.file)
        self._enqueue(identifier, owner, request.n)
        record = await self._store.find(identifier, owner)
        if record is None:  # deleted already
            raise ServerError
        return record

    def check_room(self, owner: str) -> None:
        """Raise Overloaded unless one more job of this owner's may wait."""
        if self._stopping or not self._turns.has_room(owner):
            raise Overloaded(
                "Too many background jobs are waiting.",
                code="server_is_overloaded",
                headers={"Retry-After": str(self._retry_seconds())},
            )

    def standing(self, job: JobRecord) -> Standing:
        """How far it is."""
        share = len(job.pictures) / max(1, len(job.names))
        if job.id in self._underway:
            parts = self._underway[job.id].progress
            return Standing(max(share, sum(parts) / max(1, len(job.names))))
        if job.id in self._turns:
            return self._waiting(share, self._turns.position(job.id))
        return Standing(1.0 if job.status is Status.SUCCEEDED else share)

    async def cancel(self, job: JobRecord) -> bool:
        """End it at the next step, keeping the pictures that are finished; False when it had ended."""
        ended = await self._store.finish(job.id, Status.CANCELLED)
        await self._drop(job.id)
        if ended:
            await self._forget_inputs(job)
            self.broadcast.tell(job.owner, Event(Happening.CANCELLED, job.id))
        return ended

    async def delete(self, job: JobRecord) -> None:
        """End it if need be, then remove its uploads, its pictures and all there is about it."""
        if not job.status.final:
            await self.cancel(job)
        for name in job.files:
            await self._images.delete(name)
        await self._forget(job)
        await self._store.delete(job.id)  # last: what failed before is tried again
        self.broadcast.tell(job.owner, Event(Happening.DELETED, job.id))

    async def sweep(self) -> int:
        """Delete ended jobs past their time; how many."""
        gone = 0
        while jobs := await self._store.expired():
            for job in jobs:
                await self.delete(job)
            gone += len(jobs)
        return gone

    # Taking turns.

    def _enqueue(self, identifier: str, owner: str, images: int) -> None:
        if identifier not in self._turns and identifier not in self._underway:
            self._turns.add(identifier, owner, images)

    async def _drop(self, identifier: str) -> None:
        """Neither wait for it nor draw it any more; returns when nothing is written for it."""
        self._turns.remove(identifier)
        under_way = self._underway.get(identifier)
        if under_way is not None:
            await end([under_way.task])

    async def _take_up(self) -> None:
        """Everything that is this server's to draw, and what dead servers left."""
        await self._store.adopt()
        for held in await self._store.held():
            self._enqueue(*held)

    async def _keep_drawing(self) -> None:
        while True:
            turn = await self._turns.next()
            task = asyncio.create_task(self._run(turn.job, turn.owner))
            self._underway[turn.job] = Underway(task)
            try:
                await asyncio.wait([task])
            finally:
                del self._underway[turn.job]
                turn.end()
            error = None if task.cancelled() else task.exception()
            if error is not None:
                # Its record cannot be written for a reason nobody foresaw: the next start takes it up.
                log.error("job left alone", kind=type(error).__name__)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._servers.beat()
                if await self._store.adopt():
                    await self._take_up()
            except Exception as error:  # noqa: BLE001  whatever it was, the next beat must come
                log.warning("no sign of life", kind=type(error).__name__)

    async def _tell_places(self) -> None:
        """Tell listeners whose jobs wait how many are before them."""
        while True:
            await self._turns.moved.wait()
            self._turns.moved.clear()
            if self.broadcast.anybody:
                for position, (identifier, owner) in enumerate(islice(self._turns, MOST_POSITIONS)):
                    if self.broadcast.watched(owner):
                        place = self._waiting(0.0, position)
                        data = {"position": place.position, "eta_seconds": place.eta_seconds}
                        self.broadcast.tell(owner, Event(Happening.QUEUED, identifier, data))
            await asyncio.sleep(POSITIONS_SECONDS)

    def _waiting(self, progress: float, position: int) -> Standing:
        if self._seconds is None:
            return Standing(progress, position)
        rounds = position // self._at_once + 1
        return Standing(progress, position, math.ceil(rounds * self._seconds))

    def _retry_seconds(self) -> int:
        wait = (self._seconds or 1.0) / self._at_once
        return min(MAX_RETRY_SECONDS, math.ceil(wait))

    # One of them.

    async def _run(self, identifier: str, owner: str) -> None:
        """One job from wherever it is to its end, as often as the stores make it necessary."""
        while True:
            started = time.monotonic()
            try:
                job = await self._store.begin(identifier)
                if job is None:
                    return
                status, error = await self._draw(job)
                if not await self._store.finish(identifier, status, error):
                    return
            except (StorageUnavailable, StorageFull, Overloaded):
                # Overloaded: the pool is closing, since background work is never refused for room.
                await self._put_back(identifier)
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            except asyncio.CancelledError:
                if self._stopping:
                    await self._put_back(identifier)
                raise
            except JobGone:
                return
            break
        if status is not Status.CANCELLED:
            self._learn(time.monotonic() - started)
        self.broadcast.tell(owner, Event(ENDS[status], identifier))
        with contextlib.suppress(StorageUnavailable, StorageFull):  # swept with the job
            await self._forget_inputs(job)

    async def _draw(self, job: JobRecord) -> End:
        if not await self._serves(job.owner):
            return Status.CANCELLED, None
        return await self._drawing.draw(job, self._underway[job.id].progress)

    async def _put_back(self, identifier: str) -> None:
        with contextlib.suppress(StorageUnavailable, StorageFull):
            await self._store.put_back(identifier)

    async def _forget_inputs(self, job: JobRecord) -> None:
        for stored in job.inputs:
            await self._images.delete(stored.file)

    def _learn(self, seconds: float) -> None:
        """What a job takes, newer ones counting more."""
        self._seconds = seconds if self._seconds is None else 0.8 * self._seconds + 0.2 * seconds
