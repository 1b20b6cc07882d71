"""Every client makes every call that applies to it, against a real server: one test per cell of the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.case import Case
from tests.clients.catalogue import CLIENTS, Client
from tests.clients.checks import check
from tests.clients.rows import CASES
from tests.clients.runner import Run
from tests.clients.table import PASSED, Cells

pytestmark = pytest.mark.clients

APPLICABLE = [
    pytest.param(client, case, id=f"{client.id}-{case.id}")
    for client in CLIENTS
    for case in CASES
    if client.reason(case) is None
]


@pytest.mark.parametrize(("client", "case"), APPLICABLE)
def test_cell(
    client: Client, case: Case, run_of: Callable[[Client], Run], uploads: dict[str, Path], cells: Cells
) -> None:
    check(case, client, run_of(client).outcome(case), uploads)
    cells.record(client.id, case.id, PASSED)


def test_every_row_applies_to_some_client() -> None:
    tried = {case.id for client in CLIENTS for case in CASES if client.reason(case) is None}
    assert tried == {case.id for case in CASES}


def test_every_reason_is_used() -> None:
    for client in CLIENTS:
        for patterns, reason in client.lacks:
            assert any(client.reason(case) == reason for case in CASES), (client.id, patterns)
