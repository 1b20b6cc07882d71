"""Pools of real worker processes around this folder's engines, and waiting for what they do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from egaku.generation.workers import WorkerPool

FAULTY, TOGETHER, OPEN = (f"tests.generation.{name}" for name in ("engines", "batch_engine", "open_engine"))


def make_pool(
    count: int = 1,
    max_waiting: int = 50,
    draw_seconds: float = 60.0,
    *,
    engine: str = FAULTY,
    **options: Any,
) -> WorkerPool:
    """A pool that is not running yet."""
    return WorkerPool(engine, count, max_waiting, draw_seconds, **options)


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for it, with room for a busy machine."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


async def all_ready(pool: WorkerPool) -> None:
    """Wait until every worker of the pool can draw."""
    await until(lambda: pool.able == pool.count)
