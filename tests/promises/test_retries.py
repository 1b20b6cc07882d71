"""Promise: retrying is safe: behind a proxy that drops 20 % of finished replies, one key is one execution.

The official SDK calls through a proxy that lets the server finish each answer and then, at random (seeded),
hangs up on the client instead of passing it on. The SDK retries by itself. What the server drew is counted in
its own records afterwards: with an Idempotency-Key exactly once per call, whatever the endpoint and the form
of the answer.
"""

from __future__ import annotations

import http.client
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.pictures import png
from tests.scale import scaled
from tests.server import ServerProcess

ENV = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "2", "EGAKU_IMAGES_PER_MINUTE": "1000000"}
SEED = 29
DROPPED = 0.2
CALLS = scaled(500, 40)
AT_ONCE = 8

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(1800)]


class DroppingProxy(ThreadingHTTPServer):
    """Passes requests on, and answers back but for those it drops."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to = port
        self.requests = self.dropped = 0
        self.chance = random.Random(SEED)
        self.lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"

    def drops(self) -> bool:
        with self.lock:
            drop = self.chance.random() < DROPPED
            self.requests += 1
            self.dropped += drop
            return drop


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: DroppingProxy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.to, timeout=120)
        upstream.request("POST", self.path, body, dict(self.headers))
        answer = upstream.getresponse()
        data = answer.read()
        upstream.close()
        self.close_connection = self.server.drops()
        if self.close_connection:
            return
        self.send_response(answer.status)
        for name in ("content-type", "retry-after", "idempotent-replayed"):
            if value := answer.headers.get(name):
                self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing is logged."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess([], ENV, data_dir=tmp_path) as server:
        yield server


@pytest.fixture
def proxy(server: ServerProcess) -> Iterator[DroppingProxy]:
    with DroppingProxy(server.port) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()


def call(client: openai.OpenAI, number: int, *, keyed: bool) -> None:
    """One of four kinds of call; raises unless it is answered."""
    extra: Any = {"extra_headers": {"Idempotency-Key": f"call-{number}"}} if keyed else {}
    if number % 4 == 0:
        assert client.images.generate(prompt="a", size="256x256", **extra).data[0].url
    elif number % 4 == 1:
        answer = client.images.generate(prompt="a", size="256x256", response_format="b64_json", **extra)
        assert answer.data[0].b64_json
    elif number % 4 == 2:
        picture = ("a.png", png(64, 64), "image/png")
        assert client.images.edit(image=picture, prompt="a", size="256x256", **extra).data
    else:
        with client.images.generate(prompt="a", model="gpt-image-1", stream=True, **extra) as events:
            assert [event.type for event in events] == ["image_generation.completed"]


def run_all(proxy: DroppingProxy, *, keyed: bool) -> None:
    with (
        openai.OpenAI(base_url=proxy.url, api_key="sk-any", max_retries=12, timeout=120) as client,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        list(threads.map(lambda number: call(client, number, keyed=keyed), range(CALLS)))


def executions(folder: Path, least: int) -> int:
    """What the server counted as answered; it writes once a second."""
    until = time.monotonic() + 60
    counted = -1
    while True:
        with sqlite3.connect(folder / "egaku.db") as database:
            last, counted = counted, database.execute("SELECT SUM(requests) FROM usage").fetchone()[0] or 0
        database.close()
        if counted >= least and counted == last:
            return int(counted)
        assert time.monotonic() < until, (counted, least)
        time.sleep(2.5)


def test_one_key_one_execution(
    server: ServerProcess, proxy: DroppingProxy, record_property: Callable[[str, object], None]
) -> None:
    run_all(proxy, keyed=True)
    assert proxy.dropped >= CALLS * DROPPED / 2
    assert proxy.requests == CALLS + proxy.dropped
    assert executions(server.data_dir, CALLS) == CALLS
    record_property("calls", CALLS)
    record_property("replies_dropped", proxy.dropped)


def test_without_a_key_every_retry_draws(server: ServerProcess, proxy: DroppingProxy) -> None:
    """The test of the test: the proxy does what it says, and the counter counts."""
    run_all(proxy, keyed=False)
    assert executions(server.data_dir, proxy.requests) == proxy.requests > CALLS
