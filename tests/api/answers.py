"""What an answer must look like as a whole: status, every header, the body to the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
VARIATIONS = "/v1/images/variations"
USER_ERROR = "image_generation_user_error"

ALWAYS = {
    "content-type": r"application/json",
    "content-length": r"\d+",
    "date": r".+ GMT",
    "x-request-id": r"req_[0-9a-f]{32}",
    "openai-version": r"2020-10-01",
    "openai-organization": r"org-egaku",
    "openai-processing-ms": r"\d+",
    "x-content-type-options": r"nosniff",
    "x-ratelimit-limit-images": r"\d+",
    "x-ratelimit-remaining-images": r"\d+",
    "x-ratelimit-reset-images": r"\d+s",
}
"""Headers of every JSON answer, and what they may hold."""


@dataclass(frozen=True)
class Refusal:
    """An error answer: its body's error object in the order of its keys, its status, further headers."""

    error: dict[str, str | None]
    status: int = 400
    headers: dict[str, str] = field(default_factory=dict)
    """Name → pattern."""


JsonRow = tuple[str, str, Any, Refusal]
"""A case's name, its path, its JSON body, its answer."""


def legacy(
    message: str,
    *,
    param: str | None = None,
    code: str | None = None,
    kind: str = "invalid_request_error",
    status: int = 400,
    headers: dict[str, str] | None = None,
) -> Refusal:
    """In the order of 2022-2024."""
    return Refusal(
        {"code": code, "message": message, "param": param, "type": kind}, status, dict(headers or {})
    )


def typed(
    message: str,
    param: str | None,
    code: str | None,
    kind: str = "invalid_request_error",
    *,
    status: int = 400,
    headers: dict[str, str] | None = None,
) -> Refusal:
    """In the order since gpt-image-1."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Refusal(error, status, dict(headers or {}))


def assert_headers(answer: httpx.Response, expected: dict[str, str]) -> None:
    """These headers and no others, each as its pattern says."""
    assert set(answer.headers) == set(expected)
    for name, pattern in expected.items():
        assert re.fullmatch(pattern, answer.headers[name]), (name, answer.headers[name])


def assert_refused(answer: httpx.Response, expected: Refusal) -> None:
    """The whole answer is as expected."""
    assert answer.content == orjson.dumps({"error": expected.error})
    assert answer.status_code == expected.status
    assert_headers(answer, {**ALWAYS, **expected.headers})
