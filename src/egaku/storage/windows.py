"""Moving windows: how many images an owner took in the last minute, exact at every moment.

Own code because the `limits` library breaks three promises here: its memory has no bound (0.5 kB per owner,
505 MiB at 10^6), a hit cannot be taken back, and each server stamps hits with its own clock.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

SECONDS = 60.0
"""Length of the window."""
MAX_OWNERS = 65_536
"""Owners remembered in one process; beyond, those that came longest ago are forgotten."""
SWEPT_AT_ONCE = 2
"""Expired owners dropped per hit: more than come, so that memory follows the traffic down."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a window said of an attempt."""

    accepted: bool
    used: int
    """Images in the window now, this hit's included when it was accepted."""
    reset: float
    """Seconds until the oldest leaves the window; 0 when it is empty."""
    wait: float = 0.0
    """Seconds until as many images would be accepted: `SECONDS` at most, 0 when they were."""
    member: str | float = ""
    """The window's own name for the hit, to take it back by."""


class Window(Protocol):
    """Counts images per owner over the last `SECONDS`."""

    async def hit(self, owner: str, limit: int, images: int) -> Hit:
        """Count `images`, or nothing when they would make more than `limit`. 0 images only looks."""

    async def undo(self, owner: str, hit: Hit, images: int) -> None:
        """Take an accepted hit back, as if it had never been."""

    async def close(self) -> None:
        """Let connections go."""


class _Log:
    """One owner's hits, oldest first. A list, not a deque: an empty deque weighs 600 bytes."""

    __slots__ = ("hits", "used")

    def __init__(self) -> None:
        self.hits: list[tuple[float, int]] = []
        self.used = 0

    def expire(self, before: float) -> None:
        gone = 0
        for at, images in self.hits:
            if at > before:
                break
            gone += 1
            self.used -= images
        del self.hits[:gone]

    def frees(self, images: int, now: float) -> float:
        """Seconds until so many of its images have left."""
        for at, left in self.hits:
            images -= left
            if images <= 0:
                return at + SECONDS - now
        return SECONDS


class MemoryWindow:
    """Windows of one process. Nothing awaits between looking and counting, so it is exact.

    Forgetting the owner that came longest ago gives an attacker nothing: who has more addresses than fit has
    more windows than anybody could fill. Keys are too few to be forgotten.
    """

    def __init__(self, max_owners: int = MAX_OWNERS, now: Callable[[], float] = time.monotonic) -> None:
        self._max_owners = max_owners
        self._now = now
        # Not a dict: finding its first entry means walking over all that were deleted before it.
        self._logs: OrderedDict[str, _Log] = OrderedDict()
        """By owner; who asked for an image last comes last."""

    def __len__(self) -> int:
        return len(self._logs)

    async def hit(self, owner: str, limit: int, images: int) -> Hit:
        """See Window."""
        now = self._now()
        log = self._logs.get(owner)
        if log is None:
            log = _Log()
        log.expire(now - SECONDS)
        accepted = 0 < images <= limit - log.used
        if accepted:
            log.hits.append((now, images))
            log.used += images
            self._logs[owner] = log
        if images and owner in self._logs:
            # Refused ones too: who keeps coming is not forgotten.
            self._logs.move_to_end(owner)
            self._forget(now)
        reset = log.hits[0][0] + SECONDS - now if log.hits else 0.0
        wait = 0.0 if accepted or not images else log.frees(log.used + images - limit, now)
        return Hit(accepted, log.used, reset, wait, now)

    async def undo(self, owner: str, hit: Hit, images: int) -> None:
        """See Window."""
        log = self._logs.get(owner)
        if log is not None and (hit.member, images) in log.hits:
            log.hits.remove((float(hit.member), images))
            log.used -= images

    async def close(self) -> None:
        """Nothing to let go."""

    def _forget(self, now: float) -> None:
        for oldest in list(islice(self._logs, SWEPT_AT_ONCE)):
            hits = self._logs[oldest].hits
            if len(self._logs) <= self._max_owners and hits and hits[-1][0] > now - SECONDS:
                return
            del self._logs[oldest]
