"""Connections: what is no HTTP, deadlines for slow clients, bounds on all they may send."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from egaku.api.connection import MAX_PIPELINED
from tests.api.answers import GENERATIONS
from tests.api.conftest import DEADLINE, PATIENT, STRICT, make_key
from tests.api.sockets import closes, is_api_error, say, status
from tests.server import ServerProcess

HOST = b"Host: localhost\r\n"
PROBE = b"GET /healthz HTTP/1.1\r\n" + HOST
LAST = b"Connection: close\r\n\r\n"


@pytest.fixture(scope="module")
def strict() -> Iterator[ServerProcess]:
    with ServerProcess([], STRICT) as server:
        yield server


# What is not HTTP, or dangerous HTTP.

POST = b"POST " + GENERATIONS.encode() + b" HTTP/1.1\r\n" + HOST
MALFORMED = {
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "length and chunks": POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked is not last": POST + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "negative length": POST + b"Content-Length: -1\r\n\r\n",
    "signed length": POST + b"Content-Length: +3\r\n\r\nabc",
    "list of lengths": POST + b"Content-Length: 3, 3\r\n\r\nabc",
    "space before colon": POST + b"Content-Length : 3\r\n\r\nabc",
    "negative chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
    "long chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
    "chunks of nothing but extensions": POST
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + (b"1;" + b"x" * 4000 + b"\r\n{\r\n") * 200,
    "bare LF": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "bare CR": b"GET /healthz HTTP/1.1\r\nHost: localhost\rX: b\r\n\r\n",
    "folded header": PROBE + b"X: a\r\n b\r\n\r\n",
    "NUL in a header": PROBE + b"X: a\x00b\r\n\r\n",
    "space in the target": b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
    "not ASCII": "GET /é HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "another host in the target": b"GET http://evil.test/healthz HTTP/1.1\r\n" + HOST + LAST,
    "a tunnel": b"CONNECT evil.test:80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "HTTP/2": b"GET /healthz HTTP/2.0\r\n" + HOST + b"\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_malformed(strict: ServerProcess, data: bytes) -> None:
    """400 in the API's shape, once, and the end of the connection: nothing after it can be smuggled in."""
    answer = say(strict.port, data)
    assert status(answer) == 400
    assert is_api_error(answer)
    assert closes(answer)
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"GET http://localhost/healthz HTTP/1.1\r\n" + HOST + LAST, 200),
        (b"GET /%00 HTTP/1.1\r\n" + HOST + LAST, 404),
        (b"GET //evil.test/healthz HTTP/1.1\r\n" + HOST + LAST, 404),
        (b"OPTIONS * HTTP/1.1\r\n" + HOST + LAST, 404),
        (PROBE + b"Upgrade: websocket\r\nConnection: upgrade\r\n\r\nGET /x HTTP/1.1\r\n\r\n", 200),
        (PROBE + b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMA\r\n\r\n", 200),
    ],
    ids=str,
)
def test_unusual(strict: ServerProcess, data: bytes, expected: int) -> None:
    answer = say(strict.port, data)
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (expected, 1)


@pytest.mark.parametrize(
    "head",
    [
        PROBE + b"X: " + b"a" * 2**20,
        PROBE + b"X: a\r\n" * 101 + b"\r\n",
        PROBE + (b"X: " + b"a" * 1000 + b"\r\n") * 70 + b"\r\n",
        b"GET /" + b"a" * 2**20,
    ],
    ids=["one field", "many fields", "both", "target"],
)
def test_large_heads(strict: ServerProcess, head: bytes) -> None:
    answer = say(strict.port, head)
    assert status(answer) == 431
    assert is_api_error(answer)


def test_a_usual_large_head_is_read(strict: ServerProcess) -> None:
    head = PROBE + b"Cookie: " + b"a" * 32_000 + b"\r\n" + b"X: a\r\n" * 90 + LAST
    assert status(say(strict.port, head)) == 200


def test_pipelining(strict: ServerProcess) -> None:
    """A few ahead are answered in order, then what is wrong with the next is; thousands are not taken in."""
    answer = say(strict.port, (PROBE + b"\r\n") * 3 + b"rubbish\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200"] * 3 + [b"400"]
    many = say(strict.port, (PROBE + b"\r\n") * 5000)
    assert re.findall(rb"HTTP/1.1 (\d+)", many) == [b"200"] * (MAX_PIPELINED + 1) + [b"400"]


# Slow clients.


def test_silence_is_ended_without_a_word(strict: ServerProcess) -> None:
    began = time.monotonic()
    assert say(strict.port, b"") == b""
    assert DEADLINE <= time.monotonic() - began < PATIENT


TRICKLES = [
    (PROBE, b"X", "head_timeout"),
    (PROBE + b"\r\n" + PROBE, b"X", "head_timeout"),
    (b"\r\n", b"\r\n", ""),
    (POST + b"Content-Length: 1000\r\n\r\n", b"a", "body_timeout"),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", "body_timeout"),
]
"""What is said at first, what then drops, and the reason given in the end."""


