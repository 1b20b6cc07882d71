"""What a key can be told: every field's range, and every wrong value named."""

from __future__ import annotations

import pytest

from egaku.contract.errors import InvalidRequest
from egaku.contract.keys import parse_key_fields

GOOD = [
    {"name": "x"},
    {"name": "x" * 200, "images_per_minute": 1, "images_per_day": None},
    {"name": "x", "models": ["dall-e-2"], "moderation": "off", "organization": "org-1", "user": "描く"},
    {"name": "x", "images_per_minute": 1_000_000, "images_per_month": 1_000_000_000, "max_concurrent": 1},
    {"name": "x", "images_per_day": 5.0},
]


@pytest.mark.parametrize("body", GOOD)
def test_good(body: object) -> None:
    assert parse_key_fields(body, new=True) == body


WRONG = [
    ({}, "name", "missing_required_parameter"),
    ({"name": ""}, "name", "invalid_value"),
    ({"name": None}, "name", "invalid_value"),
    ({"name": "x" * 201}, "name", "invalid_value"),
    ({"name": "a\0b"}, "name", "invalid_value"),
    ({"name": "\ud800"}, "name", "invalid_value"),
    ({"name": "x", "user": "\0"}, "user", "invalid_value"),
    ({"name": "x", "models": ["a\0"]}, "models", "invalid_value"),
    ({"name": "x", "images_per_day": 0}, "images_per_day", "invalid_value"),
    ({"name": "x", "images_per_day": "5"}, "images_per_day", "invalid_value"),
    ({"name": "x", "images_per_day": True}, "images_per_day", "invalid_value"),
    ({"name": "x", "images_per_minute": 1_000_001}, "images_per_minute", "invalid_value"),
    ({"name": "x", "images_per_month": 10**18}, "images_per_month", "invalid_value"),
    ({"name": "x", "max_concurrent": 1.5}, "max_concurrent", "invalid_value"),
    ({"name": "x", "models": []}, "models", "invalid_value"),
    ({"name": "x", "models": "dall-e-2"}, "models", "invalid_value"),
    ({"name": "x", "models": [""]}, "models", "invalid_value"),
    ({"name": "x", "organization": "a b"}, "organization", "invalid_value"),
    ({"name": "x", "organization": "a\r\nb"}, "organization", "invalid_value"),
    ({"name": "x", "moderation": "none"}, "moderation", "invalid_value"),
    ({"name": "x", "is_admin": True}, "is_admin", "unknown_parameter"),
    ({"name": "x", "hash": "0"}, "hash", "unknown_parameter"),
    ([], None, None),
    (None, None, None),
    ("x", None, None),
]


@pytest.mark.parametrize(("body", "param", "code"), WRONG, ids=repr)
def test_wrong(body: object, param: str | None, code: str | None) -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_key_fields(body, new=True)
    assert (caught.value.param, caught.value.code) == (param, code)
    assert param is None or f"'{param}'" in caught.value.message


def test_changes_need_no_name_but_something() -> None:
    assert parse_key_fields({"images_per_day": None}, new=False) == {"images_per_day": None}
    with pytest.raises(InvalidRequest, match="at least one field"):
        parse_key_fields({}, new=False)
