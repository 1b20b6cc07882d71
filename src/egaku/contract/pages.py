"""Lists are given by the page: what a query string may ask for, and what one page looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from egaku.contract.errors import InvalidRequest
from egaku.contract.wording import Typed

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
ORDERS = ("asc", "desc")
ORDERED: Mapping[str, Sequence[str]] = {"order": ORDERS}

WORDING = Typed()


class Page(NamedTuple):
    """Which part of a list is wanted."""

    after: str | None
    """Id of the last one before it."""
    limit: int
    chosen: Mapping[str, str]
    """Of the list's own parameters, those that were sent."""

    @property
    def newest_first(self) -> bool:
        """By age, the oldest last."""
        return self.chosen.get("order") == "desc"


def parse_page(values: Mapping[str, str], choices: Mapping[str, Sequence[str]] = ORDERED) -> Page:
    """Read a query string. `choices`: the list's own parameters and their values. Raises InvalidRequest."""
    for name, value in values.items():
        if name in choices and value not in choices[name]:
            raise WORDING.not_one_of(name, choices[name], value[:100])
        if name not in ("after", "limit", *choices):
            raise WORDING.unknown(name)
    limit = values.get("limit", str(DEFAULT_LIMIT))
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:9]) <= MAX_LIMIT:
        raise InvalidRequest(
            f"Invalid value: '{limit[:100]}'. Expected an integer from 1 to {MAX_LIMIT}.",
            param="limit",
            code="invalid_value",
        )
    chosen = {name: values[name] for name in choices if name in values}
    return Page(values.get("after"), int(limit[:9]), chosen)


def page_object(objects: Sequence[Mapping[str, Any]], *, has_more: bool) -> dict[str, Any]:
    """One page, in OpenAI's shape."""
    return {
        "object": "list",
        "data": list(objects),
        "first_id": objects[0]["id"] if objects else None,
        "last_id": objects[-1]["id"] if objects else None,
        "has_more": has_more,
    }
