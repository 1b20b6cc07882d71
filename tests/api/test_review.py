"""Moderation's decisions, read and reviewed by administrators: as sent, page by page, forgotten for good."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.server import ServerProcess

REPORTS, SUMMARY = "/v1/organization/moderation/reports", "/v1/organization/moderation/summary"
REFUSED = "a naked woman"
NOTE = "a life drawing <b>class</b> 裸婦デッサン"


@dataclass(frozen=True)
class Office:
    """A server that moderates, its administrator, and somebody who draws."""

    admin: httpx.Client
    ann: httpx.Client

    def refused(self) -> str:
        """The id of a request that was refused."""
        answer = self.ann.post(GENERATIONS, json={"prompt": REFUSED, "size": "256x256"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "content_policy_violation")
        return answer.headers["x-request-id"]

    def report(self, **fields: Any) -> str:
        """A report on a new refusal, by its id."""
        answer = self.ann.post("/v1/moderations/reports", json={"request_id": self.refused(), **fields})
        assert answer.status_code == 201
        identifier: str = answer.json()["id"]
        return identifier

    def get(self, **query: Any) -> Any:
        answer = self.admin.get(REPORTS, params=query)
        assert answer.status_code == 200
        return answer.json()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    keys = make_key(folder, is_admin=True), make_key(folder)
    with ServerProcess([], {**BLANK, "EGAKU_MODERATION": "standard"}, data_dir=folder) as server:
        clients = [
            httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {key}"}, timeout=60)
            for key in keys
        ]
        yield Office(*clients)
        for client in clients:
            client.close()


def test_a_report_from_birth_to_death(office: Office) -> None:
    """Shown as it was sent, closed, opened again, forgotten."""
    identifier = office.report(note=NOTE, prompt=REFUSED)
    (listed,) = [one for one in office.get(limit=100)["data"] if one["id"] == identifier]
    assert listed == {
        "object": "moderation.report",
        "id": identifier,
        "created_at": listed["created_at"],
        "status": "open",
        "request_id": listed["request_id"],
        "api_key_id": listed["api_key_id"],
        "where": "prompt",
        "categories": ["sexual"],
        "policy": "standard",
        "note": NOTE,
        "prompt": REFUSED,
        "outcome": None,
        "reviewed_at": None,
    }
    assert listed["request_id"].startswith("req_")
    assert listed["api_key_id"].startswith("key_")
    place = f"{REPORTS}/{identifier}"
    assert office.admin.get(place).json() == listed
    for outcome in ("wrong", "right"):
        closed = office.admin.post(place, json={"outcome": outcome}).json()
        assert (closed["status"], closed["outcome"]) == ("closed", outcome)
        assert listed["created_at"] <= closed["reviewed_at"] <= time.time()
        assert identifier in {one["id"] for one in office.get(status="closed", limit=100)["data"]}
        assert identifier not in {one["id"] for one in office.get(status="open", limit=100)["data"]}
    assert office.admin.post(place, json={"outcome": None}).json() == listed
    gone = office.admin.delete(place)
    assert gone.json() == {"object": "moderation.report.deleted", "id": identifier, "deleted": True}
    for method in ("GET", "POST", "DELETE"):
        again = office.admin.request(method, place, json={"outcome": "right"})
        assert (again.status_code, again.json()["error"]["param"]) == (404, "report_id")


def test_what_was_not_sent_is_not_there(office: Office) -> None:
    shown = office.admin.get(f"{REPORTS}/{office.report()}").json()
    assert (shown["note"], shown["prompt"]) == ("", None)


def test_pages(office: Office) -> None:
    made = [office.report() for _ in range(5)]
    for order in ("asc", "desc"):
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 2, "order": order, "status": "open"}
        while True:
            page = office.get(**query)
            seen += [one["id"] for one in page["data"]]
            assert (page["first_id"], page["last_id"]) == (page["data"][0]["id"], page["data"][-1]["id"])
            if not page["has_more"]:
                break
            query["after"] = page["last_id"]
        assert set(made) <= set(seen)
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("query", "status", "param"),
    [
        ("limit=0", 400, "limit"),
        ("order=up", 400, "order"),
        ("status=both", 400, "status"),
        ("a=b", 400, "a"),
        ("after=report_none", 404, "after"),
    ],
)
def test_wrong_pages(office: Office, query: str, status: int, param: str) -> None:
    answer = office.admin.get(f"{REPORTS}?{query}")
    assert (answer.status_code, answer.json()["error"]["param"]) == (status, param)


@pytest.mark.parametrize(
    ("body", "param"),
    [({}, "outcome"), ({"outcome": "maybe"}, "outcome"), ({"outcome": "wrong", "x": 1}, "x")],
)
def test_wrong_reviews_change_nothing(office: Office, body: Any, param: str) -> None:
    identifier = office.report()
    answer = office.admin.post(f"{REPORTS}/{identifier}", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)
    assert office.admin.get(f"{REPORTS}/{identifier}").json()["status"] == "open"


def test_the_summary_counts(office: Office) -> None:
    before = office.admin.get(SUMMARY).json()
    assert office.ann.post(GENERATIONS, json={"prompt": "a bee", "size": "256x256"}).status_code == 200
    wrong, right, _ = (office.report() for _ in range(3))
    office.admin.post(f"{REPORTS}/{wrong}", json={"outcome": "wrong"})
    office.admin.post(f"{REPORTS}/{right}", json={"outcome": "right"})
    after = office.admin.get(SUMMARY).json()
    assert after["object"] == "organization.moderation.summary"
    assert (after["passed"] - before["passed"], after["refused"] - before["refused"]) == (1, 3)
    grown = {name: after["reports"][name] - before["reports"][name] for name in after["reports"]}
    assert grown == {"open": 1, "wrong": 1, "right": 1}
    (sexual,) = [one for one in after["categories"] if one["category"] == "sexual"]
    was = next((one for one in before["categories"] if one["category"] == "sexual"), dict.fromkeys(sexual, 0))
    assert [sexual[name] - was[name] for name in ("refused", "open", "wrong", "right")] == [3, 1, 1, 1]
    assert "hate" not in {one["category"] for one in after["categories"]}


def test_senders_of_reports_do_not_read_them(office: Office) -> None:
    identifier = office.report(note="mine")
    for method, path in (
        ("GET", REPORTS),
        ("GET", f"{REPORTS}/{identifier}"),
        ("DELETE", f"{REPORTS}/{identifier}"),
    ):
        answer = office.ann.request(method, path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "insufficient_permissions")
        assert "mine" not in answer.text
    assert office.admin.get(f"{REPORTS}/{identifier}").status_code == 200


@pytest.mark.parametrize("name", ["note", "prompt"])
def test_what_cannot_be_stored_is_named(office: Office, name: str) -> None:
    """On every database alike."""
    body = {"request_id": office.refused(), name: "a\0b"}
    answer = office.ann.post("/v1/moderations/reports", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, name)


@pytest.mark.parametrize("identifier", ["%00", "report_%00", "x" * 2000, "report_'--"])
def test_ids_that_are_none(office: Office, identifier: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = office.admin.request(method, f"{REPORTS}/{identifier}", json={"outcome": "wrong"})
        assert (answer.status_code, answer.json()["error"]["param"]) == (404, "report_id")
    assert office.admin.get(f"{REPORTS}?after={identifier}").json()["error"]["param"] == "after"
