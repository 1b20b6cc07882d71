"""Refusals of the last hour, so that whoever met one can say it was wrong. No words, no pixels."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

KEPT = 10_000
KEPT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Decision:
    """One refusal."""

    owner: str
    where: str
    """`prompt`, `upload` or `result`."""
    categories: Sequence[str]
    policy: str
    at: float


class Decisions:
    """The newest refusals by request id, in memory."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._kept: OrderedDict[str, Decision] = OrderedDict()

    def note(self, request_id: str, owner: str, where: str, categories: Sequence[str], policy: str) -> None:
        """Remember one; the oldest make room."""
        self._kept[request_id] = Decision(owner, where, tuple(categories), policy, self._now())
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def find(self, request_id: str, owner: str) -> Decision | None:
        """The refusal of that request, to its owner, for an hour."""
        found = self._kept.get(request_id)
        if found is None or found.owner != owner or self._now() - found.at > KEPT_SECONDS:
            return None
        return found
