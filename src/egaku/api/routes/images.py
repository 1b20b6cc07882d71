"""POST /images/generations, /edits and /variations: one function for the three, and three ways to answer.

At once, which is the default; as server-sent events (`stream`); or as a background job (`Prefer:
respond-async`). Each of them carried out once with an `Idempotency-Key` (retries.py).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from egaku.api.authentication import authenticate
from egaku.api.bodies import Body, read_body
from egaku.api.leaving import unless_gone
from egaku.api.limits import REFUNDED
from egaku.api.retries import Recording, Turn, fingerprint, idempotency_key, replay
from egaku.api.routes.jobs import (
    JOBS_PATH,
    SSE_HEADERS,
    job_body,
    job_id_of,
    job_object,
    wants_background,
)
from egaku.api.state import Exchange, exchange_of, state_of
from egaku.api.urls import base_url
from egaku.contract.dialects import Operation
from egaku.contract.errors import ApiError, InvalidRequest, Overloaded
from egaku.contract.requests import ImageRequest, parse_request
from egaku.generation.work import Caller, Work
from egaku.storage.replies import Reply

SEED_HEADER = "x-egaku-seed"
IGNORED_HEADER = "x-egaku-ignored-parameters"
WITHHELD_HEADER = "x-egaku-withheld-images"
"""Pictures of the request that moderation kept back."""
MAX_IGNORED = 500
"""Characters of ignored parameter names reported back."""
JSON = "application/json"
SSE = "text/event-stream; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One valid request, before anything is charged or drawn."""

    http: Request
    wanted: ImageRequest
    body: Body
    background: bool


async def create_images(request: Request) -> Response:
    """The endpoint of all three."""
    return await answer_images(request)


async def answer_images(request: Request, *, streams: bool = True) -> Response:
    """Receive, authenticate, validate; answer anew, or as before. `streams`: whether one may be asked for."""
    state, exchange = state_of(request), exchange_of(request)
    operation = Operation(request.scope["path"].removeprefix("/images/").partition(":")[0])
    await authenticate(request)
    key = idempotency_key(request)
    async with read_body(request, operation, state.settings.max_upload_mb * 2**20) as body:
        wanted = _parse(operation, body, exchange)
        asked = Asked(request, wanted, body, wants_background(request))
        try:
            if wanted.stream and not streams:
                raise InvalidRequest(
                    "This endpoint answers when it is asked for the result, and cannot stream it.",
                    param="stream",
                    code="invalid_value",
                )
            return await (_answer(asked) if key is None else _answer_once(asked, key))
        except ApiError as error:
            error.keys = wanted.dialect.wording.keys
            raise


async def _answer_once(asked: Asked, key: str) -> Response:
    """As kept, waiting for it if it is under way; else make it and keep it."""
    state, exchange = state_of(asked.http), exchange_of(asked.http)
    digest = await asyncio.to_thread(fingerprint, asked.wanted, asked.body, background=asked.background)
    claim = await unless_gone(asked.http, state.retries.claim(exchange.owner, key, digest))
    if isinstance(claim, Reply):
        return replay(claim)
    if asked.wanted.stream and not asked.background:
        return await _recorded(asked, claim)
    async with claim as turn:
        try:
            made = await _answer(asked, turn, job_id_of(exchange.owner, key, digest))
        except ApiError as error:
            if error.status == InvalidRequest.status:
                error.keys = asked.wanted.dialect.wording.keys
                await turn.finish(Reply(error.status, {"content-type": JSON}, error.body()))
            raise
        kept = {"content-type": JSON, **exchange.headers}
        kept |= {
            name: made.headers[name] for name in ("location", "preference-applied") if name in made.headers
        }
        if not await turn.finish(Reply(made.status_code, kept, bytes(made.body))):
            # One answer per key: this one is thrown away, and the next attempt gets the other.
            raise Overloaded("Another server answers this request.", headers={"Retry-After": "1"})
        return made


async def _answer(asked: Asked, turn: Turn | None = None, job_id: str | None = None) -> Response:
    """Charge, prepare, draw. Without a turn to keep, a client that hangs up ends its drawing."""
    if asked.background:
        return await _accepted(asked, job_id)
    work = await _prepared(asked)
    state, exchange = state_of(asked.http), exchange_of(asked.http)
    if asked.wanted.stream:
        return await _streamed(asked.http, state.service.stream(work))
    drawing = state.service.answer(work)
    body = await (unless_gone(asked.http, drawing) if turn is None else drawing)
    exchange.stages |= work.timing.stages()
    if work.withheld:
        exchange.headers[WITHHELD_HEADER] = str(work.withheld)
    return Response(body, media_type=JSON)


