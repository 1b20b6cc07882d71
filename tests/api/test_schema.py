"""GET /openapi.json: every route is in it, and nothing that is no route; its numbers are the server's."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from egaku import __version__
from egaku.api.app import ROUTES
from egaku.api.origins import EXPOSED
from egaku.api.paths import canonical_path
from egaku.api.routes import reports
from egaku.api.routes.web import PLACES
from egaku.contract.errors import ApiError
from egaku.contract.openapi import TAGS, openapi
from egaku.contract.openapi.jobs import EVENTS, PICTURE_NAME, STATUSES
from egaku.contract.openapi.service import MAX_ID, MAX_NOTE, MAX_PROMPT
from egaku.generation.broadcast import Happening
from egaku.storage.images import linkable
from egaku.storage.jobs import Status

NOT_THE_API = {"/", *PLACES, "/assets/{name}", "/icon.svg", "/app/session", "/app/admin-session"}
"""The web app: its addresses, its files, its sessions."""
AZURE = {"/images/generations:submit", "/openai/operations/images/{id}"}
"""Another vendor's two steps for one of ours."""
DOCUMENT = openapi(__version__)

Done = tuple[str, str]
"""A method and a path."""


def documented() -> set[Done]:
    return {
        (method.upper(), canonical_path(path).path)
        for path, item in DOCUMENT["paths"].items()
        for method in item
    }


def routed() -> set[Done]:
    return {
        (method, route.path.replace(":path}", "}"))
        for route in ROUTES
        if route.path not in NOT_THE_API | AZURE
        for method in route.methods or ()
        if method != "HEAD"
    }


def test_every_route_is_documented_and_nothing_else() -> None:
    assert documented() == routed()
    assert len(routed()) >= 30


def test_the_exceptions_are_routes() -> None:
    assert {route.path for route in ROUTES} >= NOT_THE_API | AZURE


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", found)
        for path, item in DOCUMENT["paths"].items()
        for method, found in item.items()
    ]


@pytest.mark.parametrize(("name", "found"), operations(), ids=[name for name, _ in operations()])
def test_every_operation_says_what_any_path_can_answer(name: str, found: dict[str, Any]) -> None:
    assert set(found["responses"]) >= {"400", "403", "405", "408", "431", "500", "503"}, name
    assert found["tags"][0] in TAGS
    assert ("401" in found["responses"]) == (found.get("security") != [])


def test_every_status_of_an_error_is_used() -> None:
    kinds = [ApiError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    used = {status for _, found in operations() for status in found["responses"]}
    assert {str(kind.status) for kind in kinds} <= used


def test_names_and_numbers_are_the_servers() -> None:
    assert set(STATUSES) == set(Status)
    assert set(EVENTS) == {"snapshot", *Happening}
    assert (MAX_ID, MAX_NOTE, MAX_PROMPT) == (reports.MAX_ID, reports.MAX_NOTE, reports.MAX_PROMPT)
    for name in ("img-{}.png", "job-{}.webp", "in-{}.bin", "img-{}.gif", "x{}.png"):
        assert bool(re.search(PICTURE_NAME, name.format("aZ9" * 8))) == linkable(name.format("aZ9" * 8))


def test_pages_elsewhere_may_read_every_header() -> None:
    answers = [*DOCUMENT["components"]["responses"].values()]
    answers += [answer for _, found in operations() for answer in found["responses"].values()]
    named = {name for answer in answers for name in answer.get("headers", {})}
    assert named == set(EXPOSED.split(", "))
    assert len(named) >= 14


def test_it_is_served(client: httpx.Client) -> None:
    served = client.get("/openapi.json").json()
    assert served == DOCUMENT
    assert [error.message for error in OpenAPIV31SpecValidator(served).iter_errors()] == []
