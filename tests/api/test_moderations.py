"""POST /v1/moderations on a real server: shapes, pictures, limits, errors, the SDK's types, and a peer."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from openai.types import ModerationMultiModalInputParam
from PIL import Image

from egaku.contract.moderations import CATEGORIES, MAX_BODY_BYTES
from tests.api.conftest import BLANK
from tests.moderation.photographs import photograph
from tests.server import ServerProcess

VIOLENT = "a beheaded corpse lying in a pool of blood"
INNOCENT = "a red apple on a wooden table"
JAPANESE = "木のテーブルの上の赤いりんご"


def data_url(name: str = "astronaut", format_: str = "PNG") -> str:
    file = io.BytesIO()
    Image.fromarray(photograph(name)[..., :3]).save(file, format_)
    return f"data:image/{format_.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


def picture(url: str) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}}


def ask(client: httpx.Client, body: object) -> httpx.Response:
    return client.post("/v1/moderations", json=body)


def results(client: httpx.Client, body: object) -> list[dict[str, Any]]:
    answer = ask(client, body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_the_answer_has_the_public_shape(client: httpx.Client) -> None:
    answer = ask(client, {"input": VIOLENT}).json()
    assert set(answer) == {"id", "model", "results"}
    assert answer["id"].startswith("modr-")
    assert answer["model"] == "omni-moderation-latest"
    (result,) = answer["results"]
    assert result["flagged"] is True
    assert result["categories"]["violence"] is True
    assert result["categories"]["sexual"] is False
    assert result["category_scores"]["violence"] >= 0.5
    for table in ("categories", "category_scores", "category_applied_input_types"):
        assert list(result[table]) == list(CATEGORIES)
    assert result["category_applied_input_types"]["violence"] == ["text"]


def test_each_string_gets_a_result(client: httpx.Client) -> None:
    found = results(client, {"input": [INNOCENT, VIOLENT, JAPANESE, ""]})
    assert [one["flagged"] for one in found] == [False, True, False, False]


def test_the_first_models_answer_as_they_did(client: httpx.Client) -> None:
    answer = ask(client, {"input": VIOLENT, "model": "text-moderation-latest"}).json()
    assert answer["model"] == "text-moderation-007"
    (result,) = answer["results"]
    assert set(result) == {"flagged", "categories", "category_scores"}
    assert len(result["category_scores"]) == 11
    assert result["flagged"] is True


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_scored_for_what_can_be_seen(client: httpx.Client, format_: str) -> None:
    (result,) = results(client, {"input": [picture(data_url(format_=format_))]})
    assert result["flagged"] is False
    assert result["category_scores"]["sexual"] == pytest.approx(0.023, abs=0.01)
    applied = {name: kinds for name, kinds in result["category_applied_input_types"].items() if kinds}
    assert applied == {"sexual": ["image"]}


def test_text_and_picture_are_judged_together(client: httpx.Client) -> None:
    (result,) = results(client, {"input": [{"type": "text", "text": VIOLENT}, picture(data_url())]})
    assert result["flagged"] is True
    assert result["category_applied_input_types"]["violence"] == ["text"]
    assert "image" in result["category_applied_input_types"]["sexual"]


@pytest.mark.parametrize(
    "path", ["/v1/moderations", "/moderations", "//v1//moderations/", "/openai/v1/moderations"]
)
def test_paths(client: httpx.Client, path: str) -> None:
    assert client.post(path, json={"input": INNOCENT}).status_code == 200


HEAD, _, DATA = data_url().partition(",")
TRUNCATED = f"{HEAD},{DATA[: len(DATA) // 8 * 4]}"
GIF = "data:image/gif;base64," + base64.b64encode(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").decode()
HUGE = io.BytesIO()
Image.new("1", (5000, 5000)).save(HUGE, "PNG")


@pytest.mark.parametrize(
    ("body", "status", "param", "code"),
    [
        ({}, 400, "input", "missing_required_parameter"),
        ({"input": [picture("http://127.0.0.1/a.png")]}, 400, "input[0].image_url.url", "invalid_value"),
        ({"input": [picture("data:image/png;base64,")]}, 400, "input[0].image_url.url", "invalid_image"),
        ({"input": [picture(GIF)]}, 400, "input[0].image_url.url", "invalid_image"),
        ({"input": [picture(TRUNCATED)]}, 400, "input[0].image_url.url", "invalid_image"),
        (
            {"input": [picture("data:image/png;base64," + base64.b64encode(HUGE.getvalue()).decode())]},
            *(400, "input[0].image_url.url", "invalid_image"),
        ),
        ({"input": "a", "model": "nobody"}, 404, "model", "model_not_found"),
    ],
)
def test_faults(client: httpx.Client, body: object, status: int, param: str, code: str) -> None:
    answer = ask(client, body)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", param, code)


def test_bodies_are_bounded(client: httpx.Client) -> None:
    answer = client.post("/v1/moderations", content=b'"' + b" " * MAX_BODY_BYTES + b'"')
    assert answer.status_code == 400
    assert "larger than 32 MB" in answer.json()["error"]["message"]


def test_a_key_is_needed_where_keys_are(key_client: httpx.Client, key: str) -> None:
    assert ask(key_client, {"input": "a"}).status_code == 401
    answer = key_client.post(
        "/v1/moderations", json={"input": "a"}, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 200


def test_moderations_are_no_images(narrow_client: httpx.Client) -> None:
    """Nothing of the images-per-minute limit is used up."""
    for _ in range(7):
        answer = ask(narrow_client, {"input": INNOCENT})
        assert answer.status_code == 200
    assert answer.headers["x-ratelimit-remaining-images"] == answer.headers["x-ratelimit-limit-images"]


@pytest.mark.campaign
def test_many_at_once_wait_or_are_turned_away_but_never_fail(blank: ServerProcess) -> None:
    """60 pictures in 60 requests: a server answers each, or says when to come back."""
    body = {"input": [picture(data_url("chelsea", "JPEG"))]}
    with httpx.Client(base_url=blank.url, timeout=120) as session, ThreadPoolExecutor(60) as pool:
        answers = list(pool.map(lambda _: ask(session, body), range(60)))
        assert session.get("/healthz").status_code == 200
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert sum(answer.status_code == 200 for answer in answers) >= 30
    for answer in answers:
        if answer.status_code == 503:
            assert answer.json()["error"]["code"] == "moderation_busy"
            assert answer.headers["Retry-After"] == "5"


def test_nothing_of_it_is_logged(blank: ServerProcess, client: httpx.Client) -> None:
    ask(client, {"input": "CANARY-WORDS-7 beheaded"})
    ask(client, {"input": [picture("data:image/png;base64,CANARY77")]})
    assert "CANARY" not in blank.log


def test_the_python_sdk_reads_it(blank: ServerProcess) -> None:
    sdk = openai.OpenAI(base_url=f"{blank.url}/v1", api_key="any", max_retries=0)
    parts: list[ModerationMultiModalInputParam] = [
        {"type": "text", "text": VIOLENT},
        {"type": "image_url", "image_url": {"url": data_url("coffee", "JPEG")}},
    ]
    answer = sdk.moderations.create(model="omni-moderation-latest", input=parts)
    (result,) = answer.results
    assert result.flagged
    assert result.categories.violence
    assert result.categories.self_harm_intent is False
    assert result.category_scores.violence >= 0.5
    assert result.category_applied_input_types.violence == ["text"]
    assert result.category_applied_input_types.sexual_minors in ([], ["text"])


def test_the_python_sdk_raises_its_own_errors(blank: ServerProcess) -> None:
    sdk = openai.OpenAI(base_url=f"{blank.url}/v1", api_key="any", max_retries=0)
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.moderations.create(input=[])
    assert caught.value.param == "input"
    with pytest.raises(openai.NotFoundError):
        sdk.moderations.create(input="a", model="nobody")


@pytest.fixture(scope="module")
def guarded(blank: ServerProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose second judge is `blank`."""
    env = {**BLANK, "EGAKU_MODERATION_JUDGE": f"{blank.url}/v1", "EGAKU_MODERATION_PICTURES": "off"}
    folder: Path = tmp_path_factory.mktemp("guarded")
    with (
        ServerProcess([], env, data_dir=folder) as server,
        httpx.Client(base_url=server.url, timeout=60) as session,
    ):
        yield session


def test_one_server_judges_for_another(guarded: httpx.Client) -> None:
    """Its own judge of pictures is off: what is scored, the peer has scored."""
    (result,) = results(guarded, {"input": [picture(data_url())]})
    assert result["category_applied_input_types"]["sexual"] == ["image"]
    assert result["category_scores"]["sexual"] == pytest.approx(0.023, abs=0.01)


def test_what_the_peer_hides_is_found(guarded: httpx.Client) -> None:
    hidden = photograph("astronaut")
    hidden[..., 3] = 0
    file = io.BytesIO()
    Image.fromarray(np.asarray(hidden)).save(file, "PNG")
    url = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    (result,) = results(guarded, {"input": [picture(url)]})
    assert result["category_scores"]["sexual"] == pytest.approx(0.023, abs=0.01)
