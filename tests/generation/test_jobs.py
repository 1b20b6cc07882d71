"""The runner of background jobs on real stores and workers: turns, faults, failing stores, restarts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.dialects import Operation
from egaku.contract.errors import InvalidRequest, Overloaded, StorageUnavailable
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.generation import jobs as jobs_module
from egaku.generation.broadcast import Broadcast
from egaku.generation.gate import Gate
from egaku.generation.job_drawing import MOST_STARTS
from egaku.generation.jobs import JobRunner
from egaku.generation.service import ImageService
from egaku.generation.work import Caller
from egaku.generation.workers import WorkerPool
from egaku.provenance.signer import Provenance
from egaku.storage.database import open_database
from egaku.storage.images import LocalImages, keep_by_kind
from egaku.storage.jobs import JobRecord, JobStore, Status
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import PictureStore
from egaku.storage.recipes import RecipeStore
from egaku.storage.servers import ServerStore
from egaku.storage.tables import jobs, recipes
from egaku.storage.usage import UsageStore
from tests.generation.conftest import uploaded
from tests.pictures import decoded, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 60.0


class Site:
    """Everything a runner needs, on one folder."""

    def __init__(self, pool: WorkerPool, gate: Gate, folder: Path) -> None:
        self.database: AsyncEngine = open_database(folder / "egaku.db")
        self.folder = folder
        self.images = LocalImages(folder / "images", keep_by_kind(100, 100), LinkSigner(b"s" * 32, 100))
        self.recipes, pictures = RecipeStore(self.database, 100), PictureStore(self.database, 100)
        self.service = ImageService(
            pool,
            images=self.images,
            recipes=self.recipes,
            pictures=pictures,
            usage=UsageStore(self.database),
            gate=gate,
            provenance=Provenance.open(folder),
        )
        self.store = JobStore(self.database, "srv_1", 100)
        self.forgotten: list[str] = []

    def runner(self, at_once: int = 2, max_jobs: int = 50) -> JobRunner:
        servers = ServerStore(self.database, "srv_1")
        return JobRunner(
            self.service,
            self.store,
            servers,
            self.images,
            Broadcast(),
            at_once=at_once,
            max_jobs=max_jobs,
            forget=self.forget,
        )

    async def forget(self, job: JobRecord) -> None:
        """What the runner says of a job before its record goes."""
        assert await self.store.find(job.id)
        self.forgotten.append(job.id)

    async def kept_recipes(self) -> int:
        async with self.database.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(recipes)) or 0

    def files(self) -> set[str]:
        return {path.name for path in (self.folder / "images").rglob("*") if path.is_file()}

    async def left_with(self, names: Sequence[str | None]) -> None:
        """Wait until these are all the files there are."""
        for _ in range(int(PATIENCE / 0.02)):
            if self.files() == set(names):
                return
            await asyncio.sleep(0.02)
        assert self.files() == set(names)

    async def when(self, job: JobRecord, condition: Callable[[JobRecord], bool]) -> JobRecord:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.store.find(job.id)
                assert found is not None
                if condition(found):
                    return found
                await asyncio.sleep(0.02)

    async def ended(self, job: JobRecord) -> JobRecord:
        return await self.when(job, lambda found: found.status.final)


@pytest.fixture
async def site(pool: WorkerPool, gate: Gate, tmp_path: Path) -> AsyncIterator[Site]:
    site = Site(pool, gate, tmp_path)
    yield site
    await site.database.dispose()


def generation(prompt: str = "a", **values: Any) -> ImageRequest:
    fields = {"prompt": prompt, "size": "256x256", **values}
    return parse_request(Operation.GENERATIONS, fields, form=False)


def variation() -> ImageRequest:
    facts = [FileFacts("image", 100, "image/png")]
    return parse_request(Operation.VARIATIONS, {"size": "256x256"}, form=False, images=facts)


async def test_drawn_stored_and_its_uploads_gone(site: Site) -> None:
    async with site.runner() as runner:
        job = await runner.submit(variation(), Caller("me", ""), [uploaded("image", png(64, 64))])
        assert job.fields["seed"] is not None
        done = await site.ended(job)
        assert (done.status, len(done.pictures)) == (Status.SUCCEEDED, 1)
        await site.left_with(job.names)


async def test_a_picture_that_cannot_be_used_is_refused_at_once(site: Site) -> None:
    async with site.runner() as runner:
        with pytest.raises(InvalidRequest):
            await runner.submit(variation(), Caller("me", ""), [uploaded("image", png(64, 32))])
        assert await site.store.page("me", 10) == []
        assert site.files() == set()


async def test_the_same_id_twice_is_one_job(site: Site) -> None:
    async with site.runner() as runner:
        uploads = [uploaded("image", png(64, 64))]
        first = await runner.submit(variation(), Caller("me", ""), uploads, identifier="job_same")
        again = await runner.submit(variation(), Caller("me", ""), uploads, identifier="job_same")
        assert (first.id, first.names) == (again.id, again.names)
        await site.ended(first)
        assert len(await site.store.page("me", 10)) == 1
        await site.left_with(first.names)


@pytest.mark.parametrize("prompt", ["raise x", "late x"])
async def test_an_engines_fault_fails_its_job_only(site: Site, prompt: str) -> None:
    async with site.runner() as runner:
        bad = await runner.submit(generation(prompt), Caller("me", ""))
        good = await runner.submit(generation(), Caller("me", ""))
        failed = await site.ended(bad)
        assert failed.status is Status.FAILED
        assert failed.error is not None
        assert (failed.error["type"], failed.error["code"]) == ("server_error", None)
        assert (await site.ended(good)).status is Status.SUCCEEDED


async def test_owners_take_turns(site: Site) -> None:
    async with site.runner(at_once=1) as runner:
        blocker = await runner.submit(generation("wait 0.1"), Caller("greedy", ""))
        await site.when(blocker, lambda job: job.status is Status.RUNNING)
        flood = [await runner.submit(generation(), Caller("greedy", "")) for _ in range(10)]
        one = await runner.submit(generation(), Caller("modest", ""))
        assert runner.standing(one).position in {0, 1}
        assert runner.standing(flood[-1]).position == 10
        assert runner.standing(flood[-1]).progress == 0
        ended = await site.ended(one)
        last = await site.ended(flood[-1])
        assert ended.finished_at is not None
        assert last.started_at is not None
        assert ended.finished_at <= last.started_at
        assert runner.standing(last).progress == 1


async def test_a_full_queue_refuses_and_one_owner_cannot_fill_it(site: Site) -> None:
    async with site.runner(at_once=1, max_jobs=10) as runner:

        async def flood() -> None:
            for _ in range(12):
                await runner.submit(generation("wait 1"), Caller("greedy", ""))

        with pytest.raises(Overloaded) as refusal:
            await flood()
        assert 1 <= int(refusal.value.headers["Retry-After"]) <= 60
        await runner.submit(generation(), Caller("modest", ""))


async def test_stopped_and_taken_up_again(site: Site) -> None:
    """The finished picture of two stays as it is; the stop is not counted as a start."""
    request = generation("wait 0.2", n=2, seed=5)
    async with site.runner() as runner:
        job = await runner.submit(request, Caller("me", ""))
        later = await runner.submit(generation(), Caller("me", ""))
        await site.when(job, lambda found: found.status is Status.RUNNING)
    stopped = await site.store.find(job.id)
    assert stopped is not None
    assert (stopped.status, stopped.starts) == (Status.QUEUED, 0)
    async with site.runner():
        done, other = await site.ended(job), await site.ended(later)
    assert (done.status, done.starts, other.status) == (Status.SUCCEEDED, 1, Status.SUCCEEDED)
    assert [one.position for one in done.pictures] == [0, 1]
    assert site.files() == {*job.names, *later.names}
    for one in done.pictures:
        data = await site.images.read(one.name)
        assert data is not None
        assert tuple(decoded(data)[0, 0]) == (5, one.position, 0, 255)


async def test_a_job_that_takes_servers_down_is_given_up(site: Site) -> None:
    async with site.runner() as runner:
        job = await runner.submit(generation("wait 1"), Caller("me", ""))
        await site.when(job, lambda found: found.status is Status.RUNNING)
    async with site.database.begin() as connection:
        await connection.execute(update(jobs).values(starts=MOST_STARTS, status="running"))
    async with site.runner():
        failed = await site.ended(job)
    assert failed.status is Status.FAILED
    assert failed.error is not None


async def test_failing_stores_are_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "PAUSE_SECONDS", 0.05)
    put, failures = site.images.put, iter(range(3))

    async def failing(data: bytes, extension: str, name: str | None = None) -> str:
        if next(failures, None) is not None:
            raise StorageUnavailable(1)
        return await put(data, extension, name)

    async with site.runner() as runner:
        monkeypatch.setattr(site.images, "put", failing)
        job = await runner.submit(generation(), Caller("me", ""))
        done = await site.ended(job)
    assert done.status is Status.SUCCEEDED
    assert next(failures, None) is None
    assert done.starts == 1


async def test_deleted_while_its_picture_is_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that is being written when the job is deleted does not come back after it."""
    put, writing, go_on = site.images.put, asyncio.Event(), asyncio.Event()

    async def slow(data: bytes, extension: str, name: str | None = None) -> str:
        writing.set()
        await go_on.wait()
        return await put(data, extension, name)

    async with site.runner() as runner:
        monkeypatch.setattr(site.images, "put", slow)
        job = await runner.submit(generation(), Caller("me", ""))
        async with asyncio.timeout(PATIENCE):
            await writing.wait()
        deleting = asyncio.create_task(runner.delete(job))
        await asyncio.sleep(0.1)
        assert not deleting.done()
        go_on.set()
        await deleting
    assert site.files() == set()
    assert await site.store.find(job.id) is None
    assert await site.kept_recipes() == 0
    assert site.forgotten == [job.id]


