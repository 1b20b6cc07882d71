"""API keys: shown once, found by their secret only, revoked for good."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.keys import KeyStore, hash_secret
from tests.storage.conftest import Clock


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> KeyStore:
    return KeyStore(database, clock)


async def test_create_and_find(store: KeyStore, clock: Clock) -> None:
    secret, key = await store.create("a phone", 7)
    assert re.fullmatch(r"sk-egaku-[A-Za-z0-9]{43}", secret)
    assert re.fullmatch(r"key_[A-Za-z0-9]{16}", key.id)
    assert (key.name, key.hint, key.images_per_minute) == ("a phone", secret[-4:], 7)
    assert (key.created_at, key.revoked_at) == (int(clock.now), None)
    assert await store.find(secret) == key


async def test_the_secret_is_not_kept(store: KeyStore, tmp_path: Path) -> None:
    secret, _ = await store.create("x")
    with sqlite3.connect(tmp_path / "egaku.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert secret not in dump
    assert secret[:-4] not in dump
    assert hash_secret(secret) in dump


HOSTILE = ["", "' OR 1=1 --", '" OR ""="', "%", "_", "sk-egaku-%", "\0", "\ud800", "sk-" * 100_000]


@pytest.mark.parametrize("change", HOSTILE, ids=lambda text: ascii(text[:20]))
async def test_other_secrets_find_nothing(store: KeyStore, change: str) -> None:
    secret, _ = await store.create("x")
    assert await store.find(change) is None
    assert await store.find(secret + change) is None or not change
    assert await store.find(hash_secret(secret)) is None
    assert await store.find(secret.swapcase()) is None
    assert await store.find(secret[:-1]) is None


async def test_revoke(store: KeyStore, clock: Clock) -> None:
    (one, first), (two, second) = await store.create("one"), await store.create("two")
    assert await store.revoke(first.id) == first.id
    assert await store.find(one) is None
    assert await store.find(two) == second
    assert not await store.revoke(first.id)
    assert await store.revoke("key_none") is None
    assert await store.revoke(two) == second.id
    assert await store.find(two) is None
    assert [key.revoked_at for key in await store.list()].count(int(clock.now)) == 2


async def test_list_is_oldest_first(store: KeyStore) -> None:
    """Within one second too."""
    names = list("cabfed")
    for name in names:
        await store.create(name)
    assert [key.name for key in await store.list()] == names


async def test_a_revoked_key_still_closes_the_server(store: KeyStore, clock: Clock) -> None:
    assert not await store.any_exist()
    clock.now += 10
    _, key = await store.create("x")
    assert await store.any_exist()
    await store.revoke(key.id)
    assert await store.any_exist()


async def test_another_process_makes_the_first_key(
    store: KeyStore, database: AsyncEngine, clock: Clock
) -> None:
    """The answer "none" is remembered for a second at most."""
    assert not await store.any_exist()
    await KeyStore(database, clock).create("x")
    clock.now += 1.01
    assert await store.any_exist()
