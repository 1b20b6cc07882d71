"""Answers made at the connection itself, for requests that reach no route."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from egaku.contract.errors import ApiError, HeadTooLarge, InvalidRequest, Overloaded


def head_too_large(fields: int, size: int) -> HeadTooLarge:
    """More than `fields` header fields, or than `size` bytes of them."""
    return HeadTooLarge(
        f"The request's headers are too large: at most {fields}, {size // 1024} KiB in all.",
        code="headers_too_large",
    )


def check_target(target: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """A path, or `*`, or a whole URL that names the same host as the Host header (RFC 9112, 3.2)."""
    if target.startswith(b"/") or target == b"*":
        return
    url = urlsplit(target.decode("latin-1"))
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    if url.scheme not in ("http", "https") or [url.netloc.lower()] != [host.lower() for host in hosts]:
        raise InvalidRequest("The request's target must be a path, or a URL of the host in the Host header.")


def raw_answer(error: ApiError, headers: list[tuple[bytes, bytes]]) -> bytes:
    """A whole HTTP/1.1 answer, with these headers besides its own; the connection's last."""
    body = error.body()
    lines = [
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}".encode(),
        *(name + b": " + value for name, value in headers),
        b"content-type: application/json",
        f"content-length: {len(body)}".encode(),
        f"x-request-id: req_{uuid.uuid4().hex}".encode(),
        *(f"{name}: {value}".lower().encode() for name, value in error.headers.items()),
        b"connection: close",
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


async def stopping(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers every request that comes once the server was told to stop."""
    error = Overloaded(
        "The server is stopping. Please try again in a moment.",
        code="server_stopping",
        headers={"Retry-After": "2"},
    )
    answer = Response(error.body(), error.status, error.headers, media_type="application/json")
    await answer(scope, receive, send)
