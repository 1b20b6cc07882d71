"""The SQL database: SQLAlchemy Core over SQLite (WAL), migrated by Alembic when it is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 5000
"""How long a writer waits for another process's lock."""

metadata = MetaData()

keys = Table(
    "keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("hint", String(16), nullable=False),
    Column("images_per_minute", Integer),
    Column("created_at", Integer, nullable=False),
    Column("revoked_at", Integer),
)
"""API keys. `hash` is the SHA-256 of the secret in hex; `hint` its last characters, for people."""

recipes = Table(
    "recipes",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("pixel_hash", String(64), primary_key=True),
    Column("engine", String(64), nullable=False),
    Column("recipe", Text, nullable=False),
    Column("expires_at", Integer, nullable=False),
    Index("ix_recipes_expires_at", "expires_at"),
)
"""How a picture was made, found again by its pixels when its owner uploads it for an edit or a variation."""


def _pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # NORMAL with WAL survives kill -9; only a power cut can lose the newest commits, never corrupt.
    # secure_delete: a deleted recipe holds words of a prompt and must not linger in free pages.
    for pragma in ("journal_mode=WAL", f"busy_timeout={BUSY_MS}", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_database(path: Path) -> AsyncEngine:
    """Create or migrate the database file at `path` and return an engine on it. Blocking; call at start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    migrate(path)
    engine = create_async_engine(URL.create("sqlite+aiosqlite", database=os.fspath(path)))
    event.listen(engine.sync_engine, "connect", _pragmas)
    return engine


def migrate(path: Path) -> None:
    """Bring the schema at `path` to the newest version."""
    config = Config()
    config.set_main_option("script_location", os.fspath(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = URL.create("sqlite", database=os.fspath(path))
    command.upgrade(config, "head")
