"""The HTTP server: uvicorn with hardened connections, and a stop that finishes what it began.

SIGTERM or SIGINT: no new connections, requests under way get `grace_seconds`, new ones on kept-alive
connections a 503 that says so; then the rest is cut off and the application closes. A second signal cuts
everything off at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import socket
import sys
from collections.abc import Iterable
from functools import partial
from types import FrameType
from typing import Any, cast

import structlog
import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from egaku.api.connection import Connection
from egaku.api.door import Door
from egaku.settings import Settings

KEEP_ALIVE_SECONDS = 75
BACKLOG = 2048
ABANDON_SECONDS = 3.0
"""How long requests that were cut off may take to notice."""
POLL_SECONDS = 0.05
SPARE_DESCRIPTORS = 512
"""File descriptors beyond two for each connection: files being served, databases, pipes of workers."""
PROBE_AFTER_SECONDS = 60
"""A client that says nothing for so long is asked whether it is still there (TCP keep-alive)."""

log = structlog.get_logger(__name__)


class UnknownServer(RuntimeError):
    """The installed uvicorn is not one whose connections can be hardened; nothing is served without."""


def create_server(app: Any, settings: Settings) -> Server:
    """A server for an ASGI application. Raises UnknownServer."""
    check_server()
    if settings.trusted_proxies:
        # The client is then the rightmost address in X-Forwarded-For that is no trusted proxy.
        app = ProxyHeadersMiddleware(app, list(settings.trusted_proxies))
    door = Door(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=cast("type[asyncio.Protocol]", partial(Connection, door=door)),
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        # Trusting X-Forwarded-For from loopback would let any local client choose its own identity.
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=round(ABANDON_SECONDS),
    )
    return Server(config, door)


class Server(uvicorn.Server):
    """uvicorn's server with a door, a graceful stop, and 0 as its status after one."""

    def __init__(self, config: uvicorn.Config, door: Door) -> None:
        super().__init__(config)
        self.door = door

    def listen(self) -> socket.socket:
        """The socket to serve on. Ends the program when the address is not to be had."""
        listening = self.config.bind_socket()
        _probe_silent_clients(listening)
        return listening

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins the stop, the second ends it."""
        self.door.draining = True
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, finish, cut off what does not finish, close the application."""
        for server in self.servers:
            server.close()
        for connection in self._connections():
            connection.shutdown()
        if not await self._settled(self.door.settings.grace_seconds):
            log.warning("requests cut off", count=len(self.server_state.tasks), forced=self.force_exit)
        for connection in self._connections():
            connection.abandon()
        forced, self.force_exit = self.force_exit, False
        await self._settled(ABANDON_SECONDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ABANDON_SECONDS if forced else None):
                await super().shutdown(sockets)
        self.force_exit = forced

    async def _settled(self, seconds: float) -> bool:
        """Wait until all connections are closed and all requests ended; False when they are not in time."""
        until = asyncio.get_running_loop().time() + seconds
        while self.server_state.connections or self.server_state.tasks:
            if self.force_exit or asyncio.get_running_loop().time() >= until:
                return False
            await asyncio.sleep(POLL_SECONDS)
        return True

    def _connections(self) -> Iterable[Connection]:
        return [one for one in self.server_state.connections if isinstance(one, Connection)]


OVERRIDDEN: dict[str, tuple[str, ...]] = {
    "connection_made": ("transport",),
    "connection_lost": ("exc",),
    "shutdown": (),
    "data_received": ("data",),
    "on_message_begin": (),
    "on_url": ("url",),
    "on_header": ("name", "value"),
    "on_headers_complete": (),
    "on_body": ("body",),
    "on_message_complete": (),
    "_start_asgi_task": ("cycle", "app"),
    "on_response_complete": (),
}
"""Methods of uvicorn's protocol that `Connection` builds on, with their parameters."""

USED: list[tuple[type[object], frozenset[str]]] = [
    (
        HttpToolsProtocol,
        frozenset(
            {"loop", "parser", "server_state", "pipeline", "transport", "flow", "client", "headers", "cycle"}
        ),
    ),
    (
        RequestResponseCycle,
        frozenset({"scope", "disconnected", "keep_alive", "waiting_for_100_continue", "more_body"})
        | {"response_started", "response_complete", "message_event"},
    ),
    (FlowControl, frozenset({"read_paused"})),
]
"""Attributes it relies on, by the class whose `__init__` sets them."""


def check_server() -> None:
    """Raise UnknownServer unless uvicorn is as `Connection` knows it: an override that nothing calls, or a
    renamed attribute, would leave the server without its deadlines and nobody the wiser.
    """
    for name, parameters in OVERRIDDEN.items():
        method = vars(HttpToolsProtocol).get(name)
        if method is None or tuple(inspect.signature(method).parameters)[1:] != parameters:
            raise _unknown(f"HttpToolsProtocol.{name}")
    for owner, attributes in USED:
        start = inspect.getattr_static(owner, "__init__")
        missing = attributes - set(start.__code__.co_names) - set(start.__code__.co_varnames)
        if missing:
            raise _unknown(", ".join(sorted(missing)))


def _unknown(what: str) -> UnknownServer:
    return UnknownServer(
        f"this version of uvicorn ({uvicorn.__version__}) is not known: {what} has changed, so slow clients "
        "could not be cut off. Install the version egaku was made for"
    )


def _probe_silent_clients(listening: socket.socket) -> None:
    """Accepted connections inherit this; a machine that vanished frees its slot."""
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, PROBE_AFTER_SECONDS)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, PROBE_AFTER_SECONDS // 4)


def raise_descriptor_limit(connections: int) -> None:
    """Room for that many connections, as far as the system lets this process; Windows has no such limit."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * connections + SPARE_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
