"""Background jobs as records. Whatever was promised about one is committed before it is said.

    queued → running → succeeded | failed | cancelled

A row names from the start every file the job will ever have (uploads and pictures), so that a job taken up
again writes the same files, and deleting it leaves none behind. Several servers may share the records: each
job has a holder, and only the holder's word counts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from egaku.storage.recipes import Recipe, delete_pictures, put_on
from egaku.storage.servers import living
from egaku.storage.tables import jobs, pictures
from egaku.storage.transactions import lasting, transaction

SWEEP_AT_ONCE = 100


class Status(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True when nothing will change any more."""
        return self not in ACTIVE


ACTIVE = (Status.QUEUED, Status.RUNNING)


@dataclass(frozen=True, slots=True)
class JobInput:
    """A stored upload: the part's name on the wire, and the file's."""

    part: str
    file: str


@dataclass(frozen=True, slots=True)
class JobPicture:
    """A finished picture of a job."""

    position: int
    name: str
    revised_prompt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One job as stored."""

    id: str
    owner: str
    operation: str
    fields: Mapping[str, Any]
    """The request, its seed fixed."""
    inputs: Sequence[JobInput] = ()
    names: Sequence[str | None]
    """Of the pictures' files, by position; None for one its owner deleted, which is not drawn again."""
    status: Status = Status.QUEUED
    number: int = 0
    """In the order of acceptance."""
    created_at: int = 0
    started_at: int | None = None
    finished_at: int | None = None
    expires_at: int | None = None
    """When it is forgotten; None until it has ended."""
    starts: int = 0
    error: Mapping[str, Any] | None = None
    """The API's error object."""
    pictures: Sequence[JobPicture] = field(default=())

    @property
    def files(self) -> list[str]:
        """Every file it has or may have."""
        return [*(one.file for one in self.inputs), *(name for name in self.names if name)]


