"""Edits and variations that succeed: every way to send them, and no pixel changed outside the hole.

The blank engine paints over the whole picture, so what is still the source's outside the hole is the server's
doing. Where the delivered size is another than the upload's, "outside" is judged by imaging's own resize.
"""

from __future__ import annotations

import base64
from typing import Any

import httpx
import numpy as np
import pytest

from egaku.imaging.resize import fit_with_hole
from tests.api.answers import EDITS, VARIATIONS
from tests.api.error_rows_form import image
from tests.pictures import Pixels, decoded, encoded, holed, noise, png

PROMPT = {"prompt": "a"}
GPT = {"prompt": "a", "model": "gpt-image-1"}


def drawn(answer: httpx.Response) -> list[Pixels]:
    """The pictures of a base64 answer."""
    assert answer.status_code == 200, answer.text
    return [decoded(base64.b64decode(item["b64_json"])) for item in answer.json()["data"]]


def edit(client: httpx.Client, fields: dict[str, str], *files: Any) -> list[Pixels]:
    """Send an edit as a form, for base64."""
    wanted = {} if fields.get("model", "").startswith("gpt") else {"response_format": "b64_json"}
    return drawn(client.post(EDITS, data={**wanted, **fields}, files=files))


def mask_of(pixels: Pixels) -> bytes:
    """A mask with the hole of `pixels` and nothing else of it; its opaque colours must not matter."""
    mask = noise(pixels.shape[1], pixels.shape[0], seed=99)
    mask[..., 3] = np.where(pixels[..., 3] == 0, 0, 255)
    return encoded(mask)


@pytest.mark.parametrize("n", [1, 3])
def test_no_pixel_differs_outside_the_mask(client: httpx.Client, n: int) -> None:
    source, cut = noise(256, 256, seed=1), holed(256, 256, seed=2)
    fields = {**PROMPT, "n": str(n), "size": "256x256"}
    pictures = edit(client, fields, image(encoded(source)), image(mask_of(cut), "mask"))
    assert len(pictures) == n
    outside = cut[..., 3] > 0
    for picture in pictures:
        assert np.array_equal(picture[outside], source[outside])
        assert not np.array_equal(picture[~outside], source[~outside])


def test_no_pixel_differs_outside_the_images_own_hole(client: httpx.Client) -> None:
    source = holed(256, 256)
    (picture,) = edit(client, {**PROMPT, "size": "256x256"}, image(encoded(source)))
    outside = source[..., 3] > 0
    assert np.array_equal(picture[outside], source[outside])


def test_half_transparent_is_not_a_hole(client: httpx.Client) -> None:
    """Only alpha 0 marks what may change; other alpha is part of the picture and comes back."""
    source = holed(256, 256)
    source[200:, :, 3] = 100
    (picture,) = edit(client, {**PROMPT, "size": "256x256"}, image(encoded(source)))
    outside = source[..., 3] > 0
    assert np.array_equal(picture[outside], source[outside])


RESIZED = [
    ("dall-e-2", "512x512", (512, 512)),
    ("gpt-image-1", "1536x1024", (1536, 1024)),
    ("gpt-image-1", None, (1536, 1024)),
]


@pytest.mark.parametrize(("model", "size", "wanted"), RESIZED)
def test_no_pixel_differs_outside_after_resizing(
    client: httpx.Client, model: str, size: str | None, wanted: tuple[int, int]
) -> None:
    width, height = (256, 256) if model == "dall-e-2" else (300, 200)
    source = holed(width, height)
    fields = {**PROMPT, "model": model, **({"size": size} if size else {})}
    (picture,) = edit(client, fields, image(encoded(source)))
    assert (picture.shape[1], picture.shape[0]) == wanted
    fitted, hole = fit_with_hole(source, source[..., 3] == 0, *wanted)
    assert hole.any()
    assert not hole.all()
    assert np.array_equal(picture[~hole], fitted[~hole])


def test_opaque_parts_of_a_mask_are_ignored(client: httpx.Client) -> None:
    cut = holed(256, 256)
    plain = np.zeros_like(cut)
    plain[..., 3] = cut[..., 3]
    fields = {**PROMPT, "size": "256x256", "seed": "1"}
    source = image(png(256, 256))
    one = edit(client, fields, source, image(mask_of(cut), "mask"))
    other = edit(client, fields, source, image(encoded(plain), "mask"))
    assert np.array_equal(one[0], other[0])


def test_gpt_image_edit(client: httpx.Client) -> None:
    answer = client.post(EDITS, data={**GPT, "input_fidelity": "high"}, files=[image(png(64, 64, hole=True))])
    found = answer.json()
    assert answer.status_code == 200
    assert list(found["data"][0]) == ["b64_json"]
    assert (found["size"], found["output_format"], found["quality"]) == ("1024x1024", "png", "high")
    tokens = 65 + 129
    assert found["usage"]["input_tokens_details"] == {"text_tokens": 1, "image_tokens": tokens}
    assert found["usage"]["input_tokens"] == 1 + tokens


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("name", ["image", "image[]", "image[0]"])
def test_gpt_image_takes_every_format_and_name(client: httpx.Client, format_: str, name: str) -> None:
    (picture,) = edit(client, GPT, image(encoded(noise(60, 40, 3), format_), name))
    assert picture.shape == (1024, 1536, 4)


