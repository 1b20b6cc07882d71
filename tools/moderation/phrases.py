"""Reads and expands the training phrases.

Expansion is a covering design: every alternative is used, few pairs of them are.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "ja")
LABELLED = HERE / "labelled"
PARTS = ("tune", "test", "fresh", "direct", "last", "stranger")

MOST = 40
"""Phrases one line may become."""

LEAST = 10
"""Phrases a line with alternatives becomes at least, when it has that many."""

NEAR = 0.8
"""Share of common n-grams from which two texts are near-duplicates."""

ECHO = {"en": 15, "ja": 6}
"""Letters in a row that no phrase shares with a fresh prompt: nobody unreads what they wrote."""

_SLOT = re.compile(r"\{([^{}]*)\}|<([a-z]+)>")


@dataclass(frozen=True)
class Phrase:
    """One training phrase.

    Attributes:
        text: As a user would write it.
        labels: Categories it offends against; empty for innocent ones.
        language: `en` or `ja`.
        line: Which line it came from, so that siblings are held out together.
    """

    text: str
    labels: frozenset[str]
    language: str
    line: str


@dataclass(frozen=True)
class Labelled:
    """One prompt of the labelled set; `kind` is violating, plain or trap."""

    language: str
    kind: str
    labels: frozenset[str]
    text: str


def _order(size: int, salt: str) -> list[int]:
    """A fixed shuffle of 0…size-1."""
    return sorted(range(size), key=lambda index: hashlib.sha256(f"{salt}:{index}".encode()).digest())


def expand(line: str, lists: dict[str, list[str]]) -> list[str]:
    """The phrases of one line, in a fixed order."""
    slots = [
        match[1].split("|") if match[1] is not None else lists[match[2]] for match in _SLOT.finditer(line)
    ]
    if not slots:
        return [line]
    count = min(MOST, max(*map(len, slots), min(LEAST, prod(map(len, slots)))))
    orders = [_order(len(slot), f"{line}#{number}") for number, slot in enumerate(slots)]
    phrases = []
    for index in range(count):
        chosen = iter(
            slot[order[(index + index // len(slot) * number) % len(slot)]]
            for number, (slot, order) in enumerate(zip(slots, orders, strict=True))
        )
        text = _SLOT.sub(lambda _, chosen=chosen: next(chosen), line)  # type: ignore[misc]  # bound early
        for match in _SLOT.finditer(text):  # a list named inside alternatives
            words = lists[match[2]]
            text = text.replace(match[0], words[_order(len(words), text)[0]], 1)
        phrases.append(re.sub(r"\s+", " ", text).strip(" ,、"))
    return list(dict.fromkeys(phrases))


def read_lists(path: Path) -> dict[str, list[str]]:
    """`name = a | b | c` per line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    pairs = [line.split(" = ", 1) for line in lines]
    return {name: [word.strip() for word in words.split(" | ")] for name, words in pairs}


def read_phrases() -> list[Phrase]:
    """Every training phrase, each text once."""
    found: dict[str, Phrase] = {}
    for language in LANGUAGES:
        lists = read_lists(HERE / "phrases" / language / "_lists.txt")
        for path in sorted((HERE / "phrases" / language).glob("[a-z]*.txt")):
            labels: frozenset[str] = frozenset()
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("## "):
                    labels = frozenset(line[3:].split(", ")) - {"ok"}
                elif line:
                    for text in expand(line, lists):
                        found.setdefault(text, Phrase(text, labels, language, line))
    return list(found.values())


def read_labelled(part: str) -> Iterator[Labelled]:
    """A part of the labelled set: one of `PARTS`."""
    for line in (LABELLED / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, kind, labels, text = line.split("\t")
        yield Labelled(language, kind, frozenset(labels.split(",")) - {"-"}, text)


def grams(text: str) -> frozenset[str]:
    """Character trigrams (bigrams for very short texts), for telling near-duplicates."""
    squeezed = re.sub(r"\W+", "", text.lower())
    size = 3 if len(squeezed) > 4 else 2
    return frozenset(squeezed[index : index + size] for index in range(max(len(squeezed) - size + 1, 1)))


def near_duplicate(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts share at least `NEAR` of their n-grams."""
    return len(one & other) >= NEAR * len(one | other)


def runs(text: str, language: str) -> set[str]:
    """Every run of `ECHO` letters of a text, spaces and all."""
    size, plain = ECHO[language], text.lower()
    return {plain[start : start + size] for start in range(len(plain) - size + 1)}


def without_echoes(phrases: list[Phrase], fresh: list[Labelled]) -> list[Phrase]:
    """The phrases that share no such run of letters with a fresh prompt."""
    heard = {language: set[str]() for language in LANGUAGES}
    for prompt in fresh:
        heard[prompt.language] |= runs(prompt.text, prompt.language)
    return [one for one in phrases if not runs(one.text, one.language) & heard[one.language]]


def without_duplicates(phrases: list[Phrase], labelled: list[Labelled]) -> list[Phrase]:
    """The phrases that are not near-duplicates of a labelled prompt."""
    sizes = [len(grams(prompt.text)) for prompt in labelled]
    holders: dict[str, list[int]] = {}
    for number, prompt in enumerate(labelled):
        for gram in grams(prompt.text):
            holders.setdefault(gram, []).append(number)
    kept = []
    for phrase in phrases:
        mine = grams(phrase.text)
        shared = Counter(number for gram in mine for number in holders.get(gram, ()))
        if not any(both >= NEAR * (len(mine) + sizes[number] - both) for number, both in shared.items()):
            kept.append(phrase)
    return kept
