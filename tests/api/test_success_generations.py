"""Generations that succeed: the shape of each dialect's body, and pictures that are what was asked for."""

from __future__ import annotations

import base64
import re
import time
from typing import Any

import httpx
import pytest

from tests.api.answers import ALWAYS, GENERATIONS, assert_headers
from tests.pictures import decoded, format_of

ANSWER_HEADERS = {**ALWAYS, "x-egaku-seed": r"\d+", "server-timing": r".+"}

URL = (
    r"http://127\.0\.0\.1:\d+/files/img-[A-Za-z0-9]{24}\.png"
    r"\?st=\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ&se=\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ&sp=r&sig=[A-Za-z0-9_-]{43}"
)


def generate(client: httpx.Client, **body: Any) -> dict[str, Any]:
    """The body of a good answer whose headers are complete."""
    began = int(time.time())
    answer = client.post(GENERATIONS, json={"prompt": "a", **body})
    assert answer.status_code == 200, answer.text
    assert_headers(answer, ANSWER_HEADERS)
    found: dict[str, Any] = answer.json()
    assert began <= found["created"] <= time.time()
    return found


def picture(client: httpx.Client, item: dict[str, Any]) -> bytes:
    """The file behind a `data` item."""
    if "url" in item:
        answer = client.get(item["url"])
        assert answer.status_code == 200
        return answer.content
    return base64.b64decode(item["b64_json"], validate=True)


