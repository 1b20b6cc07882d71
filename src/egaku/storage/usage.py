"""What was drawn, by UTC day, owner, model, size and operation: statistics, written once a second.

Quotas are exact and live elsewhere (`quotas`); what is counted here in the last second is lost with a server
that is killed. In return no picture waits for it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import ApiError
from egaku.storage.tables import keys, usage
from egaku.storage.transactions import transaction

FLUSH_SECONDS = 1.0
MAX_PENDING = 10_000
"""Different rows kept while the database is away; what does not fit is not counted."""

GROUPS: dict[str, ColumnElement[Any]] = {
    "day": usage.c.day,
    "model": usage.c.model,
    "size": usage.c.size,
    "operation": usage.c.operation,
    "key": keys.c.id,
    "user": keys.c.user,
}
"""What usage can be told apart by. Key and user are null for callers without a key."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one row counts."""

    day: str
    owner: str
    model: str
    size: str
    operation: str


@dataclass(frozen=True, slots=True)
class UsageFilter:
    """Which usage to sum. Empty sequences mean all."""

    first_day: str
    """`2026-11-22`, UTC."""
    last_day: str
    """Inclusive."""
    owners: Sequence[str] = ()
    models: Sequence[str] = ()
    sizes: Sequence[str] = ()
    operations: Sequence[str] = ()
    users: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class UsageSum:
    """Pictures and requests of one group."""

    group: dict[str, str | None]
    """Values of the columns it was grouped by."""
    images: int
    requests: int


def utc_day(now: float) -> str:
    """`2026-11-22` of a Unix time."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")


class UsageStore:
    """Counts in memory, sums in the database."""

    def __init__(self, database: AsyncEngine, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now
        self._images: Counter[Drawn] = Counter()
        self._requests: Counter[Drawn] = Counter()
        self._writing = asyncio.Lock()

    def add(self, owner: str, *, model: str, size: str, operation: str, images: int) -> None:
        """Count one answered request. `model` as `counted_model` gives it; `size` is that of its pictures."""
        drawn = Drawn(utc_day(self._now()), owner, model, size, operation)
        if drawn not in self._requests and len(self._requests) >= MAX_PENDING:
            return
        self._images[drawn] += images
        self._requests[drawn] += 1

    async def flush(self) -> None:
        """Write what was counted. What cannot be written is kept. Raises StorageUnavailable, StorageFull."""
        async with self._writing:
            images, asked = self._images, self._requests
            if not asked:
                return
            self._images, self._requests = Counter(), Counter()
            try:
                await self._write(images, asked)
            except BaseException:
                self._images.update(images)
                self._requests.update(asked)
                raise

    async def flush_forever(self, every: float = FLUSH_SECONDS) -> None:
        """A flush every `every` seconds and when cancelled. A database that is away is waited for."""
        try:
            while True:
                await asyncio.sleep(every)
                await self._try_flush()
        finally:
            await self._try_flush()

    async def read(self, chosen: UsageFilter, group_by: Sequence[str]) -> list[UsageSum]:
        """Sums over the groups (names of GROUPS), in their order; what was counted until now included.

        Raises StorageUnavailable.
        """
        await self.flush()
        columns = [GROUPS[name] for name in group_by]
        query = _where(
            select(*columns, func.sum(usage.c.images), func.sum(usage.c.requests)), chosen
        ).select_from(usage.outerjoin(keys, keys.c.id == usage.c.owner))
        if columns:
            query = query.group_by(*columns).order_by(*columns)
        async with transaction(self._database) as connection:
            rows = (await connection.execute(query)).all()
        return [
            UsageSum(dict(zip(group_by, row[:-2], strict=True)), int(row[-2]), int(row[-1]))
            for row in rows
            if row[-2] is not None
        ]

    async def _try_flush(self) -> None:
        try:
            await self.flush()
        except ApiError as error:
            log.warning("usage not written yet", kind=type(error).__name__)

    async def _write(self, images: Counter[Drawn], asked: Counter[Drawn]) -> None:
        insert = postgresql.insert if self._database.dialect.name == "postgresql" else sqlite.insert
        # In one order, so that two servers never wait for each other's rows.
        rows = [
            {
                **{name: getattr(drawn, name) for name in Drawn.__slots__},
                "images": images[drawn],
                "requests": count,
            }
            for drawn, count in sorted(asked.items(), key=lambda item: repr(item[0]))
        ]
        statement = insert(usage)
        more = {name: usage.c[name] + statement.excluded[name] for name in ("images", "requests")}
        statement = statement.on_conflict_do_update(index_elements=list(Drawn.__slots__), set_=more)
        async with transaction(self._database) as connection:
            await connection.execute(statement, rows)


def _where(query: Select[Any], chosen: UsageFilter) -> Select[Any]:
    query = query.where(usage.c.day >= chosen.first_day, usage.c.day <= chosen.last_day)
    for column, values in (
        (usage.c.owner, chosen.owners),
        (usage.c.model, chosen.models),
        (usage.c.size, chosen.sizes),
        (usage.c.operation, chosen.operations),
        (keys.c.user, chosen.users),
    ):
        if values:
            query = query.where(column.in_(values))
    return query
