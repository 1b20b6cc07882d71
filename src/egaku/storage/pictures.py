"""Whose stored pictures are, until when, and how they were made."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from egaku.storage.recipes import Recipe, delete_pictures, put_on
from egaku.storage.tables import pictures
from egaku.storage.transactions import transaction

SWEEP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture about to be stored."""

    name: str
    """The file's name in the image store."""
    bytes: int
    revised_prompt: str | None = None
    recipe: Recipe | None = None
    """How it was made: kept with its row, and gone with it."""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """Where a picture belongs."""

    job: str | None
    """None: it was an ordinary answer's."""
    position: int | None
    """Within the job."""


class PictureStore:
    """Rows about picture files."""

    def __init__(
        self, database: AsyncEngine, keep_seconds: int, now: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._keep_seconds = keep_seconds
        self._now = now

    async def add(self, owner: str, new: Sequence[NewPicture]) -> None:
        """Note pictures of an answer as `owner`'s. Raises StorageUnavailable, StorageFull."""
        if new:
            async with transaction(self._database) as connection:
                await self._add_on(connection, owner, new)

    async def _add_on(self, connection: AsyncConnection, owner: str, new: Sequence[NewPicture]) -> None:
        now = int(self._now())
        rows = [
            {
                "name": one.name,
                "owner": owner,
                "bytes": one.bytes,
                "revised_prompt": one.revised_prompt,
                "created_at": now,
                "expires_at": now + self._keep_seconds,
                "pixel_hash": one.recipe and one.recipe.pixel_hash,
            }
            for one in new
        ]
        await connection.execute(insert(pictures), rows)
        made = [one.recipe for one in new if one.recipe]
        await put_on(connection, owner, made, now + self._keep_seconds)

    async def find(self, owner: str, name: str) -> StoredPicture | None:
        """The picture of that name, if it is this owner's."""
        query = select(pictures.c.job, pictures.c.position)
        query = query.where(pictures.c.name == name, pictures.c.owner == owner)
        async with transaction(self._database) as connection:
            found = (await connection.execute(query)).one_or_none()
        return None if found is None else StoredPicture(found.job, found.position)

    async def forget(self, names: Sequence[str]) -> int:
        """Delete rows whose files are gone, and how they were made; how many."""
        async with transaction(self._database) as connection:
            return await delete_pictures(connection, pictures.c.name.in_(names))

    async def sweep(self, delete_file: Callable[[str], Awaitable[bool]]) -> int:
        """Delete what is past its time, files first; how many."""
        gone = 0
        while names := await self._expired():
            for name in names:
                await delete_file(name)
            gone += await self.forget(names)
        return gone

    async def _expired(self) -> list[str]:
        query = select(pictures.c.name).where(pictures.c.expires_at <= int(self._now())).limit(SWEEP_AT_ONCE)
        async with transaction(self._database) as connection:
            return list((await connection.execute(query)).scalars())
