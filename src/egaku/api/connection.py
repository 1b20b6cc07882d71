"""One client's connection: uvicorn's httptools protocol with a deadline for everything it waits for.

uvicorn waits for ever for a request's head, its body and a reader of its answer, takes heads of any size, and
reads on to the end of an upload that was refused at once (its issue 157). Here:

    head      complete within `head_seconds` of its first byte, 64 KiB and 100 fields at most   → 408, 431
    body      never still for `body_idle_seconds`, and not slower than the door's least rate     → 408
    answer    likewise read by the client within `send_seconds`                                  → reset
    refused   an answer that came before the body's end closes the connection after 64 KiB more
    pipeline  a few requests ahead, not thousands                                                → 400

A request that cannot be understood is answered in the API's shape, after those before it. `Upgrade` is
ignored (RFC 9110, 7.8), and so are trailers (6.5.1), which uvicorn would add to the headers being served.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from enum import Enum, auto
from functools import partial
from typing import Any

import httptools
import structlog
from starlette.types import Message, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from egaku.api.door import Door, Pace
from egaku.api.refusals import check_target, head_too_large, raw_answer, stopping
from egaku.api.usher import shown
from egaku.contract.errors import ApiError, InvalidRequest, Overloaded, RequestTimeout

MAX_HEAD_BYTES = 64 * 1024
MAX_FIELDS = 100
MAX_PIPELINED = 8
"""Requests that may wait for the answer to the one before."""
LINGER_BYTES = 64 * 1024
"""Read and thrown away after an early answer."""
LINGER_SECONDS = 1.0
"""Given to a client to notice that it was answered early: a reset at once could cost it the answer."""
FRAMING_BYTES = 64 * 1024
"""Chunk sizes and trailers beyond this and ten times the body are an attack, not an upload."""
IDLE_SECONDS = 0.5
"""While the server stops: how long an idle client may still ask and be told so, instead of being cut off."""
ALWAYS_SERVED = "/healthz"
"""Answered to the last: the process is alive while it stops."""

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger(__name__)


class Phase(Enum):
    """What is being read."""

    IDLE = auto()
    """Nothing: between two requests."""
    HEAD = auto()
    BODY = auto()


class Connection(HttpToolsProtocol):
    """A hardened connection. The `door` has the limits, and calls `review` twice a second."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        door: Door,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._door = door
        self._phase = Phase.IDLE
        self._head_since: float | None = None
        self._head_bytes = self._fields = self._partial_bytes = 0
        self._began_now = False
        self._active: RequestResponseCycle | None = None
        """The request being answered; `cycle` is the one read last."""
        self._body_bytes = self._wire_bytes = 0
        self._body_length: int | None = None
        self._intake: Pace | None = None
        self._outflow: Pace | None = None
        self._written = 0
        self._deaf = False
        """Whatever still comes is thrown away."""
        self._ignored_bytes = 0
        self._closing = False
        """The answer under way is the last one, and says so."""
        self._last_words: ApiError | None = None

    # Coming and going.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Ask the door for room; without any, say so and close."""
        super().connection_made(transport)
        self._head_since = self.loop.time()
        if len(self.connections) > 2 * self._door.settings.max_connections:
            self.abandon()  # not even room to say so
        elif not self._door.admit(self, self.client[0] if self.client else None):
            self._say(
                Overloaded(
                    "The server has too many open connections at the moment. Please try again later.",
                    code="too_many_connections",
                    headers={"Retry-After": "5"},
                )
            )

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request being answered, too: it may not be the last one read."""
        self._door.leave(self)
        self.pipeline.clear()
        if self._active is not None and not self._active.response_complete:
            self._active.disconnected = True
            self._active.message_event.set()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops: an idle client gets a moment, the others are told in their answers."""
        self._close_when_idle()

    def abandon(self) -> None:
        """Reset the connection: else the system goes on offering what was written for minutes."""
        client = self.transport.get_extra_info("socket")
        if client is not None and not self.transport.is_closing():
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    # Reading.

    def data_received(self, data: bytes) -> None:
        """Parse what came; errors are answered in the API's shape."""
        if self._deaf:
            self._overhear(len(data))
            return
        self._unset_keepalive_if_required()
        if self._phase is Phase.IDLE and self._head_since is None:
            self._head_since = self.loop.time()
        self._began_now = False
        try:
            self.parser.feed_data(data)
            self._weigh(len(data))
        except httptools.HttpParserUpgrade:
            self._deaf = True  # what follows is in a protocol that is not spoken here
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause if isinstance(cause, ApiError) else InvalidRequest("This is not valid HTTP."))
        except ApiError as error:
            self._refuse(error)

    def _weigh(self, size: int) -> None:
        """Bound what the parser holds of an unfinished head, and what it skips between pieces of a body."""
        if self._phase is Phase.HEAD and not self._began_now:
            self._partial_bytes += size
            if self._partial_bytes > MAX_HEAD_BYTES:
                raise head_too_large(MAX_FIELDS, MAX_HEAD_BYTES)
        elif self._phase is Phase.BODY and not self._began_now:
            self._wire_bytes += size
            if self._wire_bytes > FRAMING_BYTES + 11 * self._body_bytes:
                raise InvalidRequest("The chunks of the request body are too small.")

    def _overhear(self, size: int) -> None:
        self._ignored_bytes += size
        if self._ignored_bytes > LINGER_BYTES:
            self.flow.pause_reading()

    def on_message_begin(self) -> None:
        """A head begins."""
        if len(self.pipeline) >= MAX_PIPELINED:
            raise InvalidRequest("Too many requests were sent before the first one was answered.")
        super().on_message_begin()
        self._phase, self._began_now = Phase.HEAD, True
        self._head_since = self.loop.time() if self._head_since is None else self._head_since
        self._head_bytes = self._fields = self._partial_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Part of the target."""
        self._grow_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the head. Trailers come here too and are dropped."""
        if self._phase is not Phase.HEAD:
            return
        self._fields += 1
        if self._fields > MAX_FIELDS:
            raise head_too_large(MAX_FIELDS, MAX_HEAD_BYTES)
        self._grow_head(len(name) + len(value) + 4)
        super().on_header(name, value)

    def _grow_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MAX_HEAD_BYTES:
            raise head_too_large(MAX_FIELDS, MAX_HEAD_BYTES)

    def on_headers_complete(self) -> None:
        """The head is there: check what uvicorn takes on trust, then serve."""
        if self.parser.get_http_version() not in ("1.0", "1.1"):
            raise InvalidRequest("This server speaks HTTP/1.1.")
        check_target(self.url, self.headers)
        self._phase, self._head_since = Phase.BODY, None
        lengths = [value for name, value in self.headers if name == b"content-length"]
        chunked = any(name == b"transfer-encoding" for name, _ in self.headers)
        self._body_length = None if chunked else int(lengths[0]) if lengths else 0
        self._body_bytes = self._wire_bytes = 0
        settings = self._door.settings
        self._intake = Pace(settings.body_idle_seconds, settings.min_bytes_per_second, self.loop.time())
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Part of the body."""
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request has been read."""
        self._phase, self._intake = Phase.IDLE, None
        super().on_message_complete()

    # Answering.

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._active = cycle
        # For answers without an end: they end when the door drains. ASGI lets servers add keys of their own.
        cycle.scope["egaku.door"] = self._door  # type: ignore[typeddict-unknown-key]
        if self._door.draining and cycle.scope["path"] != ALWAYS_SERVED:
            app = stopping
        begin = partial(self._begin, cycle, partial(self._serve, cycle, app))
        address = self.client[0] if self.client else ""
        self._door.usher.start(shown(cycle.scope["headers"], address), begin)

    def _begin(self, cycle: RequestResponseCycle, app: Any) -> None:
        if not cycle.disconnected:
            super()._start_asgi_task(cycle, app)

    async def _serve(
        self, cycle: RequestResponseCycle, app: Application, scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def send_watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._closing = self._is_last(cycle)
                if self._closing:
                    message = _with_close(message)
                await send(message)
                # Else uvicorn would close before the client can read that it was answered early.
                cycle.keep_alive = True
            else:
                size = len(message.get("body", b""))
                # Counted first: the last piece ends in `on_response_complete`.
                self._written += size
                await send(message)

        await app(scope, receive, send_watched)

    def _is_last(self, cycle: RequestResponseCycle) -> bool:
        """Whether the answer to `cycle` that begins now ends the connection."""
        if not cycle.keep_alive or self._door.draining:
            return True
        if self._deaf and not self.pipeline and self._last_words is None:
            return True
        if not cycle.more_body:
            return False
        # A short rest of the body is read after all, unless the client waits to be told to send it.
        left = None if self._body_length is None else self._body_length - self._body_bytes
        return cycle.waiting_for_100_continue or left is None or left > LINGER_BYTES

    def on_response_complete(self) -> None:
        """Hang up, go on with the next request, or wait for one."""
        cycle, self._active = self._active, None
        if self._closing:
            self.server_state.total_requests += 1
            self.pipeline.clear()
            if self._deaf or (cycle is not None and cycle.more_body):
                self._linger()
            else:
                self._deaf = True
                self.transport.close()
            return
        super().on_response_complete()
        if self._active is None and self._last_words is not None:
            self._say(self._last_words)
        elif self._active is None and self._door.draining:
            self._close_when_idle()

    def _refuse(self, error: ApiError) -> None:
        """Answer what is wrong with the request being read, after those before it; then close."""
        self._deaf = True
        if self._phase is Phase.BODY and self.cycle is not None:
            faulty = self.cycle
            if faulty.response_complete:
                self._linger()
                return
            if faulty is self._active and faulty.response_started:
                self._closing = True
                return
            faulty.disconnected = True
            faulty.message_event.set()
            if faulty is self._active:
                self._active = None
            else:
                self.pipeline.popleft()  # read last, so it is the newest
        if self._active is None:
            self._say(error)
        else:
            self._last_words = error

    def _say(self, error: ApiError) -> None:
        """An answer that no application made: the last one."""
        log.info("refused", status=error.status, reason=error.code or type(error).__name__)
        self.transport.write(raw_answer(error, self.server_state.default_headers))
        self._linger()

    def _linger(self) -> None:
        """Close, but not before the client had time to read the answer: unread input would reset it."""
        self._deaf = True
        self.parser = None  # type: ignore[assignment]  # as uvicorn does; it may hold most of a large head
        if self.transport.is_closing():
            return
        if self.transport.can_write_eof():
            self.transport.write_eof()
        if self._ignored_bytes <= LINGER_BYTES:
            self.flow.resume_reading()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _close_when_idle(self) -> None:
        def close() -> None:
            if self._active is None and self._phase is Phase.IDLE and not self.pipeline:
                self.transport.close()

        self.loop.call_later(IDLE_SECONDS, close)

    # Watching.

    def review(self, now: float) -> None:
        """End what takes too long; the door calls this."""
        if self._is_unread(now):
            self.abandon()
        elif self._deaf or self.transport.is_closing():
            return
        elif self.flow.read_paused:
            # It is the server that does not read: nothing to hold against the client.
            self._head_since = None if self._head_since is None else now
            if self._intake is not None:
                self._intake.hold(now)
        elif self._head_since is not None:
            self._review_head(now - self._head_since)
        elif self._intake is not None and not self.cycle.waiting_for_100_continue:
            self._review_body(self._intake.stalled(now, self._body_bytes))

    def _review_head(self, seconds: float) -> None:
        if seconds <= self._door.settings.head_seconds:
            return
        if self._phase is Phase.IDLE:
            self.transport.close()  # not a word was said
        else:
            self._refuse(RequestTimeout("The request's headers came too slowly.", code="head_timeout"))

    def _review_body(self, stalled: bool) -> None:
        if stalled:
            self._refuse(RequestTimeout("The request body came too slowly.", code="body_timeout"))

    def _is_unread(self, now: float) -> bool:
        """True when the client does not fetch what was written for it."""
        waiting = self.transport.get_write_buffer_size()
        if not waiting:
            self._outflow = None
            return False
        sent = self._written - waiting
        settings = self._door.settings
        if self._outflow is None:
            self._outflow = Pace(settings.send_seconds, settings.min_bytes_per_second, now, sent)
        return self._outflow.stalled(now, sent)


def _with_close(message: MutableMapping[str, Any]) -> Message:
    headers = [(name, value) for name, value in message.get("headers", ()) if name.lower() != b"connection"]
    return {**message, "headers": [*headers, (b"connection", b"close")]}
