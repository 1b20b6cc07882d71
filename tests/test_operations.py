"""docs/operations.md: every metric is in its table, and its example of a settings file is one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from egaku.api.metrics import Metrics
from egaku.settings import Settings

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "operations.md"
WATCHED = re.compile(r'metrics\.watch\(\s*"(\w+)"')
"""Gauges, which are named where what they read is opened."""


def kept() -> set[str]:
    """Names of all our metrics, as Prometheus shows them."""
    lines = Metrics().text().decode().splitlines()
    counted = {line.split()[2] for line in lines if line.startswith("# HELP egaku_")}
    watched = WATCHED.findall((ROOT / "src" / "egaku" / "api" / "opening.py").read_text())
    assert len(watched) >= 5
    return counted | {f"egaku_{name}" for name in watched}


@pytest.mark.parametrize("page", [PAGE, ROOT / "docs" / "ja" / "operations.md"], ids=["en", "ja"])
def test_every_metric_is_in_the_table_and_no_other(page: Path) -> None:
    assert set(re.findall(r"^\| `(egaku_\w+)`", page.read_text(), re.MULTILINE)) == kept()


def test_the_settings_file_is_one(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert example
    values = tomllib.loads(example[1])
    found = Settings(**values)
    assert found.moderation_thresholds == {"violence": 0.8}
    assert found.data_dir == Path("/var/lib/egaku")
