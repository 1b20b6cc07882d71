"""GET and HEAD /files/{name}: pictures by signed link, without a key.

A stray Authorization header does no harm: some clients send theirs along when they fetch a link.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Scope

from egaku.api.state import state_of
from egaku.storage.images import linkable
from egaku.storage.links import refused

MEDIA_TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".webp": "image/webp"}

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "private, max-age=3600, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page may show a picture whose link it was given; no browser may run one."""


ONE_RANGE = re.compile(rb"bytes=(?:(?P<first>[0-9]{1,15})-[0-9]{0,15}|-[1-9][0-9]{0,15})")


async def read_file(request: Request) -> Response:
    """The picture, or 403 for a link that has expired, was altered, or never was."""
    state = state_of(request)
    state.signer.verify(request.scope["path"], request.scope["query_string"].decode("latin-1"))
    path = await state.images.find(request.path_params["name"])
    if path is None or not linkable(path.name):
        raise refused()
    _keep_simple_range(request.scope, path.stat().st_size)
    return FileResponse(
        path, media_type=MEDIA_TYPES[path.suffix], headers=HEADERS, content_disposition_type="inline"
    )


def _keep_simple_range(scope: Scope, size: int) -> None:
    """Drop a Range header unless it is one range that the file has: a server may ignore it (RFC 9110, 14.2).

    Lists of ranges have been used to exhaust servers, and no client of pictures needs one.
    """
    ranges = [value for name, value in scope["headers"] if name == b"range"]
    match = ONE_RANGE.fullmatch(ranges[0]) if len(ranges) == 1 else None
    if match is None or int(match["first"] or 0) >= size:
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