async def test_expired_jobs_leave_nothing(site: Site) -> None:
    async with site.runner() as runner:
        job = await runner.submit(variation(), Caller("me", ""), [uploaded("image", png(64, 64))])
        await site.ended(job)
        assert await runner.sweep() == 0
        assert (await site.kept_recipes(), site.forgotten) == (1, [])
        async with site.database.begin() as connection:
            await connection.execute(update(jobs).values(expires_at=1))
        assert await runner.sweep() == 1
        assert site.files() == set()
        assert (await site.kept_recipes(), site.forgotten) == (0, [job.id])


async def test_a_jobs_picture_is_known_as_long_as_it_is_kept(site: Site) -> None:
    async with site.runner() as runner:
        done = await site.ended(await runner.submit(generation(), Caller("me", "")))
        async with site.database.begin() as connection:
            await connection.execute(update(recipes).values(expires_at=1))
        assert await site.recipes.sweep() == 0
        picture = await site.images.read(done.pictures[0].name)
        assert picture is not None
        work = await site.service.prepare(variation(), Caller("me", ""), [uploaded("image", picture)])
        assert work.jobs[0].recipe is not None


async def test_nothing_is_accepted_while_stopping(site: Site) -> None:
    async with contextlib.AsyncExitStack() as stack:
        runner = await stack.enter_async_context(site.runner())
    with pytest.raises(Overloaded):
        await runner.submit(generation(), Caller("me", ""))
