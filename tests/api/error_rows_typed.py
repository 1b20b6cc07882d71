"""Rows of the error table for JSON bodies of the gpt-image dialects."""

# ruff: noqa: E501  sentences of the wire stay whole, to be found by search

from __future__ import annotations

from typing import Any

from tests.api.answers import EDITS, GENERATIONS, USER_ERROR, JsonRow, Refusal, typed


def _gpt(name: str, body: dict[str, Any], answer: Refusal) -> JsonRow:
    return name, GENERATIONS, {"model": "gpt-image-1", "prompt": "a", **body}, answer


def _gpt2(name: str, body: dict[str, Any], answer: Refusal) -> JsonRow:
    return name, GENERATIONS, {"model": "gpt-image-2", "prompt": "a", **body}, answer


def _edit(name: str, body: dict[str, Any], answer: Refusal) -> JsonRow:
    return name, EDITS, {"model": "gpt-image-1", "prompt": "a", **body}, answer


NO_FETCHING = (
    "Invalid 'images[0]': only data: URLs are accepted, for example 'data:image/png;base64,…'. This server does "
    "not fetch pictures from other addresses and stores no files."
)

TYPED_ROWS: list[JsonRow] = [
    (
        "prompt missing",
        GENERATIONS,
        {"model": "gpt-image-1"},
        typed("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter"),
    ),
    _gpt(
        "prompt null",
        {"prompt": None},
        typed(
            "Invalid type for 'prompt': expected a string, but got null instead.", "prompt", "invalid_type"
        ),
    ),
    *(
        _gpt(
            f"n {got}",
            {"n": value},
            typed(f"Invalid type for 'n': expected an integer, but got {got} instead.", "n", "invalid_type"),
        )
        for value, got in [
            ("2", "a string"),
            (1.5, "a decimal number"),
            (True, "a boolean"),
            ({}, "an object"),
            ([], "an array"),
        ]
    ),
    _gpt(
        "prompt an integer",
        {"prompt": 5},
        typed(
            "Invalid type for 'prompt': expected a string, but got an integer instead.",
            "prompt",
            "invalid_type",
        ),
    ),
    _gpt(
        "quality an integer",
        {"quality": 5},
        typed(
            "Invalid type for 'quality': expected one of 'low', 'medium', 'high', or 'auto', but got an integer "
            "instead.",
            "quality",
            "invalid_type",
        ),
    ),
    _gpt(
        "stream a string",
        {"stream": "true"},
        typed(
            "Invalid type for 'stream': expected a boolean, but got a string instead.",
            "stream",
            "invalid_type",
        ),
    ),
    _gpt(
        "model an array of dialects",
        {"n": 11},
        typed(
            "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.",
            "n",
            "integer_above_max_value",
        ),
    ),
    *(
        _gpt(
            f"{name} {value}",
            {name: value, "stream": True, "output_format": "jpeg"},
            typed(
                f"Invalid '{name}': integer {side} value. Expected a value {sign} {bound}, but got {value} instead.",
                name,
                code,
            ),
        )
        for name, value, side, sign, bound, code in [
            ("n", 0, "below minimum", ">=", 1, "integer_below_min_value"),
            ("output_compression", 101, "above maximum", "<=", 100, "integer_above_max_value"),
            ("output_compression", -1, "below minimum", ">=", 0, "integer_below_min_value"),
            ("partial_images", 4, "above maximum", "<=", 3, "integer_above_max_value"),
            ("partial_images", -1, "below minimum", ">=", 0, "integer_below_min_value"),
        ]
    ),
    *(
        row(
            f"quality, {row.__name__}",
            {"quality": "ultra"},
            typed(
                "Invalid value: 'ultra'. Supported values are: 'low', 'medium', 'high', and 'auto'.",
                "quality",
                "invalid_value",
            ),
        )
        for row in (_gpt, _gpt2)
    ),
    _gpt(
        "fixed size",
        {"size": "256x256"},
        typed(
            "Invalid value: '256x256'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.",
            "size",
            "invalid_value",
        ),
    ),
    _gpt(
        "background",
        {"background": "x"},
        typed(
            "Invalid value: 'x'. Supported values are: 'transparent', 'opaque', and 'auto'.",
            "background",
            "invalid_value",
        ),
    ),
    _gpt(
        "output_format",
        {"output_format": "gif"},
        typed(
            "Invalid value: 'gif'. Supported values are: 'png', 'jpeg', and 'webp'.",
            "output_format",
            "invalid_value",
        ),
    ),
    _gpt(
        "moderation",
        {"moderation": "x"},
        typed("Invalid value: 'x'. Supported values are: 'low' and 'auto'.", "moderation", "invalid_value"),
    ),
    _gpt2(
        "free size, not divisible",
        {"size": "9x9"},
        typed(
            "Invalid size '9x9'. Width and height must both be divisible by 16.",
            "size",
            "invalid_value",
            USER_ERROR,
        ),
    ),
    _gpt2(
        "free size, no size",
        {"size": "bogus"},
        typed(
            "Invalid size 'bogus'. Expected WIDTHxHEIGHT, for example '1824x1024'.",
            "size",
            "invalid_value",
            USER_ERROR,
        ),
    ),
    _gpt2(
        "free size, too long a shape",
        {"size": "3200x1024"},
        typed(
            "Invalid size '3200x1024'. The longer side must be at most 3 times the shorter side.",
            "size",
            "invalid_value",
            USER_ERROR,
        ),
    ),
    _gpt2(
        "free size, too large",
        {"size": "3856x2160"},
        typed(
            "Invalid size '3856x2160'. The largest supported size is 3840x2160.",
            "size",
            "invalid_value",
            USER_ERROR,
        ),
    ),
    _gpt2(
        "free size, too small",
        {"size": "48x64"},
        typed(
            "Invalid size '48x64'. The smallest supported size is 64x64.", "size", "invalid_value", USER_ERROR
        ),
    ),
    _gpt(
        "prompt empty",
        {"prompt": ""},
        typed(
            "Invalid 'prompt': empty string. Expected a string with minimum length 1, but got an empty string "
            "instead.",
            "prompt",
            "empty_string",
        ),
    ),
    _gpt(
        "prompt too long",
        {"prompt": "é" * 32001},
        typed(
            "Invalid 'prompt': string too long. Expected a string with maximum length 32000, but got a string "
            "with length 32001 instead.",
            "prompt",
            "string_above_max_length",
        ),
    ),
    *(
        _gpt(
            f"unknown key {name}",
            {name: value},
            typed(f"Unknown parameter: '{name}'.", name, "unknown_parameter"),
        )
        for name, value in [
            ("response_format", "url"),
            ("response_format", None),
            ("style", "vivid"),
            ("x", 1),
        ]
    ),
    _gpt(
        "png compressed",
        {"output_compression": 50},
        typed(
            "Compression less than 100 is not supported for PNG output format.",
            "output_compression",
            "invalid_png_output_compression",
            USER_ERROR,
        ),
    ),
    _gpt(
        "transparent jpeg",
        {"background": "transparent", "output_format": "jpeg"},
        typed(
            "Transparent background is not supported for output_format 'jpeg'. Use 'png' or 'webp'.",
            "background",
            "invalid_value",
            USER_ERROR,
        ),
    ),
    _gpt(
        "partial images without a stream",
        {"partial_images": 1},
        typed("'partial_images' is only supported when 'stream' is true.", "partial_images", "invalid_value"),
    ),
    # Fault order, two faults in one body: unknown keys, prompt, images, n, enums.
    _gpt(
        "unknown before prompt",
        {"x": 1, "prompt": ""},
        typed("Unknown parameter: 'x'.", "x", "unknown_parameter"),
    ),
    _gpt(
        "prompt before n",
        {"prompt": 5, "n": 0},
        typed(
            "Invalid type for 'prompt': expected a string, but got an integer instead.",
            "prompt",
            "invalid_type",
        ),
    ),
    _gpt(
        "n before enums",
        {"size": "x", "quality": "x", "n": 11},
        typed(
            "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.",
            "n",
            "integer_above_max_value",
        ),
    ),
    # Edits in JSON.
    _edit(
        "no images",
        {},
        typed("Missing required parameter: 'images'.", "images", "missing_required_parameter"),
    ),
    _edit(
        "images empty",
        {"images": []},
        typed("Missing required parameter: 'images'.", "images", "missing_required_parameter"),
    ),
    _edit(
        "images a string",
        {"images": "x"},
        typed(
            "Invalid type for 'images': expected an array, but got a string instead.",
            "images",
            "invalid_type",
        ),
    ),
    _edit(
        "image is multipart's",
        {"image": "x"},
        typed("Unknown parameter: 'image'.", "image", "unknown_parameter"),
    ),
    _edit(
        "image[] is multipart's",
        {"image[]": "x"},
        typed("Unknown parameter: 'image[]'.", "image[]", "unknown_parameter"),
    ),
    _edit("a file id", {"images": [{"file_id": "file-1"}]}, typed(NO_FETCHING, "images[0]", "invalid_value")),
    _edit(
        "more than a picture",
        {"images": [{"image_url": "data:image/png;base64,AAAA", "detail": "high"}]},
        typed("Unknown parameter: 'images[0].detail'.", "images[0].detail", "unknown_parameter"),
    ),
    _edit(
        "an address",
        {"images": [{"image_url": "http://127.0.0.1:9/x.png"}]},
        typed(NO_FETCHING, "images[0]", "invalid_value"),
    ),
    _edit(
        "bad base64",
        {"images": [{"image_url": "data:image/png;base64,@@"}]},
        typed("Invalid 'images[0]': not valid base64.", "images[0]", "invalid_base64"),
    ),
    _edit(
        "not a picture",
        {"images": [{"image_url": "data:image/png;base64,AAAA"}]},
        typed(
            "Invalid file 'images[0].image_url': unsupported mimetype ('application/octet-stream'). Supported file "
            "formats are 'image/jpeg', 'image/png', and 'image/webp'.",
            "images[0].image_url",
            "unsupported_file_mimetype",
        ),
    ),
    _edit(
        "unknown before images",
        {"x": 1, "images": "x"},
        typed("Unknown parameter: 'x'.", "x", "unknown_parameter"),
    ),
    (
        "prompt before images",
        EDITS,
        {"model": "gpt-image-1", "images": [{"file_id": "file-1"}]},
        typed("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter"),
    ),
    _edit(
        "images before n",
        {"n": 0, "images": [{"file_id": "file-1"}]},
        typed(NO_FETCHING, "images[0]", "invalid_value"),
    ),
]
