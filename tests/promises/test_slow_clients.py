"""Promise: slow clients starve nobody: with 500 sockets at a byte a second and 50 that hardly read a 20 MB
answer, an honest client's p99 is at most twice its unloaded one, every slow socket is closed by its
deadline + 2 s, no descriptor stays open, and a head of 1 MiB costs no memory.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing
import os
import re
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.api.answers import GENERATIONS
from tests.api.sockets import say, status
from tests.scale import SCALE, bound, scaled
from tests.server import ServerProcess

TRICKLING, READING = 500, 50
LOOK_SECONDS = 0.5
DEADLINE = 4.0
"""Seconds for heads, for bodies and for answers, the same in this campaign."""
LATE = bound(2.0)
FLOOR = 0.0 if SCALE >= 1 else 0.15
"""Seconds below which, beside neighbours, a p99 is the machine's noise and not the server's queue."""
HEAD = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: "
BODY = f"POST {GENERATIONS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n".encode()
LARGE = json.dumps({"prompt": "a", "n": 10, "response_format": "b64_json"}).encode()
SMALL = json.dumps({"prompt": "a", "size": "256x256", "response_format": "b64_json"}).encode()
SERVER = {
    "EGAKU_ENGINE": "blank",
    "EGAKU_WORKERS": "1",
    "EGAKU_IMAGES_PER_MINUTE": "1000000",
    "EGAKU_MAX_WAITING": "1000",
    "EGAKU_MAX_CONCURRENT": "1000",
    "EGAKU_HEAD_SECONDS": str(DEADLINE),
    "EGAKU_BODY_IDLE_SECONDS": str(DEADLINE),
    "EGAKU_SEND_SECONDS": str(DEADLINE),
}


@dataclass
class Trickler:
    """A socket that sends a byte a second."""

    port: int
    first: bytes
    socket: socket.socket = field(init=False)
    opened: float = 0.0

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setblocking(False)
        self.socket.sendall(self.first)
        self.opened = time.monotonic()

    def drop(self) -> bool:
        """Send one byte; False when the server has closed."""
        with contextlib.suppress(BlockingIOError):
            try:
                if not self.socket.recv(4096) or not self.socket.recv(4096):
                    return False
            except ConnectionError:
                return False
        try:
            self.socket.send(b"x")
        except (ConnectionError, BlockingIOError):
            return False
        return True


def honest(port: int, seconds: float) -> list[float]:
    """Latencies of one client that asks for a small picture again and again."""
    found: list[float] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(found) < 50:
        began = time.monotonic()
        connection.request("POST", GENERATIONS, SMALL, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        found.append(time.monotonic() - began)
        time.sleep(0.01)
    connection.close()
    return sorted(found)


def p99(latencies: list[float]) -> float:
    return latencies[int(0.99 * (len(latencies) - 1))]


def trickle(port: int, until: float, lifetimes: list[float]) -> None:
    """Keep TRICKLING slow sockets open, heads and bodies in turn, each with a moment of its own in every
    second; note how long each was let live.
    """
    several = [Trickler(port, (HEAD, BODY)[i % 2]) for i in range(TRICKLING)]
    for one in several:
        one.open()
    while several:
        tick = time.monotonic()
        for i, one in enumerate(list(several)):
            time.sleep(max(0.0, tick + i / TRICKLING - time.monotonic()))
            if one.drop():
                continue
            lifetimes.append(time.monotonic() - one.opened)
            one.socket.close()
            if time.monotonic() < until:
                one.open()
            else:
                several.remove(one)
        time.sleep(max(0.0, tick + 1.0 - time.monotonic()))


def read_slowly(port: int, lookout: Lookout, ready: threading.Barrier, lifetimes: list[float]) -> None:
    """Ask for a large answer, read its head and then two bytes a second until cut off."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(300)
        connection.connect(("127.0.0.1", port))
        head = f"POST {GENERATIONS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(LARGE)}\r\n\r\n"
        connection.sendall(head.encode() + LARGE)
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        began = time.monotonic()
        ready.wait()
        while lookout.sees(connection.getsockname()[1]):
            connection.recv(1)
            time.sleep(0.5)
        lifetimes.append(time.monotonic() - began)


