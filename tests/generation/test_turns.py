"""Turns: between owners, within what each may have under way, and whatever is cancelled meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter

from egaku.generation.turns import GiveBack, Turn, Turns

PATIENCE = 20.0


class Rooms:
    """Room for so many images of each owner."""

    def __init__(self, images: int) -> None:
        self.most = images
        self.taken: Counter[str] = Counter()

    async def take(self, owner: str, images: int) -> GiveBack | None:
        if self.taken[owner] + images > self.most:
            return None
        self.taken[owner] += images
        return lambda: self.taken.subtract({owner: images})


async def taken(turns: Turns, count: int) -> list[Turn]:
    async with asyncio.timeout(PATIENCE):
        return [await turns.next() for _ in range(count)]


def named(turns: list[Turn]) -> list[tuple[str, str]]:
    return [(one.job, one.owner) for one in turns]


async def test_owners_alternate() -> None:
    turns = Turns(100)
    for number in range(3):
        turns.add(f"a{number}", "a", 1)
    turns.add("b0", "b", 1)
    assert [one.job for one in await taken(turns, 4)] == ["a0", "b0", "a1", "a2"]


async def test_nobody_has_more_under_way_than_allowed() -> None:
    turns = Turns(100, Rooms(2).take)
    for number in range(4):
        turns.add(f"a{number}", "a", 1)
    turns.add("b0", "b", 1)
    first = await taken(turns, 3)
    assert set(named(first)) == {("a0", "a"), ("a1", "a"), ("b0", "b")}
    waiting = asyncio.create_task(taken(turns, 1))
    turns.add("b1", "b", 1)
    assert named(await waiting) == [("b1", "b")]
    waiting = asyncio.create_task(taken(turns, 1))
    await asyncio.sleep(0)
    assert not waiting.done()
    first[0].end()
    assert named(await waiting) == [("a2", "a")]


async def test_images_count_not_jobs() -> None:
    turns = Turns(100, Rooms(5).take)
    turns.add("a0", "a", 4)
    turns.add("a1", "a", 2)
    turns.add("b0", "b", 5)
    first = await taken(turns, 2)
    assert named(first) == [("a0", "a"), ("b0", "b")]
    waiting = asyncio.create_task(taken(turns, 1))
    await asyncio.sleep(0)
    assert not waiting.done()
    first[0].end()
    assert named(await waiting) == [("a1", "a")]


async def test_room_that_others_make_is_noticed() -> None:
    """Requests answered at once share it, and say nothing when they end."""
    rooms = Rooms(2)
    rooms.taken["a"] = 2
    turns = Turns(100, rooms.take)
    turns.add("a0", "a", 1)
    waiting = asyncio.create_task(taken(turns, 1))
    await asyncio.sleep(0)
    rooms.taken.clear()
    assert named(await waiting) == [("a0", "a")]


async def test_a_job_cancelled_while_room_is_looked_for_gives_it_back() -> None:
    rooms, turns = Rooms(1), Turns(100)

    async def slowly(owner: str, images: int) -> GiveBack | None:
        give_back = await rooms.take(owner, images)
        turns.remove("a0")
        return give_back

    turns = Turns(100, slowly)
    turns.add("a0", "a", 1)
    waiting = asyncio.create_task(taken(turns, 1))
    await asyncio.sleep(0)
    assert rooms.taken["a"] == 0
    turns.add("b0", "b", 1)
    assert named(await waiting) == [("b0", "b")]


async def test_a_cancelled_job_is_not_taken() -> None:
    turns = Turns(100)
    turns.add("a0", "a", 1)
    turns.add("a1", "a", 1)
    assert turns.position("a1") == 1
    assert turns.remove("a0")
    assert not turns.remove("a0")
    assert named(await taken(turns, 1)) == [("a1", "a")]
    assert "a1" not in turns


async def test_several_takers_get_different_jobs() -> None:
    turns = Turns(100)
    takers = [asyncio.create_task(turns.next()) for _ in range(5)]
    for number in range(5):
        turns.add(f"j{number}", f"owner{number % 2}", 1)
    async with asyncio.timeout(PATIENCE):
        jobs = await asyncio.gather(*takers)
    assert len({one.job for one in jobs}) == 5


async def test_places() -> None:
    turns = Turns(1)
    assert turns.has_room("a")
    turns.add("a0", "a", 1)
    assert not turns.has_room("b")
    assert list(turns) == [("a0", "a")]
