"""Prompts, keys, users and pixels stay out of the log, whatever happens, at the most talkative level."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.answers import EDITS, GENERATIONS, VARIATIONS
from tests.api.conftest import BLANK, make_key
from tests.api.error_rows_form import image
from tests.api.raw import raw_get
from tests.pictures import png
from tests.processes import kill_workers
from tests.server import ServerProcess

CANARY = "canary-7f3a-sunset"
"""Part of everything below that must not be repeated."""
PROMPT = f"wait 0.05 {CANARY}"
USER = f"{CANARY}@example.org"
WRONG_KEY = f"sk-{CANARY}-wrong"
FILE = png(64, 64, hole=True)
CANARY_FILE = base64.b64encode(FILE).decode()


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, str]]:
    """A server of its own at debug level, and its key."""
    folder = tmp_path_factory.mktemp("talkative")
    key = make_key(folder)
    with ServerProcess(["--log-level", "debug"], {**BLANK, "EGAKU_WORKERS": "1"}, data_dir=folder) as server:
        yield server, key


def _requests() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and arguments of every kind of request, good and bad, with a canary in each."""
    for extra in (
        {},
        {"model": "gpt-image-1"},
        {"model": "gpt-image-1", "stream": True},
        {"n": 99},
        {"size": CANARY},
    ):
        yield "POST", GENERATIONS, {"json": {"prompt": PROMPT, "user": USER, **extra}}
    yield "POST", GENERATIONS, {"json": {"prompt": CANARY * 100}}
    yield "POST", GENERATIONS, {"json": {"prompt": PROMPT, "model": CANARY, CANARY: CANARY}}
    yield "POST", GENERATIONS, {"json": {"prompt": "a", "model": "gpt-image-1", CANARY: CANARY}}
    yield "POST", GENERATIONS, {"content": f'{{"prompt": "{CANARY}'.encode()}
    yield "POST", GENERATIONS, {"content": CANARY.encode(), "headers": {"Content-Type": CANARY}}
    for path in (EDITS, VARIATIONS):
        fields = {"prompt": PROMPT, "user": USER}
        yield "POST", path, {"data": fields, "files": [image(FILE, filename=f"{CANARY}.png")]}
        yield "POST", path, {"data": fields, "files": [image(FILE[:500], filename=f"{CANARY}.png")]}
        yield "POST", path, {"data": {**fields, CANARY: CANARY}, "files": [(CANARY, (CANARY, FILE, CANARY))]}
        yield "POST", path, {"data": {**fields, "image": CANARY}, "files": [image(FILE, "mask")]}
    url = f"data:image/png;base64,{CANARY_FILE}"
    body = {"prompt": PROMPT, "model": "gpt-image-1", "images": [{"image_url": url}], "user": USER}
    yield "POST", EDITS, {"json": body}
    yield "POST", EDITS, {"json": {**body, "images": [{"image_url": f"http://{CANARY}/x.png"}]}}
    yield "GET", f"/v1/models/{CANARY}", {}
    yield "GET", f"/{CANARY}?{CANARY}={CANARY}", {}
    yield "GET", f"/files/{CANARY}.png?sig={CANARY}", {}
    yield "PUT", f"/v1/models?{CANARY}", {"content": CANARY.encode()}
    yield "POST", f"/openai/deployments/{CANARY}/images/generations", {"json": {"prompt": PROMPT}}
    yield "POST", "/openai/images/generations:submit", {"json": {"prompt": PROMPT}}


def _log_of(server: ServerProcess) -> str:
    return server.log


def test_nothing_said_is_repeated(talkative: tuple[ServerProcess, str]) -> None:
    server, key = talkative
    keys = [
        {"Authorization": f"Bearer {key}"},
        {"Authorization": f"Bearer {WRONG_KEY}"},
        {"api-key": WRONG_KEY},
        {"Authorization": "Basic " + base64.b64encode(f"{USER}:{WRONG_KEY}".encode()).decode()},
    ]
    answered = 0
    with httpx.Client(base_url=server.url, timeout=30) as client:
        for method, path, arguments in _requests():
            for headers in keys:
                own = {**arguments, "headers": {**arguments.get("headers", {}), **headers}}
                answered += client.request(method, path, **own).status_code < 500
        links = client.post(GENERATIONS, json={"prompt": PROMPT}, headers=keys[0]).json()["data"]
        assert client.get(links[0]["url"]).status_code == 200
    assert answered == 4 * len(list(_requests()))
    log = _log_of(server)
    assert log.count('"event": "request"') > answered
    signature = httpx.URL(links[0]["url"]).params["sig"]
    for secret in (CANARY, key, key[9:30], CANARY_FILE[:60], signature, httpx.URL(links[0]["url"]).path):
        assert secret not in log


def test_nothing_said_is_repeated_when_things_break(talkative: tuple[ServerProcess, str]) -> None:
    """A client that leaves, a folder that is gone, a worker killed while it draws, what is not HTTP."""
    server, key = talkative
    headers = {"Authorization": f"Bearer {key}"}
    before = len(server.log)
    images, away = server.data_dir / "images", server.data_dir / "away"
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
        for extra in ({}, {"model": "gpt-image-1", "stream": True, "partial_images": 3}):
            body = {"prompt": f"wait 0.3 {CANARY}", "user": USER, **extra}
            with contextlib.suppress(httpx.ReadTimeout):
                client.post(GENERATIONS, json=body, timeout=0.2)
        images.rename(away)
        answer = client.post(GENERATIONS, json={"prompt": PROMPT, "user": USER})
        away.rename(images)
        assert (answer.status_code, CANARY in answer.text) == (500, False)
        with client.stream("POST", GENERATIONS, json={**body, "prompt": f"wait 0.3 {CANARY}"}) as stream:
            for line in stream.iter_lines():
                if line.startswith("event: image"):
                    kill_workers(server.pid)
        raw_get(server, b"/%s \x00 %s" % (CANARY.encode(), CANARY.encode()), CANARY.encode())
        assert client.get("/healthz").status_code == 200
    log = server.log[before:]
    assert '"level": "error"' in log
    assert CANARY not in log
    assert key not in log


def test_no_prompt_is_kept_on_disk(talkative: tuple[ServerProcess, str]) -> None:
    """Beyond recipes, which the blank engine has none of, nothing of a request is stored but its pictures."""
    server, key = talkative
    headers = {"Authorization": f"Bearer {key}"}
    body = {"prompt": PROMPT, "user": USER}
    assert httpx.post(server.url + GENERATIONS, json=body, headers=headers).status_code == 200
    files = [path for path in Path(server.data_dir).rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [
        path for path in files if CANARY.encode() in path.read_bytes() or key.encode() in path.read_bytes()
    ]
