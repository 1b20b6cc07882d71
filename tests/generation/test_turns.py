"""Turns: between owners, within what each may have under way, and whatever is cancelled meanwhile."""

from __future__ import annotations

import asyncio

from egaku.generation.turns import Turns

PATIENCE = 20.0


async def two(_: str) -> int:
    return 2


async def taken(turns: Turns, count: int) -> list[tuple[str, str]]:
    async with asyncio.timeout(PATIENCE):
        return [await turns.next() for _ in range(count)]


async def test_owners_alternate() -> None:
    turns = Turns(100)
    for number in range(3):
        turns.add(f"a{number}", "a")
    turns.add("b0", "b")
    assert [job for job, _ in await taken(turns, 4)] == ["a0", "b0", "a1", "a2"]


async def test_nobody_has_more_under_way_than_allowed() -> None:
    turns = Turns(100, two)
    for number in range(4):
        turns.add(f"a{number}", "a")
    turns.add("b0", "b")
    assert {job for job, _ in await taken(turns, 3)} == {"a0", "a1", "b0"}
    waiting = asyncio.create_task(turns.next())
    turns.add("b1", "b")
    async with asyncio.timeout(PATIENCE):
        assert await waiting == ("b1", "b")
    waiting = asyncio.create_task(turns.next())
    await asyncio.sleep(0)
    assert not waiting.done()
    turns.ended("a")
    async with asyncio.timeout(PATIENCE):
        assert await waiting == ("a2", "a")


async def test_a_cancelled_job_is_not_taken() -> None:
    turns = Turns(100)
    turns.add("a0", "a")
    turns.add("a1", "a")
    assert turns.position("a1") == 1
    assert turns.remove("a0")
    assert not turns.remove("a0")
    assert await taken(turns, 1) == [("a1", "a")]
    assert "a1" not in turns


async def test_several_takers_get_different_jobs() -> None:
    turns = Turns(100)
    takers = [asyncio.create_task(turns.next()) for _ in range(5)]
    for number in range(5):
        turns.add(f"j{number}", f"owner{number % 2}")
    async with asyncio.timeout(PATIENCE):
        jobs = await asyncio.gather(*takers)
    assert len(set(jobs)) == 5


async def test_places() -> None:
    turns = Turns(1)
    assert turns.has_room("a")
    turns.add("a0", "a")
    assert not turns.has_room("b")
    assert list(turns) == [("a0", "a")]
