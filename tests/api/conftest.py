"""Servers shared by all tests of the HTTP door: an open one, one with keys, one with little of everything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from egaku.contract.keys import KeyFields
from egaku.settings import DATABASE
from egaku.storage.database import open_database
from egaku.storage.keys import KeyStore
from tests.server import ServerProcess


def make_key(
    folder: Path,
    images_per_minute: int | None = None,
    *,
    is_admin: bool = False,
    fields: KeyFields | None = None,
) -> str:
    """A new key for the server whose data lies in `folder`, as `egaku keys create` makes it but quicker."""

    async def main() -> str:
        database = await asyncio.to_thread(open_database, folder / DATABASE)
        try:
            store = KeyStore(database)
            return (await store.create("tests", images_per_minute, is_admin=is_admin, fields=fields))[0]
        finally:
            await database.dispose()

    return asyncio.run(main())


BLANK = {
    "EGAKU_ENGINE": "blank",
    "EGAKU_IMAGES_PER_MINUTE": "1000000",
    "EGAKU_WORKERS": "2",
    "EGAKU_MODERATION": "off",
}
"""What moderation does is tested where it is on; off, these servers start a second sooner."""
DEADLINE = 1.0
PATIENT = 8.0
"""Seconds after which even a busy machine would have noticed a deadline that has passed."""
STRICT = {
    **BLANK,
    "EGAKU_WORKERS": "1",
    "EGAKU_HEAD_SECONDS": str(DEADLINE),
    "EGAKU_BODY_IDLE_SECONDS": str(DEADLINE),
    "EGAKU_SEND_SECONDS": str(DEADLINE),
}
"""A server that waits for nobody."""


@pytest.fixture(scope="session")
def blank() -> Iterator[ServerProcess]:
    """Draws at once; without keys and, for all a test can do, without limits. Logs everything."""
    with ServerProcess(["--log-level", "debug"], BLANK) as server:
        yield server


@pytest.fixture(scope="session")
def client(blank: ServerProcess) -> Iterator[httpx.Client]:
    """Speaks to `blank`."""
    with httpx.Client(base_url=blank.url, timeout=60) as session:
        yield session


@pytest.fixture(scope="session")
def keyed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of `keyed`."""
    return tmp_path_factory.mktemp("keyed")


@pytest.fixture(scope="session")
def key(keyed_folder: Path) -> str:
    """A key of `keyed`."""
    return make_key(keyed_folder)


@pytest.fixture(scope="session")
def keyed(keyed_folder: Path, key: str) -> Iterator[ServerProcess]:
    """Asks for a key."""
    with ServerProcess(["--log-level", "debug"], BLANK, data_dir=keyed_folder) as server:
        yield server


@pytest.fixture(scope="session")
def key_client(keyed: ServerProcess) -> Iterator[httpx.Client]:
    """Speaks to `keyed`, without a key unless a test gives one."""
    with httpx.Client(base_url=keyed.url, timeout=60) as session:
        yield session


NARROW_LIMIT = 5
"""Images per minute of `narrow`."""


@pytest.fixture(scope="session")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One worker, room for one waiting job, five images a minute; every test makes a key of its own."""
    folder = tmp_path_factory.mktemp("narrow")
    make_key(folder)
    env = {
        **BLANK,
        "EGAKU_WORKERS": "1",
        "EGAKU_MAX_WAITING": "1",
        "EGAKU_IMAGES_PER_MINUTE": str(NARROW_LIMIT),
    }
    with ServerProcess([], env, data_dir=folder) as server:
        yield server


@pytest.fixture
def narrow_client(narrow: ServerProcess) -> Iterator[httpx.Client]:
    """Speaks to `narrow` with a key nobody used."""
    headers = {"Authorization": f"Bearer {make_key(narrow.data_dir)}"}
    with httpx.Client(base_url=narrow.url, timeout=60, headers=headers) as session:
        yield session
