"""API keys: shown once, found by their secret only, revoked for good."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.keys import KeyFields
from egaku.storage.keys import KeyStore, hash_secret, ordered_id
from tests.storage.conftest import Clock


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> KeyStore:
    return KeyStore(database, clock, clock)


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


async def test_list_is_oldest_first(store: KeyStore, clock: Clock) -> None:
    """Within one second too."""
    names = list("cabfed")
    for name in names:
        await store.create(name)
        clock.now += 0.001
    assert [key.name for key in await store.list()] == names


def test_ids_sort_by_time() -> None:
    """To the microsecond, today and until 2085, whatever the random part."""
    times = [1_700_000_000.0, 1_700_000_000.000_002, 1_700_000_001.0, 1_800_000_000.5, 3_600_000_000.0]
    ids = [ordered_id(now) for now in times]
    assert ids == sorted(ids)
    assert len({ordered_id(1.8e9) for _ in range(100)}) == 100


FIELDS: KeyFields = {
    "images_per_minute": 7,
    "images_per_day": 70,
    "images_per_month": 700,
    "max_concurrent": 3,
    "models": ["dall-e-2", "gpt-image-1"],
    "organization": "org-x",
    "user": "ann@example.org",
    "moderation": "strict",
}


async def test_every_field_is_kept(store: KeyStore) -> None:
    secret, key = await store.create("x", is_admin=True, fields=FIELDS)
    found = await store.find(secret)
    assert found == key
    assert found is not None
    expected = {**FIELDS, "models": ("dall-e-2", "gpt-image-1"), "is_admin": True}
    assert {name: getattr(found, name) for name in expected} == expected


async def test_update(store: KeyStore) -> None:
    """What is mentioned changes, None takes a limit back, everything else stays."""
    secret, key = await store.create("x", fields=FIELDS)
    changed = await store.update(key.id, {"name": "y", "images_per_day": None, "models": ["a"]})
    assert changed == replace(key, name="y", images_per_day=None, models=("a",))
    assert await store.find(secret) == changed
    assert await store.get(key.id) == changed
    await store.revoke(key.id)
    assert await store.update(key.id, {"name": "z"}) is None
    assert await store.update("key_none", {"name": "z"}) is None
    assert await store.get(key.id) is None


async def test_pages(store: KeyStore, clock: Clock) -> None:
    """Each key in force once, by age, whatever the size of a page."""
    made = []
    for number in range(10):
        made.append((await store.create(f"k{number}", is_admin=number % 5 == 4))[1])
        clock.now += 0.3
    await store.revoke(made[3].id)
    ordinary = [key.id for key in made if not key.is_admin and key is not made[3]]
    for descending in (False, True):
        for size in (1, 2, 3, 100):
            seen: list[str] = []
            while page := await store.page(
                is_admin=False, after=seen[-1] if seen else None, limit=size, descending=descending
            ):
                seen += [key.id for key in page]
            assert seen == (ordinary[::-1] if descending else ordinary)
    assert [key.id for key in await store.page(is_admin=True, after=None, limit=9)] == [
        made[4].id,
        made[9].id,
    ]


async def test_a_key_in_use_costs_no_query(store: KeyStore, database: AsyncEngine, clock: Clock) -> None:
    secret, key = await store.create("x")
    queries = 0

    def count(*_: object) -> None:
        nonlocal queries
        queries += 1

    event.listen(database.sync_engine, "before_cursor_execute", count)
    for _ in range(100):
        assert await store.find(secret) == key
        assert await store.find("sk-wrong") is None
    assert queries == 101  # wrong keys are looked up each time: nobody can fill the memory with them
    clock.now += 1.01
    assert await store.find(secret) == key
    assert queries == 102


async def test_other_processes_are_heard_within_a_second(
    store: KeyStore, database: AsyncEngine, clock: Clock
) -> None:
    other = KeyStore(database, clock, clock)
    secret, key = await store.create("x")
    assert await store.find(secret) == key
    await other.update(key.id, {"images_per_minute": 3})
    clock.now += 1.01
    found = await store.find(secret)
    assert found is not None
    assert found.images_per_minute == 3
    await other.revoke(key.id)
    clock.now += 1.01
    assert await store.find(secret) is None


async def test_a_clock_set_back_keeps_no_revoked_key_alive(database: AsyncEngine, clock: Clock) -> None:
    elapsed = 0.0
    store = KeyStore(database, clock, lambda: elapsed)
    secret, key = await store.create("x")
    assert await store.find(secret) == key
    clock.now -= 3600
    await KeyStore(database, clock).revoke(key.id)
    elapsed = 1.01
    assert await store.find(secret) is None


async def test_a_key_read_before_it_was_revoked_is_not_remembered(store: KeyStore) -> None:
    """Lookups and the revocation interleave at every point; after the revocation the key is dead."""
    for _ in range(10):
        secret, key = await store.create("x")
        lookups = [store.find(secret) for _ in range(5)]
        await asyncio.gather(*lookups, store.revoke(key.id), *(store.find(secret) for _ in range(5)))
        assert await store.find(secret) is None


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
    await KeyStore(database, clock, clock).create("x")
    clock.now += 1.01
    assert await store.any_exist()


async def test_whether_anybody_administers(store: KeyStore) -> None:
    await store.create("x")
    assert not await store.any_administer()
    _, boss = await store.create("boss", is_admin=True)
    assert await store.any_administer()
    await store.revoke(boss.id)
    assert not await store.any_administer()
