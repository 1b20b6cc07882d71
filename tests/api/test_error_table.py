"""Every row of the contract's error tables on the full answer: status, headers, body with keys in order."""

from __future__ import annotations

import httpx
import pytest

from tests.api import error_rows_form, error_rows_legacy, error_rows_typed
from tests.api.answers import JsonRow, assert_refused
from tests.api.error_rows_form import FormRow


@pytest.mark.parametrize("row", error_rows_legacy.LEGACY_ROWS, ids=lambda row: row[0])
def test_legacy_json(client: httpx.Client, row: JsonRow) -> None:
    _, path, body, expected = row
    assert_refused(client.post(path, json=body), expected)


@pytest.mark.parametrize("row", error_rows_typed.TYPED_ROWS, ids=lambda row: row[0])
def test_typed_json(client: httpx.Client, row: JsonRow) -> None:
    _, path, body, expected = row
    assert_refused(client.post(path, json=body), expected)


@pytest.mark.parametrize("row", error_rows_form.LEGACY_ROWS, ids=lambda row: row[0])
def test_legacy_form(client: httpx.Client, row: FormRow) -> None:
    _, path, fields, files, expected = row
    assert_refused(client.post(path, data=fields, files=files()), expected)


@pytest.mark.parametrize("row", error_rows_form.TYPED_ROWS, ids=lambda row: row[0])
def test_typed_form(client: httpx.Client, row: FormRow) -> None:
    _, path, fields, files, expected = row
    assert_refused(client.post(path, data=fields, files=files()), expected)
