"""Listeners to jobs: a snapshot first, nothing lost after it, never an endless queue."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from egaku.contract.errors import RateLimited
from egaku.generation.broadcast import MOST_EVENTS, MOST_STREAMS, Broadcast, Event, Happening

LONG = 60.0


def progress(done: float, job: str = "a", index: int = 0) -> Event:
    return Event(Happening.PROGRESS, job, {"index": index, "progress": done})


async def test_everything_is_looked_at_first_and_then_told_in_order() -> None:
    broadcast = Broadcast()
    with broadcast.subscribe("me") as one:
        broadcast.tell("me", Event(Happening.RUNNING, "before"))
        assert await one.take(LONG) is None
        events = [Event(Happening.RUNNING, "a"), Event(Happening.DONE, "a")]
        for event in events:
            broadcast.tell("me", event)
            broadcast.tell("somebody else", Event(Happening.DONE, "b"))
        assert await one.take(LONG) == events
        assert await one.take(0.01) == []


async def test_a_waiting_listener_is_woken() -> None:
    broadcast = Broadcast()
    with broadcast.subscribe("me") as one:
        await one.take(LONG)
        waiting = asyncio.create_task(one.take(LONG))
        await asyncio.sleep(0)
        broadcast.tell("me", progress(0.5))
        assert await waiting == [progress(0.5)]


async def test_of_progress_the_newest_counts() -> None:
    broadcast = Broadcast()
    with broadcast.subscribe("me") as one:
        await one.take(LONG)
        for step in range(10 * MOST_EVENTS):
            broadcast.tell("me", progress(step))
            broadcast.tell("me", progress(step, index=1))
        last = 10 * MOST_EVENTS - 1
        assert await one.take(LONG) == [progress(last), progress(last, index=1)]


async def test_too_slow_looks_at_everything_anew() -> None:
    broadcast = Broadcast()
    with broadcast.subscribe("me") as one:
        await one.take(LONG)
        for number in range(MOST_EVENTS + 1):
            broadcast.tell("me", Event(Happening.DONE, str(number)))
        broadcast.tell("me", Event(Happening.DONE, "told by the look"))
        assert await one.take(LONG) is None
        broadcast.tell("me", Event(Happening.DONE, "after"))
        assert await one.take(LONG) == [Event(Happening.DONE, "after")]


async def test_few_streams_per_owner() -> None:
    broadcast = Broadcast()
    with contextlib.ExitStack() as stack:
        for _ in range(MOST_STREAMS):
            stack.enter_context(broadcast.subscribe("me"))
        with pytest.raises(RateLimited), broadcast.subscribe("me"):
            pass
        with broadcast.subscribe("somebody else"):
            assert broadcast.watched("somebody else")
        assert not broadcast.watched("somebody else")
    assert not broadcast.anybody
    with broadcast.subscribe("me"):
        assert broadcast.watched("me")


async def test_closing_ends_all_streams_and_those_to_come() -> None:
    broadcast = Broadcast()
    with broadcast.subscribe("me") as one:
        await one.take(LONG)
        waiting = asyncio.create_task(one.take(LONG))
        await asyncio.sleep(0)
        broadcast.close()
        assert await waiting == []
        assert one.closed
    with broadcast.subscribe("me") as later:
        assert later.closed
