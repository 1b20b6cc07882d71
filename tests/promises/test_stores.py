"""Promise: PostgreSQL, Redis and S3 serve as one machine's own disk does, and their outages are outlived.

Real servers, started by the tests. One suite runs against both; then each store goes away and comes back:
typed errors meanwhile, service again within five seconds, no restart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.scale import bound
from tests.server import ServerProcess, create_key
from tests.services import S3, PostgreSQL, Redis, Service

ENV = {"EGAKU_ENGINE": "blank", "EGAKU_IMAGES_PER_MINUTE": "1000000", "EGAKU_WORKERS": "1"}
GENERATIONS = "/v1/images/generations"
AS_LINK = {"prompt": "a", "size": "256x256"}
AS_BYTES = {**AS_LINK, "response_format": "b64_json"}
PNG = (b"\x89PNG", b"IEND\xaeB`\x82")
RECOVERY_SECONDS = bound(5.0)
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Deployment:
    """Running servers that share their stores, and a key for them."""

    servers: list[ServerProcess]
    environment: dict[str, str]
    folder: Path

    def keys(self, *words: str) -> str:
        """What `egaku keys …` prints, run beside the servers."""
        command = [sys.executable, "-m", "egaku", "keys", *words, "--data-dir", str(self.folder)]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    def client(self, *options: str, server: int = 0) -> httpx.Client:
        """A caller with a new key of its own."""
        return self.caller(self.keys("create", "tests", *options).split()[0], server)

    def caller(self, secret: str, server: int = 0) -> httpx.Client:
        """A caller of one of the servers."""
        headers = {"Authorization": f"Bearer {secret}"}
        return httpx.Client(base_url=self.servers[server].url, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def shared(
    postgresql: PostgreSQL, redis: Redis, s3: S3, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """Two servers, each with a data folder of its own, on the same stores."""
    stores = {
        "EGAKU_DATABASE_URL": postgresql.database(),
        "EGAKU_REDIS_URL": redis.database(),
        "EGAKU_IMAGES_URL": s3.prefix(),
        **s3.environment(),
    }
    with ServerProcess([], {**ENV, **stores}) as one, ServerProcess([], {**ENV, **stores}) as two:
        yield Deployment([one, two], stores, tmp_path_factory.mktemp("beside"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("alone")
    create_key(folder)
    with ServerProcess([], ENV, data_dir=folder) as server:
        yield Deployment([server], {}, folder)


@pytest.fixture(params=["alone", pytest.param("shared", marks=pytest.mark.services)])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    found: Deployment = request.getfixturevalue(request.param)
    return found


def link_of(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"][0]["url"])


def is_png(answer: httpx.Response) -> bool:
    whole = answer.content.startswith(PNG[0]) and answer.content.endswith(PNG[1])
    return bool(answer.status_code == 200 and answer.headers["content-type"] == "image/png" and whole)


def until(condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> float:
    """How long it took to become true."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.05)
    return time.monotonic() - began


def test_pictures_by_link(deployment: Deployment) -> None:
    with deployment.client() as client:
        links = [link_of(client.post(GENERATIONS, json=AS_LINK)) for _ in range(3)]
        # Anybody may follow them, without a key.
        assert all(is_png(httpx.get(link)) for link in links)
        assert httpx.get(links[0].partition("?")[0]).status_code in {400, 401, 403}


def test_keys_are_in_force_until_they_are_revoked(deployment: Deployment) -> None:
    secret = deployment.keys("create", "phone").split()[0]
    with deployment.caller(secret) as client:
        assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
        deployment.keys("revoke", secret)
        until(lambda: client.post(GENERATIONS, json=AS_BYTES).status_code == 401)


def test_limits_are_exact(deployment: Deployment) -> None:
    """And one limit for all servers on the same stores."""
    secret = deployment.keys("create", "busy", "--images-per-minute", "3").split()[0]
    callers = [deployment.caller(secret, server) for server in range(len(deployment.servers))]
    statuses = [callers[i % len(callers)].post(GENERATIONS, json=AS_BYTES).status_code for i in range(6)]
    assert statuses == [200, 200, 200, 429, 429, 429]
    for caller in callers:
        caller.close()


