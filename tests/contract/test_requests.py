"""Reading requests: whatever is sent becomes a request within bounds or an error in the dialect's words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from egaku.contract.dialects import DIALECTS, MAX_SEED, Operation, dialect_of
from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.contract.sizes import Size
from tests.contract.strategies import FORM_TEXT, JSON, MODELS, NAMES

PICTURE = FileFacts("image", 100, "image/png")


def parse(
    operation: Operation, values: Mapping[str, object], *, form: bool = False, **more: Any
) -> ImageRequest | ApiError:
    """The request, or the error it caused."""
    images = [] if operation is Operation.GENERATIONS else [PICTURE]
    try:
        return parse_request(operation, values, form=form, **{"images": images, **more})
    except ApiError as error:
        return error


def assert_good(found: ImageRequest) -> None:
    """Everything an engine relies on."""
    assert 1 <= found.n <= 10
    assert len(found.prompt) <= 32_000
    assert found.size is None or (min(found.size) >= 64 and max(found.size) <= 3840)
    assert found.response_format in {"url", "b64_json"}
    assert found.output_format in {"png", "jpeg", "webp"}
    assert found.background in {"transparent", "opaque", "auto"}
    assert not (found.background == "transparent" and found.output_format == "jpeg")
    assert 0 <= found.output_compression <= 100
    assert 0 <= found.partial_images <= 3
    assert found.seed is None or 0 <= found.seed <= MAX_SEED
    assert 0 <= found.strength <= 1
    assert not (found.stream and not found.dialect.always_base64)


def assert_bad(error: ApiError, model: object) -> None:
    """An error that can be sent: 400, keys of its dialect, text."""
    assert isinstance(error, InvalidRequest)
    assert error.status == 400
    if isinstance(model, str):
        assert error.keys == dialect_of(model).wording.keys
    body = orjson.loads(error.body())
    assert list(body["error"]) == list(error.keys)
    assert isinstance(body["error"]["message"], str)
    assert isinstance(body["error"]["type"], str)


@given(
    operation=st.sampled_from(list(Operation)),
    model=MODELS,
    values=st.dictionaries(NAMES, JSON, max_size=6),
    prompt=st.booleans(),
)
@settings(max_examples=500, deadline=None)
def test_any_json(
    *, operation: Operation, model: str | None, values: dict[str, object], prompt: bool
) -> None:
    body = {**({"prompt": "a"} if prompt else {}), "model": model, **values}
    found = parse(operation, body)
    if isinstance(found, ApiError):
        assert_bad(found, body["model"])
    else:
        assert_good(found)


@given(
    operation=st.sampled_from([Operation.EDITS, Operation.VARIATIONS]),
    model=MODELS.filter(lambda name: name is not None),
    values=st.dictionaries(NAMES, FORM_TEXT, max_size=6),
)
@example(operation=Operation.EDITS, model="gpt-image-1", values={"n": "9" * 20})
@settings(max_examples=500, deadline=None)
def test_any_form(operation: Operation, model: str, values: dict[str, str]) -> None:
    body = {"prompt": "a", "model": model, **values}
    found = parse(operation, body, form=True)
    if isinstance(found, ApiError):
        assert_bad(found, body["model"])
    else:
        assert_good(found)


HUGE = [
    -1,
    0,
    10**18,
    2**63,
    -(2**63),
    1e308,
    -1e308,
    float("inf"),
    float("nan"),
    "x" * 10**6,
    ["x"] * 10**5,
    True,
]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_field_bounds_its_answer(dialect: Any) -> None:
    """A wrong value is never repeated at length, except the legacy dialects' whole prompt."""
    for operation, fields in dialect.fields.items():
        for field in fields:
            for value in HUGE:
                found = parse(operation, {"prompt": "a", field.name: value}, dialect=dialect)
                if isinstance(found, ImageRequest):
                    assert_good(found)
                elif not (field.name == "prompt" and "too long" in found.message):
                    assert len(found.body()) < 10_000, (field.name, found.message[:100])


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_defaults_are_what_absence_means(dialect: Any) -> None:
    """An explicit default is read as the same request as none at all."""
    for operation, fields in dialect.fields.items():
        base = {"prompt": "a"} if operation is not Operation.VARIATIONS else {}
        plain = parse(operation, base, dialect=dialect)
        explicit = {
            field.name: str(field.default) if isinstance(field.default, Size) else field.default
            for field in fields
            if field.default is not None
        }
        assert parse(operation, {**base, **explicit}, dialect=dialect) == plain
        nulls = {field.name: None for field in fields if not field.required}
        assert parse(operation, {**base, **nulls}, dialect=dialect) == plain


@pytest.mark.parametrize("model", ["", "dall-e-2", "dall-e-3", "sdxl"])
def test_unknown_names_are_reported_in_order(model: str) -> None:
    found = parse(Operation.GENERATIONS, {"z": 1, "prompt": "a", "model": model, "a": None})
    assert isinstance(found, ImageRequest)
    assert found.ignored == ("z", "a")
    assert found.model == (model or None)


def test_a_fault_of_the_pictures_waits_for_its_turn() -> None:
    fault = InvalidRequest("the pictures are bad")
    late = parse(Operation.EDITS, {"prompt": "a", "n": 0, "model": "gpt-image-1"}, image_fault=fault)
    assert late is fault
    assert fault.keys == dialect_of("gpt-image-1").wording.keys
    early = parse(Operation.EDITS, {"prompt": "", "model": "gpt-image-1"}, image_fault=fault)
    assert isinstance(early, ApiError)
    assert early.code == "empty_string"


@pytest.mark.parametrize(
    ("model", "size", "fits"),
    [
        ("", 4 * 2**20 - 1, True),
        ("", 4 * 2**20, False),
        ("gpt-image-1", 50 * 2**20 - 1, True),
        ("gpt-image-1", 50 * 2**20, False),
    ],
)
def test_largest_file(model: str, size: int, *, fits: bool) -> None:
    facts = dataclasses.replace(PICTURE, size=size)
    for more in ({"images": [facts]}, {"mask": facts}):
        found = parse(Operation.EDITS, {"prompt": "a", "model": model}, **more)
        assert isinstance(found, ImageRequest) is fits
