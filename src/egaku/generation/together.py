"""Several things at once, of which the first failure ends the others; and ending them for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

AGAIN_SECONDS = 5.0
"""A task that is still there so long after it was cancelled is told again."""


async def together(parts: Sequence[Awaitable[T]]) -> list[T]:
    """All results in order; the first failure, or our own cancellation, ends the others."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and see them end, however they do.

    A database driver that is interrupted can raise an error of its own in place of the cancellation, and a
    loop that outlives errors then goes on: it has to be told again.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=AGAIN_SECONDS)
