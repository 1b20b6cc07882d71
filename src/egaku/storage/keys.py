"""API keys: shown once, stored as a hash, revoked but never forgotten."""

from __future__ import annotations

import hashlib
import math
import secrets
import string
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Row, func, insert, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.database import keys

PREFIX = "sk-egaku-"
SECRET_LENGTH = 43
"""Base62 characters after the prefix: 256 bits, so a plain SHA-256 cannot be searched."""
NO_KEYS_SECONDS = 1.0
"""How long a server may go on without keys after the first one was made by another process."""
ALPHABET = string.ascii_letters + string.digits
IN_ORDER: ColumnElement[int] = literal_column("rowid", Integer)
"""SQLite's own count of rows. Keys are never deleted, so it is the order in which they were made."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key without its secret."""

    id: str
    name: str
    hint: str
    images_per_minute: int | None
    """None means the server's default."""
    created_at: int
    revoked_at: int | None


def random_text(length: int) -> str:
    """`length` random base62 characters from the system's generator."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def hash_secret(secret: str) -> str:
    """SHA-256 in hex. Looked up by index, so no comparison of secrets leaks its timing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class KeyStore:
    """Keys in the database."""

    def __init__(self, database: AsyncEngine, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now
        self._exist = False
        self._looked_at = -math.inf

    async def create(self, name: str, images_per_minute: int | None = None) -> tuple[str, Key]:
        """A new key: its secret, which is never shown again, and its record."""
        secret = PREFIX + random_text(SECRET_LENGTH)
        key = Key(f"key_{random_text(16)}", name, secret[-4:], images_per_minute, int(self._now()), None)
        row = {
            "id": key.id,
            "name": key.name,
            "hash": hash_secret(secret),
            "hint": key.hint,
            "images_per_minute": key.images_per_minute,
            "created_at": key.created_at,
        }
        async with self._database.begin() as connection:
            await connection.execute(insert(keys).values(row))
        return secret, key

    async def list(self) -> list[Key]:
        """All keys, oldest first, revoked ones too."""
        async with self._database.connect() as connection:
            rows = await connection.execute(select(keys).order_by(IN_ORDER))
            return [_key(row) for row in rows]

    async def revoke(self, key: str) -> str | None:
        """End a key now, by its id or its secret; its id, or None when there is no such key in force."""
        named = or_(keys.c.id == key, keys.c.hash == hash_secret(key))
        async with self._database.begin() as connection:
            identifier: str | None = await connection.scalar(
                select(keys.c.id).where(named, keys.c.revoked_at.is_(None))
            )
            await connection.execute(
                update(keys).where(keys.c.id == identifier).values(revoked_at=int(self._now()))
            )
            return identifier

    async def find(self, secret: str) -> Key | None:
        """The key in force with this secret."""
        query = select(keys).where(keys.c.hash == hash_secret(secret), keys.c.revoked_at.is_(None))
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
            return _key(row) if row else None

    async def any_exist(self) -> bool:
        """True once any key was ever made: revoking the last one must not open the server.

        Keys are never deleted, so yes is remembered for good, and no for a second.
        """
        if not self._exist and self._now() - self._looked_at > NO_KEYS_SECONDS:
            async with self._database.connect() as connection:
                self._exist = bool(await connection.scalar(select(func.count()).select_from(keys)))
            self._looked_at = self._now()
        return self._exist


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(row.id, row.name, row.hint, row.images_per_minute, row.created_at, row.revoked_at)
