"""The pool of drawing processes: what it draws, and what one bad job costs the others."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
import structlog

from egaku.contract.errors import Overloaded, ServerError
from egaku.engines.base import Job, Pixels, Task
from egaku.generation.workers import EngineUnusable, WorkerPool
from tests.generation.conftest import shared_blocks
from tests.generation.pools import all_ready, make_pool, until
from tests.pictures import noise

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = Job(task=Task.GENERATE, width=64, height=48, seed=7, prompt="a")
SLOW = replace(PLAIN, prompt="wait 0.2")
"""Five steps of 0.2 s."""
STEP = 0.2


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_is_left() -> AsyncIterator[None]:
    """Every test gives its shared memory back."""
    yield
    await until(lambda: shared_blocks() == 0)


async def pid_of_a_worker(pool: WorkerPool) -> int:
    """The misbehaving engine's recipe is its process id."""
    return int((await pool.draw(PLAIN)).drawing.recipe or "")


async def test_draw(pool: WorkerPool) -> None:
    drawn = await pool.draw(replace(PLAIN, index=3))
    assert drawn.drawing.pixels.shape == (48, 64, 4)
    assert (drawn.drawing.pixels == (7, 3, 0, 255)).all()
    assert drawn.drawing.revised_prompt == "drawn: a"
    assert 0 < drawn.seconds < 1
    assert pool.info is not None
    assert pool.info.name == "faulty"


async def test_image_and_hole_reach_the_engine(pool: WorkerPool) -> None:
    image, hole = noise(65, 33), np.random.default_rng(1).random((33, 65)) < 0.5
    job = Job(task=Task.EDIT, width=65, height=33, seed=1, prompt="invert", image=image, hole=hole)
    pixels = (await pool.draw(job)).drawing.pixels
    assert np.array_equal(pixels[hole], 255 - image[hole])
    assert (pixels[~hole] == 7).all()
    assert np.array_equal((await pool.draw(replace(job, hole=None))).drawing.pixels, 255 - image)


@pytest.mark.parametrize(
    ("count", "stages"), [(0, []), (1, [3]), (2, [2, 4]), (3, [2, 3, 4]), (9, [1, 2, 3, 4])]
)
async def test_previews_come_in_order(pool: WorkerPool, count: int, stages: list[int]) -> None:
    seen: list[Pixels] = []
    done: list[float] = []
    await pool.draw(PLAIN, count, seen.append, done.append)
    assert [int(one[0, 0, 0]) for one in seen] == stages
    assert all((one == one[0, 0]).all() for one in seen)
    assert done == [0.2, 0.4, 0.6, 0.8, 1.0]


async def test_workers_draw_side_by_side(pool: WorkerPool) -> None:
    await all_ready(pool)
    began = time.monotonic()
    drawn = await asyncio.gather(*(pool.draw(SLOW) for _ in range(4)))
    assert 10 * STEP <= time.monotonic() - began < 18 * STEP
    assert len({one.drawing.recipe for one in drawn}) == 2


async def test_results_do_not_get_mixed_up(pool: WorkerPool) -> None:
    jobs = [replace(PLAIN, seed=seed, index=seed % 10, width=16 + seed) for seed in range(200)]
    semaphore = asyncio.Semaphore(40)

    async def draw(job: Job) -> Pixels:
        async with semaphore:
            return (await pool.draw(job)).drawing.pixels

    for job, pixels in zip(jobs, await asyncio.gather(*map(draw, jobs)), strict=True):
        assert pixels.shape == (48, job.width, 4)
        assert (pixels == (job.seed, job.index, 0, 255)).all()


async def test_cancelling_frees_the_worker_within_a_step(pool: WorkerPool) -> None:
    drawing = [asyncio.create_task(pool.draw(SLOW)) for _ in range(2)]
    await asyncio.sleep(1.3 * STEP)
    for one in drawing:
        one.cancel()
    began = time.monotonic()
    await pool.draw(PLAIN)
    assert time.monotonic() - began < 2.5 * STEP
    assert all(
        isinstance(one, asyncio.CancelledError)
        for one in await asyncio.gather(*drawing, return_exceptions=True)
    )


async def test_cancelling_what_waits(pool: WorkerPool) -> None:
    """It never reaches a worker, and the one behind it does."""
    drawing = [asyncio.create_task(pool.draw(SLOW)) for _ in range(2)]
    await asyncio.sleep(0)
    waiting, last = (asyncio.create_task(pool.draw(replace(PLAIN, seed=seed))) for seed in (1, 2))
    await asyncio.sleep(0.05)
    assert pool.waiting == 2
    waiting.cancel()
    await asyncio.sleep(0)
    assert pool.waiting == 1
    assert (await last).drawing.pixels[0, 0, 0] == 2
    await asyncio.gather(*drawing)


async def test_cancelling_at_any_moment(pool: WorkerPool) -> None:
    """60 jobs dropped after 0 … 60 ms: nothing stays behind and the pool still draws."""
    tasks = [asyncio.create_task(pool.draw(replace(PLAIN, prompt="wait 0.005"), 2)) for _ in range(48)]
    for task in tasks:
        await asyncio.sleep(0.001)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await pool.draw(PLAIN)).drawing.pixels[0, 0, 0] == 7
    assert pool.waiting == 0


