"""What a place in the queue and a refusal say about time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from egaku.engines.base import Job, Task
from egaku.generation.pace import FIRST_GUESS, Pace

SMALL = Job(task=Task.GENERATE, width=256, height=256, seed=1)
LARGE = replace(SMALL, width=1024, height=1024)


def test_kinds_have_their_own_times() -> None:
    pace = Pace()
    assert pace.seconds(SMALL) == FIRST_GUESS
    pace.note(SMALL, 0.1, 1)
    pace.note(LARGE, 2.0, 1)
    pace.note(replace(SMALL, task=Task.VARY), 5.0, 1)
    assert (pace.seconds(SMALL), pace.seconds(LARGE)) == (0.1, 2.0)
    assert pace.seconds(replace(SMALL, width=260)) == 0.1


def test_the_average_moves_with_the_news() -> None:
    pace = Pace()
    for _ in range(30):
        pace.note(SMALL, 1.0, 1)
    for _ in range(30):
        pace.note(SMALL, 3.0, 1)
    assert pace.seconds(SMALL) == pytest.approx(3.0, abs=0.01)


def test_eta_counts_who_is_before_and_who_draws() -> None:
    pace = Pace()
    pace.note(SMALL, 2.0, 1)
    assert pace.eta(SMALL, 0, 2) == 2.0
    assert pace.eta(SMALL, 10, 2) == 12.0
    assert pace.eta(SMALL, 10, 0) == 22.0


def test_a_batch_is_drawn_in_one_time() -> None:
    pace = Pace()
    pace.note(SMALL, 2.0, 8)
    assert pace.eta(SMALL, 8, 1) == 4.0


@pytest.mark.parametrize(("waiting", "seconds"), [(0, 1), (1, 1), (10, 10), (1000, 60)])
def test_retry_after_is_bounded(waiting: int, seconds: float) -> None:
    pace = Pace()
    pace.note(SMALL, 2.0, 1)
    assert pace.retry_after(waiting, 1) == seconds


def test_the_longest_step_is_forgotten_slowly() -> None:
    pace = Pace()
    pace.note_step(10.0)
    pace.note_step(0.1)
    assert pace.longest_step == pytest.approx(9.9)
    for _ in range(1000):
        pace.note_step(0.1)
    assert pace.longest_step == pytest.approx(0.1, abs=0.01)
