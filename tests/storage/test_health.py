"""Store checks for readiness: each store by name, asked at most once a second, never waited for long."""

from __future__ import annotations

import asyncio

import pytest

from egaku.contract.errors import StorageFull, StorageUnavailable
from egaku.storage import health
from egaku.storage.health import StoreChecks
from tests.storage.conftest import Clock


async def good() -> None: ...


async def full() -> None:
    raise StorageFull


async def away() -> None:
    raise StorageUnavailable(1)


async def odd() -> None:
    raise OSError


async def test_each_store_by_name(clock: Clock) -> None:
    checks = StoreChecks({"a": good, "b": full, "c": away, "d": odd}, clock)
    assert await checks.check() == {
        "a": "ok",
        "b": "storage_full",
        "c": "storage_unavailable",
        "d": "failing",
    }


async def test_asked_at_most_once_a_second(clock: Clock) -> None:
    asked = []

    async def count() -> None:
        asked.append(clock.now)
        await asyncio.sleep(0)

    checks = StoreChecks({"a": count}, clock)
    await asyncio.gather(*(checks.check() for _ in range(20)))
    clock.now += 0.9
    await checks.check()
    assert len(asked) == 1
    clock.now += 0.2
    await checks.check()
    assert len(asked) == 2


async def test_silence_is_bounded(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A store that hangs is reported, not asked again while it does, and good again when it answers."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.05)
    answers, asked = asyncio.Event(), []

    async def hang() -> None:
        asked.append(clock.now)
        await answers.wait()

    checks = StoreChecks({"a": hang, "b": good}, clock)
    for _ in range(3):
        assert await checks.check() == {"a": "timeout", "b": "ok"}
        clock.now += 2
    assert len(asked) == 1
    answers.set()
    await asyncio.sleep(0)
    assert await checks.check() == {"a": "ok", "b": "ok"}
