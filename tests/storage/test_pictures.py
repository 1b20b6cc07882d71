"""Rows about stored pictures: whose, and until when."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.pictures import NewPicture, PictureStore, StoredPicture
from tests.storage.conftest import Clock

KEEP = 100


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
