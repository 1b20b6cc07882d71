"""Safe retries: with an `Idempotency-Key`, a request is carried out once, however often it is sent.

The first request with a key claims it, in the database, so that a crash or another server changes nothing.
Its answer is kept and given to every later request with that key, without being charged again. While it is
under way, others wait for it. What is kept: successes, and faults of the request itself (400). Refusals that
time or a better key cures (401, 403, 429) and failures (5xx) give the key back, so that a retry can succeed.

With a key, a client that hangs up changes nothing either: its drawing is finished and kept for the retry.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncGenerator, Coroutine
from types import TracebackType
from typing import Any, Self

import structlog
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.bodies import Body
from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.requests import ImageRequest
from egaku.generation.job_fields import to_fields
from egaku.generation.together import end
from egaku.storage.replies import Reply, ReplyStore, hash_key

PARAM = "Idempotency-Key"
REPLAYED_HEADER = "Idempotent-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
POLL_SECONDS = 0.5
"""How often a server asks whether another one has finished."""
ERROR_EVENT = b"event: error\n"

log = structlog.get_logger(__name__)


def idempotency_key(request: Request) -> str | None:
    """The request's key, or None. Raises InvalidRequest for one that cannot be."""
    keys = request.headers.getlist(PARAM)
    if not keys:
        return None
    if len(keys) > 1 or not KEY.fullmatch(keys[0]):
        raise InvalidRequest(
            f"Invalid '{PARAM}' header: expected one value of 1 to 255 visible ASCII characters.",
            param=PARAM,
            code="invalid_idempotency_key",
        )
    return keys[0]


def fingerprint(wanted: ImageRequest, body: Body, *, background: bool) -> str:
    """Hash of what was asked for: values and files, not bytes, since each retry of a form has a new boundary.

    Blocking: reads all files.
    """
    digest = hashlib.sha256(json.dumps([to_fields(wanted), background], sort_keys=True).encode())
    for upload in [*body.images, *([body.mask] if body.mask else [])]:
        digest.update(hashlib.sha256(upload.name.encode("utf-8", "surrogatepass")).digest())
        digest.update(hashlib.sha256(upload.read()).digest())
    return digest.hexdigest()


def replay(reply: Reply) -> Response:
    """An answer given again."""
    return Response(reply.body, reply.status, {**reply.headers, REPLAYED_HEADER: "true"})


class Turn:
    """The right to answer a key. Leaving the block without `finish` gives it back."""

    def __init__(self, retries: Retries, owner: str, key_hash: str) -> None:
        self._retries = retries
        self._where = (owner, key_hash)
        self._finished = False

    async def finish(self, reply: Reply) -> bool:
        """Keep the answer before it is given; False when another server took over and gives its own.

        That happens to a server that gave no sign of life for so long that it counted as dead.
        """
        self._finished = True
        try:
            kept = await self._retries.store.finish(*self._where, reply)
        except ApiError as error:
            # The picture is drawn and paid for: better one that a retry draws again than none.
            log.error("reply not kept", kind=type(error).__name__)  # noqa: TRY400  no values in logs
            return True
        if not kept:
            log.warning("reply not kept", kind="claim lost")
        return kept

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self._finished:
                await self._retries.store.release(*self._where)
        except ApiError as failure:  # found and taken up again by the retry
            log.warning("key not given back", kind=type(failure).__name__)
        finally:
            self._retries.end(self._where)


class Retries:
    """Keys under way in this process, and the answers kept for all."""

    def __init__(self, store: ReplyStore) -> None:
        self.store = store
        self._under_way: dict[tuple[str, str], tuple[str, asyncio.Event]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def claim(self, owner: str, key: str, request_hash: str) -> Turn | Reply:
        """The kept answer, waited for if need be, or the turn to make it. Raises InvalidRequest, 503, 507."""
        where = (owner, hash_key(key))
        while True:
            if where in self._under_way:
                asked, ended = self._under_way[where]
                _check_same(hmac.compare_digest(asked, request_hash))
                await ended.wait()
                continue
            self._under_way[where] = (request_hash, asyncio.Event())
            mine = False
            try:
                claim = await self.store.claim(*where, request_hash)
                mine = claim.mine
            finally:
                if not mine:
                    self.end(where)
            if claim.mine:
                return Turn(self, *where)
            _check_same(claim.same_request)
            if claim.reply is not None:
                return claim.reply
            await asyncio.sleep(POLL_SECONDS)

    def end(self, where: tuple[str, str]) -> None:
        """Nobody in this process is at work on that key any more."""
        _, ended = self._under_way.pop(where)
        ended.set()

    def carry_on(self, work: Coroutine[Any, Any, None]) -> None:
        """Run to the end whatever becomes of the connection it was started on."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is under way, and the keys with it."""
        await end(self._tasks)


class Recording:
    """Server-sent events on their way to a client and, whole, into the kept answer."""

    def __init__(self, events: AsyncGenerator[bytes]) -> None:
        self._events = events
        self._parts: list[bytes] = []
        self._error: Exception | None = None
        self._ended = False
        self._more = asyncio.Event()

    async def record(self) -> bytes | None:
        """Read to the end; all of it, or None when it failed."""
        try:
            async for event in self._events:
                self._parts.append(event)
                self._wake()
        except Exception as error:  # noqa: BLE001  raised again where the client's answer is made
            self._error = error
        failed = self._error is not None or not self._parts or self._parts[-1].startswith(ERROR_EVENT)
        return None if failed else b"".join(self._parts)

    @property
    def refused_with(self) -> int | None:
        """The status of the error it began with, if it did."""
        return self._error.status if isinstance(self._error, ApiError) else None

    def end(self) -> None:
        """Let the client's stream end."""
        self._ended = True
        self._wake()

    async def play(self) -> AsyncGenerator[bytes]:
        """The events as they come, for the client. Raises what the first of them raised."""
        sent = 0
        while True:
            while sent < len(self._parts):
                yield self._parts[sent]
                sent += 1
            if self._ended:
                break
            await self._more.wait()
        if self._error is not None:
            raise self._error

    def _wake(self) -> None:
        self._more.set()
        self._more = asyncio.Event()


def _check_same(same: bool) -> None:
    if not same:
        raise InvalidRequest(
            f"The '{PARAM}' header was used before with another request. Use a new value for a new request.",
            param=PARAM,
            code="idempotency_key_reused",
        )
