"""Azure's first image API (2023-06-01-preview): submit, then poll. openai-python 0.28 speaks it with
`api_type="azure"`.

Pictures take milliseconds to seconds here, so the submission draws at once and the poll finds the result.
"""

from __future__ import annotations

import time

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate
from egaku.api.routes.images import answer_images
from egaku.api.state import exchange_of, state_of
from egaku.api.urls import base_url
from egaku.contract.errors import NotFound

OPERATIONS_PATH = "/openai/operations/images/"


async def submit(request: Request) -> Response:
    """POST /openai/images/generations:submit: draw, and say where the result is."""
    drawn = await answer_images(request, streams=False)
    if drawn.status_code != 200 or not isinstance(drawn.body, bytes):
        return drawn
    state, owner = state_of(request), exchange_of(request).owner
    identifier = state.submissions.put(owner, drawn.body)
    where = f"{base_url(request, state.settings)}{OPERATIONS_PATH}{identifier}?api-version=2023-06-01-preview"
    return Response(
        orjson.dumps({"id": identifier, "status": "notRunning"}),
        202,
        {"Operation-Location": where, "Retry-After": "1"},
        media_type="application/json",
    )


async def poll(request: Request) -> Response:
    """GET /openai/operations/images/{id}: the finished result, to its owner only."""
    await authenticate(request)
    identifier = request.path_params["id"]
    answer = state_of(request).submissions.find(exchange_of(request).owner, identifier)
    if answer is None:
        raise NotFound(f"No such operation: {identifier[:64]}", code="operation_not_found")
    now = int(time.time())
    result = orjson.loads(answer)
    body = {"id": identifier, "status": "succeeded", "created": now, "expires": now + 3600, "result": result}
    return Response(orjson.dumps(body), media_type="application/json")
