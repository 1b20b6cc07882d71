"""GET /healthz: the process answers. GET /readyz: it can draw."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from egaku.api.state import AppState, state_of
from egaku.storage.health import OK


@dataclass(frozen=True, slots=True)
class Health:
    """Whether it can draw, and what says so: "ok", or a word for what is wrong."""

    ready: bool
    checks: dict[str, str]
    judges: dict[str, str]


async def healthz(_: Request) -> Response:
    """200 as long as the event loop turns."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """200 when a worker is able to draw and the stores answer, else 503; `checks` says what is wrong."""
    health = await examine(state_of(request))
    answer = {
        "status": "ready" if health.ready else "not ready",
        "checks": health.checks,
        "judges": health.judges,
    }
    return JSONResponse(answer, 200 if health.ready else 503, {} if health.ready else {"Retry-After": "1"})


async def examine(state: AppState) -> Health:
    """How the server is now."""
    checks = {"engine": OK if state.pool.ready else "not able to draw", **await state.stores.check()}
    # A judge that is down refuses what it should have judged, or not, as the operator chose: others go on.
    judges = {name: health.reason or OK for name, health in state.moderation.health().items()}
    return Health(ready=all(verdict == OK for verdict in checks.values()), checks=checks, judges=judges)
