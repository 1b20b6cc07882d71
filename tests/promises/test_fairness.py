"""Promise: a greedy caller delays nobody: one floods 1,000, another sends 10, whose p95 is ≤ 3 × unloaded."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from egaku.contract.errors import Overloaded
from egaku.engines.base import Job, Task
from egaku.generation.workers import WorkerPool
from tests.generation.pools import all_ready, make_pool
from tests.load import Client, percentile
from tests.scale import SCALE, bound, scaled
from tests.server import ServerProcess, create_key

JOB = Job(task=Task.GENERATE, width=64, height=64, seed=1, prompt="wait 0.02")
"""Five steps of 20 ms: long beside what the machine's other business takes."""
BODY = {"prompt": "wait 0.04", "size": "256x256", "response_format": "b64_json"}
"""Four steps of 40 ms, for the same reason."""
TIMES = bound(3.0, slack=2)
WAITING = 200


async def ten(pool: WorkerPool) -> float:
    """Ten jobs one after the other; p95 of their seconds."""
    taken = []
    for _ in range(10):
        began = time.monotonic()
        await pool.draw(JOB, owner="honest")
        taken.append(time.monotonic() - began)
    return percentile(taken, 0.95)


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.campaign)])
async def test_in_the_queue(workers: int) -> None:
    async with make_pool(workers, max_waiting=1000) as pool:
        await pool.draw(JOB)
        await all_ready(pool)
        unloaded = await ten(pool)
        flood = [asyncio.create_task(pool.draw(JOB, owner="greedy")) for _ in range(1000)]
        await asyncio.sleep(0)
        loaded = await ten(pool)
        for task in flood:
            task.cancel()
        ends = await asyncio.gather(*flood, return_exceptions=True)
    assert sum(isinstance(end, Overloaded) for end in ends) >= 100, "the flood never met its bound"
    assert loaded <= TIMES * unloaded


@pytest.mark.campaign
async def test_background_work_does_not_jump_the_queue() -> None:
    """What is patient takes turns like everything else, and takes nobody's place."""
    async with make_pool(1, max_waiting=2) as pool:
        await pool.draw(JOB)
        unloaded = await ten(pool)
        patient = [asyncio.create_task(pool.draw(JOB, owner="jobs", patient=True)) for _ in range(100)]
        await asyncio.sleep(0)
        assert await ten(pool) <= TIMES * unloaded
        for task in patient:
            task.cancel()
        await asyncio.gather(*patient, return_exceptions=True)


def flood(port: int, key: str, count: int) -> list[int]:
    """`count` requests at the same moment, each on a connection of its own; their statuses."""

    async def send() -> list[int]:
        client = Client(port, {"Authorization": f"Bearer {key}"})
        answers = await asyncio.gather(*(client.post(BODY) for _ in range(count)))
        await client.close()
        return [status for status, _ in answers]

    return asyncio.run(send())


def flood_judge(port: int, key: str, count: int) -> None:
    """`count` requests at the same moment that keep the judge of words busy for long."""
    texts = [f"a picture of {word} {number}. " * 1300 for number, word in enumerate(["a", "b"] * 16)]

    async def send() -> None:
        client = Client(port, {"Authorization": f"Bearer {key}"}, "/v1/moderations")
        bodies = ({"input": [f"{number} {text}"[:32_000] for text in texts]} for number in range(count))
        await asyncio.gather(*(client.post(body) for body in bodies))

    asyncio.run(send())


@pytest.mark.campaign
@pytest.mark.timeout(300)
async def test_beside_texts_to_be_judged(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """And nobody judges for those who hung up: afterwards all is as before."""
    keys = [await asyncio.to_thread(create_key, tmp_path) for _ in range(2)]
    args = ["--engine", "blank", "--workers", "2", "--images-per-minute", "1000000"]
    with ServerProcess(args, {"EGAKU_MAX_CONNECTIONS": "2000"}, data_dir=tmp_path) as server:
        honest = Client(server.port, {"Authorization": f"Bearer {keys[1]}"})
        sent = itertools.count()

        async def ten_posts() -> float:
            """Each in words that no judge has seen."""
            taken = []
            for _ in range(10):
                status, seconds = await honest.post({**BODY, "prompt": f"wait 0.04{next(sent):05d}"})
                assert status == 200
                taken.append(seconds)
            return percentile(taken, 0.95)

        await ten_posts()
        unloaded = await ten_posts()
        flooding = multiprocessing.get_context("spawn").Process(
            target=flood_judge, args=(server.port, keys[0], scaled(1000)), daemon=True
        )
        flooding.start()
        await asyncio.sleep(4.0)
        loaded = await ten_posts()
        assert flooding.is_alive(), "the flood was over too soon to tell"
        flooding.terminate()
        await asyncio.to_thread(flooding.join)
        await asyncio.sleep(2.0)
        after = await ten_posts()
        await honest.close()
    for name, seconds in {"unloaded": unloaded, "loaded": loaded, "after": after}.items():
        record_property(f"judged_{name}_p95_ms", round(seconds * 1000))
    assert loaded <= TIMES * unloaded
    assert after <= TIMES * unloaded


@pytest.mark.campaign
@pytest.mark.timeout(300)
async def test_over_http(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """From the flood's first moment on: while its connections are accepted, its requests judged and refused.

    The flood has a process of its own, or its client would delay the other one's.
    """
    keys = [await asyncio.to_thread(create_key, tmp_path) for _ in range(2)]
    args = ["--engine", "blank", "--workers", "2", "--images-per-minute", "1000000"]
    env = {
        "EGAKU_MAX_CONCURRENT": "100000",
        "EGAKU_MAX_CONNECTIONS": "2000",
        "EGAKU_MAX_WAITING": str(WAITING),
    }
    with (
        ServerProcess(args, env, data_dir=tmp_path) as server,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as elsewhere,
    ):
        honest = Client(server.port, {"Authorization": f"Bearer {keys[1]}"})

        async def ten_posts() -> list[float]:
            taken = []
            for _ in range(10):
                status, seconds = await honest.post(BODY)
                assert status == 200
                taken.append(seconds)
            return taken

        elsewhere.submit(flood, server.port, keys[0], 1).result()  # it has imported what it needs
        await ten_posts()
        unloaded = percentile(await ten_posts(), 0.95)
        flooding = elsewhere.submit(flood, server.port, keys[0], scaled(1000))
        taken = await ten_posts()
        assert not flooding.done(), "the flood was over too soon to tell"
        answers: list[int] = await asyncio.wrap_future(flooding)
        statuses = Counter(answers)
        await honest.close()
    loaded = percentile(taken, 0.95)
    record_property("unloaded_p95_ms", round(unloaded * 1000))
    record_property("loaded_p95_ms", round(loaded * 1000))
    record_property("flood", dict(statuses))
    assert set(statuses) <= {200, 503}
    if SCALE >= 1:
        assert statuses[503] > 500, "the flood never met its bound"
    assert loaded <= TIMES * unloaded
