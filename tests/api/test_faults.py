"""What nobody foresaw is answered in the API's shape, and nobody reads its words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import structlog.testing
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from egaku.api.app import create_app
from egaku.api.faults import Faults
from egaku.api.state import Exchange
from egaku.contract.errors import ServerError
from egaku.settings import Settings

SECRET = "a private prompt"


async def raises(_: Request) -> Response:
    raise KeyError(SECRET)


async def breaks(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a"
        raise KeyError(SECRET)

    return StreamingResponse(parts())


def application() -> Starlette:
    return Starlette(
        routes=[Route("/raises", raises), Route("/breaks", breaks)], middleware=[Middleware(Faults)]
    )


def ask(app: ASGIApp, path: str) -> tuple[list[Message], Exchange]:
    """What was sent in answer to a GET, and the notes on it."""
    exchange = Exchange("req_1", path, None, "127.0.0.1")
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [], "egaku.exchange": exchange,
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()  # the client says no more
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    return sent, exchange


def test_it_is_answered_in_the_apis_shape() -> None:
    with structlog.testing.capture_logs() as logs:
        (start, body), exchange = ask(application(), "/raises")
    assert start["status"] == 500
    assert (b"content-type", b"application/json") in start["headers"]
    assert json.loads(body["body"]) == ServerError().payload()
    assert exchange.error == ServerError.type
    (entry,) = logs
    assert (entry["event"], entry["kind"], entry["request_id"]) == ("request failed", "KeyError", "req_1")
    assert any(where.endswith(" raises") for where in entry["where"])
    assert SECRET not in str(logs)


def test_an_answer_that_has_begun_breaks_off_without_words() -> None:
    with structlog.testing.capture_logs() as logs, pytest.raises(RuntimeError) as caught:
        ask(application(), "/breaks")
    assert str(caught.value) == "the answer broke off"
    assert caught.value.__suppress_context__
    assert SECRET not in str(logs)


def test_every_route_is_within() -> None:
    assert "Faults" in str(create_app(Settings()).app.user_middleware)
