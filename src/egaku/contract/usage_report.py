"""OpenAI's usage report of images: its parameters, pages and buckets.

`GET /v1/organization/usage/images` as the public API documents it, by UTC day. There are no projects here,
and nothing is kept by the hour: what asks for these is refused, not answered with something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from egaku.contract.errors import InvalidRequest

DAY = 86_400
DEFAULT_BUCKETS = 7
MAX_BUCKETS = 31
MAX_TIME = 253_402_214_400
"""Unix seconds of 9999-12-31: the last day a date can name."""
MAX_VALUES = 100
"""Of one filter."""

SOURCES = {
    "image.generation": "generations",
    "image.edit": "edits",
    "image.variation": "variations",
}
"""The report's word for each operation."""
GROUPS = {"api_key_id": "key", "user_id": "user", "model": "model", "size": "size", "source": "operation"}
"""What can be grouped by, and what it is called in the store."""
LISTS = ("group_by", "api_key_ids", "user_ids", "models", "sizes", "sources")
SCALARS = ("start_time", "end_time", "bucket_width", "limit", "page")

PAGE = "page_([0-9]{1,7})"
SIZE = "[1-9][0-9]{0,4}x[1-9][0-9]{0,4}"


@dataclass(frozen=True, slots=True)
class UsageQuery:
    """One page of a report. Days are counted from 1970-01-01."""

    first_day: int
    last_day: int
    """Of this page, inclusive; below `first_day` when the range is empty."""
    next_day: int | None
    """Where the next page begins."""
    group_by: Sequence[str] = ()
    """Names of GROUPS."""
    owners: Sequence[str] = ()
    models: Sequence[str] = ()
    sizes: Sequence[str] = ()
    operations: Sequence[str] = ()
    users: Sequence[str] = ()


class Counted(TypedDict):
    """One result before it is shaped."""

    day: int
    group: dict[str, str | None]
    """By the report's names."""
    images: int
    requests: int


def parse_usage_query(items: Iterable[tuple[str, str]], now: float) -> UsageQuery:
    """Read a query string's pairs. Lists come as `name` or `name[]`, repeated. Raises InvalidRequest."""
    scalars, lists = _sorted_out(items)
    if "start_time" not in scalars:
        raise InvalidRequest(
            "Missing required parameter: 'start_time'.", param="start_time", code="missing_required_parameter"
        )
    if (width := scalars.get("bucket_width", "1d")) != "1d":
        raise _invalid("bucket_width", width, "This server counts by day: the only supported value is '1d'.")
    start = _integer(scalars, "start_time", 0, MAX_TIME, 0)
    end = _integer(scalars, "end_time", 0, MAX_TIME, min(int(now) + 1, MAX_TIME))
    limit = _integer(scalars, "limit", 1, MAX_BUCKETS, DEFAULT_BUCKETS)
    first = start // DAY
    if (page := scalars.get("page")) is not None:
        match = re.fullmatch(PAGE, page)
        if not match or int(match[1]) > MAX_TIME // DAY:
            raise _invalid("page", page, "Pass the 'next_page' of the answer before.")
        first = max(first, int(match[1]))
    # The end is exclusive; a day that has begun counts.
    last_of_all = (end - 1) // DAY
    last = min(last_of_all, first + limit - 1)
    _check("group_by", lists["group_by"], GROUPS)
    _check("sources", lists["sources"], SOURCES)
    for size in lists["sizes"]:
        if not re.fullmatch(SIZE, size):
            raise _invalid("sizes", size, "Expected a size such as '1024x1024'.")
    return UsageQuery(
        first_day=first,
        last_day=last,
        next_day=last + 1 if last < last_of_all else None,
        group_by=tuple(dict.fromkeys(lists["group_by"])),
        owners=lists["api_key_ids"],
        models=lists["models"],
        sizes=lists["sizes"],
        operations=[SOURCES[source] for source in lists["sources"]],
        users=lists["user_ids"],
    )


def usage_page(query: UsageQuery, counted: Iterable[Counted]) -> dict[str, Any]:
    """The answer: one bucket per day, empty ones too."""
    results: dict[int, list[dict[str, Any]]] = {day: [] for day in range(query.first_day, query.last_day + 1)}
    for one in counted:
        names = ("project_id", *GROUPS)
        results[one["day"]].append(
            {
                "object": "organization.usage.images.result",
                "images": one["images"],
                "num_model_requests": one["requests"],
                **{name: one["group"].get(name) for name in names},
            }
        )
    return {
        "object": "page",
        "data": [
            {"object": "bucket", "start_time": day * DAY, "end_time": (day + 1) * DAY, "results": found}
            for day, found in results.items()
        ],
        "has_more": query.next_day is not None,
        "next_page": None if query.next_day is None else f"page_{query.next_day}",
    }


def _sorted_out(items: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    scalars: dict[str, str] = {}
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    for written, value in items:
        name = written.removesuffix("[]")
        if name in lists:
            lists[name].append(value)
            if len(lists[name]) > MAX_VALUES:
                raise InvalidRequest(
                    f"Invalid '{name}': at most {MAX_VALUES} values.", param=name, code="invalid_value"
                )
        elif name in SCALARS:
            scalars[name] = value
        elif name == "project_ids":
            raise InvalidRequest(
                "Invalid 'project_ids': this server has no projects.",
                param=name,
                code="unsupported_parameter",
            )
        else:
            raise InvalidRequest(
                f"Unknown parameter: '{written[:100]}'.", param=written[:100], code="unknown_parameter"
            )
    return scalars, lists


def _integer(values: dict[str, str], name: str, least: int, most: int, default: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,15}", text) or not least <= int(text) <= most:
        raise _invalid(name, text, f"Expected an integer from {least} to {most}.")
    return int(text)


def _check(name: str, values: Sequence[str], known: Iterable[str]) -> None:
    for value in values:
        if value not in known:
            listed = ", ".join(f"'{one}'" for one in known)
            raise _invalid(name, value, f"Supported values are: {listed}.")


def _invalid(name: str, value: str, hint: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid value: '{value[:100]}'. {hint}", param=name, code="invalid_value")
