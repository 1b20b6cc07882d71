"""Promise: what is deleted or has expired is gone: no word, no pixel, no temporary file in the data folder.

Looked for byte by byte in every file of the folder, SQLite's free pages and its log of writes included.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import numpy as np
import pytest

from egaku.storage.database import open_database, tidy_database
from egaku.storage.images import Kind, LocalImages, keep_by_kind, new_name
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import NewPicture, PictureStore
from egaku.storage.recipes import RecipeStore
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
        await pictures.add("a", [NewPicture(name, len(PIXELS), WORDS.decode())])
        await images.put(PIXELS, "png", name)
        await images.put(PIXELS, "bin", new_name(Kind.INPUT))
        await recipes.put("a", "engine", {f"{number}": WORDS.decode() * 100})
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


@pytest.mark.campaign
def test_after_a_job_is_deleted(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Its words, its uploads, its pictures."""
    upload = png(256, 256, hole=True)
    middle = upload[len(upload) // 2 :][:64]
    environment = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}
    headers = {"Prefer": "respond-async", "Idempotency-Key": "the-same-again"}
    with (
        ServerProcess([], environment, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        made = client.post(
            "/v1/images/edits",
            data={"prompt": WORDS.decode(), "size": "256x256"},
            files={"image": ("a.png", upload, "image/png")},
            headers=headers,
        )
        assert made.status_code == 202, made.text
        where = "/v1/jobs/" + made.json()["id"]
        # While it waits the upload lies there, and its words as long as the job is known.
        assert found(tmp_path, WORDS)
        deadline = time.monotonic() + 30
        while client.get(where).json()["status"] in {"queued", "running"}:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        picture = client.get(client.get(where).json()["data"][0]["url"]).content
        canaries = [WORDS, middle, picture[len(picture) // 2 :][:64]]
        assert found(tmp_path, canaries[2])
        assert client.delete(where).status_code < 300
        began = time.monotonic()
        while any(found(tmp_path, canary) for canary in canaries):
            assert time.monotonic() - began < SWEEP_SECONDS, [found(tmp_path, one) for one in canaries]
            time.sleep(0.2)
    record_property("gone after s", round(time.monotonic() - began, 1))


def test_the_search_would_find_it(tmp_path: Path) -> None:
    """The test of the test."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(np.zeros(100, np.uint8).tobytes() + WORDS)
    assert found(tmp_path, WORDS) == ["file"]
    assert found(tmp_path, PIXELS) == []
