"""What happens to background jobs, told to whoever listens: one stream for all of an owner's jobs.

A listener that reads too slowly never makes a queue grow: of what only its newest state matters (progress,
previews, places in the queue) it gets the newest, and beyond MOST_EVENTS it is told to look at all anew.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from egaku.contract.errors import RateLimited

MOST_EVENTS = 200
"""Untold events per listener."""
MOST_STREAMS = 8
"""Listeners per owner."""


class Happening(StrEnum):
    """What can happen to a job."""

    QUEUED = "queued"
    """It waits: `position`, `eta_seconds`."""
    RUNNING = "running"
    """Drawing began."""
    PROGRESS = "progress"
    """`index`, `progress` of that picture, `job_progress` of all."""
    PARTIAL = "partial"
    """`index`, `image`: a small preview as data URL."""
    IMAGE = "image"
    """`index`, `name`, `revised_prompt`: a picture is finished and stored."""
    IMAGE_DELETED = "image_deleted"
    """`index`: its owner deleted that picture alone."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    """It and its pictures are gone."""


NEWEST_ONLY = frozenset({Happening.QUEUED, Happening.PROGRESS, Happening.PARTIAL})


@dataclass(frozen=True, slots=True)
class Event:
    """One happening."""

    what: Happening
    job: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """Events of one key replace each other."""
        return (self.what, self.job, self.data.get("index"))


class Subscription:
    """One listener's untold events."""

    def __init__(self) -> None:
        self.closed = False
        """The server stops: no more will come."""
        self._events: OrderedDict[tuple[object, ...], Event] = OrderedDict()
        self._lost = True
        self._wake = asyncio.Event()

    def put(self, event: Event) -> None:
        """One more; when there are too many, all are dropped for a look at everything."""
        if self._lost:
            return
        if event.what in NEWEST_ONLY:
            self._events.pop(event.key, None)
        self._events[event.key] = event
        if len(self._events) > MOST_EVENTS:
            self._events.clear()
            self._lost = True
        self._wake.set()

    def close(self) -> None:
        """Tell the listener to go."""
        self.closed = True
        self._wake.set()

    async def take(self, seconds: float) -> list[Event] | None:
        """What happened, after at most that long (an empty list); None: look at everything anew.

        None comes first. What happens after it is given is not lost.
        """
        if not (self._lost or self._events or self.closed):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
        self._wake.clear()
        if self._lost:
            self._lost = False
            return None
        events = list(self._events.values())
        self._events.clear()
        return events


class Broadcast:
    """Who listens to whose jobs."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Subscription]] = {}
        self._closed = False

    @contextlib.contextmanager
    def subscribe(self, owner: str) -> Iterator[Subscription]:
        """Listen to an owner's jobs. Raises RateLimited beyond MOST_STREAMS."""
        listeners = self._listeners.setdefault(owner, set())
        if len(listeners) >= MOST_STREAMS:
            raise RateLimited(
                f"Too many event streams: {MOST_STREAMS} are open. One stream tells of all jobs.",
                code="too_many_streams",
                headers={"Retry-After": "15"},
            )
        one = Subscription()
        one.closed = self._closed
        listeners.add(one)
        try:
            yield one
        finally:
            listeners.discard(one)
            if not listeners and self._listeners.get(owner) is listeners:
                del self._listeners[owner]

    def watched(self, owner: str) -> bool:
        """True when somebody listens to this owner's jobs."""
        return owner in self._listeners

    @property
    def anybody(self) -> bool:
        """True when there is any listener."""
        return bool(self._listeners)

    def tell(self, owner: str, event: Event) -> None:
        """Pass an event on to the owner's listeners."""
        for one in self._listeners.get(owner, ()):
            one.put(event)

    def close(self) -> None:
        """End all streams, and those still to come: the server stops."""
        self._closed = True
        for listeners in self._listeners.values():
            for one in listeners:
                one.close()
