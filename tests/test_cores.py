"""How many cores a process may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from egaku.cores import cores

BOUND = len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100000 100000\n", 1), ("50000 100000\n", 1), ("150000 100000\n", min(2, BOUND)),
        ("6400000 100000\n", BOUND), ("max 100000\n", BOUND), ("", BOUND), ("0 0\n", BOUND),
    ],
)  # fmt: skip
def test_a_quota_is_heeded(tmp_path: Path, text: str, expected: int) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(text)
    assert cores(file) == expected


def test_without_a_quota(tmp_path: Path) -> None:
    assert cores(tmp_path / "none") == BOUND


def test_those_it_is_bound_to() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, before)
