"""GET /organization/usage/images for administrators, GET /usage for everybody's own."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response

from egaku.api.authentication import authenticate, authenticate_admin
from egaku.api.state import exchange_of, state_of
from egaku.contract.usage_report import DAY, GROUPS, SOURCES, Counted, parse_usage_query, usage_page
from egaku.storage.usage import UsageFilter, UsageSum, utc_day

SOURCE_OF = {operation: source for source, operation in SOURCES.items()}


async def read_usage(request: Request) -> Response:
    """Everybody's usage in OpenAI's shape: a page of buckets, one per UTC day."""
    await authenticate_admin(request)
    query = parse_usage_query(request.query_params.multi_items(), time.time())
    chosen = UsageFilter(
        first_day=utc_day(query.first_day * DAY),
        last_day=utc_day(query.last_day * DAY),
        owners=query.owners,
        models=query.models,
        sizes=query.sizes,
        operations=query.operations,
        users=query.users,
    )
    sums = await state_of(request).usage.read(chosen, ["day", *(GROUPS[name] for name in query.group_by)])
    counted: list[Counted] = [
        {
            "day": _day_number(one),
            "group": {name: _shown(name, one.group[GROUPS[name]]) for name in query.group_by},
            "images": one.images,
            "requests": one.requests,
        }
        for one in sums
    ]
    return _json(usage_page(query, counted))


async def read_own_usage(request: Request) -> Response:
    """What the caller has drawn today and this month, and what is left: `{"object": "usage", …}`."""
    await authenticate(request)
    state, exchange = state_of(request), exchange_of(request)
    owner, key, limiter = exchange.owner, exchange.key, state.limiter
    today = utc_day(time.time())
    month = await state.usage.read(UsageFilter(f"{today[:7]}-01", today, owners=[owner]), ["day"])
    used_today, used_month = await limiter.quotas.spent(owner)
    minute = await limiter.window.hit(owner, limiter.per_minute(key), 0)
    return _json(
        {
            "object": "usage",
            "day": today,
            "images_today": sum(one.images for one in month if one.group["day"] == today),
            "images_this_month": sum(one.images for one in month),
            "limits": {
                "minute": {"images": limiter.per_minute(key), "used": minute.used},
                "day": {"images": limiter.per_day(key), "used": used_today},
                "month": {"images": limiter.per_month(key), "used": used_month},
                "under_way": {"images": limiter.max_concurrent(key), "used": limiter.under_way(owner)},
            },
        }
    )


def _day_number(one: UsageSum) -> int:
    day = datetime.strptime(one.group["day"] or "", "%Y-%m-%d").replace(tzinfo=UTC)
    return int(day.timestamp()) // DAY


def _shown(name: str, value: str | None) -> str | None:
    return SOURCE_OF.get(value or "") if name == "source" else value


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
