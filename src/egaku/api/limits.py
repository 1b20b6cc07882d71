"""How much a caller may draw: allowed models, images under way, per minute, per UTC day and per UTC month.

A request is charged once its fields are valid, before any picture is decoded or drawn: whatever fails after
that still counts, as it did with OpenAI. A malformed request costs nothing, nor does one that a limit or a
full queue refused: `Charge.refund`.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from egaku.contract.errors import ApiError, PermissionDenied, RateLimited
from egaku.contract.models import counted_model
from egaku.settings import Settings
from egaku.storage.keys import Key
from egaku.storage.quotas import Period, QuotaStore
from egaku.storage.windows import SECONDS, Hit, Window

MAX_RETRY_SECONDS = 60
"""Node's SDK ignores a longer Retry-After and comes back at once."""
REFUNDED = frozenset({503, 507})
"""Statuses that say the server had no room: nothing was drawn, and nothing stays counted."""

log = structlog.get_logger(__name__)


class Lease:
    """Images under way, held until `release`."""

    def __init__(self, under_way: Counter[str], owner: str, images: int) -> None:
        self._under_way = under_way
        self._owner = owner
        self._images = images
        under_way[owner] += images

    def release(self) -> None:
        """Let them go; a second time does nothing."""
        self._under_way[self._owner] -= self._images
        self._images = 0
        if self._under_way[self._owner] <= 0:
            del self._under_way[self._owner]


class Charge:
    """What one request was counted for."""

    def __init__(self, limiter: Limiter, owner: str, images: int, limit: int, hit: Hit) -> None:
        self.lease: Lease | None = None
        self.periods: Sequence[Period] = ()
        self._limiter = limiter
        self._owner = owner
        self._images = images
        self._limit = limit
        self._hit = hit
        self._open = True

    @property
    def headers(self) -> dict[str, str]:
        """The `x-ratelimit-…-images` headers as they were when it was counted."""
        return _headers(self._limit, self._hit)

    async def refund(self) -> None:
        """Count it for nothing. Where a store is away the images stay counted; nobody waits for that."""
        if not self._open:
            return
        self._open = False
        try:
            await self._limiter.window.undo(self._owner, self._hit, self._images)
            await self._limiter.quotas.give_back(self._owner, self._images, self.periods)
        except ApiError as error:
            log.warning("charge not refunded", kind=type(error).__name__)

    def release(self) -> None:
        """Its images are no longer under way."""
        if self.lease is not None:
            self.lease.release()


@dataclass(frozen=True, slots=True)
class _Excess:
    """Which limit a request would break."""

    what: str
    limit: int
    used: int
    images: int
    wait: float
    """Seconds until trying again makes sense."""
    unit: str = ""


