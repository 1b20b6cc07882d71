"""Deletes what has expired, again and again, for as long as the server runs."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from egaku.storage.images import ImageStore
from egaku.storage.recipes import RecipeStore

SWEEP_SECONDS = 30.0

log = structlog.get_logger(__name__)


async def sweep(images: ImageStore, recipes: RecipeStore) -> int:
    """One round; how many pictures and recipes went."""
    return await asyncio.to_thread(images.sweep) + await recipes.sweep()


async def sweep_forever(images: ImageStore, recipes: RecipeStore, every: float = SWEEP_SECONDS) -> None:
    """A round every `every` seconds. A failing disk or database is reported and tried again."""
    while True:
        try:
            gone = await sweep(images, recipes)
        except (OSError, SQLAlchemyError) as error:
            log.warning("sweep failed", reason=type(error).__name__)
        else:
            if gone:
                log.info("swept", deleted=gone)
        await asyncio.sleep(every)
