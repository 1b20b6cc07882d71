"""Recipes: found by owner, engine and pixels, for a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.recipes import Recipe, RecipeStore, pixel_hash
from tests.pictures import noise
from tests.storage.conftest import Clock

KEEP = 100


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> RecipeStore:
    return RecipeStore(database, KEEP, clock)


def content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_found_by_owner_engine_and_pixels(store: RecipeStore) -> None:
    pixels = noise(8, 6)
    await store.put("a", [Recipe("engine", pixel_hash(pixels), "recipe")])
    assert await store.find("a", "engine", pixels) == "recipe"
    assert await store.find("b", "engine", pixels) is None
    assert await store.find("a", "other", pixels) is None
    changed = pixels.copy()
    changed[0, 0, 0] ^= 1
    assert await store.find("a", "engine", changed) is None


async def test_the_newest_counts(store: RecipeStore, clock: Clock) -> None:
    pixels = noise(8, 6)
    key = pixel_hash(pixels)
    await store.put("a", [Recipe("engine", key, "old")])
    clock.now += KEEP - 1
    await store.put("a", [Recipe("engine", key, "new")])
    clock.now += KEEP - 1
    assert await store.find("a", "engine", pixels) == "new"


async def test_the_newest_engine_counts(store: RecipeStore) -> None:
    """Two engines may draw the same pixels; the one that did so last can read its own recipe."""
    pixels = noise(8, 6)
    await store.put("a", [Recipe("one", pixel_hash(pixels), "of one")])
    await store.put("a", [Recipe("two", pixel_hash(pixels), "of two")])
    assert await store.find("a", "two", pixels) == "of two"
    assert await store.find("a", "one", pixels) is None


async def test_they_expire_and_are_swept(store: RecipeStore, clock: Clock, tmp_path: Path) -> None:
    pixels = noise(8, 6)
    await store.put("a", [Recipe("engine", pixel_hash(pixels), "a secret wish")])
    assert b"a secret wish" in content(tmp_path)
    clock.now += KEEP - 1
    assert await store.sweep() == 0
    clock.now += 1
    assert await store.find("a", "engine", pixels) is None
    assert await store.sweep() == 1
    with sqlite3.connect(tmp_path / "egaku.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    # secure_delete: the words are gone from the file's free pages too.
    assert b"a secret wish" not in content(tmp_path)


async def test_nothing_to_keep(store: RecipeStore) -> None:
    await store.put("a", [])
    assert await store.sweep() == 0


def test_pixel_hash() -> None:
    pixels = noise(8, 6)
    assert pixel_hash(pixels) == pixel_hash(np.asfortranarray(pixels))
    assert pixel_hash(pixels) != pixel_hash(pixels.reshape(8, 6, 4))
    assert pixel_hash(noise(4, 12, seed=1)) != pixel_hash(noise(12, 4, seed=1))
