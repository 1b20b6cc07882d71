"""Runs the command line as people do: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Its output, read as JSON."""
        return json.loads(self.out)


def run_cli(
    *args: str, data_dir: Path | None = None, env: Mapping[str, str] | None = None, seconds: float = 60
) -> Ran:
    """`egaku ARGS`, ended after `seconds`."""
    folder = ["--data-dir", str(data_dir)] if data_dir else []
    done = subprocess.run(
        [sys.executable, "-m", "egaku", *args, *folder],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return Ran(done.returncode, done.stdout, done.stderr)
