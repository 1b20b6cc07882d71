"""The thesaurus: words, phrases and endings find their senses."""

from __future__ import annotations

import numpy as np
import pytest

from egaku.moderation import senses


def named(text: str) -> set[str]:
    names = senses.thesaurus()[0]
    return {names[number] for number in senses.senses(text)}


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("he strangles her", "assault"),
        ("strangling a man", "assault"),
        ("beheadings", "gore"),
        ("stabbed", "assault"),
        ("an artist in the museum", "culture"),
        ("suicide prevention", "prevent"),
        ("full frontal view", "nudity"),
        ("三人が乱交する", "sexact"),
        ("首吊りの縄", "selfharm"),
        ("zenra", "nudity"),
    ],
)
def test_senses(text: str, sense: str) -> None:
    assert sense in named(text)


@pytest.mark.parametrize("text", ["", "essex", "grasshopper", "🙂", "a tree house", "classic"])
def test_parts_of_words_mean_nothing(text: str) -> None:
    assert not named(text) & {"sexact", "erotic", "genital", "nudity", "drug", "breast"}


def test_features_are_senses_and_their_pairs() -> None:
    count = senses.count()
    rows = senses.features(["stop suicide", "a cat", ""])
    assert rows.shape == (3, count + count * (count - 1) // 2)
    alone, pairs = rows[0, :count], rows[0, count:]
    assert (alone.sum(), pairs.sum()) == (2, 1)
    assert not rows[2].any()
    assert np.array_equal(np.unique(rows), [0, 1])


def test_no_word_is_listed_twice_under_one_sense() -> None:
    from importlib.resources import files

    text = (files("egaku.moderation") / "data" / "senses.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and line[0] != "#":
            name, words = line.split(" = ", 1)
            listed = words.split(" | ")
            assert len(listed) == len(set(listed)), name
