"""What the HTTP path adds beyond the engine, and in which parts.

    python -m bench.overhead [--rounds 60]

Starts a real server with the do-nothing engine and asks, alternately, for one 256² picture as base64 and one
1024² picture as a link, over one keep-alive connection. The engine's own time, as the worker measured it, is
taken off each answer. Prints medians in milliseconds. `parse+send` is what no stage of the server accounts
for: HTTP parsing, validation, the event loop, the loopback socket, the client.
"""

from __future__ import annotations

import argparse
import http.client
import json
import platform
import statistics
import time
from collections.abc import Iterator

from tests.server import ServerProcess

CASES = {
    "256² b64_json": {"prompt": "x", "size": "256x256", "response_format": "b64_json"},
    "1024² url": {"prompt": "x", "size": "1024x1024", "response_format": "url"},
}
AIMS_MS = {"256² b64_json": 3.0, "1024² url": 25.0}
WARM_UP = 5


def stages(header: str) -> Iterator[tuple[str, float]]:
    """A Server-Timing header as (name, milliseconds)."""
    for part in header.split(", "):
        name, _, duration = part.partition(";dur=")
        yield name, float(duration)


def measure(connection: http.client.HTTPConnection, body: bytes) -> dict[str, float]:
    """One request: milliseconds by stage, `total` without the engine."""
    started = time.perf_counter()
    connection.request("POST", "/v1/images/generations", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    elapsed = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status}")
    parts = dict(stages(answer.headers["server-timing"]))
    engine = parts.pop("engine")
    return {"total": elapsed - engine, "parse+send": elapsed - engine - sum(parts.values()), **parts}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    rounds: int = options.parse_args().rounds
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in CASES}
    with ServerProcess(["--engine", "blank", "--images-per-minute", "1000000", "--workers", "1"]) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for turn in range(WARM_UP + rounds):
            for name, fields in CASES.items():
                sample = measure(connection, json.dumps(fields).encode())
                if turn >= WARM_UP:
                    samples[name].append(sample)
    print(f"{rounds} rounds, medians in ms, {platform.machine()}, Python {platform.python_version()}")
    for name, taken in samples.items():
        medians = {part: statistics.median(s[part] for s in taken) for part in taken[0]}
        parts = "  ".join(f"{part} {value:.2f}" for part, value in medians.items() if part != "total")
        print(f"{name:<14} total {medians['total']:.2f} (aim {AIMS_MS[name]:.0f})   {parts}")


if __name__ == "__main__":
    main()
