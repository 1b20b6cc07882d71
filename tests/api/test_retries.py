"""Idempotency-Key: one key, one picture; the same answer again, whole, free of charge, to its owner only."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from egaku.api.retries import Retries, Turn
from egaku.storage.database import open_database
from egaku.storage.images import LocalImages, keep_by_kind
from egaku.storage.links import LinkSigner
from egaku.storage.replies import Reply, ReplyStore
from tests.api.answers import EDITS, GENERATIONS, VARIATIONS
from tests.api.conftest import BLANK, make_key
from tests.pictures import png
from tests.server import ServerProcess

PATIENCE = 60.0
SMALL = {"prompt": "a", "size": "256x256"}
STREAM = {"prompt": "a", "model": "gpt-image-1", "stream": True, "partial_images": 2}
NUMBERS = count()


def keyed(key: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": key or f"key-{next(NUMBERS)}"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("retries")
    make_key(folder)
    with ServerProcess([], {**BLANK, "EGAKU_IMAGES_PER_MINUTE": "50"}, data_dir=folder) as server:
        yield server


@pytest.fixture
def me(server: ServerProcess) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {make_key(server.data_dir)}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client:
        yield client


def left(answer: httpx.Response) -> int:
    return int(answer.headers["x-ratelimit-remaining-images"])


def assert_same(first: httpx.Response, again: httpx.Response) -> None:
    assert again.content == first.content
    assert again.status_code == first.status_code
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    for name in ("content-type", "x-egaku-seed", "x-egaku-ignored-parameters", "location"):
        assert again.headers.get(name) == first.headers.get(name)
    assert left(again) == left(first)


@pytest.mark.parametrize(
    "body",
    [
        SMALL,
        {**SMALL, "response_format": "b64_json", "n": 2, "odd": 1},
        {"prompt": "a", "model": "gpt-image-1"},
    ],
    ids=str,
)
def test_the_same_answer_again(me: httpx.Client, body: dict[str, Any]) -> None:
    headers = keyed()
    first, again = (me.post(GENERATIONS, json=body, headers=headers) for _ in range(2))
    assert first.status_code == 200
    assert_same(first, again)


def test_a_stream_again_whole(me: httpx.Client) -> None:
    headers = keyed()
    first, again = (me.post(GENERATIONS, json=STREAM, headers=headers) for _ in range(2))
    assert first.text.count("event: ") == 3
    assert_same(first, again)


@pytest.mark.parametrize("path", [EDITS, VARIATIONS])
def test_a_form_again_though_its_boundary_differs(me: httpx.Client, path: str) -> None:
    headers, picture = keyed(), png(64, 64)
    fields = {"prompt": "a", "size": "256x256"} if path == EDITS else {"size": "256x256"}
    answers = [
        me.post(path, data=fields, files={"image": (name, picture, "image/png")}, headers=headers)
        for name in ("a.png", "b.png")
    ]
    assert answers[0].status_code == 200
    assert_same(*answers)
    other = {"image": ("a.png", png(64, 64, seed=2), "image/png")}
    assert me.post(path, data=fields, files=other, headers=headers).status_code == 400


def test_a_job_again(me: httpx.Client) -> None:
    headers = {**keyed(), "Prefer": "respond-async"}
    first, again = (me.post(GENERATIONS, json=SMALL, headers=headers) for _ in range(2))
    assert first.status_code == 202
    assert_same(first, again)
    assert len(me.get("/v1/jobs").json()["data"]) == 1
    at_once = {"Idempotency-Key": headers["Idempotency-Key"]}
    assert me.post(GENERATIONS, json=SMALL, headers=at_once).status_code == 400


def test_azures_submission_again(me: httpx.Client) -> None:
    headers = keyed()
    path = "/openai/images/generations:submit?api-version=2023-06-01-preview"
    answers = [me.post(path, json=SMALL, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    polled = [me.get(answer.headers["operation-location"]).json()["result"] for answer in answers]
    assert polled[0] == polled[1]
    assert left(answers[0]) == left(answers[1]) == 49


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "no-stream"}], ids=["plain", "keyed"])
def test_azures_submission_cannot_stream(me: httpx.Client, headers: dict[str, str]) -> None:
    path = "/openai/images/generations:submit?api-version=2023-06-01-preview"
    answer = me.post(path, json={"prompt": "a", "model": "gpt-image-1", "stream": True}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "stream")
    assert left(answer) == 50


def test_another_request_under_the_same_key(me: httpx.Client) -> None:
    headers = keyed()
    assert me.post(GENERATIONS, json=SMALL, headers=headers).status_code == 200
    for other in ({**SMALL, "prompt": "b"}, {**SMALL, "n": 2}, {**SMALL, "seed": 1}):
        answer = me.post(GENERATIONS, json=other, headers=headers)
        error = answer.json()["error"]
        assert (answer.status_code, error["param"], error["code"]) == (
            400,
            "Idempotency-Key",
            "idempotency_key_reused",
        )
    # Null and the default say the same as nothing.
    assert me.post(GENERATIONS, json={**SMALL, "n": None}, headers=headers).status_code == 200


def test_keys_are_their_owners(me: httpx.Client, server: ServerProcess) -> None:
    headers = keyed()
    mine = me.post(GENERATIONS, json=SMALL, headers=headers)
    other = {"Authorization": f"Bearer {make_key(server.data_dir)}", **headers}
    theirs = httpx.post(server.url + GENERATIONS, json=SMALL, headers=other)
    assert theirs.status_code == 200
    assert "idempotent-replayed" not in theirs.headers
    assert theirs.content != mine.content


@pytest.mark.parametrize("value", [b"", b"a b", b"\xc3\xa9", b"x" * 256, b"tab\there"], ids=repr)
def test_keys_that_cannot_be(me: httpx.Client, value: bytes) -> None:
    answer = me.post(GENERATIONS, json=SMALL, headers={b"Idempotency-Key": value})
    error = answer.json()["error"]
    assert (answer.status_code, error["param"], error["code"]) == (
        400,
        "Idempotency-Key",
        "invalid_idempotency_key",
    )


def test_the_longest_key(me: httpx.Client) -> None:
    assert me.post(GENERATIONS, json=SMALL, headers=keyed("~" * 255)).status_code == 200


def test_faults_found_late_are_kept(me: httpx.Client) -> None:
    """A picture that is not square is known when it has been decoded, and charged."""
    headers = keyed()
    form = {"image": ("a.png", png(64, 32), "image/png")}
    first, again = (me.post(VARIATIONS, files=form, headers=headers) for _ in range(2))
    assert first.status_code == 400
    assert_same(first, again)


def test_refusals_that_time_cures_are_not_kept(server: ServerProcess) -> None:
    folder = server.data_dir
    headers = {"Authorization": f"Bearer {make_key(folder, images_per_minute=1)}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as me:
        key = keyed()
        assert me.post(GENERATIONS, json={**SMALL, "n": 2}, headers=key).status_code == 429
        answer = me.post(GENERATIONS, json={**SMALL, "n": 1}, headers=key)
        assert answer.status_code == 200
        assert httpx.post(server.url + GENERATIONS, json=SMALL, headers=key).status_code == 401


def test_asked_again_while_under_way(me: httpx.Client) -> None:
    headers, body = keyed(), {**SMALL, "prompt": "wait 0.2"}

    def ask(_: int) -> httpx.Response:
        return me.post(GENERATIONS, json=body, headers=headers)

    with ThreadPoolExecutor(8) as threads:
        asking = [threads.submit(ask, one) for one in range(8)]
        time.sleep(0.3)
        other = me.post(GENERATIONS, json=SMALL, headers=headers)
        answers = [one.result() for one in asking]
    assert other.status_code == 400
    assert {answer.content for answer in answers} == {answers[0].content}
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 7
    assert min(left(answer) for answer in answers) == 49


@pytest.mark.parametrize("body", [{**SMALL, "prompt": "wait 0.2"}, {**STREAM, "prompt": "wait 0.2"}], ids=str)
def test_hanging_up_finishes_and_keeps(me: httpx.Client, server: ServerProcess, body: dict[str, Any]) -> None:
    headers = {"Authorization": me.headers["Authorization"], **keyed()}
    leave(server, body, headers, after=0.3)
    answer = me.post(GENERATIONS, json=body, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["idempotent-replayed"] == "true"
    assert left(answer) == 49


def leave(server: ServerProcess, body: dict[str, Any], headers: dict[str, str], after: float) -> None:
    """Ask and hang up after that many seconds."""
    data = json.dumps(body).encode()
    lines = [f"POST {GENERATIONS} HTTP/1.1", "Host: localhost", f"Content-Length: {len(data)}"]
    lines += ["Content-Type: application/json", *(f"{name}: {value}" for name, value in headers.items())]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + data)
        time.sleep(after)


def test_what_a_killed_server_was_at_is_done_by_the_next(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    headers = {"Authorization": f"Bearer {key}", **keyed()}
    body = {**SMALL, "prompt": "wait 0.5"}
    with ServerProcess([], BLANK, data_dir=tmp_path) as server:
        asking = threading.Thread(target=leave, args=(server, body, headers, 1.0))
        asking.start()
        time.sleep(0.5)
        os.kill(server.pid, signal.SIGKILL)
        asking.join()
    with ServerProcess([], BLANK, data_dir=tmp_path) as server:
        began = time.monotonic()
        first, again = (
            httpx.post(server.url + GENERATIONS, json=body, headers=headers, timeout=PATIENCE)
            for _ in range(2)
        )
        assert first.status_code == 200
        assert_same(first, again)
        assert time.monotonic() - began < PATIENCE


async def test_a_server_thought_dead_gives_no_second_answer(tmp_path: Path) -> None:
    """The other has taken its key over meanwhile: of two answers made, one is given."""
    database = await asyncio.to_thread(open_database, tmp_path / "egaku.db")
    images = LocalImages(tmp_path / "images", keep_by_kind(100, 100), LinkSigner(b"s" * 32, 100))
    slow, other = (Retries(ReplyStore(database, images, name, 100)) for name in ("srv_1", "srv_2"))
    try:
        first, second = [await one.claim("me", "key", "request") for one in (slow, other)]
        assert isinstance(first, Turn)
        assert isinstance(second, Turn)
        async with first, second:
            assert not await first.finish(Reply(200, {}, b"one"))
            assert await second.finish(Reply(200, {}, b"two"))
        assert await slow.claim("me", "key", "request") == Reply(200, {}, b"two")
    finally:
        await database.dispose()
