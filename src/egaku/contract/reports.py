"""Reports on moderation's decisions, as administrators see and close them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from egaku.contract.errors import InvalidRequest, NotFound

OBJECT = "moderation.report"
OUTCOMES = ("wrong", "right")
"""What a reviewer can say of a decision."""
STATUSES = ("open", "closed")


def report_object(fields: Mapping[str, Any]) -> dict[str, Any]:
    """One report. `fields`: those of the record. Whoever had no key is nobody: addresses are not shown."""
    owner = fields["owner"]
    return {
        "object": OBJECT,
        "id": fields["id"],
        "created_at": fields["created_at"],
        "status": STATUSES[fields["reviewed_at"] is not None],
        "request_id": fields["request_id"],
        "api_key_id": owner if owner.startswith("key_") else None,
        "where": fields["where"],
        "categories": fields["categories"],
        "policy": fields["policy"],
        "note": fields["note"],
        "prompt": fields["prompt"],
        "outcome": fields["outcome"],
        "reviewed_at": fields["reviewed_at"],
    }


def report_deleted(identifier: str) -> dict[str, Any]:
    """What is said of a report that was forgotten."""
    return {"object": f"{OBJECT}.deleted", "id": identifier, "deleted": True}


def no_such_report(identifier: str, param: str = "report_id") -> NotFound:
    """For ids that nobody has, or nobody has any more."""
    return NotFound(f"No report found with id '{identifier[:64]}'.", param=param, code="not_found")


def parse_outcome(fields: Mapping[str, object]) -> str | None:
    """`outcome` in a request's JSON body; null opens the report again. Raises InvalidRequest."""
    for name in fields:
        if name != "outcome":
            raise InvalidRequest(
                f"Unknown parameter: '{name[:100]}'.", param=name[:100], code="unknown_parameter"
            )
    if "outcome" not in fields:
        raise InvalidRequest(
            "Missing required parameter: 'outcome'.", param="outcome", code="missing_required_parameter"
        )
    outcome = fields["outcome"]
    if outcome is None:
        return None
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise InvalidRequest(
            "Invalid value for 'outcome': expected 'wrong', 'right' or null.",
            param="outcome",
            code="invalid_value",
        )
    return outcome
