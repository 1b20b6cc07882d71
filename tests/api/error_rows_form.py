"""Rows of the error table for multipart bodies: (name, path, text fields, files, answer)."""

# ruff: noqa: E501  sentences of the wire stay whole, to be found by search

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.api.answers import EDITS, USER_ERROR, VARIATIONS, Refusal, legacy, typed
from tests.pictures import encoded, noise, png

MB = 2**20

File = tuple[str | None, bytes, str]
Files = list[tuple[str, File]]
FormRow = tuple[str, str, dict[str, str], Callable[[], Files], Refusal]
"""A case's name, its path, its text fields, what makes its files, its answer."""


def image(data: bytes, name: str = "image", filename: str | None = "image.png") -> tuple[str, File]:
    """One file part; without a declared type of any use."""
    return name, (filename, data, "application/octet-stream")


def _png(
    width: int = 64, height: int = 64, *, name: str = "image", hole: bool = True, channels: int = 4
) -> Files:
    return [image(png(width, height, hole=hole, channels=channels), name)]


def _padded(size: int) -> Files:
    return [image(png(64, 64, hole=True).ljust(size, b"\0"))]


def _masked(mask: bytes, width: int = 64) -> Files:
    return [*_png(width, width), image(mask, "mask")]


def _none() -> Files:
    return []


PROMPT = {"prompt": "a"}
GPT = {"prompt": "a", "model": "gpt-image-1"}
NOT_PNG = legacy("Uploaded image must be a PNG and less than 4 MB.")
TRUNCATED = partial(lambda: [image(png(64, 64, hole=True)[:2000])])

LEGACY_ROWS: list[FormRow] = [
    ("prompt missing", EDITS, {}, _png, legacy("'prompt' is a required property")),
    ("prompt empty", EDITS, {"prompt": ""}, _png, legacy("'' is too short - 'prompt'")),
    ("image missing, edit", EDITS, PROMPT, lambda: _png(name="mask"), legacy("'image' is a required property")),
    ("image missing, variation", VARIATIONS, {}, lambda: _png(name="other"), legacy("'image' is a required property")),
    ("n too big", VARIATIONS, {"n": "15"}, _png, legacy("15 is greater than the maximum of 10 - 'n'")),
    ("n too small", VARIATIONS, {"n": "0"}, _png, legacy("0 is less than the minimum of 1 - 'n'")),
    ("n no number", VARIATIONS, {"n": "two"}, _png, legacy("'two' is not of type 'integer' - 'n'")),
    ("n a fraction", VARIATIONS, {"n": "1.5"}, _png, legacy("'1.5' is not of type 'integer' - 'n'")),
    ("size", EDITS, {**PROMPT, "size": "1024x1536"}, _png, legacy("'1024x1536' is not one of ['256x256', '512x512', '1024x1024'] - 'size'")),
    ("size wide", EDITS, {**PROMPT, "size": "1024x1792", "model": "dall-e-2"}, _png, legacy("The size is not supported by this model.", code="invalid_size")),
    ("response_format", EDITS, {**PROMPT, "response_format": "x"}, _png, legacy("'x' is not one of ['url', 'b64_json'] - 'response_format'")),
    ("prompt too long", EDITS, {"prompt": "é" * 1001}, _png, legacy(f"'{'é' * 1001}' is too long - 'prompt'")),
    ("not a PNG", VARIATIONS, {}, lambda: [image(encoded(noise(64, 64, 3), "JPEG"))], NOT_PNG),
    ("not a picture", VARIATIONS, {}, lambda: [image(b"hello")], NOT_PNG),
    ("text in its place", VARIATIONS, {"image": "hello"}, lambda: [("x", ("x", b"x", "text/plain"))], NOT_PNG),
    ("empty", VARIATIONS, {}, lambda: [image(b"")], NOT_PNG),
    ("4 MB", VARIATIONS, {}, lambda: _padded(4 * MB), NOT_PNG),
    ("over 50 MB", VARIATIONS, {}, lambda: _padded(50 * MB + 1), NOT_PNG),
    ("truncated", VARIATIONS, {}, TRUNCATED, NOT_PNG),
    ("mask not a PNG", EDITS, PROMPT, lambda: _masked(encoded(noise(64, 64, 3), "JPEG")), NOT_PNG),
    ("not square", VARIATIONS, {}, lambda: _png(512, 300), legacy("Invalid input image - expected an image with equal width and height, got 512x300 instead.")),
    ("not square, edit", EDITS, PROMPT, lambda: _png(512, 300), legacy("Invalid input image - expected an image with equal width and height, got 512x300 instead.")),
    ("no alpha", EDITS, PROMPT, lambda: _png(channels=3, hole=False), legacy("Invalid input image - format must be in ['RGBA', 'LA', 'L'], got RGB.")),
    ("mask of another size", EDITS, PROMPT, lambda: _masked(png(32, 32, hole=True)), legacy("Invalid mask image format - mask size does not match image size", param="mask", code="invalid_mask_image_format")),
    ("mask without alpha", EDITS, PROMPT, lambda: _masked(png(64, 64, channels=3)), legacy("Invalid mask image format - mask image missing alpha channel", param="mask", code="invalid_mask_image_format")),
    ("two images", EDITS, PROMPT, lambda: _png(name="image[]") * 2, legacy("Invalid type for 'image': expected a file, but got an array instead.", param="image", code="invalid_type")),
    ("prompt before image", EDITS, {"prompt": ""}, lambda: [image(b"x")], legacy("'' is too short - 'prompt'")),
    ("image before n", EDITS, {**PROMPT, "n": "0"}, lambda: [image(b"x")], NOT_PNG),
    ("n before squareness", EDITS, {**PROMPT, "n": "0"}, lambda: _png(512, 300), legacy("0 is less than the minimum of 1 - 'n'")),
    ("squareness before mask", EDITS, PROMPT, lambda: [*_png(96, 64), image(png(32, 32), "mask")], legacy("Invalid input image - expected an image with equal width and height, got 96x64 instead.")),
]  # fmt: skip

