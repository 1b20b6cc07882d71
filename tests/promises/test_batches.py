"""Promise: who is drawn beside a picture never changes it: 1,000 random batches, 0 swapped, all pixels equal.

The reference is each job drawn alone, in this process, by the same engine. Members leave and fail on the way;
closed batches and open ones (jobs joining between steps).
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from egaku.contract.errors import ServerError
from egaku.engines.base import Job, Pixels, Task
from egaku.generation.events import Cause, PoolEvents
from egaku.generation.workers import WorkerPool
from tests.generation.batch_engine import create
from tests.generation.pools import OPEN, TOGETHER, make_pool, until
from tests.scale import scaled

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIZES = [(64, 64), (64, 64), (80, 64)]


class Noted(PoolEvents):
    """Batch sizes and second attempts."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.batches: Counter[int] = Counter()
        self.stepped_jobs: Counter[int] = Counter()
        self.causes: Counter[Cause] = Counter()

    def batch_started(self, jobs: int, waited: float) -> None:
        self.batches[jobs] += 1

    def stepped(self, seconds: float, jobs: int) -> None:
        self.stepped_jobs[jobs] += 1

    def retried(self, cause: Cause) -> None:
        self.causes[cause] += 1


def alone(job: Job) -> Pixels:
    """The job drawn by itself, without a pool."""
    engine = create()
    batch = engine.start([replace(job, prompt="")])
    while batch.progress < 1:
        engine.step(batch)
    return engine.finish(batch)[0].pixels


def job_of(seed: int, prompt: str = "", size: tuple[int, int] = (64, 64)) -> Job:
    return Job(task=Task.GENERATE, width=size[0], height=size[1], seed=seed, prompt=prompt)


async def compose(pool: WorkerPool, rng: random.Random, number: int) -> Counter[str]:
    """One random batch: some leave, some are at fault, the others must come out as if alone."""
    found: Counter[str] = Counter()

    async def one(job: Job, leaves: float | None) -> None:
        await asyncio.sleep(rng.choice([0, 0, 0.002, 0.01]))
        drawing = asyncio.create_task(pool.draw(job, owner=rng.choice("abc")))
        if leaves is not None:
            await asyncio.sleep(leaves)
            drawing.cancel()
        try:
            pixels = (await drawing).drawing.pixels
        except asyncio.CancelledError:
            found["left"] += 1
        except ServerError:
            found["failed" if job.prompt == "raise" else "wrongly failed"] += 1
        else:
            found["drawn" if np.array_equal(pixels, alone(job)) else "changed"] += 1

    members = rng.randint(2, 12)
    jobs = [job_of(1000 * number + i, "wait 0.001", rng.choice(SIZES)) for i in range(members)]
    if rng.random() < 0.3:
        jobs[0] = replace(jobs[0], prompt="raise")
    leaving = [rng.uniform(0, 0.02) if rng.random() < 0.15 else None for _ in jobs]
    await asyncio.gather(*map(one, jobs, leaving))
    return found


async def compositions(pool: WorkerPool, events: Noted, count: int) -> None:
    """That many; nothing changed, nothing failed that was not at fault."""
    rng, found = random.Random(4), Counter[str]()
    for number in range(count):
        found += await compose(pool, rng, number)
    assert found["changed"] == found["wrongly failed"] == 0
    assert found["drawn"] > 3 * count
    assert max(events.stepped_jobs) > 1, "nothing was ever drawn together"


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", [TOGETHER, OPEN])
async def test_random_compositions(engine: str, record_property: Callable[[str, object], None]) -> None:
    events = Noted()
    async with make_pool(2, max_waiting=1000, engine=engine, events=events) as pool:
        await pool.wait_ready()
        await compositions(pool, events, scaled(1000))
    record_property(f"compositions_{'open' if engine == OPEN else 'closed'}", scaled(1000))


@dataclass(frozen=True, slots=True)
class Bench:
    """One worker with one engine, and what is told of it."""

    name: str
    pool: WorkerPool
    events: Noted

    async def together(self, jobs: list[Job]) -> list[Any]:
        """Jobs that reach the worker at the same time, behind one that kept it busy until all had come."""
        await until(lambda: self.pool.able == 1)
        first = asyncio.create_task(self.pool.draw(job_of(1, "wait 0.02", (96, 64))))
        await until(lambda: self.pool.drawing == 1)
        self.events.clear()
        results = await asyncio.gather(*map(self.pool.draw, jobs), return_exceptions=True)
        await first
        return results


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[TOGETHER, OPEN])
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    events = Noted()
    async with make_pool(1, engine=request.param, events=events) as pool:
        await pool.wait_ready()
        yield Bench(request.param, pool, events)


