"""GET and HEAD /files/{name}: pictures by signed link, without a key.

A stray Authorization header does no harm: some clients send theirs along when they fetch a link.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from egaku.api.state import state_of
from egaku.storage.links import refused

MEDIA_TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".webp": "image/webp"}

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "private, max-age=3600, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page may show a picture whose link it was given; no browser may run one."""


async def read_file(request: Request) -> Response:
    """The picture, or 403 for a link that has expired, was altered, or never was."""
    state = state_of(request)
    state.signer.verify(request.scope["path"], request.scope["query_string"].decode("latin-1"))
    path = await asyncio.to_thread(state.images.find, request.path_params["name"])
    if path is None:
        raise refused()
    return FileResponse(
        path, media_type=MEDIA_TYPES[path.suffix], headers=HEADERS, content_disposition_type="inline"
    )
