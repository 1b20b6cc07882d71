"""Moving windows: exact at every moment, refundable, bounded; in memory and in a real Redis alike."""

from __future__ import annotations

import asyncio
import gc
import time
import tracemalloc
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.storage.failures import StoreUnusable
from egaku.storage.redis_windows import RETRY_SECONDS, RedisWindow
from egaku.storage.windows import MAX_OWNERS, SECONDS, MemoryWindow, Window
from tests.scale import scaled
from tests.services import Redis
from tests.storage.conftest import Clock


@asynccontextmanager
async def redis_window(redis: Redis) -> AsyncIterator[RedisWindow]:
    """One in a corner of Redis that nobody else uses."""
    window = RedisWindow(f"redis://127.0.0.1:{redis.port}/0", prefix=f"test:{uuid.uuid4().hex}:")
    try:
        yield window
    finally:
        await window.close()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.services)])
async def window(request: pytest.FixtureRequest) -> AsyncIterator[Window]:
    if request.param == "memory":
        yield MemoryWindow()
        return
    async with redis_window(request.getfixturevalue("redis")) as made:
        yield made


async def test_counts_up_to_the_limit(window: Window) -> None:
    untouched = await window.hit("a", 10, 0)
    assert (untouched.accepted, untouched.used, untouched.reset) == (False, 0, 0)
    first = await window.hit("a", 10, 4)
    assert (first.accepted, first.used) == (True, 4)
    assert 59 < first.reset <= SECONDS
    refused = await window.hit("a", 10, 7)
    assert (refused.accepted, refused.used) == (False, 4)
    assert (await window.hit("a", 10, 6)).accepted
    assert not (await window.hit("a", 10, 1)).accepted
    looked = await window.hit("a", 10, 0)
    assert (looked.accepted, looked.used) == (False, 10)
    assert (await window.hit("b", 10, 10)).accepted
    assert (await window.hit("a", 12, 2)).accepted  # a limit that was raised


@pytest.mark.parametrize("limit", [1, 20, 49])
async def test_exact_under_concurrency(window: Window, limit: int) -> None:
    hits = await asyncio.gather(*(window.hit("a", limit, 1) for _ in range(50)))
    assert sum(hit.accepted for hit in hits) == limit
    assert (await window.hit("a", limit, 0)).used == limit


async def test_undo(window: Window) -> None:
    """Exactly that hit goes, once; a hit that was never accepted changes nothing."""
    kept, undone = await window.hit("a", 10, 3), await window.hit("a", 10, 5)
    refused = await window.hit("a", 10, 9)
    for _ in range(3):
        await window.undo("a", undone, 5)
        await window.undo("a", refused, 9)
        await window.undo("nobody", undone, 5)
    assert (await window.hit("a", 10, 0)).used == 3
    await window.undo("a", kept, 3)
    assert (await window.hit("a", 10, 0)).used == 0
    assert (await window.hit("a", 10, 10)).accepted


async def test_the_window_moves(clock: Clock) -> None:
    """Each hit counts for sixty seconds, neither more nor less."""
    window = MemoryWindow(now=clock)
    await window.hit("a", 10, 4)
    clock.now += 30
    await window.hit("a", 10, 6)
    clock.now += 29.9
    refused = await window.hit("a", 10, 1)
    assert (refused.accepted, refused.used, round(refused.reset, 1)) == (False, 10, 0.1)
    clock.now += 0.2
    assert (await window.hit("a", 10, 4)).used == 10
    assert not (await window.hit("a", 10, 1)).accepted
    clock.now += 30
    assert (await window.hit("a", 10, 6)).used == 10
    clock.now += 61
    assert (await window.hit("a", 10, 0)).used == 0


@given(
    limit=st.integers(1, 12),
    hits=st.lists(st.tuples(st.integers(1, 12), st.floats(0, 40)), max_size=12),
    images=st.integers(1, 12),
)
async def test_who_waits_as_long_as_is_said_is_accepted(
    limit: int, hits: list[tuple[int, float]], images: int
) -> None:
    """And nobody who comes sooner."""
    clock = Clock()
    window = MemoryWindow(now=clock)
    for earlier, later in hits:
        await window.hit("a", limit, earlier)
        clock.now += later
    refused = await window.hit("a", limit, images)
    if refused.accepted:
        assert refused.wait == 0
        return
    assert 0 < refused.wait <= SECONDS
    if images <= limit:
        clock.now += refused.wait - 0.001
        assert not (await window.hit("a", limit, images)).accepted
        clock.now += 0.002
        assert (await window.hit("a", limit, images)).accepted


