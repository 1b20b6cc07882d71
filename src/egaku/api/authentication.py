"""Who is calling: a key in any of the three places real clients put it.

    Authorization: Bearer KEY      every SDK
    Authorization: Basic …         browsers and curl -u :KEY, the key as password
    api-key: KEY                   Azure clients

Until the first key is made, a server on loopback takes whatever comes: SDKs insist on sending some key.
"""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request

from egaku.api.state import exchange_of, state_of
from egaku.contract.errors import AuthenticationError

MAX_KEY = 512
"""Characters; ours have 52."""


async def authenticate(request: Request) -> None:
    """Find the caller's key and note it on the exchange. Raises AuthenticationError."""
    keys = state_of(request).keys
    if not await keys.any_exist():
        return
    secret = presented_key(request)
    key = await keys.find(secret) if secret else None
    if key is None:
        raise _refusal(secret)
    exchange_of(request).key = key


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
