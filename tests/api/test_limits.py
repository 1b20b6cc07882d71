"""Images per minute: counted in pictures, exact under concurrency, per key, dodged by no header."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx
import pytest

from egaku.api.limits import ImageLimiter
from egaku.contract.errors import RateLimited
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
    """Whatever the worker has no room for is counted all the same: a refusal of 503 has cost its pictures."""
    first = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (first.status_code, remaining(first)) == (200, NARROW_LIMIT - 2)
    second = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (second.status_code, remaining(second)) == (200, NARROW_LIMIT - 4)
    third = narrow_client.post(GENERATIONS, json={**GOOD, "n": 2})
    assert (third.status_code, remaining(third)) == (429, NARROW_LIMIT - 4)
    last = narrow_client.post(GENERATIONS, json=GOOD)
    assert (last.status_code, remaining(last)) == (200, NARROW_LIMIT - 5)


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


@pytest.mark.parametrize(("used", "more", "hopeless"), [(0, 11, True), (5, 6, False), (10, 1, False)])
async def test_refusals(used: int, more: int, *, hopeless: bool) -> None:
    limiter = ImageLimiter(10, "org-x")
    if used:
        await limiter.charge("a", None, used)
    with pytest.raises(RateLimited, match=f"Limit: 10/1min. Current: {used + more}/1min.") as caught:
        await limiter.charge("a", None, more)
    headers = caught.value.headers
    assert ("X-Should-Retry" in headers) is hopeless
    assert 1 <= int(headers["Retry-After"]) <= 60
    assert 1000 <= int(headers["Retry-After-Ms"]) <= 60_000
    assert (await limiter.headers("a", None))["x-ratelimit-remaining-images"] == str(10 - used)


async def test_a_refusal_counts_nothing() -> None:
    limiter = ImageLimiter(10, "org-x")
    for _ in range(5):
        with pytest.raises(RateLimited):
            await limiter.charge("a", None, 11)
    await limiter.charge("a", None, 10)
    with pytest.raises(RateLimited):
        await limiter.charge("a", None, 1)
    await limiter.charge("b", None, 1)


async def test_headers_of_an_untouched_caller() -> None:
    assert await ImageLimiter(10, "org-x").headers("a", 7) == {
        "x-ratelimit-limit-images": "7",
        "x-ratelimit-remaining-images": "7",
        "x-ratelimit-reset-images": "0s",
    }