async def test_how_long_to_wait(window: Window) -> None:
    first = await window.hit("a", 10, 4)
    await asyncio.sleep(0.2)
    second = await window.hit("a", 10, 6)
    for images, freed in ((1, first), (4, first), (5, second), (10, second), (11, None)):
        refused = await window.hit("a", 10, images)
        wait = SECONDS if freed is None else refused.reset + (0.2 if freed is second else 0)
        assert refused.wait == pytest.approx(wait, abs=0.15), images


@pytest.mark.services
async def test_the_window_moves_in_redis(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egaku.storage.redis_windows.SECONDS", 0.5)
    async with redis_window(redis) as window:
        assert (await window.hit("a", 10, 10)).accepted
        assert not (await window.hit("a", 10, 1)).accepted
        await asyncio.sleep(0.6)
        assert (await window.hit("a", 10, 10)).used == 10


@pytest.mark.services
async def test_servers_share_one_window_in_redis(redis: Redis) -> None:
    async with redis_window(redis) as one:
        two = RedisWindow(f"redis://127.0.0.1:{redis.port}/0", prefix=one._prefix)
        hits = await asyncio.gather(*(window.hit("a", 20, 1) for window in (one, two) for _ in range(25)))
        assert sum(hit.accepted for hit in hits) == 20
        await two.close()


@pytest.mark.services
async def test_without_redis_each_server_counts_and_comes_back() -> None:
    """Nobody is refused because a counter is away, and nobody draws without limit."""
    with Redis() as redis:
        await redis_goes_and_comes(redis)


async def redis_goes_and_comes(redis: Redis) -> None:
    async with redis_window(redis) as window:
        assert (await window.hit("a", 10, 10)).accepted
        await asyncio.to_thread(redis.stop)
        hits = [await window.hit("a", 10, 1) for _ in range(12)]
        assert sum(hit.accepted for hit in hits) == 10
        await window.undo("a", hits[0], 1)
        assert (await window.hit("a", 10, 0)).used == 9
        await asyncio.to_thread(redis.start)
        # Redis's own name for a hit is a text, memory's a time.
        for _ in range(60):
            if isinstance((await window.hit("b", 1000, 1)).member, str):
                return
            await asyncio.sleep(RETRY_SECONDS / 2)
        pytest.fail("Redis is back, but nobody asks it")


def test_a_wrong_url_is_said_at_start_without_its_password() -> None:
    with pytest.raises(StoreUnusable, match="EGAKU_REDIS_URL") as caught:
        RedisWindow("redis://:swordfish@host:port/x")
    assert "swordfish" not in str(caught.value)


async def test_a_million_owners_fit_into_50_mib() -> None:
    """Rotating addresses cost a bounded amount of memory, and do not make those in use forgotten."""
    owners = scaled(1_000_000, MAX_OWNERS * 1.2)
    window = MemoryWindow()
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(owners):
            await window.hit(f"anonymous@10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 5, 1)
            if number % 10_000 == 0:
                await window.hit("anonymous@honest", 5, 1)
        used = tracemalloc.get_traced_memory()[0] / 2**20
    finally:
        tracemalloc.stop()
    assert len(window) == MAX_OWNERS
    assert used < 50
    assert (await window.hit("anonymous@honest", 5, 0)).used == 5


async def test_memory_follows_the_traffic_down(clock: Clock) -> None:
    window = MemoryWindow(now=clock)
    for number in range(1000):
        await window.hit(f"o{number}", 5, 1)
    clock.now += 61
    for _ in range(600):
        await window.hit("a", 1000, 1)
    assert len(window) == 1


async def test_the_last_owner_may_be_forgotten(clock: Clock) -> None:
    window = MemoryWindow(now=clock)
    await window.hit("a", 5, 1)
    clock.now += 61
    assert not (await window.hit("a", 5, 6)).accepted
    assert len(window) == 0
    assert (await window.hit("a", 5, 5)).accepted


async def test_a_hit_takes_microseconds() -> None:
    """Whatever was drawn in the last minute."""
    window = MemoryWindow()
    for _ in range(20_000):
        await window.hit("a", 1_000_000, 1)
    started = time.process_time()
    for _ in range(1000):
        await window.hit("a", 1_000_000, 1)
    assert (time.process_time() - started) / 1000 < 0.001
