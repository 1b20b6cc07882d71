"""When keys were used: noted at once, written together, never set back."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import StorageUnavailable
from egaku.storage.database import open_database
from egaku.storage.key_uses import KeyUses
from egaku.storage.keys import Key, KeyStore
from tests.storage.conftest import Clock


async def again(store: KeyStore, key: Key) -> Key:
    """The key as it stands in the database."""
    found = await store.get(key.id)
    assert found is not None
    return found


async def test_a_use_is_known_at_once_and_written_later(database: AsyncEngine, clock: Clock) -> None:
    store, uses = KeyStore(database, clock), KeyUses(database, clock)
    _, key = await store.create("x")
    _, other = await store.create("y")
    assert uses.latest(key) is None
    uses.note(key.id)
    assert uses.latest(key) == int(clock.now)
    assert (await again(store, key)).last_used_at is None
    await uses.flush()
    written = await again(store, key)
    assert written.last_used_at == uses.latest(written) == int(clock.now)
    assert (await again(store, other)).last_used_at is None


async def test_many_uses_are_one_write(database: AsyncEngine, clock: Clock) -> None:
    store, uses = KeyStore(database, clock), KeyUses(database, clock)
    keys = [(await store.create(f"k{number}"))[1] for number in range(3)]
    writes: list[str] = []
    event.listen(database.sync_engine, "before_cursor_execute", lambda *call: writes.append(call[2]))
    for _ in range(1000):
        clock.now += 0.01
        for key in keys:
            uses.note(key.id)
    assert writes == []
    await uses.flush()
    await uses.flush()
    assert len([one for one in writes if one.startswith("UPDATE")]) == 1
    assert {(await again(store, key)).last_used_at for key in keys} == {int(clock.now)}


async def test_an_older_time_never_goes_over_a_newer_one(database: AsyncEngine, clock: Clock) -> None:
    """Two servers flush in the wrong order."""
    store, slow, quick = KeyStore(database, clock), KeyUses(database, clock), KeyUses(database, clock)
    _, key = await store.create("x")
    slow.note(key.id)
    clock.now += 30
    quick.note(key.id)
    await quick.flush()
    await slow.flush()
    assert (await again(store, key)).last_used_at == int(clock.now)


async def test_a_use_during_the_write_is_not_lost(database: AsyncEngine, clock: Clock) -> None:
    store, uses = KeyStore(database, clock), KeyUses(database, clock)
    _, key = await store.create("x")
    uses.note(key.id)

    def use_again(*_: object) -> None:
        clock.now += 5
        uses.note(key.id)

    event.listen(database.sync_engine, "before_cursor_execute", use_again, once=True)
    await uses.flush()
    assert uses.latest(await again(store, key)) == int(clock.now)
    await uses.flush()
    assert (await again(store, key)).last_used_at == int(clock.now)


async def test_what_cannot_be_written_is_kept(
    database: AsyncEngine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, uses = KeyStore(database, clock), KeyUses(database, clock)
    _, key = await store.create("x")
    uses.note(key.id)
    with monkeypatch.context() as broken:
        broken.setattr(
            database.sync_engine.pool, "connect", lambda: (_ for _ in ()).throw(OSError(5, "away"))
        )
        with pytest.raises(StorageUnavailable):
            await uses.flush()
    await uses.flush()
    assert (await again(store, key)).last_used_at == int(clock.now)


async def test_a_server_that_stops_writes_what_it_knows(database: AsyncEngine, clock: Clock) -> None:
    store, uses = KeyStore(database, clock), KeyUses(database, clock)
    _, key = await store.create("x")
    task = asyncio.create_task(uses.flush_forever())
    await asyncio.sleep(0)
    uses.note(key.id)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await again(store, key)).last_used_at == int(clock.now)


STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["note", "flush"]), st.integers(0, 90)), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_newest_use_wins_whatever_the_order(
    steps: list[tuple[int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two servers note and flush as they like; once both have written, the record has the last use of all."""
    folder = tmp_path_factory.mktemp("uses")

    async def main() -> None:
        database = await asyncio.to_thread(open_database, folder / "egaku.db")
        clock = Clock()
        store, servers = KeyStore(database, clock), [KeyUses(database, clock) for _ in range(2)]
        _, key = await store.create("x")
        last = None
        for server, what, wait in steps:
            clock.now += wait
            if what == "note":
                servers[server].note(key.id)
                last = int(clock.now)
            else:
                await servers[server].flush()
        for one in servers:
            await one.flush()
        assert (await again(store, key)).last_used_at == last
        await database.dispose()

    asyncio.run(main())
