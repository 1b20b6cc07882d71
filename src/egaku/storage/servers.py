"""Servers that share a database: who is alive, so that what a dead one held can be taken over.

A server keeps its id in its data folder. Started again after kill -9 it is the same server, and what it held
is still its own: nothing waits for a lease to run out.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.keys import random_text
from egaku.storage.tables import servers
from egaku.storage.transactions import transaction

if sys.platform != "win32":
    import fcntl

BEAT_SECONDS = 2.0
LEASE_SECONDS = 12
"""Silent for longer, a server counts as dead."""
ID_LENGTH = 24


@contextlib.contextmanager
def server_identity(path: Path) -> Iterator[str]:
    """The id of this server: the one kept at `path`, or a new one while another process uses that."""
    fresh = f"srv_{random_text(ID_LENGTH)}"
    if sys.platform == "win32":  # every start is a new server, and leases decide
        yield fresh
        return
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield fresh
            return
        kept = file.read(64).strip()
        if len(kept) != len(fresh):
            file.seek(0)
            file.truncate()
            file.write(fresh)
            file.flush()
            os.fsync(file.fileno())
            kept = fresh
        yield kept  # the lock ends with the process, however it ends


def living(now: float) -> Select[Any]:
    """Ids of the servers that showed signs of life within the lease."""
    return select(servers.c.id).where(servers.c.beat_at > int(now) - LEASE_SECONDS)


class ServerStore:
    """Signs of life in the database."""

    def __init__(self, database: AsyncEngine, identity: str, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self.identity = identity
        self._now = now

    async def beat(self) -> None:
        """Say that this server lives; forget servers that have been silent for a day."""
        now = int(self._now())
        own = update(servers).where(servers.c.id == self.identity).values(beat_at=now)
        async with transaction(self._database) as connection:
            known = (await connection.execute(own)).rowcount
            await connection.execute(delete(servers).where(servers.c.beat_at < now - 86_400))
        if not known:
            with contextlib.suppress(IntegrityError):  # two beats at once: one of them wrote it
                async with transaction(self._database) as connection:
                    await connection.execute(insert(servers).values(id=self.identity, beat_at=now))
