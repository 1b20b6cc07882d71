"""POST /moderations/reports: "this decision is wrong". What is stored is what the caller sends, no more."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate
from egaku.api.bodies import read_json
from egaku.api.state import exchange_of, state_of
from egaku.contract.errors import InvalidRequest, NotFound, RateLimited

MAX_BYTES = 256 * 1024
MAX_NOTE = 2000
MAX_PROMPT = 32_000
MAX_ID = 64
NUL = "\0"
"""PostgreSQL cannot store it."""
PER_DAY = 100
"""Reports one caller may send in 24 hours."""


async def report_decision(request: Request) -> Response:
    """Keep a report on a refusal of the last hour: `{"request_id", "note"?, "prompt"?}` → 201."""
    await authenticate(request)
    state, owner = state_of(request), exchange_of(request).owner
    fields = await read_json(request, MAX_BYTES)
    unknown = next((name for name in fields if name not in {"request_id", "note", "prompt"}), None)
    if unknown is not None:
        shown = unknown[:100]
        raise InvalidRequest(f"Unknown parameter: '{shown}'.", param=shown, code="unknown_parameter")
    request_id = _text(fields, "request_id", MAX_ID)
    note, prompt = _text(fields, "note", MAX_NOTE), _text(fields, "prompt", MAX_PROMPT)
    if not request_id:
        raise InvalidRequest(
            "Missing required parameter: 'request_id'.",
            param="request_id",
            code="missing_required_parameter",
        )
    decision = state.decisions.find(request_id, owner)
    if decision is None:
        raise NotFound(
            f"No refusal with request ID '{request_id}' in the last hour.",
            param="request_id",
            code="decision_not_found",
        )
    if await state.reports.count_today(owner) >= PER_DAY:
        raise RateLimited(
            f"You have sent {PER_DAY} reports in the last 24 hours. Try again tomorrow.",
            code="rate_limit_exceeded",
            headers={"X-Should-Retry": "false"},
        )
    report = await state.reports.add(
        owner,
        request_id,
        where=decision.where,
        categories=decision.categories,
        policy=decision.policy,
        note=note or "",
        prompt=prompt,
    )
    body = {"id": report.id, "object": "moderation.report", "created_at": report.created_at}
    return Response(orjson.dumps(body), 201, media_type="application/json")


def _text(fields: dict[str, object], name: str, longest: int) -> str | None:
    """A string field, or None where it is absent or null."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidRequest(
            f"Invalid type for '{name}': expected a string.", param=name, code="invalid_type"
        )
    if NUL in value:
        raise InvalidRequest(
            f"Invalid '{name}': it holds a character that cannot be stored.",
            param=name,
            code="invalid_value",
        )
    if len(value) > longest:
        raise InvalidRequest(
            f"Invalid '{name}': string too long. Expected a string with maximum length {longest}, but got a "
            f"string with length {len(value)} instead.",
            param=name,
            code="string_above_max_length",
        )
    return value
