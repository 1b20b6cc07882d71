"""The sweeper goes on whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.images import ImageStore
from egaku.storage.recipes import RecipeStore
from egaku.storage.sweeper import sweep, sweep_forever
from tests.storage.conftest import Clock

KEEP = 100


@pytest.fixture
def stores(database: AsyncEngine, clock: Clock, tmp_path: Path) -> tuple[ImageStore, RecipeStore]:
    return ImageStore(tmp_path / "images", KEEP, clock), RecipeStore(database, KEEP, clock)


async def test_one_round(stores: tuple[ImageStore, RecipeStore], clock: Clock) -> None:
    images, recipes = stores
    images.put(b"x", "png")
    await recipes.put("a", "engine", {"hash": "recipe"})
    clock.now = 4e9
    assert await sweep(images, recipes) == 2
    assert await sweep(images, recipes) == 0


async def test_failures_do_not_end_it(
    stores: tuple[ImageStore, RecipeStore], clock: Clock, tmp_path: Path
) -> None:
    """The folder is away for a while, as an unmounted disk is."""
    images, recipes = stores
    name = images.put(b"x", "png")
    clock.now = 4e9
    folder, away = tmp_path / "images", tmp_path / "away"
    folder.rename(away)
    sweeping = asyncio.create_task(sweep_forever(images, recipes, every=0.01))
    await asyncio.sleep(0.05)
    assert not sweeping.done()
    away.rename(folder)
    await asyncio.sleep(0.3)
    assert images.find(name) is None
    sweeping.cancel()