def test_several_images(client: httpx.Client) -> None:
    files = [image(png(32, 32, seed=i), "image[]") for i in range(16)]
    answer = client.post(EDITS, data=GPT, files=files)
    assert answer.status_code == 200
    assert answer.headers["x-egaku-ignored-parameters"] == ", ".join(["image[]"] * 15)


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [({"stream": "true", "partial_images": "1"}, {}, 200), ({}, {"Prefer": "respond-async"}, 202)],
    ids=["streamed", "in the background"],
)
def test_several_images_otherwise(
    client: httpx.Client, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    """However it is answered, the caller is told which pictures did nothing."""
    files = [image(png(32, 32, seed=i), "image[]") for i in range(3)]
    answer = client.post(EDITS, data={**GPT, **fields}, files=files, headers=headers)
    assert (answer.status_code, answer.headers["x-egaku-ignored-parameters"]) == (status, "image[], image[]")


def test_several_images_in_json(client: httpx.Client) -> None:
    encoded_ = [{"image_url": f"data:image/png;base64,{base64.b64encode(png(32, 32)).decode()}"}] * 2
    answer = client.post(EDITS, json={**GPT, "images": encoded_})
    assert answer.status_code == 200
    assert answer.headers["x-egaku-ignored-parameters"] == "images[1].image_url"


NAMES = [
    image(png(64, 64, hole=True), filename=None), image(png(64, 64, hole=True), filename="blob"),
    image(png(64, 64, hole=True), "image[]"), ("image", ("x.jpg", png(64, 64, hole=True), "image/jpeg")),
]  # fmt: skip


@pytest.mark.parametrize("file", NAMES, ids=lambda file: f"{file[0]} {file[1][0]} {file[1][2]}")
@pytest.mark.parametrize("path", [EDITS, VARIATIONS])
def test_magic_bytes_decide(client: httpx.Client, path: str, file: Any) -> None:
    answer = client.post(path, data={**PROMPT, "response_format": "b64_json"}, files=[file])
    assert drawn(answer)[0].shape == (1024, 1024, 4)


@pytest.mark.parametrize("size", ["256x256", "512x512", "1024x1024"])
def test_variations(client: httpx.Client, size: str) -> None:
    fields = {"n": "2", "size": size, "response_format": "b64_json", "user": "u", "model": "dall-e-2"}
    pictures = drawn(client.post(VARIATIONS, data=fields, files=[image(png(256, 256, channels=3))]))
    assert [f"{one.shape[1]}x{one.shape[0]}" for one in pictures] == [size, size]


def test_variations_by_url(client: httpx.Client) -> None:
    answer = client.post(VARIATIONS, files=[image(png(64, 64))])
    assert list(answer.json()) == ["created", "data"]
    (item,) = answer.json()["data"]
    assert list(item) == ["url"]
    assert decoded(client.get(item["url"]).content).shape == (1024, 1024, 4)


def test_empty_optional_fields_are_absent(client: httpx.Client) -> None:
    empty = dict.fromkeys(["n", "size", "model", "user", "response_format", "seed"], "")
    answer = client.post(EDITS, data={**PROMPT, **empty}, files=[image(png(64, 64, hole=True))])
    assert answer.status_code == 200
    assert list(answer.json()["data"][0]) == ["url"]


def data_url(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def test_json_edit(client: httpx.Client) -> None:
    source, cut = noise(256, 256), holed(256, 256)
    body = {
        **GPT,
        "size": "1024x1024",
        "images": [{"image_url": data_url(encoded(source))}],
        "mask": {"image_url": data_url(mask_of(cut))},
    }
    (picture,) = drawn(client.post(EDITS, json=body))
    fitted, hole = fit_with_hole(source, cut[..., 3] == 0, 1024, 1024)
    assert np.array_equal(picture[~hole], fitted[~hole])


def test_json_edit_equals_form_edit(client: httpx.Client) -> None:
    file = png(64, 64, hole=True)
    seeded = {**GPT, "seed": 3}
    by_json = client.post(EDITS, json={**seeded, "images": [{"image_url": data_url(file)}]})
    by_form = client.post(EDITS, data={k: str(v) for k, v in seeded.items()}, files=[image(file)])
    first, second = (
        decoded(base64.b64decode(answer.json()["data"][0]["b64_json"])) for answer in (by_json, by_form)
    )
    assert np.array_equal(first, second)


def test_chunked_upload(client: httpx.Client) -> None:
    """openai-node 3: files first, prompt after, no length, no file name."""
    parts = [
        (b'name="image"\r\nContent-Type: application/octet-stream', png(64, 64, hole=True)),
        (b'name="prompt"', "狐".encode()),
        (b'name="n"', b"2"),
    ]
    body = b"".join(
        b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head, data) for head, data in parts
    )
    body += b"--x--\r\n"
    chunks = (body[at : at + 100] for at in range(0, len(body), 100))
    answer = client.post(EDITS, content=chunks, headers={"Content-Type": 'Multipart/Form-Data; boundary="x"'})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["data"]) == 2
