"""Promise: limits are exact under 50-way concurrency, in memory and in Redis; no header makes another caller.

Exact means to the picture: of 50 requests at once against room for 20, 20 draw. Per minute in memory and in
Redis over two servers, per day and month in the records of two servers, and after kill -9.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import pytest

from egaku.contract.keys import KeyFields
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.scale import scaled
from tests.server import ServerProcess
from tests.services import Redis

CALLERS, ROOM = 50, 20
GOOD = {"prompt": "a", "size": "256x256", "response_format": "b64_json"}
Figure = Callable[[str, object], None]
ONE_WORKER = {**BLANK, "EGAKU_WORKERS": "1"}


async def at_once(servers: Sequence[ServerProcess], key: str) -> Counter[tuple[int, str | None]]:
    """Status and error code of 50 requests sent together, spread over the servers."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=120) as client:
        urls = [f"{servers[number % len(servers)].url}{GENERATIONS}" for number in range(CALLERS)]
        answers = await asyncio.gather(*(client.post(url, json=GOOD) for url in urls))
    return Counter(
        (answer.status_code, None if answer.status_code == 200 else answer.json()["error"]["code"])
        for answer in answers
    )


def drawn_and_refused(code: str) -> Counter[tuple[int, str | None]]:
    return Counter({(200, None): ROOM, (429, code): CALLERS - ROOM})


async def test_per_minute_in_memory(tmp_path: Path, record_property: Figure) -> None:
    key = await asyncio.to_thread(make_key, tmp_path, ROOM)
    with ServerProcess([], ONE_WORKER, data_dir=tmp_path) as server:
        for _ in range(scaled(10)):
            assert await at_once([server], key) == drawn_and_refused("rate_limit_exceeded")
            key = await asyncio.to_thread(make_key, tmp_path, ROOM)
    record_property("rounds of 50 callers for 20 images, in memory", scaled(10))


@pytest.mark.services
async def test_per_minute_in_redis_over_two_servers(
    tmp_path: Path, redis: Redis, record_property: Figure
) -> None:
    key = await asyncio.to_thread(make_key, tmp_path, ROOM)
    env = {**ONE_WORKER, "EGAKU_REDIS_URL": redis.database()}
    one = ServerProcess([], env, data_dir=tmp_path)
    with one, ServerProcess([], env, data_dir=tmp_path) as two:
        for _ in range(scaled(10)):
            assert await at_once([one, two], key) == drawn_and_refused("rate_limit_exceeded")
            key = await asyncio.to_thread(make_key, tmp_path, ROOM)
    record_property("rounds over two servers, in Redis", scaled(10))


@pytest.mark.campaign
@pytest.mark.parametrize("quota", ["images_per_day", "images_per_month"])
async def test_quotas_over_two_servers_and_after_a_kill(tmp_path: Path, quota: str) -> None:
    fields: KeyFields = {"images_per_day": ROOM} if quota == "images_per_day" else {"images_per_month": ROOM}
    key = await asyncio.to_thread(lambda: make_key(tmp_path, fields=fields))
    one = ServerProcess([], ONE_WORKER, data_dir=tmp_path)
    with one, ServerProcess([], ONE_WORKER, data_dir=tmp_path) as two:
        assert await at_once([one, two], key) == drawn_and_refused("insufficient_quota")
        for server in (one, two):
            os.kill(server.pid, signal.SIGKILL)
    with ServerProcess([], ONE_WORKER, data_dir=tmp_path) as server:
        assert await at_once([server], key) == Counter({(429, "insufficient_quota"): CALLERS})


@pytest.mark.campaign
def test_rotating_addresses_in_headers_does_not_help(tmp_path: Path, record_property: Figure) -> None:
    """200 requests, each claiming to come from elsewhere: 429 from the 21st on."""
    env = {**ONE_WORKER, "EGAKU_IMAGES_PER_MINUTE": str(ROOM)}
    with ServerProcess([], env, data_dir=tmp_path) as server, httpx.Client(base_url=server.url) as client:
        statuses = []
        for number in range(200):
            address = f"10.0.{number // 250}.{number % 250}"
            headers = {
                "X-Forwarded-For": address,
                "Forwarded": f"for={address}",
                "X-Real-IP": address,
                "CF-Connecting-IP": address,
                "True-Client-IP": address,
                "Authorization": f"Bearer sk-{number}",
                "OpenAI-Organization": f"org-{number}",
            }
            answer = client.post(GENERATIONS, json={**GOOD, "user": f"u{number}"}, headers=headers)
            statuses.append(answer.status_code)
    record_property("requests from rotating addresses that drew, of 200", statuses.count(200))
    assert statuses == [200] * ROOM + [429] * (200 - ROOM)
