"""Splits English text into tagged spans: the longest phrase the lexicon knows, at every position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from egaku.engines.illustrator.understand import lexicon, morphology
from egaku.engines.illustrator.understand.text import MARK

MAX_WORDS = 700
MAX_PHRASE = 6
MAX_REPAIRS = 8

EMOJI = (
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u2300-\u23FF\u203C\u2049]"
    r"(?:\ufe0f|\u200d.|[\U0001F3FB-\U0001F3FF]|\u20e3)*"
)
"""One emoji with its joiners, skin tones and variation selectors."""

_WORDS = r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\d+(?:,\d{3})*(?:[^\W_]+)?"
_TOKEN = re.compile(rf"{_WORDS}|[.!?;:\n|()\[\]/]+|,|&|{MARK}|{EMOJI}")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase and what it may mean."""

    text: str
    tags: lexicon.Tags
    plural: bool = False

    def get(self, kind: str) -> str | None:
        """Value of the first tag of a kind, None when there is none."""
        for tag, value in self.tags:
            if tag == kind:
                return value
        return None

    def has(self, *kinds: str) -> bool:
        """Whether any of these kinds is among the tags."""
        return any(tag in kinds for tag, _ in self.tags)


BREAK = (("break", ""),)
COMMA = (("comma", ""),)
LETTERING = (("lettering", ""),)
POSSESSIVE = (("'s", ""),)
UNKNOWN = (("unknown", ""),)
_FIXED = {MARK: LETTERING, ",": COMMA, "'s": POSSESSIVE, "’s": POSSESSIVE}


def spans(text: str) -> list[Span]:
    """All spans of a text in order; each word is in exactly one of them."""
    words = [match.group(0) for match in _TOKEN.finditer(text)][:MAX_WORDS]
    lowered = [_plain(word) for word in words]
    table = lexicon.entries("en")
    found: list[Span] = []
    repairs = 0
    position = 0
    while position < len(words):
        span, length = _longest(words, lowered, position, table)
        if span is None or length == 1:
            span = _special(words[position]) or span
        if span is None:
            span = _single(words[position], lowered[position], table)
        if span is None and repairs < MAX_REPAIRS:
            repairs += 1
            span = _repaired(words[position], lowered[position], table)
        found.append(span or Span(words[position], UNKNOWN))
        position += length
    return found


def _plain(word: str) -> str:
    """Lower case, straight apostrophes, and Latin letters without accents."""
    lowered = word.lower().replace("’", "'")
    if lowered.isascii():
        return lowered
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char)
    )
    return folded if folded.isascii() else lowered


def _special(word: str) -> Span | None:
    fixed = _FIXED.get(word) or (BREAK if word[0] in ".!?;:\n|()[]/" else None)
    if fixed is not None:
        return Span(word, fixed)
    if ord(word[0]) > 0x2000 and not word[0].isalpha():
        return _emoji(word)
    if word[0].isdigit():
        digits = re.match(r"[\d,]+", word)
        if digits is not None and digits.end() == len(word):
            return Span(word, (("digits", word.replace(",", "")[:6]),))
    return None


def _emoji(symbol: str) -> Span:
    table = lexicon.emoji()
    bare = _SKIN.sub("", symbol)
    tags = table.get(bare) or table.get(bare.split("\u200d")[0])
    return Span(symbol, (*lexicon.parse(tags), ("emoji", "")) if tags else (("-", ""),))


def _longest(
    words: list[str], lowered: list[str], position: int, table: dict[str, str]
) -> tuple[Span | None, int]:
    for length in range(min(MAX_PHRASE, len(words) - position), 0, -1):
        key = " ".join(lowered[position : position + length])
        label = " ".join(words[position : position + length])
        last = lowered[position + length - 1]
        head = key[: len(key) - len(last)]
        tags = table.get(key)
        if tags is not None:
            singular = next((one for one in morphology.singulars(last) if head + one in table), None)
            plural = singular is not None and table[head + singular].split(";")[0] == tags.split(";")[0]
            return Span(label, lexicon.parse(tags), plural), length
        for singular in morphology.singulars(last):
            tags = table.get(head + singular)
            if tags is not None and (length > 1 or tags != "-"):
                return Span(label, lexicon.parse(tags), plural=True), length
    return None, 1


def _single(word: str, lowered: str, table: dict[str, str]) -> Span | None:
    for spelling in morphology.spellings(lowered):
        tags = table.get(spelling)
        if tags is not None:
            return Span(word, lexicon.parse(tags))
    for stem in morphology.stems(lowered):
        tags = table.get(stem)
        if tags is not None and (tags == "-" or "verb" in tags or lowered.endswith(("ing", "ed"))):
            return Span(word, (("-", ""),))
    return None


def _repaired(word: str, lowered: str, table: dict[str, str]) -> Span | None:
    """A long word one typing error away from something drawable or paintable."""
    if not 5 <= len(lowered) <= 24 or not lowered.isascii() or not lowered.isalpha():
        return None
    for candidate in morphology.near_misses(lowered):
        if candidate[0] != lowered[0]:
            continue
        tags = table.get(candidate)
        if tags is not None and not tags.startswith(("-", "near=", "unknown")):
            return Span(word, lexicon.parse(tags))
        if candidate.endswith("s"):
            tags = table.get(candidate[:-1])
            if tags is not None and tags.startswith("concept="):
                return Span(word, lexicon.parse(tags), plural=True)
    return None
