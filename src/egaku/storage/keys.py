"""API keys: shown once, stored as a hash, revoked but never forgotten."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
import string
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.keys import KeyFields
from egaku.storage.shared import Shared
from egaku.storage.tables import keys
from egaku.storage.transactions import lasting

PREFIX = "sk-egaku-"
SECRET_LENGTH = 43
"""Base62 characters after the prefix: 256 bits, so a plain SHA-256 cannot be searched."""
NO_KEYS_SECONDS = 1.0
"""How long a server may go on without keys after the first one was made by another process."""
REMEMBERED_SECONDS = 1.0
"""How long a server may go on with a key that another process has changed or revoked."""
ALPHABET = string.ascii_letters + string.digits
ORDERED = string.digits + string.ascii_lowercase
"""Sorts alike in every database and collation."""
IN_ORDER = (keys.c.created_at, keys.c.id)
"""Oldest first: an id begins with the microsecond in which it was made."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key without its secret. None among the limits means the server's default."""

    id: str
    name: str
    hint: str
    """The secret's last characters."""
    images_per_minute: int | None
    created_at: int
    """Unix seconds."""
    revoked_at: int | None
    is_admin: bool = False
    """Administers, and does not draw."""
    images_per_day: int | None = None
    images_per_month: int | None = None
    max_concurrent: int | None = None
    models: tuple[str, ...] | None = None
    """Those it may ask for; None means all."""
    organization: str | None = None
    user: str | None = None
    moderation: str | None = None
    """strict, standard, low or off."""
    last_used_at: int | None = None
    """As written by `key_uses`, which may know better."""


def random_text(length: int) -> str:
    """`length` random base62 characters from the system's generator."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def hash_secret(secret: str) -> str:
    """SHA-256 in hex. Looked up by index, so no comparison of secrets leaks its timing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def ordered_id(now: float) -> str:
    """`key_` and 16 characters of base 36: ten for the microsecond, so that ids sort by time, six random."""
    microseconds, time_text = int(now * 1e6), ""
    for _ in range(10):
        microseconds, digit = divmod(microseconds, 36)
        time_text = ORDERED[digit] + time_text
    return f"key_{time_text}{''.join(secrets.choice(ORDERED) for _ in range(6))}"


