"""docs/compatibility.md says what the run of this session found, cell by cell."""

from __future__ import annotations

import os

import pytest

from tests.clients.catalogue import CLIENTS
from tests.clients.guide_runs import snippets
from tests.clients.rows import CASES
from tests.clients.table import Cells, committed, render, write

pytestmark = pytest.mark.clients


def test_committed_table_is_what_the_run_found(cells: Cells) -> None:
    for client in CLIENTS:
        for case in CASES:
            if reason := client.reason(case):
                cells.record(client.id, case.id, reason)
            elif case.id not in cells.cells[client.id]:
                pytest.skip(f"{client.title} has not passed '{case.operation}, {case.mode}' in this run")
    if {(part, language.split(",")[0].lower()) for part in cells.guide for language in cells.guide[part]} != {
        *snippets()
    }:
        pytest.skip("not all of the guide's snippets have passed in this run")
    found = render(cells)
    if os.environ.get("EGAKU_WRITE_DOCS"):
        write(found)
    assert committed() == found, "run `make docs` and commit docs/compatibility.md"
