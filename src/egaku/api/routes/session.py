"""Sessions: a key exchanged for a cookie that no script can read. For egaku's own web app; not an API.

    /app/session          for a key that draws
    /app/admin-session    for an admin key, in a cookie of its own: a browser can have both

Cookies are HttpOnly and SameSite=Strict, and Secure where the server is reached by https. They are honoured
on requests of the server's own pages only (authentication.py), after the rules of origins.py.
"""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import (
    ADMIN_COOKIE,
    COOKIE,
    authenticate,
    authenticate_admin,
    presented_key,
    session_signer,
)
from egaku.api.bodies import read_json
from egaku.api.state import exchange_of, state_of
from egaku.api.urls import base_url
from egaku.contract.errors import AuthenticationError, InvalidRequest
from egaku.storage.keys import Key

MAX_BYTES = 1024
VISIT_SECONDS = 12 * 3600
REMEMBERED_SECONDS = 30 * 86_400


async def open_session(request: Request) -> Response:
    """POST, with the key as for the API and `{"remember": false}`: 200 and the cookie.

    A server without keys needs none and gives none.
    """
    await authenticate(request)
    return _opened(request, COOKIE, remember=await _remember(request))


async def open_admin_session(request: Request) -> Response:
    """POST, with an admin key and `{}`. Administrators are not remembered: it ends with the browser."""
    await authenticate_admin(request)
    for name in await read_json(request, MAX_BYTES):
        raise InvalidRequest(
            f"Unknown parameter: '{name[:100]}'.", param=name[:100], code="unknown_parameter"
        )
    return _opened(request, ADMIN_COOKIE, remember=False)


async def read_session(request: Request) -> Response:
    """GET: who the caller is, as far as a page may know."""
    await authenticate(request)
    return _json(_session(exchange_of(request).key))


async def read_admin_session(request: Request) -> Response:
    """GET: which administrator the caller is. Without a session, nobody, and whether there can be one."""
    try:
        await authenticate_admin(request)
    except AuthenticationError:
        if presented_key(request) is not None:
            raise
    possible = await state_of(request).keys.any_administer()
    return _json({**_session(exchange_of(request).key), "any_admin_key": possible})


async def close_session(request: Request) -> Response:
    """DELETE: the browser forgets the cookie. Harmless without one."""
    return _closed(request, COOKIE)


async def close_admin_session(request: Request) -> Response:
    """DELETE, likewise."""
    return _closed(request, ADMIN_COOKIE)


def _opened(request: Request, cookie: str, *, remember: bool) -> Response:
    key = exchange_of(request).key
    answer = _json(_session(key))
    if key is None or presented_key(request) is None:
        return answer
    seconds = REMEMBERED_SECONDS if remember else VISIT_SECONDS
    answer.set_cookie(
        cookie,
        session_signer(request).issue(key.id, seconds),
        # Without "remember" it also ends with the browser.
        max_age=seconds if remember else None,
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def _closed(request: Request, cookie: str) -> Response:
    answer = Response(status_code=204)
    answer.delete_cookie(cookie, path="/", secure=_is_https(request), httponly=True, samesite="strict")
    return answer


async def _remember(request: Request) -> bool:
    remember = (await read_json(request, MAX_BYTES)).get("remember", False)
    if not isinstance(remember, bool):
        raise InvalidRequest(
            "Invalid type for 'remember': expected a boolean.", param="remember", code="invalid_type"
        )
    return remember


def _session(key: Key | None) -> dict[str, object]:
    shown = {"id": key.id, "name": key.name, "hint": key.hint} if key else None
    return {"object": "session", "key": shown}


def _json(value: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(value), media_type="application/json", headers=headers)


def _is_https(request: Request) -> bool:
    return base_url(request, state_of(request).settings).startswith("https://")
