"""The model list: what this server draws with, and the names of the API's models it answers to."""

from __future__ import annotations

from typing import Any

from egaku.contract.errors import NotFound

DIALECT_NAMES = (
    "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-2",
    "chatgpt-image-latest",
)  # fmt: skip
"""Names a client may ask for; each chooses a dialect, none a different engine."""

CREATED = 1667433600
"""2022-11-03, the day the Image API was announced, in Unix seconds."""


def model(name: str) -> dict[str, Any]:
    """One model in the API's shape."""
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "egaku", "shutdown_date": None}


def model_list(served: str) -> dict[str, Any]:
    """`GET /v1/models`: the served model first."""
    return {"object": "list", "data": [model(name) for name in (served, *DIALECT_NAMES)]}


def find_model(name: str, served: str) -> dict[str, Any]:
    """`GET /v1/models/{id}`. Raises NotFound with `model_not_found`."""
    if name not in (served, *DIALECT_NAMES):
        raise NotFound(f"The model '{name[:200]}' does not exist", param="model", code="model_not_found")
    return model(name)
