"""Deletes what is past its time, round after round."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from egaku.contract.errors import ApiError

SWEEP_SECONDS = 30.0
SCAN_SECONDS = 600.0
"""Between two looks at every stored file. Expired ones are known by their records; this finds the others."""

Sweep = Callable[[], Awaitable[int]]
"""Deletes what has expired and says how much it was."""

log = structlog.get_logger(__name__)


def seldom(run: Sweep, every: float = SCAN_SECONDS, now: Callable[[], float] = time.monotonic) -> Sweep:
    """`run`, but only when `every` seconds have passed since it last succeeded; 0 in between."""
    last = -math.inf

    async def maybe() -> int:
        nonlocal last
        if now() - last < every:
            return 0
        gone = await run()
        last = now()
        return gone

    return maybe


async def sweep(sweeps: Mapping[str, Sweep]) -> dict[str, int]:
    """One round, in order; what went, by name. One that fails is reported and does not keep the others."""
    gone = {}
    for name, run in sweeps.items():
        try:
            gone[name] = await run()
        except (ApiError, OSError, SQLAlchemyError) as error:
            _heed_cancellation()
            log.warning("sweep failed", of=name, kind=type(error).__name__)
    return gone


def _heed_cancellation() -> None:
    """A driver that is interrupted can raise an error of its own in place of the cancellation."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def sweep_forever(sweeps: Mapping[str, Sweep], every: float = SWEEP_SECONDS) -> None:
    """A round every `every` seconds; the first one at once."""
    while True:
        gone = {name: count for name, count in (await sweep(sweeps)).items() if count}
        if gone:
            log.info("swept", **gone)
        await asyncio.sleep(every)