class JobStore:
    """Jobs and their pictures in the database. Every method raises StorageUnavailable and StorageFull."""

    def __init__(
        self,
        database: AsyncEngine,
        identity: str,
        keep_seconds: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._identity = identity
        self._keep_seconds = keep_seconds
        self._now = now

    async def add(self, job: JobRecord) -> bool:
        """Accept a job for this server to draw; False when one of that id is there already."""
        now = int(self._now())
        row = {
            "id": job.id,
            "owner": job.owner,
            "status": Status.QUEUED,
            "operation": job.operation,
            "fields": json.dumps(dict(job.fields)),
            "inputs": json.dumps([[one.part, one.file] for one in job.inputs]),
            "names": json.dumps(list(job.names)),
            "holder": self._identity,
            "created_at": now,
            "expires_at": now + self._keep_seconds,
            "starts": 0,
        }
        try:
            async with lasting(self._database) as connection:
                await connection.execute(insert(jobs).values(row))
        except IntegrityError:
            return False
        return True

    async def find(self, identifier: str, owner: str | None = None) -> JobRecord | None:
        """The job of that id, if it is this owner's (anybody's for None)."""
        wanted = _is(identifier) if owner is None else and_(_is(identifier), jobs.c.owner == owner)
        async with transaction(self._database) as connection:
            found = await _read(connection, wanted, 1)
            return found[0] if found else None

    async def page(self, owner: str, limit: int, after: str | None = None) -> list[JobRecord]:
        """The newest jobs of an owner, or those older than the job `after`."""
        wanted = jobs.c.owner == owner
        if after is not None:
            number = select(jobs.c.number).where(_is(after), jobs.c.owner == owner).scalar_subquery()
            wanted = and_(wanted, jobs.c.number < number)
        async with transaction(self._database) as connection:
            return await _read(connection, wanted, limit)

    async def count_active(self) -> int:
        """Jobs that have not ended, on all servers."""
        query = select(func.count()).select_from(jobs).where(jobs.c.status.in_(ACTIVE))
        async with transaction(self._database) as connection:
            return await connection.scalar(query) or 0

    async def held(self) -> list[tuple[str, str, int]]:
        """(id, owner, images) of this server's jobs that have not ended, oldest first."""
        query = select(jobs.c.id, jobs.c.owner, jobs.c.names).where(self._mine()).order_by(jobs.c.number)
        async with transaction(self._database) as connection:
            rows = await connection.execute(query)
            return [(row.id, row.owner, len(json.loads(row.names))) for row in rows]

    async def adopt(self) -> int:
        """Take over the jobs of servers that have died; how many."""
        left = and_(
            jobs.c.status.in_(ACTIVE),
            jobs.c.holder != self._identity,
            jobs.c.holder.not_in(living(self._now())),
        )
        async with transaction(self._database) as connection:
            return (await connection.execute(update(jobs).where(left).values(holder=self._identity))).rowcount

    async def begin(self, identifier: str) -> JobRecord | None:
        """Note that drawing it begins (again); the job, or None when it is not to be drawn any more."""
        now = int(self._now())
        query = update(jobs).where(_is(identifier), self._mine())
        values = {
            "status": Status.RUNNING,
            "starts": jobs.c.starts + 1,
            "started_at": func.coalesce(jobs.c.started_at, now),
        }
        async with transaction(self._database) as connection:
            if not (await connection.execute(query.values(values))).rowcount:
                return None
            return (await _read(connection, _is(identifier), 1))[0]

    async def put_back(self, identifier: str) -> None:
        """Back to the queue: the server stops, and the job is not to blame."""
        query = update(jobs).where(_is(identifier), self._mine(), jobs.c.status == Status.RUNNING)
        values = {"status": Status.QUEUED, "starts": jobs.c.starts - 1}
        async with transaction(self._database) as connection:
            await connection.execute(query.values(values))

    async def add_picture(
        self, job: JobRecord, picture: JobPicture, size: int, recipe: Recipe | None = None
    ) -> bool:
        """One more finished picture of `size` bytes; False when the job is not to be drawn any more."""
        now = int(self._now())
        expires_at = now + 2 * self._keep_seconds  # the job's end decides
        row = {
            "name": picture.name,
            "owner": job.owner,
            "job": job.id,
            "position": picture.position,
            "bytes": size,
            "revised_prompt": picture.revised_prompt,
            "created_at": now,
            "expires_at": expires_at,
            "pixel_hash": recipe and recipe.pixel_hash,
        }
        # Writing first takes the lock: no cancellation can come between this look and the insert.
        held = update(jobs).where(_is(job.id), self._mine()).values(status=Status.RUNNING)
        try:
            async with transaction(self._database) as connection:
                if not (await connection.execute(held)).rowcount:
                    return False
                await connection.execute(insert(pictures).values(row))
                await put_on(connection, job.owner, [recipe] if recipe else [], expires_at)
        except IntegrityError:  # it was there already: the same picture
            return True
        return True

    async def omit(self, identifier: str, position: int) -> None:
        """One of its pictures was deleted: whoever takes the job up again leaves it out."""
        query = select(jobs.c.names).where(_is(identifier)).with_for_update()
        async with transaction(self._database) as connection:
            names = json.loads(await connection.scalar(query) or "[]")
            if position < len(names):
                names[position] = None
                await connection.execute(update(jobs).where(_is(identifier)).values(names=json.dumps(names)))

    async def finish(self, identifier: str, status: Status, error: Mapping[str, Any] | None = None) -> bool:
        """End a job, whoever draws it; False when it had ended, or is gone."""
        now = int(self._now())
        expires_at = now + self._keep_seconds
        query = update(jobs).where(_is(identifier), jobs.c.status.in_(ACTIVE))
        values = {
            "status": status,
            "finished_at": now,
            "expires_at": expires_at,
            "error": None if error is None else json.dumps(dict(error)),
        }
        async with transaction(self._database) as connection:
            if not (await connection.execute(query.values(values))).rowcount:
                return False
            own = update(pictures).where(pictures.c.job == identifier)
            await connection.execute(own.values(expires_at=expires_at))
        return True

    async def delete(self, identifier: str) -> None:
        """Forget a job, its pictures' rows and how they were made; its files go before."""
        async with transaction(self._database) as connection:
            await connection.execute(delete(jobs).where(_is(identifier)))
            await delete_pictures(connection, pictures.c.job == identifier)

    async def expired(self) -> list[JobRecord]:
        """Ended jobs past their time, some at a time. Delete their files, then the jobs."""
        past = and_(jobs.c.status.not_in(ACTIVE), jobs.c.expires_at <= int(self._now()))
        async with transaction(self._database) as connection:
            return await _read(connection, past, SWEEP_AT_ONCE)

    def _mine(self) -> ColumnElement[bool]:
        return and_(jobs.c.holder == self._identity, jobs.c.status.in_(ACTIVE))


async def _read(connection: AsyncConnection, wanted: ColumnElement[bool], limit: int) -> list[JobRecord]:
    """Newest first, with their pictures."""
    query = select(jobs).where(wanted).order_by(jobs.c.number.desc()).limit(limit)
    rows = list(await connection.execute(query))
    drawn: dict[str, list[JobPicture]] = {row.id: [] for row in rows}
    theirs = select(pictures).where(pictures.c.job.in_(drawn)).order_by(pictures.c.position)
    for row in await connection.execute(theirs):
        drawn[row.job].append(JobPicture(row.position, row.name, row.revised_prompt))
    return [_record(row, drawn[row.id]) for row in rows]


def _record(row: Row[Any], drawn: Sequence[JobPicture]) -> JobRecord:
    status = Status(row.status)
    return JobRecord(
        id=row.id,
        owner=row.owner,
        operation=row.operation,
        fields=json.loads(row.fields),
        inputs=[JobInput(*one) for one in json.loads(row.inputs)],
        names=json.loads(row.names),
        status=status,
        number=row.number,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at if status.final else None,
        starts=row.starts,
        error=None if row.error is None else json.loads(row.error),
        pictures=drawn,
    )


def _is(identifier: str) -> ColumnElement[bool]:
    return jobs.c.id == identifier