class KeyStore:
    """Keys in the database; those in use in memory, for a second.

    What this store changes it sees at once; what another process changes, `REMEMBERED_SECONDS` later at most.
    """

    def __init__(
        self,
        database: AsyncEngine,
        now: Callable[[], float] = time.time,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """`elapsed` measures what is remembered: a clock set back must not keep a revoked key alive."""
        self._database = database
        self._now = now
        self._elapsed = elapsed
        self._exist = False
        self._looked_at = -math.inf
        self._changes = 0
        self._remembered: dict[str, tuple[float, Key]] = {}
        """By hash of the secret: until when, and the key. Only those in force, so no more than there are."""
        self._lookups: Shared[Key | None] = Shared()
        self._counts: Shared[bool] = Shared()

    async def create(
        self,
        name: str,
        images_per_minute: int | None = None,
        *,
        is_admin: bool = False,
        fields: KeyFields | None = None,
    ) -> tuple[str, Key]:
        """A new key: its secret, which is never shown again, and its record."""
        secret, now = PREFIX + random_text(SECRET_LENGTH), self._now()
        row = {
            "images_per_minute": images_per_minute,
            **_columns(fields or {}),
            "id": ordered_id(now),
            "name": name,
            "hash": hash_secret(secret),
            "hint": secret[-4:],
            "is_admin": is_admin,
            "created_at": int(now),
        }
        async with lasting(self._database) as connection:
            await connection.execute(insert(keys).values(row))
            made = (await connection.execute(select(keys).where(keys.c.id == row["id"]))).one()
        return secret, _key(made)

    async def update(self, identifier: str, fields: KeyFields) -> Key | None:
        """Change these fields of a key in force; the key as it is now, or None when there is no such key."""
        named = and_(keys.c.id == identifier, keys.c.revoked_at.is_(None))
        async with lasting(self._database) as connection:
            await connection.execute(update(keys).where(named).values(_columns(fields)))
            row = (await connection.execute(select(keys).where(named))).first()
        self._forget()
        return _key(row) if row else None

    async def page(
        self, *, is_admin: bool, after: str | None, limit: int, descending: bool = False
    ) -> list[Key]:
        """Up to `limit` keys in force of one kind, by age, beginning behind the key with the id `after`."""
        query = select(keys).where(keys.c.is_admin.is_(is_admin), keys.c.revoked_at.is_(None))
        if after is not None:
            place = select(keys.c.created_at).where(keys.c.id == after).scalar_subquery()
            made, identifier = keys.c.created_at, keys.c.id
            behind = (
                or_(made < place, and_(made == place, identifier < after))
                if descending
                else or_(made > place, and_(made == place, identifier > after))
            )
            query = query.where(behind)
        order = [column.desc() if descending else column.asc() for column in IN_ORDER]
        async with self._database.connect() as connection:
            rows = await connection.execute(query.order_by(*order).limit(limit))
            return [_key(row) for row in rows]

    async def get(self, identifier: str) -> Key | None:
        """The key in force with this id."""
        query = select(keys).where(keys.c.id == identifier, keys.c.revoked_at.is_(None))
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
            return _key(row) if row else None

    async def revoke(self, key: str) -> str | None:
        """End a key now, by its id or its secret; its id, or None when there is no such key in force."""
        named = or_(keys.c.id == key, keys.c.hash == hash_secret(key))
        async with lasting(self._database) as connection:
            identifier: str | None = await connection.scalar(
                select(keys.c.id).where(named, keys.c.revoked_at.is_(None))
            )
            await connection.execute(
                update(keys).where(keys.c.id == identifier).values(revoked_at=int(self._now()))
            )
        self._forget()
        return identifier

    async def find(self, secret: str) -> Key | None:
        """The key in force with this secret. A key found less than a second ago costs no query."""
        digest = hash_secret(secret)
        until, remembered = self._remembered.get(digest, (-math.inf, None))
        if self._elapsed() < until:
            return remembered
        return await self._lookups.ask(digest, partial(self._look_up, digest))

    async def _look_up(self, digest: str) -> Key | None:
        self._remembered.pop(digest, None)
        asked, changes = self._elapsed(), self._changes
        query = select(keys).where(keys.c.hash == digest, keys.c.revoked_at.is_(None))
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        found = _key(row)
        # A key read before a change must not outlive it.
        if changes == self._changes:
            self._remembered[digest] = (asked + REMEMBERED_SECONDS, found)
        return found

    def _forget(self) -> None:
        self._changes += 1
        self._remembered.clear()
        self._lookups.forget()

    async def any_exist(self) -> bool:
        """True once any key was ever made: revoking the last one must not open the server.

        Keys are never deleted, so yes is remembered for good, and no for a second.
        """
        if not self._exist and self._elapsed() - self._looked_at > NO_KEYS_SECONDS:
            self._exist = await self._counts.ask("any", self._look_for_any)
        return self._exist

    async def any_administer(self) -> bool:
        """True while an admin key is in force."""
        query = select(keys.c.id).where(keys.c.is_admin.is_(True), keys.c.revoked_at.is_(None)).limit(1)
        async with self._database.connect() as connection:
            return await connection.scalar(query) is not None

    async def _look_for_any(self) -> bool:
        async with self._database.connect() as connection:
            exist = bool(await connection.scalar(select(func.count()).select_from(keys)))
        self._looked_at = self._elapsed()
        return exist

    async def list(self) -> list[Key]:
        """All keys, oldest first, revoked ones too."""
        async with self._database.connect() as connection:
            rows = await connection.execute(select(keys).order_by(*IN_ORDER))
            return [_key(row) for row in rows]


def _columns(fields: KeyFields) -> dict[str, Any]:
    """Fields as the table keeps them."""
    columns: dict[str, Any] = dict(fields)
    if columns.get("models") is not None:
        columns["models"] = json.dumps(columns["models"])
    return columns


def _key(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        hint=row.hint,
        images_per_minute=row.images_per_minute,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        is_admin=bool(row.is_admin),
        images_per_day=row.images_per_day,
        images_per_month=row.images_per_month,
        max_concurrent=row.max_concurrent,
        models=tuple(json.loads(row.models)) if row.models else None,
        organization=row.organization,
        user=row.user,
        moderation=row.moderation,
        last_used_at=row.last_used_at,
    )
