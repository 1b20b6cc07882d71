"""The server: hardened connections or none, callers behind a proxy, and an orderly stop."""

from __future__ import annotations

import functools
import os
import signal
import socket
import threading
import time

import httpx
import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from egaku.api.connection import Connection
from egaku.api.server import OVERRIDDEN, UnknownServer, check_server, create_server
from egaku.settings import Settings
from tests.api.answers import GENERATIONS
from tests.api.conftest import PATIENT, STRICT
from tests.server import ServerProcess

SMALL = {"prompt": "a", "size": "256x256"}


# The hardened class is the one in use, or nothing is.


def test_the_server_uses_hardened_connections() -> None:
    protocol: object = create_server(None, Settings()).config.http
    assert isinstance(protocol, functools.partial)
    assert protocol.func is Connection


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_a_changed_uvicorn_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    check_server()
    monkeypatch.delattr(HttpToolsProtocol, name)
    with pytest.raises(UnknownServer, match=name):
        create_server(None, Settings())


def test_other_changes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(HttpToolsProtocol, "on_header", lambda self, field: None)
        with pytest.raises(UnknownServer, match="on_header"):
            check_server()
    monkeypatch.setattr(RequestResponseCycle, "__init__", lambda self, scope: None)
    with pytest.raises(UnknownServer, match="more_body"):
        check_server()


def test_every_override_is_checked() -> None:
    own = {name for name in vars(Connection) if callable(getattr(HttpToolsProtocol, name, None))}
    assert own - {"__init__", "__doc__"} == set(OVERRIDDEN)


# Who is behind a proxy.


def ask(client: httpx.Client, forwarded: str) -> int:
    return client.post(GENERATIONS, json=SMALL, headers={"X-Forwarded-For": forwarded}).status_code


def test_forwarded_addresses_are_not_believed() -> None:
    """200 names for one client: the limit holds at its N+1st picture."""
    with (
        ServerProcess([], {**STRICT, "EGAKU_IMAGES_PER_MINUTE": "5"}) as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        answers = [ask(client, f"198.51.100.{i}, 203.0.113.{i}") for i in range(200)]
    assert answers == [200] * 5 + [429] * 195


def test_a_trusted_proxy_is_believed_as_far_as_it_knows() -> None:
    """The rightmost address is what the proxy saw; whatever stands before it the client made up."""
    env = {**STRICT, "EGAKU_IMAGES_PER_MINUTE": "2", "EGAKU_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}
    with (
        ServerProcess([], env) as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        made_up = [ask(client, f"198.51.100.{i}, 203.0.113.1") for i in range(5)]
        through_two = ask(client, "203.0.113.1, 10.1.2.3")
        other = ask(client, "203.0.113.2")
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.3"}
        link = client.post(GENERATIONS, json=SMALL, headers=headers).json()["data"][0]["url"]
    assert made_up == [200, 200, 429, 429, 429]
    assert (through_two, other) == (429, 200)
    assert link.startswith("https://127.0.0.1")


# The stop.


class Slow:
    """A picture under way, asked for in a thread of its own."""

    def __init__(self, server: ServerProcess, seconds: float) -> None:
        self.outcome: int | str | None = None
        self._server, self._seconds = server, seconds
        self._thread = threading.Thread(target=self._draw)
        self._thread.start()
        time.sleep(0.3)

    def _draw(self) -> None:
        body = {**SMALL, "prompt": f"wait {self._seconds / 4}"}
        try:
            self.outcome = httpx.post(self._server.url + GENERATIONS, json=body, timeout=60).status_code
        except httpx.TransportError as error:
            self.outcome = type(error).__name__

    def end(self) -> int | str | None:
        self._thread.join(60)
        return self.outcome


def stop(server: ServerProcess, kind: signal.Signals = signal.SIGTERM) -> None:
    os.kill(server.pid, kind)


def ended(server: ServerProcess) -> int:
    assert server._process is not None
    return server._process.wait(60)


def test_what_is_under_way_is_finished() -> None:
    with ServerProcess([], STRICT) as server, httpx.Client(base_url=server.url) as kept:
        assert kept.get("/readyz").status_code == 200
        slow = Slow(server, 2.0)
        assert kept.get("/readyz").status_code == 200
        stop(server)
        time.sleep(0.2)
        refused = kept.get("/readyz")
        assert (refused.status_code, refused.headers["connection"]) == (503, "close")
        assert refused.headers["retry-after"]
        assert refused.json()["error"]["code"] == "server_stopping"
        assert slow.end() == 200
        assert ended(server) == 0
        assert "Traceback" not in server.log


def test_nothing_under_way_ends_at_once() -> None:
    with ServerProcess([], STRICT) as server, socket.create_connection(("127.0.0.1", server.port)):
        began = time.monotonic()
        stop(server, signal.SIGINT)
        assert ended(server) == 0
        assert time.monotonic() - began < PATIENT
        assert "Traceback" not in server.log


def test_the_grace_ends() -> None:
    with ServerProcess([], {**STRICT, "EGAKU_GRACE_SECONDS": "0.5"}) as server:
        slow = Slow(server, 40)
        began = time.monotonic()
        stop(server)
        assert ended(server) == 0
        assert time.monotonic() - began < PATIENT
        assert isinstance(slow.end(), str)
        assert "Traceback" not in server.log


def test_a_second_signal_ends_it_now() -> None:
    with ServerProcess([], STRICT) as server:
        slow = Slow(server, 40)
        began = time.monotonic()
        stop(server)
        time.sleep(0.3)
        stop(server)
        assert ended(server) == 1
        assert time.monotonic() - began < PATIENT
        assert isinstance(slow.end(), str)
        assert "Traceback" not in server.log
