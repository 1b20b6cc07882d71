"""Transactions that are cancelled midway: the database is never left locked by work nobody wants."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace

import pytest
from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.database import is_sqlite
from egaku.storage.jobs import JobStore
from egaku.storage.tables import jobs
from egaku.storage.transactions import lasting, transaction
from tests.storage.conftest import Clock
from tests.storage.test_jobs import JOB


async def test_cancelled_writers_leave_no_lock(database: AsyncEngine, clock: Clock) -> None:
    store, chance = JobStore(database, "srv_1", 100, clock), random.Random(5)

    async def write_and_put_back(number: int) -> None:
        try:
            await store.begin(f"job_{number}")
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await store.put_back(f"job_{number}")  # with the cancellation's traceback still alive

    slowest = 0.0
    for number in range(60):
        await store.add(replace(JOB, id=f"job_{number}"))
        writing = asyncio.create_task(write_and_put_back(number))
        await asyncio.sleep(chance.uniform(0, 0.004))
        began = time.monotonic()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        slowest = max(slowest, time.monotonic() - began)
    # A writer that finds the database locked waits five seconds before it gives up.
    assert slowest < 4.5


async def test_what_lasts_is_on_the_disk_when_it_is_committed(database: AsyncEngine) -> None:
    """SQLite waits for the disk (2) in these, and not in the next one (1); PostgreSQL does in all of them."""
    level = text("PRAGMA synchronous" if is_sqlite(database) else "SHOW synchronous_commit")
    expected = ["2", "1"] if is_sqlite(database) else ["on", "on"]
    for _ in range(3):
        found = []
        for kind in (lasting, transaction):
            async with kind(database) as connection:
                found.append(str(await connection.scalar(level)))
        assert found == expected


async def test_what_fails_does_not_last(database: AsyncEngine, clock: Clock) -> None:
    store = JobStore(database, "srv_1", 100, clock)
    assert [await store.add(JOB) for _ in range(3)] == [True, False, False]

    async def break_off() -> None:
        async with lasting(database) as connection:
            await connection.execute(delete(jobs))
            raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        await break_off()
    assert await store.count_active() == 1
