"""POST /moderations: what may be asked, and what an answer looks like.

`input` is a text, a list of texts (a result each), or a list of parts, texts and pictures, judged together
(one result). Models `omni-moderation-…` answer with thirteen categories and say what each was read from;
`text-moderation-…`, the endpoint's first, with eleven and without.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pybase64

from egaku.contract.errors import TYPED_KEYS, ApiError, InvalidRequest, NotFound
from egaku.contract.wording import Typed

CATEGORIES = (
    "harassment", "harassment/threatening", "sexual", "hate", "hate/threatening", "illicit",
    "illicit/violent", "self-harm/intent", "self-harm/instructions", "self-harm", "sexual/minors", "violence",
    "violence/graphic",
)  # fmt: skip
SINCE_OMNI = frozenset({"illicit", "illicit/violent"})

OMNI = "omni-moderation-latest"
"""Meant when no model is named."""
ANSWERING = {
    OMNI: OMNI,
    "omni-moderation-2024-09-26": "omni-moderation-2024-09-26",
    **dict.fromkeys(
        ("text-moderation-latest", "text-moderation-stable", "text-moderation-007"), "text-moderation-007"
    ),
}
"""What each model that can be asked for calls itself in the answer."""

MAX_TEXTS = 32
"""Texts in a list. The longest takes a core for a tenth of a second."""
MAX_CHARACTERS = 32_000
"""Of a text, as of a prompt."""
MAX_PARTS = 4
"""Texts and pictures judged together. A picture takes a core for a fifth of a second."""
MAX_PICTURE_BYTES = 20 * 2**20
MAX_BODY_BYTES = 32 * 2**20

WORDING = Typed()
NO_FETCHING = (
    "Invalid '{name}': only data: URLs are accepted, for example 'data:image/png;base64,…'. This server does "
    "not fetch pictures from other addresses."
)
PART_KINDS = ("text", "image_url")
DATA_URL = "data-url"
"""Name of the format of a picture in the schema."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An uploaded picture, not decoded yet."""

    name: str
    """Where it stands in the request, for errors."""
    data: bytes


Part = str | Picture


@dataclass(frozen=True, slots=True)
class ModerationRequest:
    """One valid request."""

    model: str
    """As it will call itself in the answer."""
    inputs: tuple[tuple[Part, ...], ...]
    """Parts of each input; a result for each."""

    @property
    def is_omni(self) -> bool:
        """Whether the answer has today's shape."""
        return self.model.startswith("omni-")


def parse_moderation(values: Mapping[str, object]) -> ModerationRequest:
    """Read a JSON body. Raises ApiError naming the parameter; takes as long as the base64 in it."""
    try:
        return _parse(values)
    except ApiError as error:
        error.keys = TYPED_KEYS
        raise


def _parse(values: Mapping[str, object]) -> ModerationRequest:
    for name in values:
        if name not in ("input", "model"):
            raise WORDING.unknown(name)
    model = values.get("model")
    if model is not None and not isinstance(model, str):
        raise WORDING.wrong_type("model", "string", model)
    answering = ANSWERING.get(model or OMNI)
    if answering is None:
        raise NotFound(
            f"The model '{(model or '')[:200]}' does not exist", param="model", code="model_not_found"
        )
    if "input" not in values:
        raise WORDING.missing("input")
    request = ModerationRequest(answering, _inputs(values["input"]))
    if not request.is_omni and any(isinstance(part, Picture) for one in request.inputs for part in one):
        raise InvalidRequest(
            f"Invalid 'input': the model '{answering}' reads text only. Use '{OMNI}' for pictures.",
            param="input",
            code="invalid_value",
        )
    return request


def _inputs(value: object) -> tuple[tuple[Part, ...], ...]:
    if isinstance(value, str):
        return ((_text("input", value),),)
    if not isinstance(value, list):
        raise InvalidRequest(
            "Invalid type for 'input': expected a string or an array.", param="input", code="invalid_type"
        )
    if not value:
        raise InvalidRequest(
            "Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array "
            "instead.",
            param="input",
            code="empty_array",
        )
    is_texts = isinstance(value[0], str)
    longest = MAX_TEXTS if is_texts else MAX_PARTS
    if len(value) > longest:
        raise InvalidRequest(
            f"Invalid 'input': array too long. Expected an array with maximum length {longest}, but got an "
            f"array with length {len(value)} instead.",
            param="input",
            code="array_above_max_length",
        )
    if is_texts:
        return tuple((_text(f"input[{i}]", item),) for i, item in enumerate(value))
    return (tuple(_part(f"input[{i}]", item) for i, item in enumerate(value)),)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise WORDING.wrong_type(name, "string", value)
    if len(value) > MAX_CHARACTERS:
        raise WORDING.too_long(name, MAX_CHARACTERS, value)
    return value


