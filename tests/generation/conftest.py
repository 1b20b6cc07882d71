"""Pools of real worker processes around the engine of engines.py."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from egaku.generation import worker
from egaku.generation.sources import Uploaded
from egaku.generation.workers import WorkerPool
from tests.generation import engines

MakePool = Callable[..., WorkerPool]


def uploaded(name: str, data: bytes) -> Uploaded:
    """A picture that lies in memory."""
    return Uploaded(name, lambda: data)


def shared_blocks() -> set[str]:
    """Names of the shared memory blocks there are."""
    return {path.name for path in Path("/dev/shm").glob("psm_*")}


@pytest.fixture(scope="module")
def make_pool() -> Iterator[MakePool]:
    """Makes pools of the misbehaving engine; their worker processes import it by its module's name."""

    def make(count: int = 1, max_waiting: int = 50, draw_seconds: float = 60.0) -> WorkerPool:
        return WorkerPool("faulty", count, max_waiting, draw_seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "run", engines.run)
        yield make


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool(make_pool: MakePool) -> AsyncIterator[WorkerPool]:
    """Two workers, ready."""
    async with make_pool(2) as pool:
        await pool.wait_ready()
        yield pool
