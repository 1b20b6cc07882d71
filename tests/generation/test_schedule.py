"""What is drawn next, and what those that wait are told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from egaku.contract.errors import Overloaded, ServerError
from egaku.engines.base import EngineInfo, Job, Task
from egaku.generation.events import Cause, PoolEvents, Refusal
from egaku.generation.schedule import Schedule
from egaku.generation.tickets import Drawn, Ticket, batch_key

JOB = Job(task=Task.GENERATE, width=64, height=64, seed=1)
WIDE = replace(JOB, width=128)
EIGHT = EngineInfo(name="eight", description="", max_batch=8)


class Counted(PoolEvents):
    """What was refused and what failed."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def refused(self, why: Refusal) -> None:
        self.seen.append(why)

    def failed(self, cause: Cause) -> None:
        self.seen.append(cause)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


class Desk:
    """A schedule of an engine that draws eight together, and tickets for it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, info: EngineInfo = EIGHT) -> None:
        self.loop = loop
        self.events = Counted()
        self.schedule = Schedule(100, self.events, lambda: 2)
        self.schedule.info = info
        self.number = 0

    def ticket(self, job: Job = JOB, owner: str = "", **values: object) -> Ticket:
        self.number += 1
        result: asyncio.Future[Drawn] = self.loop.create_future()
        ticket = Ticket(number=self.number, job=job, result=result, **values)  # type: ignore[arg-type]  # of the tests
        self.schedule.push(owner, ticket, patient=False)
        return ticket

    def take(self, *under_way: Ticket) -> list[Ticket]:
        return self.schedule.take(under_way)


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop) -> Desk:
    return Desk(loop)


def test_alike_jobs_are_taken_together_in_turn(desk: Desk) -> None:
    a, wide, b = desk.ticket(owner="a"), desk.ticket(WIDE, "a"), desk.ticket(owner="b")
    many = [desk.ticket(owner="a") for _ in range(9)]
    assert desk.take() == [a, b, *many[:6]]
    assert desk.take() == [wide]
    assert desk.take() == many[6:]
    assert desk.take() == []


def test_a_batch_under_way_takes_nobody_in_unless_it_is_open(loop: asyncio.AbstractEventLoop) -> None:
    closed, opened = Desk(loop), Desk(loop, replace(EIGHT, max_batch=3, joins=True))
    for desk, joiners in ((closed, 0), (opened, 2)):
        first = desk.ticket()
        assert desk.take() == [first]
        more = [desk.ticket() for _ in range(4)]
        assert desk.take(first) == more[:joiners]


def test_the_next_in_turn_is_not_overtaken_by_joiners(loop: asyncio.AbstractEventLoop) -> None:
    desk = Desk(loop, replace(EIGHT, joins=True))
    first = desk.ticket()
    desk.take()
    desk.ticket(WIDE, "other")
    desk.ticket()
    assert desk.take(first) == []


def test_second_attempts_come_first_and_alone(desk: Desk) -> None:
    lost, waiting = desk.ticket(), None
    assert desk.take() == [lost]
    waiting = desk.ticket()
    desk.schedule.give_back(lost, Cause.EXIT, 3)
    assert len(desk.schedule) == 2
    assert desk.take() == [lost]
    assert desk.take() == [waiting]


def test_halves_of_a_batch_are_drawn_together(desk: Desk) -> None:
    batch = [desk.ticket() for _ in range(8)]
    assert desk.take() == batch
    for ticket in batch:
        desk.schedule.give_back(ticket, Cause.MEMORY, 8)
    assert [desk.take(), desk.take(), desk.take()] == [batch[:4], batch[4:], []]


def test_what_memory_suffices_for_is_remembered(desk: Desk) -> None:
    """For jobs of that kind; it grows back by one in a hundred pictures."""
    batch = [desk.ticket() for _ in range(8)]
    assert desk.take() == batch
    for ticket in batch:
        desk.schedule.give_back(ticket, Cause.MEMORY, 8)
    while desk.take():
        pass
    fresh, wide = [desk.ticket() for _ in range(4)], [desk.ticket(WIDE) for _ in range(8)]
    assert [desk.take(), desk.take()] == [fresh, wide]
    for attempts, most in ((99, 4), (1, 5), (299, 7), (1, 8)):
        for _ in range(attempts):
            desk.schedule.drawn(batch[0], 0.1, 4)
        fresh = [desk.ticket() for _ in range(9)]
        assert desk.take() == fresh[:most]
        while desk.take():
            pass


@pytest.mark.parametrize(
    ("cause", "together", "attempts"),
    [
        (Cause.EXIT, 1, 3), (Cause.STALL, 1, 3), (Cause.EXIT, 8, 3), (Cause.MEMORY, 1, 2),
        (Cause.ERROR, 1, 1),
    ],
)  # fmt: skip
def test_attempts_end(desk: Desk, cause: Cause, together: int, attempts: int) -> None:
    ticket = desk.ticket()
    for _ in range(attempts):
        assert desk.take() == [ticket]
        desk.schedule.give_back(ticket, cause, together)
    assert desk.take() == []
    assert isinstance(ticket.result.exception(), ServerError)
    assert desk.events.seen == [cause]


def test_who_may_have_been_to_blame_is_tried_alone(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.take()
    desk.schedule.give_back(ticket, Cause.ERROR, 4)
    assert desk.take() == [ticket]
    desk.schedule.give_back(ticket, Cause.ERROR, 1)
    assert isinstance(ticket.result.exception(), ServerError)


def test_what_nobody_waits_for_is_not_tried_again(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.take()
    ticket.result.cancel()
    desk.schedule.give_back(ticket, Cause.EXIT, 1)
    assert len(desk.schedule) == 0


def test_withdrawn_wherever_it_waits(desk: Desk) -> None:
    again, waiting = desk.ticket(), desk.ticket()
    desk.schedule.info = replace(EIGHT, max_batch=1)
    assert desk.take() == [again]
    desk.schedule.give_back(again, Cause.EXIT, 1)
    desk.schedule.withdraw(again)
    desk.schedule.withdraw(waiting)
    desk.schedule.withdraw(waiting)
    assert desk.take() == []


def test_those_that_wait_are_told_when_it_changes(desk: Desk) -> None:
    desk.schedule.info = replace(EIGHT, max_batch=1)
    desk.schedule.pace.note(JOB, 2.0, 1)
    told: list[tuple[int, float]] = []
    tickets = [desk.ticket() for _ in range(3)]
    last = desk.ticket(on_queued=lambda position, seconds: told.append((position, seconds)))
    assert desk.schedule.position(last) == 3
    for _ in range(2):
        desk.schedule.review(now=0.0)
    assert desk.take() == tickets[:1]
    desk.schedule.review(now=0.0)
    assert told == [(3, 5.0), (2, 4.0)]


def test_a_listener_that_raises_ends_its_own_job(desk: Desk) -> None:
    def listener(position: int, seconds: float) -> None:
        raise LookupError

    ticket, other = desk.ticket(on_queued=listener), desk.ticket()
    desk.schedule.review(now=0.0)
    assert isinstance(ticket.result.exception(), LookupError)
    assert not other.over


def test_waiting_too_long_is_refused(desk: Desk) -> None:
    late, patient = desk.ticket(patience=5.0), desk.ticket()
    desk.schedule.review(late.came + 4.9)
    assert not late.over
    desk.schedule.review(late.came + 5.1)
    error = late.result.exception()
    assert isinstance(error, Overloaded)
    assert set(error.headers) == {"Retry-After", "Retry-After-Ms"}
    assert desk.events.seen == [Refusal.WAITED]
    assert desk.take() == [patient]


def test_what_makes_jobs_alike() -> None:
    picture = np.zeros((64, 64, 4), np.uint8)
    edit = replace(JOB, task=Task.EDIT, image=picture, hole=np.zeros((64, 64), bool))
    key = batch_key(EIGHT, JOB)
    assert key == batch_key(EIGHT, replace(JOB, seed=2, prompt="b", quality="high"))
    assert batch_key(EIGHT, edit) == batch_key(EIGHT, replace(edit, image=picture + 1))
    others = [edit, replace(edit, hole=None), WIDE, replace(JOB, height=65), replace(JOB, task=Task.VARY)]
    assert len({key, *(batch_key(EIGHT, job) for job in others)}) == 6
    picky = replace(EIGHT, alike=(*EIGHT.alike, "quality"))
    assert batch_key(picky, JOB) != batch_key(picky, replace(JOB, quality="high"))
