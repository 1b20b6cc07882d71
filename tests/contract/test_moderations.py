"""What may be asked of /moderations, and what its answers look like."""

from __future__ import annotations

import base64
from typing import Any

import jsonschema_rs
import pytest

from egaku.contract.errors import TYPED_KEYS, ApiError, NotFound
from egaku.contract.moderations import (
    CATEGORIES,
    MAX_CHARACTERS,
    MAX_PARTS,
    MAX_TEXTS,
    Picture,
    answer,
    answer_schema,
    parse_moderation,
    request_schema,
    result,
)
from egaku.moderation.scores import Category

PIXEL = base64.b64encode(b"\x89PNG").decode()


def picture(url: object = f"data:image/png;base64,{PIXEL}") -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}}


def test_categories_are_the_judges_own() -> None:
    assert tuple(Category) == CATEGORIES


def test_a_string_is_one_input() -> None:
    request = parse_moderation({"input": "a cat"})
    assert request.inputs == (("a cat",),)
    assert request.model == "omni-moderation-latest"


def test_strings_are_an_input_each() -> None:
    assert parse_moderation({"input": ["a", ""]}).inputs == (("a",), ("",))


def test_parts_are_one_input_together() -> None:
    request = parse_moderation({"input": [{"type": "text", "text": "a"}, picture()]})
    assert request.inputs == (("a", Picture("input[1].image_url.url", b"\x89PNG")),)


@pytest.mark.parametrize(
    ("asked", "answering", "omni"),
    [
        (None, "omni-moderation-latest", True),
        ("omni-moderation-2024-09-26", "omni-moderation-2024-09-26", True),
        ("text-moderation-latest", "text-moderation-007", False),
        ("text-moderation-stable", "text-moderation-007", False),
    ],
)
def test_models(asked: str | None, answering: str, omni: bool) -> None:
    request = parse_moderation({"input": "a", "model": asked})
    assert (request.model, request.is_omni) == (answering, omni)


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "input", "missing_required_parameter"),
    ({"input": None}, "input", "invalid_type"),
    ({"input": 3}, "input", "invalid_type"),
    ({"input": {"type": "text"}}, "input", "invalid_type"),
    ({"input": []}, "input", "empty_array"),
    ({"input": ["a"] * (MAX_TEXTS + 1)}, "input", "array_above_max_length"),
    ({"input": ["a", 3]}, "input[1]", "invalid_type"),
    ({"input": ["a", picture()]}, "input[1]", "invalid_type"),
    ({"input": [picture(), "a"]}, "input[1]", "invalid_type"),
    ({"input": [3]}, "input[0]", "invalid_type"),
    ({"input": [{"text": "a"}]}, "input[0].type", "missing_required_parameter"),
    ({"input": [{"type": "audio"}]}, "input[0].type", "invalid_value"),
    ({"input": [{"type": ["text"]}]}, "input[0].type", "invalid_value"),
    ({"input": [{"type": "text"}]}, "input[0].text", "missing_required_parameter"),
    ({"input": [{"type": "text", "text": 1}]}, "input[0].text", "invalid_type"),
    ({"input": [{"type": "image_url"}]}, "input[0].image_url", "missing_required_parameter"),
    ({"input": [{"type": "image_url", "image_url": "x"}]}, "input[0].image_url", "invalid_type"),
    (
        {"input": [{"type": "image_url", "image_url": {}}]},
        "input[0].image_url.url",
        "missing_required_parameter",
    ),
    ({"input": [picture(3)]}, "input[0].image_url.url", "invalid_type"),
    ({"input": [picture("https://example.com/a.png")]}, "input[0].image_url.url", "invalid_value"),
    ({"input": [picture("file:///etc/passwd")]}, "input[0].image_url.url", "invalid_value"),
    ({"input": [picture("data:image/png,abc")]}, "input[0].image_url.url", "invalid_value"),
    ({"input": [picture("data:image/png;base64,@@@@")]}, "input[0].image_url.url", "invalid_base64"),
    ({"input": [picture()] * (MAX_PARTS + 1)}, "input", "array_above_max_length"),
    ({"input": "a" * (MAX_CHARACTERS + 1)}, "input", "string_above_max_length"),
    ({"input": ["a", "a" * (MAX_CHARACTERS + 1)]}, "input[1]", "string_above_max_length"),
    ({"input": [picture()], "model": "text-moderation-latest"}, "input", "invalid_value"),
    ({"input": "a", "model": 3}, "model", "invalid_type"),
    ({"input": "a", "model": "gpt-4"}, "model", "model_not_found"),
    ({"input": "a", "n": 2}, "n", "unknown_parameter"),
]


