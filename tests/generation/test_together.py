"""Tasks ended for certain: even one that takes its first cancellation for an error and goes on."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from egaku.generation import together as module
from egaku.generation.together import end, together


async def test_the_first_failure_ends_the_others() -> None:
    ended = asyncio.Event()

    async def fails() -> None:
        raise ValueError("x")

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    with pytest.raises(ValueError, match="x"):
        await together([waits(), fails()])
    assert ended.is_set()


async def test_a_task_that_swallows_its_cancellation_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.01)
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while swallowed < 2:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
            swallowed += 1
        await asyncio.sleep(60)

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await end([task])
    assert (task.cancelled(), swallowed) == (True, 2)


async def test_nothing_to_end() -> None:
    await end([])
