"""Success bodies: joined by hand, so they must read back as what went in."""

from __future__ import annotations

import base64
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.contract.dialects import Operation
from egaku.contract.responses import (
    Picture,
    TypedFacts,
    completed_event,
    error_event,
    images_body,
    partial_event,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
FILES = st.binary(max_size=200)
FACTS = st.builds(
    TypedFacts,
    background=st.sampled_from(["transparent", "opaque"]),
    output_format=st.sampled_from(["png", "jpeg", "webp"]),
    quality=TEXT,
    size=TEXT,
    usage=st.none() | st.fixed_dictionaries({"total_tokens": st.integers(0, 10**6)}),
)
PICTURES = st.lists(
    st.builds(Picture, data=FILES, revised_prompt=st.none() | TEXT)
    | st.builds(Picture, url=TEXT, revised_prompt=st.none() | TEXT),
    min_size=1,
    max_size=10,
)


def members(facts: TypedFacts) -> dict[str, Any]:
    """What the facts add to a body."""
    found = {name: getattr(facts, name) for name in ("background", "output_format", "quality", "size")}
    return found if facts.usage is None else {**found, "usage": facts.usage}


def item(picture: Picture) -> dict[str, str]:
    found: dict[str, str | None] = {"url": picture.url, "revised_prompt": picture.revised_prompt}
    if picture.data is not None:
        found["b64_json"] = base64.b64encode(picture.data).decode()
    return {name: value for name, value in found.items() if value is not None}


@given(created=st.integers(0, 2**40), pictures=PICTURES, facts=st.none() | FACTS)
@settings(max_examples=300, deadline=None)
def test_bodies_read_back(created: int, pictures: list[Picture], facts: TypedFacts | None) -> None:
    body = orjson.loads(images_body(created, pictures, facts))
    assert body == {
        "created": created,
        "data": [item(one) for one in pictures],
        **(members(facts) if facts else {}),
    }
    assert list(body)[:2] == ["created", "data"]


def read_event(event: bytes) -> tuple[str, dict[str, Any]]:
    """Name and data of one event, by the rules of the event stream format."""
    assert event.endswith(b"\n\n")
    assert event.count(b"\n") == 3
    name, data, *_ = event.decode().split("\n")
    assert name.startswith("event: ")
    assert data.startswith("data: ")
    return name[7:], orjson.loads(data[6:])


@given(
    operation=st.sampled_from([Operation.GENERATIONS, Operation.EDITS]),
    data=FILES,
    index=st.integers(0, 29),
    created=st.integers(0, 2**40),
    facts=FACTS,
)
@settings(max_examples=200, deadline=None)
def test_events_read_back(
    *, operation: Operation, data: bytes, index: int, created: int, facts: TypedFacts
) -> None:
    prefix = {"generations": "image_generation", "edits": "image_edit"}[operation]
    common = {"b64_json": base64.b64encode(data).decode(), "created_at": created, **members(facts)}
    name, found = read_event(partial_event(operation, data, index, created, facts))
    assert name == found["type"] == f"{prefix}.partial_image"
    assert found == {"type": name, "partial_image_index": index, **common}
    name, found = read_event(completed_event(operation, data, created, facts))
    assert name == found["type"] == f"{prefix}.completed"
    assert found == {"type": name, **common}


def test_error_event() -> None:
    assert error_event(b'{"error":{}}') == b'event: error\ndata: {"error":{}}\n\n'
