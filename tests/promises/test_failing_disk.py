"""Promise: a full, read-only or locked disk gives a typed error, loses nothing acknowledged, and heals.

Real file systems where the tests run as root (a tmpfs of 16 MB, a read-only bind), and a second process that
holds SQLite's lock for ten seconds. The service is good again within five seconds, without a restart.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from egaku.storage.health import REMEMBERED_SECONDS
from tests.scale import bound
from tests.server import ServerProcess, create_key

ENV = {"EGAKU_ENGINE": "blank", "EGAKU_IMAGES_PER_MINUTE": "1000000", "EGAKU_WORKERS": "1"}
GENERATIONS = "/v1/images/generations"
AS_LINK = {"prompt": "a", "size": "256x256"}
AS_BYTES = {**AS_LINK, "response_format": "b64_json"}
RECOVERY_SECONDS = bound(5.0)
LOCKED_SECONDS = 10.0
CODES = {"storage_full": 507, "storage_unavailable": 503}


def mount(*words: str) -> None:
    """Mount something, or skip the test where that is not allowed."""
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount: {done.stderr.strip()}")


def unmount(path: Path) -> None:
    subprocess.run(["umount", "--lazy", str(path)], check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder))
    yield folder
    unmount(folder)


def fill(folder: Path) -> Path:
    """Write until there is no room for a byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (2**20, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def is_typed(answer: httpx.Response) -> bool:
    """In the API's shape, with a status that says what is wrong, and when to come back where that helps."""
    error = answer.json()["error"]
    back = "retry-after" in answer.headers or answer.headers.get("x-should-retry") == "false"
    return bool(CODES.get(error["code"]) == answer.status_code and error["type"] == "server_error" and back)


def seconds_until_good(client: httpx.Client, body: dict[str, str]) -> float:
    """How long the service goes on failing."""
    began = time.monotonic()
    while client.post(GENERATIONS, json=body).status_code != 200:
        assert time.monotonic() - began < 60, "it does not recover"
        time.sleep(0.05)
    return time.monotonic() - began


def all_can_be_read(client: httpx.Client, links: list[str]) -> bool:
    """Every acknowledged picture is there, whole."""
    files = [client.get(link) for link in links]
    return all(file.status_code == 200 and file.content.endswith(b"IEND\xaeB`\x82") for file in files)


def half_written(folder: Path) -> list[Path]:
    """Pictures that are not whole under a picture's name, and temporary files."""
    return [
        path
        for path in (folder / "images").rglob("*")
        if path.is_file() and not path.read_bytes().endswith(b"IEND\xaeB`\x82")
    ]


def integrity(folder: Path) -> str:
    connection = sqlite3.connect(folder / "egaku.db")
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


def draw(client: httpx.Client) -> str:
    """A new picture's link."""
    answer = client.post(GENERATIONS, json=AS_LINK)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"][0]["url"])


def test_full(small_disk: Path, record_property: Callable[[str, object], None]) -> None:
    with (
        ServerProcess([], ENV, data_dir=small_disk) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        links = [draw(client) for _ in range(5)]
        filler = fill(small_disk)
        refused = [client.post(GENERATIONS, json=AS_LINK) for _ in range(3)]
        assert [is_typed(answer) for answer in refused] == [True] * 3
        assert {answer.status_code for answer in refused} <= {503, 507}
        time.sleep(REMEMBERED_SECONDS)
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["checks"]["pictures"]) == (503, "storage_full")
        # What needs no room goes on.
        assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
        assert all_can_be_read(client, links)
        assert half_written(small_disk) == []
        filler.unlink()
        healed = seconds_until_good(client, AS_LINK)
        assert healed < RECOVERY_SECONDS
        assert all_can_be_read(client, [*links, draw(client)])
    assert integrity(small_disk) == "ok"
    record_property("healed from a full disk in s", round(healed, 2))


def test_read_only(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (
        ServerProcess([], ENV, data_dir=data) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        links = [draw(client)]
        mount("--bind", "-o", "ro", str(data), str(data))
        try:
            refused = client.post(GENERATIONS, json=AS_LINK)
            assert (refused.status_code, is_typed(refused)) == (503, True), refused.text
            assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
            assert all_can_be_read(client, links)
        finally:
            unmount(data)
        healed = seconds_until_good(client, AS_LINK)
        assert healed < RECOVERY_SECONDS
        assert all_can_be_read(client, links)
    assert half_written(data) == []
    assert integrity(data) == "ok"
    record_property("healed from read-only in s", round(healed, 2))


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.campaign
def test_locked(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Another process holds the database's lock for ten seconds."""
    key = create_key(tmp_path)
    headers = {"Authorization": f"Bearer {key}"}
    with (
        ServerProcess([], ENV, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, timeout=60, headers=headers) as client,
    ):
        links = [draw(client)]
        command = [sys.executable, "-c", HOLDER, str(tmp_path / "egaku.db")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdin is not None
            holder.stdout.readline()
            began = time.monotonic()
            answers = []
            while time.monotonic() - began < LOCKED_SECONDS:
                answers.append(client.post(GENERATIONS, json=AS_LINK))
                assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
                assert all_can_be_read(client, links)
            assert client.get("/v1/models").status_code == 200
            holder.stdin.close()
        refused = [answer for answer in answers if answer.status_code != 200]
        assert refused
        assert all(is_typed(answer) for answer in refused)
        healed = seconds_until_good(client, AS_LINK)
        assert healed < RECOVERY_SECONDS
    assert half_written(tmp_path) == []
    assert integrity(tmp_path) == "ok"
    record_property("healed from a lock in s", round(healed, 2))


def test_the_folder_is_gone_for_a_while(tmp_path: Path) -> None:
    """As a disk that was unmounted: nothing is written into the hole it leaves."""
    with (
        ServerProcess([], ENV, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        links = [draw(client)]
        shutil.move(tmp_path / "images", tmp_path / "away")
        refused = client.post(GENERATIONS, json=AS_LINK)
        assert (refused.status_code, is_typed(refused)) == (503, True)
        assert not (tmp_path / "images").exists()
        shutil.move(tmp_path / "away", tmp_path / "images")
        assert seconds_until_good(client, AS_LINK) < RECOVERY_SECONDS
        assert all_can_be_read(client, links)
