"""Whose background job is next: round robin between owners, none with more images under way than allowed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from egaku.generation.fair_queue import FairQueue

LOOK = 256
"""Waiting jobs looked at for one that may begin."""

LOOK_AGAIN_SECONDS = 0.5
"""How soon room is noticed that was not made by a job: by requests answered at once, by another limit."""

GiveBack = Callable[[], None]
Room = Callable[[str, int], Awaitable[GiveBack | None]]
"""Takes room for so many images of an owner: what gives it back, or None while there is none."""


async def all_room(_: str, __: int) -> GiveBack | None:
    """For runners without limits."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class Turn:
    """A job that may begin."""

    job: str
    owner: str
    end: GiveBack
    """To be called when it is no longer under way."""


class Turns:
    """Jobs that wait for a worker and for room among their owner's images under way."""

    def __init__(self, places: int, room: Room = all_room) -> None:
        self.moved = asyncio.Event()
        """Set whenever places in the queue change; whoever tells of it clears it."""
        self._queue: FairQueue[str] = FairQueue(places)
        self._owners: dict[str, str] = {}
        self._images: dict[str, int] = {}
        self._room = room
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

    def add(self, identifier: str, owner: str, images: int) -> None:
        """Let one wait. Raises ValueError when it does already."""
        self._queue.push(owner, identifier)
        self._owners[identifier], self._images[identifier] = owner, images
        self._changed()

    def remove(self, identifier: str) -> bool:
        """Let it wait no longer; whether it did."""
        self._owners.pop(identifier, None)
        self._images.pop(identifier, None)
        if not self._queue.remove(identifier):
            return False
        self._changed()
        return True

    async def next(self) -> Turn:
        """The next job that may begin. Its room is taken until `Turn.end`."""
        async with self._picking:
            while True:
                self._news.clear()
                if (turn := await self._first_with_room()) is not None:
                    self.moved.set()
                    return turn
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_SECONDS if self._owners else None):
                        await self._news.wait()

    async def _first_with_room(self) -> Turn | None:
        full: set[str] = set()
        for identifier in list(islice(self._queue, LOOK)):
            owner = self._owners.get(identifier)
            if owner is None or owner in full:
                continue
            give_back = await self._room(owner, self._images[identifier])
            if give_back is None:
                full.add(owner)
            elif self._queue.pop_matching(identifier.__eq__, 1, LOOK):
                del self._owners[identifier], self._images[identifier]
                return Turn(identifier, owner, partial(self._end, give_back))
            else:  # cancelled meanwhile
                give_back()
        return None

    def _end(self, give_back: GiveBack) -> None:
        give_back()
        self._news.set()

    def _changed(self) -> None:
        self._news.set()
        self.moved.set()
