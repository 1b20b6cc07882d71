"""GET /v1/models and /v1/models/{id}, by key: what is listed can be drawn with, and nothing else is there."""

from __future__ import annotations

import openai
import pytest

from egaku.contract.models import DIALECT_NAMES
from tests.api.conftest import make_key
from tests.server import ServerProcess

ALL = ["blank", *DIALECT_NAMES]


def client_with(server: ServerProcess, models: list[str] | None) -> openai.OpenAI:
    key = make_key(server.data_dir, fields={"models": models})
    return openai.OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


def listed(client: openai.OpenAI) -> list[str]:
    return [model.id for model in client.models.list()]


def may_draw(client: openai.OpenAI, model: str) -> bool:
    try:
        client.images.generate(prompt="a", model=model)
    except openai.PermissionDeniedError:
        return False
    return True


@pytest.mark.parametrize("models", [None, ["dall-e-2", "gpt-image-1"], ["blank"], ["sdxl", "dall-e-3"]])
def test_what_is_listed_can_be_used(keyed: ServerProcess, models: list[str] | None) -> None:
    with client_with(keyed, models) as client:
        found = listed(client)
        assert set(found) == set(models or ALL)
        assert {one for one in {*ALL, *found} if may_draw(client, one)} == set(found)
        for one in found:
            assert client.models.retrieve(one).id == one


def test_not_allowed_reads_like_unknown(keyed: ServerProcess) -> None:
    with client_with(keyed, ["dall-e-2"]) as client:
        sentences = []
        for name in ("dall-e-3", "nothing"):
            with pytest.raises(openai.NotFoundError) as caught:
                client.models.retrieve(name)
            assert caught.value.code == "model_not_found"
            assert isinstance(caught.value.body, dict)
            sentences.append(caught.value.body["message"].replace(name, "…"))
        assert len(set(sentences)) == 1
