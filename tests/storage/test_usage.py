"""Usage: every answered request counted once, summed by day and whatever else, written without haste."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import ApiError
from egaku.storage.keys import KeyStore
from egaku.storage.tables import usage
from egaku.storage.usage import MAX_PENDING, UsageFilter, UsageStore
from tests.storage.conftest import Clock

ALL = UsageFilter("2026-11-01", "2026-11-30")
ONE = {"model": "dall-e-2", "size": "256x256", "operation": "generations"}


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> UsageStore:
    clock.now = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
    return UsageStore(database, clock)


async def rows(database: AsyncEngine) -> int:
    async with database.connect() as connection:
        return len((await connection.execute(select(usage))).all())


async def test_sums(store: UsageStore, database: AsyncEngine, clock: Clock) -> None:
    for day in range(3):
        for images in (1, 4):
            store.add("a", **ONE, images=images)
        store.add("b", **{**ONE, "model": "gpt-image-1", "operation": "edits"}, images=2)
        await store.flush()
        clock.now += 86_400
        assert await rows(database) == 2 * (day + 1)
    [total] = await store.read(ALL, [])
    assert (total.images, total.requests) == (21, 9)
    days = await store.read(ALL, ["day"])
    assert [(one.group["day"], one.images) for one in days] == [
        ("2026-11-22", 7), ("2026-11-23", 7), ("2026-11-24", 7),
    ]  # fmt: skip
    both = await store.read(UsageFilter("2026-11-23", "2026-11-23"), ["model", "operation"])
    assert [(one.group, one.images, one.requests) for one in both] == [
        ({"model": "dall-e-2", "operation": "generations"}, 5, 2),
        ({"model": "gpt-image-1", "operation": "edits"}, 2, 1),
    ]
    assert await store.read(UsageFilter("2026-11-25", "2026-11-30"), ["day"]) == []
    assert await store.read(UsageFilter("2026-11-25", "2026-11-30"), []) == []


async def test_filters_and_keys(store: UsageStore, database: AsyncEngine) -> None:
    """Keys by their ids and users; callers without one are nobody, whatever their addresses."""
    keys = KeyStore(database)
    _, ann = await keys.create("x", fields={"user": "ann"})
    _, bob = await keys.create("y", fields={"user": "bob"})
    for owner, images in ((ann.id, 1), (bob.id, 2), ("anonymous@10.0.0.1", 4), ("anonymous@10.0.0.2", 8)):
        store.add(owner, **ONE, images=images)
    store.add(ann.id, **{**ONE, "size": "512x512"}, images=16)
    by_key = {one.group["key"]: one.images for one in await store.read(ALL, ["key"])}
    assert by_key == {None: 12, ann.id: 17, bob.id: 2}
    by_user = {one.group["user"]: one.images for one in await store.read(ALL, ["user"])}
    assert by_user == {None: 12, "ann": 17, "bob": 2}
    for chosen, images in (
        ({"owners": [ann.id]}, 17),
        ({"users": ["ann", "bob"]}, 19),
        ({"sizes": ["512x512"]}, 16),
        ({"models": ["dall-e-2"], "operations": ["generations"]}, 31),
    ):
        [found] = await store.read(UsageFilter("2026-11-22", "2026-11-22", **chosen), [])
        assert found.images == images, chosen
    assert await store.read(UsageFilter("2026-11-22", "2026-11-22", models=["x"]), []) == []


async def test_two_servers_add_up(database: AsyncEngine, store: UsageStore, clock: Clock) -> None:
    other = UsageStore(database, clock)
    for _ in range(20):
        for one in (store, other):
            one.add("a", **ONE, images=1)
        await asyncio.gather(store.flush(), other.flush(), store.flush())
    assert [(one.images, one.requests) for one in await store.read(ALL, [])] == [(40, 40)]


async def test_written_in_the_background_and_at_the_end(database: AsyncEngine, store: UsageStore) -> None:
    writing = asyncio.create_task(store.flush_forever(0.01))
    store.add("a", **ONE, images=1)
    for _ in range(2000):
        if await rows(database):
            break
        await asyncio.sleep(0.01)
    assert await rows(database) == 1
    store.add("b", **ONE, images=1)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert await rows(database) == 2


async def test_what_cannot_be_written_is_kept_within_bounds(
    database: AsyncEngine, store: UsageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is not there stands for a database that is away."""
    async with database.begin() as connection:
        await connection.run_sync(usage.drop)
    for number in range(MAX_PENDING + 5):
        store.add(f"o{number}", **ONE, images=1)
    for _ in range(2):
        with pytest.raises((ApiError, SQLAlchemyError)):
            await store.flush()
    async with database.begin() as connection:
        await connection.run_sync(usage.create)
    await store.flush()
    assert await rows(database) == MAX_PENDING


async def test_names_with_zero_bytes_are_counted_and_asked_for(store: UsageStore) -> None:
    """PostgreSQL can neither store nor look for them."""
    store.add("a", **{**ONE, "model": "a\0b"}, images=1)
    await store.flush()
    [total] = await store.read(UsageFilter("2026-11-01", "2026-11-30", models=["a\0b"]), [])
    assert (total.images, total.requests) == (1, 1)
