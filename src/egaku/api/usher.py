"""Starts requests a few per turn of the event loop, callers in turn, so that nobody is behind a whole crowd.

A thousand requests that arrive in the same moment would otherwise all be begun before anything else happens.
Nobody has been authenticated here, so callers go by what they show. Who shows a thousand different keys is
served as if nobody took turns, and gains no more: turnstile and queue go by keys that are good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from egaku.generation.fair_queue import FairQueue

PER_TURN = 4
"""A millisecond's worth."""
SHOWN = (b"authorization", b"api-key", b"cookie")

Begin = Callable[[], None]


class Usher:
    """Whose requests are begun next."""

    def __init__(self, per_turn: int = PER_TURN) -> None:
        self._per_turn = per_turn
        self._begun = 0
        """In this turn of the loop."""
        self._waiting: FairQueue[Begin] = FairQueue(0)
        self._turning = False

    def start(self, caller: str, begin: Begin) -> None:
        """Call `begin` now, or when it is this caller's turn."""
        if self._begun < self._per_turn:
            self._begun += 1
            begin()
        else:
            self._waiting.push(caller, begin, patient=True)
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._begun = 0
        while self._waiting and self._begun < self._per_turn:
            self._begun += 1
            self._waiting.pop()()
        self._turning = self._begun > 0
        if self._turning:
            asyncio.get_running_loop().call_soon(self._turn)


def shown(headers: Iterable[tuple[bytes, bytes]], address: str) -> str:
    """What a request shows of its caller: a key as it was sent, or else an address."""
    for name, value in headers:
        if name in SHOWN:
            return value.decode("latin-1")
    return address
