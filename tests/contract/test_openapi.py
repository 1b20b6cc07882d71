"""The served document: valid OpenAPI 3.1, and true of what the contract takes."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from egaku.contract.dialects import Operation, dialect_of
from egaku.contract.openapi import openapi

DOCUMENT = openapi("1.2.3")


def test_valid() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []
    assert DOCUMENT["info"]["version"] == "1.2.3"


@pytest.mark.parametrize("operation", list(Operation))
def test_every_endpoint_has_all_its_answers(operation: Operation) -> None:
    endpoint: dict[str, Any] = DOCUMENT["paths"][f"/v1/images/{operation}"]["post"]
    assert set(endpoint["responses"]) >= {"200", "400", "401", "429", "500", "503"}
    assert endpoint["requestBody"]["required"]


NAMES = [
    "", "dall-e-2", "dall-e-3", "Dall-E-2", "sdxl", "illustrator", "gpt-4o", "gpt-image", "gpt-image2",
    "gpt-imagery", "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-2", "gpt-image-2.5-x",
    "gpt-image-10", "gpt-image-007", "gpt-image-1234", "chatgpt-image-latest", "chatgpt-image-2",
    "my-gpt-image-2",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_one_dialects(name: str) -> None:
    """The document keeps dialects apart by the same names as the server."""
    content = DOCUMENT["paths"]["/v1/images/generations"]["post"]["requestBody"]["content"]
    schemas = content["application/json"]["schema"]["oneOf"]
    body = {"prompt": "a", "model": name}
    fitting = [one["title"] for one in schemas if jsonschema_rs.validator_for(one).is_valid(body)]
    assert fitting == [f"{dialect_of(name).name} generations"]


def test_free_sizes_are_in_it() -> None:
    body = {"prompt": "a", "model": "gpt-image-2", "size": "1824x1024"}
    content = DOCUMENT["paths"]["/v1/images/generations"]["post"]["requestBody"]["content"]
    valid = jsonschema_rs.validator_for(content["application/json"]["schema"]).is_valid
    assert valid(body)
    assert not valid({**body, "size": "bogus"})
    assert not valid({**body, "model": "gpt-image-1"})


def test_edits_are_json_too() -> None:
    content = DOCUMENT["paths"]["/v1/images/edits"]["post"]["requestBody"]["content"]
    assert set(content) == {"multipart/form-data", "application/json"}
    valid = jsonschema_rs.validator_for(content["application/json"]["schema"]).is_valid
    picture = {"image_url": "data:image/png;base64,AAAA"}
    assert valid({"prompt": "a", "model": "gpt-image-1", "images": [picture] * 16, "mask": picture})
    assert not valid({"prompt": "a", "model": "gpt-image-1", "images": [picture] * 17})
    assert not valid({"prompt": "a", "model": "gpt-image-1", "images": [{"file_id": "x"}]})
    assert not valid({"prompt": "a", "model": "dall-e-2", "images": [picture] * 2})
