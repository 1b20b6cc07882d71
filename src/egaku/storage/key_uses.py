"""When each key was last used: noted in memory, written once a minute.

No request waits for it. A server that is killed forgets the uses of its last minute; the others of several
servers on one database never put an older time over a newer one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from sqlalchemy import BindParameter, bindparam, or_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import ApiError
from egaku.storage.keys import Key
from egaku.storage.tables import keys
from egaku.storage.transactions import transaction

FLUSH_SECONDS = 60.0

log = structlog.get_logger(__name__)


class KeyUses:
    """Notes uses; writes the newest of each key."""

    def __init__(self, database: AsyncEngine, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now
        self._noted: dict[str, int] = {}
        """Not written yet, by key id. Only ids of keys in force, so no more than there are."""
        self._writing = asyncio.Lock()

    def note(self, key_id: str) -> None:
        """Note that this key is used now."""
        self._noted[key_id] = int(self._now())

    def latest(self, key: Key) -> int | None:
        """When `key` was last used, in Unix seconds, as far as this server knows; None for never."""
        return max(key.last_used_at or 0, self._noted.get(key.id, 0)) or None

    async def flush(self) -> None:
        """Write what was noted. What cannot be written is kept. Raises StorageUnavailable, StorageFull."""
        async with self._writing:
            noted = dict(self._noted)
            if not noted:
                return
            at: BindParameter[int] = bindparam("at")
            older = or_(keys.c.last_used_at.is_(None), keys.c.last_used_at < at)
            statement = update(keys).where(keys.c.id == bindparam("used"), older).values(last_used_at=at)
            # In one order, so that two servers never wait for each other's rows.
            rows = [{"used": key_id, "at": seconds} for key_id, seconds in sorted(noted.items())]
            async with transaction(self._database) as connection:
                await connection.execute(statement, rows)
            for key_id, seconds in noted.items():
                if self._noted[key_id] == seconds:
                    del self._noted[key_id]

    async def flush_forever(self, every: float = FLUSH_SECONDS) -> None:
        """A flush every `every` seconds and when cancelled. A database that is away is waited for."""
        try:
            while True:
                await asyncio.sleep(every)
                await self._try_flush()
        finally:
            await self._try_flush()

    async def _try_flush(self) -> None:
        try:
            await self.flush()
        except ApiError as error:
            log.warning("uses of keys not written yet", kind=type(error).__name__)
