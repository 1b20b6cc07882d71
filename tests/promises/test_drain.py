"""Promise: SIGTERM under load loses nothing: 50 stops, every request under way is answered, no connection is
reset, the server exits with status 0 within its grace + 2 s.

And the pool by itself: drained, it takes nothing new, finishes what it took, and leaves no process behind.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from egaku.contract.errors import Overloaded
from egaku.engines.base import Job, Task
from tests.api.answers import GENERATIONS
from tests.generation.pools import all_ready, make_pool, until
from tests.processes import worker_pids
from tests.scale import bound, scaled
from tests.server import ServerProcess

GRACE = 10
CLIENTS = 8
BODY: dict[str, object] = {"prompt": "wait 0.05", "size": "256x256", "response_format": "b64_json"}
STREAM: dict[str, object] = {"prompt": "wait 0.05", "model": "gpt-image-1", "stream": True}
ON_ITS_WAY = 0.05
"""Seconds a request may lie in the kernel before the server has accepted its connection."""
JOB = Job(task=Task.GENERATE, width=64, height=64, seed=1, prompt="wait 0.02")


@dataclass(frozen=True, slots=True)
class Sent:
    """One request: when it was sent, and the status of its answer, read to the end; 0 for none."""

    at: float
    status: int


async def post(port: int, body: Mapping[str, object]) -> Sent:
    """Over a connection of its own, so that none is closed for being idle."""
    data = json.dumps(body).encode()
    head = (
        f"POST {GENERATIONS} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    at = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
        writer.write(head.encode() + data)
        answer = await reader.read()
        writer.close()
    except OSError:
        return Sent(at, 0)
    whole = answer.endswith((b"0\r\n\r\n", b"}"))
    return Sent(at, int(answer[9:12]) if whole else 0)


async def stop_under_load(rng: random.Random) -> Counter[int]:
    """Statuses of the requests that had been sent when the signal came."""
    sent: list[Sent] = []
    stopped = False
    args = ["--engine", "blank", "--workers", "2", "--images-per-minute", "1000000"]
    with ServerProcess(args, {"EGAKU_GRACE_SECONDS": str(GRACE)}) as server:

        async def client() -> None:
            while not stopped:
                sent.append(await post(server.port, rng.choice((BODY, STREAM))))

        clients = [asyncio.create_task(client()) for _ in range(CLIENTS)]
        await asyncio.sleep(rng.uniform(0.3, 1.5))
        workers, process = worker_pids(server.pid), server._process
        assert process is not None
        signaled = time.monotonic()
        os.kill(server.pid, signal.SIGTERM)
        await asyncio.sleep(ON_ITS_WAY)
        stopped = True
        await asyncio.gather(*clients)
        assert await asyncio.to_thread(process.wait, GRACE + 20) == 0
        assert time.monotonic() - signaled <= GRACE + bound(2)
        await until(lambda: not any(map(runs, workers)))
        assert "Traceback" not in server.log
    return Counter(one.status for one in sent if one.at < signaled - ON_ITS_WAY)


def runs(pid: int | None) -> bool:
    return Path(f"/proc/{pid}").exists()


async def stops(count: int) -> int:
    """How many requests were under way and answered."""
    rng, found = random.Random(3), Counter[int]()
    for _ in range(count):
        found += await stop_under_load(rng)
    assert set(found) == {200}
    assert found[200] >= CLIENTS * count
    return found[200]


@pytest.mark.campaign
@pytest.mark.timeout(900)
async def test_stops(record_property: Callable[[str, object], None]) -> None:
    record_property("stops", scaled(50))
    record_property("answered", await stops(scaled(50)))


async def test_a_pool_finishes_what_it_took() -> None:
    async with make_pool(2) as pool:
        await pool.draw(JOB)
        await all_ready(pool)
        pids = [one.pid for one in pool._supervisors]
        tasks = [asyncio.create_task(pool.draw(JOB, owner=str(i % 3), patient=i % 2 == 0)) for i in range(12)]
        await asyncio.sleep(0.05)
        draining = asyncio.create_task(pool.drain(30))
        await asyncio.sleep(0)
        assert not pool.ready
        for patient in (False, True):
            with pytest.raises(Overloaded) as caught:
                await pool.draw(JOB, patient=patient)
            assert 1 <= int(caught.value.headers["Retry-After"]) <= 60
        assert await draining
        assert len(await asyncio.gather(*tasks)) == 12
        assert pool.alive == 0
        assert not any(map(runs, pids))


@pytest.mark.campaign
async def test_a_pool_waits_no_longer_than_it_may() -> None:
    async with make_pool(1) as pool:
        await pool.draw(JOB)
        hanging = asyncio.create_task(pool.draw(replace(JOB, prompt="hang")))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        assert not await pool.drain(0.5)
        assert time.monotonic() - began < 10
        with pytest.raises(Overloaded):
            await hanging
