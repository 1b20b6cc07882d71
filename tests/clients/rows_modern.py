"""Rows of the later dialects, dall-e-3 and gpt-image-1 with its streams, and of the model list."""

from __future__ import annotations

import re

from tests.clients.case import B64, PROMPT, Case, Failure, Fields, Models, Pictures

MODERN = "gpt-image-1"
D3: Fields = {"model": "dall-e-3", "prompt": PROMPT, "size": "1024x1024"}
GPT: Fields = {"model": MODERN, "prompt": PROMPT, "n": 1, "size": "1024x1024"}

DALLE3 = [
    Case(
        id="dalle3-url",
        operation="dall-e-3",
        mode="revised_prompt",
        verb="generate",
        expect=Pictures(size=(1024, 1024), revised=True),
        fields={**D3, "n": 1, "quality": "standard"},
    ),
    Case(
        id="dalle3-wide",
        operation="dall-e-3",
        mode="1792x1024, hd, natural, b64_json",
        verb="generate",
        expect=Pictures(size=(1792, 1024), form="b64_json", revised=True),
        fields={**D3, "size": "1792x1024", "quality": "hd", "style": "natural", **B64},
    ),
    Case(
        id="dalle3-n",
        operation="dall-e-3",
        mode="n=2 refused",
        verb="generate",
        expect=Failure(400, "You must provide n=1 for this model."),
        fields={**D3, "n": 2},
    ),
]

ONE = Pictures(size=(1024, 1024), form="b64_json", usage=True)


def _stream(id_: str, mode: str, partials: int | None) -> Case:
    events = ("image_generation.partial_image",) * (partials or 0) + ("image_generation.completed",)
    fields = {**GPT, "stream": True} | ({} if partials is None else {"partial_images": partials})
    expect = Pictures(len(events), (1024, 1024), form="b64_json", usage=True, events=events)
    return Case(id_, MODERN, mode, "generate", expect, fields)


def _fault(id_: str, mode: str, expect: Failure, fields: Fields) -> Case:
    return Case(id_, MODERN, mode, "generate", expect, {**GPT, **fields})


GPT_IMAGE = [
    Case("gpt-generate", MODERN, "generate", "generate", ONE, GPT),
    Case(
        id="gpt-webp",
        operation=MODERN,
        mode="1536x1024, webp, compressed",
        verb="generate",
        expect=Pictures(size=(1536, 1024), form="b64_json", format="WEBP", usage=True),
        fields={**GPT, "size": "1536x1024", "output_format": "webp", "output_compression": 60},
    ),
    Case(
        id="gpt-transparent",
        operation=MODERN,
        mode="transparent",
        verb="generate",
        expect=Pictures(size=(1024, 1024), form="b64_json", usage=True, transparent=True),
        fields={**GPT, "background": "transparent"},
    ),
    Case("gpt-edit-list", MODERN, "edit, image[]", "edit", ONE, GPT, ["square", "jpeg"], input="typed"),
    Case("gpt-edit-mask", MODERN, "edit, mask", "edit", ONE, GPT, "square", "mask", input="typed"),
    _stream("gpt-stream", "stream, 2 partials", 2),
    _stream("gpt-stream-plain", "stream, no partials", None),
    Case(
        id="gpt-stream-edit",
        operation=MODERN,
        mode="stream an edit",
        verb="edit",
        expect=Pictures(
            count=2,
            size=(1024, 1024),
            form="b64_json",
            usage=True,
            events=("image_edit.partial_image", "image_edit.completed"),
        ),
        fields={**GPT, "stream": True, "partial_images": 1},
        image="square",
        mask="mask",
        input="typed",
    ),
    _fault(
        "gpt-n",
        "fault: n=11",
        Failure(
            400,
            "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.",
            param="n",
            code="integer_above_max_value",
        ),
        {"n": 11},
    ),
    _fault(
        "gpt-quality",
        "fault: quality",
        Failure(
            400,
            "Invalid value: 'ultra'. Supported values are: 'low', 'medium', 'high', and 'auto'.",
            param="quality",
            code="invalid_value",
        ),
        {"quality": "ultra"},
    ),
    _fault(
        "gpt-format",
        "fault: response_format",
        Failure(
            400,
            "Unknown parameter: 'response_format'.",
            param="response_format",
            code="unknown_parameter",
        ),
        B64,
    ),
    _fault(
        "gpt-stream-fault",
        "fault before a stream",
        Failure(
            400,
            re.compile("Invalid 'partial_images': integer above maximum value.*"),
            param="partial_images",
            code="integer_above_max_value",
        ),
        {"stream": True, "partial_images": 9},
    ),
]

MODELS = [
    Case("models-list", "models", "list", "models", Models(("dall-e-2", "dall-e-3", MODERN))),
    Case("models-one", "models", "retrieve", "model", Models(("dall-e-2",)), {"model": "dall-e-2"}),
    Case(
        id="models-unknown",
        operation="models",
        mode="retrieve, unknown",
        verb="model",
        expect=Failure(404, "The model 'nothing' does not exist", param="model", code="model_not_found"),
        fields={"model": "nothing"},
    ),
    Case(
        id="models-key",
        operation="models",
        mode="list, a key with one model",
        verb="models",
        expect=Models(("dall-e-2",), only=True),
        server="keyed",
        key="one model",
    ),
    Case(
        id="models-key-other",
        operation="models",
        mode="retrieve, not the key's",
        verb="model",
        expect=Failure(404, "The model 'dall-e-3' does not exist", param="model", code="model_not_found"),
        fields={"model": "dall-e-3"},
        server="keyed",
        key="one model",
    ),
]
