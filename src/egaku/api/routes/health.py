"""GET /healthz: the process answers. GET /readyz: it can draw."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from egaku.api.state import state_of


async def healthz(_: Request) -> Response:
    """200 as long as the event loop turns."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """200 when a worker can draw, else 503."""
    if state_of(request).pool.ready:
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "starting"}, 503, {"Retry-After": "1"})
