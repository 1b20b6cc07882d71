"""Images per minute: counted in pictures, exact under concurrency, per key, dodged by no header."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.api.limits import Charge, Limiter
from egaku.contract.errors import PermissionDenied, RateLimited
from egaku.settings import Settings
from egaku.storage.database import open_database
from egaku.storage.keys import Key
from egaku.storage.quotas import QuotaStore
from egaku.storage.windows import MemoryWindow
from tests.api.answers import EDITS, GENERATIONS, VARIATIONS
from tests.api.conftest import NARROW_LIMIT, make_key
from tests.api.error_rows_form import image
from tests.pictures import png
from tests.server import ServerProcess

GOOD = {"prompt": "a", "size": "256x256"}


def remaining(answer: httpx.Response) -> int:
    return int(answer.headers["x-ratelimit-remaining-images"])


async def test_exact_under_concurrency(keyed: ServerProcess) -> None:
    """50 callers at once against a key of 20: exactly 20 pictures."""
    key = await asyncio.to_thread(make_key, keyed.data_dir, 20)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=keyed.url, headers=headers, timeout=60) as client:
        answers = await asyncio.gather(*(client.post(GENERATIONS, json=GOOD) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {200: 20, 429: 30}
    assert {answer.headers["x-ratelimit-limit-images"] for answer in answers} == {"20"}


def test_pictures_are_counted_not_requests(narrow_client: httpx.Client) -> None:
    first = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (first.status_code, remaining(first)) == (200, NARROW_LIMIT - 2)
    second = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (second.status_code, remaining(second)) == (200, NARROW_LIMIT - 4)
    third = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (third.status_code, remaining(third)) == (429, NARROW_LIMIT - 4)
    last = narrow_client.post(GENERATIONS, json=GOOD)
    assert (last.status_code, remaining(last)) == (200, NARROW_LIMIT - 5)


def test_what_the_server_has_no_room_for_is_not_judged() -> None:
    """It is certain to be refused: no judge is asked, however offensive the prompt."""
    env = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1", "EGAKU_MAX_WAITING": "1"}
    judged = re.compile(r'^egaku_moderation_total\{.*where="prompt"\} (\S+)$', re.MULTILINE)
    with ServerProcess([], env) as server, httpx.Client(base_url=server.url, timeout=60) as client:

        def judgements() -> float:
            return sum(map(float, judged.findall(client.get("/metrics").text)))

        assert client.post(GENERATIONS, json=GOOD).status_code == 200
        assert judgements() == 1
        for _ in range(5):
            assert client.post(GENERATIONS, json={**GOOD, "n": 10}).status_code == 503
        assert judgements() == 1


def test_what_the_server_has_no_room_for_costs_nothing(narrow_client: httpx.Client) -> None:
    """More pictures than may wait: 503, and the minute is as it was."""
    for _ in range(3):
        full = narrow_client.post(GENERATIONS, json={**GOOD, "n": NARROW_LIMIT})
        assert (full.status_code, remaining(full)) == (503, NARROW_LIMIT)
    drawn = narrow_client.post(GENERATIONS, json=GOOD)
    assert (drawn.status_code, remaining(drawn)) == (200, NARROW_LIMIT - 1)


def test_all_endpoints_count(narrow_client: httpx.Client) -> None:
    files = [image(png(64, 64, hole=True))]
    answers = [
        narrow_client.post(GENERATIONS, json=GOOD),
        narrow_client.post(EDITS, data={"prompt": "a"}, files=files),
        narrow_client.post(VARIATIONS, files=files),
        narrow_client.post("/openai/deployments/x/images/generations", json=GOOD),
    ]
    assert [remaining(answer) for answer in answers] == [4, 3, 2, 1]


def test_malformed_requests_cost_nothing(narrow_client: httpx.Client) -> None:
    for body in ({}, {"prompt": ""}, {**GOOD, "n": 11}, {**GOOD, "size": "x"}):
        answer = narrow_client.post(GENERATIONS, json=body)
        assert (answer.status_code, remaining(answer)) == (400, NARROW_LIMIT)
    assert remaining(narrow_client.get("/v1/models")) == NARROW_LIMIT


def test_pictures_that_cannot_be_used_cost(narrow_client: httpx.Client) -> None:
    """Decoding is work: what fails after the fields were good counts, as it did with OpenAI."""
    answer = narrow_client.post(VARIATIONS, files=[image(png(64, 32))])
    assert (answer.status_code, remaining(answer)) == (400, NARROW_LIMIT - 1)


def test_a_keys_own_limit(narrow: ServerProcess) -> None:
    with httpx.Client(base_url=narrow.url, headers={"api-key": make_key(narrow.data_dir, 2)}) as client:
        answers = [client.post(GENERATIONS, json=GOOD) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Limit: 2/1min. Current: 3/1min." in answers[-1].json()["error"]["message"]


def test_keys_do_not_share(narrow: ServerProcess) -> None:
    for _ in range(2):
        with httpx.Client(base_url=narrow.url, headers={"api-key": make_key(narrow.data_dir, 1)}) as client:
            assert client.post(GENERATIONS, json=GOOD).status_code == 200


def test_no_header_makes_another_caller(narrow_client: httpx.Client) -> None:
    answers = [
        narrow_client.post(
            GENERATIONS,
            json={**GOOD, "user": f"u{i}"},
            headers={
                "X-Forwarded-For": f"10.0.0.{i}",
                "Forwarded": f"for=10.0.0.{i}",
                "X-Real-IP": f"10.0.0.{i}",
            },
        )
        for i in range(NARROW_LIMIT + 3)
    ]
    assert [answer.status_code for answer in answers] == [200] * NARROW_LIMIT + [429] * 3


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = open_database(tmp_path / "egaku.db")
    yield engine
    await engine.dispose()


@pytest.fixture
def limiter(database: AsyncEngine) -> Limiter:
    """Ten images a minute, four at once."""
    settings = Settings(images_per_minute=10, max_concurrent=4, organization="org-x")
    return Limiter(settings, MemoryWindow(), QuotaStore(database))


async def remaining_of(limiter: Limiter, owner: str) -> int:
    return int((await limiter.headers(owner, None))["x-ratelimit-remaining-images"])


async def spend(limiter: Limiter, owner: str, images: int, key: Key | None = None) -> Charge:
    """Charged and done."""
    charge = await limiter.charge(owner, key, images, None)
    charge.release()
    return charge


@pytest.mark.parametrize(("used", "more", "hopeless"), [(0, 11, True), (8, 3, False), (10, 1, False)])
async def test_refusals(limiter: Limiter, used: int, more: int, *, hopeless: bool) -> None:
    for _ in range(used):
        await spend(limiter, "a", 1)
    expected = f"images per minute in organization org-x. Limit: 10/1min. Current: {used + more}/1min."
    with pytest.raises(RateLimited, match=expected) as caught:
        await limiter.charge("a", None, more, None, under_way=False)
    headers = caught.value.headers
    assert ("X-Should-Retry" in headers) is hopeless
    assert 1 <= int(headers["Retry-After"]) <= 60
    assert 1000 <= int(headers["Retry-After-Ms"]) <= 60_000
    assert await remaining_of(limiter, "a") == 10 - used


async def test_a_refusal_counts_nothing(limiter: Limiter) -> None:
    for _ in range(5):
        with pytest.raises(RateLimited):
            await limiter.charge("a", None, 11, None, under_way=False)
    assert limiter.under_way("a") == 0
    for _ in range(5):
        await spend(limiter, "a", 2)
    with pytest.raises(RateLimited):
        await spend(limiter, "a", 1)
    await spend(limiter, "b", 1)


async def test_headers_of_an_untouched_caller(limiter: Limiter) -> None:
    assert await limiter.headers("a", key_with(images_per_minute=7)) == {
        "x-ratelimit-limit-images": "7",
        "x-ratelimit-remaining-images": "7",
        "x-ratelimit-reset-images": "0s",
    }


def key_with(**limits: Any) -> Key:
    """A key with limits of its own."""
    return Key(
        "key_x", "x", "xxxx", **{"images_per_minute": None, "created_at": 0, "revoked_at": None} | limits
    )


async def test_images_under_way(limiter: Limiter) -> None:
    first = await limiter.charge("a", None, 3, None)
    with pytest.raises(
        RateLimited, match=r"concurrent images in organization org-x. Limit: 4. Current: 5."
    ) as no:
        await limiter.charge("a", None, 2, None)
    assert "X-Should-Retry" not in no.value.headers
    assert await remaining_of(limiter, "a") == 7
    second = limiter.lease("a", None, 1)
    await spend(limiter, "b", 4)
    first.release()
    first.release()
    assert limiter.under_way("a") == 1
    second.release()
    assert limiter.under_way("a") == 0
    with pytest.raises(RateLimited, match=r"Limit: 2. Current: 3.") as never:
        await limiter.charge("a", key_with(max_concurrent=2), 3, None)
    assert never.value.headers["X-Should-Retry"] == "false"


async def test_a_job_submitted_is_not_under_way_until_its_turn_comes(limiter: Limiter) -> None:
    for _ in range(2):
        await limiter.charge("a", None, 4, None, under_way=False)
    assert (limiter.under_way("a"), await remaining_of(limiter, "a")) == (0, 2)
    with pytest.raises(RateLimited) as caught:
        await limiter.charge("a", None, 5, None, under_way=False)
    assert caught.value.headers["X-Should-Retry"] == "false"
    first = limiter.room("a", None, 3)
    assert first is not None
    assert limiter.room("a", None, 2) is None
    assert limiter.room("b", None, 2) is not None
    with pytest.raises(RateLimited, match="concurrent images"):
        await limiter.charge("a", None, 2, None)
    first.release()
    assert limiter.room("a", None, 2) is not None


async def test_a_job_outlives_a_limit_lowered_since(limiter: Limiter) -> None:
    lowered = key_with(max_concurrent=1)
    lease = limiter.room("a", lowered, 3)
    assert lease is not None
    assert limiter.room("a", lowered, 1) is None


@pytest.mark.parametrize("quota", ["images_per_day", "images_per_month"])
async def test_quotas(limiter: Limiter, quota: str) -> None:
    key = key_with(**{quota: 3})
    await spend(limiter, "a", 2, key)
    with pytest.raises(RateLimited) as caught:
        await limiter.charge("a", key, 2, None)
    assert caught.value.payload() == {
        "error": {
            "code": "insufficient_quota",
            "message": "You exceeded your current quota, please check your plan and billing details.",
            "param": None,
            "type": "insufficient_quota",
        }
    }
    assert caught.value.headers == {"X-Should-Retry": "false"}
    assert (await remaining_of(limiter, "a"), limiter.under_way("a")) == (8, 0)
    await spend(limiter, "a", 1, key)
    assert max(await limiter.quotas.spent("a")) == 3


async def test_a_refund_gives_everything_back_once(limiter: Limiter) -> None:
    key = key_with(images_per_day=5, images_per_month=6)
    kept, refunded = await spend(limiter, "a", 2, key), await spend(limiter, "a", 3, key)
    assert await limiter.quotas.spent("a") == (5, 5)
    for _ in range(3):
        await refunded.refund()
    assert await limiter.quotas.spent("a") == (2, 2)
    assert await remaining_of(limiter, "a") == 8
    assert kept.headers["x-ratelimit-remaining-images"] == "8"


@pytest.mark.parametrize(
    ("allowed", "asked", "refused"),
    [
        (("dall-e-2",), None, False),
        (("dall-e-2",), "dall-e-2", False),
        (("dall-e-2",), "gpt-image-1", True),
        (("gpt-image-1",), None, True),
        (("illustrator",), "sdxl", False),
        (("sdxl",), "sdxl", False),
        (("sdxl",), "flux", True),
        (None, "flux", False),
    ],
)
async def test_allowed_models(
    limiter: Limiter, allowed: tuple[str, ...] | None, asked: str | None, *, refused: bool
) -> None:
    key = key_with(models=allowed, organization="org-y")
    if not refused:
        await limiter.charge("a", key, 1, asked)
        return
    with pytest.raises(PermissionDenied) as caught:
        await limiter.charge("a", key, 1, asked)
    assert caught.value.message == f"Project `org-y` does not have access to model `{asked or 'dall-e-2'}`"
    assert (caught.value.code, caught.value.param) == ("model_not_found", None)
    assert await remaining_of(limiter, "a") == 10
