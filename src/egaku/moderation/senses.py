"""What the words of a text are about: a small thesaurus, so that a rare word is read as its commoner kin.

`男根` or `waffen` may stand in no training phrase; their senses do. A sense offends nobody by itself: its
weight, alone and beside each other sense ("prevent" beside "selfharm"), is learned with the heads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_LATIN = re.compile(r"[a-z0-9+'’-]+")
_WIDE = re.compile(r"[぀-ヿ一-鿿々ー]+")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "'s")
MOST_WORDS = 4
"""Words of the longest Latin entry."""


@lru_cache(maxsize=1)
def thesaurus() -> tuple[tuple[str, ...], dict[str, frozenset[int]], int]:
    """Names of the senses, senses by word, and the length of the longest wide entry."""
    text = (files("egaku.moderation") / "data" / "senses.txt").read_text(encoding="utf-8")
    lines = [line.split(" = ", 1) for line in text.splitlines() if line and line[0] != "#"]
    found: dict[str, set[int]] = {}
    for number, (_, words) in enumerate(lines):
        for word in words.split(" | "):
            found.setdefault(word.strip(), set()).add(number)
    longest = max(len(word) for word in found if _WIDE.match(word))
    return (
        tuple(name for name, _ in lines),
        {word: frozenset(senses) for word, senses in found.items()},
        longest,
    )


def count() -> int:
    """How many senses there are."""
    return len(thesaurus()[0])


def _stems(word: str) -> list[str]:
    """A word and what may be left of it without an English ending."""
    cut = [word.removesuffix(end) for end in _ENDINGS if len(word) > len(end) + 2 and word.endswith(end)]
    doubled = [stem[:-1] for stem in cut if len(stem) > 3 and stem[-1] == stem[-2]]
    mute = [stem + "e" for stem in cut if word.endswith(("ing", "er", "ed"))]
    return [word, *cut, *doubled, *mute]


def is_word(word: str) -> bool:
    """Whether a Latin word of four letters or more is in the thesaurus, with or without an ending."""
    known = thesaurus()[1]
    return len(word) > 3 and any(stem in known for stem in _stems(word))


def senses(text: str) -> frozenset[int]:
    """Senses of all words of a normalised text."""
    _, known, longest = thesaurus()
    found: set[int] = set()
    words = _LATIN.findall(text)
    for start, word in enumerate(words):
        for stem in _stems(word):
            found |= known.get(stem, frozenset())
        for length in range(2, min(MOST_WORDS, len(words) - start) + 1):
            found |= known.get(" ".join(words[start : start + length]), frozenset())
    for match in _WIDE.finditer(text):
        run = match[0]
        for start in range(len(run)):
            for length in range(1, min(longest, len(run) - start) + 1):
                found |= known.get(run[start : start + length], frozenset())
    return frozenset(found)


def features(texts: Sequence[str]) -> Floats:
    """One row per text: each sense, and each pair of them, as 0 or 1."""
    above = np.triu_indices(count(), 1)
    present = np.zeros((len(texts), count()), np.float32)
    for row, text in enumerate(texts):
        present[row, list(senses(text))] = 1
    return np.concatenate([present, present[:, above[0]] * present[:, above[1]]], axis=1)
