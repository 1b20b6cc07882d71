"""Shared look-ups: asked once by however many, never answered from before a change, outliving any caller."""

from __future__ import annotations

import asyncio

import pytest

from egaku.storage.shared import Shared


class Book:
    """Something that takes a moment to look up."""

    def __init__(self) -> None:
        self.looks = 0
        self.open = asyncio.Event()

    async def look(self) -> int:
        self.looks += 1
        mine = self.looks
        await self.open.wait()
        return mine


async def test_one_look_for_all() -> None:
    book, shared = Book(), Shared[int]()
    asking = [asyncio.create_task(shared.ask("a", book.look)) for _ in range(1000)]
    await asyncio.sleep(0)
    book.open.set()
    assert set(await asyncio.gather(*asking)) == {1}
    assert await shared.ask("a", book.look) == 2


async def test_different_questions_are_different_looks() -> None:
    book, shared = Book(), Shared[int]()
    book.open.set()
    assert sorted(await asyncio.gather(shared.ask("a", book.look), shared.ask("b", book.look))) == [1, 2]


async def test_after_a_change_it_is_looked_up_anew() -> None:
    book, shared = Book(), Shared[int]()
    before = asyncio.create_task(shared.ask("a", book.look))
    await asyncio.sleep(0)
    shared.forget()
    after = asyncio.create_task(shared.ask("a", book.look))
    await asyncio.sleep(0)
    book.open.set()
    assert (await before, await after) == (1, 2)


async def test_a_caller_that_leaves_does_not_take_the_answer_away() -> None:
    book, shared = Book(), Shared[int]()
    first, second = (asyncio.create_task(shared.ask("a", book.look)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    book.open.set()
    assert await second == 1


async def test_a_failure_is_everybodys_and_is_not_kept() -> None:
    shared = Shared[int]()

    async def broken() -> int:
        await asyncio.sleep(0)
        raise OSError("gone")

    asking = [asyncio.create_task(shared.ask("a", broken)) for _ in range(3)]
    for one in asking:
        with pytest.raises(OSError, match="gone"):
            await one
    book = Book()
    book.open.set()
    assert await shared.ask("a", book.look) == 1
