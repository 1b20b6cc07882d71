"""Pools of real worker processes around the engines of this folder."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from egaku.generation.gate import Gate
from egaku.generation.sources import Uploaded
from egaku.generation.workers import WorkerPool
from egaku.moderation.decisions import Decisions
from egaku.moderation.judges import open_moderation
from egaku.settings import Settings
from tests.generation.pools import make_pool


def uploaded(name: str, data: bytes) -> Uploaded:
    """A picture that lies in memory."""
    return Uploaded(name, lambda: data)


def shared_blocks() -> int:
    """Blocks of shared memory this process still holds."""
    gc.collect()  # a test's own tracebacks may hold some
    links = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(entry.readlink()))
        except FileNotFoundError:  # the listing's own
            continue
    return sum(link.startswith("/memfd:egaku") for link in links)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[WorkerPool]:
    """Two workers, ready."""
    async with make_pool(2) as pool:
        await pool.wait_ready()
        yield pool


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate() -> AsyncIterator[Gate]:
    """The judges that come with the installation."""
    async with open_moderation(Settings()) as moderation:
        yield Gate(moderation, Decisions())
