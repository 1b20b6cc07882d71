"""The cue that someone is under eighteen."""

from __future__ import annotations

import pytest

from egaku.moderation.minors import minor_cue
from egaku.moderation.normalize import fold


@pytest.mark.parametrize(
    "text",
    [
        "a child",
        "kids playing",
        "13 year old",
        "13yo girl",
        "age 9",
        "aged: 15",
        "twelve-year-old",
        "a 6 months old baby",
        "schoolgirl",
        "high school boys",
        "teen",
        "a little girl",
        "underage",
        "loli",
        "小学生",
        "14歳の女の子",
        "十五歳",
        "７歳",
        "幼女",
        "高1の",
        "女子中学生",
        "生後3か月",
    ],
)
def test_minors(text: str) -> None:
    assert minor_cue(fold(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a woman",
        "a 25 year old woman",
        "an 18 year old",
        "aged cheese",
        "cowboy boots",
        "teenage mutant ninja turtles",
        "a century ago",
        "three years ago",
        "二十五歳の女性",
        "25才",
        "大人の男性",
        "2024年の写真",
        "pool boy",
    ],
)
def test_adults_and_things(text: str) -> None:
    assert minor_cue(fold(text)) == 0


@pytest.mark.parametrize("text", ["a girl", "女の子", "a student in uniform"])
def test_words_said_of_adults_too_are_a_weak_cue(text: str) -> None:
    assert 0 < minor_cue(fold(text)) < 0.5
