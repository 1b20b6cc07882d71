"""GET /models and /models/{id}: those the caller's key may use."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate
from egaku.api.state import exchange_of, state_of
from egaku.contract.models import find_model, model_list


async def list_models(request: Request) -> Response:
    """The served model and the names it answers to."""
    await authenticate(request)
    return _json(model_list(state_of(request).settings.engine, _allowed(request)))


async def retrieve_model(request: Request) -> Response:
    """One of them, or 404 `model_not_found`."""
    await authenticate(request)
    name, served = request.path_params["model"], state_of(request).settings.engine
    return _json(find_model(name, served, _allowed(request)))


def _allowed(request: Request) -> Sequence[str] | None:
    key = exchange_of(request).key
    return key.models if key else None


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
