"""GET /openapi.json."""

from __future__ import annotations

from functools import cache

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku import __version__
from egaku.contract.openapi import openapi


@cache
def _document() -> bytes:
    return orjson.dumps(openapi(__version__))


async def read_schema(_: Request) -> Response:
    """What the server takes and gives, for generators and testers."""
    return Response(_document(), media_type="application/json")
