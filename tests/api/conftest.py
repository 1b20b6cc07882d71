"""Servers shared by all tests of the HTTP door: one open, one with keys, one with a low limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server import ServerProcess, create_key

BLANK = {"EGAKU_ENGINE": "blank", "EGAKU_IMAGES_PER_MINUTE": "1000000", "EGAKU_WORKERS": "2"}


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
    return create_key(keyed_folder)


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
