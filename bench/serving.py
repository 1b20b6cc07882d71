"""Throughput and latency of the whole server, by engine, callers and workers.

    python -m bench.serving [--seconds 8] [--size 512x512]

A real server for each engine and number of workers; 1, 4, 16 and 64 callers, each sending its next request
when the last one is answered (closed loop, base64, one picture a request). Prints pictures a second, median
and p99 latency in milliseconds, and what the second worker brings. The load generator shares the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import platform

from tests.load import Client, closed_loop, percentile
from tests.server import ServerProcess

ENGINES = ("blank", "illustrator")
CALLERS = (1, 4, 16, 64)
WORKERS = (1, 2)
PROMPT = "a red fox in a snowy forest"


async def measure(port: int, size: str, callers: int, seconds: float) -> tuple[float, float, float]:
    """Pictures a second, median and p99 milliseconds."""
    client = Client(port)
    body = {"prompt": PROMPT, "size": size, "response_format": "b64_json"}
    await closed_loop(client, body, callers, 1.0)
    samples = await closed_loop(client, body, callers, seconds)
    await client.close()
    if any(one.status != 200 for one in samples):
        raise RuntimeError(f"answers: { {one.status for one in samples} }")
    # Counted to the last answer: what was under way when time ran out has been drawn too.
    lasted = max(one.at + one.seconds for one in samples)
    times = [one.seconds * 1000 for one in samples]
    return len(samples) / lasted, percentile(times, 0.5), percentile(times, 0.99)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=8.0)
    options.add_argument("--size", default="512x512")
    chosen = options.parse_args()
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, {chosen.size}, {chosen.seconds:g} s a cell")
    print("| engine | workers | callers | pictures/s | p50 ms | p99 ms | against one worker |")
    print("|---|---|---|---|---|---|---|")
    for engine in ENGINES:
        single: dict[int, float] = {}
        for workers in WORKERS:
            args = ["--engine", engine, "--workers", str(workers), "--images-per-minute", "1000000"]
            with ServerProcess(args, {"EGAKU_MAX_CONCURRENT": "10000"}) as server:
                for callers in CALLERS:
                    rate, middle, worst = asyncio.run(
                        measure(server.port, chosen.size, callers, chosen.seconds)
                    )
                    single.setdefault(callers, rate)
                    print(
                        f"| {engine} | {workers} | {callers} | {rate:.1f} | {middle:.1f} | {worst:.1f} "
                        f"| {rate / single[callers]:.2f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
