"""The database: migrated to what the code expects, private, whole after a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from egaku.storage.database import metadata, migrate, open_database
from egaku.storage.keys import KeyStore


def test_migrations_lead_to_the_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a % b.db"
    migrate(path)
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() is not None
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    migrate(path)
    before = path.read_bytes()
    migrate(path)
    assert path.read_bytes() == before


async def test_pragmas(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        found = {
            name: await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "busy_timeout", "synchronous", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "busy_timeout": 5000, "synchronous": 1, "secure_delete": 1}


def open_to_others(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]


async def test_only_its_owner_may_read_it(database: AsyncEngine, tmp_path: Path) -> None:
    await KeyStore(database).create("x")
    assert open_to_others(tmp_path) == []


WRITER = """
import asyncio, sys
from pathlib import Path
from egaku.storage.database import open_database
from egaku.storage.keys import KeyStore

async def main():
    store = KeyStore(open_database(Path(sys.argv[1])))
    for i in range(10_000):
        secret, _ = await store.create(f"key {i}")
        print(secret, flush=True)

asyncio.run(main())
"""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.3)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged = [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert len(acknowledged) > 10
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert asyncio.run(found(path, acknowledged)) == acknowledged


async def found(path: Path, secrets: list[str]) -> list[str]:
    """Those of the secrets that are still keys."""
    engine = open_database(path)
    store = KeyStore(engine)
    try:
        return [secret for secret in secrets if await store.find(secret)]
    finally:
        await engine.dispose()
