"""Reports of wrong decisions: kept as sent, listed, closed, forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.storage.reports import DAY_SECONDS, Report, ReportStore
from tests.storage.conftest import Clock


async def add(store: ReportStore, owner: str = "key_a", prompt: str | None = None) -> Report:
    return await store.add(
        owner,
        "req_1",
        where="prompt",
        categories=["violence"],
        policy="standard",
        note="a play",
        prompt=prompt,
    )


async def test_a_report_comes_back_as_it_was_sent(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    with_words, without = await add(store, prompt="a stage fight 剣"), await add(store)
    listed = {one.id: one for one in await store.list()}
    assert listed == {with_words.id: with_words, without.id: without}
    assert (with_words.prompt, without.prompt) == ("a stage fight 剣", None)
    assert (with_words.where, with_words.categories) == ("prompt", ("violence",))


async def test_reviewing_closes_a_report(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    report = await add(store)
    assert await store.review(report.id, "wrong")
    assert await store.list() == []
    (closed,) = await store.list(reviewed=True)
    assert (closed.outcome, closed.reviewed_at) == ("wrong", int(clock.now))
    assert not await store.review("report_none", "right")
    assert await store.review(report.id, None)
    (opened,) = await store.list()
    assert (opened.outcome, opened.reviewed_at) == (None, None)
    with pytest.raises(ValueError, match="wrong, right"):
        await store.review(report.id, "maybe")


async def test_a_forgotten_report_is_gone(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    report = await add(store, prompt="x")
    assert await store.delete(report.id)
    assert not await store.delete(report.id)
    assert await store.list(reviewed=True) == []


async def test_counting_a_day(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    await add(store)
    await add(store, owner="key_b")
    assert await store.count_today("key_a") == 1
    clock.now += DAY_SECONDS
    assert await store.count_today("key_a") == 0


async def test_pages(database: AsyncEngine, clock: Clock) -> None:
    """Each report once, by age, whatever the size of a page; open ones, closed ones, or all."""
    store = ReportStore(database, clock)
    made = []
    for number in range(9):
        made.append(await add(store))
        clock.now += number % 3  # some in one second
    for one in made[::2]:
        await store.review(one.id, "right")
    everything = sorted(made, key=lambda one: (one.created_at, one.id))
    closed = {one.id for one in made[::2]}
    for reviewed in (None, False, True):
        expected = [one.id for one in everything if reviewed is None or (one.id in closed) is reviewed]
        for descending in (False, True):
            for size in (1, 2, 100):
                seen: list[Report] = []
                while page := await store.page(
                    reviewed=reviewed, after=seen[-1] if seen else None, limit=size, descending=descending
                ):
                    assert len(page) <= size
                    seen += page
                assert [one.id for one in seen] == (expected[::-1] if descending else expected)


async def test_counting_by_categories_and_outcome(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    assert await store.count() == []
    first, second, third = await add(store), await add(store), await add(store)
    await store.add(
        "key_a", "req_2", where="upload", categories=["violence"], policy="strict", note="", prompt=None
    )
    await store.add(
        "key_a", "req_3", where="prompt", categories=["hate", "violence"], policy="low", note="", prompt=None
    )
    await store.review(first.id, "wrong")
    await store.review(second.id, "right")
    await store.delete(third.id)
    counted = {(one.categories, one.outcome): one.reports for one in await store.count()}
    assert counted == {
        (("violence",), None): 1,
        (("violence",), "wrong"): 1,
        (("violence",), "right"): 1,
        (("hate", "violence"), None): 1,
    }


async def test_one_report(database: AsyncEngine, clock: Clock) -> None:
    store = ReportStore(database, clock)
    report = await add(store, prompt="x")
    assert await store.get(report.id) == report
    for unknown in ("report_none", "", "\0", "report_\0", "\ud800", "x" * 10_000, "' OR 1=1 --"):
        assert await store.get(unknown) is None
        assert not await store.review(unknown, "wrong")
        assert not await store.delete(unknown)
