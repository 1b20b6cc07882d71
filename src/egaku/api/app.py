"""The application: routes, what they share, and how errors are answered."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from egaku.api.envelope import Envelope, error_response
from egaku.api.limits import ImageLimiter
from egaku.api.routes.azure import poll, submit
from egaku.api.routes.files import read_file
from egaku.api.routes.health import healthz, readyz
from egaku.api.routes.images import create_images
from egaku.api.routes.models import list_models, retrieve_model
from egaku.api.routes.schema import read_schema
from egaku.api.routes.welcome import welcome
from egaku.api.state import AppState, exchange_of
from egaku.api.submissions import Submissions
from egaku.contract.dialects import Operation
from egaku.contract.errors import ApiError, InvalidRequest, MethodNotAllowed, NotFound, ServerError
from egaku.generation.service import ImageService
from egaku.generation.workers import WorkerPool
from egaku.settings import DATABASE, Settings
from egaku.storage.database import open_database
from egaku.storage.images import ImageStore
from egaku.storage.keys import KeyStore
from egaku.storage.links import LinkSigner, load_secret
from egaku.storage.recipes import RecipeStore
from egaku.storage.sweeper import sweep_forever

ROUTES = [
    Route("/", welcome, methods=["GET"]),
    *(Route(f"/images/{operation}", create_images, methods=["POST"]) for operation in Operation),
    Route("/images/generations:submit", submit, methods=["POST"]),
    Route("/openai/operations/images/{id}", poll, methods=["GET"]),
    Route("/models", list_models, methods=["GET"]),
    Route("/models/{model:path}", retrieve_model, methods=["GET"]),
    Route("/files/{name}", read_file, methods=["GET"]),
    Route("/openapi.json", read_schema, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
]

CLIENT_CLOSED = 499
"""nginx's status for a client that left before its answer."""

SECRET = "link-secret"  # noqa: S105  a file name
IMAGES = "images"
PATIENCE_SECONDS = 10.0
"""How long the start waits for the engine before it listens anyway."""


def create_app(settings: Settings) -> Envelope:
    """The whole server as one ASGI application."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_state(settings) as state:
            app.state.egaku = state
            yield

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        exception_handlers={ApiError: _api_error, HTTPException: _http_error, ClientDisconnect: _nobody_left},
    )
    app.router.redirect_slashes = False
    return Envelope(app)


@contextlib.asynccontextmanager
async def open_state(settings: Settings) -> AsyncIterator[AppState]:
    """Open database, stores and workers; close them again."""
    database = await asyncio.to_thread(open_database, settings.data_path(DATABASE))
    try:
        images = ImageStore(settings.data_path(IMAGES), settings.keep_seconds)
        recipes = RecipeStore(database, settings.keep_seconds)
        signer = LinkSigner(load_secret(settings.data_path(SECRET)), settings.link_seconds)
        pool = WorkerPool(settings.engine, settings.workers, settings.max_waiting, settings.draw_seconds)
        async with pool:
            await _started(pool)
            sweeper = asyncio.create_task(sweep_forever(images, recipes))
            yield AppState(
                settings=settings,
                pool=pool,
                service=ImageService(pool, images, recipes, signer),
                keys=KeyStore(database),
                images=images,
                signer=signer,
                submissions=Submissions(),
                limiter=ImageLimiter(settings.images_per_minute, settings.organization),
            )
            sweeper.cancel()
    finally:
        await database.dispose()


async def _started(pool: WorkerPool) -> None:
    """Give the engine a moment, so that the server listens when it can draw.

    Raises EngineUnusable when it never will. A slow one goes on loading; `/readyz` says when it is there.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await pool.wait_ready()


async def _api_error(_: Request, error: Exception) -> Response:
    return error_response(cast("ApiError", error))


async def _nobody_left(_: Request, __: Exception) -> Response:
    """The client hung up: nobody reads this, but the log shows that it was not served."""
    return Response(status_code=CLIENT_CLOSED)


async def _http_error(request: Request, error: Exception) -> Response:
    """Starlette's own refusals, in the API's shape."""
    http, exchange = cast("HTTPException", error), exchange_of(request)
    where = f"{request.method} {exchange.path}"[:300]
    if http.status_code == 404:
        return error_response(NotFound(f"Invalid URL ({where})"))
    if http.status_code == 405:
        return error_response(
            MethodNotAllowed(
                f"Not allowed to {request.method} on {exchange.path[:200]}. (HINT: Perhaps you meant to use "
                "a different HTTP method?)",
                code="method_not_supported",
                headers=dict(http.headers or {}),
            )
        )
    if http.status_code < 500:
        # Range headers that fit no file, and the like.
        return error_response(InvalidRequest("The request's headers could not be understood."))
    return error_response(ServerError())
