"""One worker's place in the pool: what it survives, and what callers notice of it."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from egaku.contract.errors import Overloaded
from egaku.engines.base import EngineInfo, Job, Pixels, Task
from egaku.generation.events import Cause
from egaku.generation.tickets import MOST_TAKEN_DOWN
from egaku.generation.workers import WorkerPool
from tests.generation.pools import TOGETHER, all_ready, make_pool, until
from tests.processes import worker_pids
from tests.promises.test_batches import Noted

pytestmark = pytest.mark.asyncio(loop_scope="module")

ONE = "tests.generation.one_engine"
PLAIN = Job(task=Task.GENERATE, width=64, height=48, seed=7, prompt="a")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[WorkerPool]:
    """One worker whose steps may take 1 s."""
    async with make_pool(1, stall_seconds=1.0) as pool:
        await pool.wait_ready()
        yield pool


async def test_a_hang_is_drawn_again_elsewhere(pool: WorkerPool, tmp_path: Path) -> None:
    job = replace(PLAIN, prompt=f"once {tmp_path / 'x'} hang")
    assert (await pool.draw(job)).drawing.pixels[0, 0, 0] == 7


async def test_a_worker_that_hangs_for_nobody_is_replaced(pool: WorkerPool) -> None:
    await pool.draw(PLAIN)
    pid = pool._supervisors[0].pid
    hanging = asyncio.create_task(pool.draw(replace(PLAIN, prompt="hang")))
    await until(lambda: pool.drawing == 1)
    hanging.cancel()
    await pool.draw(PLAIN)
    assert pool._supervisors[0].pid != pid


async def test_previews_are_shown_once_and_progress_never_falls(pool: WorkerPool, tmp_path: Path) -> None:
    """Killed after three of five steps, drawn anew from the first."""
    await all_ready(pool)
    done: list[float] = []
    seen: list[Pixels] = []

    def progress(part: float) -> None:
        done.append(part)
        if len(done) == 3:
            os.kill(pool._supervisors[0].pid or 0, signal.SIGKILL)

    await pool.draw(replace(PLAIN, prompt="wait 0.05"), 4, seen.append, progress)
    assert [int(one[0, 0, 0]) for one in seen] == [1, 2, 3, 4]
    assert done == [0.2, 0.4, 0.6, 0.8, 1.0]


async def test_a_job_that_no_worker_began_is_not_to_blame() -> None:
    """Handed to more workers that die at that moment than a job may take down: it is drawn all the same."""
    async with make_pool(1) as pool:
        info = await pool.wait_ready()
        one = pool._supervisors[0]
        loaded = one._on_ready

        def freeze(info: EngineInfo) -> None:
            loaded(info)
            os.kill(one.pid or 0, signal.SIGSTOP)

        one._on_ready = freeze
        freeze(info)
        drawing = asyncio.create_task(pool.draw(PLAIN))
        for death in range(MOST_TAKEN_DOWN + 1):
            await until(lambda: one.loaded and len(one.tickets) == 1)
            if death == MOST_TAKEN_DOWN:
                one._on_ready = loaded
            os.kill(one.pid or 0, signal.SIGKILL)
            await until(lambda: not one.loaded)
        assert (await drawing).drawing.pixels[0, 0, 0] == 7


async def test_no_shared_memory_is_overload(pool: WorkerPool) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(Overloaded) as caught:
            await pool.draw(replace(PLAIN, width=1024, height=1024))
        assert caught.value.headers["Retry-After"]
        assert (await pool.draw(PLAIN)).drawing.pixels[0, 0, 0] == 7
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_large_pictures_and_long_prompts(pool: WorkerPool) -> None:
    """More than the event loop should wait for, and more than a pipe takes at once."""
    job = replace(PLAIN, width=2400, height=2400, prompt="x" * 300_000)
    drawn = await pool.draw(job)
    assert drawn.drawing.pixels.shape == (2400, 2400, 4)
    assert drawn.drawing.revised_prompt == f"drawn: {job.prompt}"


async def test_those_that_wait_hear_of_it(pool: WorkerPool) -> None:
    told: list[list[tuple[int, float]]] = [[] for _ in range(4)]
    jobs = [
        pool.draw(replace(PLAIN, prompt="wait 0.12"), on_queued=lambda *at, i=i: told[i].append(at))
        for i in range(4)
    ]
    await asyncio.gather(*jobs)
    assert told[0] == []
    positions = [[position for position, _ in one] for one in told]
    assert positions[1][0] == 0
    assert positions[3] == sorted(positions[3], reverse=True)
    assert positions[3][0] == 2
    assert positions[3][-1] < 2
    assert all(0 < seconds < 60 for one in told for _, seconds in one)


async def test_waiting_has_an_end() -> None:
    async with make_pool(1, wait_seconds=0.3) as pool:
        await pool.wait_ready()
        slow = asyncio.create_task(pool.draw(replace(PLAIN, prompt="wait 0.25")))
        await asyncio.sleep(0)
        patient = asyncio.create_task(pool.draw(PLAIN, patient=True))
        with pytest.raises(Overloaded):
            await pool.draw(PLAIN)
        assert not slow.done()
        await asyncio.gather(slow, patient)


async def test_the_engine_says_how_many_workers_and_how_long_to_wait_for_a_batch() -> None:
    events = Noted()
    async with make_pool(3, engine=ONE, events=events) as pool:
        await pool.wait_ready()
        first = asyncio.create_task(pool.draw(PLAIN))
        await asyncio.sleep(0.05)
        await asyncio.gather(first, *(pool.draw(PLAIN) for _ in range(3)))
        assert pool.alive == 1
    assert events.batches == {4: 1}


async def test_leaving_while_a_batch_fills() -> None:
    async with make_pool(1, engine=ONE) as pool:
        await pool.wait_ready()
        first = asyncio.create_task(pool.draw(PLAIN))
        await asyncio.sleep(0.05)
        first.cancel()
        await pool.draw(PLAIN)
        assert pool.drawing == 0


async def test_one_cause_is_told_for_each_member_of_a_batch() -> None:
    events = Noted()
    async with make_pool(1, engine=TOGETHER, events=events) as pool:
        await pool.wait_ready()
        first = asyncio.create_task(pool.draw(replace(PLAIN, width=80, prompt="wait 0.05")))
        await asyncio.sleep(0.05)
        done: list[float] = []
        slow = replace(PLAIN, prompt="wait 0.1")
        batch = [asyncio.create_task(pool.draw(slow, on_progress=done.append)) for _ in range(3)]
        await first
        await until(lambda: len(done) >= 3)
        os.kill(pool._supervisors[0].pid or 0, signal.SIGKILL)
        await asyncio.gather(*batch)
    assert events.causes == {Cause.EXIT: 3}


SERVER = """
import asyncio
from dataclasses import replace
from tests.generation.pools import make_pool
from tests.generation.test_supervisor import PLAIN

async def main():
    async with make_pool(1) as pool:
        await pool.wait_ready()
        drawing = asyncio.create_task(pool.draw(replace(PLAIN, prompt="hang")))
        while not pool.drawing:
            await asyncio.sleep(0.01)
        print("drawing", flush=True)
        await drawing

if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_a_server_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    """Even when its engine hangs."""
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    root = str(Path(__file__).parents[2])
    server = subprocess.Popen(  # noqa: ASYNC220  as above
        [sys.executable, str(script)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    )
    assert server.stdout
    assert await asyncio.to_thread(server.stdout.readline) == b"drawing\n"
    workers = worker_pids(server.pid)
    assert len(workers) == 1
    server.kill()
    await asyncio.to_thread(server.communicate)
    until_time = time.monotonic() + 10
    while any(_runs(pid) for pid in workers):
        assert time.monotonic() < until_time
        await asyncio.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
