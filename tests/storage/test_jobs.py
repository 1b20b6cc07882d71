"""Records of background jobs: accepted, begun, finished once, taken over, forgotten."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.jobs import JobInput, JobPicture, JobRecord, JobStore, Status
from egaku.storage.recipes import Recipe, RecipeStore, pixel_hash
from egaku.storage.servers import LEASE_SECONDS, ServerStore
from tests.pictures import noise
from tests.storage.conftest import Clock

KEEP = 1000
JOB = JobRecord(
    id="job_a",
    owner="me",
    operation="edits",
    fields={"prompt": "\ud800 猫", "seed": 5},
    inputs=[JobInput("image", "in-x.bin")],
    names=["job-0.png", "job-1.png"],
)
PIXELS = noise(8, 6)
RECIPE = Recipe("engine", pixel_hash(PIXELS), "words")


@pytest.fixture
def store(database: AsyncEngine, clock: Clock) -> JobStore:
    return JobStore(database, "srv_1", KEEP, clock)


@pytest.fixture
def other(database: AsyncEngine, clock: Clock) -> JobStore:
    return JobStore(database, "srv_2", KEEP, clock)


def picture(position: int) -> JobPicture:
    return JobPicture(position, f"job-{position}.png", "seen")


async def test_a_jobs_life(store: JobStore, clock: Clock) -> None:
    assert await store.add(JOB)
    assert not await store.add(JOB)
    found = await store.find("job_a", "me")
    assert found is not None
    assert found == replace(JOB, number=found.number, created_at=int(clock.now), pictures=[])
    clock.now += 5
    begun = await store.begin("job_a")
    assert begun is not None
    assert (begun.status, begun.starts, begun.started_at) == (Status.RUNNING, 1, int(clock.now))
    assert await store.add_picture(begun, picture(1), 10)
    assert await store.finish("job_a", Status.SUCCEEDED)
    ended = await store.find("job_a")
    assert ended is not None
    assert ended.pictures == [picture(1)]
    assert (ended.finished_at, ended.expires_at) == (int(clock.now), int(clock.now) + KEEP)
    assert ended.files == ["in-x.bin", "job-0.png", "job-1.png"]


async def test_a_picture_that_was_deleted_is_left_out(store: JobStore) -> None:
    await store.add(JOB)
    await asyncio.gather(store.omit("job_a", 0), store.omit("job_a", 1), store.omit("job_b", 0))
    found = await store.find("job_a")
    assert found is not None
    assert (found.names, found.files) == ([None, None], ["in-x.bin"])
    assert await store.held() == [("job_a", "me", 2)]


async def test_a_picture_cannot_exist_twice(store: JobStore) -> None:
    await store.add(JOB)
    assert await store.add_picture(JOB, picture(0), 10)
    assert await store.add_picture(JOB, replace(picture(0), name="job-other.png"), 10)
    found = await store.find("job_a")
    assert found is not None
    assert found.pictures == [picture(0)]


async def test_what_has_ended_stays_as_it_is(store: JobStore, database: AsyncEngine, clock: Clock) -> None:
    await store.add(JOB)
    assert await store.finish("job_a", Status.CANCELLED)
    assert not await store.finish("job_a", Status.SUCCEEDED)
    assert await store.begin("job_a") is None
    assert not await store.add_picture(JOB, picture(0), 10, RECIPE)
    assert await RecipeStore(database, KEEP, clock).find("me", "engine", PIXELS) is None
    found = await store.find("job_a")
    assert found is not None
    assert (found.status, found.pictures) == (Status.CANCELLED, [])


async def test_failures_keep_the_apis_error_object(store: JobStore) -> None:
    await store.add(JOB)
    await store.finish("job_a", Status.FAILED, {"code": None, "message": "no"})
    found = await store.find("job_a")
    assert found is not None
    assert found.error == {"code": None, "message": "no"}


async def test_others_see_nothing(store: JobStore) -> None:
    await store.add(JOB)
    assert await store.find("job_a", "somebody else") is None
    assert await store.page("somebody else", 10) == []
    assert await store.page("me", 10, after="job_of_others") == []


async def test_pages_go_from_the_newest_back(store: JobStore) -> None:
    for name in "abcde":
        await store.add(replace(JOB, id=f"job_{name}"))
    newest = await store.page("me", 2)
    assert [job.id for job in newest] == ["job_e", "job_d"]
    assert [job.id for job in await store.page("me", 9, after="job_d")] == ["job_c", "job_b", "job_a"]
    assert await store.page("me", 9, after="job_a") == []


async def test_put_back_does_not_count_as_a_start(store: JobStore) -> None:
    await store.add(JOB)
    await store.begin("job_a")
    await store.put_back("job_a")
    found = await store.find("job_a")
    assert found is not None
    assert (found.status, found.starts) == (Status.QUEUED, 0)


async def test_only_the_holder_draws_until_it_is_dead(
    store: JobStore, other: JobStore, database: AsyncEngine, clock: Clock
) -> None:
    first = ServerStore(database, "srv_1", clock)
    await first.beat()
    await store.add(JOB)
    assert await other.begin("job_a") is None
    assert await other.adopt() == 0
    clock.now += LEASE_SECONDS - 1
    await first.beat()
    clock.now += LEASE_SECONDS - 1
    assert await other.adopt() == 0
    clock.now += 1
    assert await other.adopt() == 1
    assert await other.held() == [("job_a", "me", 2)]
    assert await store.held() == []
    assert await store.begin("job_a") is None
    assert not await store.add_picture(JOB, picture(0), 10)
    assert await other.count_active() == 1


async def test_deleted_with_its_pictures(store: JobStore, database: AsyncEngine, clock: Clock) -> None:
    recipes = RecipeStore(database, KEEP, clock)
    await store.add(JOB)
    await store.add_picture(JOB, picture(0), 10, RECIPE)
    assert await recipes.find("me", "engine", PIXELS) == "words"
    await store.delete("job_a")
    assert await store.find("job_a") is None
    assert await recipes.find("me", "engine", PIXELS) is None
    assert await store.add(JOB)
    found = await store.find("job_a")
    assert found is not None
    assert found.pictures == []


async def test_expiry_counts_from_the_end(store: JobStore, clock: Clock) -> None:
    await store.add(JOB)
    clock.now += 10 * KEEP
    assert await store.expired() == []
    await store.finish("job_a", Status.SUCCEEDED)
    clock.now += KEEP - 1
    assert await store.expired() == []
    clock.now += 1
    assert [job.id for job in await store.expired()] == ["job_a"]


async def test_one_end_only_under_concurrency(store: JobStore) -> None:
    await store.add(JOB)
    ends = await asyncio.gather(*(store.finish("job_a", Status.SUCCEEDED) for _ in range(20)))
    assert sum(ends) == 1
