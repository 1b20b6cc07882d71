"""Rows of the error table for JSON bodies of the legacy dialects."""

from __future__ import annotations

from typing import Any

from tests.api.answers import GENERATIONS, JsonRow, Refusal, legacy


def _g(name: str, body: dict[str, Any], answer: Refusal) -> JsonRow:
    return name, GENERATIONS, {"prompt": "a", **body}, answer


SIZES_2022 = "['256x256', '512x512', '1024x1024']"
SIZES_2023 = "['256x256', '512x512', '1024x1024', '1024x1792', '1792x1024']"
LONG = "é" * 1001

LEGACY_ROWS: list[JsonRow] = [
    _g("size", {"size": "1024x1536"}, legacy(f"'1024x1536' is not one of {SIZES_2022} - 'size'")),
    _g(
        "size, model null",
        {"size": "9x9", "model": None},
        legacy(f"'9x9' is not one of {SIZES_2022} - 'size'"),
    ),
    _g(
        "size, dall-e-2",
        {"size": "9x9", "model": "dall-e-2"},
        legacy(f"'9x9' is not one of {SIZES_2023} - 'size'"),
    ),
    _g(
        "size, dall-e-3",
        {"size": "9x9", "model": "dall-e-3"},
        legacy(f"'9x9' is not one of {SIZES_2023} - 'size'"),
    ),
    _g("size, local", {"size": "9x9", "model": "sdxl"}, legacy(f"'9x9' is not one of {SIZES_2023} - 'size'")),
    _g(
        "size of another model",
        {"size": "1024x1792", "model": "dall-e-2"},
        legacy("The size is not supported by this model.", code="invalid_size"),
    ),
    _g(
        "size of another model, dall-e-3",
        {"size": "256x256", "model": "dall-e-3"},
        legacy("The size is not supported by this model.", code="invalid_size"),
    ),
    _g("size not text", {"size": 256}, legacy("256 is not of type 'string' - 'size'")),
    _g("n too big", {"n": 15}, legacy("15 is greater than the maximum of 10 - 'n'")),
    _g("n too small", {"n": 0}, legacy("0 is less than the minimum of 1 - 'n'")),
    _g("n negative", {"n": -1}, legacy("-1 is less than the minimum of 1 - 'n'")),
    _g("n a string", {"n": "2"}, legacy("'2' is not of type 'integer' - 'n'")),
    _g("n a boolean", {"n": True}, legacy("True is not of type 'integer' - 'n'")),
    _g("n a fraction", {"n": 1.5}, legacy("1.5 is not of type 'integer' - 'n'")),
    _g("n a list", {"n": [1]}, legacy("[1] is not of type 'integer' - 'n'")),
    _g("n huge", {"n": 10**18}, legacy(f"{10**18} is greater than the maximum of 10 - 'n'")),
    _g("n two, dall-e-3", {"n": 2, "model": "dall-e-3"}, legacy("You must provide n=1 for this model.")),
    _g(
        "response_format",
        {"response_format": "x"},
        legacy("'x' is not one of ['url', 'b64_json'] - 'response_format'"),
    ),
    _g("quality", {"quality": "x"}, legacy("'x' is not one of ['standard', 'hd'] - 'quality'")),
    _g(
        "style",
        {"style": "x", "model": "dall-e-3"},
        legacy("'x' is not one of ['vivid', 'natural'] - 'style'"),
    ),
    _g("user not text", {"user": 7}, legacy("7 is not of type 'string' - 'user'")),
    _g("model not text", {"model": 7}, legacy("7 is not of type 'string' - 'model'")),
    ("prompt missing", GENERATIONS, {}, legacy("'prompt' is a required property")),
    _g("prompt null", {"prompt": None}, legacy("None is not of type 'string' - 'prompt'")),
    _g("prompt empty", {"prompt": ""}, legacy("'' is too short - 'prompt'")),
    _g("prompt a number", {"prompt": 5}, legacy("5 is not of type 'string' - 'prompt'")),
    _g("prompt too long", {"prompt": LONG}, legacy(f"'{LONG}' is too long - 'prompt'")),
    _g(
        "prompt too long, dall-e-3",
        {"prompt": "x" * 4001, "model": "dall-e-3"},
        legacy(f"'{'x' * 4001}' is too long - 'prompt'"),
    ),
    _g("stream a string", {"stream": "yes"}, legacy("'yes' is not of type 'boolean' - 'stream'")),
    _g(
        "stream",
        {"stream": True},
        legacy(
            "Streaming is not supported by this model. Use a gpt-image model, for example 'gpt-image-1'.",
            param="stream",
            code="unsupported_value",
        ),
    ),
    _g("seed", {"seed": -1}, legacy("-1 is less than the minimum of 0 - 'seed'")),
    # Fault order: prompt, n, then the rest as in the table.
    _g("prompt before n", {"prompt": "", "n": 0}, legacy("'' is too short - 'prompt'")),
    _g("n before size", {"size": "9x9", "n": 0}, legacy("0 is less than the minimum of 1 - 'n'")),
]