class Lookout:
    """Which connections the server still holds its end of, as Linux lists them.

    The client's end may not hear of a reset while it has no room. One look serves all: the list is long.
    """

    def __init__(self, server: int) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._clients: set[int] = set()
        self._looked = 0.0

    def sees(self, client: int) -> bool:
        """Whether the connection from that port is open."""
        with self._lock:
            if time.monotonic() - self._looked > LOOK_SECONDS:
                pattern = rf"^ *\d+: \w+:{self._server:04X} \w+:(\w+) 01 "
                found = re.findall(pattern, Path("/proc/net/tcp").read_text(), re.MULTILINE)
                self._clients = {int(port, 16) for port in found}
                self._looked = time.monotonic()
            return client in self._clients


def sockets(pid: int) -> int:
    """Open sockets of the process."""
    count = 0
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(entry).startswith("socket:")  # noqa: PTH115  a socket's link is no path
    return count


def resident(pid: int) -> int:
    """Bytes of memory the process has in use."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024


def settled(pid: int, most: int) -> int:
    """The number of open sockets, once it is no more than `most` or half a minute has passed."""
    until = time.monotonic() + 30
    while (count := sockets(pid)) > most and time.monotonic() < until:
        time.sleep(0.2)
    return count


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_slow_clients(record_property: Callable[[str, object], None]) -> None:
    """The large answers are drawn and waiting to be read before measuring starts: drawing is not dawdling."""
    seconds, readers = scaled(180, 15), scaled(READING, 5)
    drawing = 2.0 * readers + seconds
    """Seconds slow readers are let live: while the others' answers are drawn, and as long as is measured."""
    context = multiprocessing.get_context("spawn")
    with (
        ServerProcess([], {**SERVER, "EGAKU_SEND_SECONDS": str(drawing)}) as server,
        ProcessPoolExecutor(1, context) as elsewhere,
    ):
        unloaded = p99(elsewhere.submit(honest, server.port, min(seconds, 10)).result())
        before = sockets(server.pid)
        read: list[float] = []
        lookout, ready = Lookout(server.port), threading.Barrier(readers + 1)
        reading = [
            threading.Thread(target=read_slowly, args=(server.port, lookout, ready, read))
            for _ in range(readers)
        ]
        for thread in reading:
            thread.start()
        ready.wait(300)
        trickled: list[float] = []
        until = time.monotonic() + seconds
        trickling = threading.Thread(target=trickle, args=(server.port, until, trickled))
        trickling.start()
        loaded = p99(elsewhere.submit(honest, server.port, seconds).result())
        still_reading = sum(thread.is_alive() for thread in reading)
        for thread in (trickling, *reading):
            thread.join()
        figures = {
            "unloaded_p99_ms": unloaded * 1000,
            "loaded_p99_ms": loaded * 1000,
            "trickled": len(trickled),
            "longest_trickle_s": max(trickled),
            "slow_readers": readers,
            "longest_read_s": max(read),
            "sockets_left": settled(server.pid, before) - before,
        }
        for name, figure in figures.items():
            record_property(name, round(figure, 2))
        assert loaded <= 2 * max(unloaded, FLOOR)
        assert still_reading == readers
        assert len(trickled) >= TRICKLING
        assert max(trickled) <= DEADLINE + LATE + 1  # a socket is looked at once a second
        assert max(read) <= drawing + LATE + 1
        assert figures["sockets_left"] <= 0


@pytest.mark.campaign
def test_large_heads_cost_no_memory(record_property: Callable[[str, object], None]) -> None:
    """Both halves send as many: refused connections linger for a second, each a few kilobytes."""

    def send() -> int:
        for _ in range(scaled(500)):
            assert status(say(server.port, HEAD + b"a" * 2**20)) == 431
        return resident(server.pid)

    with ServerProcess([], SERVER) as server:
        first, second = send(), send()
    record_property("heads_mib", round((second - first) / 2**20, 2))
    assert second - first < 2 * 2**20
