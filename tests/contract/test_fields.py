"""Kinds of fields: what each takes, from JSON and from forms, and its own JSON Schema agreeing."""

from __future__ import annotations

import math
from typing import Any

import jsonschema_rs
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egaku.contract.dialects import DIALECTS
from egaku.contract.errors import ApiError
from egaku.contract.fields import Choice, FixedSize, Flag, FreeSize, Integer, Kind, Number, Text
from egaku.contract.sizes import Size, parse_size
from egaku.contract.wording import Legacy, Typed, Wording
from tests.contract.strategies import FORM_TEXT, JSON

WORDINGS: list[Wording] = [Legacy(), Typed()]
REFUSED = object()


def read(kind: Kind, value: object, *, form: bool = False) -> Any:
    """What it was read as, or REFUSED; both eras must agree on that."""
    found = []
    for wording in WORDINGS:
        try:
            found.append(kind.read("x", value, wording, form=form))
        except ApiError:
            found.append(REFUSED)
    assert found[0] == found[1]
    return found[0]


INTEGERS = [
    ("1", 1), ("10", 10), ("+3", 3), (" 4 ", 4), ("007", 7), ("0", REFUSED), ("11", REFUSED), ("-1", REFUSED),
    ("1.0", REFUSED), ("1e0", REFUSED), ("0x1", REFUSED), ("٣", REFUSED), ("1_0", REFUSED), ("", REFUSED),
    ("1 0", REFUSED), ("9" * 5000, REFUSED), ("--1", REFUSED), ("true", REFUSED), ("1\0", REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), INTEGERS, ids=lambda value: ascii(value)[:12])
def test_integers_in_forms(text: str, value: object) -> None:
    assert read(Integer(1, 10), text, form=True) == value


def test_a_whole_number_may_have_a_point_in_json() -> None:
    assert read(Integer(1, 10), 3.0) == 3
    assert isinstance(read(Integer(1, 10), 3.0), int)


@pytest.mark.parametrize(
    "value",
    ["1", 0.0, 1e308, float("inf"), float("nan"), 1.5, True, None, [], {}, "", 0, 11, 2**70, -(2**70)],
)
def test_integers_in_json(value: object) -> None:
    assert read(Integer(1, 10), value) is REFUSED


DECIMALS = [
    ("0", 0.0), ("1", 1.0), ("0.5", 0.5), (".5", 0.5), ("1.", 1.0), ("5e-1", 0.5), ("+0.25", 0.25),
    ("1.01", REFUSED), ("-0.1", REFUSED), ("nan", REFUSED), ("inf", REFUSED), ("1e999", REFUSED),
    (".", REFUSED), ("", REFUSED), ("0,5", REFUSED), ("1e-999", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), DECIMALS)
def test_numbers_in_forms(text: str, value: object) -> None:
    assert read(Number(0, 1), text, form=True) == value


@pytest.mark.parametrize("value", [True, "0.5", None, float("nan"), float("inf"), 1.5, -1])
def test_numbers_in_json(value: object) -> None:
    assert read(Number(0, 1), value) is REFUSED


FLAGS = [
    ("true", True),
    ("True", True),
    ("FALSE", False),
    (" true ", True),
    ("1", REFUSED),
    ("yes", REFUSED),
    ("", REFUSED),
]


@pytest.mark.parametrize(("text", "value"), FLAGS)
def test_flags_in_forms(text: str, value: object) -> None:
    assert read(Flag(), text, form=True) is value


@pytest.mark.parametrize("value", ["true", 1, 0, None, []])
def test_flags_in_json(value: object) -> None:
    assert read(Flag(), value) is REFUSED


def test_text_counts_characters() -> None:
    kind = Text(3, minimum=1)
    assert read(kind, "描描🦊") == "描描🦊"
    assert read(kind, "abcd") is REFUSED
    assert read(kind, "") is REFUSED


def test_silent_choices_are_taken_but_not_named() -> None:
    kind = Choice(("a", "b"), ("c",))
    assert [read(kind, value) for value in ("a", "b", "c", "d", "A", 1)] == [
        "a",
        "b",
        "c",
        REFUSED,
        REFUSED,
        REFUSED,
    ]
    with pytest.raises(ApiError, match="'d' is not one of \\['a', 'b'\\] - 'x'"):
        kind.read("x", "d", Legacy(), form=False)


SIZES = [
    ("64x64", Size(64, 64)), ("3840x2160", Size(3840, 2160)), ("2160x3840", Size(2160, 3840)),
    ("auto", None), ("192x64", Size(192, 64)), ("208x64", REFUSED), ("48x48", REFUSED),
    ("3856x2160", REFUSED), ("2176x3840", REFUSED), ("65x64", REFUSED), ("064x64", REFUSED),
    ("64X64", REFUSED), ("64×64", REFUSED), ("64x64 ", REFUSED), ("64x64\n", REFUSED), ("-64x64", REFUSED),
    ("0x0", REFUSED), ("99999x99999", REFUSED), ("6" * 5000, REFUSED), ("", REFUSED), ("٦٤x٦٤", REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SIZES, ids=lambda value: ascii(value)[:12])
def test_free_sizes(text: str, value: object) -> None:
    assert read(FreeSize(), text) == value


def test_fixed_sizes() -> None:
    kind = FixedSize(("256x256",), ("256x256", "512x512"))
    assert read(kind, "256x256") == Size(256, 256)
    with pytest.raises(ApiError) as caught:
        kind.read("size", "512x512", Legacy(), form=False)
    assert caught.value.code == "invalid_size"


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_sizes_round_trip(width: int, height: int) -> None:
    assert parse_size(str(Size(width, height))) == (width, height)


def is_plain(value: object) -> bool:
    """True for what travels as JSON: no lone surrogates, no numbers beyond 64 bits, finite."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True


KINDS = sorted(
    {field.kind for dialect in DIALECTS for fields in dialect.fields.values() for field in fields}, key=repr
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: repr(kind)[:40])
def test_schema_and_reader_agree(kind: Kind) -> None:
    """What the served document allows is read, what it forbids is refused; free sizes say it in words."""
    validator = jsonschema_rs.validator_for(kind.schema())

    @given(JSON)
    @settings(max_examples=60, deadline=None)
    def agree(value: object) -> None:
        if not is_plain(value):
            return
        is_read = read(kind, value) is not REFUSED
        assert not is_read or validator.is_valid(value)
        assert is_read or isinstance(kind, FreeSize) or not validator.is_valid(value)

    agree()


@given(st.sampled_from(KINDS), FORM_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_form_text_is_read_or_refused(kind: Kind, text: str) -> None:
    read(kind, text, form=True)