FAILING = {
    "raise": "raise the canary prompt", "late": "late the canary prompt", "shape": "shape", "die": "die",
}  # fmt: skip


@pytest.mark.parametrize("prompt", FAILING.values(), ids=FAILING)
async def test_a_failing_engine_costs_its_own_job(pool: WorkerPool, prompt: str) -> None:
    await all_ready(pool)
    with structlog.testing.capture_logs() as logs:
        bad, good = await asyncio.gather(
            pool.draw(replace(PLAIN, prompt=prompt)), pool.draw(SLOW), return_exceptions=True
        )
    assert isinstance(bad, ServerError)
    assert bad.message == "The server had an error while processing your request. Sorry about that!"
    assert not isinstance(good, BaseException)
    assert {entry["log_level"] for entry in logs} == {"error"}
    assert "canary" not in str(logs)
    assert (await pool.draw(PLAIN)).drawing.revised_prompt == "drawn: a"
    await all_ready(pool)


async def test_a_killed_worker_costs_nothing(pool: WorkerPool) -> None:
    """Its job is drawn by another, and its place is filled again."""
    await all_ready(pool)
    drawing = [asyncio.create_task(pool.draw(SLOW)) for _ in range(2)]
    await asyncio.sleep(STEP)
    victim = pool._supervisors[0].pid
    assert victim is not None
    os.kill(victim, signal.SIGKILL)
    assert len(await asyncio.gather(*drawing)) == 2
    await until(lambda: victim not in {one.pid for one in pool._supervisors})
    await all_ready(pool)


async def test_a_worker_killed_while_idle_comes_back(pool: WorkerPool) -> None:
    await all_ready(pool)
    os.kill(await pid_of_a_worker(pool), signal.SIGKILL)
    await asyncio.sleep(0.05)
    await asyncio.gather(*(pool.draw(PLAIN) for _ in range(4)))
    await all_ready(pool)


async def test_a_job_that_overruns_ends() -> None:
    """Its caller hears so at once; the worker is replaced, for it does not stop at a next step."""
    async with make_pool(1, draw_seconds=0.4) as pool:
        await pool.draw(PLAIN)
        began = time.monotonic()
        with pytest.raises(ServerError):
            await pool.draw(replace(PLAIN, prompt="wait 60"))
        assert 0.4 <= time.monotonic() - began < 10
        assert (await pool.draw(PLAIN)).drawing.pixels[0, 0, 0] == 7


async def test_a_full_queue_refuses_at_once() -> None:
    async with make_pool(1, max_waiting=2) as pool:
        await pool.wait_ready()
        tasks = [asyncio.create_task(pool.draw(replace(PLAIN, prompt="wait 0.05"))) for _ in range(3)]
        await asyncio.sleep(0.02)
        began = time.monotonic()
        with pytest.raises(Overloaded) as caught:
            await pool.draw(PLAIN)
        assert time.monotonic() - began < 0.2
        assert 1 <= int(caught.value.headers["Retry-After"]) <= 60
        assert 1000 <= int(caught.value.headers["Retry-After-Ms"]) <= 60_000
        with pytest.raises(Overloaded):
            pool.check_room(1)
        assert len(await asyncio.gather(*tasks)) == 3
        pool.check_room(3)
        with pytest.raises(Overloaded):
            pool.check_room(4)


def is_alive(pid: int | None) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_stopping_ends_what_is_under_way() -> None:
    async with make_pool(2) as pool:
        await pool.wait_ready()
        tasks = [asyncio.create_task(pool.draw(SLOW)) for _ in range(5)]
        await asyncio.sleep(0.1)
        pids = [one.pid for one in pool._supervisors]
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert all(isinstance(one, Overloaded) for one in await asyncio.gather(*tasks, return_exceptions=True))
    assert not any(map(is_alive, pids))
    with pytest.raises(Overloaded):
        await pool.draw(PLAIN)


async def test_stopping_does_not_wait_for_a_hanging_engine() -> None:
    async with make_pool(1) as pool:
        await pool.wait_ready()
        task = asyncio.create_task(pool.draw(replace(PLAIN, prompt="wait 60")))
        await asyncio.sleep(0.1)
        began = time.monotonic()
    assert time.monotonic() - began < 4
    assert isinstance((await asyncio.gather(task, return_exceptions=True))[0], Overloaded)


async def test_an_engine_that_cannot_be_loaded() -> None:
    pool = WorkerPool("none", 1, 1, 1)
    async with pool:
        with pytest.raises(EngineUnusable, match="no engine named 'none'"):
            await pool.wait_ready()
        assert not pool.ready


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_opening_and_closing_leaks_no_descriptor() -> None:
    async with make_pool(1) as pool:
        await pool.wait_ready()
    before = open_descriptors()
    for _ in range(2):
        async with make_pool(1) as pool:
            await pool.draw(PLAIN)
    assert open_descriptors() <= before + 1
