"""Images per UTC day and month: counted in the database, so exact over all servers and after any crash.

An owner without quotas costs nothing and is not counted here; `usage` counts everybody, less strictly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from egaku.storage.tables import spent
from egaku.storage.transactions import transaction

Period = str
"""A UTC day `2026-11-22` or month `2026-11`."""


class QuotaStore:
    """What owners have left of their days and months."""

    def __init__(self, database: AsyncEngine, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def take(
        self, owner: str, images: int, per_day: int | None, per_month: int | None
    ) -> Sequence[Period] | None:
        """Count `images` in each period that has a quota; those periods, or None and nothing counted.

        Raises StorageUnavailable, StorageFull.
        """
        quotas = [
            (period, quota)
            for period, quota in zip(self._periods(), (per_day, per_month), strict=True)
            if quota is not None
        ]
        if not quotas:
            return ()
        async with transaction(self._database) as connection:
            for period, quota in quotas:
                if not await _take(connection, owner, period, quota, images):
                    await connection.rollback()
                    return None
        return [period for period, _ in quotas]

    async def give_back(self, owner: str, images: int, periods: Sequence[Period]) -> None:
        """Undo a `take`. Raises StorageUnavailable, StorageFull."""
        if not periods:
            return
        less = (
            update(spent)
            .where(spent.c.owner == owner, spent.c.period.in_(periods), spent.c.images >= images)
            .values(images=spent.c.images - images)
        )
        async with transaction(self._database) as connection:
            await connection.execute(less)

    async def spent(self, owner: str) -> tuple[int, int]:
        """Images counted against today and this month. Raises StorageUnavailable."""
        query = select(spent.c.period, spent.c.images).where(
            spent.c.owner == owner, spent.c.period.in_(self._periods())
        )
        async with transaction(self._database) as connection:
            found: dict[str, int] = {row.period: row.images for row in await connection.execute(query)}
        day, month = self._periods()
        return found.get(day, 0), found.get(month, 0)

    async def sweep(self) -> int:
        """Delete what lies before this month; how many rows went. Raises StorageUnavailable."""
        # "2026-10-31" and "2026-10" both sort before "2026-11".
        async with transaction(self._database) as connection:
            done = await connection.execute(delete(spent).where(spent.c.period < self._periods()[1]))
            return done.rowcount

    def _periods(self) -> tuple[Period, Period]:
        today = datetime.fromtimestamp(self._now(), UTC)
        return today.strftime("%Y-%m-%d"), today.strftime("%Y-%m")


async def _take(connection: AsyncConnection, owner: str, period: Period, quota: int, images: int) -> bool:
    """One conditional statement: the database decides, whoever else is at it."""
    if images > quota:
        return False
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    total = spent.c.images + images
    statement = (
        insert(spent)
        .values(owner=owner, period=period, images=images)
        .on_conflict_do_update(
            index_elements=["owner", "period"], set_={"images": total}, where=total <= quota
        )
    )
    return (await connection.execute(statement)).rowcount == 1
