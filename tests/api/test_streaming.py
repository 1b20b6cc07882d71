"""Server-sent events of the gpt-image dialect: as the specification has them, and as the SDK reads them."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import openai
import orjson
import pytest

from tests.api.answers import ALWAYS, EDITS, GENERATIONS, assert_headers, assert_refused, typed
from tests.api.error_rows_form import image
from tests.pictures import decoded, holed, png
from tests.processes import kill_workers
from tests.server import ServerProcess

GPT = {"prompt": "a", "model": "gpt-image-1", "stream": True}

STREAM_HEADERS = {
    **{name: pattern for name, pattern in ALWAYS.items() if name != "content-length"},
    "content-type": r"text/event-stream(; charset=utf-8)?",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
    "transfer-encoding": "chunked",
    "x-egaku-seed": r"\d+",
}
PARTIAL = {
    "type", "b64_json", "created_at", "size", "quality", "background", "output_format", "partial_image_index",
}  # fmt: skip
COMPLETED = {"type", "b64_json", "created_at", "size", "quality", "background", "output_format", "usage"}


@dataclass
class Event:
    """One event: its name and its data."""

    name: str
    data: dict[str, Any]

    @property
    def picture(self) -> bytes:
        return base64.b64decode(self.data["b64_json"], validate=True)


def events_of(answer: httpx.Response) -> list[Event]:
    """All events of a stream that ended as it should."""
    assert answer.status_code == 200, answer.text
    assert_headers(answer, STREAM_HEADERS)
    blocks = answer.text.split("\n\n")
    assert blocks.pop() == ""
    events = []
    for block in blocks:
        name, data = block.split("\n")
        assert name.startswith("event: ")
        assert data.startswith("data: ")
        events.append(Event(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


@pytest.mark.parametrize("count", [None, 0])
def test_without_partial_images(client: httpx.Client, count: int | None) -> None:
    (event,) = events_of(client.post(GENERATIONS, json={**GPT, "partial_images": count}))
    assert event.name == event.data["type"] == "image_generation.completed"
    assert set(event.data) == COMPLETED
    assert (event.data["size"], event.data["quality"]) == ("1024x1024", "high")
    assert (event.data["background"], event.data["output_format"]) == ("opaque", "png")
    assert event.data["usage"]["output_tokens"] == 4160
    assert decoded(event.picture).shape == (1024, 1024, 4)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_partial_images_are_stages_of_the_final_one(client: httpx.Client, count: int) -> None:
    """The blank engine's previews grow lighter as it works: the order can be seen."""
    events = events_of(client.post(GENERATIONS, json={**GPT, "partial_images": count, "seed": 1}))
    *partials, completed = events
    assert [event.name for event in partials] == ["image_generation.partial_image"] * count
    assert [event.data["partial_image_index"] for event in partials] == list(range(count))
    assert all(set(event.data) == PARTIAL for event in partials)
    assert all(event.data["type"] == event.name for event in events)
    assert completed.name == "image_generation.completed"
    light = [decoded(event.picture)[..., :3].mean() for event in events]
    assert all(np.diff(light) > 1)


def test_the_final_picture_is_the_one_without_streaming(client: httpx.Client) -> None:
    body = {**GPT, "seed": 5, "partial_images": 2}
    streamed = events_of(client.post(GENERATIONS, json=body))[-1].picture
    plain = client.post(GENERATIONS, json={**body, "stream": False, "partial_images": 0}).json()
    # Pixels, not bytes: each file says when it was made.
    assert np.array_equal(decoded(streamed), decoded(base64.b64decode(plain["data"][0]["b64_json"])))


def test_several_pictures(client: httpx.Client) -> None:
    events = events_of(client.post(GENERATIONS, json={**GPT, "n": 3, "partial_images": 2}))
    completed = [event for event in events if event.name == "image_generation.completed"]
    indices = [event.data["partial_image_index"] for event in events if event not in completed]
    assert len({event.picture for event in completed}) == 3
    assert sorted(indices) == list(range(6))
    for first in range(0, 6, 2):
        assert indices.index(first) < indices.index(first + 1)


