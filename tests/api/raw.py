"""HTTP without a client library's tidying: paths and headers go out exactly as written."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import orjson

from tests.server import ServerProcess


@dataclass(frozen=True)
class Raw:
    """An answer as it came."""

    status: int
    head: bytes
    body: bytes

    def is_api_error(self) -> bool:
        """All four keys, and nothing else."""
        return set(orjson.loads(self.body)["error"]) == {"message", "type", "param", "code"}


def raw_get(server: ServerProcess, path: bytes, *headers: bytes) -> Raw:
    """GET `path` with these header lines; the connection is closed after."""
    lines = [b"GET " + path + b" HTTP/1.1", b"Connection: close", *headers]
    if not any(line.lower().startswith(b"host:") for line in headers):
        lines.append(b"Host: localhost")
    received = bytearray()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        while chunk := connection.recv(65_536):
            received += chunk
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    return Raw(int(head.split(b" ", 2)[1]), head, body)
