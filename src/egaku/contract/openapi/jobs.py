"""Background jobs and stored pictures in the OpenAPI document."""

from __future__ import annotations

from egaku.contract.dialects import Operation
from egaku.contract.openapi.parts import (
    COUNT,
    ERROR,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    Document,
    answer,
    array,
    body,
    deleted,
    members,
    operation,
    page_of,
    page_parameters,
    parameter,
    ref,
)

STATUSES = ("queued", "running", "succeeded", "failed", "cancelled")
EVENTS = (
    "snapshot", "queued", "running", "progress", "partial", "image", "image_deleted", "done", "failed",
    "cancelled", "deleted",
)  # fmt: skip
"""Names of the stream's events: docs/jobs.md says what each holds."""
PICTURE_NAME = "^(img|job)-[A-Za-z0-9]{24}\\.(png|jpeg|webp)$"

PART: Document = {"type": "number", "minimum": 0, "maximum": 1}

JOB: Document = members(
    {
        "id": {"type": "string", "pattern": "^job_"},
        "object": {"const": "image.job"},
        "status": {"enum": list(STATUSES)},
        "operation": {"enum": [str(one) for one in Operation]},
        "model": TEXT_OR_NULL,
        "prompt": TEXT,
        "n": COUNT,
        "quality": TEXT,
        "style": TEXT_OR_NULL,
        "background": TEXT,
        "output_format": {"enum": ["png", "jpeg", "webp"]},
        "seed": {"type": "integer", "description": "The one used."},
        "strength": PART,
        "size": {"type": "string", "description": "Width x height in pixels, or auto."},
        "created_at": TIME,
        "started_at": TIME_OR_NULL,
        "finished_at": TIME_OR_NULL,
        "expires_at": {**TIME_OR_NULL, "description": "When it is forgotten, once it has ended."},
        "progress": PART,
        "position": {"type": ["integer", "null"], "description": "Jobs before it, while it waits."},
        "eta_seconds": {"type": ["number", "null"]},
        "data": array(
            members(
                {"index": COUNT, "url": {"type": "string", "format": "uri"}, "revised_prompt": TEXT_OR_NULL}
            )
        ),
        "error": {"oneOf": [ERROR["properties"]["error"], {"type": "null"}]},
        "request_id": {**TEXT_OR_NULL, "description": "Of the request that made it, to report a refusal by."},
    }
)

JOB_EVENT: Document = members(
    {"event": {"enum": list(EVENTS)}, "data": {"type": "string", "contentMediaType": "application/json"}}
)

ID = parameter("id", "path", "The job's.", {"type": "string", "pattern": "^job_[0-9A-Za-z]+$"})
NAME = parameter("name", "path", "As in its link.", {"type": "string", "pattern": PICTURE_NAME})


def job_schemas() -> Document:
    """Named schemas."""
    return {"Job": JOB}


def job_paths() -> Document:
    """All about jobs, and about stored pictures."""
    return {
        "/v1/jobs": {"get": _list()},
        "/v1/jobs/events": {"get": _events()},
        "/v1/jobs/{id}": {
            "get": _one("retrieve_job", "Look at a job"),
            "delete": operation(
                "delete_job",
                "Cancel a job if need be, and delete it with its pictures",
                "jobs",
                {"200": answer("It is gone.", deleted("image.job"))},
                errors=(401, 404),
                parameters=[ID],
            ),
        },
        "/v1/jobs/{id}/cancel": {"post": _one("cancel_job", "Draw no further picture of a job")},
        "/files/{name}": {"get": _read_picture(), "delete": _delete_picture()},
    }


def _one(name: str, summary: str) -> Document:
    found = {"200": answer("It.", ref("Job"))}
    return operation(name, summary, "jobs", found, errors=(401, 404), parameters=[ID])


def _list() -> Document:
    return operation(
        "list_jobs",
        "List one's own jobs, newest first",
        "jobs",
        {"200": answer("A page of jobs.", page_of(ref("Job")))},
        errors=(401, 404),
        parameters=page_parameters("after", "limit"),
    )


def _events() -> Document:
    stream = {
        "description": "Server-sent events until either side ends it; the first is a snapshot.",
        "content": body(JOB_EVENT, "text/event-stream"),
    }
    return operation("stream_jobs", "Listen to one's own jobs", "jobs", {"200": stream}, errors=(401, 429))


def _read_picture() -> Document:
    signature = [
        parameter(name, "query", meaning, TEXT, required=True)
        for name, meaning in (
            ("st", "Valid from."),
            ("se", "Valid until."),
            ("sp", "Permission."),
            ("sig", "Signature."),
        )
    ]
    file = {"type": "string", "format": "binary"}
    content = {f"image/{kind}": {"schema": file} for kind in ("png", "jpeg", "webp")}
    return operation(
        "read_picture",
        "A picture behind a link, with the query that came with it; no key needed",
        "images",
        {
            "200": {"description": "The file.", "content": content},
            "206": {"description": "The part of it that a `Range` header asked for.", "content": content},
        },
        parameters=[NAME, *signature],
        security=[],
    )


def _delete_picture() -> Document:
    return operation(
        "delete_picture",
        "Delete a picture of one's own before its time",
        "images",
        {"200": answer("It is gone.", deleted("image.picture"))},
        errors=(401, 404),
        parameters=[NAME],
    )
