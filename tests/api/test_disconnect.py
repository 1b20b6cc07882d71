"""A client that hangs up frees its worker within one step, and the log says so without an error."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import pytest

from tests.api.answers import GENERATIONS
from tests.server import ServerProcess

STEP = 0.3
"""Seconds a step of the slow drawing takes; the whole takes four."""
GPT = {"model": "gpt-image-1", "stream": True}


def hang_up(server: ServerProcess, key: str, body: dict[str, Any], after: float) -> None:
    """Ask for a picture and leave after that many seconds, whatever came."""
    data = json.dumps(body).encode()
    head = (
        f"POST {GENERATIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + data)
        time.sleep(after)


@pytest.mark.parametrize(
    "extra", [{}, {"n": 2}, GPT, {**GPT, "partial_images": 3}, {**GPT, "n": 2, "partial_images": 1}], ids=str
)
def test_the_worker_is_free_within_a_step(
    narrow: ServerProcess, narrow_client: httpx.Client, extra: dict[str, Any]
) -> None:
    """Left at 1.1 of 4 steps; the one worker serves the next caller long before the fourth would end."""
    before = len(narrow.log)
    key = narrow_client.headers["Authorization"]
    hang_up(narrow, key, {"prompt": f"wait {STEP}", **extra}, after=1.1 * STEP)
    began = time.monotonic()
    answer = narrow_client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"})
    while answer.status_code == 503 and time.monotonic() - began < STEP:  # it came before the news did
        answer = narrow_client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"})
    assert answer.status_code == 200
    assert time.monotonic() - began < 2.2 * STEP
    said = narrow.log[before:]
    assert "Traceback" not in said
    assert '"level": "error"' not in said


def test_hanging_up_while_uploading(narrow: ServerProcess, narrow_client: httpx.Client) -> None:
    before = len(narrow.log)
    key = narrow_client.headers["Authorization"]
    head = (
        f"POST {GENERATIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", narrow.port)) as connection:
        connection.sendall(head.encode() + b'{"prompt":')
        time.sleep(0.1)
    assert narrow_client.get("/healthz").status_code == 200
    assert "Traceback" not in narrow.log[before:]
