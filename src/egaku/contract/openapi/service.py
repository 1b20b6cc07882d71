"""Models, moderation, and the server's own health in the OpenAPI document."""

from __future__ import annotations

from egaku.contract.moderations import answer_schema, request_schema
from egaku.contract.openapi.parts import (
    NEEDS_ADMIN,
    TEXT,
    TIME,
    Document,
    answer,
    array,
    body,
    members,
    operation,
    parameter,
    ref,
)

MODEL: Document = members(
    {
        "id": TEXT,
        "object": {"const": "model"},
        "created": TIME,
        "owned_by": TEXT,
        "shutdown_date": {"type": ["integer", "null"]},
    }
)
READY: Document = members(
    {
        "status": {"enum": ["ready", "not ready"]},
        "checks": {"type": "object", "additionalProperties": TEXT, "description": "`ok`, or what is wrong."},
        "judges": {"type": "object", "additionalProperties": TEXT, "description": "Likewise."},
    }
)
MAX_ID, MAX_NOTE, MAX_PROMPT = 64, 2000, 32_000
"""Characters of a report's parts."""
REPORTED: Document = members({"id": TEXT, "object": {"const": "moderation.report"}, "created_at": TIME})


def service_schemas() -> Document:
    """Named schemas."""
    return {"Model": MODEL, "Ready": READY}


def service_paths() -> Document:
    """All that is neither pictures nor jobs nor keys."""
    named = parameter("model", "path", "Its id.", {"type": "string", "minLength": 1})
    listed = members({"object": {"const": "list"}, "data": array(ref("Model"))})
    models = {"200": answer("Those the key may use.", listed)}
    return {
        "/v1/models": {"get": operation("list_models", "List models", "models", models, errors=(401,))},
        "/v1/models/{model}": {
            "get": operation(
                "retrieve_model",
                "Retrieve a model",
                "models",
                {"200": answer("It.", ref("Model"))},
                errors=(401, 404),
                parameters=[named],
            )
        },
        "/v1/moderations": {
            "post": operation(
                "create_moderation",
                "Judge texts and pictures",
                "moderations",
                {"200": answer("A result for each input.", answer_schema())},
                errors=(401, 404),
                requestBody={"required": True, "content": body(request_schema())},
            )
        },
        "/v1/moderations/reports": {"post": _report()},
        **_operations(),
    }


def _report() -> Document:
    storable = {"pattern": r"^[^\x00]*$"}
    text = {"type": ["string", "null"], **storable}
    fields = {
        "request_id": {"type": "string", "minLength": 1, "maxLength": MAX_ID, **storable},
        "note": {**text, "maxLength": MAX_NOTE},
        "prompt": {**text, "maxLength": MAX_PROMPT, "description": "What was refused, if it may be kept."},
    }
    return operation(
        "report_decision",
        "Say that a refusal of the last hour was wrong",
        "moderations",
        {"201": answer("It is kept for the operator.", REPORTED)},
        errors=(401, 404, 429, 507),
        requestBody={"required": True, "content": body(members(fields, optional=("note", "prompt")))},
    )


def _operations() -> Document:
    not_ready = {
        "description": "It cannot, or it is being stopped.",
        "content": body({"oneOf": [ref("Ready"), ref("Error")]}),
    }
    metrics = {"description": "Prometheus' text format.", "content": body(TEXT, "text/plain")}
    return {
        "/healthz": {
            "get": operation(
                "healthz",
                "The process answers",
                "operations",
                {"200": answer("It does.", members({"status": {"const": "ok"}}))},
                security=[],
            )
        },
        "/readyz": {
            "get": operation(
                "readyz",
                "The server can draw",
                "operations",
                {"200": answer("It can.", ref("Ready")), "503": not_ready},
                security=[],
            )
        },
        "/metrics": {
            "get": operation(
                "read_metrics",
                "Everything counted since the start; an admin key must ask once there are keys",
                "operations",
                {"200": metrics},
                errors=(401,),
                security=[{}, *NEEDS_ADMIN],
            )
        },
        "/openapi.json": {
            "get": operation(
                "read_schema",
                "This document",
                "operations",
                {"200": answer("It.", {"type": "object", "required": ["openapi"]})},
                security=[],
            )
        },
    }