def test_a_retry_gets_the_same_answer(deployment: Deployment) -> None:
    with deployment.client() as client:
        headers = {"Idempotency-Key": "one-wish"}
        first = client.post(GENERATIONS, json=AS_LINK, headers=headers)
        again = client.post(GENERATIONS, json=AS_LINK, headers=headers)
        assert link_of(first) == link_of(again)
        other = client.post(GENERATIONS, json={**AS_LINK, "prompt": "b"}, headers=headers)
        assert other.status_code == 400


def test_background_jobs(deployment: Deployment) -> None:
    with deployment.client() as client:
        made = client.post(GENERATIONS, json={**AS_LINK, "n": 2}, headers={"Prefer": "respond-async"})
        assert made.status_code == 202, made.text
        where = "/v1/jobs/" + made.json()["id"]
        until(lambda: client.get(where).json()["status"] not in {"queued", "running"})
        job = client.get(where).json()
        links = [one["url"] for one in job["data"]]
        assert [is_png(httpx.get(link)) for link in links] == [True, True], job
        with deployment.client() as stranger:
            assert stranger.get(where).status_code == 404
        assert client.delete(where).status_code in {200, 204}
        assert client.get(where).status_code == 404
        assert not [link for link in links if httpx.get(link).status_code == 200]


def is_unavailable(answer: httpx.Response) -> bool:
    error = answer.json()["error"]
    return bool(
        (answer.status_code, error["code"]) == (503, "storage_unavailable")
        and "retry-after" in answer.headers
    )


def unready(client: httpx.Client) -> list[str]:
    """What /readyz says is wrong."""
    until(lambda: client.get("/readyz").status_code == 503)  # an answer is remembered for a second
    answer = client.get("/readyz")
    return [name for name, verdict in answer.json()["checks"].items() if verdict != "ok"]


def outage(service: Service, while_away: Callable[[], None], good: Callable[[], bool]) -> float:
    """Seconds from the service's return until ours is good."""
    service.stop()
    try:
        while_away()
    finally:
        service.start()
    return until(good)


@pytest.mark.services
@pytest.mark.campaign
def test_postgresql_goes_away(
    shared: Deployment, postgresql: PostgreSQL, record_property: Callable[[str, object], None]
) -> None:
    with shared.client() as client:
        link = link_of(client.post(GENERATIONS, json=AS_LINK))

        def while_away() -> None:
            # A key is remembered for a second; what comes after that cannot be checked.
            until(lambda: client.post(GENERATIONS, json=AS_BYTES).status_code != 200)
            assert is_unavailable(client.post(GENERATIONS, json=AS_BYTES))
            assert is_unavailable(client.post(GENERATIONS, json=AS_LINK))
            assert is_png(httpx.get(link))
            assert unready(client) == ["records"]
            assert client.get("/healthz").status_code == 200

        took = outage(
            postgresql, while_away, lambda: client.post(GENERATIONS, json=AS_LINK).status_code == 200
        )
        assert took < RECOVERY_SECONDS
        assert is_png(httpx.get(link))
    record_property("healed from an outage of PostgreSQL in s", round(took, 2))


@pytest.mark.services
@pytest.mark.campaign
def test_the_bucket_goes_away(
    shared: Deployment, s3: S3, record_property: Callable[[str, object], None]
) -> None:
    with shared.client() as client:
        link = link_of(client.post(GENERATIONS, json=AS_LINK))

        def while_away() -> None:
            assert is_unavailable(client.post(GENERATIONS, json=AS_LINK))
            assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
            assert unready(client) == ["pictures"]

        took = outage(s3, while_away, lambda: client.post(GENERATIONS, json=AS_LINK).status_code == 200)
        assert took < RECOVERY_SECONDS
        assert is_png(httpx.get(link))
    record_property("healed from an outage of S3 in s", round(took, 2))


@pytest.mark.services
@pytest.mark.campaign
def test_redis_goes_away(shared: Deployment, redis: Redis) -> None:
    """Nobody is refused because a counter is away: limits hold per server until it is back."""
    with shared.client("--images-per-minute", "3") as client:

        def while_away() -> None:
            statuses = [client.post(GENERATIONS, json=AS_BYTES).status_code for _ in range(4)]
            assert statuses == [200, 200, 200, 429]

        outage(redis, while_away, lambda: client.get("/healthz").status_code == 200)
    with shared.client() as client:
        assert client.post(GENERATIONS, json=AS_BYTES).status_code == 200
