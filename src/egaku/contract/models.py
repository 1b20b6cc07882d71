"""The model list: what this server draws with, and the names of the API's models it answers to."""

from __future__ import annotations

from collections.abc import Sequence
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


def model_names(served: str, allowed: Sequence[str] | None = None) -> tuple[str, ...]:
    """The served model first. With an `allowed` list, a key's own, what is on it and nothing else.

    A name of the operator's own choice on that list is answered by the served model, so it is a model here.
    """
    names = (served, *DIALECT_NAMES)
    if allowed is None:
        return names
    known = [name for name in names if name in allowed]
    return (*known, *(name for name in dict.fromkeys(allowed) if name not in names))


def model_list(served: str, allowed: Sequence[str] | None = None) -> dict[str, Any]:
    """`GET /v1/models`."""
    return {"object": "list", "data": [model(name) for name in model_names(served, allowed)]}


def counted_model(name: str | None, served: str) -> str:
    """The model a request counts for: the API's own name it asked for, else the one that draws.

    So there are few: a caller cannot fill a table with names.
    """
    if name is None:
        return DIALECT_NAMES[0]
    return name if name in DIALECT_NAMES else served


def find_model(name: str, served: str, allowed: Sequence[str] | None = None) -> dict[str, Any]:
    """`GET /v1/models/{id}`. Raises NotFound with `model_not_found`, for what a key may not use as well."""
    if name not in model_names(served, allowed):
        raise NotFound(f"The model '{name[:200]}' does not exist", param="model", code="model_not_found")
    return model(name)
