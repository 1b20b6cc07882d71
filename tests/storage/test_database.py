"""The database: migrated to what the code expects, private, whole after a kill."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from egaku.contract.errors import StorageUnavailable
from egaku.storage import database as module
from egaku.storage.database import check_database, open_database, tidy_database
from egaku.storage.failures import StoreUnusable
from egaku.storage.keys import KeyStore
from egaku.storage.pictures import PictureStore
from egaku.storage.recipes import Recipe, RecipeStore
from egaku.storage.tables import metadata
from tests.services import PostgreSQL


def test_migrations_lead_to_the_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a % b.db"
    open_database(path)
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() is not None
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.services
async def test_migrations_lead_to_the_metadata_on_postgresql(postgresql: PostgreSQL) -> None:
    url = postgresql.database()
    for _ in range(2):
        engine = await asyncio.to_thread(open_database, url)
        async with engine.connect() as connection:
            differences = await connection.run_sync(
                lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
            )
        assert differences == []
        await engine.dispose()


@pytest.mark.services
async def test_sslmode_is_understood(postgresql: PostgreSQL) -> None:
    url = postgresql.database()
    engine = await asyncio.to_thread(open_database, url + "?sslmode=prefer")
    await check_database(engine)
    await engine.dispose()
    with pytest.raises(StoreUnusable, match="SSL"):  # the server of the tests has none
        await asyncio.to_thread(open_database, url + "?sslmode=require")


@pytest.mark.services
async def test_servers_that_start_together_on_postgresql(postgresql: PostgreSQL) -> None:
    url = postgresql.database()
    engines = await asyncio.gather(*(asyncio.to_thread(open_database, url) for _ in range(4)))
    for engine in engines:
        await check_database(engine)
        await engine.dispose()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    open_database(path)
    before = dump(path)
    open_database(path)
    assert dump(path) == before


async def test_pragmas(database: AsyncEngine, tmp_path: Path) -> None:
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


async def test_a_file_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    path.touch(mode=0o644)
    engine = open_database(path)
    await KeyStore(engine).create("x")
    assert open_to_others(tmp_path) == []
    await engine.dispose()


def test_a_migration_is_done_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure after the last step leaves the empty file that was there before."""
    path = tmp_path / "egaku.db"
    real = module.migrate

    def breaks_off(connection: Connection) -> None:
        real(connection)
        raise OSError("the machine went away")

    with monkeypatch.context() as patch:
        patch.setattr(module, "migrate", breaks_off)
        with pytest.raises(StoreUnusable):
            open_database(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    open_database(path)


async def test_a_database_from_before_pictures_led_to_recipes(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    config = Config()
    config.set_main_option("script_location", str(module.MIGRATIONS))
    earlier = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with earlier.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(
            text("INSERT INTO pictures VALUES ('img-a.png', 'me', NULL, NULL, 1, NULL, 1, 9000000000)")
        )
    earlier.dispose()
    database = open_database(path)
    pictures = PictureStore(database, 100)
    assert await pictures.find("me", "img-a.png")
    assert await pictures.forget(["img-a.png"]) == 1
    await database.dispose()


def test_servers_that_start_together_migrate_once(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    context = multiprocessing.get_context("spawn")
    starting = [context.Process(target=open_database, args=(path,)) for _ in range(3)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0]


@pytest.mark.parametrize("where", [0, 100, 8192])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, where: int) -> None:
    path = tmp_path / "egaku.db"
    open_database(path)
    data = bytearray(path.read_bytes())
    data[where : where + 3000] = b"\xff" * 3000
    path.write_bytes(data)
    with pytest.raises(match=r"egaku\.db is damaged.*backup"):
        open_database(path)
    assert path.read_bytes() == data


def test_looking_for_damage_is_bounded_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "egaku.db"
    open_database(path)
    monkeypatch.setattr(module, "CHECK_SECONDS", -1.0)
    monkeypatch.setattr(module, "CHECK_STEPS", 1)
    open_database(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    open_database(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(match="newer egaku"):
        open_database(path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(match="cannot be opened"):
        open_database(tmp_path)


@pytest.mark.parametrize(
    "url", ["postgresql://egaku:hunter2@127.0.0.1:1/x", "postgresql://egaku:hunter2@127.0.0.1:no/x"]
)
def test_an_unreachable_server_is_named_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnusable) as refusal:
        open_database(url)
    assert "hunter2" not in str(refusal.value)
    assert "127.0.0.1" in str(refusal.value) or "EGAKU_DATABASE_URL" in str(refusal.value)


async def test_check(database: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_MS", 50)
    await check_database(database)
    with sqlite3.connect(tmp_path / "egaku.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable):
            await check_database(database)
        other.execute("ROLLBACK")
    other.close()
    await check_database(database)


async def test_deleted_pages_go_back_to_the_disk(database: AsyncEngine, tmp_path: Path) -> None:
    path = tmp_path / "egaku.db"
    store = RecipeStore(database, 1, lambda: 0)
    await store.put("a", [Recipe("engine", f"{i:064}", "x" * 4000) for i in range(200)])
    await tidy_database(database)
    full = path.stat().st_size
    await RecipeStore(database, 1, lambda: 10).sweep()
    await tidy_database(database)
    assert path.stat().st_size < full / 2
    assert path.with_name("egaku.db-wal").stat().st_size == 0


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
