"""Quotas: exact to the image under concurrency, by UTC day and month, refundable, swept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.quotas import QuotaStore
from tests.storage.conftest import Clock


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> QuotaStore:
    clock.now = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC).timestamp()
    return QuotaStore(database, clock)


async def test_up_to_the_quota_and_no_further(store: QuotaStore) -> None:
    assert await store.take("a", 6, 10, 20) == ["2026-11-30", "2026-11"]
    assert await store.take("a", 5, 10, 20) is None
    assert await store.spent("a") == (6, 6)
    assert await store.take("a", 4, 10, 20) is not None
    assert await store.take("a", 1, 10, 20) is None
    assert await store.take("b", 10, 10, 20) is not None
    assert await store.take("c", 11, 10, 20) is None
    assert await store.spent("c") == (0, 0)


async def test_without_quotas_nothing_is_counted(store: QuotaStore) -> None:
    assert await store.take("a", 10, None, None) == ()
    assert await store.spent("a") == (0, 0)


async def test_a_full_month_takes_nothing_from_the_day(store: QuotaStore) -> None:
    assert await store.take("a", 3, None, 5) == ["2026-11"]
    assert await store.take("a", 3, 10, 5) is None
    assert await store.spent("a") == (0, 3)


@pytest.mark.parametrize("images", [1, 3])
async def test_exact_under_concurrency(store: QuotaStore, images: int) -> None:
    """50 at once, day and month at odds: no image too many, none too few."""
    taken = await asyncio.gather(*(store.take("a", images, 20, 31) for _ in range(50)))
    accepted = sum(one is not None for one in taken)
    assert accepted == 20 // images
    assert await store.spent("a") == (accepted * images, accepted * images)


async def test_days_and_months_begin_at_midnight_utc(store: QuotaStore, clock: Clock) -> None:
    await store.take("a", 5, 5, 8)
    assert await store.take("a", 1, 5, 8) is None
    clock.now += 1
    assert await store.spent("a") == (0, 0)
    assert await store.take("a", 5, 5, 8) == ["2026-12-01", "2026-12"]
    clock.now += 86_400
    assert await store.spent("a") == (0, 5)
    assert await store.take("a", 4, 5, 8) is None
    assert await store.take("a", 3, 5, 8) is not None


async def test_give_back(store: QuotaStore, clock: Clock) -> None:
    """Into the periods it was taken from, even when midnight has passed since."""
    taken = await store.take("a", 5, 5, 8)
    assert taken
    clock.now += 1
    await store.take("a", 2, 5, 8)
    await store.give_back("a", 5, taken)
    assert await store.spent("a") == (2, 2)
    clock.now -= 1
    assert await store.spent("a") == (0, 0)
    await store.give_back("a", 5, taken)
    assert await store.spent("a") == (0, 0)


async def test_a_quota_set_later_counts_from_then(store: QuotaStore) -> None:
    await store.take("a", 3, 10, None)
    assert await store.take("a", 4, 10, 4) is not None
    assert await store.spent("a") == (7, 4)


async def test_sweep(store: QuotaStore, clock: Clock) -> None:
    """Addresses come and go; what lies before this month goes."""
    for owner in "abc":
        await store.take(owner, 1, 5, 5)
    assert await store.sweep() == 0
    clock.now += 1
    await store.take("a", 1, 5, 5)
    assert await store.sweep() == 6
    assert await store.spent("a") == (1, 1)
