"""One database transaction whose failures are typed answers, for stores that people's requests wait on."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from sqlalchemy import TextClause
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from egaku.storage.database import FULL, NORMAL, is_sqlite
from egaku.storage.failures import typed


@contextlib.asynccontextmanager
async def transaction(database: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Committed as a whole when the block ends, else undone. Raises StorageUnavailable, StorageFull."""
    with typed("records"):
        async with database.begin() as connection:
            yield connection


@contextlib.asynccontextmanager
async def lasting(database: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Likewise, and when the block has ended not even a power cut undoes it: for what somebody is told.

    Other commits of SQLite's wait for its next checkpoint, or the system, to reach the disk.
    """
    if not is_sqlite(database):  # PostgreSQL's commits always do
        async with transaction(database) as connection:
            yield connection
        return
    with typed("records"):
        async with database.connect() as connection:
            await _set(connection, FULL)
            async with connection.begin():
                yield connection
            # It is committed, whatever becomes of this connection; and FULL does no harm to what comes next.
            with contextlib.suppress(SQLAlchemyError):
                await _set(connection, NORMAL)


async def _set(connection: AsyncConnection, mode: TextClause) -> None:
    """Between transactions."""
    await connection.execute(mode)
    await connection.commit()
