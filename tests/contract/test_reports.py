"""Reports on the wire: who reported is a key or nobody, an outcome is one of two or none."""

from __future__ import annotations

import pytest

from egaku.contract.errors import InvalidRequest
from egaku.contract.reports import parse_outcome, report_object

FIELDS = {
    "id": "report_1", "owner": "key_a", "request_id": "req_1", "where": "prompt", "categories": ("hate",),
    "policy": "standard", "note": "a play", "prompt": None, "created_at": 1, "reviewed_at": None,
    "outcome": None,
}  # fmt: skip


def test_addresses_are_not_shown() -> None:
    assert report_object(FIELDS)["api_key_id"] == "key_a"
    shown = report_object({**FIELDS, "owner": "anonymous@10.0.0.1"})
    assert shown["api_key_id"] is None
    assert "10.0.0.1" not in str(shown)


def test_status() -> None:
    assert report_object(FIELDS)["status"] == "open"
    assert report_object({**FIELDS, "reviewed_at": 2, "outcome": "right"})["status"] == "closed"


@pytest.mark.parametrize("outcome", ["wrong", "right", None])
def test_outcomes(outcome: str | None) -> None:
    assert parse_outcome({"outcome": outcome}) == outcome


@pytest.mark.parametrize(
    ("body", "param", "code"),
    [
        ({}, "outcome", "missing_required_parameter"),
        ({"outcome": "maybe"}, "outcome", "invalid_value"),
        ({"outcome": True}, "outcome", "invalid_value"),
        ({"outcome": ["wrong"]}, "outcome", "invalid_value"),
        ({"outcome": "wrong", "note": "x"}, "note", "unknown_parameter"),
    ],
)
def test_wrong_bodies(body: dict[str, object], param: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_outcome(body)
    assert (refused.value.param, refused.value.code) == (param, code)
