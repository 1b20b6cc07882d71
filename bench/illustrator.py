"""`python -m bench.illustrator`: how fast the illustrator draws the public prompts, on one core.

For each size: median, 95th percentile and slowest, style pass included; then the slowest styles, the time
until the first picture of a fresh process, and its resident memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
import zlib
from collections import defaultdict

import numpy as np
from tools.gallery import prompts

from egaku.engines.base import Job, Task
from egaku.engines.illustrator.engine import Illustrator, create
from egaku.engines.illustrator.understand import understand

TARGETS = {256: 40.0, 512: 90.0, 1024: 250.0}
"""Milliseconds at the median, by side in pixels."""


def draw(engine: Illustrator, prompt: str, side: int, quality: str = "auto") -> float:
    """Seconds for one picture."""
    seed = zlib.crc32(prompt.encode())
    job = Job(task=Task.GENERATE, width=side, height=side, seed=seed, prompt=prompt, quality=quality)
    begun = time.perf_counter()
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
    engine.finish(batch)
    return time.perf_counter() - begun


def cold() -> float:
    """Seconds from starting Python to the first picture of 256 x 256."""
    code = (
        "from bench.illustrator import draw, create; draw(create(), 'a flamingo on the sea at sunset', 256)"
    )
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.illustrator", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every n-th prompt")
    parser.add_argument("--side", type=int, action="append", help="only this side, may be repeated")
    parser.add_argument("--quality", default="auto", help="`low` paints at half the size")
    options = parser.parse_args()
    chosen = [prompt for _, prompt in prompts()][:: options.every]
    print(f"cold start to the first picture: {cold():.2f} s")
    engine = create()
    for side in options.side or TARGETS:
        times = np.array([draw(engine, prompt, side, options.quality) for prompt in chosen]) * 1000
        slow = chosen[int(times.argmax())]
        print(
            f"{side:5d}: median {np.median(times):6.1f} ms (target {TARGETS.get(side, 0):.0f}), "
            f"p95 {np.percentile(times, 95):6.1f}, slowest {times.max():6.1f} ({slow[:60]})"
        )
        styles: dict[str, list[float]] = defaultdict(list)
        for prompt, spent in zip(chosen, times, strict=True):
            styles[understand(prompt).style or "none"].append(float(spent))
        worst = sorted(styles, key=lambda style: -float(np.median(styles[style])))[:3]
        print(
            "       slowest styles: "
            + ", ".join(f"{style} {np.median(styles[style]):.0f} ms" for style in worst)
        )
    print(f"resident memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
