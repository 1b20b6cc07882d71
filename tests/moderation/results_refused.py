"""A judge elsewhere that takes the first picture it sees, an upload, and refuses all others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.moderation.answering import Answering, Received, Reply, as_json


@contextmanager
def refusing_results() -> Iterator[str]:
    """The value of EGAKU_MODERATION_JUDGE."""
    first: list[str] = []

    def reply(asked: Received) -> Reply:
        parts = asked.body["input"]
        shown = None if isinstance(parts, str) else parts[0]["image_url"]["url"]
        if shown and not first:
            first.append(shown)
        bad = shown is not None and shown != first[0]
        one = {"flagged": bad, "categories": {"violence": bad}, "category_scores": {"violence": float(bad)}}
        return as_json({"id": "modr-1", "model": "m", "results": [one]})

    with Answering(reply) as judge:
        yield judge.url
