"""Answers kept by Idempotency-Key: claimed by one server, given when finished, forgotten after a day."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import StorageFull, StorageUnavailable
from egaku.storage.images import ImageStore, Kind, new_name
from egaku.storage.servers import living
from egaku.storage.tables import replies, servers
from egaku.storage.transactions import transaction

INLINE_BYTES = 64 * 1024
"""Larger bodies are files: they would bloat the database, and their deletion its free pages."""
KEPT_BYTES = 2 * 2**30
"""Of all bodies together; beyond it the oldest are forgotten before their time."""
SWEEP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it was first given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a key: this server's to answer, answered, or under way elsewhere."""

    mine: bool
    same_request: bool
    """False when the key was used with another request."""
    reply: Reply | None = None


def hash_key(key: str) -> str:
    """SHA-256 in hex: clients put anything into their keys."""
    return hashlib.sha256(key.encode()).hexdigest()


class ReplyStore:
    """Replies in the database, large bodies in the image store."""

    def __init__(
        self,
        database: AsyncEngine,
        images: ImageStore,
        identity: str,
        keep_seconds: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._images = images
        self._identity = identity
        self._keep_seconds = keep_seconds
        self._now = now

    async def claim(self, owner: str, key_hash: str, request_hash: str) -> Claim:
        """Take the key for this server, or say what there is.

        Not for a key that this very process is at work on: a claim in this server's name counts as left by a
        crash and is taken up again, as a dead server's is. Raises StorageUnavailable, StorageFull.
        """
        while True:
            if await self._insert(owner, key_hash, request_hash):
                return Claim(mine=True, same_request=True)
            claim = await self._look(owner, key_hash, request_hash)
            if claim is not None:
                return claim

    async def finish(self, owner: str, key_hash: str, reply: Reply) -> bool:
        """Keep the answer; False when the claim was lost meanwhile and another server answers."""
        small = len(reply.body) <= INLINE_BYTES
        name = None if small else new_name(Kind.INPUT)
        values = {
            "status": reply.status,
            "headers": json.dumps(dict(reply.headers)),
            "body": reply.body if small else None,
            "file": name,
            "bytes": len(reply.body),
            "expires_at": int(self._now()) + self._keep_seconds,
        }
        if name is not None:
            await self._images.put(reply.body, "bin", name)
        query = update(replies).where(self._held(owner, key_hash)).values(values)
        async with transaction(self._database) as connection:
            kept = (await connection.execute(query)).rowcount == 1
        if not kept and name is not None:
            await self._images.delete(name)
        return kept

    async def release(self, owner: str, key_hash: str) -> None:
        """Give the key up without an answer: a retry starts afresh."""
        async with transaction(self._database) as connection:
            await connection.execute(delete(replies).where(self._held(owner, key_hash)))

    async def replace(self, owner: str, location: str, reply: Reply) -> int:
        """Put another, small answer in place of those that named `location`, which is gone; how many."""
        named = and_(replies.c.owner == owner, replies.c.headers.contains(location, autoescape=True))
        values = {
            "status": reply.status,
            "headers": json.dumps(dict(reply.headers)),
            "body": reply.body,
            "file": None,
            "bytes": len(reply.body),
        }
        files = select(replies.c.file).where(named, replies.c.file.is_not(None))
        async with transaction(self._database) as connection:
            names = list((await connection.execute(files)).scalars())
            replaced = (await connection.execute(update(replies).where(named).values(values))).rowcount
        for name in names:  # what cannot be deleted now goes by age: no row knows it any more
            with contextlib.suppress(StorageUnavailable, StorageFull):
                await self._images.delete(name)
        return replaced

    async def sweep(self) -> int:
        """Delete expired replies, and the oldest beyond KEPT_BYTES, with their files; how many."""
        gone = 0
        while rows := await self._surplus():
            for row in rows:
                if row.file:
                    await self._images.delete(row.file)
            async with transaction(self._database) as connection:
                for row in rows:
                    await connection.execute(delete(replies).where(_is(row.owner, row.key_hash)))
            gone += len(rows)
        return gone

    async def _surplus(self) -> list[ReplyRow]:
        columns = (replies.c.owner, replies.c.key_hash, replies.c.file, replies.c.bytes)
        query = select(*columns).where(replies.c.expires_at <= int(self._now())).limit(SWEEP_AT_ONCE)
        oldest = select(*columns).where(replies.c.bytes > 0).order_by(replies.c.created_at).limit(1)
        async with transaction(self._database) as connection:
            rows = [ReplyRow(*row) for row in await connection.execute(query)]
            if not rows and (await connection.scalar(select(func.sum(replies.c.bytes))) or 0) > KEPT_BYTES:
                rows = [ReplyRow(*row) for row in await connection.execute(oldest)]
            return rows

    async def _insert(self, owner: str, key_hash: str, request_hash: str) -> bool:
        now = int(self._now())
        row = {
            "owner": owner,
            "key_hash": key_hash,
            "request_hash": request_hash,
            "holder": self._identity,
            "bytes": 0,
            "created_at": now,
            "expires_at": now + self._keep_seconds,
        }
        try:
            async with transaction(self._database) as connection:
                await connection.execute(insert(replies).values(row))
        except IntegrityError:
            return False
        return True

    async def _look(self, owner: str, key_hash: str, request_hash: str) -> Claim | None:
        """None when there is nothing any more: claim again."""
        async with transaction(self._database) as connection:
            row = (await connection.execute(select(replies).where(_is(owner, key_hash)))).first()
            if row is not None and row.expires_at <= int(self._now()):
                await connection.execute(delete(replies).where(_is(owner, key_hash)))  # its file goes by age
                return None
        if row is None:
            return None
        if not hmac.compare_digest(row.request_hash, request_hash):
            return Claim(mine=False, same_request=False)
        if row.status is None:
            return Claim(mine=await self._take(owner, key_hash), same_request=True)
        body = row.body if row.file is None else await self._images.read(row.file)
        if body is None:  # without its file it is no answer
            await self._forget(owner, key_hash, row.file)
            return None
        return Claim(False, True, Reply(row.status, json.loads(row.headers), body))

    async def _take(self, owner: str, key_hash: str) -> bool:
        """Take over what a crash left: in our own name, or in a dead server's."""
        others = living(self._now()).where(servers.c.id != self._identity)
        left = and_(_is(owner, key_hash), replies.c.status.is_(None), replies.c.holder.not_in(others))
        async with transaction(self._database) as connection:
            taken = await connection.execute(update(replies).where(left).values(holder=self._identity))
            return taken.rowcount == 1

    async def _forget(self, owner: str, key_hash: str, file: str) -> None:
        """Unless another answer took its place meanwhile."""
        async with transaction(self._database) as connection:
            await connection.execute(delete(replies).where(_is(owner, key_hash), replies.c.file == file))

    def _held(self, owner: str, key_hash: str) -> ColumnElement[bool]:
        return and_(_is(owner, key_hash), replies.c.holder == self._identity, replies.c.status.is_(None))


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One reply to be deleted."""

    owner: str
    key_hash: str
    file: str | None
    bytes: int


def _is(owner: str, key_hash: str) -> ColumnElement[bool]:
    return and_(replies.c.owner == owner, replies.c.key_hash == key_hash)
