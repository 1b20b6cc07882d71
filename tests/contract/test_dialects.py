"""Which dialect a model's name means, and what the tables promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.contract.dialects import (
    DALLE2,
    DALLE3,
    DIALECTS,
    GPT,
    GPT2,
    LEGACY,
    LOCAL,
    Dialect,
    Operation,
    dialect_of,
)
from egaku.contract.models import DIALECT_NAMES

NAMES = [
    (None, LEGACY), ("", LEGACY), ("dall-e-2", DALLE2), ("dall-e-3", DALLE3), ("dall-e-4", LOCAL),
    ("Dall-E-2", LOCAL), ("gpt-image-1", GPT), ("gpt-image-1-mini", GPT), ("gpt-image-1.5", GPT),
    ("gpt-image-1-2025-04-23", GPT), ("gpt-image", GPT), ("gpt-image-latest", GPT),
    ("chatgpt-image-latest", GPT), ("gpt-image-2", GPT2), ("gpt-image-2.5-sunburst", GPT2),
    ("gpt-image-2.6-x", GPT2), ("gpt-image-10", GPT2), ("chatgpt-image-2", GPT2), ("gpt-imagery", GPT),
    ("gpt-4o", LOCAL), ("my-gpt-image-1", LOCAL), ("sdxl", LOCAL), ("illustrator", LOCAL),
    ("x" * 10_000, LOCAL), ("gpt-image-1\n", GPT), ("gpt-image-" + "9" * 1000, GPT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "dialect"), NAMES, ids=lambda value: ascii(value)[:20] if isinstance(value, str) else ""
)
def test_dialect_of(name: str | None, dialect: Dialect) -> None:
    assert dialect_of(name) is dialect


@given(st.text())
def test_every_name_has_a_dialect(name: str) -> None:
    assert dialect_of(name) in DIALECTS


def test_listed_names_are_not_local() -> None:
    assert all(dialect_of(name) is not LOCAL for name in DIALECT_NAMES)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_fault_order(dialect: Dialect) -> None:
    """prompt first where there is one, then n; no name twice."""
    for operation, fields in dialect.fields.items():
        names = [field.name for field in fields]
        expected = ["n"] if operation is Operation.VARIATIONS else ["prompt", "n"]
        assert names[: len(expected)] == expected
        assert len(set(names)) == len(names)
        assert all(field.help for field in fields)
        assert [field.name for field in fields if field.required] == expected[:-1]


def test_only_gpt_image_has_no_variations() -> None:
    without = [dialect.name for dialect in DIALECTS if Operation.VARIATIONS not in dialect.fields]
    assert without == ["gpt-image", "gpt-image-2"]
