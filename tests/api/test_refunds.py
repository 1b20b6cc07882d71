"""What the server has no room for costs nothing, however it was asked for: in memory, Redis and records.

More pictures than may wait, or one job more than may: 503, and neither minute nor day have moved.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.answers import EDITS, GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.api.error_rows_form import image
from tests.pictures import png
from tests.server import ServerProcess

MINUTE, DAY = 9, 12
TOO_MANY = {"prompt": "a", "size": "256x256", "n": 5}
STREAMED = {**TOO_MANY, "model": "gpt-image-1", "size": "1024x1024", "stream": True}
BACKGROUND = {"Prefer": "respond-async"}
ENV = {**BLANK, "EGAKU_WORKERS": "1", "EGAKU_MAX_WAITING": "1", "EGAKU_MAX_JOBS": "1"}


@pytest.fixture(scope="module", params=["memory", pytest.param("redis", marks=pytest.mark.services)])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """One worker, room for one waiting picture and one waiting job."""
    folder: Path = tmp_path_factory.mktemp("refunds")
    env = dict(ENV)
    if request.param == "redis":
        env["EGAKU_REDIS_URL"] = request.getfixturevalue("redis").database()
    make_key(folder)
    with ServerProcess([], env, data_dir=folder) as running:
        yield running


@pytest.fixture
def me(server: ServerProcess) -> Iterator[httpx.Client]:
    """A key nobody used, with a quota for the day."""
    key = make_key(server.data_dir, MINUTE, fields={"images_per_day": DAY})
    with httpx.Client(base_url=server.url, headers={"api-key": key}, timeout=60) as client:
        yield client


def used(client: httpx.Client) -> tuple[int, int, int]:
    """Images of this minute, of this day, and under way."""
    limits = client.get("/v1/usage").json()["limits"]
    return limits["minute"]["used"], limits["day"]["used"], limits["under_way"]["used"]


WAYS: dict[str, dict[str, Any]] = {
    "plainly": {"json": TOO_MANY},
    "as a stream": {"json": STREAMED},
    "with a key": {"json": TOO_MANY, "headers": {"Idempotency-Key": "a"}},
    "as a stream with a key": {"json": STREAMED, "headers": {"Idempotency-Key": "b"}},
}


@pytest.mark.parametrize("asked", WAYS.values(), ids=WAYS)
def test_no_room(me: httpx.Client, asked: dict[str, Any]) -> None:
    for _ in range(3):
        answer = me.post(GENERATIONS, **asked)
        assert (answer.status_code, answer.headers["x-ratelimit-remaining-images"]) == (503, str(MINUTE))
    assert used(me) == (0, 0, 0)


def test_no_room_for_an_edit(me: httpx.Client) -> None:
    files = [image(png(64, 64, hole=True))]
    assert me.post(EDITS, data={"prompt": "a", "n": "5"}, files=files).status_code == 503
    assert used(me) == (0, 0, 0)


def test_no_room_for_a_job(me: httpx.Client) -> None:
    """One is drawn, one waits; what is refused beyond these two is given back, and only that."""
    slow = {**TOO_MANY, "n": 1, "prompt": "wait 1"}
    answers = [me.post(GENERATIONS, json=slow, headers=BACKGROUND).status_code for _ in range(MINUTE)]
    accepted = answers.count(202)
    assert set(answers) == {202, 503}
    assert used(me)[:2] == (accepted, accepted)
    for job in me.get("/v1/jobs").json()["data"]:
        me.delete(f"/v1/jobs/{job['id']}")
    until = time.monotonic() + 30
    while me.post(GENERATIONS, json={**slow, "prompt": "a"}).status_code != 200:
        assert time.monotonic() < until
