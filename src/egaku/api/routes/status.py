"""GET /organization/status: this server at a glance, for administrators. /metrics tells machines more."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku import __version__
from egaku.api.authentication import authenticate_admin
from egaku.api.routes.health import examine
from egaku.api.state import state_of
from egaku.contract.status import ServerStatus


async def read_status(request: Request) -> Response:
    """How it is, what it has to do, what it refused, and the limits of keys that have none of their own."""
    await authenticate_admin(request)
    state = state_of(request)
    health, pool, settings = await examine(state), state.pool, state.settings
    status: ServerStatus = {
        "object": "organization.status",
        "version": __version__,
        "engine": settings.engine,
        "started_at": state.metrics.started_at,
        "ready": health.ready,
        "checks": health.checks,
        "judges": health.judges,
        "queue": {"waiting": pool.waiting, "places": pool.max_waiting, "drawing": pool.drawing},
        "workers": {"wanted": pool.wanted, "alive": pool.alive, "able": pool.able},
        "errors": [{"code": code, "count": count} for code, count in state.metrics.errors().most_common()],
        "limits": {
            "images_per_minute": settings.images_per_minute,
            "images_per_day": settings.images_per_day,
            "images_per_month": settings.images_per_month,
            "max_concurrent": settings.max_concurrent,
            "organization": settings.organization,
            "moderation": settings.moderation,
        },
    }
    return Response(
        orjson.dumps(status), media_type="application/json", headers={"Cache-Control": "no-store"}
    )