def _part(name: str, value: object) -> Part:
    if not isinstance(value, dict):
        raise WORDING.wrong_type(name, "an object", value)
    kind = value.get("type")
    if kind is None:
        raise WORDING.missing(f"{name}.type")
    if kind not in PART_KINDS:
        shown = kind if isinstance(kind, str) else str(type(kind).__name__)
        raise WORDING.not_one_of(f"{name}.type", PART_KINDS, shown)
    if kind not in value:
        raise WORDING.missing(f"{name}.{kind}")
    if kind == "text":
        return _text(f"{name}.text", value["text"])
    holder = value["image_url"]
    if not isinstance(holder, dict):
        raise WORDING.wrong_type(f"{name}.image_url", "an object", holder)
    return _picture(f"{name}.image_url.url", holder.get("url"))


def _picture(name: str, url: object) -> Picture:
    if url is None:
        raise WORDING.missing(name)
    if not isinstance(url, str):
        raise WORDING.wrong_type(name, "string", url)
    head, _, encoded = url.partition(",")
    if not head.startswith("data:") or not head.endswith(";base64"):
        raise InvalidRequest(NO_FETCHING.format(name=name), param=name, code="invalid_value")
    if len(encoded) > MAX_PICTURE_BYTES * 4 // 3 + 4:
        raise InvalidRequest(
            f"Invalid '{name}': the picture is larger than {MAX_PICTURE_BYTES // 2**20} MB.",
            param=name,
            code="image_too_large",
        )
    try:
        return Picture(name, pybase64.b64decode(encoded, validate=True))
    except ValueError:
        raise InvalidRequest(
            f"Invalid '{name}': not valid base64.", param=name, code="invalid_base64"
        ) from None


def result(
    scores: Mapping[str, float], applied: Mapping[str, Iterable[str]], flagged: Collection[str], *, omni: bool
) -> dict[str, Any]:
    """One input's result. A category nobody judged is 0.0, false, and read from nothing."""
    names = [name for name in CATEGORIES if omni or name not in SINCE_OMNI]
    found: dict[str, Any] = {
        "flagged": any(name in flagged for name in names),
        "categories": {name: name in flagged for name in names},
        "category_scores": {name: float(scores.get(name, 0.0)) for name in names},
    }
    if omni:
        found["category_applied_input_types"] = {name: sorted(applied.get(name, ())) for name in names}
    return found


def answer(request: ModerationRequest, results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The body of the answer."""
    return {"id": f"modr-{uuid.uuid4().hex}", "model": request.model, "results": list(results)}


def request_schema() -> dict[str, Any]:
    """What may be asked, as JSON Schema."""
    text = {"type": "string", "maxLength": MAX_CHARACTERS}
    texts = {"type": "array", "minItems": 1, "maxItems": MAX_TEXTS, "items": text}
    url = {"type": "string", "format": DATA_URL, "description": "A PNG, JPEG or WebP as data: URL in base64."}
    holder = {"type": "object", "properties": {"url": url}, "required": ["url"]}
    written = _part_schema("text", text)
    parts = {
        "type": "array",
        "minItems": 1,
        "maxItems": MAX_PARTS,
        "items": {"oneOf": [written, _part_schema("image_url", holder)]},
    }
    first = [name for name in ANSWERING if not name.startswith("omni-")]
    return {
        "oneOf": [
            _input_schema([text, texts, parts], [None, *(name for name in ANSWERING if name not in first)]),
            _input_schema([text, texts, {**parts, "items": written}], list(first), required=("model",)),
        ]
    }


def _part_schema(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    properties = {"type": {"const": kind}, kind: content}
    return {"type": "object", "properties": properties, "required": ["type", kind]}


def _input_schema(
    inputs: list[dict[str, Any]], models: list[str | None], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"input": {"anyOf": inputs}, "model": {"enum": models}},
        "required": ["input", *required],
        "additionalProperties": False,
    }


def answer_schema() -> dict[str, Any]:
    """The answer, as JSON Schema."""
    table = {"type": "object", "minProperties": len(CATEGORIES) - len(SINCE_OMNI)}
    applied = {"type": "array", "items": {"enum": ["image", "text"]}}
    one = {
        "type": "object",
        "required": ["flagged", "categories", "category_scores"],
        "additionalProperties": False,
        "properties": {
            "flagged": {"type": "boolean"},
            "categories": {**table, "additionalProperties": {"type": "boolean"}},
            "category_scores": {
                **table,
                "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            },
            "category_applied_input_types": {**table, "additionalProperties": applied},
        },
    }
    return {
        "type": "object",
        "required": ["id", "model", "results"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^modr-"},
            "model": {"type": "string"},
            "results": {"type": "array", "minItems": 1, "maxItems": MAX_TEXTS, "items": one},
        },
    }
