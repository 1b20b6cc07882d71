"""Logs: one JSON object a line, at the level asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SCRIPT = """
import structlog
from egaku.telemetry import configure_logging

configure_logging({level!r})
log = structlog.get_logger("x")
for level in ("debug", "info", "warning", "error"):
    getattr(log, level)("said", number=1, text="描")
"""


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("debug", ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"]),
        ("warning", ["warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_levels(level: str, seen: list[str]) -> None:
    """In a process of its own: the configuration is the process's."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(level=level)], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["level"] for line in lines] == seen
    assert all({"event", "timestamp", "number", "text"} <= set(line) for line in lines)
