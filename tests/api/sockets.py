"""Sockets that say exactly what a test wants, at the pace it wants."""

from __future__ import annotations

import contextlib
import socket

import orjson


def say(port: int, data: bytes, *, seconds: float = 15.0) -> bytes:
    """Send `data`, and return all that comes until the server closes. A reset ends it, too."""
    received = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(data)
        with contextlib.suppress(ConnectionError):
            while chunk := connection.recv(65_536):
                received += chunk
    return bytes(received)


def status(answer: bytes) -> int:
    """The first answer's status, 0 when there is none."""
    return int(answer.split(b" ", 2)[1]) if answer else 0


def is_api_error(answer: bytes) -> bool:
    """The last answer is an error in the API's shape."""
    body = answer.rpartition(b"\r\n\r\n")[2]
    return set(orjson.loads(body)["error"]) == {"message", "type", "param", "code"}


def closes(answer: bytes) -> bool:
    """The first answer says that it is the last on its connection."""
    return b"\r\nconnection: close" in answer.partition(b"\r\n\r\n")[0].lower()
