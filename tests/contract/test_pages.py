"""Pages of lists: every parameter understood or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.contract.errors import InvalidRequest
from egaku.contract.pages import MAX_LIMIT, ORDERED, page_object, parse_page

CHOICES = {**ORDERED, "status": ("open", "closed")}


@pytest.mark.parametrize(
    ("values", "after", "limit", "newest_first"),
    [
        ({}, None, 20, False),
        ({"limit": "1", "after": "key_x"}, "key_x", 1, False),
        ({"limit": "100", "order": "desc"}, None, 100, True),
        ({"limit": "007", "order": "asc"}, None, 7, False),
    ],
)
def test_good(values: dict[str, str], after: str | None, limit: int, newest_first: bool) -> None:
    page = parse_page(values)
    assert (page.after, page.limit, page.newest_first) == (after, limit, newest_first)


def test_a_parameter_of_the_lists_own() -> None:
    assert parse_page({"status": "open"}, CHOICES).chosen == {"status": "open"}


@pytest.mark.parametrize(
    ("values", "param", "code"),
    [
        *(
            ({"limit": text}, "limit", "invalid_value")
            for text in ("", "0", "101", "-1", "1.0", "٣", "１", "9" * 5000)
        ),
        ({"order": "up"}, "order", "invalid_value"),
        ({"order": ""}, "order", "invalid_value"),
        ({"status": "both" * 500}, "status", "invalid_value"),
        ({"before": "x"}, "before", "unknown_parameter"),
        ({"x" * 500: "x"}, "x" * 100, "unknown_parameter"),
    ],
)
def test_wrong(values: dict[str, str], param: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_page(values, CHOICES)
    assert (caught.value.param, caught.value.code) == (param, code)
    assert len(caught.value.message) < 300


@pytest.mark.parametrize(("name", "choices"), [("order", {}), ("status", ORDERED)])
def test_a_parameter_of_another_list_is_unknown(name: str, choices: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_page({name: "open"}, choices)
    assert (refused.value.param, refused.value.code) == (name, "unknown_parameter")


@given(st.dictionaries(st.sampled_from(["after", "limit", "order", "status"]), st.text(max_size=20)))
def test_any_query_is_understood_or_named(values: dict[str, str]) -> None:
    try:
        page = parse_page(values, CHOICES)
    except InvalidRequest as error:
        refused = error
    else:
        assert 1 <= page.limit <= MAX_LIMIT
        assert page.after == values.get("after")
        assert page.chosen.get("status") == values.get("status")
        assert page.newest_first == (values.get("order") == "desc")
        return
    assert refused.param in values


def test_objects() -> None:
    one, two = {"id": "a"}, {"id": "b"}
    assert page_object([one, two], has_more=True) == {
        "object": "list", "data": [one, two], "first_id": "a", "last_id": "b", "has_more": True,
    }  # fmt: skip
    assert page_object([], has_more=False)["last_id"] is None
