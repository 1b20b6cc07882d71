"""schemathesis over the served document: what it says is what the server does, with good bodies and bad."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.conftest import make_key
from tests.server import ServerProcess

EXAMPLES = 60
"""Per endpoint and phase."""
ENDLESS = "/v1/jobs/events"
"""Has no end to wait for: tests/api/test_jobs.py reads it."""


def run(server: ServerProcess, *options: str) -> tuple[int, int]:
    """How many endpoints and requests found nothing to say against the document, by all checks there are."""
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("st"), "run", f"{server.url}/openapi.json", "--checks", "all"),
            *("--max-examples", str(EXAMPLES), "--seed", "1", "--no-color", "--max-response-time", "20"),
            *("--generation-database", "none", "--warnings", "off", "--request-timeout", "60", *options),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout
    endpoints = re.search(r"Tested: (\d+)", done.stdout)
    requests = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert endpoints
    assert requests
    return int(endpoints[1]), int(requests[1])


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_the_document_is_true(blank: ServerProcess) -> None:
    """What needs no key; the floor on what was sent keeps an empty run from passing."""
    endpoints, requests = run(blank, "--exclude-path", ENDLESS, "--exclude-path-regex", "^/v1/organization/")
    assert endpoints == 17
    assert requests >= 2000


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_the_administrators_part_is_true(keyed: ServerProcess) -> None:
    """The same for what an admin key may do, and nobody else."""
    secret = make_key(keyed.data_dir, is_admin=True)
    endpoints, requests = run(
        keyed, "--include-path-regex", "^/v1/organization/", "--header", f"Authorization: Bearer {secret}"
    )
    assert endpoints == 17
    assert requests >= 1000