def trickle(port: int, first: bytes, drop: bytes) -> tuple[float, bytes]:
    """A drop every tenth of a second, until the server has enough: the seconds that took, what it said."""
    began, received = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.1) as connection:
        connection.sendall(first)
        while time.monotonic() - began < PATIENT:
            with contextlib.suppress(TimeoutError):
                chunk = connection.recv(65_536)
                received += chunk
                if not chunk:
                    break
            with contextlib.suppress(ConnectionError):
                connection.sendall(drop)
    return time.monotonic() - began, received


def test_trickling(strict: ServerProcess) -> None:
    """A drop now and then is progress, and far too slow all the same."""
    with ThreadPoolExecutor(len(TRICKLES)) as threads:
        ends = list(threads.map(lambda row: trickle(strict.port, row[0], row[1]), TRICKLES))
    for (_, _, code), (seconds, received) in zip(TRICKLES, ends, strict=True):
        assert DEADLINE <= seconds < PATIENT
        assert (code.encode() in received) if code else not received
        if code:
            assert re.findall(rb"HTTP/1.1 (\d+)", received)[-1] == b"408"
            assert is_api_error(received)


def test_an_unread_answer(strict: ServerProcess) -> None:
    """20 MB for a reader of 200 bytes a second: reset, and the next is served meanwhile."""
    body = json.dumps({"prompt": "a", "n": 10, "response_format": "b64_json"}).encode()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", strict.port))
        connection.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        connection.settimeout(60)
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        until = time.monotonic() + DEADLINE + PATIENT
        while established(strict.port, connection.getsockname()[1]) and time.monotonic() < until:
            assert httpx.get(strict.url + "/healthz").status_code == 200
            time.sleep(0.2)
            connection.recv(40)
        assert not established(strict.port, connection.getsockname()[1])


def established(server: int, client: int) -> bool:
    """Whether the server's end of that connection is open, as Linux lists it."""
    ends = f":{server:04X} ", f":{client:04X} 01 "
    lines = Path("/proc/net/tcp").read_text().splitlines()
    return any(
        ends[0] in line and ends[1] in line and line.index(ends[0]) < line.index(ends[1]) for line in lines
    )


# Early answers.


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("closed")
    make_key(folder)
    with ServerProcess([], STRICT, data_dir=folder) as server:
        yield server


def read_bytes(pid: int) -> int:
    """Bytes the process has read from anywhere."""
    return int(re.findall(r"rchar: (\d+)", Path(f"/proc/{pid}/io").read_text())[0])


def read_when_quiet(pid: int) -> int:
    """The same, once the process has stopped reading what its start brought up."""
    until, before = time.monotonic() + 30, read_bytes(pid)
    while time.monotonic() < until:
        time.sleep(1.0)
        now = read_bytes(pid)
        if now - before < 2**16:
            break
        before = now
    return read_bytes(pid)


def test_a_wrong_key_and_a_gigabyte(closed: ServerProcess) -> None:
    """Refused at the head, read no further than what had come with it, and the client can still read why."""
    before, sent = read_when_quiet(closed.pid), 0
    with socket.create_connection(("127.0.0.1", closed.port), timeout=15) as connection:
        connection.sendall(POST + b"Content-Length: 1000000000\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while sent < 10**9:
                sent += connection.send(b"a" * 65_536)
        assert status(connection.recv(65_536)) == 401
    assert sent < 10**8
    assert read_bytes(closed.pid) - before < 2**20


@pytest.mark.parametrize(
    ("head", "last"),
    [
        (b"Content-Length: 70000\r\n", True),
        (b"Transfer-Encoding: chunked\r\n", True),
        (b"Content-Length: 10\r\nExpect: 100-continue\r\n", True),
        (b"Content-Length: 10\r\n", False),
    ],
)
def test_early_answers(closed: ServerProcess, head: bytes, last: bool) -> None:
    """A long or unknown rest ends the connection; a short one is read, and the next request served."""
    answer = say(closed.port, POST + head + b"\r\n" + (b"" if last else b"a" * 10 + PROBE + LAST))
    assert (status(answer), closes(answer)) == (401, last)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == ([b"401"] if last else [b"401", b"200"])


# Too many.


def test_too_many_connections() -> None:
    with (
        ServerProcess([], {**STRICT, "EGAKU_MAX_CONNECTIONS": "5", "EGAKU_HEAD_SECONDS": "60"}) as server,
        contextlib.ExitStack() as stack,
    ):
        until = time.monotonic() + PATIENT
        inside: list[socket.socket] = []
        answer = b""
        while not answer and time.monotonic() < until:  # those of the start may be closing still
            inside.append(
                stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=0.3))
            )
            with contextlib.suppress(TimeoutError):
                answer = inside[-1].recv(65_536)
        assert len(inside) <= 6
        assert status(answer) == 503
        assert b"\r\nretry-after: 5\r\n" in answer
        assert is_api_error(answer)
        inside[0].close()
        while (served := status(say(server.port, PROBE + LAST))) == 503 and time.monotonic() < until:
            time.sleep(0.1)
        assert served == 200
