"""The usher: requests are begun a few per turn of the loop, callers in turn, and none is forgotten."""

from __future__ import annotations

import asyncio
from functools import partial

from egaku.api.usher import Usher, shown


async def test_a_few_are_begun_at_once() -> None:
    begun: list[int] = []
    usher = Usher(per_turn=4)
    for i in range(4):
        usher.start("a", partial(begun.append, i))
    assert begun == [0, 1, 2, 3]


async def test_a_crowd_is_begun_over_several_turns_and_a_newcomer_among_them() -> None:
    begun: list[str] = []
    usher = Usher(per_turn=4)
    for i in range(1000):
        usher.start("greedy", partial(begun.append, f"g{i}"))
    assert len(begun) == 4
    await asyncio.sleep(0)
    usher.start("honest", partial(begun.append, "h"))
    await asyncio.sleep(0)
    assert begun.index("h") <= 9
    for _ in range(300):
        await asyncio.sleep(0)
    assert [one for one in begun if one != "h"] == [f"g{i}" for i in range(1000)]


async def test_it_rests_when_there_is_nothing_to_do() -> None:
    """A second crowd, later, is treated as the first; nothing turns in between."""
    usher, begun = Usher(per_turn=2), list[int]()
    for crowd in range(2):
        for i in range(5):
            usher.start("a", partial(begun.append, 5 * crowd + i))
        assert len(begun) == 5 * crowd + 2
        for _ in range(10):
            await asyncio.sleep(0)
    assert begun == list(range(10))


def test_what_is_shown() -> None:
    host = (b"host", b"x")
    assert shown([host, (b"authorization", b"Bearer \xff")], "1.2.3.4") == "Bearer \xff"
    assert shown([host, (b"api-key", b"k")], "1.2.3.4") == "k"
    assert shown([host], "1.2.3.4") == "1.2.3.4"
