"""A clock to turn by hand and a fresh database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from _pytest.mark import ParameterSet
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.database import open_database
from egaku.storage.tables import metadata
from tests.services import PostgreSQL


@dataclass
class Clock:
    """Says what it is told; Unix seconds."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of records run on both databases, but for those that look into SQLite's file in `tmp_path`."""
    if "database" in metafunc.fixturenames:
        kinds: list[str | ParameterSet] = ["sqlite"]
        if "tmp_path" not in metafunc.fixturenames:
            kinds.append(pytest.param("postgresql", marks=pytest.mark.services))
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def postgresql_url(postgresql: PostgreSQL) -> str:
    """One database for all tests here; `database` empties it."""
    return postgresql.database()


@pytest.fixture
async def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[AsyncEngine]:
    if request.param == "sqlite":
        asks = "tmp_path" in request.fixturenames
        folder = request.getfixturevalue("tmp_path") if asks else tmp_path_factory.mktemp("records")
        engine = open_database(folder / "egaku.db")
    else:
        engine = await asyncio.to_thread(open_database, request.getfixturevalue("postgresql_url"))
        async with engine.begin() as connection:
            for table in metadata.sorted_tables:
                await connection.execute(table.delete())
    yield engine
    await engine.dispose()
