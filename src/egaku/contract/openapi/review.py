"""A server's status and the review of moderation's decisions in the OpenAPI document."""

from __future__ import annotations

from pydantic import TypeAdapter

from egaku.contract.openapi.parts import (
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    Document,
    administered,
    answer,
    array,
    body,
    choice,
    deleted,
    members,
    page_of,
    page_parameters,
    parameter,
    ref,
)
from egaku.contract.reports import OBJECT, OUTCOMES, STATUSES
from egaku.contract.status import ModerationSummary, ServerStatus

REPORTS = "/v1/organization/moderation/reports"
OUTCOME: Document = {"enum": [*OUTCOMES, None]}
REPORT: Document = members(
    {
        "object": {"const": OBJECT},
        "id": TEXT,
        "created_at": TIME,
        "status": {"enum": list(STATUSES)},
        "request_id": TEXT,
        "api_key_id": TEXT_OR_NULL,
        "where": {"type": "string", "description": "What was refused: a prompt, an upload or a result."},
        "categories": array(TEXT),
        "policy": TEXT,
        "note": TEXT,
        "prompt": {**TEXT_OR_NULL, "description": "Only if its reporter sent it along."},
        "outcome": OUTCOME,
        "reviewed_at": TIME_OR_NULL,
    }
)


def review_schemas() -> Document:
    """Named schemas."""
    return {"ModerationReport": REPORT, **_typed(ServerStatus), **_typed(ModerationSummary)}


def review_paths() -> Document:
    """The server at a glance; reports, looked at, closed and forgotten."""
    identifier = [parameter("id", "path", "The report's id.", {"type": "string", "minLength": 1})]
    outcome = {
        "type": "object",
        "properties": {"outcome": OUTCOME},
        "required": ["outcome"],
        "additionalProperties": False,
    }
    status = choice("status", "Only those.", STATUSES)
    return {
        "/v1/organization/status": {
            "get": administered(
                "read_status", "This server at a glance", "operations", answer("Now.", ref("ServerStatus"))
            )
        },
        "/v1/organization/moderation/summary": {
            "get": administered(
                "summarize_moderation",
                "What was refused and what was reported, by category",
                "moderations",
                answer("Counts.", ref("ModerationSummary")),
            )
        },
        REPORTS: {
            "get": administered(
                "list_reports",
                "List reports of wrong decisions",
                "moderations",
                answer("A page of them.", page_of(ref("ModerationReport"))),
                errors=(404,),
                parameters=[*page_parameters("after", "limit", "order"), status],
            )
        },
        f"{REPORTS}/{{id}}": {
            "get": administered(
                "retrieve_report",
                "Look at one report",
                "moderations",
                answer("It.", ref("ModerationReport")),
                errors=(404,),
                parameters=identifier,
            ),
            "post": administered(
                "review_report",
                "Say whether the decision was wrong or right; null opens the report again",
                "moderations",
                answer("It as it is now.", ref("ModerationReport")),
                errors=(404,),
                parameters=identifier,
                requestBody={"required": True, "content": body(outcome)},
            ),
            "delete": administered(
                "delete_report",
                "Forget a report and what was sent with it",
                "moderations",
                answer("It is gone.", deleted(f"{OBJECT}.deleted")),
                errors=(404,),
                parameters=identifier,
            ),
        },
    }


def _typed(kind: type) -> Document:
    """A typed dictionary's schema, and those of its parts, by name."""
    schema = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
    parts: Document = schema.pop("$defs", {})
    return {kind.__name__: schema, **parts}
