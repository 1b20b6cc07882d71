"""What schemathesis must be told of this API to send it good bodies."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext
from schemathesis.core.parameters import ParameterLocation

from egaku.contract.openapi import openapi
from tests.pictures import png

PICTURES = [png(64, 64, hole=True), png(64, 64, hole=True, seed=2)]
"""Of one size, so that any of them is a mask for any other."""

# A binary field of this API is a PNG with somewhere to draw.
schemathesis.openapi.format("binary", st.sampled_from(PICTURES))


NOT_TEXT = {"n", "seed", "strength", "stream", "output_compression", "partial_images"}
PATHS = openapi("test")["paths"]


@schemathesis.hook
def filter_case(context: HookContext, case: Case[Any]) -> bool:
    """Leave out forms that are not what they are taken for."""
    body = case.body
    if case.media_type != "multipart/form-data" or not isinstance(body, dict):
        return True
    if case.meta and case.meta.is_negative_at(ParameterLocation.BODY):
        return not _is_valid(case.path, body)
    # What a form's schema says in words only: rules about two fields.
    output = body.get("output_format")
    return not (
        (body.get("background") == "transparent" and output == "jpeg")
        or (_number(body, "output_compression", 100) < 100 and output not in {"jpeg", "webp"})
        or (_number(body, "partial_images", 0) > 0 and body.get("stream") is not True)
    )


def _is_valid(path: str, body: dict[str, Any]) -> bool:
    """True for a body that the document allows after all.

    Broken for one dialect it may be good for another, which the tool cannot tell where there are files; and
    on the wire all is text, so that 5 is a fine `user`.
    """
    schema = PATHS[path]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    plain = {name: value if name in NOT_TEXT else str(value) for name, value in body.items()}
    return jsonschema_rs.validator_for(schema).is_valid(plain)


def _number(body: dict[str, Any], name: str, default: float) -> float:
    value = body.get(name, default)
    return value if isinstance(value, int | float) else default
