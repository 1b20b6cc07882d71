"""The fair queue against a plain model of its rules, and what the rules promise."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from egaku.generation.fair_queue import ALPHA, FairQueue

OWNERS = st.sampled_from("abcde")


class Model:
    """The same rules in the plainest way: a list of (owner, items) in the order of their turns."""

    def __init__(self) -> None:
        self.ring: list[tuple[str, list[int]]] = []
        self.last: str | None = None

    def push(self, owner: str, item: int) -> None:
        for name, items in self.ring:
            if name == owner:
                items.append(item)
                return
        behind = bool(self.ring) and self.ring[-1][0] == self.last
        self.ring.insert(len(self.ring) - behind, (owner, [item]))

    def order(self) -> list[int]:
        rounds = [list(items) for _, items in self.ring]
        found = []
        while rounds:
            found += [items.pop(0) for items in rounds]
            rounds = [items for items in rounds if items]
        return found

    def take(self, item: int) -> None:
        """Serve that one: its owner has had a turn."""
        owner, items = next(entry for entry in self.ring if item in entry[1])
        self.ring.remove((owner, items))
        items.remove(item)
        if items:
            self.ring.append((owner, items))
        self.last = owner

    def remove(self, item: int) -> None:
        for _, items in self.ring:
            if item in items:
                items.remove(item)
        self.ring = [entry for entry in self.ring if entry[1]]


class Queues(RuleBasedStateMachine):
    """Both are told the same, and must say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: FairQueue[int] = FairQueue(12)
        self.model = Model()
        self.owner: dict[int, str] = {}
        self.patient: set[int] = set()
        self.number = 0

    def counted(self, owner: str | None = None) -> int:
        return sum(
            item not in self.patient and owner in {None, self.owner[item]} for item in self.model.order()
        )

    @rule(owner=OWNERS, patient=st.booleans())
    def push(self, *, owner: str, patient: bool) -> None:
        free = 12 - self.counted()
        room = free > 0 and self.counted(owner) < ALPHA * free
        assert self.queue.has_room(owner) == room
        if not room and not patient:
            return
        self.number += 1
        self.owner[self.number] = owner
        if patient:
            self.patient.add(self.number)
        self.queue.push(owner, self.number, patient=patient)
        self.model.push(owner, self.number)

    @rule(owner=OWNERS, items=st.integers(1, 6))
    def room_for_several_is_room_for_each(self, owner: str, items: int) -> None:
        taken, mine = self.counted(), self.counted(owner)
        each = all(taken + i < 12 and mine + i < ALPHA * (12 - taken - i) for i in range(items))
        assert self.queue.has_room(owner, items) == each

    @precondition(lambda self: self.owner)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(sorted(self.owner)))
        there = item in self.model.order()
        assert self.queue.remove(item) == there
        self.model.remove(item)

    @precondition(lambda self: self.model.ring)
    @rule()
    def pop(self) -> None:
        item = self.model.order()[0]
        assert self.queue.peek() == item
        assert self.queue.pop() == item
        self.model.take(item)

    @rule(most=st.integers(0, 4), remainder=st.integers(0, 2))
    def pop_matching(self, most: int, remainder: int) -> None:
        wanted = [item for item in self.model.order() if item % 3 == remainder][:most]
        assert self.queue.pop_matching(lambda item: item % 3 == remainder, most) == wanted
        for item in wanted:
            self.model.take(item)

    @invariant()
    def same_order(self) -> None:
        order = self.model.order()
        assert list(self.queue) == order
        assert len(self.queue) == len(order)
        assert [self.queue.position(item) for item in order] == list(range(len(order)))
        assert self.queue.owners == len(self.model.ring)


TestQueues = Queues.TestCase
TestQueues.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def filled(**owners: int) -> FairQueue[str]:
    queue: FairQueue[str] = FairQueue(100)
    for owner, count in owners.items():
        for i in range(count):
            queue.push(owner, f"{owner}{i}")
    return queue


def test_turns_go_round() -> None:
    queue = filled(a=3, b=1, c=2)
    assert [queue.pop() for _ in range(6)] == ["a0", "b0", "c0", "a1", "c1", "a2"]
    with pytest.raises(IndexError):
        queue.pop()


def test_one_at_a_time_is_next_beside_a_flood() -> None:
    """However often it comes back."""
    queue = filled(flood=50)
    for i in range(10):
        queue.pop()
        queue.push("b", f"b{i}")
        assert queue.position(f"b{i}") == 0
        assert queue.pop() == f"b{i}"


def test_newcomers_do_not_starve_those_who_wait() -> None:
    """Ever new owners, as from a caller that rotates its address, overtake only who was served last."""
    queue = filled(a=5, b=5, c=5, d=5)
    assert queue.pop() == "a0"
    for turn in range(3):
        before = queue.position("d0")
        for i in range(10):
            queue.push(f"new{turn} {i}", f"x{turn} {i}")
        assert queue.position("d0") == before == 2 - turn
        assert queue.pop() == f"{'bcd'[turn]}0"
    assert queue.position("a1") == 10


def test_one_owner_never_fills_it() -> None:
    """α / (1 + α) of the places for one alone; for two, α / (1 + 2α) each; whoever comes finds room."""
    queue: FairQueue[str] = FairQueue(100)
    for owner, most in (("a", 80), ("b", 16), ("c", 4)):
        count = 0
        while queue.has_room(owner):
            queue.push(owner, f"{owner}{count}")
            count += 1
        assert count == most
    both: FairQueue[str] = FairQueue(90)
    for i in range(90):
        for owner in "ab":
            if both.has_room(owner):
                both.push(owner, f"{owner}{i}")
    assert Counter(item[0] for item in both) == {"a": 40, "b": 40}


@given(places=st.integers(1, 1000))
def test_a_newcomer_finds_room_beside_one(places: int) -> None:
    queue: FairQueue[int] = FairQueue(places)
    for i in range(places):
        if queue.has_room("a"):
            queue.push("a", i)
    assert places < ALPHA + 1 or queue.has_room("b")


def test_an_item_waits_once() -> None:
    queue = filled(a=1)
    with pytest.raises(ValueError, match="waits already"):
        queue.push("b", "a0")


def test_looking_for_others_is_bounded() -> None:
    queue = filled(a=100)
    assert queue.pop_matching(lambda item: item == "a60", 1, look=50) == []
    assert queue.pop_matching(lambda item: item == "a60", 1, look=61) == ["a60"]
