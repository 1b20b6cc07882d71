"""Promise: an accepted job is never lost and never drawn twice, even by kill -9: 200 kills over 2,000 jobs.

A client submits jobs and notes what was acknowledged, while the server, or a drawing process, is killed at
random points (seeded) and started again on the same data. In the end every job is there once, succeeded, with
exactly its files, each showing to the pixel what its seed gives; the database was whole after every kill.
Then the same under SIGTERM, and a job that takes its worker down every time.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from egaku.engines import blank
from egaku.engines.base import Job, Task
from tests.pictures import decoded
from tests.processes import kill_workers, worker_pids
from tests.scale import scaled
from tests.server import ServerProcess

ENV = {
    "EGAKU_ENGINE": "blank",
    "EGAKU_WORKERS": "2",
    "EGAKU_IMAGES_PER_MINUTE": "1000000",
    "EGAKU_MAX_JOBS": "100000",
}
SEED = 31
JOBS = scaled(2000, 40)
KILLS = scaled(200, 8)
STOPS = scaled(20, 4)
GRACE_SECONDS = 60
SIZE = 256
OPERATION = "/v1/images/generations"

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(3600)]


@dataclass
class Site:
    """A server that is replaced again and again, always on the same data."""

    folder: Path
    server: ServerProcess | None = None
    url: str = ""
    up: threading.Event = field(default_factory=threading.Event)

    def start(self) -> ServerProcess:
        self.server = ServerProcess([], ENV, data_dir=self.folder)
        self.server.__enter__()
        self.url = self.server.url
        self.up.set()
        return self.server

    def kill(self) -> None:
        """End the server as the kernel does."""
        assert self.server is not None
        self.up.clear()
        os.kill(self.server.pid, signal.SIGKILL)
        self.leave()

    def leave(self) -> None:
        """Wait for its end and forget it."""
        assert self.server is not None
        assert self.server._process is not None
        self.up.clear()
        self.server._process.wait(GRACE_SECONDS)
        self.server.__exit__(None, None, None)
        self.server = None

    def check_database(self) -> None:
        with sqlite3.connect(self.folder / "egaku.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    if site.server is not None:
        site.server.__exit__(None, None, None)


def wanted(number: int) -> dict[str, Any]:
    """The job of that number: one to three pictures, a few hundredths of a second each."""
    size = f"{SIZE}x{SIZE}"
    return {"prompt": "wait 0.01", "n": 1 + number % 3, "seed": number, "size": size, "user": str(number)}


class Submitter(threading.Thread):
    """Submits jobs one after the other; each again and again, under its key, until it is acknowledged."""

    def __init__(self, site: Site, numbers: range, pause: float) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.numbers = numbers
        self.pause = pause
        self.acknowledged: dict[int, str] = {}
        self.attempts = 0
        self.stop = False

    def run(self) -> None:
        with httpx.Client(timeout=GRACE_SECONDS) as client:
            for number in self.numbers:
                while number not in self.acknowledged and not self.stop:
                    self.site.up.wait(1.0)
                    self._try(client, number)
                time.sleep(self.pause)

    def _try(self, client: httpx.Client, number: int) -> None:
        headers = {"Prefer": "respond-async", "Idempotency-Key": f"job-{number}"}
        self.attempts += 1
        try:
            answer = client.post(self.site.url + OPERATION, json=wanted(number), headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            time.sleep(0.02)
            return
        if answer.status_code == 202:
            self.acknowledged[number] = answer.json()["id"]
        else:
            time.sleep(0.05)


def all_jobs(client: httpx.Client) -> list[dict[str, Any]]:
    """Every job, by the list's cursor."""
    jobs: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = client.get("/v1/jobs", params={"limit": "100", **after}).json()
        jobs += page["data"]
        if not page["has_more"]:
            return jobs
        after = {"after": page["last_id"]}


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def assert_all_as_promised(site: Site, acknowledged: dict[int, str], count: int) -> None:
    """Nothing lost, nothing doubled, every picture the one its seed gives."""
    assert sorted(acknowledged) == list(range(count))
    assert len(set(acknowledged.values())) == count
    files: set[str] = set()
    with httpx.Client(base_url=site.url, timeout=GRACE_SECONDS) as client:
        wait_for(lambda: all(job["finished_at"] for job in all_jobs(client)), 600)
        jobs = {job["id"]: job for job in all_jobs(client)}
        assert sorted(jobs) == sorted(acknowledged.values())
        for number, identifier in acknowledged.items():
            job = jobs[identifier]
            assert (job["status"], job["error"]) == ("succeeded", None), job
            assert [one["index"] for one in job["data"]] == list(range(1 + number % 3))
            for one in job["data"]:
                assert_drawn_from_seed(client.get(one["url"]), number, one["index"])
                files.add(httpx.URL(one["url"]).path.rpartition("/")[2])
        assert client.get("/v1/jobs/job_nobody").status_code == 404
    # A write that a kill broke off leaves its temporary file, which goes by age.
    assert {path.name for path in (site.folder / "images").rglob("job-*.png")} == files
    assert not list((site.folder / "images").rglob("in-*.bin"))
    with sqlite3.connect(site.folder / "egaku.db") as database:
        rows = database.execute(
            "SELECT job, position, COUNT(*) FROM pictures GROUP BY job, position"
        ).fetchall()
    database.close()
    assert len(rows) == len(files)
    assert all(row[2] == 1 for row in rows)


