"""Cleaning a prompt: quotes out, controls out, the rest normalised and bounded."""

import pytest

from egaku.engines.illustrator.understand.text import MARK, MAX_LENGTH, clean


@pytest.mark.parametrize(
    ("prompt", "lettering"),
    [
        ('a sign "A" and "B"', ("A", "B")),
        ("「営業中」と『休業』", ("営業中", "休業")),
        ("«Café» et „Straße“", ("Café", "Straße")),
        ("a shirt saying 'so what'", ("so what",)),
        ("dogs' bones and a cat's toy isn't lettering", ()),
        ("a sign that says NO PARKING in red", ("NO PARKING",)),
        ("a sign that says nothing", ()),
        ('an unclosed " quote', ()),
        ('empty "" and " "', ()),
    ],
)
def test_lettering(prompt: str, lettering: tuple[str, ...]) -> None:
    assert clean(prompt).lettering == lettering


def test_lettering_keeps_its_own_spelling_and_leaves_a_mark() -> None:
    cleaned = clean('a sign "ＯＰＥＮ  now"')
    assert cleaned.lettering == ("ＯＰＥＮ now",)
    assert cleaned.text.split() == ["a", "sign", MARK]


def test_width_and_controls_are_normalised() -> None:
    assert clean("ｃａｔ\x00\u200bdog").text == "cat  dog"


def test_length_is_bounded() -> None:
    assert len(clean("x" * 32_000).text) == MAX_LENGTH
