"""The web app's files: its page at every address of the app, its hashed assets under /assets/.

They are few and small, so they are read once, compressed once and served from memory. Nothing here is
anybody's data: what the page shows, it asks the API for.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from egaku.api.routes.welcome import welcome
from egaku.api.state import exchange_of
from egaku.contract.errors import NotFound

FOLDER = Path(__file__).parents[2] / "_web"
"""Where the build puts the app (hatch_build.py); missing in a checkout that never built it."""
PAGE = "index.html"
ICON = "icon.svg"
PLACES = (
    "/history", "/collections", "/collections/{collection}", "/settings", "/i/{job}/{index}", "/e/{document}",
    "/admin", "/admin/{section}",
)  # fmt: skip
"""Addresses of the app besides `/`: the script looks at the rest itself."""
COMPRESSED = frozenset({".html", ".js", ".css", ".svg", ".json", ".webmanifest"})
IMMUTABLE = "public, max-age=31536000, immutable"
FRESH = "no-cache"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline. No upgrade-insecure-requests: plain http on a LAN is a use."""
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file of the app, as it is sent."""

    body: bytes
    zipped: bytes | None
    """gzip (RFC 1952), where that is smaller."""
    media_type: str
    etag: str

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """200, or 304 for whoever has it already."""
        headers = {**headers, "ETag": self.etag, "Vary": "Accept-Encoding"}
        known = request.headers.get("if-none-match", "")
        if self.etag in (one.strip().removeprefix("W/") for one in known.split(",")):
            return Response(status_code=304, headers=headers)
        if self.zipped is not None and accepts_gzip(request.headers.get("accept-encoding", "")):
            return Response(
                self.zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=self.media_type
            )
        return Response(self.body, headers=headers, media_type=self.media_type)


def accepts_gzip(header: str) -> bool:
    """True when Accept-Encoding names gzip without refusing it (RFC 9110, 12.5.3)."""
    for one in header.lower().split(","):
        name, _, quality = one.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


@cache
def load_files(folder: Path) -> Mapping[str, WebFile]:
    """All files of a built app by path within it; none where it was not built."""
    if not (folder / PAGE).is_file():
        return {}
    return {path.relative_to(folder).as_posix(): _load(path) for path in folder.rglob("*") if path.is_file()}


def _load(path: Path) -> WebFile:
    body = path.read_bytes()
    zipped = gzip.compress(body, 9, mtime=0) if path.suffix in COMPRESSED else None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".js":
        media_type = "text/javascript"
    return WebFile(
        body=body,
        zipped=zipped if zipped and len(zipped) < len(body) else None,
        media_type=media_type,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    )


async def read_page(request: Request) -> Response:
    """GET / and the app's other addresses: its page. Without a built app, `/` has a page of its own."""
    files = await asyncio.to_thread(load_files, FOLDER)
    if files:
        return files[PAGE].answer(request, {**PAGE_HEADERS, "Cache-Control": FRESH})
    if request.scope["path"] == "/":
        return await welcome(request)
    raise _not_found(request)


async def show_nothing(request: Request) -> Response | None:
    """The app's page, with status 404, for a person who mistyped an address; None for anybody else.

    Its script sees that the address is none of its own and says so, in the reader's language.
    """
    if request.method != "GET" or not wants_page(request.headers.get("accept", "")):
        return None
    files = await asyncio.to_thread(load_files, FOLDER)
    if not files:
        return None
    headers = {**PAGE_HEADERS, "Cache-Control": "no-store", "Vary": "Accept"}
    return Response(files[PAGE].body, 404, headers, media_type=files[PAGE].media_type)


def wants_page(header: str) -> bool:
    """True when Accept names HTML and not JSON: a browser going to an address, no client of the API."""
    names = {one.partition(";")[0].strip() for one in header.lower().split(",")}
    return "text/html" in names and "application/json" not in names


async def read_asset(request: Request) -> Response:
    """GET /assets/{name}: named by its content, so it never changes."""
    files = await asyncio.to_thread(load_files, FOLDER)
    found = files.get(f"assets/{request.path_params['name']}")
    if found is None:
        raise _not_found(request)
    return found.answer(request, {"Cache-Control": IMMUTABLE})


async def read_icon(request: Request) -> Response:
    """GET /icon.svg: what the browser shows in its tab."""
    files = await asyncio.to_thread(load_files, FOLDER)
    found = files.get(ICON)
    if found is None:
        raise _not_found(request)
    return found.answer(request, {"Cache-Control": FRESH})


def _not_found(request: Request) -> NotFound:
    return NotFound(f"Invalid URL ({request.method} {exchange_of(request).path[:300]})")
