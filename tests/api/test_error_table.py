"""Every row of the contract's error tables on the full answer: status, headers, body with keys in order."""

from __future__ import annotations

import httpx
import pytest

from tests.api.answers import JsonRow, assert_refused
from tests.api.error_rows_legacy import LEGACY_ROWS
from tests.api.error_rows_typed import TYPED_ROWS


@pytest.mark.parametrize("row", LEGACY_ROWS, ids=lambda row: row[0])
def test_legacy_json(client: httpx.Client, row: JsonRow) -> None:
    _, path, body, expected = row
    assert_refused(client.post(path, json=body), expected)


@pytest.mark.parametrize("row", TYPED_ROWS, ids=lambda row: row[0])
def test_typed_json(client: httpx.Client, row: JsonRow) -> None:
    _, path, body, expected = row
    assert_refused(client.post(path, json=body), expected)
