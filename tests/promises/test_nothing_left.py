"""Promise: what is deleted or has expired is gone: no word, no pixel, no temporary file in the data folder.

Looked for byte by byte in every file of the folder, SQLite's free pages and its log of writes included.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import httpx
import numpy as np
import pytest

from egaku.storage.database import open_database, tidy_database
from egaku.storage.images import Kind, LocalImages, keep_by_kind, new_name
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import NewPicture, PictureStore
from egaku.storage.recipes import Recipe, RecipeStore
from egaku.storage.replies import INLINE_BYTES
from egaku.storage.sweeper import Sweep, sweep
from tests.pictures import png
from tests.server import ServerProcess
from tests.storage.conftest import Clock

WORDS = b"a canary of words: Xq7Zp2Lw"
PIXELS = b"a canary of pixels: Vb4Ty9Ks" * 10
KEEP = 100
SWEEP_SECONDS = 45.0
"""A server sweeps every 30 s."""


def found(folder: Path, canary: bytes) -> list[str]:
    """Files of the folder with these bytes in them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if canary in path.read_bytes()]


async def test_after_expiry_and_one_sweep(tmp_path: Path) -> None:
    clock = Clock(time.time())
    database = open_database(tmp_path / "egaku.db")
    images = LocalImages(tmp_path / "images", keep_by_kind(KEEP, KEEP), LinkSigner(b"s" * 32, KEEP), clock)
    pictures, recipes = PictureStore(database, KEEP, clock), RecipeStore(database, KEEP, clock)
    for number in range(50):
        name = new_name(Kind.ANSWER, "png")
        made, given = (
            Recipe("engine", f"{number} {how}", WORDS.decode() * 100) for how in ("stored", "given")
        )
        await pictures.add("a", [NewPicture(name, len(PIXELS), WORDS.decode(), made)])
        await images.put(PIXELS, "png", name)
        await images.put(PIXELS, "bin", new_name(Kind.INPUT))
        await recipes.put("a", [given])
    assert found(tmp_path, WORDS)
    assert len(found(tmp_path, PIXELS)) == 100
    clock.now += 3 * KEEP
    sweeps: dict[str, Sweep] = {
        "recipes": recipes.sweep,
        "pictures": partial(pictures.sweep, images.delete),
        "images": images.sweep,
        "pages": partial(tidy_database, database),
    }
    gone = await sweep(sweeps)
    assert gone == {"recipes": 50, "pictures": 50, "images": 50, "pages": 0}
    assert (found(tmp_path, WORDS), found(tmp_path, PIXELS)) == ([], [])
    assert not list((tmp_path / "images").rglob("*.*"))
    await database.dispose()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """Draws by recipes, which hold the prompt."""
    environment = {"EGAKU_ENGINE": "illustrator", "EGAKU_WORKERS": "1"}
    with ServerProcess([], environment, data_dir=tmp_path) as server:
        yield server


@pytest.fixture
def client(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def finished(client: httpx.Client, made: httpx.Response) -> str:
    """The path of the job that was accepted, when its pictures are there."""
    assert made.status_code == 202, made.text
    where = f"/v1/jobs/{made.json()['id']}"
    deadline = time.monotonic() + 30
    while (status := client.get(where).json()["status"]) in {"queued", "running"}:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert status == "succeeded"
    return where


def seconds_until_gone(folder: Path, canaries: Sequence[bytes]) -> float:
    """How long it takes until none of them is in any file."""
    began = time.monotonic()
    while left := {canary: where for canary in canaries if (where := found(folder, canary))}:
        assert time.monotonic() - began < SWEEP_SECONDS, left
        time.sleep(0.2)
    return time.monotonic() - began


@pytest.mark.campaign
@pytest.mark.parametrize("how", ["deleted", "expired"])
def test_after_a_job(
    how: str,
    server: ServerProcess,
    client: httpx.Client,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Its words, its uploads, its pictures, and the answer kept for the retry, whether small or a file."""
    upload = png(256, 256, hole=True)
    requests = [
        partial(
            client.post,
            "/v1/images/edits",
            data={"prompt": WORDS.decode(), "size": "256x256"},
            files={"image": ("a.png", upload, "image/png")},
            headers={"Prefer": "respond-async", "Idempotency-Key": "the-same-again"},
        ),
        partial(
            client.post,
            "/v1/images/generations",
            json={"prompt": WORDS.decode() + "雪の灯台。" * 3300, "model": "gpt-image-1", "quality": "low"},
            headers={"Prefer": "respond-async", "Idempotency-Key": "a-long-one-again"},
        ),
    ]
    canaries, jobs = [WORDS, middle(upload)], []
    for request in requests:
        made = request()
        # While it waits the upload lies there, and its words as long as the job is known.
        assert found(tmp_path, WORDS)
        jobs.append(finished(client, made))
        canaries.append(middle(client.get(client.get(jobs[-1]).json()["data"][0]["url"]).content))
        assert found(tmp_path, canaries[-1])
        assert request().content == made.content
    assert len(made.content) > INLINE_BYTES
    if how == "deleted":
        assert [client.delete(where).status_code for where in jobs] == [200, 200]
    else:
        with contextlib.closing(sqlite3.connect(tmp_path / "egaku.db")) as database, database:
            database.execute("PRAGMA secure_delete=ON")
            database.execute("UPDATE jobs SET expires_at = 1")
    record_property("gone after s", round(seconds_until_gone(tmp_path, canaries), 1))
    for request in requests:
        again = request()
        assert (again.status_code, again.headers["idempotent-replayed"]) == (404, "true")
        assert again.json()["error"]["code"] == "job_not_found"


@pytest.mark.campaign
def test_after_a_picture_is_deleted(
    server: ServerProcess,
    client: httpx.Client,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Its pixels, and the recipe that holds the words it was asked for with."""
    made = client.post("/v1/images/generations", json={"prompt": WORDS.decode(), "size": "256x256"})
    assert made.status_code == 200, made.text
    url = httpx.URL(made.json()["data"][0]["url"])
    canaries = [WORDS, middle(client.get(url).content)]
    assert all(found(tmp_path, canary) for canary in canaries)
    assert client.delete(url.path).status_code == 200
    record_property("gone after s", round(seconds_until_gone(tmp_path, canaries), 1))


def middle(file: bytes) -> bytes:
    """Bytes from the middle of a picture, where it is its own."""
    return file[len(file) // 2 :][:64]


def test_the_search_would_find_it(tmp_path: Path) -> None:
    """The test of the test."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(np.zeros(100, np.uint8).tobytes() + WORDS)
    assert found(tmp_path, WORDS) == ["file"]
    assert found(tmp_path, PIXELS) == []
