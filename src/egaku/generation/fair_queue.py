"""A bounded queue that is fair between owners: round robin between them, first come first served within one.

Order. Owners stand in a ring; each turn takes one item of the first owner and sends that owner to the back
(Nagle, RFC 970). A newcomer steps in just before the owner served last, whose turn is still being worked off:
somebody who sends one thing at a time beside a flood is next whenever they come.

Room. An owner may have at most `ALPHA` × (free places) items waiting: the dynamic threshold of Choudhury and
Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet Switches", IEEE/ACM ToN 6(2), 1998. With
α = 4 one owner alone fills at most 4/5 of the places, two 4/9 each, and a newcomer always finds some.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from itertools import islice
from typing import Generic, TypeVar

ALPHA = 4
"""How many items an owner may have waiting per free place."""

T = TypeVar("T", bound=Hashable)


class FairQueue(Generic[T]):
    """Items of many owners, each item once. Push, pop and remove are O(1)."""

    def __init__(self, places: int) -> None:
        self.places = places
        """Items that may wait, those pushed as `patient` not counted. May be changed at any time."""
        self._ring: OrderedDict[str, OrderedDict[T, bool]] = OrderedDict()
        self._owner: dict[T, str] = {}
        self._counted: dict[str, int] = {}
        self._total = 0
        self._last: str | None = None

    def __len__(self) -> int:
        return len(self._owner)

    def __contains__(self, item: T) -> bool:
        return item in self._owner

    def __iter__(self) -> Iterator[T]:
        """All items in the order in which they would be taken. O(n)."""
        rounds = [iter(items) for items in self._ring.values()]
        while rounds:
            going = []
            for items in rounds:
                for item in items:
                    yield item
                    going.append(items)
                    break
            rounds = going

    @property
    def owners(self) -> int:
        """How many owners have something waiting."""
        return len(self._ring)

    def has_room(self, owner: str, items: int = 1) -> bool:
        """True when `owner` may push that many items one after the other."""
        # The threshold only falls while they are pushed, so the last of them decides.
        free = self.places - (self._total + items - 1)
        return free > 0 and self._counted.get(owner, 0) + items - 1 < ALPHA * free

    def push(self, owner: str, item: T, *, patient: bool = False) -> None:
        """Add an item; room is the caller's to ask for. A `patient` one takes no place.

        Raises ValueError when the item waits already.
        """
        if item in self._owner:
            raise ValueError("the item waits already")
        if owner not in self._ring:
            self._ring[owner] = OrderedDict()
            if self._last is not None and self._last in self._ring:
                self._ring.move_to_end(self._last)
        self._ring[owner][item] = not patient
        self._owner[item] = owner
        if not patient:
            self._total += 1
            self._counted[owner] = self._counted.get(owner, 0) + 1

    def pop(self) -> T:
        """Take the next item. Raises IndexError when there is none."""
        item = self.peek()
        owner = self._owner[item]
        self.remove(item)
        self._served(owner)
        return item

    def peek(self) -> T:
        """The next item, left where it is. Raises IndexError when there is none."""
        if not self._ring:
            raise IndexError("the queue is empty")
        return next(iter(next(iter(self._ring.values()))))

    def pop_matching(self, wanted: Callable[[T], bool], most: int, look: int = 256) -> list[T]:
        """Take up to `most` items that are `wanted`, in fair order; the others keep their turns.

        Only the first `look` items are looked at, so that a long queue costs no more than a short one.
        """
        found: list[T] = []
        for item in islice(self, look):
            if len(found) == most:
                break
            if wanted(item):
                found.append(item)
        for item in found:
            owner = self._owner[item]
            self.remove(item)
            self._served(owner)
        return found

    def remove(self, item: T) -> bool:
        """Take out an item that is no longer wanted; whether it was there."""
        owner = self._owner.pop(item, None)
        if owner is None:
            return False
        items = self._ring[owner]
        if items.pop(item):
            self._total -= 1
            self._counted[owner] -= 1
            if not self._counted[owner]:
                del self._counted[owner]
        if not items:
            del self._ring[owner]
        return True

    def position(self, item: T) -> int:
        """How many others will be taken before it. O(owners + rank). Raises KeyError if it does not wait."""
        owner = self._owner[item]
        rank = next(i for i, one in enumerate(self._ring[owner]) if one is item or one == item)
        before, earlier = rank, True
        for other, items in self._ring.items():
            if other == owner:
                earlier = False
            else:
                before += min(len(items), rank + earlier)
        return before

    def _served(self, owner: str) -> None:
        self._last = owner
        if owner in self._ring:
            self._ring.move_to_end(owner)
