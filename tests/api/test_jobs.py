"""Background jobs as a client meets them: accepted, listed, watched, cancelled, gone; others' are 404."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.answers import EDITS, GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.pictures import decoded, png
from tests.server import ServerProcess

PREFER = {"Prefer": "respond-async"}
SMALL = {"prompt": "a", "size": "256x256"}
LONG = {"prompt": "wait 5", "size": "256x256"}
PATIENCE = 60.0
MEMBERS = {
    "id", "object", "status", "operation", "model", "prompt", "n", "quality", "style", "background",
    "output_format", "seed", "strength", "size", "created_at", "started_at", "finished_at", "expires_at",
    "progress", "position", "eta_seconds", "data", "error", "request_id",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jobs")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ServerProcess]:
    """Asks for keys, so that each test can be somebody else."""
    make_key(folder)
    with ServerProcess([], {**BLANK, "EGAKU_MAX_JOBS": "20"}, data_dir=folder) as server:
        yield server


@pytest.fixture
def me(server: ServerProcess) -> Iterator[httpx.Client]:
    yield from somebody(server)


@pytest.fixture
def other(server: ServerProcess) -> Iterator[httpx.Client]:
    yield from somebody(server)


def somebody(server: ServerProcess) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {make_key(server.data_dir)}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client:
        yield client


def submitted(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    answer = client.post(GENERATIONS, json={**SMALL, **fields}, headers=PREFER)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    return job


def when(client: httpx.Client, job: dict[str, Any], condition: Callable[[dict[str, Any]], bool]) -> Any:
    until = time.monotonic() + PATIENCE
    while not condition(found := client.get(f"/v1/jobs/{job['id']}").json()):
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


def ended(client: httpx.Client, job: dict[str, Any]) -> Any:
    return when(client, job, lambda found: found["finished_at"] is not None)


def files(folder: Path, kind: str) -> set[str]:
    return {path.name for path in (folder / "images").rglob(f"{kind}-*")}


def test_accepted_and_drawn(me: httpx.Client) -> None:
    answer = me.post(GENERATIONS, json={**SMALL, "n": 2, "seed": 7}, headers=PREFER)
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.headers["x-egaku-seed"] == "7"
    job = answer.json()
    assert answer.headers["location"] == f"{str(me.base_url).rstrip('/')}/v1/jobs/{job['id']}"
    assert set(job) == MEMBERS
    assert job["request_id"] == answer.headers["x-request-id"]
    assert (job["object"], job["operation"], job["size"], job["n"]) == (
        "image.job",
        "generations",
        "256x256",
        2,
    )
    done = ended(me, job)
    assert (done["status"], done["progress"], done["error"]) == ("succeeded", 1.0, None)
    assert done["created_at"] <= done["started_at"] <= done["finished_at"] < done["expires_at"]
    assert [one["index"] for one in done["data"]] == [0, 1]
    at_once = me.post(GENERATIONS, json={**SMALL, "n": 2, "seed": 7}).json()
    for one, same in zip(done["data"], at_once["data"], strict=True):
        first, second = (decoded(httpx.get(item["url"]).content) for item in (one, same))
        assert (first == second).all()


@pytest.mark.parametrize("value", ["respond-async, wait=10", "wait=10, Respond-Async;x=1"])
def test_the_preference_among_others(me: httpx.Client, value: str) -> None:
    assert me.post(GENERATIONS, json=SMALL, headers={"Prefer": value}).status_code == 202


def test_other_preferences_change_nothing(me: httpx.Client) -> None:
    assert me.post(GENERATIONS, json=SMALL, headers={"Prefer": "return=minimal"}).status_code == 200


def test_an_edit_as_a_form(me: httpx.Client, folder: Path) -> None:
    wide = {"image": ("a.png", png(64, 32), "image/png")}
    answer = me.post(EDITS, data=SMALL, files=wide, headers=PREFER)
    assert answer.status_code == 400  # said at once, not by a failed job
    assert "equal width and height" in answer.json()["error"]["message"]
    form = {"image": ("a.png", png(64, 64), "image/png")}
    holes = {"model": "gpt-image-1", "prompt": "a"}
    job = me.post(EDITS, data=holes, files=form, headers=PREFER).json()
    done = ended(me, job)
    assert (done["status"], done["operation"]) == ("succeeded", "edits")
    assert decoded(httpx.get(done["data"][0]["url"]).content).shape == (1024, 1024, 4)
    assert files(folder, "in") == set()


def test_a_job_cannot_stream(me: httpx.Client) -> None:
    answer = me.post(
        GENERATIONS, json={"prompt": "a", "model": "gpt-image-1", "stream": True}, headers=PREFER
    )
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "stream")


def test_base64_is_a_link_here(me: httpx.Client) -> None:
    done = ended(me, submitted(me, response_format="b64_json"))
    assert set(done["data"][0]) == {"index", "url", "revised_prompt"}


def test_pages(me: httpx.Client) -> None:
    jobs = [submitted(me)["id"] for _ in range(5)][::-1]
    first = me.get("/v1/jobs?limit=3").json()
    assert [job["id"] for job in first["data"]] == jobs[:3]
    assert (first["object"], first["first_id"], first["last_id"]) == ("list", jobs[0], jobs[2])
    assert first["has_more"]
    rest = me.get("/v1/jobs", params={"after": first["last_id"]}).json()
    assert [job["id"] for job in rest["data"]] == jobs[3:]
    assert not rest["has_more"]


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "１"])
def test_limits_of_pages(me: httpx.Client, limit: str) -> None:
    answer = me.get("/v1/jobs", params={"limit": limit})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "limit")


def test_pages_have_no_other_parameters(me: httpx.Client) -> None:
    """The list has one order, and no filter: asked for either, it says so."""
    for name in ("order", "status"):
        answer = me.get("/v1/jobs", params={name: "asc"})
        assert (answer.status_code, answer.json()["error"]["param"]) == (400, name)


def test_other_peoples_jobs_are_none(me: httpx.Client, other: httpx.Client, server: ServerProcess) -> None:
    job = ended(me, submitted(me))["id"]
    for method, path in [("GET", ""), ("DELETE", ""), ("POST", "/cancel")]:
        theirs = other.request(method, f"/v1/jobs/{job}{path}")
        nobodys = other.request(method, f"/v1/jobs/job_none{path}")
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.json()["error"]["code"] == nobodys.json()["error"]["code"] == "job_not_found"
        assert httpx.request(method, f"{server.url}/v1/jobs/{job}{path}").status_code == 401
    assert other.get("/v1/jobs").json()["data"] == []
    assert other.get("/v1/jobs", params={"after": job}).status_code == 404
    assert me.get(f"/v1/jobs/{job}").status_code == 200


def test_cancelled_at_the_next_step(me: httpx.Client) -> None:
    job = submitted(me, **LONG)
    when(me, job, lambda found: found["status"] == "running")
    answer = me.post(f"/v1/jobs/{job['id']}/cancel").json()
    assert (answer["status"], answer["data"]) == ("cancelled", [])
    assert me.post(f"/v1/jobs/{job['id']}/cancel").json()["status"] == "cancelled"
    assert ended(me, submitted(me))["status"] == "succeeded"


def test_deleted_without_a_trace(me: httpx.Client, folder: Path) -> None:
    done = ended(me, submitted(me))
    url = done["data"][0]["url"]
    name = httpx.URL(url).path.rpartition("/")[2]
    assert name in files(folder, "job")
    answer = me.delete(f"/v1/jobs/{done['id']}").json()
    assert answer == {"id": done["id"], "object": "image.job", "deleted": True}
    assert httpx.get(url).status_code == 403
    assert name not in files(folder, "job")
    assert me.get(f"/v1/jobs/{done['id']}").status_code == 404
    assert me.delete(f"/v1/jobs/{done['id']}").status_code == 404


def test_deleted_while_running(me: httpx.Client, folder: Path) -> None:
    form = {"image": ("a.png", png(64, 64), "image/png")}
    fields = {"model": "gpt-image-1", "prompt": "wait 5"}
    job = me.post(EDITS, data=fields, files=form, headers=PREFER).json()
    when(me, job, lambda found: found["status"] == "running")
    assert len(files(folder, "in")) == 1
    assert me.delete(f"/v1/jobs/{job['id']}").json()["deleted"]
    assert files(folder, "in") == set()
    assert me.get(f"/v1/jobs/{job['id']}").status_code == 404


def test_owners_delete_pictures(me: httpx.Client, other: httpx.Client) -> None:
    url = me.post(GENERATIONS, json=SMALL).json()["data"][0]["url"]
    path = httpx.URL(url).path
    assert other.delete(path).status_code == 404
    assert httpx.get(url).status_code == 200
    assert me.delete(path).json()["deleted"]
    assert httpx.get(url).status_code == 403
    assert me.delete(path).status_code == 404
    assert me.delete("/files/..%2Fegaku.db").status_code == 404


def test_a_full_queue_says_so(server: ServerProcess, me: httpx.Client) -> None:
    jobs = []
    refusal = None
    for _ in range(30):
        answer = me.post(GENERATIONS, json={**SMALL, **LONG}, headers=PREFER)
        if answer.status_code != 202:
            refusal = answer
            break
        jobs.append(answer.json()["id"])
    waiting = me.get(f"/v1/jobs/{jobs[-1]}").json()
    for job in reversed(jobs):
        me.delete(f"/v1/jobs/{job}")
    assert refusal is not None
    assert refusal.status_code == 503
    assert 1 <= int(refusal.headers["retry-after"]) <= 60
    assert waiting["status"] == "queued"
    assert waiting["position"] >= 10


class Listener(threading.Thread):
    """Collects the events of a stream."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.ended = False

    def run(self) -> None:
        with contextlib.suppress(httpx.HTTPError):  # the test is over, and its client closed
            self._listen()
            self.ended = True

    def _listen(self) -> None:
        name = ""
        with self.client.stream("GET", "/v1/jobs/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line.removeprefix("data: "))))

    def wait(self, name: str, job: str | None = None) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while True:
            for event, data in self.events:
                if event == name and job in {None, data.get("id")}:
                    return data
            assert time.monotonic() < until, (name, [event for event, _ in self.events])
            time.sleep(0.02)


def test_one_stream_tells_all(me: httpx.Client, other: httpx.Client) -> None:
    before = ended(me, submitted(me))["id"]
    listener = Listener(me)
    listener.start()
    assert [job["id"] for job in listener.wait("snapshot")["jobs"]] == [before]
    with httpx.Client(base_url=me.base_url, headers=me.headers, timeout=PATIENCE) as client:
        submitted(other)
        first, second = submitted(client, prompt="wait 0.1", n=2)["id"], submitted(client)["id"]
        done = listener.wait("done", first)["job"]
        assert done["status"] == "succeeded"
        listener.wait("done", second)
        names = [name for name, data in listener.events if data.get("id") == first]
        assert names.index("running") < names.index("progress") < names.index("image") < names.index("done")
        assert names.count("image") == 2
        partial = next(data for name, data in listener.events if name == "partial")
        assert partial["image"].startswith("data:image/jpeg;base64,")
        assert len(partial["image"]) < 50_000
        image = listener.wait("image", first)
        assert httpx.get(image["url"]).status_code == 200
        long = submitted(client, **LONG)["id"]
        listener.wait("running", long)
        client.post(f"/v1/jobs/{long}/cancel")
        assert listener.wait("cancelled", long)["job"]["status"] == "cancelled"
        client.delete(f"/v1/jobs/{long}")
        listener.wait("deleted", long)
        client.delete(httpx.URL(image["url"]).path)
        assert listener.wait("image_deleted", first)["index"] == image["index"]
    ours = {before, first, second, long}
    assert {data["id"] for name, data in listener.events if name != "snapshot"} <= ours


def test_a_picture_deleted_while_others_are_drawn_is_not_drawn_again(tmp_path: Path) -> None:
    headers = {"Authorization": f"Bearer {make_key(tmp_path)}"}
    with (
        ServerProcess([], BLANK, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client,
    ):
        job = submitted(client, prompt="wait 0.4", n=5)
        gone = when(client, job, lambda found: found["data"])["data"][0]
        assert client.delete(httpx.URL(gone["url"]).path).status_code == 200
        assert client.get(f"/v1/jobs/{job['id']}").json()["status"] == "running"
    with (
        ServerProcess([], BLANK, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client,
    ):
        done = ended(client, job)
    assert done["status"] == "succeeded"
    assert [one["index"] for one in done["data"]] == [n for n in range(5) if n != gone["index"]]
    assert len(files(tmp_path, "job")) == 4


def test_revoking_a_key_ends_its_streams_and_what_it_has_waiting(folder: Path, server: ServerProcess) -> None:
    secret = make_key(folder)
    headers = {"Authorization": f"Bearer {secret}"}
    boss = {"Authorization": f"Bearer {make_key(folder, is_admin=True)}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client:
        jobs = [submitted(client, prompt="wait 0.3")["id"] for _ in range(8)]
        listener = Listener(client)
        listener.start()
        listener.wait("running")
        keys = httpx.get(f"{server.url}/v1/organization/api_keys?limit=100", headers=boss).json()["data"]
        (key,) = [one["id"] for one in keys if one["redacted_value"].endswith(secret[-4:])]
        assert httpx.delete(f"{server.url}/v1/organization/api_keys/{key}", headers=boss).status_code == 200
        listener.join(PATIENCE)
        assert listener.ended
    until = time.monotonic() + PATIENCE
    with contextlib.closing(sqlite3.connect(folder / "egaku.db")) as records:
        while open_jobs(records, key):
            assert time.monotonic() < until
            time.sleep(0.1)
        ends = Counter(
            status for (status,) in records.execute("SELECT status FROM jobs WHERE owner = ?", (key,))
        )
    assert ends.total() == len(jobs)
    assert ends["cancelled"] >= 2
    assert set(ends) <= {"succeeded", "cancelled"}


def open_jobs(records: sqlite3.Connection, owner: str) -> int:
    query = "SELECT count(*) FROM jobs WHERE owner = ? AND finished_at IS NULL"
    count: int = records.execute(query, (owner,)).fetchone()[0]
    return count


def test_a_keys_images_under_way_hold_for_jobs_too(folder: Path, server: ServerProcess) -> None:
    headers = {"Authorization": f"Bearer {make_key(folder, fields={'max_concurrent': 2})}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client:
        refused = client.post(GENERATIONS, json={**SMALL, "n": 3}, headers=PREFER)
        assert (refused.status_code, refused.headers["x-should-retry"]) == (429, "false")
        jobs = [submitted(client, prompt="wait 0.2", n=2) for _ in range(2)]
        when(client, jobs[0], lambda job: job["status"] == "running")
        used = client.get("/v1/usage").json()["limits"]["under_way"]["used"]
        assert client.post(GENERATIONS, json=SMALL).status_code == 429
        assert client.get(f"/v1/jobs/{jobs[1]['id']}").json()["status"] == "queued"
        assert used == 2
        for job in jobs:
            assert ended(client, job)["status"] == "succeeded"
        assert client.post(GENERATIONS, json=SMALL).status_code == 200


def test_a_stop_ends_streams_and_a_start_takes_up_what_waited(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    headers = {"Authorization": f"Bearer {key}"}
    with (
        ServerProcess([], BLANK, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client,
    ):
        jobs = [submitted(client, prompt="wait 0.1") for _ in range(6)]
        listener = Listener(client)
        listener.start()
        listener.wait("snapshot")
        assert server._process is not None
        began = time.monotonic()
        server._process.send_signal(signal.SIGTERM)
        assert server._process.wait(PATIENCE) == 0
        assert time.monotonic() - began < 15
        listener.join(PATIENCE)
        assert listener.ended
    with (
        ServerProcess([], BLANK, data_dir=tmp_path) as server,
        httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE) as client,
    ):
        assert [ended(client, job)["status"] for job in jobs] == ["succeeded"] * 6


def test_the_documented_commands_work(server: ServerProcess, tmp_path: Path) -> None:
    """Every `bash` block of docs/jobs.md, one after the other in one shell."""
    text = (Path(__file__).parents[2] / "docs" / "jobs.md").read_text()
    blocks = re.findall(r"```bash\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 5
    script = 'set -euo pipefail\ncurl() { command curl --fail "$@"; echo; }\n' + "\n".join(blocks)
    env = {**os.environ, "EGAKU": server.url, "KEY": make_key(server.data_dir)}
    done = subprocess.run(
        ["bash", "-c", script], check=False, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    for said in (
        '"object":"image.job"',
        '"status":"',
        '"object":"list"',
        '"deleted":true',
        "event: snapshot",
    ):
        assert said in done.stdout
    first, again = [line for line in done.stdout.splitlines() if line.startswith('{"created"')]
    assert first == again