def size_of(data: bytes) -> str:
    """`WxH` as the PNG's own header says."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
    return f"{width}x{height}"


@pytest.mark.parametrize("model", [None, "dall-e-2", "sdxl"])
@pytest.mark.parametrize("response_format", [None, "url"])
def test_url_is_the_default(client: httpx.Client, model: str | None, response_format: str | None) -> None:
    found = generate(client, model=model, n=2, response_format=response_format, size="256x256")
    assert list(found) == ["created", "data"]
    assert [list(item) for item in found["data"]] == [["url"], ["url"]]
    for item in found["data"]:
        assert httpx.URL(item["url"]).host == "127.0.0.1"
        assert re.fullmatch(URL, item["url"])
        assert size_of(picture(client, item)) == "256x256"


@pytest.mark.parametrize("model", [None, "dall-e-2", "sdxl"])
def test_base64(client: httpx.Client, model: str | None) -> None:
    found = generate(client, model=model, n=3, response_format="b64_json", size="256x256")
    assert list(found) == ["created", "data"]
    assert [list(item) for item in found["data"]] == [["b64_json"]] * 3
    pictures = [picture(client, item) for item in found["data"]]
    assert {size_of(one) for one in pictures} == {"256x256"}
    assert len(set(pictures)) == 3


@pytest.mark.parametrize("mode", ["url", "b64_json"])
def test_dalle3_revises_the_prompt(client: httpx.Client, mode: str) -> None:
    found = generate(
        client, model="dall-e-3", prompt="a fox", response_format=mode, quality="hd", style="natural"
    )
    assert list(found) == ["created", "data"]
    (item,) = found["data"]
    assert set(item) == {mode, "revised_prompt"}
    assert item["revised_prompt"] == "a fox"
    assert size_of(picture(client, item)) == "1024x1024"


GPT_KEYS = {"created", "data", "background", "output_format", "quality", "size", "usage"}


def test_gpt_image(client: httpx.Client) -> None:
    found = generate(client, model="gpt-image-1", prompt="a red fox", n=2)
    assert set(found) == GPT_KEYS
    assert [list(item) for item in found["data"]] == [["b64_json"]] * 2
    assert (found["background"], found["output_format"]) == ("opaque", "png")
    assert (found["quality"], found["size"]) == ("high", "1024x1024")
    assert found["usage"] == {
        "total_tokens": 3 + 2 * 4160,
        "input_tokens": 3,
        "output_tokens": 2 * 4160,
        "input_tokens_details": {"text_tokens": 3, "image_tokens": 0},
        "output_tokens_details": {"text_tokens": 0, "image_tokens": 2 * 4160},
    }


def test_gpt_image_resolved(client: httpx.Client) -> None:
    found = generate(
        client,
        model="gpt-image-1",
        quality="low",
        size="1536x1024",
        background="transparent",
        output_format="webp",
    )
    assert set(found) == GPT_KEYS
    assert (found["background"], found["output_format"]) == ("transparent", "webp")
    assert (found["quality"], found["size"]) == ("low", "1536x1024")
    assert found["usage"]["output_tokens"] == 400
    data = picture(client, found["data"][0])
    assert format_of(data) == "WEBP"
    pixels = decoded(data)
    assert pixels.shape == (1024, 1536, 4)
    assert not pixels[..., 3].any()


SIZES = [
    (None, None, "1024x1024"), (None, "256x256", "256x256"), ("dall-e-2", "512x512", "512x512"),
    ("dall-e-3", "1792x1024", "1792x1024"), ("dall-e-3", "1024x1792", "1024x1792"),
    ("sdxl", "256x256", "256x256"),
    ("gpt-image-1", "1024x1536", "1024x1536"), ("gpt-image-1", "auto", "1024x1024"),
    ("gpt-image-2", "auto", "1024x1024"), ("gpt-image-2", "64x192", "64x192"),
    ("gpt-image-2", "1824x1024", "1824x1024"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "size", "wanted"), SIZES)
def test_sizes_are_honoured_exactly(
    client: httpx.Client, model: str | None, size: str | None, wanted: str
) -> None:
    found = generate(client, model=model, size=size)
    assert size_of(picture(client, found["data"][0])) == wanted
    if "usage" in found:
        assert found["size"] == wanted


def test_the_largest_size(client: httpx.Client) -> None:
    found = generate(client, model="gpt-image-2", size="2160x3840")
    assert size_of(picture(client, found["data"][0])) == "2160x3840"


@pytest.mark.parametrize("model", [None, "dall-e-3", "gpt-image-1"])
@pytest.mark.parametrize("format_", ["png", "jpeg", "webp"])
def test_output_formats(client: httpx.Client, model: str | None, format_: str) -> None:
    (item,) = generate(client, model=model, output_format=format_)["data"]
    assert format_of(picture(client, item)) == format_.upper()
    if "url" in item:
        assert httpx.URL(item["url"]).path.endswith(f".{format_}")
        assert client.head(item["url"]).headers["content-type"] == f"image/{format_}"


@pytest.mark.parametrize("format_", ["jpeg", "webp"])
def test_compression(client: httpx.Client, format_: str) -> None:
    common = {"model": "gpt-image-1", "output_format": format_, "seed": 1}
    sizes = [
        len(picture(client, generate(client, output_compression=quality, **common)["data"][0]))
        for quality in (0, 50, 100)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] * 2 < sizes[2]


@pytest.mark.parametrize("model", [None, "dall-e-3", "gpt-image-1"])
def test_transparent_background(client: httpx.Client, model: str | None) -> None:
    (item,) = generate(client, model=model, background="transparent")["data"]
    assert not decoded(picture(client, item))[..., 3].any()


NULLS = ["model", "n", "size", "response_format", "user", "quality", "style", "background", "stream", "seed"]
GPT_NULLS = [
    "n", "size", "user", "quality", "background", "moderation", "output_format", "output_compression",
    "stream", "partial_images",
]  # fmt: skip


def test_null_is_the_same_as_absent(client: httpx.Client) -> None:
    found = generate(client, **dict.fromkeys(NULLS))
    assert [list(item) for item in found["data"]] == [["url"]]
    assert size_of(picture(client, found["data"][0])) == "1024x1024"


def test_null_is_the_same_as_absent_gpt_image(client: httpx.Client) -> None:
    found = generate(client, model="gpt-image-1", **dict.fromkeys(GPT_NULLS))
    assert (found["background"], found["output_format"], found["size"]) == ("opaque", "png", "1024x1024")


def test_same_seed_same_pixels(client: httpx.Client) -> None:
    """Not the same bytes: each file says when it was made."""

    def draw(seed: int | None) -> tuple[list[bytes], str]:
        body = {"prompt": "a", "n": 2, "size": "256x256", "response_format": "b64_json", "seed": seed}
        answer = client.post(GENERATIONS, json=body)
        pictures = [decoded(base64.b64decode(item["b64_json"])).tobytes() for item in answer.json()["data"]]
        return pictures, answer.headers["x-egaku-seed"]

    first, seed = draw(None)
    assert draw(int(seed)) == (first, seed)
    other, other_seed = draw(None)
    assert (other == first, other_seed == seed) == (False, False)
    assert draw(2**53 - 1)[1] == str(2**53 - 1)


def test_ignored_parameters_are_reported(client: httpx.Client) -> None:
    body = {"prompt": "a", "size": "256x256", "steps": 5, "négatif\n": "x", "prompt_": 1}
    answer = client.post(GENERATIONS, json=body)
    assert answer.status_code == 200
    assert answer.headers["x-egaku-ignored-parameters"] == "steps, n\\xe9gatif?, prompt_"


def test_ignored_parameters_are_bounded(client: httpx.Client) -> None:
    answer = client.post(
        GENERATIONS, json={"prompt": "a", "size": "256x256", **{f"x{i}": i for i in range(9999)}}
    )
    assert answer.status_code == 200
    assert len(answer.headers["x-egaku-ignored-parameters"]) == 500


EXTRAS = [
    {"style": "vivid", "quality": "standard"}, {"filter": "x"}, {"moderation": "low", "quality": "hd"},
    {"user": "u"}, {"model": "sdxl", "quality": "high", "style": None},
]  # fmt: skip


@pytest.mark.parametrize("extra", EXTRAS, ids=str)
def test_what_real_clients_send_to_the_wrong_model(client: httpx.Client, extra: dict[str, Any]) -> None:
    body = {"prompt": "a", "size": "256x256", **extra}
    assert client.post(GENERATIONS, json=body).status_code == 200


BOUNDS = [("", 1000), ("dall-e-2", 1000), ("dall-e-3", 4000), ("sdxl", 4000), ("gpt-image-1", 32000)]


@pytest.mark.parametrize(("model", "longest"), BOUNDS)
def test_longest_prompt(client: httpx.Client, model: str, longest: int) -> None:
    """Counted in characters, inclusive."""
    assert client.post(GENERATIONS, json={"prompt": "描" * longest, "model": model}).status_code == 200


@pytest.mark.parametrize("prompt", [" ", "\n", "\0", "🦊"])
def test_strange_prompts(client: httpx.Client, prompt: str) -> None:
    (item,) = generate(client, model="dall-e-3", prompt=prompt)["data"]
    assert item["revised_prompt"] == prompt
