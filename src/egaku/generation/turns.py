"""Whose background job is next: round robin between owners, none with more under way than it may have."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice

from egaku.generation.fair_queue import FairQueue

LOOK = 256
"""Waiting jobs looked at for one that may begin."""

Allowed = Callable[[str], Awaitable[int]]
"""Jobs an owner may have under way at once, at least 1."""


async def no_limit(_: str) -> int:
    """For runners without keys."""
    return 2**31


class Turns:
    """Jobs that wait, and how many each owner has under way."""

    def __init__(self, places: int, allowed: Allowed = no_limit) -> None:
        self.moved = asyncio.Event()
        """Set whenever places in the queue change; whoever tells of it clears it."""
        self._queue: FairQueue[str] = FairQueue(places)
        self._owners: dict[str, str] = {}
        self._under_way: Counter[str] = Counter()
        self._allowed = allowed
        self._picking = asyncio.Lock()
        self._news = asyncio.Event()

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._queue

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """All that wait, as (job, owner), in their order."""
        return ((identifier, self._owners[identifier]) for identifier in self._queue)

    def has_room(self, owner: str) -> bool:
        """Whether one more of this owner's may wait."""
        return self._queue.has_room(owner)

    def position(self, identifier: str) -> int:
        """How many will be taken before it. Raises KeyError if it does not wait."""
        return self._queue.position(identifier)

    def add(self, identifier: str, owner: str) -> None:
        """Let one wait. Raises ValueError when it does already."""
        self._queue.push(owner, identifier)
        self._owners[identifier] = owner
        self._changed()

    def remove(self, identifier: str) -> bool:
        """Let it wait no longer; whether it did."""
        self._owners.pop(identifier, None)
        if not self._queue.remove(identifier):
            return False
        self._changed()
        return True

    async def next(self) -> tuple[str, str]:
        """The next job that may begin, and its owner, who has one more under way until `ended`."""
        async with self._picking:
            while True:
                self._news.clear()
                identifier = await self._first_allowed()
                if identifier is not None and self._queue.pop_matching(identifier.__eq__, 1, LOOK):
                    owner = self._owners.pop(identifier)
                    self._under_way[owner] += 1
                    self.moved.set()
                    return identifier, owner
                if identifier is None:
                    await self._news.wait()

    def ended(self, owner: str) -> None:
        """One of this owner's is no longer under way."""
        self._under_way[owner] -= 1
        if not self._under_way[owner]:
            del self._under_way[owner]
        self._news.set()

    async def _first_allowed(self) -> str | None:
        full: set[str] = set()
        for identifier in list(islice(self._queue, LOOK)):
            owner = self._owners.get(identifier)
            if owner is None or owner in full:
                continue
            # Who has nothing under way may begin; only the others' limits need to be asked for.
            if self._under_way[owner] and self._under_way[owner] >= await self._allowed(owner):
                full.add(owner)
                continue
            return identifier
        return None

    def _changed(self) -> None:
        self._news.set()
        self.moved.set()
