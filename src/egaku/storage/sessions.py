"""Sessions of the web app: a signed note that stands for a key, for browsers to carry in a cookie.

    1.<key id>.<expiry in Unix seconds>.<signature>

HMAC-SHA256 (RFC 2104) over everything before the signature. Nothing is stored: a session ends with its time
or with its key, which is looked up on every request.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable

PURPOSE = b"egaku-session-1"
"""What the signing key is derived for (LinkSigner.derive)."""
MAX_TOKEN = 200
"""Characters; a true one has about 80."""
FORM = re.compile(
    r"(?P<note>1\.(?P<key>key_\w{1,64})\.(?P<expiry>[0-9]{1,12}))\.(?P<signature>[\w-]{43})", re.ASCII
)


class SessionSigner:
    """Makes and reads sessions."""

    def __init__(self, secret: bytes, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._now = now

    def issue(self, key_id: str, seconds: int) -> str:
        """A session for this key that lasts so long."""
        note = f"1.{key_id}.{int(self._now()) + seconds}"
        return f"{note}.{self._signature(note)}"

    def read(self, token: str) -> str | None:
        """The id of the key a session stands for; None for one that is over or not ours."""
        match = FORM.fullmatch(token) if len(token) <= MAX_TOKEN else None
        if match is None or not hmac.compare_digest(self._signature(match["note"]), match["signature"]):
            return None
        return match["key"] if self._now() < int(match["expiry"]) else None

    def _signature(self, note: str) -> str:
        digest = hmac.new(self._secret, note.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