MIME = "Invalid file '{}': unsupported mimetype ('{}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'."

TYPED_ROWS: list[FormRow] = [
    ("prompt missing", EDITS, {"model": "gpt-image-1"}, _png, typed("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter")),
    ("image missing", EDITS, GPT, lambda: _png(name="mask"), typed("Missing required parameter: 'image'.", "image", "missing_required_parameter")),
    ("n not digits", EDITS, {**GPT, "n": "two"}, _png, typed("Invalid type for 'n': expected an integer, but got a string value that could not be converted into an integer.", "n", "invalid_type")),
    ("n too big", EDITS, {**GPT, "n": "11"}, _png, typed("Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.", "n", "integer_above_max_value")),
    ("input_fidelity", EDITS, {**GPT, "input_fidelity": "x"}, _png, typed("Invalid value: 'x'. Supported values are: 'high' and 'low'.", "input_fidelity", "invalid_value")),
    ("stream", EDITS, {**GPT, "stream": "x"}, _png, typed("Invalid type for 'stream': expected a boolean, but got a string instead.", "stream", "invalid_type")),
    ("style is unknown here", EDITS, {**GPT, "style": "vivid"}, _png, typed("Unknown parameter: 'style'.", "style", "unknown_parameter")),
    ("images is JSON's", EDITS, {**GPT, "images": "x"}, _png, typed("Unknown parameter: 'images'.", "images", "unknown_parameter")),
    ("not a picture", EDITS, GPT, lambda: [image(b"hello")], typed(MIME.format("image", "application/octet-stream"), "image", "unsupported_file_mimetype")),
    ("a GIF", EDITS, GPT, lambda: [image(encoded(noise(8, 8, 3), "GIF"), "image[0]")], typed(MIME.format("image[0]", "image/gif"), "image[0]", "unsupported_file_mimetype")),
    ("text in its place", EDITS, {**GPT, "image": "hello"}, lambda: [("mask", ("mask", png(8, 8), "image/png"))], typed("Invalid type for 'image': expected one of an array of files or file, but got a string instead.", "image", "invalid_type")),
    ("mask not a PNG", EDITS, GPT, lambda: _masked(encoded(noise(64, 64, 3), "JPEG")), typed("Invalid file 'mask': unsupported mimetype ('image/jpeg'). Supported file formats are 'image/png'.", "mask", "unsupported_file_mimetype")),
    ("mask of another size", EDITS, GPT, lambda: _masked(png(32, 32, hole=True)), typed("Invalid mask image format - mask size does not match image size", "mask", "invalid_mask_image_format", USER_ERROR)),
    ("mask without alpha", EDITS, GPT, lambda: _masked(png(64, 64, channels=3)), typed("Invalid mask image format - mask image missing alpha channel", "mask", "invalid_mask_image_format", USER_ERROR)),
    ("17 images", EDITS, GPT, lambda: _png(8, 8, name="image[]") * 17, typed("Invalid 'image': array too long. Expected an array with maximum length 16, but got an array with length 17 instead.", "image", "array_above_max_length")),
    ("50 MB", EDITS, GPT, lambda: _padded(50 * MB), typed("Invalid file 'image': file too large. Expected less than 50 MB.", "image", "file_above_max_size")),
    ("over 50 MB", EDITS, GPT, lambda: _padded(50 * MB + 1), typed("Invalid file 'image': file too large. Expected less than 50 MB.", "image", "file_above_max_size")),
    ("truncated", EDITS, GPT, TRUNCATED, typed("Invalid file 'image': The PNG file ends too early.", "image", "image_truncated", USER_ERROR)),
    ("variations", VARIATIONS, {"model": "gpt-image-1"}, _png, typed("Invalid value: 'gpt-image-1'. Value must be 'dall-e-2'.", "model", "invalid_value")),
    ("unknown before prompt", EDITS, {"model": "gpt-image-1", "x": "1"}, _png, typed("Unknown parameter: 'x'.", "x", "unknown_parameter")),
    ("prompt before image", EDITS, {"model": "gpt-image-1"}, lambda: [image(b"x")], typed("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter")),
    ("image before n", EDITS, {**GPT, "n": "0"}, lambda: [image(b"x")], typed(MIME.format("image", "application/octet-stream"), "image", "unsupported_file_mimetype")),
]  # fmt: skip
