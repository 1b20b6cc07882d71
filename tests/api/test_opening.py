"""What a server asks of its records when a background job's turn comes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import text

from egaku.api.opening import _serves
from egaku.storage.database import open_database
from egaku.storage.keys import KeyStore


async def test_whose_jobs_are_drawn(tmp_path: Path) -> None:
    """Records that cannot be read leave no job alone: it would not be taken up before the next start."""
    database = await asyncio.to_thread(open_database, tmp_path / "egaku.db")
    keys = KeyStore(database)
    _, key = await keys.create("x")
    assert await _serves(keys, key.id)
    assert await _serves(keys, "anonymous@127.0.0.1")
    await keys.revoke(key.id)
    assert not await _serves(keys, key.id)
    async with database.begin() as connection:
        await connection.execute(text("DROP TABLE keys"))
    assert await _serves(keys, key.id)
    await database.dispose()
