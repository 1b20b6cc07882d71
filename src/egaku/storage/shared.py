"""One look into the database for all who want to know the same thing at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Questions being asked, each of them once.

    When what was remembered has run out, a thousand callers notice at the same moment.
    """

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[T]] = {}

    async def ask(self, about: Hashable, look: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The answer of the look under way, or of one begun now. Raises what it raises.

        It goes on when a caller is cancelled: others may be waiting for it.
        """
        task = self._under_way.get(about)
        if task is None:
            task = self._under_way[about] = asyncio.create_task(look())
            task.add_done_callback(lambda done: self._ended(about, done))
        return await asyncio.shield(task)

    def forget(self) -> None:
        """Something has changed: who asks from now on does not get an answer from before."""
        self._under_way.clear()

    def _ended(self, about: Hashable, task: asyncio.Task[T]) -> None:
        if self._under_way.get(about) is task:
            del self._under_way[about]
        if not task.cancelled():
            task.exception()  # whoever asked may be gone; it was not overlooked
