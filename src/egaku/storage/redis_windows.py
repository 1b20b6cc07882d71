"""Moving windows in Redis, shared by several servers and stamped by Redis's own clock.

Each step is one script, so it is exact whoever else is at it. A server that does not reach Redis counts in
its own memory until it does: limits then hold per server, and nobody is refused because a counter is away.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, cast

import structlog

from egaku.storage.failures import StoreUnusable
from egaku.storage.windows import SECONDS, Hit, MemoryWindow

if TYPE_CHECKING:
    from redis.asyncio import Redis

TIMEOUT_SECONDS = 1.0
"""For connecting and for each answer."""
RETRY_SECONDS = 1.0
"""How long to count in memory before Redis is asked again."""
PREFIX = "egaku:images:"

HIT = """
local log, total = KEYS[1], KEYS[2]
local limit, images, seconds, id = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local function count(members)
  local sum = 0
  for _, member in ipairs(members) do sum = sum + tonumber(string.match(member, ':(%d+)$')) end
  return sum
end
local gone = redis.call('ZRANGEBYSCORE', log, '-inf', now - seconds)
if #gone > 0 then redis.call('ZREMRANGEBYSCORE', log, '-inf', now - seconds) end
local kept = redis.call('GET', total)
local used = kept and tonumber(kept) - count(gone) or count(redis.call('ZRANGE', log, 0, -1))
local accepted = 0
if redis.call('ZSCORE', log, id) then
  accepted = 1
elseif images > 0 and used + images <= limit then
  redis.call('ZADD', log, now, id)
  used = used + images
  accepted = 1
end
if used > 0 then
  redis.call('SET', total, used, 'EX', math.ceil(seconds) + 1)
  redis.call('EXPIRE', log, math.ceil(seconds) + 1)
else
  redis.call('DEL', total)
end
local oldest = redis.call('ZRANGE', log, 0, 0, 'WITHSCORES')
local reset = oldest[2] and tonumber(oldest[2]) + seconds - now or 0
local wait = 0
if images > 0 and accepted == 0 then
  local missing = used + images - limit
  local hits = redis.call('ZRANGE', log, 0, -1, 'WITHSCORES')
  wait = seconds
  for i = 1, #hits, 2 do
    missing = missing - count({hits[i]})
    if missing <= 0 then wait = tonumber(hits[i + 1]) + seconds - now break end
  end
end
return {accepted, used, tostring(reset), tostring(wait)}
"""
"""A sorted set of `id:images` by time, and their sum. The id makes a hit sent twice count once."""

UNDO = """
if redis.call('ZREM', KEYS[1], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('DECRBY', KEYS[2], ARGV[2])
end
return 1
"""

log = structlog.get_logger(__name__)


class RedisWindow:
    """See `windows.Window`. Raises StoreUnusable when made with a wrong URL, or without the package."""

    def __init__(self, url: str, *, prefix: str = PREFIX) -> None:
        try:
            from redis.asyncio import Redis  # noqa: PLC0415  an extra
            from redis.exceptions import RedisError  # noqa: PLC0415  an extra
        except ModuleNotFoundError:
            raise StoreUnusable("Limits in Redis need one more package: pip install 'egaku[redis]'") from None
        try:
            self._redis: Redis = Redis.from_url(
                url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS, retry=None
            )
        except ValueError:
            raise StoreUnusable("EGAKU_REDIS_URL must be redis://host:port/number") from None
        self._hit = self._redis.register_script(HIT)
        self._undo = self._redis.register_script(UNDO)
        self._failures = (RedisError, OSError, asyncio.TimeoutError)
        self._prefix = prefix
        self._memory = MemoryWindow()
        self._away_until = 0.0

    async def hit(self, owner: str, limit: int, images: int) -> Hit:
        """See Window."""
        if time.monotonic() >= self._away_until:
            member = f"{secrets.token_hex(8)}:{images}"
            try:
                answer = await self._hit(self._names(owner), [limit, images, SECONDS, member])
            except self._failures as error:
                self._away(error)
            else:
                accepted, used, reset, wait = cast("tuple[int, int, bytes, bytes]", answer)
                return Hit(bool(accepted), used, float(reset), float(wait), member)
        return await self._memory.hit(owner, limit, images)

    async def undo(self, owner: str, hit: Hit, images: int) -> None:
        """See Window."""
        if isinstance(hit.member, float):
            await self._memory.undo(owner, hit, images)
            return
        try:
            await self._undo(self._names(owner), [hit.member, images])
        except self._failures as error:
            # The images stay counted for a minute at most.
            self._away(error)

    async def close(self) -> None:
        """See Window."""
        await self._redis.aclose()

    def _names(self, owner: str) -> list[str]:
        # One hash slot for both: Redis Cluster runs no script over two.
        return [f"{self._prefix}{{{owner}}}:log", f"{self._prefix}{{{owner}}}:sum"]

    def _away(self, error: BaseException) -> None:
        self._away_until = time.monotonic() + RETRY_SECONDS
        log.warning("redis away, limits counted in memory", kind=type(error).__name__)
