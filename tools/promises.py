"""What egaku promises, proved anew: one line per promise with today's figures.

    python -m tools.promises [--scale 1] [PATTERN]

Runs tests/promises at `--scale` (1: the figures each promise names; CI runs a tenth) and prints a table of
promise, verdict and what was measured, with commit and machine. Ends with status 1 when one does not hold.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROMISES = ROOT / "tests" / "promises"


@dataclass
class Outcome:
    """What came of one file's tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """kept, broken, or not tried here."""
        if self.failed:
            return "BROKEN"
        return "kept" if self.passed else "not tried"


class Notebook:
    """A pytest plugin: what each file's tests found."""

    def __init__(self) -> None:
        self.outcomes: dict[Path, Outcome] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one phase of one test, and keep its figures."""
        outcome = self.outcomes.setdefault(ROOT / report.location[0], Outcome())
        if report.failed:
            outcome.failed += 1
        elif report.skipped:
            outcome.skipped += 1
        elif report.when == "call":
            outcome.passed += 1
        if report.when == "call":
            outcome.figures.update(report.user_properties)


def promise_of(path: Path) -> str:
    """The first paragraph of a test file's docstring in one line, without the word Promise."""
    text = ast.get_docstring(ast.parse(path.read_text())) or path.stem
    return " ".join(text.partition("\n\n")[0].split()).removeprefix("Promise: ").rstrip(".")


def main() -> int:
    """Run, print, and say by the exit status whether all of them hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("pattern", nargs="?", default="")
    options.add_argument("--scale", default="1")
    chosen = options.parse_args()
    # Read when tests.scale is imported, which is after this.
    os.environ["EGAKU_SCALE"] = chosen.scale
    files = sorted(path for path in PROMISES.glob("test_*.py") if chosen.pattern in path.name)
    notebook = Notebook()
    pytest.main(["-q", "--no-header", "-m", "", *map(str, files)], plugins=[notebook])
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    cores = os.cpu_count()
    print(
        f"\ncommit {commit or 'unknown'}, {datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {cores} cores, "
        f"Python {platform.python_version()}, scale {chosen.scale}\n"
    )
    print("| promise | verdict | figures |")
    print("|---|---|---|")
    for path in files:
        outcome = notebook.outcomes.get(path, Outcome())
        figures = ", ".join(f"{name} {value}" for name, value in outcome.figures.items())
        print(f"| {promise_of(path)} | {outcome.verdict} | {figures} |")
    return int(any(notebook.outcomes.get(path, Outcome()).failed for path in files))


if __name__ == "__main__":
    sys.exit(main())
