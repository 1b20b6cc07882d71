"""Images per minute: a moving window per key, exact under concurrency, counted in pictures, not requests.

A request is charged once its fields are valid, before any picture is decoded or drawn: whatever fails after
that still counts, as it did with OpenAI. A malformed request costs nothing.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from egaku.contract.errors import RateLimited

MAX_RETRY_SECONDS = 60
"""Node's SDK ignores a longer Retry-After and comes back at once."""


class ImageLimiter:
    """Counts pictures per owner."""

    def __init__(self, default_per_minute: int, organization: str) -> None:
        self._default = default_per_minute
        self._organization = organization
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def charge(self, owner: str, per_minute: int | None, images: int) -> None:
        """Count `images` against the owner's minute, or raise RateLimited and count none."""
        item = self._item(per_minute)
        if await self._window.hit(item, owner, cost=images):
            return
        stats = await self._window.get_window_stats(item, owner)
        used = item.amount - stats.remaining
        wait = min(max(stats.reset_time - time.time(), 1.0), MAX_RETRY_SECONDS)
        hopeless = images > item.amount
        raise RateLimited(
            f"Rate limit exceeded for images per minute in organization {self._organization}. "
            f"Limit: {item.amount}/1min. Current: {used + images}/1min. Please visit "
            "https://platform.openai.com/docs/guides/rate-limits to learn how to increase your rate limit.",
            code="rate_limit_exceeded",
            headers={
                "Retry-After": str(math.ceil(wait)),
                "Retry-After-Ms": str(math.ceil(wait * 1000)),
                **({"X-Should-Retry": "false"} if hopeless else {}),
            },
        )

    async def headers(self, owner: str, per_minute: int | None) -> dict[str, str]:
        """The three `x-ratelimit-…-images` headers as things stand."""
        item = self._item(per_minute)
        stats = await self._window.get_window_stats(item, owner)
        reset = max(0, math.ceil(stats.reset_time - time.time())) if stats.remaining < item.amount else 0
        return {
            "x-ratelimit-limit-images": str(item.amount),
            "x-ratelimit-remaining-images": str(stats.remaining),
            "x-ratelimit-reset-images": f"{reset}s",
        }

    def _item(self, per_minute: int | None) -> RateLimitItem:
        return RateLimitItemPerMinute(per_minute or self._default)
