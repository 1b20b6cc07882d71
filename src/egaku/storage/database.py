"""The SQL database: SQLAlchemy Core over SQLite (WAL) or PostgreSQL, migrated by Alembic when it is opened.

SQLite's own way of transactions is kept: one begins at the first statement that writes and waits there for
the lock, so no transaction fails half-way because another wrote after it had read. As with PostgreSQL's
default level, what was read before may have changed: conditions belong into the UPDATE or DELETE itself.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Executable, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from egaku.storage.failures import StoreUnusable, typed

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 5000
"""How long a writer waits for another process's lock."""
CHECK_SECONDS = 3.0
"""How long looking for damage may delay the start; a file too large for that is believed."""
CHECK_STEPS = 10_000
"""Of SQLite's virtual machine between two looks at the clock."""
SSL_MODE = "sslmode"
"""What PostgreSQL's own tools call it in a URL."""
VACUUM_PAGES = 2000
"""Free pages given back to the disk per sweep; 8 MB."""
FULL, NORMAL = text("PRAGMA synchronous=FULL"), text("PRAGMA synchronous=NORMAL")
"""Whether SQLite's commits wait for the disk."""
SCHEMA_LOCK = 0x65_67_61_6B_75
"""PostgreSQL's advisory lock during migrations: servers may start together."""

log = structlog.get_logger(__name__)


def open_database(where: Path | str) -> AsyncEngine:
    """Create or migrate a database and return an engine on it: a SQLite file, or a `postgresql://` URL.

    Blocking; call at start, outside the event loop. Raises StoreUnusable.
    """
    if isinstance(where, Path):
        return _open_sqlite(where)
    return _open_postgresql(where)


def upsert(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> Executable:
    """Insert `rows`; where a primary key is there already, the new row replaces the old one."""
    own = table.primary_key.columns
    dialect = sqlite if is_sqlite(connection) else postgresql
    query = dialect.insert(table).values(list(rows))
    newer = {
        column.name: query.excluded[column.name] for column in table.columns if column not in own.values()
    }
    whole: Executable = query.on_conflict_do_update(index_elements=list(own), set_=newer)
    return whole


def is_sqlite(database: AsyncEngine | AsyncConnection) -> bool:
    """True for a file of our own."""
    return database.dialect.name == "sqlite"


async def check_database(database: AsyncEngine) -> None:
    """Raise StorageUnavailable unless the database could be written to now. Writes nothing."""
    with typed("records"):
        async with database.connect() as connection:
            # Taking the write lock shows a lock held elsewhere and a disk that became read-only.
            await connection.execute(text("BEGIN IMMEDIATE" if is_sqlite(database) else "SELECT 1"))
            await connection.rollback()


async def tidy_database(database: AsyncEngine) -> int:
    """After deletions: no deleted word stays in the log of writes, and free pages go back to the disk.

    Always 0, so that it can be one of the sweeps.
    """
    if is_sqlite(database):
        async with database.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            # As a script: run as a query, the vacuum would give back one page per row fetched.
            await raw.executescript(
                f"PRAGMA incremental_vacuum({VACUUM_PAGES}); PRAGMA wal_checkpoint(TRUNCATE)"
            )
    return 0


def migrate(connection: Connection) -> None:
    """Bring the schema to the newest version, all steps in the connection's one transaction."""
    config = Config()
    config.set_main_option("script_location", os.fspath(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _open_sqlite(path: Path) -> AsyncEngine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if not path.exists():
            path.touch(mode=0o600)
        # SQLite gives -wal and -shm the permissions of the file itself.
        path.chmod(0o600)
        _look_for_damage(path)
        _migrate_sqlite(path)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise StoreUnusable(f"{path} cannot be opened: {_cause(error)}") from None
    except CommandError:
        raise StoreUnusable(f"{path} was made by a newer egaku. Upgrade, or restore a backup.") from None
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=os.fspath(path)), pool_size=5, max_overflow=5, pool_timeout=10
    )
    event.listen(engine.sync_engine, "connect", _pragmas)
    event.listen(engine.sync_engine, "invalidate", _undo)
    return engine


def _undo(connection: Any, _record: object, _error: object) -> None:
    """End the transaction that a cancelled task leaves.

    Closing its connection would not: the cancellation's traceback keeps the cursor alive, SQLite keeps what a
    cursor needs, and every writer would find a locked database until the traceback is gone.
    """
    if connection is not None:
        connection.rollback()


def _pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # NORMAL with WAL survives kill -9; only a power cut can lose the newest commits, never corrupt. What is
    # promised to somebody waits for the disk: `transactions.lasting`.
    # secure_delete: a deleted recipe holds words of a prompt and must not linger in free pages.
    for pragma in ("journal_mode=WAL", f"busy_timeout={BUSY_MS}", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _look_for_damage(path: Path) -> None:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
    deadline = time.monotonic() + CHECK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, CHECK_STEPS)
    try:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        log.info("database is large: looked for damage in part of it only")
        return
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    finally:
        connection.close()
    if verdict != "ok":
        raise StoreUnusable(
            f"{path} is damaged and was left as it is. Restore a backup of it; or save what can be read with "
            f"`sqlite3 {path.name} .recover`; or move it away to start with an empty one (keys are lost)."
        )


def _migrate_sqlite(path: Path) -> None:
    url = URL.create("sqlite", database=os.fspath(path))
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_MS / 1000})
    # The driver would commit before each CREATE TABLE: a kill between two would leave half a schema.
    event.listen(engine, "connect", _prepare_migration)
    event.listen(engine, "begin", lambda connection: connection.execute(text("BEGIN IMMEDIATE")))
    try:
        with engine.begin() as connection:
            migrate(connection)
    finally:
        engine.dispose()


