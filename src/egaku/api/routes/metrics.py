"""GET /metrics: counters for Prometheus. Once there are keys, an admin key must ask."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate_admin
from egaku.api.metrics import CONTENT_TYPE
from egaku.api.state import state_of


async def read_metrics(request: Request) -> Response:
    """Everything counted since the server started."""
    state = state_of(request)
    if await state.keys.any_exist() and not state.settings.open_metrics:
        await authenticate_admin(request)
    return Response(state.metrics.text(), headers={"Content-Type": CONTENT_TYPE})
