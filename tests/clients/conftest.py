"""Servers, uploads and drivers' runs, each made once per session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clients.catalogue import CLIENTS, Client
from tests.clients.runner import Run, Servers, run_client
from tests.clients.table import Cells
from tests.clients.uploads import draw_uploads
from tests.server import ServerProcess, create_key

CELLS_ENGINE = {"EGAKU_ENGINE": os.environ.get("EGAKU_ENGINE", "blank")}
"""The cells are about the wire, so the do-nothing engine draws; the guide's snippets meet the real one.
`EGAKU_ENGINE=illustrator` makes every cell meet it."""


def require(missing: str | None) -> None:
    """Skips when something is missing; fails instead where EGAKU_REQUIRE_CLIENTS says nothing may be."""
    if missing is None:
        return
    if os.environ.get("EGAKU_REQUIRE_CLIENTS"):
        pytest.fail(missing)
    pytest.skip(missing)


def require_all(*paths: Path) -> None:
    """The same for files that `make setup-clients` makes."""
    for path in paths:
        require(None if path.exists() else f"{path} does not exist; run `make setup-clients`")


@pytest.fixture(scope="session")
def server() -> Iterator[ServerProcess]:
    """A server without keys and with a limit nobody reaches."""
    with ServerProcess(["--images-per-minute", "100000"], CELLS_ENGINE) as running:
        yield running


@pytest.fixture(scope="session")
def drawing_server() -> Iterator[ServerProcess]:
    """A server as `make run` starts it, but for the limit."""
    with ServerProcess(["--images-per-minute", "100000"]) as running:
        yield running


@pytest.fixture(scope="session")
def limited_server() -> Iterator[ServerProcess]:
    """A server that allows one image per minute, so that a request for two is always refused."""
    with ServerProcess(["--images-per-minute", "1", "--workers", "1"], CELLS_ENGINE) as running:
        yield running


@pytest.fixture(scope="session")
def keyed_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the server that wants a key."""
    return tmp_path_factory.mktemp("keyed")


@pytest.fixture(scope="session")
def keys(keyed_dir: Path) -> tuple[str, str]:
    """One key for everything, and one for dall-e-2 alone."""
    return create_key(keyed_dir), create_key(keyed_dir, "--models", "dall-e-2")


@pytest.fixture(scope="session")
def keyed_server(keyed_dir: Path, keys: tuple[str, str]) -> Iterator[ServerProcess]:
    """A server that wants a key."""
    with ServerProcess(
        ["--images-per-minute", "100000", "--workers", "1"], CELLS_ENGINE, data_dir=keyed_dir
    ) as running:
        yield running


@pytest.fixture(scope="session")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Paths of the pictures to upload, by name."""
    return draw_uploads(tmp_path_factory.mktemp("uploads"))


@pytest.fixture(scope="session")
def servers(
    server: ServerProcess,
    limited_server: ServerProcess,
    keyed_server: ServerProcess,
    keys: tuple[str, str],
) -> Servers:
    """The three servers as the runner wants them."""
    urls = {"open": server.url, "limited": limited_server.url, "keyed": keyed_server.url}
    return Servers(urls, *keys)


@pytest.fixture(scope="session")
def run_of(
    servers: Servers, uploads: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Client], Run]:
    """The run of a client's driver; the first to ask for it waits for it."""
    out, runs = tmp_path_factory.mktemp("pictures"), dict[str, Run]()

    def of(client: Client) -> Run:
        require(client.missing)
        if client.id not in runs:
            runs[client.id] = run_client(client, servers, uploads, out / client.id)
        return runs[client.id]

    return of


@pytest.fixture(scope="session")
def cells() -> Cells:
    """What the run found, cell by cell."""
    return Cells({client.id: {} for client in CLIENTS}, {})
