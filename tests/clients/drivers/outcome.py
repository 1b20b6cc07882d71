"""What every Python driver shares: read the calls, make them, print one JSON line of outcome for each.

A driver is a program of its own because each client lives in its own virtual environment. It reads
`{"out": directory, "calls": [call, ...]}` from standard input. One call is
`{"id", "base_url", "key", "operation", "fields", "image", "mask", "input", "stream"}`; one outcome is either
`{"id", "pictures": [{"form", "path", ...}], ...}` or `{"id", "error": {"class", "status", "message", ...}}`.
Only the standard library is imported here, so that any client's environment can run it.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Call = dict[str, Any]
Outcome = dict[str, Any]


class Pictures:
    """Keeps the pictures of one answer as files, so that the test can look at their pixels."""

    def __init__(self, directory: str, call_id: str) -> None:
        self._directory = Path(directory)
        self._call_id = call_id
        self.kept: list[Outcome] = []

    def add(self, *, url: str | None = None, b64: str | None = None, **extra: object) -> None:
        """Keep one picture: `b64` decoded, or `url` fetched as a browser would, without a key."""
        if b64 is not None:
            form, data = "b64_json", base64.b64decode(b64, validate=True)
        else:
            assert url is not None, "a picture needs a url or base64"
            form, data = "url", fetch(url)
        path = self._directory / f"{self._call_id}-{len(self.kept)}"
        path.write_bytes(data)
        self.kept.append({"form": form, "path": str(path), "url": url, **extra})


def retries(call: Call) -> int:
    """How often the client may retry: as often as it does by default where the case is about that."""
    return 2 if call["input"] == "retries" else 0


def fetch(url: str) -> bytes:
    """The bytes behind a URL of an answer."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - a URL our own server gave out
        data: bytes = answer.read()
        return data


def upload(path: str | None, kind: str) -> Any:
    """The file at `path` handed over as the call wants it: an open file, path, bytes, BytesIO or tuple."""
    if path is None:
        return None
    if kind in ("file", "typed"):
        return Path(path).open("rb")
    if kind == "path":
        return Path(path)
    data = Path(path).read_bytes()
    if kind == "bytes":
        return data
    if kind == "bytesio":
        return io.BytesIO(data)
    if kind == "tuple":
        return ("picture.png", data, "image/png")
    raise ValueError(f"no such way to upload: {kind}")


def read_calls() -> tuple[str, list[Call]]:
    """The output directory and the calls this run was asked for."""
    order = json.load(sys.stdin)
    return order["out"], order["calls"]


async def run(perform: Callable[[Call, Pictures], Awaitable[Outcome | None]]) -> None:
    """Make every call through `perform`, which keeps pictures and returns what else the answer held."""
    directory, calls = read_calls()
    for call in calls:
        pictures = Pictures(directory, call["id"])
        started = time.monotonic()
        try:
            more = await perform(call, pictures)
            line: Outcome = {"id": call["id"], "pictures": pictures.kept, **(more or {})}
        except Exception as error:  # noqa: BLE001 - whatever the client raises is the outcome under test
            line = {"id": call["id"], "error": describe(error)}
        line["seconds"] = time.monotonic() - started
        print(json.dumps(line), flush=True)  # noqa: T201 - this line is the driver's answer


def describe(error: Exception) -> Outcome:
    """An error as the client's user sees it: 0.x and later SDKs name the same facts differently."""
    body = getattr(error, "body", None) or getattr(error, "error", None)
    facts = dict(body) if body else {}
    return {
        "class": type(error).__name__,
        "status": getattr(error, "status_code", None) or getattr(error, "http_status", None),
        "message": facts.get("message", str(error)),
        "type": facts.get("type"),
        "param": facts.get("param"),
        "code": facts.get("code"),
        "text": str(error),
    }
