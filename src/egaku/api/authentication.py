"""Who is calling: a key in any of the three places real clients put it.

    Authorization: Bearer KEY      every SDK
    Authorization: Basic …         browsers and curl -u :KEY, the key as password
    api-key: KEY                   Azure clients

and, where none of these is sent, the web app's cookies (routes/session.py), one for drawing and another for
administering, from the server's own pages alone.

Until the first key is made, a server on loopback takes whatever comes: SDKs insist on sending some key. What
administers always needs an admin key.
"""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request

from egaku.api.state import exchange_of, state_of
from egaku.contract.errors import AuthenticationError, PermissionDenied
from egaku.storage.keys import Key
from egaku.storage.sessions import PURPOSE, SessionSigner

MAX_KEY = 512
"""Characters; ours have 52."""
COOKIE = "egaku_session"
ADMIN_COOKIE = "egaku_admin"


async def authenticate(request: Request) -> None:
    """Find the caller's key and note it on the exchange.

    Raises AuthenticationError; PermissionDenied for an admin key, which administers and does not draw.
    """
    if not await state_of(request).keys.any_exist():
        return
    if (await _find_key(request, COOKIE)).is_admin:
        raise PermissionDenied(
            "You have insufficient permissions for this operation: admin API keys cannot be used for "
            "non-administration endpoints.",
            code="insufficient_permissions",
        )


async def authenticate_admin(request: Request) -> None:
    """Likewise for endpoints that administer: they need an admin key even where drawing needs none.

    Raises AuthenticationError; PermissionDenied for a key that draws.
    """
    if not (await _find_key(request, ADMIN_COOKIE)).is_admin:
        raise PermissionDenied(
            "You have insufficient permissions for this operation: this endpoint requires an admin API key. "
            "Whoever runs this server makes one with: egaku keys create --admin.",
            code="insufficient_permissions",
        )


async def _find_key(request: Request, cookie: str) -> Key:
    state, secret = state_of(request), presented_key(request)
    key = await state.keys.find(secret) if secret else await _key_of_session(request, cookie)
    if key is None:
        raise _refusal(secret)
    state.key_uses.note(key.id)
    exchange_of(request).key = key
    return key


async def _key_of_session(request: Request, cookie: str) -> Key | None:
    """The key behind one of the web app's cookies.

    Cookies go to every port of a host: pages of other ports are other origins. Browsers that say where a
    request comes from must say "same-origin"; those that do not (plain http) are judged by origins.py alone.
    """
    token = request.cookies.get(cookie)
    if token is None or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return None
    key_id = session_signer(request).read(token)
    return await state_of(request).keys.get(key_id) if key_id else None


def session_signer(request: Request) -> SessionSigner:
    """What signs and reads this server's sessions."""
    return SessionSigner(state_of(request).signer.derive(PURPOSE))


def presented_key(request: Request) -> str | None:
    """The key as the client sent it, or None."""
    scheme, _, value = request.headers.get("authorization", "").strip().partition(" ")
    value = value.strip()
    if scheme.lower() == "basic":
        value = _basic_password(value)
    elif scheme.lower() != "bearer":
        value = request.headers.get("api-key", "").strip()
    return value[:MAX_KEY] or None


def _basic_password(encoded: str) -> str:
    try:
        decoded = base64.b64decode(encoded, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    user, _, password = decoded.partition(":")
    # The documented form is an empty user name; `curl -u KEY:` puts it in the other place.
    return password or user


def _refusal(secret: str | None) -> AuthenticationError:
    headers = {"WWW-Authenticate": "Bearer"}
    if secret is None:
        return AuthenticationError(
            "You didn't provide an API key. You need to provide your API key in an Authorization header "
            "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank "
            "username) if you're accessing the API from your browser and are prompted for a username and "
            "password. You can obtain an API key from whoever runs this server (egaku keys create).",
            headers=headers,
        )
    return AuthenticationError(
        "Incorrect API key provided: sk-***. You can find your API key at https://beta.openai.com.",
        code="invalid_api_key",
        headers=headers,
    )