def is_alone(drawn: Any, job: Job) -> bool:
    return bool(np.array_equal(drawn.drawing.pixels, alone(job)))


async def test_a_few_compositions(bench: Bench) -> None:
    await compositions(bench.pool, bench.events, 10)


async def test_alike_jobs_are_drawn_together_and_others_are_not(bench: Bench) -> None:
    jobs = [job_of(i, size=(64, 64) if i % 2 else (80, 64)) for i in range(8)]
    results = await bench.together(jobs)
    assert all(map(is_alone, results, jobs))
    assert bench.events.batches == {4: 2}


@pytest.mark.parametrize(
    ("prompt", "cause"),
    [("raise x", Cause.ERROR), ("shape", None), ("memory", Cause.MEMORY), ("die", Cause.EXIT)],
)
async def test_one_at_fault_costs_itself_only(bench: Bench, prompt: str, cause: Cause | None) -> None:
    size = (80, 80) if prompt == "memory" else (64, 64)  # what it suffices for is remembered by size
    jobs = [job_of(i, prompt if i == 2 else "", size) for i in range(4)]
    results = await bench.together(jobs)
    assert isinstance(results[2], ServerError)
    for i in (0, 1, 3):
        assert is_alone(results[i], jobs[i])
    assert set(bench.events.causes) == ({cause} if cause else set())


async def test_memory_that_suffices_for_fewer(bench: Bench) -> None:
    """What is too much together is drawn in halves, down to one; none fails. What suffices is remembered."""
    for least, size, halves in ((2, (64, 80), {4: 1, 2: 2}), (1, (64, 96), {4: 1, 2: 1, 1: 4})):
        jobs = [job_of(i, f"crowd {least}", size) for i in range(4)]
        results = await bench.together(jobs)
        assert all(map(is_alone, results, jobs))
        assert bench.events.batches == halves
        assert set(bench.events.causes) == {Cause.MEMORY}


async def test_one_that_leaves_changes_nothing(bench: Bench) -> None:
    seen: list[float] = []
    jobs = [job_of(i, "wait 0.01") for i in range(4)]
    tasks = [asyncio.create_task(bench.pool.draw(job, 0, lambda _: None, seen.append)) for job in jobs]
    await until(lambda: len(seen) >= 4)
    tasks[0].cancel()
    assert all(map(is_alone, await asyncio.gather(*tasks[1:]), jobs[1:]))
    await until(lambda: bench.pool.drawing == 0)


async def test_jobs_join_between_steps(bench: Bench) -> None:
    """An open batch takes in who comes later, and lets each go when it is done; a closed one does neither."""
    done: list[int] = []

    async def draw(job: Job) -> Any:
        drawn = await bench.pool.draw(job)
        done.append(job.seed)
        return drawn

    bench.events.clear()
    jobs = [job_of(i, "wait 0.03") for i in range(3)]
    tasks = []
    for job in jobs:
        tasks.append(asyncio.create_task(draw(job)))
        await asyncio.sleep(0.06)
    results = await asyncio.gather(*tasks)
    assert all(map(is_alone, results, jobs))
    assert done == [0, 1, 2]
    if bench.name == OPEN:
        assert set(bench.events.batches) == {1}
        assert bench.events.stepped_jobs[1] >= 1
        assert max(bench.events.stepped_jobs) > 1


async def test_nobody_is_overtaken_for_ever_by_those_who_fit(bench: Bench) -> None:
    """A batch runs dry for the next in turn, however many of its own kind keep coming."""
    order: list[str] = []

    async def draw(name: str, size: tuple[int, int]) -> None:
        await bench.pool.draw(job_of(1, "wait 0.01", size), owner=name)
        order.append(name)

    same = [asyncio.create_task(draw("same", (64, 64))) for _ in range(4)]
    await until(lambda: bench.pool.drawing > 0)
    other = asyncio.create_task(draw("other", (80, 64)))
    await asyncio.sleep(0)
    same += [asyncio.create_task(draw("same", (64, 64))) for _ in range(16)]
    await asyncio.gather(other, *same)
    assert order.index("other") <= 12
