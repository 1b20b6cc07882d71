"""Who may be connected, and for how long without getting anywhere: one door for all connections of a server.

The door counts connections, in all and by address, and looks at each of them twice a second. A timer of its
own for every connection and every wait would cost more than the requests do.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from egaku.api.usher import Usher
from egaku.settings import Settings

SWEEP_SECONDS = 0.5
STALLED_SWEEPS = 4
"""The event loop itself hung for so many sweeps: clients are not blamed for bytes nobody fetched."""


class Connected(Protocol):
    """What the door knows of a connection."""

    def review(self, now: float) -> None:
        """End it if it is too slow. `now` in seconds of the loop's clock."""


class Door:
    """Counts and watches the connections of one server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.draining = False
        """The server was told to stop: requests under way end, new ones are refused."""
        self.usher = Usher()
        self._inside: dict[Connected, str] = {}
        self._by_group: Counter[str] = Counter()
        self._timer: asyncio.TimerHandle | None = None
        self._swept_at = 0.0

    def admit(self, connection: Connected, address: str | None) -> bool:
        """Let a connection in and watch it until it leaves, unless there are too many."""
        group = address_group(address or "local")
        most = self.settings.max_connections
        if not self._is_exempt(address):
            most = min(most, self.settings.max_connections_per_client)
        if len(self._inside) >= self.settings.max_connections or self._by_group[group] >= most:
            return False
        self._inside[connection] = group
        self._by_group[group] += 1
        if self._timer is None:
            self._schedule(asyncio.get_running_loop())
        return True

    def leave(self, connection: Connected) -> None:
        """A connection has ended; one that was never let in changes nothing."""
        group = self._inside.pop(connection, None)
        if group is not None:
            self._by_group[group] -= 1
            if not self._by_group[group]:
                del self._by_group[group]

    def __len__(self) -> int:
        return len(self._inside)

    def _is_exempt(self, address: str | None) -> bool:
        """Loopback and trusted proxies carry many clients each: only the cap on all of them holds there."""
        if address is None:
            return True
        host = ipaddress.ip_address(address.partition("%")[0])
        return host.is_loopback or any(host in network for network in self.settings.proxy_networks)

    def _schedule(self, loop: asyncio.AbstractEventLoop) -> None:
        self._swept_at = loop.time()
        self._timer = loop.call_later(SWEEP_SECONDS, self._sweep, loop)

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now, late = loop.time(), loop.time() - self._swept_at
        if self._inside:
            self._schedule(loop)
        else:
            self._timer = None
        if late < STALLED_SWEEPS * SWEEP_SECONDS:
            review_all(list(self._inside), now)


def review_all(connections: Iterable[Connected], now: float) -> None:
    """Look at each connection once."""
    for connection in connections:
        connection.review(now)


def address_group(address: str) -> str:
    """Whose address this is, as far as counting goes: one household or machine has a whole IPv6 /64."""
    try:
        host = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(host, ipaddress.IPv6Address):
        if host.ipv4_mapped:
            return str(host.ipv4_mapped)
        return str(ipaddress.ip_network((host, 64), strict=False))
    return str(host)


class Pace:
    """Whether one direction of a connection gets anywhere.

    Some progress is due every `idle_seconds`, and `rate` bytes a second on average over all the time beyond
    the first `idle_seconds`: a byte now and then holds nothing for hours. (Apache's mod_reqtimeout works so.)
    """

    __slots__ = ("_began", "_first", "_idle", "_looked", "_moved", "_rate", "_seen")

    def __init__(self, idle_seconds: float, rate: float, now: float, done: int = 0) -> None:
        self._idle = idle_seconds
        self._rate = rate
        self._began = self._moved = self._looked = now
        self._first = self._seen = done

    def stalled(self, now: float, done: int) -> bool:
        """True when `done` bytes by `now` are too few."""
        self._looked = now
        if done != self._seen:
            self._seen, self._moved = done, now
        if now - self._moved > self._idle:
            return True
        extra = now - self._began - self._idle
        return extra > 0 and done - self._first < self._rate * extra

    def hold(self, now: float) -> None:
        """The time since the last look was not the other side's fault."""
        gap = now - self._looked
        self._began += gap
        self._moved += gap
        self._looked = now
