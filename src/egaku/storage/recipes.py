"""How pictures were made, so that an engine can edit or vary its own work knowing what is in it.

A recipe is found by owner and pixels: whoever uploads a picture they were given gets its recipe back, nobody
else's. It holds the prompt: it lives as long as a stored picture of these pixels and is deleted with the last
one. That of a picture which is stored nowhere has a time of its own.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from egaku.storage.database import upsert
from egaku.storage.tables import pictures, recipes

OF_PICTURE = and_(recipes.c.owner == pictures.c.owner, recipes.c.pixel_hash == pictures.c.pixel_hash)
HELD = exists().where(OF_PICTURE).correlate(recipes)
"""There is a stored picture made by this recipe."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one picture was made."""

    engine: str
    pixel_hash: str
    text: str


def pixel_hash(pixels: NDArray[np.uint8]) -> str:
    """Hash of a picture's shape and its visible RGBA, (H, W, 4) uint8, whatever file it travelled in."""
    # SHA-256: processors have instructions for it, which makes it twice as fast as BLAKE2 here.
    digest = hashlib.sha256(repr(pixels.shape).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


class RecipeStore:
    """Recipes in the database."""

    def __init__(
        self, database: AsyncEngine, keep_seconds: int, now: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._keep_seconds = keep_seconds
        self._now = now

    async def put(self, owner: str, made: Sequence[Recipe]) -> None:
        """Remember for one owner how pictures were made that are stored nowhere."""
        async with self._database.begin() as connection:
            await put_on(connection, owner, made, int(self._now()) + self._keep_seconds)

    async def find(self, owner: str, engine: str, pixels: NDArray[np.uint8]) -> str | None:
        """The recipe of these pixels, if this engine drew them for this owner and it has not expired."""
        query = select(recipes.c.recipe).where(
            recipes.c.owner == owner,
            recipes.c.pixel_hash == pixel_hash(pixels),
            recipes.c.engine == engine,
            or_(recipes.c.expires_at > int(self._now()), HELD),
        )
        async with self._database.connect() as connection:
            recipe: str | None = await connection.scalar(query)
            return recipe

    async def sweep(self) -> int:
        """Delete expired recipes; how many."""
        expired = and_(recipes.c.expires_at <= int(self._now()), ~HELD)
        async with self._database.begin() as connection:
            return (await connection.execute(delete(recipes).where(expired))).rowcount


async def put_on(connection: AsyncConnection, owner: str, made: Sequence[Recipe], expires_at: int) -> None:
    """Remember recipes, within a transaction; the newest of the same pixels counts."""
    rows = {
        one.pixel_hash: {
            "owner": owner,
            "pixel_hash": one.pixel_hash,
            "engine": one.engine,
            "recipe": one.text,
            "expires_at": expires_at,
        }
        for one in made
    }
    if rows:
        await connection.execute(upsert(connection, recipes, list(rows.values())))


async def delete_pictures(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """Delete pictures' rows, and the recipes that no other picture has; how many pictures."""
    # Locked where the database can: of two transactions that delete the last two of one recipe, one is later.
    theirs = select(recipes.c.owner, recipes.c.pixel_hash).join(pictures, OF_PICTURE).where(which)
    theirs = theirs.order_by(recipes.c.owner, recipes.c.pixel_hash).with_for_update(of=recipes)
    made = list(await connection.execute(theirs))
    gone = (await connection.execute(delete(pictures).where(which))).rowcount
    for row in made:
        same = and_(recipes.c.owner == row.owner, recipes.c.pixel_hash == row.pixel_hash)
        await connection.execute(delete(recipes).where(same, ~HELD))
    return gone
