"""What schemathesis must be told of this API to send it good bodies."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext
from schemathesis.core.parameters import ParameterLocation

from egaku.contract.fields import IMAGE_SIZE
from egaku.contract.moderations import DATA_URL
from egaku.contract.openapi import openapi
from egaku.contract.usage_report import DAY, MAX_TIME, PAGE
from tests.pictures import png

PICTURES = [png(64, 64, hole=True), png(64, 64, hole=True, seed=2)]
"""Of one size, so that any of them is a mask for any other."""

# A binary field of this API is a PNG with somewhere to draw.
schemathesis.openapi.format("binary", st.sampled_from(PICTURES))
schemathesis.openapi.format(
    DATA_URL,
    st.sampled_from([f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in PICTURES]),
)

# Any of these is a size by the rules that a schema cannot say.
SIDES = range(768, 1025, 16)
schemathesis.openapi.format(
    IMAGE_SIZE,
    st.one_of(st.just("auto"), st.builds("{}x{}".format, st.sampled_from(SIDES), st.sampled_from(SIDES))),
)

NOT_TEXT = {"n", "seed", "strength", "stream", "output_compression", "partial_images"}
PATHS = openapi("test")["paths"]


@schemathesis.hook
def filter_case(context: HookContext, case: Case[Any]) -> bool:
    """Leave out forms that are not what they are taken for, streams in the background, days past the last."""
    body = case.body
    page = str(case.query["page"]) if "page" in (case.query or ()) else ""
    if (match := re.fullmatch(PAGE, page)) and int(match[1]) > MAX_TIME // DAY:
        return False
    if case.headers and case.headers.get("Prefer") == "respond-async" and _streams(body):
        return False
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


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Forms with files as the tool can judge them: without lists of files, which tests/clients sends."""
    for path in ("edits", "variations"):
        content = raw_schema["paths"][f"/v1/images/{path}"]["post"]["requestBody"]["content"]
        for dialect in content["multipart/form-data"]["schema"]["oneOf"]:
            dialect["properties"].pop("image[]", None)
            if names := dialect["properties"]["model"].get("examples"):
                dialect["properties"]["model"] = {"enum": names}


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """A good key is one that no other request had."""
    is_negative = case.meta and case.meta.is_negative_at(ParameterLocation.HEADER)
    if case.headers and "Idempotency-Key" in case.headers and not is_negative:
        case.headers["Idempotency-Key"] = f"{case.headers['Idempotency-Key'][:200]}{uuid.uuid4().hex}"


def _streams(body: object) -> bool:
    return isinstance(body, dict) and body.get("stream") in (True, "true")


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
