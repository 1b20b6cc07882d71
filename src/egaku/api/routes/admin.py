"""Keys over HTTP, for administrators: /organization/api_keys draw, /organization/admin_api_keys administer.

The first admin key comes from `egaku keys create --admin`.
"""

from __future__ import annotations

from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from egaku.api.authentication import authenticate_admin
from egaku.api.bodies import read_json
from egaku.api.state import state_of
from egaku.contract.errors import InvalidRequest
from egaku.contract.key_objects import key_deleted, key_object, no_such_key
from egaku.contract.keys import KeyFields, parse_key_fields
from egaku.contract.pages import page_object, parse_page
from egaku.storage.keys import PREFIX, Key

BODY_BYTES = 64 * 1024
ADMIN_KEYS = "/organization/admin_api_keys"


def admin_routes(path: str) -> list[Route]:
    """All that can be done to one kind of keys."""
    return [
        Route(path, list_keys, methods=["GET"]),
        Route(path, create_key, methods=["POST"]),
        Route(f"{path}/{{id}}", retrieve_key, methods=["GET"]),
        Route(f"{path}/{{id}}", update_key, methods=["POST"]),
        Route(f"{path}/{{id}}", delete_key, methods=["DELETE"]),
    ]


async def list_keys(request: Request) -> Response:
    """A page of the keys in force."""
    await authenticate_admin(request)
    page = parse_page(request.query_params)
    found = await state_of(request).keys.page(
        is_admin=_about_admins(request), after=page.after, limit=page.limit + 1, descending=page.newest_first
    )
    shown = [_shown(request, key) for key in found[: page.limit]]
    return _json(page_object(shown, has_more=len(found) > page.limit))


async def create_key(request: Request) -> Response:
    """A new key; `value` is its secret, shown this once."""
    await authenticate_admin(request)
    fields = await _fields(request, new=True)
    is_admin = _about_admins(request)
    secret, key = await state_of(request).keys.create(fields["name"], is_admin=is_admin, fields=fields)
    return _json({**_shown(request, key), "value": secret})


async def retrieve_key(request: Request) -> Response:
    """One key in force."""
    await authenticate_admin(request)
    return _json(_shown(request, await _find(request)))


async def update_key(request: Request) -> Response:
    """Change what the body mentions; null takes a limit back. The key as it is now."""
    await authenticate_admin(request)
    fields = await _fields(request, new=False)
    key = await _find(request)
    changed = await state_of(request).keys.update(key.id, fields)
    if changed is None:
        raise no_such_key(key.id)
    return _json(_shown(request, changed))


async def delete_key(request: Request) -> Response:
    """Revoke a key: this server refuses it at once, others on the same records within a second."""
    await authenticate_admin(request)
    key = await _find(request)
    await state_of(request).keys.revoke(key.id)
    return _json(key_deleted(key.id, is_admin=key.is_admin))


def _about_admins(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.startswith(ADMIN_KEYS)


async def _fields(request: Request, *, new: bool) -> KeyFields:
    fields = parse_key_fields(await read_json(request, BODY_BYTES), new=new)
    if _about_admins(request):
        for name in fields:
            if name not in ("name", "user"):
                raise InvalidRequest(f"Unknown parameter: '{name}'.", param=name, code="unknown_parameter")
    return fields


async def _find(request: Request) -> Key:
    identifier = request.path_params["id"]
    key = await state_of(request).keys.get(identifier)
    if key is None or key.is_admin is not _about_admins(request):
        raise no_such_key(identifier)
    return key


def _shown(request: Request, key: Key) -> dict[str, object]:
    fields = {**asdict(key), "last_used_at": state_of(request).key_uses.latest(key)}
    return key_object(fields, is_admin=key.is_admin, prefix=PREFIX)


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
