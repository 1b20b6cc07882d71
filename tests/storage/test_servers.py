"""Servers on one database: who they are, and which of them live."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.servers import LEASE_SECONDS, ServerStore, living, server_identity
from tests.storage.conftest import Clock


def test_the_same_folder_is_the_same_server(tmp_path: Path) -> None:
    with server_identity(tmp_path / "id") as first:
        assert first.startswith("srv_")
    with server_identity(tmp_path / "id") as again:
        assert again == first


def test_two_at_once_are_two(tmp_path: Path) -> None:
    with server_identity(tmp_path / "id") as first, server_identity(tmp_path / "id") as second:
        assert first != second


def test_a_torn_identity_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("srv_to")
    with server_identity(tmp_path / "id") as first:
        assert len(first) == 28
    with server_identity(tmp_path / "id") as again:
        assert again == first


async def test_alive_within_the_lease(database: AsyncEngine, clock: Clock) -> None:
    store = ServerStore(database, "srv_1", clock)

    async def alive() -> list[str]:
        async with database.connect() as connection:
            return list((await connection.execute(living(clock.now))).scalars())

    assert await alive() == []
    await store.beat()
    clock.now += LEASE_SECONDS - 1
    assert await alive() == ["srv_1"]
    clock.now += 1
    assert await alive() == []
    await store.beat()
    assert await alive() == ["srv_1"]


async def test_long_silent_servers_are_forgotten(database: AsyncEngine, clock: Clock) -> None:
    await ServerStore(database, "srv_1", clock).beat()
    clock.now += 86_401
    await ServerStore(database, "srv_2", clock).beat()
    clock.now -= 86_401
    async with database.connect() as connection:
        assert list((await connection.execute(living(clock.now))).scalars()) == ["srv_2"]
