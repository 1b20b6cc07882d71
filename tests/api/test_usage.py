"""Usage over HTTP: OpenAI's report for administrators, read with the official SDK; their own for the rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from openai import BadRequestError, OpenAI, PermissionDeniedError

from tests.api.answers import EDITS, GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.api.error_rows_form import image
from tests.pictures import png
from tests.server import ServerProcess

REPORT = "/v1/organization/usage/images"
DAY = 86_400


@dataclass(frozen=True)
class Drawn:
    """A server on which Ann has drawn 3 + 1 pictures and edited one, and Bob drawn 2."""

    server: ServerProcess
    admin: str
    ann: str
    bob: str
    started: int
    """Of the day."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    folder = tmp_path_factory.mktemp("usage")
    admin = make_key(folder, is_admin=True)
    ann = make_key(folder, 10, fields={"user": "ann", "images_per_day": 20})
    bob = make_key(folder, fields={"user": "bob"})
    started = int(time.time()) // DAY * DAY
    with ServerProcess([], BLANK, data_dir=folder) as server:

        def post(key: str, path: str, **request: Any) -> None:
            answer = httpx.post(f"{server.url}{path}", headers={"api-key": key}, timeout=60, **request)
            assert answer.status_code == 200

        small = {"prompt": "a", "size": "256x256", "n": 3}
        post(ann, GENERATIONS, json=small)
        post(ann, GENERATIONS, json={"prompt": "a", "model": "gpt-image-1", "stream": True})
        post(ann, EDITS, data={"prompt": "a"}, files=[image(png(64, 64, hole=True))])
        post(bob, GENERATIONS, json={**small, "n": 2, "model": "some-model"})
        refused = httpx.post(f"{server.url}{GENERATIONS}", headers={"api-key": ann}, json={**small, "n": 10})
        assert refused.status_code == 429
        yield Drawn(server, admin, ann, bob, started)


@pytest.fixture
def sdk(drawn: Drawn) -> Iterator[OpenAI]:
    url = f"{drawn.server.url}/v1"
    with OpenAI(api_key="none", admin_api_key=drawn.admin, base_url=url, max_retries=0) as client:
        yield client


def results(page: Any) -> list[Any]:
    """Of all buckets: the tests may run at midnight."""
    return [result for bucket in page.data for result in bucket.results]


def test_totals_with_the_official_sdk(sdk: OpenAI, drawn: Drawn) -> None:
    page = sdk.admin.organization.usage.images(start_time=drawn.started)
    assert (page.object, page.has_more, page.next_page) == ("page", False, None)
    assert {result.object for result in results(page)} == {"organization.usage.images.result"}
    assert sum(result.images for result in results(page)) == 7
    assert sum(result.num_model_requests for result in results(page)) == 4
    first = page.data[0]
    assert (first.object, first.start_time, first.end_time) == ("bucket", drawn.started, drawn.started + DAY)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("model", {"dall-e-2": 4, "gpt-image-1": 1, "blank": 2}),
        ("source", {"image.generation": 6, "image.edit": 1}),
        ("size", {"256x256": 5, "1024x1024": 2}),
        ("user_id", {"ann": 5, "bob": 2}),
    ],
)
def test_groups(sdk: OpenAI, drawn: Drawn, group: Any, expected: dict[str, int]) -> None:
    page = sdk.admin.organization.usage.images(start_time=drawn.started, group_by=[group])
    assert {getattr(result, group): result.images for result in results(page)} == expected
    both = sdk.admin.organization.usage.images(start_time=drawn.started, group_by=[group, "api_key_id"])
    assert sum(result.images for result in results(both)) == 7
    assert len({result.api_key_id for result in results(both)}) == 2


@pytest.mark.parametrize(
    ("chosen", "images"),
    [
        ({"models": ["dall-e-2", "blank"]}, 6),
        ({"sizes": ["1024x1024"]}, 2),
        ({"sources": ["image.edit"]}, 1),
        ({"user_ids": ["bob"]}, 2),
        ({"user_ids": ["nobody"]}, 0),
        ({"models": ["dall-e-2"], "sources": ["image.generation"]}, 3),
    ],
)
def test_filters(sdk: OpenAI, drawn: Drawn, chosen: dict[str, Any], images: int) -> None:
    page = sdk.admin.organization.usage.images(start_time=drawn.started, **chosen)
    assert sum(result.images for result in results(page)) == images


def test_pages(sdk: OpenAI, drawn: Drawn) -> None:
    """Ten days, three to a page: every day once, in order, empty ones too."""
    usage, first = sdk.admin.organization.usage, drawn.started - 9 * DAY
    end = drawn.started + DAY
    days: list[int] = []
    page = usage.images(start_time=first, end_time=end, limit=3)
    days += [bucket.start_time for bucket in page.data]
    while page.next_page:
        assert page.has_more
        page = usage.images(start_time=first, end_time=end, limit=3, page=page.next_page)
        days += [bucket.start_time for bucket in page.data]
    assert days == [first + number * DAY for number in range(10)]
    assert not page.has_more
    assert len(usage.images(start_time=first, end_time=end).data) == 7
    assert usage.images(start_time=end, end_time=end).data == []


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"bucket_width": "1h"}, "bucket_width"),
        ({"bucket_width": "1m"}, "bucket_width"),
        ({"group_by": ["project_id"]}, "group_by"),
        ({"sources": ["image.video"]}, "sources"),
        ({"sizes": ["big"]}, "sizes"),
        ({"limit": 32}, "limit"),
        ({"limit": 0}, "limit"),
        ({"page": "page_x"}, "page"),
        ({"page": "page_9999999"}, "page"),
        ({"end_time": -1}, "end_time"),
        ({"start_time": 10**14}, "start_time"),
        ({"project_ids": ["p"]}, "project_ids"),
        ({"extra_query": {"colour": "red"}}, "colour"),
    ],
)
def test_wrong_parameters_are_named(sdk: OpenAI, wrong: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.admin.organization.usage.images(**{"start_time": 0, **wrong})
    assert caught.value.param == param


def test_start_time_is_required(drawn: Drawn) -> None:
    answer = httpx.get(f"{drawn.server.url}{REPORT}", headers={"api-key": drawn.admin})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "start_time")


def test_for_administrators_only(drawn: Drawn) -> None:
    url = f"{drawn.server.url}/v1"
    client = OpenAI(api_key="none", admin_api_key=drawn.ann, base_url=url, max_retries=0)
    with client, pytest.raises(PermissionDeniedError):
        client.admin.organization.usage.images(start_time=0)
    assert httpx.get(f"{drawn.server.url}{REPORT}?start_time=0").status_code == 401


def test_ones_own(drawn: Drawn) -> None:
    answer = httpx.get(f"{drawn.server.url}/v1/usage", headers={"api-key": drawn.ann})
    body = answer.json()
    assert body == {
        "object": "usage",
        "day": body["day"],
        "images_today": 5,
        "images_this_month": 5,
        "limits": {
            "minute": {"images": 10, "used": body["limits"]["minute"]["used"]},
            "day": {"images": 20, "used": 5},
            "month": {"images": None, "used": 0},
            "under_way": {"images": 100, "used": 0},
        },
    }
    assert body["limits"]["minute"]["used"] in {0, 5}  # 0 when the tests took longer than a minute
    other = httpx.get(f"{drawn.server.url}/v1/usage", headers={"api-key": drawn.bob}).json()
    assert other["images_today"] == 2