def assert_drawn_from_seed(answer: httpx.Response, seed: int, index: int) -> None:
    assert answer.status_code == 200
    job = Job(task=Task.GENERATE, width=SIZE, height=SIZE, seed=seed, index=index)
    assert np.array_equal(decoded(answer.content), blank._picture(job))


def test_killed_at_random(site: Site, record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(SEED)
    site.start()
    submitter = Submitter(site, range(JOBS), pause=0.01)
    submitter.start()
    killed = {"server": 0, "worker": 0}
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.6))
        assert site.server is not None
        if chance.random() < 0.3:
            workers = worker_pids(site.server.pid)
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed["worker"] += 1
            continue
        killed["server"] += 1
        site.kill()
        site.check_database()
        site.start()
    submitter.join(1200)
    assert not submitter.is_alive()
    assert_all_as_promised(site, submitter.acknowledged, JOBS)
    site.check_database()
    record_property("jobs", JOBS)
    record_property("submissions", submitter.attempts)
    for what, times in killed.items():
        record_property(f"killed_{what}", times)


def test_told_to_stop(site: Site) -> None:
    """SIGTERM under load: it ends by itself with status 0, and what was under way is finished by the next."""
    chance = random.Random(SEED + 1)
    count = 8 * STOPS
    site.start()
    submitter = Submitter(site, range(count), pause=0.05)
    submitter.start()
    for _ in range(STOPS):
        time.sleep(chance.uniform(0.05, 0.5))
        assert site.server is not None
        process = site.server._process
        assert process is not None
        site.up.clear()
        process.terminate()
        assert process.wait(GRACE_SECONDS) == 0
        site.leave()
        site.check_database()
        site.start()
    submitter.join(600)
    assert not submitter.is_alive()
    assert_all_as_promised(site, submitter.acknowledged, count)


def test_poison(site: Site) -> None:
    """A job that takes its worker down each time fails after three; the next one is drawn."""
    server = site.start()
    with httpx.Client(base_url=site.url, timeout=GRACE_SECONDS) as client:
        prefer = {"Prefer": "respond-async"}
        size = f"{SIZE}x{SIZE}"
        poison = client.post(OPERATION, json={"prompt": "wait 10", "size": size}, headers=prefer).json()["id"]

        def job() -> dict[str, Any]:
            found: dict[str, Any] = client.get(f"/v1/jobs/{poison}").json()
            return found

        kills = 0
        while job()["finished_at"] is None:
            wait_for(lambda: len(worker_pids(server.pid)) == 2 or job()["finished_at"] is not None, 60)
            time.sleep(1.0)
            if job()["finished_at"] is None:
                kill_workers(server.pid)
                kills += 1
            assert kills <= 6
        # Both are killed at once: the job may have been handed to the second before its end was known, and
        # then one kill counts twice.
        assert kills >= 2
        assert job()["status"] == "failed"
        assert job()["error"]["type"] == "server_error"
        good = client.post(OPERATION, json=wanted(1), headers=prefer).json()["id"]
        wait_for(lambda: client.get(f"/v1/jobs/{good}").json()["status"] == "succeeded", 120)
