"""The turnstile: a few requests of each owner at once, in their order; others are not behind them."""

from __future__ import annotations

import asyncio

import pytest

from egaku.api.turnstile import Turnstile


class Visits:
    """Who is inside, and in which order they came in."""

    def __init__(self, turnstile: Turnstile) -> None:
        self.turnstile = turnstile
        self.entered: list[str] = []
        self.leave = asyncio.Event()

    async def visit(self, owner: str, name: str, images: int = 1) -> None:
        async with self.turnstile.turn(owner, images):
            self.entered.append(name)
            await self.leave.wait()


async def settle() -> None:
    """Let every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_crowd_waits_and_a_newcomer_does_not() -> None:
    visits = Visits(Turnstile(at_once=2))
    crowd = [asyncio.create_task(visits.visit("greedy", f"g{i}", images=3)) for i in range(100)]
    await settle()
    honest = asyncio.create_task(visits.visit("honest", "h"))
    await settle()
    assert visits.entered == ["g0", "g1", "h"]
    assert (visits.turnstile.images("greedy"), visits.turnstile.images("honest")) == (300, 1)
    visits.leave.set()
    await asyncio.gather(*crowd, honest)
    assert visits.entered[3:] == [f"g{i}" for i in range(2, 100)]
    assert visits.turnstile.images("greedy") == 0


async def test_who_gives_up_waiting_takes_nobodys_place() -> None:
    visits = Visits(Turnstile(at_once=1))
    tasks = [asyncio.create_task(visits.visit("a", name)) for name in "xyz"]
    await settle()
    tasks[1].cancel()
    await settle()
    assert visits.turnstile.images("a") == 2
    visits.leave.set()
    await asyncio.gather(tasks[0], tasks[2])
    assert visits.entered == ["x", "z"]


async def test_a_failure_inside_lets_the_next_one_in() -> None:
    turnstile = Turnstile(at_once=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="inside"):
            async with turnstile.turn("a", 1):
                raise ValueError("inside")
    assert turnstile.images("a") == 0
