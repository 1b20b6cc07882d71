"""Between body and queue: a few requests of one owner at a time, so that a crowd of theirs holds up nobody.

The queue is fair, but what comes before it (words judged, uploads decoded and judged) is done by threads that
serve whoever came first: a thousand requests of one owner there would all be ahead of another's single one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

AT_ONCE = 8
"""Requests of one owner: enough to keep a judge busy that answers from far away."""


@dataclass(slots=True)
class Line:
    """One owner's requests at the turnstile."""

    places: asyncio.Semaphore
    requests: int = 0
    images: int = 0


class Turnstile:
    """Lets `at_once` requests of each owner through, the others in the order in which they came."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._lines: dict[str, Line] = {}

    def images(self, owner: str) -> int:
        """What this owner's requests at the turnstile will bring into the queue."""
        line = self._lines.get(owner)
        return line.images if line else 0

    @contextlib.asynccontextmanager
    async def turn(self, owner: str, images: int = 0) -> AsyncIterator[None]:
        """Wait for a place and hold it for as long as the block lasts."""
        line = self._lines.setdefault(owner, Line(asyncio.Semaphore(self._at_once)))
        line.requests += 1
        line.images += images
        try:
            async with line.places:
                yield
        finally:
            line.requests -= 1
            line.images -= images
            if not line.requests:
                del self._lines[owner]
