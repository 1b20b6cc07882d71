"""schemathesis over the served document: what it says is what the server does, with good bodies and bad."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import ServerProcess

EXAMPLES = 60
"""Per endpoint and phase."""


@pytest.mark.campaign
@pytest.mark.timeout(300)
def test_the_document_is_true(blank: ServerProcess, tmp_path: Path) -> None:
    """All checks; the floor on what was sent keeps an empty run from passing."""
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("st"), "run", f"{blank.url}/openapi.json", "--checks", "all"),
            *("--max-examples", str(EXAMPLES), "--seed", "1", "--no-color", "--max-response-time", "5"),
            *("--generation-database", "none"),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Tested: 5" in done.stdout
    counted = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert counted
    assert int(counted[1]) >= 500
    assert "No issues found" in done.stdout
