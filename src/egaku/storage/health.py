"""Can the stores be used now? For readiness probes: cheap, bounded in time, asked at most once a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from egaku.contract.errors import ApiError

REMEMBERED_SECONDS = 1.0
PATIENCE_SECONDS = 2.0
"""A store that takes longer to answer is as good as away."""
OK = "ok"
SILENT = "timeout"

Check = Callable[[], Awaitable[None]]


class StoreChecks:
    """Asks each store; ApiErrors tell by their code what is wrong."""

    def __init__(self, checks: Mapping[str, Check], now: Callable[[], float] = time.monotonic) -> None:
        self._checks = dict(checks)
        self._now = now
        self._asking = asyncio.Lock()
        self._under_way: dict[str, asyncio.Task[str]] = {}
        self._answer: dict[str, str] = {}
        self._asked_at = float("-inf")

    async def check(self) -> dict[str, str]:
        """By store: "ok", or a word for what is wrong ("storage_full", "storage_unavailable", "timeout")."""
        async with self._asking:
            if self._now() - self._asked_at >= REMEMBERED_SECONDS:
                self._answer = await self._ask()
                self._asked_at = self._now()
        return self._answer

    async def _ask(self) -> dict[str, str]:
        # A question that hangs is neither cancelled, which could leave its lock behind, nor asked twice.
        for name, check in self._checks.items():
            if name not in self._under_way:
                self._under_way[name] = asyncio.create_task(_verdict(check))
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=PATIENCE_SECONDS)
        answered = [name for name, asked in self._under_way.items() if asked.done()]
        verdicts = {name: self._under_way.pop(name).result() for name in answered}
        return {name: verdicts.get(name, SILENT) for name in self._checks}


async def _verdict(check: Check) -> str:
    try:
        await check()
    except ApiError as error:
        return error.code or "failing"
    except (OSError, SQLAlchemyError):
        return "failing"
    return OK
