"""Promise: uploads leave nothing behind: of 10,000, 30 % aborted at a random byte, 0 temporary files stay and
at most 2 descriptors more are open.
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.answers import VARIATIONS
from tests.api.sockets import status
from tests.pictures import png
from tests.scale import scaled
from tests.server import ServerProcess

ABORTED = 0.3
BOUNDARY = "leftovers"
DATABASE = "egaku.db"
SPOOLED = 9 * 2**20
"""More than is held in memory: such an upload goes through a temporary file."""


def form(size: int) -> bytes:
    """A request to vary a picture; a file of `size` bytes that is none when the size is not 0."""
    picture = b"\x89PNG\r\n\x1a\n" + bytes(size) if size else png(64, 64)
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="size"\r\n\r\n256x256\r\n--{BOUNDARY}\r\n'
        'Content-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    ).encode()
    body += picture + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST {VARIATIONS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def upload(port: int, data: bytes, length: int) -> int:
    """Send the first `length` bytes and, if that is all, read the answer: its status, or 0."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(data[:length])
        if length < len(data):
            return 0
        answer = b""
        with contextlib.suppress(ConnectionError):
            while chunk := connection.recv(65_536):
                answer += chunk
        return status(answer)


def open_files(pid: int) -> list[str]:
    """What the process has open; nameless temporary files are shown as deleted.

    Without the database: its connections are opened when they are needed first, and five are kept.
    """
    found = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append(os.readlink(entry))  # noqa: PTH115  a pipe's or socket's link is no path
    return [name for name in found if DATABASE not in name]


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_leftovers(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    rng = random.Random(1)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    env = {
        "EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1", "EGAKU_IMAGES_PER_MINUTE": "1000000",
        "EGAKU_MODERATION": "off", "TMPDIR": str(temporary),
    }  # fmt: skip
    small, large = form(0), form(SPOOLED)
    with ServerProcess([], env) as server:
        for data in (small, large) * 5:
            upload(server.port, data, len(data))
        files, descriptors = sorted(temporary.rglob("*")), len(open_files(server.pid))
        served = aborted = 0
        for i in range(scaled(10_000)):
            data = large if i % 50 == 0 else small
            if rng.random() < ABORTED:
                upload(server.port, data, rng.randrange(len(data)))
                aborted += 1
            else:
                served += upload(server.port, data, len(data)) in (200, 400)
        until = time.monotonic() + 30
        while len(open_files(server.pid)) > descriptors + 2 and time.monotonic() < until:
            time.sleep(0.2)
        record_property("served", served)
        record_property("aborted", aborted)
        record_property("descriptors_more", len(open_files(server.pid)) - descriptors)
        assert served + aborted == scaled(10_000)
        assert aborted >= 0.2 * scaled(10_000)
        assert sorted(temporary.rglob("*")) == files
        assert len(open_files(server.pid)) <= descriptors + 2
        assert not [name for name in open_files(server.pid) if str(temporary) in name]
