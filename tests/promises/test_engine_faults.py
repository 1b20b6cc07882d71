"""Promise: an engine's faults cost the guilty only: 2,000 jobs, 10 % out of memory, 1 % hang, 1 % exit, and
at least 99.9 % of the innocent succeed; readiness tells within 5 s when nobody can draw, a worker is back
within 30 s, and no job is stuck.

Faults are of two kinds. A guilty job fails whenever it is drawn, and must end as a server error. Most faults
strike once, as a crowded device does: their jobs are innocent, like all that were drawn beside either.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from egaku.contract.errors import ServerError
from egaku.engines.base import Job, Task
from egaku.generation.workers import WorkerPool
from tests.generation.pools import TOGETHER, all_ready, make_pool, until
from tests.promises.test_batches import Noted, alone
from tests.scale import bound, scaled

PLAIN = Job(task=Task.GENERATE, width=64, height=64, seed=1)
FAULTS = {"memory": 0.05, "device": 0.05, "hang": 0.01, "die": 0.01}
"""Which part of the jobs meets each fault."""
GUILTY = 0.2
"""Which part of those fails every time."""
STALL_SECONDS = 1.0
READY_SECONDS = bound(5.0)
BACK_SECONDS = bound(30.0)


def prompts(count: int, folder: Path, rng: random.Random) -> list[str]:
    """A fault or nothing for each job; at least one guilty and one innocent of each kind."""
    found: list[str] = []
    for kind, part in FAULTS.items():
        struck = max(round(count * part), 2)
        guilty = max(round(struck * GUILTY), 1)
        found += [kind] * guilty
        found += [f"once {folder / f'{kind}{i}'} {kind}" for i in range(struck - guilty)]
    found += [""] * (count - len(found))
    rng.shuffle(found)
    return found


async def survive(count: int, folder: Path) -> Counter[str]:
    """How the jobs ended."""
    rng, events, found = random.Random(1), Noted(), Counter[str]()
    jobs = [replace(PLAIN, seed=i, prompt=text) for i, text in enumerate(prompts(count, folder, rng))]
    gate = asyncio.Semaphore(24)

    async def one(pool: WorkerPool, job: Job) -> None:
        guilty = job.prompt in FAULTS
        async with gate:
            try:
                pixels = (await pool.draw(job, owner=str(job.seed % 3))).drawing.pixels
            except ServerError:
                found["guilty failed" if guilty else "innocent failed"] += 1
                return
        assert not guilty
        found["drawn" if np.array_equal(pixels, alone(job)) else "changed"] += 1

    async with make_pool(2, engine=TOGETHER, stall_seconds=STALL_SECONDS, events=events) as pool:
        await pool.wait_ready()
        await asyncio.gather(*(one(pool, job) for job in jobs))
        assert (pool.waiting, pool.drawing) == (0, 0)
        began = time.monotonic()
        await all_ready(pool)
        assert time.monotonic() - began < BACK_SECONDS
    guilty = sum(job.prompt in FAULTS for job in jobs)
    assert found["guilty failed"] == guilty
    assert found["changed"] == 0
    assert found["drawn"] >= 0.999 * (count - guilty)
    assert set(events.causes) == {"memory", "stall", "exit"}
    assert events.batches[8]
    assert events.batches[4], "memory was never tried again in half the batch"
    return found


@pytest.mark.campaign
@pytest.mark.timeout(900)
async def test_many_faults(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    for ending, jobs in (await survive(scaled(2000), tmp_path)).items():
        record_property(ending.replace(" ", "_"), jobs)


@pytest.mark.campaign
async def test_readiness_follows_progress(tmp_path: Path) -> None:
    """All workers hang: not ready within 5 s; replaced, they draw the same jobs, and it is ready again."""
    async with make_pool(2, stall_seconds=7) as pool:
        await pool.draw(PLAIN)
        await all_ready(pool)
        began = time.monotonic()
        jobs = [replace(PLAIN, seed=i, prompt=f"once {tmp_path / str(i)} hang") for i in range(2)]
        drawing = asyncio.gather(*map(pool.draw, jobs))
        await until(lambda: not pool.ready)
        assert time.monotonic() - began < READY_SECONDS
        drawn = await drawing
        assert time.monotonic() - began < 7 + BACK_SECONDS
        assert [int(one.drawing.pixels[0, 0, 0]) for one in drawn] == [0, 1]
        assert pool.ready


async def test_a_killed_worker_is_back() -> None:
    async with make_pool(1) as pool:
        await pool.wait_ready()
        pid = pool._supervisors[0].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        await until(lambda: not pool.ready, READY_SECONDS)
        await until(lambda: pool.ready, BACK_SECONDS)
        assert time.monotonic() - began < BACK_SECONDS
        await pool.draw(PLAIN)


async def test_a_poison_job_is_given_up() -> None:
    events = Noted()
    async with make_pool(1, events=events) as pool:
        for fault, attempts in (("die", 3), ("memory", 2), ("raise x", 1)):
            events.clear()
            with pytest.raises(ServerError):
                await pool.draw(replace(PLAIN, prompt=fault))
            assert events.batches[1] == attempts
        await pool.draw(PLAIN)


async def test_no_process_to_be_had() -> None:
    """While the machine has no descriptors left a worker cannot be replaced; afterwards it is."""
    import resource

    async with make_pool(1) as pool:
        await pool.wait_ready()
        pid = pool._supervisors[0].pid
        assert pid is not None
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
        try:
            os.kill(pid, signal.SIGKILL)
            await until(lambda: pool._supervisors[0]._barren >= 3)
            assert not pool.ready
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        await until(lambda: pool.ready, BACK_SECONDS)
        await pool.draw(PLAIN)
