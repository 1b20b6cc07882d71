"""Promise: nobody computes for callers who hung up: of 100 disconnects at random progress, the worker is free
within one step + 1 s in at least 99.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.answers import GENERATIONS
from tests.scale import bound, scaled
from tests.server import ServerProcess

STEP = 0.4
STEPS = 4
FREE_SECONDS = STEP + bound(1.0)
PART = 0.99
GPT = {"model": "gpt-image-1", "stream": True}
SHAPES: list[dict[str, Any]] = [{}, {"n": 3}, GPT, {**GPT, "partial_images": 3}, {**GPT, "n": 2}]
QUICK = json.dumps({"prompt": "a", "size": "256x256", "response_format": "b64_json"}).encode()


def hang_up(port: int, body: dict[str, Any], after: float, *, abruptly: bool) -> None:
    """Ask for a picture and leave after that many seconds, with a reset or in good order."""
    data = json.dumps(body).encode()
    head = (
        f"POST {GENERATIONS} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + data)
        time.sleep(after)
        if abruptly:
            linger = (1).to_bytes(4, "little") + bytes(4)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def seconds_until_free(port: int) -> float:
    """How long the only worker takes to serve the next caller."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", GENERATIONS, QUICK, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200
    return time.monotonic() - began


def disconnect(count: int) -> list[float]:
    """After each hang-up: seconds until the next caller was served, in order of size."""
    rng, free = random.Random(2), []
    with ServerProcess(["--engine", "blank", "--workers", "1", "--images-per-minute", "1000000"]) as server:
        seconds_until_free(server.port)
        for _ in range(count):
            body = {"prompt": f"wait {STEP}", **rng.choice(SHAPES)}
            hang_up(server.port, body, rng.uniform(0, 0.9 * STEP * STEPS), abruptly=rng.random() < 0.5)
            free.append(seconds_until_free(server.port))
        assert '"level": "error"' not in server.log
        assert "Traceback" not in server.log
    in_time = sum(seconds <= FREE_SECONDS for seconds in free)
    assert in_time >= PART * count, sorted(free)[-5:]
    return sorted(free)


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_disconnects(record_property: Callable[[str, object], None]) -> None:
    free = disconnect(scaled(100))
    record_property("disconnects", len(free))
    record_property("step_s", STEP)
    record_property("free_after_s_median", round(free[len(free) // 2], 2))
    record_property("free_after_s_longest", round(free[-1], 2))
