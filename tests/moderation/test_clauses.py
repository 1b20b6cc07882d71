"""Clauses: every word of a prompt is in one, and none is longer than the window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egaku.moderation.clauses import WINDOW, clauses


def test_english_and_japanese_punctuation() -> None:
    assert clauses("a cat, on a mat; (blue) - night. The end") == [
        "a cat",
        "on a mat",
        "blue",
        "night",
        "The end",
    ]
    assert clauses("猫、「夜」の街。笑顔") == ["猫", "夜", "の街", "笑顔"]


def test_numbers_and_initials_stay_together() -> None:
    assert clauses("f1.8 photo by j.r.r. tolkien") == ["f1.8 photo by j.r.r", "tolkien"]


def test_repetition_counts_once() -> None:
    assert clauses("a cat, a cat, a cat") == ["a cat"]
    assert clauses(" , ,") == []


@given(st.text(alphabet="abc あ猫", min_size=1, max_size=900))
def test_long_clauses_are_read_through_windows(text: str) -> None:
    pieces = clauses(text)
    assert all(len(piece) <= WINDOW for piece in pieces)
    squeezed = text.strip(" '\"*_`~#/")
    for start in range(0, len(squeezed), 20):
        word = squeezed[start : start + 20]
        assert any(word in piece for piece in pieces) or len(squeezed) - start < 20
