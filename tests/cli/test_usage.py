"""`egaku usage`: what a server counted, as a table and as JSON, told apart every way there is."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from egaku.settings import DATABASE
from egaku.storage.database import open_database
from egaku.storage.keys import KeyStore
from egaku.storage.usage import UsageStore, utc_day
from tests.cli.run import run_cli

DAY = 86_400


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of today, three days ago, and forty days ago."""
    folder = tmp_path_factory.mktemp("usage")

    async def fill() -> None:
        database = await asyncio.to_thread(open_database, folder / DATABASE)
        _, key = await KeyStore(database).create("x", fields={"user": "ann"})
        for ago in (0, 3, 40):
            store = UsageStore(database, lambda ago=ago: time.time() - ago * DAY)  # type: ignore[misc]  # default
            for owner in (key.id, "anonymous@127.0.0.1"):
                store.add(owner, model="dall-e-2", size="256x256", operation="generations", images=ago + 1)
            await store.flush()
        await database.dispose()

    asyncio.run(fill())
    return folder


def test_json(folder: Path) -> None:
    rows = run_cli("usage", "--json", data_dir=folder).json()
    assert rows == [
        {"day": utc_day(time.time() - 3 * DAY), "images": 8, "requests": 2},
        {"day": utc_day(time.time()), "images": 2, "requests": 2},
    ]
    today = run_cli("usage", "--days", "1", "--by", "operation", "--json", data_dir=folder).json()
    assert today == [{"operation": "generations", "images": 2, "requests": 2}]
    owners = run_cli("usage", "--days", "100", "--by", "user", "--json", data_dir=folder).json()
    assert {row["user"]: row["images"] for row in owners} == {None: 46, "ann": 46}


@pytest.mark.parametrize(
    ("by", "shown"), [("day", "20"), ("model", "dall-e-2"), ("size", "256x256"), ("key", "key_")]
)
def test_table(folder: Path, by: str, shown: str) -> None:
    ran = run_cli("usage", "--by", by, data_dir=folder)
    assert ran.code == 0
    assert shown in ran.out
    assert "10" in ran.out  # all images of the last 30 days
    assert "anonymous" not in ran.out


def test_nothing_yet(tmp_path: Path) -> None:
    assert run_cli("usage", "--json", data_dir=tmp_path).json() == []
