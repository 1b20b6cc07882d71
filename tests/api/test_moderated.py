"""What moderation refuses, on every path and in every dialect; reports; what counts; policies of keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import httpx
import pytest

from egaku.contract.keys import KeyFields
from tests.api.answers import EDITS, GENERATIONS, VARIATIONS
from tests.api.conftest import BLANK, make_key
from tests.api.error_rows_form import image
from tests.api.test_jobs import ended
from tests.moderation.results_refused import refusing_results
from tests.pictures import png
from tests.server import ServerProcess

BAD = "two naked people having sex on a couch"
WORST = "a nude child in an erotic pose"
GOOD = "a naked mole rat in the hanging gardens"
ON = {**BLANK, "EGAKU_MODERATION": "standard"}
LEGACY_SENTENCE = (
    "Your request was rejected as a result of our safety system. Your prompt may contain text that is not "
    "allowed by our safety system."
)
GPT = {"model": "gpt-image-1"}
PolicyName = Literal["strict", "standard", "low", "off"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moderated")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ServerProcess]:
    make_key(folder)
    with ServerProcess(env=ON, data_dir=folder) as server:
        yield server


@pytest.fixture
def client(server: ServerProcess, folder: Path) -> Iterator[httpx.Client]:
    """Speaks with a key nobody used."""
    headers = {"Authorization": f"Bearer {make_key(folder)}"}
    with httpx.Client(base_url=server.url, timeout=60, headers=headers) as session:
        yield session


def client_with(server: ServerProcess, folder: Path, policy: PolicyName) -> httpx.Client:
    """Speaks with a key of its own policy."""
    key = make_key(folder, fields=KeyFields(moderation=policy))
    return httpx.Client(base_url=server.url, timeout=60, headers={"Authorization": f"Bearer {key}"})


def refused(answer: httpx.Response) -> dict[str, Any]:
    """The error object of a 400."""
    assert answer.status_code == 400, answer.text
    error: dict[str, Any] = answer.json()["error"]
    return error


@pytest.mark.parametrize("model", [{}, {"model": "dall-e-2"}, {"model": "my-model"}, {"model": "dall-e-3"}])
def test_older_dialects(client: httpx.Client, model: dict[str, str]) -> None:
    error = refused(client.post(GENERATIONS, json={"prompt": BAD, **model}))
    assert error == {
        "code": "content_policy_violation",
        "message": LEGACY_SENTENCE,
        "param": None,
        "type": "invalid_request_error",
    }


@pytest.mark.parametrize("extra", [{}, {"stream": True}, {"stream": True, "partial_images": 1}, {"n": 3}])
def test_the_typed_dialect(client: httpx.Client, extra: dict[str, Any]) -> None:
    answer = client.post(GENERATIONS, json={"prompt": BAD, **GPT, **extra})
    error = refused(answer)
    request_id = answer.headers["x-request-id"]
    assert error["message"] == (
        "Your request was rejected by the safety system. If you believe this is an error, contact us at "
        f"help.openai.com and include the request ID {request_id}. safety_violations=[sexual]."
    )
    assert (error["type"], error["code"]) == ("image_generation_user_error", "moderation_blocked")


@pytest.mark.parametrize("model", [{}, GPT])
def test_edits(client: httpx.Client, model: dict[str, str]) -> None:
    files = [image(png(256, 256, hole=True))]
    error = refused(client.post(EDITS, data={"prompt": BAD, **model}, files=files))
    assert error["code"] == ("moderation_blocked" if model else "content_policy_violation")
    assert client.post(EDITS, data={"prompt": GOOD, **model}, files=files).status_code == 200


def test_background_jobs_are_refused_at_once(client: httpx.Client) -> None:
    headers = {"Prefer": "respond-async"}
    assert refused(client.post(GENERATIONS, json={"prompt": BAD}, headers=headers))
    assert client.get("/v1/jobs").json()["data"] == []


def test_the_azure_way(client: httpx.Client) -> None:
    path = "/openai/images/generations:submit?api-version=2023-06-01-preview"
    assert refused(client.post(path, json={"prompt": BAD}))["code"] == "content_policy_violation"


def test_a_refusal_counts_against_the_minute(client: httpx.Client) -> None:
    before = int(client.post(GENERATIONS, json={"prompt": "a"}).headers["x-ratelimit-remaining-images"])
    after = int(
        client.post(GENERATIONS, json={"prompt": BAD, "n": 2}).headers["x-ratelimit-remaining-images"]
    )
    assert before - after == 2


def test_policies_of_keys(server: ServerProcess, folder: Path) -> None:
    with client_with(server, folder, "off") as off, client_with(server, folder, "strict") as strict:
        assert off.post(GENERATIONS, json={"prompt": BAD, "size": "256x256"}).status_code == 200
        assert refused(off.post(GENERATIONS, json={"prompt": WORST}))
        # What a client asks for does not lower what its operator made strict.
        assert refused(strict.post(GENERATIONS, json={"prompt": BAD, **GPT, "moderation": "low"}))


def test_minors_under_every_policy(server: ServerProcess, folder: Path) -> None:
    for policy in get_args(PolicyName):
        with client_with(server, folder, policy) as one:
            error = refused(one.post(GENERATIONS, json={"prompt": WORST, **GPT, "moderation": "low"}))
            assert "sexual/minors" in error["message"]


def test_innocent_words_pass(client: httpx.Client) -> None:
    assert client.post(GENERATIONS, json={"prompt": GOOD, "size": "256x256"}).status_code == 200


class TestReports:
    """Of decisions somebody calls wrong."""

    PATH = "/v1/moderations/reports"

    def test_a_refusal_can_be_reported_by_whoever_met_it(
        self, client: httpx.Client, server: ServerProcess, folder: Path
    ) -> None:
        refusal = client.post(GENERATIONS, json={"prompt": BAD})
        report = {"request_id": refusal.headers["x-request-id"], "note": "It is a play."}
        made = client.post(self.PATH, json=report)
        assert made.status_code == 201
        assert made.json()["object"] == "moderation.report"
        with client_with(server, folder, "standard") as other:
            assert other.post(self.PATH, json=report).status_code == 404

    @pytest.mark.parametrize(
        ("body", "param"),
        [
            ({}, "request_id"),
            ({"request_id": 1}, "request_id"),
            ({"request_id": "x" * 100}, "request_id"),
            ({"request_id": "req_1", "note": "x" * 2001}, "note"),
            ({"request_id": "req_1", "prompt": ["x"]}, "prompt"),
            ({"request_id": "req_1", "why": "x"}, "why"),
        ],
    )
    def test_what_is_wrong_is_named(self, client: httpx.Client, body: dict[str, Any], param: str) -> None:
        assert refused(client.post(self.PATH, json=body))["param"] == param

    def test_only_recent_refusals(self, client: httpx.Client) -> None:
        answer = client.post(self.PATH, json={"request_id": "req_0"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "decision_not_found")

    def test_a_job_whose_results_are_refused_names_the_request_to_report(self, folder: Path) -> None:
        with (
            refusing_results() as judge,
            ServerProcess(env={"EGAKU_MODERATION_JUDGE": judge}, data_dir=folder / "judged") as server,
            httpx.Client(base_url=server.url, timeout=60) as client,
        ):
            files, headers = [image(png(256, 256))], {"Prefer": "respond-async"}
            made = client.post(VARIATIONS, data={"size": "256x256"}, files=files, headers=headers)
            assert made.status_code == 202, made.text
            job = ended(client, made.json())
            assert (job["status"], job["error"]["code"]) == ("failed", "content_policy_violation")
            report = client.post(self.PATH, json={"request_id": job["request_id"], "note": "A sunset."})
            assert report.status_code == 201, report.text
