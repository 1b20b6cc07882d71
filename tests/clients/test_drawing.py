"""What only the engine that draws can show: edits with and without a hole, true partial pictures."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import openai
import pytest
from PIL import Image

from tests.clients.uploads import outside_hole
from tests.server import ServerProcess

pytestmark = pytest.mark.clients

PROMPT = "a red apple on a wooden table"
SIZE = (1024, 1024)


@pytest.fixture
def client(drawing_server: ServerProcess) -> openai.OpenAI:
    return openai.OpenAI(base_url=drawing_server.url + "/v1", api_key="sk-anything", max_retries=0)


def _pixels(b64: str | None) -> np.ndarray:
    assert b64 is not None
    with Image.open(io.BytesIO(base64.b64decode(b64))) as image:
        assert image.size == SIZE
        return np.asarray(image.convert("RGB"))


def _changed(pixels: np.ndarray, upload: Path) -> np.ndarray:
    with Image.open(upload) as image:
        original = np.asarray(image.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC))
    changed: np.ndarray = np.abs(pixels.astype(int) - original).max(axis=-1) > 32
    return changed


def test_an_edit_without_a_mask_may_change_everything(
    client: openai.OpenAI, uploads: dict[str, Path]
) -> None:
    images = [uploads["square"], uploads["jpeg"]]
    answer = client.images.edit(model="gpt-image-1", image=images, prompt=PROMPT, size="1024x1024")
    assert answer.data
    assert _changed(_pixels(answer.data[0].b64_json), uploads["square"]).mean() > 0.5


def test_an_edit_with_a_mask_changes_the_hole_alone(client: openai.OpenAI, uploads: dict[str, Path]) -> None:
    answer = client.images.edit(
        model="gpt-image-1", image=uploads["square"], mask=uploads["mask"], prompt=PROMPT, size="1024x1024"
    )
    assert answer.data
    changed = _changed(_pixels(answer.data[0].b64_json), uploads["square"])
    kept = outside_hole(SIZE)
    assert changed[kept].mean() < 0.01, "only resampling may differ there"
    assert changed[~kept].mean() > 0.05


def test_partial_pictures_come_closer_to_the_last(client: openai.OpenAI) -> None:
    stream = client.images.generate(
        model="gpt-image-1", prompt=PROMPT, size="1024x1024", stream=True, partial_images=3
    )
    *partials, last = [_pixels(event.b64_json).astype(int) for event in stream]
    distances = [float(np.abs(partial - last).mean()) for partial in partials]
    assert 1 <= len(distances) <= 3
    assert distances == sorted(distances, reverse=True)
    assert distances[0] > 0
