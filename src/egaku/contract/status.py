"""How a server is, and what its moderation decided, for administrators: two small objects of our own."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict


class Queue(TypedDict):
    """Pictures before and in the workers."""

    waiting: int
    places: int
    """How many may wait."""
    drawing: int


class Workers(TypedDict):
    """Drawing processes."""

    wanted: int
    alive: int
    able: int
    """Those that get on with their work."""


class Limits(TypedDict):
    """What holds for keys that say nothing else."""

    images_per_minute: int
    images_per_day: int | None
    images_per_month: int | None
    max_concurrent: int
    organization: str
    moderation: str


class ErrorCount(TypedDict):
    """Requests refused or failed for one reason."""

    code: str
    count: int


class ServerStatus(TypedDict):
    """One server at this moment; what is counted, since it started."""

    object: Literal["organization.status"]
    version: str
    engine: str
    started_at: int
    ready: bool
    checks: dict[str, str]
    """`ok`, or a word for what is wrong; so are `judges`."""
    judges: dict[str, str]
    queue: Queue
    workers: Workers
    errors: list[ErrorCount]
    """The most frequent first."""
    limits: Limits


class CategoryCount(TypedDict):
    """Refusals, and what people said of them, for one category."""

    category: str
    refused: int
    """By this server since it started."""
    open: int
    wrong: int
    right: int


class ReportCounts(TypedDict):
    """Reports of all servers on the same records."""

    open: int
    wrong: int
    right: int


class ModerationSummary(TypedDict):
    """What was judged, and what was reported."""

    object: Literal["organization.moderation.summary"]
    started_at: int
    passed: int
    """Words and pictures that were let through, by this server since it started."""
    refused: int
    """Likewise; what two categories refused counts twice."""
    reports: ReportCounts
    categories: list[CategoryCount]
