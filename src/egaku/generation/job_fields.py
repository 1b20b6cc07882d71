"""A valid request as JSON and back, for jobs that a later process may draw, and to tell requests apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from egaku.contract.dialects import Operation, dialect_of
from egaku.contract.requests import ImageRequest
from egaku.contract.sizes import Size


def to_fields(request: ImageRequest) -> dict[str, Any]:
    """All of a request but its dialect, which its model names."""
    values = {one.name: getattr(request, one.name) for one in fields(request) if one.name != "dialect"}
    return {
        **values,
        "operation": str(request.operation),
        "size": list(request.size) if request.size else None,
        "ignored": list(request.ignored),
    }


def from_fields(values: Mapping[str, Any]) -> ImageRequest:
    """The request again. Fields unknown to this version are left out; missing ones raise TypeError."""
    known = {one.name for one in fields(ImageRequest)}
    read = {name: value for name, value in values.items() if name in known}
    read["operation"] = Operation(read["operation"])
    read["size"] = Size(*read["size"]) if read["size"] else None
    read["ignored"] = tuple(read["ignored"])
    return ImageRequest(dialect=dialect_of(read["model"]), **read)
