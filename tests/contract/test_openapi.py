"""The served document: valid OpenAPI 3.1, and true of what the contract takes."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from egaku.contract.dialects import Operation
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
