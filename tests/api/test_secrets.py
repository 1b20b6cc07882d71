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
    environment = {**BLANK, "EGAKU_WORKERS": "1", "EGAKU_MODERATION": "standard"}
    with ServerProcess(["--log-level", "debug"], environment, data_dir=folder) as server:
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
    refused = f"two naked people having sex on a couch, {CANARY}"
    for extra in ({}, {"model": "gpt-image-1"}):
        yield "POST", GENERATIONS, {"json": {"prompt": refused, **extra}}
    yield "POST", "/v1/moderations", {"json": {"input": [refused, CANARY]}}
    yield "POST", "/v1/moderations", {"json": {"input": CANARY, "model": CANARY}}
    report = {"request_id": f"req_{CANARY}", "note": CANARY, "prompt": CANARY}
    yield "POST", "/v1/moderations/reports", {"json": report}
    for headers in ({"Prefer": "respond-async"}, {"Idempotency-Key": CANARY}):
        yield "POST", GENERATIONS, {"json": {"prompt": PROMPT}, "headers": headers}
    yield "GET", f"/v1/jobs/{CANARY}", {}
    yield "GET", "/v1/organization/api_keys", {}
    yield "GET", f"/v1/organization/moderation/reports?after={CANARY}", {}
    yield "POST", f"/v1/organization/moderation/reports/{CANARY}", {"json": {CANARY: CANARY}}
    yield "POST", "/app/admin-session", {"json": {CANARY: CANARY}}


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
                answer = client.request(method, path, **own)
                answered += answer.status_code < 500
                assert key not in answer.text
                assert WRONG_KEY not in answer.text
        links = client.post(GENERATIONS, json={"prompt": PROMPT}, headers=keys[0]).json()["data"]
        assert client.get(links[0]["url"]).status_code == 200
        admin = {"Authorization": f"Bearer {make_key(server.data_dir, is_admin=True)}"}
        metrics = client.get("/metrics", headers=admin)
        assert metrics.status_code == 200
        assert "egaku_requests_total" in metrics.text
        assert not [secret for secret in (CANARY, key, key[9:30]) if secret in metrics.text]
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
        assert (answer.status_code, CANARY in answer.text) == (503, False)
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


def test_no_prompt_is_kept_on_disk(tmp_path: Path) -> None:
    """Beyond recipes, which the blank engine has none of, and background jobs, nothing of a request is stored
    but its pictures.
    """
    key = make_key(tmp_path)
    headers = {"Authorization": f"Bearer {key}"}
    body = {"prompt": PROMPT, "user": USER}
    with ServerProcess(env=BLANK, data_dir=tmp_path) as server:
        assert httpx.post(server.url + GENERATIONS, json=body, headers=headers).status_code == 200
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) > 3
        kept = {path: path.read_bytes() for path in files}
    assert not [path for path, data in kept.items() if CANARY.encode() in data or key.encode() in data]


def test_keys_made_over_http_are_shown_once(talkative: tuple[ServerProcess, str]) -> None:
    """Neither the log nor a file has them, and the log has nothing of what administrators say."""
    server, _ = talkative
    admin, said = make_key(server.data_dir, is_admin=True), "whispered-4c1d"
    headers = {"Authorization": f"Bearer {admin}"}
    secrets = []
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
        for kind in ("api_keys", "admin_api_keys"):
            path = f"/v1/organization/{kind}"
            made = client.post(path, json={"name": said, "user": said}).json()
            secrets.append(made["value"])
            shown = [
                client.get(f"{path}/{made['id']}"),
                client.get(path),
                client.delete(f"{path}/{made['id']}"),
            ]
            assert all(made["value"] not in answer.text for answer in shown)
            for wrong in ({said: said}, {"name": said, "models": said}, [said]):
                assert client.post(path, json=wrong).status_code == 400
            assert client.get(f"{path}/{said}").status_code == 404
            assert client.get(f"{path}?{said}={said}").status_code == 400
        for query in (f"start_time=0&models={said}", f"start_time={said}", f"{said}=1"):
            client.get(f"/v1/organization/usage/images?{query}")
        reports = "/v1/organization/moderation/reports"
        assert client.get(f"{reports}?{said}={said}").status_code == 400
        assert client.get(f"{reports}?after={said}").status_code == 404
        assert client.post(f"{reports}/{said}", json={"outcome": said}).status_code == 400
        assert client.delete(f"{reports}/{said}").status_code == 404
        assert client.post("/app/admin-session", json={said: said}).status_code == 400
        opened = client.post("/app/admin-session", json={})
        assert admin not in opened.text + str(opened.headers)
    files = [path.read_bytes() for path in Path(server.data_dir).rglob("*") if path.is_file()]
    for secret in (*secrets, admin):
        assert secret not in server.log
        assert not [data for data in files if secret.encode() in data]
    assert said not in server.log
