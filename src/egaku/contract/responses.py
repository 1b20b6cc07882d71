"""Success bodies and events, built as bytes.

A 1024² picture is two megabytes of base64: a JSON encoder that scans it costs fifteen times what joining does
(docs/decisions.md). Base64 needs no JSON escaping, so bodies are joined around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pybase64

from egaku.contract.dialects import Operation

EVENT_PREFIX = {Operation.GENERATIONS: "image_generation", Operation.EDITS: "image_edit"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One finished picture as the body shows it: either bytes (sent as base64) or a URL."""

    data: bytes | None = None
    url: str | None = None
    revised_prompt: str | None = None


@dataclass(frozen=True, slots=True)
class TypedFacts:
    """What the gpt-image dialect adds to a body or an event, all resolved (never `auto`)."""

    background: str
    output_format: str
    quality: str
    size: str
    usage: dict[str, Any] | None = None

    def members(self) -> dict[str, Any]:
        """As JSON members; usage only where there is one (partial events have none)."""
        members: dict[str, Any] = {
            "background": self.background,
            "output_format": self.output_format,
            "quality": self.quality,
            "size": self.size,
        }
        return members if self.usage is None else {**members, "usage": self.usage}


def images_body(created: int, pictures: Sequence[Picture], facts: TypedFacts | None = None) -> bytes:
    """`{"created":…,"data":[{"url":…} | {"b64_json":…}, …], …}`. `created` is in Unix seconds."""
    tail = b"]}" if facts is None else b"]," + orjson.dumps(facts.members())[1:]
    items = b",".join(_item(picture) for picture in pictures)
    return b'{"created":%d,"data":[%s%s' % (created, items, tail)


def _item(picture: Picture) -> bytes:
    members: dict[str, str] = {}
    if picture.revised_prompt is not None:
        members["revised_prompt"] = picture.revised_prompt
    if picture.url is not None:
        members["url"] = picture.url
    if picture.data is None:
        return orjson.dumps(members)
    rest = b"," + orjson.dumps(members)[1:] if members else b"}"
    return b'{"b64_json":"%s"%s' % (pybase64.b64encode(picture.data), rest)


def partial_event(operation: Operation, data: bytes, index: int, created: int, facts: TypedFacts) -> bytes:
    """One `….partial_image` server-sent event; `index` counts from 0 over the whole request."""
    members = {"created_at": created, "partial_image_index": index, **facts.members()}
    return _event(f"{EVENT_PREFIX[operation]}.partial_image", data, members)


def completed_event(operation: Operation, data: bytes, created: int, facts: TypedFacts) -> bytes:
    """One `….completed` server-sent event."""
    return _event(f"{EVENT_PREFIX[operation]}.completed", data, {"created_at": created, **facts.members()})


def _event(name: str, data: bytes, members: dict[str, Any]) -> bytes:
    kind = name.encode()
    return b'event: %s\ndata: {"type":"%s","b64_json":"%s",%s\n\n' % (
        kind,
        kind,
        pybase64.b64encode(data),
        orjson.dumps(members)[1:],
    )


def error_event(body: bytes) -> bytes:
    """A failure after the stream began: SDKs raise on a data object with a top-level `error`."""
    return b"event: error\ndata: %s\n\n" % body