async def _prepared(asked: Asked) -> Work:
    state, exchange, wanted = state_of(asked.http), exchange_of(asked.http), asked.wanted
    owner = exchange.owner
    # What is certain to be refused is refused at once: no line, no charge, no judge.
    await state.limiter.allow(owner, exchange.key, wanted.n, wanted.model)
    state.pool.check_room(wanted.n + state.turnstile.images(owner), owner)
    async with state.turnstile.turn(owner, wanted.n):
        exchange.charge = await state.limiter.charge(owner, exchange.key, wanted.n, wanted.model)
        caller = caller_of(asked.http)
        work = await state.service.prepare(wanted, caller, asked.body.images, asked.body.mask)
    exchange.headers |= _report(work.seed, asked)
    return work


async def _accepted(asked: Asked, job_id: str | None) -> Response:
    """202: the job is committed, and will be drawn whatever happens to this connection or server."""
    state, exchange, wanted = state_of(asked.http), exchange_of(asked.http), asked.wanted
    if wanted.stream:
        raise InvalidRequest(
            "A background job cannot be streamed. Leave out 'stream' and listen to GET /v1/jobs/events.",
            param="stream",
            code="invalid_value",
        )
    owner = exchange.owner
    await state.limiter.allow(owner, exchange.key, wanted.n, wanted.model)
    state.jobs.check_room(owner)
    async with state.turnstile.turn(owner):
        exchange.charge = await state.limiter.charge(
            owner, exchange.key, wanted.n, wanted.model, under_way=False
        )
        caller = caller_of(asked.http)
        job = await state.jobs.submit(wanted, caller, asked.body.images, asked.body.mask, job_id)
    base = base_url(asked.http, state.settings)
    exchange.headers |= _report(job.fields["seed"], asked)
    headers = {"Location": f"{base}{JOBS_PATH}{job.id}", "Preference-Applied": "respond-async"}
    return Response(job_body(await job_object(state, job, base)), 202, headers, media_type=JSON)


async def _recorded(asked: Asked, claim: Turn) -> Response:
    """A stream that is drawn to its end and kept even when nobody reads it any more."""
    state, exchange = state_of(asked.http), exchange_of(asked.http)
    async with contextlib.AsyncExitStack() as stack:
        turn = await stack.enter_async_context(claim)
        try:
            work = await _prepared(asked)
        except ApiError as error:
            if error.status == InvalidRequest.status:
                error.keys = asked.wanted.dialect.wording.keys
                await turn.finish(Reply(error.status, {"content-type": JSON}, error.body()))
            raise
        charge, exchange.charge = exchange.charge, None
        if charge is not None:
            stack.callback(charge.release)
        recording = Recording(state.service.stream(work))
        rest = stack.pop_all()
    kept = {"content-type": SSE, **SSE_HEADERS, **exchange.headers}

    async def carry_on() -> None:
        async with rest:
            try:
                body = await recording.record()
                if body is not None:
                    await turn.finish(Reply(200, kept, body))
                elif charge is not None and recording.refused_with in REFUNDED:
                    await charge.refund()
            finally:
                recording.end()

    state.retries.carry_on(carry_on())
    return await _streamed(asked.http, recording.play())


def caller_of(request: Request) -> Caller:
    """Who asks, by which rules they are judged, and where they see this server."""
    state, exchange = state_of(request), exchange_of(request)
    policy = (exchange.key and exchange.key.moderation) or state.settings.moderation
    return Caller(exchange.owner, base_url(request, state.settings), policy, exchange.request_id)


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


def _report(seed: int, asked: Asked) -> dict[str, str]:
    """What the caller should know beyond the body: the seed used, and what was not."""
    headers = {SEED_HEADER: str(seed)}
    ignored = [*asked.wanted.ignored, *(facts.name for facts in asked.body.image_facts[1:])]
    if ignored:
        printable = ", ".join(name.encode("ascii", "backslashreplace").decode() for name in ignored)
        headers[IGNORED_HEADER] = "".join(c if c.isprintable() else "?" for c in printable)[:MAX_IGNORED]
    return headers


async def _streamed(request: Request, events: AsyncGenerator[bytes]) -> Response:
    """Server-sent events. What fails before the first one is still an ordinary HTTP error."""
    first = await unless_gone(request, anext(events))

    async def all_events() -> AsyncIterator[bytes]:
        async with contextlib.aclosing(events):
            yield first
            async for event in events:
                yield event

    return StreamingResponse(all_events(), media_type="text/event-stream", headers=SSE_HEADERS)
