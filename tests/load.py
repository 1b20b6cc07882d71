"""Load on a real server from one event loop: bounded in time and count, over kept-alive loopback connections.

Requests are written by hand on asyncio streams: a client library would cost more processor time than the
server under test has.
"""

from __future__ import annotations

import asyncio
import json
import math
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

IDLE_SECONDS = 20.0
"""Connections idle for longer are not used again: the server may be closing them."""
MAX_SECONDS = 900.0
"""No load runs longer, whatever it is told."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One request: when it was sent (seconds since the load began), its status, how long it took."""

    at: float
    status: int
    seconds: float


@dataclass(slots=True)
class Client:
    """Kept-alive connections to one server, as many as are in use at once."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    path: str = "/v1/images/generations"
    _idle: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def post(self, body: Mapping[str, object]) -> tuple[int, float]:
        """Status and seconds; status 0 when the connection broke."""
        data = json.dumps(body).encode()
        lines = [f"POST {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(data)}"]
        lines += [
            "Content-Type: application/json",
            *(f"{name}: {text}" for name, text in self.headers.items()),
        ]
        started = time.perf_counter()
        try:
            reader, writer = await self._connection()
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
            status, keep = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            return 0, time.perf_counter() - started
        if keep:
            self._idle.append((time.monotonic(), reader, writer))
        else:
            writer.close()
        return status, time.perf_counter() - started

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The one used last, or a new one."""
        while self._idle:
            since, reader, writer = self._idle.pop()
            if time.monotonic() - since < IDLE_SECONDS:
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)

    async def close(self) -> None:
        """End all connections."""
        for _, _, writer in self._idle:
            writer.close()
        self._idle.clear()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer whole; its status, and whether the connection may be used again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
    await reader.readexactly(length)
    return int(head[9:12]), "connection: close" not in head


async def closed_loop(
    client: Client, body: Mapping[str, object], clients: int, seconds: float, most: int = 10**6
) -> list[Sample]:
    """`clients` callers, each sending its next request when the last one is answered."""
    began, samples = time.perf_counter(), list[Sample]()

    async def call() -> None:
        while (at := time.perf_counter() - began) < min(seconds, MAX_SECONDS) and len(samples) < most:
            status, took = await client.post(body)
            samples.append(Sample(at, status, took))

    await asyncio.gather(*(call() for _ in range(clients)))
    return samples


async def open_loop(client: Client, body: Mapping[str, object], rate: float, seconds: float) -> list[Sample]:
    """`rate` requests a second whether the earlier ones are answered or not."""
    began, samples = time.perf_counter(), list[Sample]()
    running: set[asyncio.Task[None]] = set()

    async def call(at: float) -> None:
        status, took = await client.post(body)
        samples.append(Sample(at, status, took))

    for number in range(math.floor(rate * min(seconds, MAX_SECONDS))):
        due = number / rate
        await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
        task = asyncio.create_task(call(time.perf_counter() - began))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    return samples


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that `part` (0…1) of all values do not exceed; NaN of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else math.nan


def theil_sen(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the line through points as the median of all pairs' slopes (Theil 1950, Sen 1968)."""
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for number, earlier in enumerate(points)
        for later in points[number + 1 :]
        if later[0] > earlier[0]
    ]
    return statistics.median(slopes)