def _prepare_migration(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    # Counts for a new file only: its pages can be given back later without rewriting it.
    connection.execute("PRAGMA auto_vacuum=INCREMENTAL")


def _open_postgresql(address: str) -> AsyncEngine:
    try:
        url = make_url(address).set(drivername="postgresql+asyncpg")
    except (ArgumentError, ValueError):
        raise StoreUnusable("EGAKU_DATABASE_URL is not a database URL") from None
    options = _asyncpg_options(url)
    url = url.difference_update_query([SSL_MODE])
    try:
        asyncio.run(_migrate_postgresql(url, options))
        engine = create_async_engine(
            url,
            pool_size=5,
            max_overflow=5,
            pool_timeout=10,
            pool_pre_ping=True,
            pool_recycle=1800,
            connect_args=options,
        )
    except ModuleNotFoundError:
        raise StoreUnusable("PostgreSQL needs one more package: pip install 'egaku[postgres]'") from None
    except CommandError:
        raise StoreUnusable(
            f"{_shown(url)} was made by a newer egaku. Upgrade, or restore a backup."
        ) from None
    except Exception as error:  # noqa: BLE001  the driver raises its own, the system's and SQLAlchemy's kinds
        raise StoreUnusable(f"{_shown(url)} cannot be used: {_cause(error)}") from None
    event.listen(engine.sync_engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def _without_nul(
    _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
) -> tuple[str, Any]:
    """U+FFFD for zero bytes, which PostgreSQL refuses even to look for: what nobody has is then not found."""

    def mend(values: Sequence[object]) -> tuple[object, ...]:
        return tuple(one.replace("\0", "\ufffd") if isinstance(one, str) else one for one in values)

    return statement, [mend(values) for values in parameters] if many else mend(parameters)


def _asyncpg_options(url: URL) -> dict[str, object]:
    """Seconds to connect and per statement; our name in its lists; sslmode as the driver calls it."""
    options: dict[str, object] = {
        "timeout": 5,
        "command_timeout": 10,
        "server_settings": {"application_name": "egaku"},
    }
    if SSL_MODE in url.query:
        options["ssl"] = url.query[SSL_MODE]
    return options


async def _migrate_postgresql(url: URL, options: dict[str, object]) -> None:
    engine = create_async_engine(url, poolclass=NullPool, connect_args=options)
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


def _shown(url: URL) -> str:
    return URL.create("postgresql", host=url.host, port=url.port, database=url.database).render_as_string()


def _cause(error: BaseException) -> str:
    """Kind and first line; no statement, no parameters."""
    inner = getattr(error, "orig", None) or error
    return f"{type(inner).__name__}: {(str(inner).splitlines() or [''])[0]}"