class Limiter:
    """Counts images per owner: a key's id, or an address where no keys are needed."""

    def __init__(self, settings: Settings, window: Window, quotas: QuotaStore) -> None:
        self.window = window
        self.quotas = quotas
        self._settings = settings
        self._under_way: Counter[str] = Counter()

    async def allow(self, owner: str, key: Key | None, images: int, model: str | None) -> None:
        """Refuse what no waiting helps: a model the key may not use, more images than are ever allowed.

        Raises PermissionDenied, RateLimited.
        """
        self._check_model(key, model)
        limit = self.per_minute(key)
        if images > limit:
            hit = await self.window.hit(owner, limit, 0)
            raise self._refusal(key, _Excess("images per minute", limit, hit.used, images, SECONDS, "/1min"))
        if images > self.max_concurrent(key):
            raise self._too_many_under_way(owner, key, images)

    async def charge(
        self, owner: str, key: Key | None, images: int, model: str | None, *, under_way: bool = True
    ) -> Charge:
        """Count a request for `images` pictures from `model`, as the caller wrote it. All or nothing.

        How to call it:

        - A request answered on its own connection: `exchange.charge = await limiter.charge(…)`. The envelope
          refunds it when the answer is 503 or 507, and releases its lease when the answer has been sent,
          streams included.
        - A background job: `exchange.charge = await limiter.charge(…, under_way=False)` when it is submitted;
          its runner asks for `limiter.room(…)` when its turn comes.
        - Work that goes on after its client left: set `exchange.charge = None`; `release()` it at its end.
        - A replay of an earlier answer is not charged.

        Raises PermissionDenied for a model the key may not use; RateLimited for too many images under way or
        in a minute (come again) and for an exhausted day or month (`insufficient_quota`: do not);
        StorageUnavailable and StorageFull.
        """
        await self.allow(owner, key, images, model)
        lease = self.lease(owner, key, images) if under_way else None
        try:
            charge = await self._count(owner, key, images)
        except BaseException:
            if lease is not None:
                lease.release()
            raise
        charge.lease = lease
        return charge

    def lease(self, owner: str, key: Key | None, images: int) -> Lease:
        """Hold `images` as under way in this process. Raises RateLimited when they are too many at once."""
        if self.under_way(owner) + images > self.max_concurrent(key):
            raise self._too_many_under_way(owner, key, images)
        return Lease(self._under_way, owner, images)

    def room(self, owner: str, key: Key | None, images: int) -> Lease | None:
        """A lease for a background job, or None while it would have too many under way.

        Whoever has nothing under way may begin: a job that was accepted outlives a limit lowered since.
        """
        under_way = self.under_way(owner)
        if under_way and under_way + images > self.max_concurrent(key):
            return None
        return Lease(self._under_way, owner, images)

    def under_way(self, owner: str) -> int:
        """Images this owner has under way in this process."""
        return self._under_way.get(owner, 0)

    async def headers(self, owner: str, key: Key | None) -> dict[str, str]:
        """The three `x-ratelimit-…-images` headers as things stand."""
        limit = self.per_minute(key)
        return _headers(limit, await self.window.hit(owner, limit, 0))

    def per_minute(self, key: Key | None) -> int:
        """The key's own limit, else the server's; so for all of these."""
        return (key and key.images_per_minute) or self._settings.images_per_minute

    def max_concurrent(self, key: Key | None) -> int:
        """Images under way at once."""
        return (key and key.max_concurrent) or self._settings.max_concurrent

    def per_day(self, key: Key | None) -> int | None:
        """Images per UTC day, or None."""
        return (key and key.images_per_day) or self._settings.images_per_day

    def per_month(self, key: Key | None) -> int | None:
        """Images per UTC month, or None."""
        return (key and key.images_per_month) or self._settings.images_per_month

    def organization(self, key: Key | None) -> str:
        """The key's own, else the server's."""
        return (key and key.organization) or self._settings.organization

    async def _count(self, owner: str, key: Key | None, images: int) -> Charge:
        limit = self.per_minute(key)
        hit = await self.window.hit(owner, limit, images)
        if not hit.accepted:
            raise self._refusal(key, _Excess("images per minute", limit, hit.used, images, hit.wait, "/1min"))
        charge = Charge(self, owner, images, limit, hit)
        try:
            periods = await self.quotas.take(owner, images, self.per_day(key), self.per_month(key))
        except BaseException:
            await asyncio.shield(charge.refund())
            raise
        if periods is None:
            await charge.refund()
            raise RateLimited(
                "You exceeded your current quota, please check your plan and billing details.",
                type="insufficient_quota",
                code="insufficient_quota",
                headers={"X-Should-Retry": "false"},
            )
        charge.periods = periods
        return charge

    def _too_many_under_way(self, owner: str, key: Key | None, images: int) -> RateLimited:
        limit, used = self.max_concurrent(key), self.under_way(owner)
        return self._refusal(key, _Excess("concurrent images", limit, used, images, 1.0))

    def _check_model(self, key: Key | None, model: str | None) -> None:
        if key is None or key.models is None:
            return
        counted = counted_model(model, self._settings.engine)
        if counted not in key.models and model not in key.models:
            name = (model or counted)[:200]
            raise PermissionDenied(
                f"Project `{self.organization(key)}` does not have access to model `{name}`",
                code="model_not_found",
            )

    def _refusal(self, key: Key | None, excess: _Excess) -> RateLimited:
        wait = min(max(excess.wait, 1.0), MAX_RETRY_SECONDS)
        hopeless = excess.images > excess.limit
        return RateLimited(
            f"Rate limit exceeded for {excess.what} in organization {self.organization(key)}. "
            f"Limit: {excess.limit}{excess.unit}. Current: {excess.used + excess.images}{excess.unit}. "
            "Please visit "
            "https://platform.openai.com/docs/guides/rate-limits to learn how to increase your rate limit.",
            code="rate_limit_exceeded",
            headers={
                "Retry-After": str(math.ceil(wait)),
                "Retry-After-Ms": str(math.ceil(wait * 1000)),
                **({"X-Should-Retry": "false"} if hopeless else {}),
            },
        )


def _headers(limit: int, hit: Hit) -> dict[str, str]:
    return {
        "x-ratelimit-limit-images": str(limit),
        "x-ratelimit-remaining-images": str(max(limit - hit.used, 0)),
        "x-ratelimit-reset-images": f"{math.ceil(hit.reset)}s",
    }
