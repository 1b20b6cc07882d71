"""POST /images/generations, /edits and /variations: one function for the three."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from egaku.api.authentication import authenticate
from egaku.api.bodies import Body, read_body
from egaku.api.state import Exchange, exchange_of, state_of
from egaku.api.urls import base_url
from egaku.contract.dialects import Operation
from egaku.contract.errors import ApiError
from egaku.contract.requests import ImageRequest, parse_request
from egaku.generation.service import Caller, Work

SEED_HEADER = "x-egaku-seed"
IGNORED_HEADER = "x-egaku-ignored-parameters"
MAX_IGNORED = 500
"""Characters of ignored parameter names reported back."""
SSE_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}

T = TypeVar("T")


async def create_images(request: Request) -> Response:
    """Receive, authenticate, validate, limit, draw, answer."""
    state, exchange = state_of(request), exchange_of(request)
    operation = Operation(request.scope["path"].removeprefix("/images/").partition(":")[0])
    await authenticate(request)
    async with read_body(request, operation, state.settings.max_upload_mb * 2**20) as body:
        wanted = _parse(operation, body, exchange)
        try:
            await state.limiter.charge(exchange.owner, _per_minute(exchange), wanted.n)
            caller = Caller(exchange.owner, base_url(request, state.settings))
            work = await state.service.prepare(wanted, caller, body.images, body.mask)
            exchange.headers |= _report(work, wanted, body)
            if wanted.stream:
                return await _streamed(request, state.service.stream(work))
            answer = await _unless_gone(request, state.service.answer(work))
        except ApiError as error:
            error.keys = wanted.dialect.wording.keys
            raise
    exchange.stages |= work.timing.stages()
    return Response(answer, media_type="application/json")


def _parse(operation: Operation, body: Body, exchange: Exchange) -> ImageRequest:
    if exchange.deployment and not body.values.get("model"):
        body.values["model"] = exchange.deployment
    return parse_request(
        operation,
        body.values,
        form=body.is_form,
        images=body.image_facts,
        mask=body.mask_facts,
        image_fault=body.image_fault,
    )


def _per_minute(exchange: Exchange) -> int | None:
    return exchange.key.images_per_minute if exchange.key else None


def _report(work: Work, wanted: ImageRequest, body: Body) -> dict[str, str]:
    """What the caller should know beyond the body: the seed used, and what was not."""
    headers = {SEED_HEADER: str(work.seed)}
    ignored = [*wanted.ignored, *(facts.name for facts in body.image_facts[1:])]
    if ignored:
        printable = ", ".join(name.encode("ascii", "backslashreplace").decode() for name in ignored)
        headers[IGNORED_HEADER] = "".join(c if c.isprintable() else "?" for c in printable)[:MAX_IGNORED]
    return headers


async def _streamed(request: Request, events: AsyncGenerator[bytes]) -> Response:
    """Server-sent events. What fails before the first one is still an ordinary HTTP error."""
    first = await _unless_gone(request, anext(events))

    async def all_events() -> AsyncIterator[bytes]:
        async with contextlib.aclosing(events):
            yield first
            async for event in events:
                yield event

    return StreamingResponse(all_events(), media_type="text/event-stream", headers=SSE_HEADERS)


async def _unless_gone(request: Request, answer: Awaitable[T]) -> T:
    """The answer. A client that hangs up ends its own drawing: ClientDisconnect."""
    drawing = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((drawing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not drawing.done():
            raise ClientDisconnect
        return await drawing
    finally:
        leaving.cancel()
        drawing.cancel()
        await asyncio.gather(leaving, drawing, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Returns when the client has hung up. The body has been read, so nothing else can come."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
