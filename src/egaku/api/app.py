"""The application: routes, what they share, and how errors are answered."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import cast

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Route

from egaku.api.envelope import Envelope, error_response
from egaku.api.faults import Faults
from egaku.api.opening import START_FAULTS, open_state
from egaku.api.origins import Origins
from egaku.api.routes.admin import admin_routes
from egaku.api.routes.azure import poll, submit
from egaku.api.routes.files import read_file
from egaku.api.routes.health import healthz, readyz
from egaku.api.routes.images import create_images
from egaku.api.routes.jobs import cancel_job, delete_job, list_jobs, read_job, stream_jobs
from egaku.api.routes.metrics import read_metrics
from egaku.api.routes.models import list_models, retrieve_model
from egaku.api.routes.moderations import create_moderation
from egaku.api.routes.pictures import delete_picture
from egaku.api.routes.reports import report_decision
from egaku.api.routes.review import (
    delete_report,
    list_reports,
    retrieve_report,
    review_report,
    summarize_moderation,
)
from egaku.api.routes.schema import read_schema
from egaku.api.routes.session import (
    close_admin_session,
    close_session,
    open_admin_session,
    open_session,
    read_admin_session,
    read_session,
)
from egaku.api.routes.status import read_status
from egaku.api.routes.usage import read_own_usage, read_usage
from egaku.api.routes.web import PLACES, read_asset, read_icon, read_page, show_nothing
from egaku.api.state import exchange_of
from egaku.contract.dialects import Operation
from egaku.contract.errors import ApiError, InvalidRequest, MethodNotAllowed, NotFound, ServerError
from egaku.settings import Settings
from egaku.storage.failures import as_api_error

ROUTES = [
    *(Route(place, read_page, methods=["GET"]) for place in ("/", *PLACES)),
    Route("/assets/{name}", read_asset, methods=["GET"]),
    Route("/icon.svg", read_icon, methods=["GET"]),
    Route("/app/session", open_session, methods=["POST"]),
    Route("/app/session", read_session, methods=["GET"]),
    Route("/app/session", close_session, methods=["DELETE"]),
    Route("/app/admin-session", open_admin_session, methods=["POST"]),
    Route("/app/admin-session", read_admin_session, methods=["GET"]),
    Route("/app/admin-session", close_admin_session, methods=["DELETE"]),
    *(Route(f"/images/{operation}", create_images, methods=["POST"]) for operation in Operation),
    Route("/images/generations:submit", submit, methods=["POST"]),
    Route("/openai/operations/images/{id}", poll, methods=["GET"]),
    Route("/models", list_models, methods=["GET"]),
    Route("/models/{model:path}", retrieve_model, methods=["GET"]),
    Route("/moderations", create_moderation, methods=["POST"]),
    Route("/moderations/reports", report_decision, methods=["POST"]),
    Route("/jobs", list_jobs, methods=["GET"]),
    Route("/jobs/events", stream_jobs, methods=["GET"]),
    Route("/jobs/{id}", read_job, methods=["GET"]),
    Route("/jobs/{id}", delete_job, methods=["DELETE"]),
    Route("/jobs/{id}/cancel", cancel_job, methods=["POST"]),
    Route("/files/{name}", read_file, methods=["GET"]),
    Route("/files/{name}", delete_picture, methods=["DELETE"]),
    Route("/usage", read_own_usage, methods=["GET"]),
    Route("/organization/usage/images", read_usage, methods=["GET"]),
    Route("/organization/status", read_status, methods=["GET"]),
    Route("/organization/moderation/summary", summarize_moderation, methods=["GET"]),
    Route("/organization/moderation/reports", list_reports, methods=["GET"]),
    Route("/organization/moderation/reports/{id}", retrieve_report, methods=["GET"]),
    Route("/organization/moderation/reports/{id}", review_report, methods=["POST"]),
    Route("/organization/moderation/reports/{id}", delete_report, methods=["DELETE"]),
    *admin_routes("/organization/api_keys"),
    *admin_routes("/organization/admin_api_keys"),
    Route("/openapi.json", read_schema, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
    Route("/metrics", read_metrics, methods=["GET"]),
]

PROGRAMS_PLACES = {
    "v1", *(route.path.split("/")[1] for route in ROUTES if route.endpoint is not read_page)
}  # fmt: skip
"""First parts of paths below which programs ask: they get JSON, whatever they accept."""

CLIENT_CLOSED = 499
"""nginx's status for a client that left before its answer."""

log = structlog.get_logger(__name__)


def create_app(settings: Settings) -> Envelope:
    """The whole server as one ASGI application."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            try:
                app.state.egaku = await stack.enter_async_context(open_state(settings))
            except START_FAULTS as fault:
                app.state.start_fault = f"egaku: {fault}"
                raise
            yield

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        middleware=[Middleware(Origins, settings=settings), Middleware(Faults)],
        exception_handlers={
            ApiError: _api_error,
            HTTPException: _http_error,
            ClientDisconnect: _nobody_left,
            SQLAlchemyError: _store_error,
            OSError: _store_error,
        },
    )
    app.router.redirect_slashes = False
    return Envelope(app)


async def _api_error(request: Request, error: Exception) -> Response:
    return _refused(request, cast("ApiError", error))


def _refused(request: Request, error: ApiError) -> Response:
    """An error as an answer, noted for the log and the metrics."""
    exchange_of(request).error = error.code or error.type
    return error_response(error)


async def _store_error(request: Request, error: Exception) -> Response:
    """A disk or database that refuses is not a bug: 503 or 507, where the envelope would say 500."""
    answer = as_api_error(error)
    if answer is None:
        raise error
    log.error("store failed", kind=type(error).__name__)
    return _refused(request, answer)


async def _nobody_left(_: Request, __: Exception) -> Response:
    """The client hung up: nobody reads this, but the log shows that it was not served."""
    return Response(status_code=CLIENT_CLOSED)


def _allowed(request: Request) -> str:
    """What the path can do: Starlette names the methods of its first route only."""
    fitting = (route for route in ROUTES if route.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in fitting for method in route.methods or ()}))


def _asked_by_program(request: Request) -> bool:
    """Below one of PROGRAMS_PLACES, as the path was written: `/openai/deployments/x/y` is of the API."""
    return exchange_of(request).path.lstrip("/").partition("/")[0] in PROGRAMS_PLACES


async def _http_error(request: Request, error: Exception) -> Response:
    """Starlette's own refusals, in the API's shape."""
    http, exchange = cast("HTTPException", error), exchange_of(request)
    where = f"{request.method} {exchange.path}"[:300]
    if http.status_code == 404:
        refused = _refused(request, NotFound(f"Invalid URL ({where})"))
        return refused if _asked_by_program(request) else await show_nothing(request) or refused
    if http.status_code == 405:
        return _refused(
            request,
            MethodNotAllowed(
                f"Not allowed to {request.method} on {exchange.path[:200]}. (HINT: Perhaps you meant to use "
                "a different HTTP method?)",
                code="method_not_supported",
                headers={"Allow": _allowed(request)},
            ),
        )
    if http.status_code < 500:
        # Range headers that fit no file, and the like.
        return _refused(request, InvalidRequest("The request's headers could not be understood."))
    return _refused(request, ServerError())
