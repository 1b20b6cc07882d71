"""What every answer carries, whatever happens inside: request id, version, time spent, limits.

The outermost layer.
"""

from __future__ import annotations

import time
import uuid
from functools import partial

import structlog
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from egaku.api.limits import REFUNDED
from egaku.api.paths import canonical_path
from egaku.api.state import AppState, Exchange
from egaku.contract.errors import ApiError

OPENAI_VERSION = "2020-10-01"

PROBES = ("healthz", "readyz", "read_metrics")
"""Endpoints asked every second by machines: logged at debug level only."""

log = structlog.get_logger(__name__)


def error_response(error: ApiError) -> Response:
    """An ApiError as an HTTP answer."""
    return Response(error.body(), error.status, error.headers, media_type="application/json")


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, partial(self._say_why, send))
            return
        started = time.perf_counter()
        exchange = _open(scope)
        status = 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if exchange.charge is not None and status in REFUNDED:
                    await exchange.charge.refund()
                    exchange.charge.release()
                    exchange.charge = None
                await self._add_headers(MutableHeaders(scope=message), exchange, started)
            await send(message)

        try:
            await self.app(scope, receive, send_enveloped)
        finally:
            if exchange.charge is not None:
                exchange.charge.release()
            self._note(scope, exchange, status, time.perf_counter() - started)

    async def _say_why(self, send: Send, message: Message) -> None:
        """A server that cannot start says why; where, a traceback, helps nobody who has to mend a setting."""
        why = getattr(self.app.state, "start_fault", None)
        if why is not None and message["type"] == "lifespan.startup.failed":
            message["message"] = why
        await send(message)

    def _note(self, scope: Scope, exchange: Exchange, status: int, seconds: float) -> None:
        """Log, count and trace a request that has ended."""
        # The route's name, never the path or query: a client may have put anything there.
        endpoint = getattr(scope.get("endpoint"), "__name__", "none")
        note = log.debug if endpoint in PROBES else log.info
        note(
            "request",
            request_id=exchange.request_id,
            method=scope["method"],
            endpoint=endpoint,
            status=status,
            error=exchange.error,
            ms=round(seconds * 1000, 1),
            key=exchange.key.id if exchange.key else None,
        )
        state: AppState = self.app.state.egaku
        state.metrics.answered(endpoint, status, seconds, exchange.stages, exchange.error)
        if endpoint not in PROBES:
            state.traces.request(
                endpoint,
                status,
                seconds,
                request_id=exchange.request_id,
                headers=scope["headers"],
                stages=exchange.stages,
                error=exchange.error,
            )

    async def _add_headers(self, headers: MutableHeaders, exchange: Exchange, started: float) -> None:
        state: AppState = self.app.state.egaku
        charge = exchange.charge
        limits = charge.headers if charge else await state.limiter.headers(exchange.owner, exchange.key)
        elapsed = (time.perf_counter() - started) * 1000
        headers.update(
            {
                "x-request-id": exchange.request_id,
                "openai-version": OPENAI_VERSION,
                "openai-organization": state.limiter.organization(exchange.key),
                "openai-processing-ms": str(round(elapsed)),
                "x-content-type-options": "nosniff",
                **limits,
                **exchange.headers,
            }
        )
        if exchange.stages:
            parts = (f"{name};dur={seconds * 1000:.2f}" for name, seconds in exchange.stages.items())
            headers["server-timing"] = ", ".join(parts)


def _open(scope: Scope) -> Exchange:
    """Start the exchange's notes and put the canonical path into the scope."""
    written = scope["path"]
    scope["path"], deployment = canonical_path(written)
    client = scope["client"][0] if scope.get("client") else "local"
    exchange = Exchange(f"req_{uuid.uuid4().hex}", written, deployment, client)
    scope["egaku.exchange"] = exchange
    return exchange
