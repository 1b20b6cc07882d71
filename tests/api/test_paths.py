"""One endpoint under its many paths; Azure's deployments and `api-key`."""

from __future__ import annotations

import httpx
import pytest

from egaku.api.paths import canonical_path
from tests.api.answers import GENERATIONS
from tests.api.error_rows_form import image
from tests.pictures import png

GOOD = {"prompt": "a", "size": "256x256"}

SPELLINGS = [
    "/v1/images/generations", "/images/generations", "/v1//images/generations", "//v1///images//generations",
    "/v1/images/generations/", "/openai/v1/images/generations",
    "/openai/v1/images/generations?api-version=preview",
    "/openai/images/generations?api-version=2024-10-21",
    "/openai/deployments/my-deployment/images/generations?api-version=2024-10-21",
    "//openai//deployments/x//images/generations/",
]  # fmt: skip


@pytest.mark.parametrize("path", SPELLINGS)
def test_spellings_of_generations(client: httpx.Client, path: str) -> None:
    answer = client.post(f"{client.base_url}".rstrip("/") + path, json=GOOD)
    assert answer.status_code == 200, answer.text
    assert list(answer.json()["data"][0]) == ["url"]


@pytest.mark.parametrize("prefix", ["/v1", "", "/openai", "/openai/v1", "/openai/deployments/x"])
def test_spellings_of_uploads(client: httpx.Client, prefix: str) -> None:
    file = image(png(64, 64, hole=True))
    assert client.post(f"{prefix}/images/edits", data={"prompt": "a"}, files=[file]).status_code == 200
    assert client.post(f"{prefix}/images/variations", files=[file]).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/models", "/models", "/v1//models/", "/openai/models", "/openai/v1/models"]
)
def test_spellings_of_models(client: httpx.Client, path: str) -> None:
    found = client.get(path).json()
    assert found["object"] == "list"
    assert found["data"][0] == {
        "id": "blank", "object": "model", "created": 1667433600, "owned_by": "egaku", "shutdown_date": None,
    }  # fmt: skip
    names = [model["id"] for model in found["data"]]
    assert names[1:4] == ["dall-e-2", "dall-e-3", "gpt-image-1"]
    for name in names:
        assert client.get(f"{path.rstrip('/')}/{name}").json()["id"] == name


def test_a_deployment_named_as_a_model_speaks_its_dialect(client: httpx.Client) -> None:
    body = {"prompt": "a"}
    path = "/openai/deployments/{}/images/generations"
    assert "usage" in client.post(path.format("gpt-image-1"), json=body).json()
    assert "revised_prompt" in client.post(path.format("dall-e-3"), json=body).json()["data"][0]
    # SDKs send the model in the body too; that one counts.
    both = client.post(path.format("mine"), json={**body, "model": "gpt-image-1"}).json()
    assert "usage" in both


def test_api_key_header(key_client: httpx.Client, key: str) -> None:
    path = "/openai/deployments/x/images/generations"
    assert key_client.post(path, json=GOOD, headers={"api-key": key}).status_code == 200
    assert key_client.post(path, json=GOOD, headers={"api-key": "x" + key}).status_code == 401
    assert key_client.post(GENERATIONS, json=GOOD, headers={"api-key": key}).status_code == 200


@pytest.mark.parametrize(
    ("written", "path", "deployment"),
    [
        ("/", "/", None),
        ("//", "/", None),
        ("/files/img-a.png", "/files/img-a.png", None),
        ("/v1/files/x", "/v1/files/x", None),
        ("/v1", "/v1", None),
        ("/v1/imagesx", "/v1/imagesx", None),
        ("/openai/deployments/a b/images/edits", "/images/edits", "a b"),
        ("/openai/images/generations:submit", "/images/generations:submit", None),
        ("/models/a/b", "/models/a/b", None),
    ],
)
def test_canonical_path(written: str, path: str, deployment: str | None) -> None:
    assert canonical_path(written) == (path, deployment)
