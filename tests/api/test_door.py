"""The door: connections counted in all and by address, and a pace that a byte now and then does not keep."""

from __future__ import annotations

import pytest

from egaku.api.door import Door, Pace, address_group
from egaku.settings import Settings


class Guest:
    """Stands in for a connection."""

    def review(self, now: float) -> None:
        """Never slow."""


@pytest.fixture
def door() -> Door:
    return Door(Settings(max_connections=10, max_connections_per_client=3, trusted_proxies=("192.0.2.0/24",)))


def enter(door: Door, address: str, times: int) -> int:
    return sum(door.admit(Guest(), address) for _ in range(times))


@pytest.mark.parametrize(
    ("address", "admitted"),
    [("198.51.100.1", 3), ("2001:db8::1", 3), ("127.0.0.1", 10), ("::1", 10), ("192.0.2.7", 10)],
)
async def test_caps(door: Door, address: str, admitted: int) -> None:
    assert enter(door, address, 20) == admitted == len(door)


async def test_a_neighbour_has_room(door: Door) -> None:
    """Greedy ones fill what is theirs; a whole IPv6 network counts as one."""
    assert [enter(door, f"2001:db8::{i}", 1) for i in range(5)] == [1, 1, 1, 0, 0]
    assert enter(door, "2001:db8:0:1::1", 1) == 1


async def test_who_leaves_makes_room(door: Door) -> None:
    guests = [Guest() for _ in range(5)]
    assert [door.admit(guest, "198.51.100.1") for guest in guests] == [True] * 3 + [False] * 2
    for guest in guests * 2:
        door.leave(guest)
    assert len(door) == 0
    assert enter(door, "198.51.100.1", 5) == 3


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("2001:db8::abcd", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("local", "local"),
    ],
)
def test_address_group(address: str, group: str) -> None:
    assert address_group(address) == group


def test_pace() -> None:
    """Ten seconds of patience, then a hundred bytes a second."""
    still = Pace(10, 0, now=0)
    assert [still.stalled(now, 5) for now in (1, 10, 11)] == [False, False, False]
    assert still.stalled(11.5, 5)  # the five bytes were seen at 1
    slow = Pace(10, 100, now=0)
    assert [slow.stalled(now, now) for now in range(1, 11)] == [False] * 10
    assert slow.stalled(11, 11)
    steady = Pace(10, 100, now=0)
    assert not any(steady.stalled(now, 90 * now) for now in range(1, 90))
    any_pace = Pace(10, 0, now=0)
    assert not any(any_pace.stalled(now, now) for now in range(1, 1000))


def test_time_the_server_took_does_not_count() -> None:
    held = Pace(10, 100, now=0)
    for now in range(1, 100):
        held.hold(now)
    assert not held.stalled(105, 0)
    assert held.stalled(110, 0)
