"""Signed links: anybody who holds one may read that picture until its minute, and nothing else.

    /files/img-….png?st=2026-11-22T18:00:00Z&se=2026-11-22T20:00:00Z&sp=r&sig=…

The shape follows the Azure links of 2022 (`st` start, `se` expiry, `sp` permission, `sig` signature). The
signature is HMAC-SHA256 over version, permission, path, start and expiry, one per line: fields are separated,
so moving a character from one to the next changes what is signed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from egaku.contract.errors import PermissionDenied

BACKDATE_SECONDS = 3600
"""`st` lies this far back, so that a client's or proxy's slow clock does not matter."""
SECRET_BYTES = 32
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
READ = "r"
PARAMETERS = ["st", "se", "sp", "sig"]
MAX_QUERY = 400
"""Characters; a true link's query has about 130."""


def load_secret(path: Path) -> bytes:
    """The signing secret at `path`, made on first use and readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = path.read_bytes()
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"{path} is not a signing secret of {SECRET_BYTES} bytes") from None
        return secret
    secret = os.urandom(SECRET_BYTES)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret


def refused() -> PermissionDenied:
    """One answer for every reason: which of them it was helps only a forger."""
    return PermissionDenied(
        "This link has expired or is not valid. Links are valid for a limited time; draw the picture again.",
        code="invalid_link",
    )


class LinkSigner:
    """Makes and checks links."""

    def __init__(self, secret: bytes, lifetime: int, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._lifetime = lifetime
        self._now = now

    def sign(self, path: str) -> str:
        """`path` with a query that lets its holder read it for the lifetime, in seconds."""
        now = int(self._now())
        start, end = _stamp(now - BACKDATE_SECONDS), _stamp(now + self._lifetime)
        query = {"st": start, "se": end, "sp": READ, "sig": self._signature(path, start, end)}
        return f"{path}?{urlencode(query)}"

    def verify(self, path: str, query: str) -> None:
        """Raise PermissionDenied unless `query` is, to the letter, one that `sign` gave for `path`."""
        if len(query) > MAX_QUERY:
            raise refused()
        pairs = parse_qsl(query, keep_blank_values=True)
        if [name for name, _ in pairs] != PARAMETERS:
            raise refused()
        start, end, permission, signature = (value for _, value in pairs)
        expected = self._signature(path, start, end)
        genuine = hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))
        # Only times we signed are parsed, so their format is our own.
        if permission != READ or not genuine or not _seconds(start) <= self._now() < _seconds(end):
            raise refused()

    def derive(self, purpose: bytes) -> bytes:
        """A secret of its own for something else to be signed: 32 bytes, of no use for links."""
        return hmac.new(self._secret, b"derived:" + purpose, hashlib.sha256).digest()

    def _signature(self, path: str, start: str, end: str) -> str:
        message = "\n".join(("egaku-link-1", READ, path, start, end))
        digest = hmac.new(self._secret, message.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _stamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime(TIME_FORMAT)


def _seconds(stamp: str) -> float:
    return datetime.strptime(stamp, TIME_FORMAT).replace(tzinfo=UTC).timestamp()
