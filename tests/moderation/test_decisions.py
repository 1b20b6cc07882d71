"""Recent refusals: found by their owner for an hour, bounded."""

from __future__ import annotations

from egaku.moderation.decisions import KEPT, KEPT_SECONDS, Decisions


def test_found_by_its_owner_for_an_hour() -> None:
    now = 1000.0
    decisions = Decisions(lambda: now)
    decisions.note("req_1", "key_a", "prompt", ["hate"], "standard")
    found = decisions.find("req_1", "key_a")
    assert found is not None
    assert (found.where, found.categories, found.policy) == ("prompt", ("hate",), "standard")
    assert decisions.find("req_1", "key_b") is None
    assert decisions.find("req_2", "key_a") is None
    now += KEPT_SECONDS + 1
    assert decisions.find("req_1", "key_a") is None


def test_the_oldest_make_room() -> None:
    decisions = Decisions()
    for number in range(KEPT + 5):
        decisions.note(f"req_{number}", "key_a", "prompt", ["hate"], "low")
    assert decisions.find("req_4", "key_a") is None
    assert decisions.find("req_5", "key_a") is not None