def test_edits(client: httpx.Client) -> None:
    fields = {
        "prompt": "a",
        "model": "gpt-image-1",
        "stream": "true",
        "partial_images": "1",
        "size": "1024x1024",
    }
    source = holed(1024, 1024)
    answer = client.post(EDITS, data=fields, files=[image(png(1024, 1024, hole=True))])
    partial, completed = events_of(answer)
    assert partial.name == partial.data["type"] == "image_edit.partial_image"
    assert completed.name == completed.data["type"] == "image_edit.completed"
    assert (set(partial.data), set(completed.data)) == (PARTIAL, COMPLETED)
    outside = source[..., 3] > 0
    for event in (partial, completed):
        assert np.array_equal(decoded(event.picture)[outside], source[outside])


def test_faults_before_the_first_event_are_plain_answers(client: httpx.Client) -> None:
    expected = typed("Unknown parameter: 'style'.", "style", "unknown_parameter")
    assert_refused(client.post(GENERATIONS, json={**GPT, "style": "vivid"}), expected)


def test_accept_is_not_negotiated(client: httpx.Client) -> None:
    answer = client.post(GENERATIONS, json=GPT, headers={"Accept": "application/json"})
    assert len(events_of(answer)) == 1


def test_a_failure_in_mid_stream_is_an_event(narrow: ServerProcess, narrow_client: httpx.Client) -> None:
    body = {**GPT, "prompt": "break 0.05", "partial_images": 3}
    with narrow_client.stream("POST", GENERATIONS, json=body) as answer:
        events = list(answer.iter_lines())
    assert events[0].startswith("event: image")
    expected = typed(
        "The server had an error while processing your request. Sorry about that!", None, None, "server_error"
    )
    assert events[-3] == "event: error"
    assert events[-2] == "data: " + orjson.dumps({"error": expected.error}).decode()
    assert narrow_client.post(GENERATIONS, json={"prompt": "a"}).status_code == 200


def _sdk(server: ServerProcess) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server.url}/v1", api_key="any", max_retries=0)


def test_the_sdk_reads_generations(blank: ServerProcess) -> None:
    with _sdk(blank) as sdk:
        stream = sdk.images.generate(model="gpt-image-1", prompt="a", stream=True, partial_images=2)
        events = list(stream)
    assert [event.type for event in events] == [
        "image_generation.partial_image", "image_generation.partial_image", "image_generation.completed",
    ]  # fmt: skip
    assert events[-1].type == "image_generation.completed"
    assert events[-1].usage.total_tokens == 1 + 4160


def test_the_sdk_reads_edits(blank: ServerProcess) -> None:
    with _sdk(blank) as sdk:
        stream = sdk.images.edit(
            model="gpt-image-1", prompt="a", image=png(64, 64, hole=True), stream=True, partial_images=1
        )
        types = [event.type for event in stream]
    assert types == ["image_edit.partial_image", "image_edit.completed"]


def test_the_stream_survives_a_killed_worker(narrow: ServerProcess, narrow_client: httpx.Client) -> None:
    """Another draws the picture anew; partial pictures are sent once each."""
    body = {**GPT, "prompt": "wait 0.2", "partial_images": 3}
    kinds: list[str] = []
    with narrow_client.stream("POST", GENERATIONS, json=body) as answer:
        for line in answer.iter_lines():
            if line.startswith("event: "):
                kinds.append(line.rpartition(".")[2])
                if len(kinds) == 2:
                    kill_workers(narrow.pid)
    assert kinds == ["partial_image"] * 3 + ["completed"]


def test_the_sdk_raises_in_mid_stream(narrow: ServerProcess, narrow_client: httpx.Client) -> None:
    key = narrow_client.headers["Authorization"].removeprefix("Bearer ")
    with openai.OpenAI(base_url=f"{narrow.url}/v1", api_key=key, max_retries=0) as sdk:
        stream = sdk.images.generate(model="gpt-image-1", prompt="break 0", stream=True, partial_images=3)
        with pytest.raises(openai.APIError, match="had an error"):
            list(stream)
