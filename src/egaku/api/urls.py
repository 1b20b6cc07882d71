"""The address under which a client sees this server, for the links it is given."""

from __future__ import annotations

import re

from starlette.requests import Request

from egaku.settings import Settings

HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
"""What a Host header may look like; anything else is not repeated in a link."""


def base_url(request: Request, settings: Settings) -> str:
    """`--public-url`, or the scheme and Host of the request, or the address it came in on."""
    if settings.public_url:
        return settings.public_url
    host = request.headers.get("host", "")
    if not HOST.fullmatch(host):
        address, port = request.scope.get("server") or (settings.host, settings.port)
        host = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    return f"{request.scope['scheme']}://{host}"
