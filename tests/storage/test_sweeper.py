"""The sweeper goes on whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.generation.together import end
from egaku.storage.images import LocalImages, keep_by_kind
from egaku.storage.links import LinkSigner
from egaku.storage.recipes import Recipe, RecipeStore
from egaku.storage.sweeper import Sweep, seldom, sweep, sweep_forever
from tests.storage.conftest import Clock

KEEP = 100


@pytest.fixture
def stores(database: AsyncEngine, clock: Clock, tmp_path: Path) -> tuple[LocalImages, RecipeStore]:
    return LocalImages(
        tmp_path / "images", keep_by_kind(KEEP, KEEP), LinkSigner(b"s" * 32, KEEP), clock
    ), RecipeStore(database, KEEP, clock)


async def test_one_round(stores: tuple[LocalImages, RecipeStore], clock: Clock) -> None:
    images, recipes = stores
    sweeps: dict[str, Sweep] = {"images": images.sweep, "recipes": recipes.sweep}
    await images.put(b"x", "png")
    await recipes.put("a", [Recipe("engine", "hash", "recipe")])
    clock.now = 4e9
    assert await sweep(sweeps) == {"images": 1, "recipes": 1}
    assert await sweep(sweeps) == {"images": 0, "recipes": 0}


async def test_failures_do_not_end_it(
    stores: tuple[LocalImages, RecipeStore], clock: Clock, tmp_path: Path
) -> None:
    """The folder is away for a while, as an unmounted disk is. Other stores are swept meanwhile."""
    images, recipes = stores
    name = await images.put(b"x", "png")
    await recipes.put("a", [Recipe("engine", "hash", "recipe")])
    clock.now = 4e9
    folder, away = tmp_path / "images", tmp_path / "away"
    folder.rename(away)
    rounds = asyncio.Semaphore(0)

    async def counted() -> int:
        rounds.release()
        return await recipes.sweep()

    sweeping = asyncio.create_task(sweep_forever({"images": images.sweep, "recipes": counted}, every=0.01))
    for _ in range(3):
        await rounds.acquire()
    assert await recipes.sweep() == 0
    away.rename(folder)
    for _ in range(2):  # the round under way, and a whole one
        await rounds.acquire()
    assert await images.find(name) is None
    await end([sweeping])


async def test_seldom(clock: Clock) -> None:
    """Runs at once, then after its time; a failure is tried again in the next round."""
    runs = []

    async def run() -> int:
        runs.append(clock.now)
        if len(runs) == 2:
            raise OSError
        return 5

    now_and_then = seldom(run, 600, clock)
    assert [await now_and_then(), await now_and_then()] == [5, 0]
    clock.now += 600
    with pytest.raises(OSError):  # noqa: PT011  the one raised above
        await now_and_then()
    assert [await now_and_then(), await now_and_then()] == [5, 0]
    assert len(runs) == 3
