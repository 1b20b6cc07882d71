"""Rows about stored pictures: whose, and until when."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.pictures import NewPicture, PictureStore, StoredPicture
from egaku.storage.recipes import Recipe, RecipeStore, pixel_hash
from tests.pictures import noise
from tests.storage.conftest import Clock

KEEP = 100
PIXELS = noise(8, 6)
RECIPE = Recipe("engine", pixel_hash(PIXELS), "words")


async def test_owned_by_one_until_forgotten(database: AsyncEngine, clock: Clock) -> None:
    store = PictureStore(database, KEEP, clock)
    await store.add("me", [NewPicture("img-a.png", 10), NewPicture("img-b.png", 20, "seen")])
    assert await store.find("me", "img-a.png") == StoredPicture(job=None, position=None)
    assert not await store.find("you", "img-a.png")
    assert not await store.find("me", "img-c.png")
    assert await store.forget(["img-a.png", "img-c.png"]) == 1
    assert not await store.find("me", "img-a.png")
    assert await store.find("me", "img-b.png")


async def test_expiry(database: AsyncEngine, clock: Clock) -> None:
    store = PictureStore(database, KEEP, clock)
    await store.add("me", [])
    await store.add("me", [NewPicture("img-a.png", 10)])
    clock.now += KEEP - 1
    gone: list[str] = []

    async def delete_file(name: str) -> bool:
        gone.append(name)
        return True

    assert await store.sweep(delete_file) == 0
    clock.now += 1
    assert await store.sweep(delete_file) == 1
    assert gone == ["img-a.png"]
    assert not await store.find("me", "img-a.png")


async def test_how_they_were_made_goes_with_the_last_of_the_same_pixels(
    database: AsyncEngine, clock: Clock
) -> None:
    store, recipes = PictureStore(database, KEEP, clock), RecipeStore(database, KEEP, clock)
    for owner in ("me", "you"):
        names = [f"img-{owner}-{number}.png" for number in range(2)]
        await store.add(owner, [NewPicture(name, 10, recipe=RECIPE) for name in names])
    assert await store.forget(["img-me-0.png"]) == 1
    assert await recipes.find("me", "engine", PIXELS) == "words"
    assert await store.forget(["img-me-1.png"]) == 1
    assert await recipes.find("me", "engine", PIXELS) is None
    assert await recipes.find("you", "engine", PIXELS) == "words"
    assert await store.forget(["img-you-0.png", "img-you-1.png"]) == 2
    assert await recipes.find("you", "engine", PIXELS) is None


async def test_how_they_were_made_goes_though_all_go_at_once(database: AsyncEngine, clock: Clock) -> None:
    store, recipes = PictureStore(database, KEEP, clock), RecipeStore(database, KEEP, clock)
    for _ in range(20):
        names = [f"img-{number}.png" for number in range(4)]
        await store.add("me", [NewPicture(name, 10, recipe=RECIPE) for name in names])
        await asyncio.gather(*(store.forget([name]) for name in names))
        assert await recipes.find("me", "engine", PIXELS) is None


async def test_how_they_were_made_is_known_as_long_as_they_are(database: AsyncEngine, clock: Clock) -> None:
    """Also when the same picture is given again without being stored, or its own time is shorter."""
    store, recipes = PictureStore(database, 10 * KEEP, clock), RecipeStore(database, KEEP, clock)
    await store.add("me", [NewPicture("img-a.png", 10, recipe=RECIPE)])
    await recipes.put("me", [RECIPE])
    clock.now += 10 * KEEP - 1
    assert await recipes.sweep() == 0
    assert await recipes.find("me", "engine", PIXELS) == "words"
    clock.now += 1

    async def delete_file(_: str) -> bool:
        return True

    assert await store.sweep(delete_file) == 1
    assert await recipes.find("me", "engine", PIXELS) is None
    assert await recipes.sweep() == 0