IN_SCHEMA = [
    values
    for values, param, code in FAULTS
    # A schema has no words for base64, nor for a format of ours.
    if code != "invalid_base64" and (param, code) != ("input[0].image_url.url", "invalid_value")
]


@pytest.mark.parametrize(("values", "param", "code"), FAULTS)
def test_faults_name_their_parameter(values: dict[str, Any], param: str, code: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_moderation(values)
    assert (caught.value.param, caught.value.code) == (param, code)
    assert caught.value.keys == TYPED_KEYS
    assert caught.value.status == (404 if code == "model_not_found" else 400)
    assert isinstance(caught.value, NotFound) == (code == "model_not_found")


def test_the_whole_of_what_is_allowed_fits() -> None:
    parse_moderation({"input": ["a" * MAX_CHARACTERS] * MAX_TEXTS})
    parse_moderation({"input": [picture()] * MAX_PARTS})


@pytest.mark.parametrize("values", IN_SCHEMA)
def test_the_schema_refuses_what_the_parser_refuses(values: dict[str, Any]) -> None:
    assert not jsonschema_rs.is_valid(request_schema(), values)


@pytest.mark.parametrize(
    "values",
    [
        {"input": ""},
        {"input": ["a", "b"], "model": None},
        {"input": [{"type": "text", "text": "a"}, picture()]},
        {"input": [{"type": "text", "text": "a"}], "model": "text-moderation-stable"},
        {"input": ["a"], "model": "text-moderation-latest"},
    ],
)
def test_the_schema_takes_what_the_parser_takes(values: dict[str, Any]) -> None:
    parse_moderation(values)
    assert jsonschema_rs.is_valid(request_schema(), values)


def test_answers_keep_to_their_schema() -> None:
    for omni in (True, False):
        found = result({"sexual": 0.75}, {"sexual": {"text"}}, ["sexual"], omni=omni)
        body = answer(parse_moderation({"input": "a"}), [found])
        assert jsonschema_rs.is_valid(answer_schema(), body)
        assert not jsonschema_rs.is_valid(answer_schema(), {**body, "results": []})


def test_a_result_has_all_thirteen_and_says_what_was_judged() -> None:
    found = result({"sexual": 0.75, "violence": 0.5}, {"sexual": {"text", "image"}}, ["sexual"], omni=True)
    assert found["flagged"] is True
    assert list(found["categories"]) == list(CATEGORIES)
    assert [name for name, value in found["categories"].items() if value] == ["sexual"]
    assert found["category_scores"]["violence"] == 0.5
    assert found["category_scores"]["harassment"] == 0.0
    assert found["category_applied_input_types"]["sexual"] == ["image", "text"]
    assert found["category_applied_input_types"]["harassment"] == []


def test_the_first_models_had_eleven_categories() -> None:
    found = result({"illicit": 0.9}, {"illicit": {"text"}}, ["illicit"], omni=False)
    assert set(found) == {"flagged", "categories", "category_scores"}
    assert list(found["category_scores"]) == [name for name in CATEGORIES if not name.startswith("illicit")]
    assert found["flagged"] is False


def test_answers_have_ids_of_their_own() -> None:
    request = parse_moderation({"input": "a"})
    one, other = answer(request, []), answer(request, [])
    assert one["id"].startswith("modr-")
    assert one["id"] != other["id"]
    assert one["model"] == "omni-moderation-latest"
