"""What schemathesis must be told of this API to send it good bodies."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext

from tests.pictures import png

PICTURES = [png(64, 64, hole=True), png(64, 64, hole=True, seed=2)]
"""Of one size, so that any of them is a mask for any other."""

# A binary field of this API is a PNG with somewhere to draw.
schemathesis.openapi.format("binary", st.sampled_from(PICTURES))


@schemathesis.hook
def filter_case(context: HookContext, case: Case[Any]) -> bool:
    """Leave out forms against the rules about two fields, which a form's schema says in words only."""
    body = case.body
    if case.media_type != "multipart/form-data" or not isinstance(body, dict):
        return True
    return not (
        (body.get("background") == "transparent" and body.get("output_format") == "jpeg")
        or (
            _number(body.get("output_compression", 100)) < 100
            and body.get("output_format") not in {"jpeg", "webp"}
        )
        or (_number(body.get("partial_images", 0)) > 0 and body.get("stream") is not True)
    )


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0
