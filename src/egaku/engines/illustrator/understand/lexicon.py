"""The words each language knows, read from data/lexicon.zip one language at a time and kept.

An entry maps a phrase to tags. A tag is a pair (kind, value); the kinds are those of tools/bank/words/en.txt.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConceptInfo:
    """What the grammar needs to know of a concept."""

    group: str
    """animal, person, clothing, furniture … as in tools/bank/README.md."""
    footing: str
    japanese: str
    """Its usual Japanese name, or an empty string."""


UNKNOWN_CONCEPT = ConceptInfo("object", "ground", "")


def _member(name: str) -> str:
    resource = files("egaku.engines.illustrator").joinpath("data", "lexicon.zip")
    with resource.open("rb") as file, zipfile.ZipFile(file) as archive:
        return archive.read(name).decode("utf-8")


@lru_cache(maxsize=64)
def entries(language: str) -> dict[str, str]:
    """Phrase → tags as text, for one language. Raises KeyError for a language the lexicon has no words of."""
    return dict(line.split("\t") for line in _member(f"{language}.tsv").splitlines())


@lru_cache(maxsize=1)
def emoji() -> dict[str, str]:
    """Emoji without variation selectors → tags as text."""
    return dict(line.split("\t") for line in _member("emoji.tsv").splitlines())


@lru_cache(maxsize=1)
def concepts() -> dict[str, ConceptInfo]:
    """All drawable concepts."""
    rows = (line.split("\t") for line in _member("concepts.tsv").splitlines())
    return {name: ConceptInfo(group, footing, japanese) for name, group, footing, japanese in rows}


def info(concept: str) -> ConceptInfo:
    """Facts of one concept; a plain object's when it is not in the list."""
    return concepts().get(concept, UNKNOWN_CONCEPT)


def insults(word: str) -> bool:
    """Whether a word is one not to be repeated to anybody."""
    table = entries("en")
    lowered = word.lower()
    return any("rude" in table.get(form, "") for form in (lowered, lowered.removesuffix("s")))


@lru_cache(maxsize=4096)
def parse(text: str) -> Tags:
    """`near=cat;attribute=baby` → (("concept", "cat"), ("attribute", "baby"))."""
    pairs = (part.partition("=") for part in text.split(";"))
    return tuple(("concept" if kind == "near" else kind, value) for kind, _, value in pairs)


@lru_cache(maxsize=64)
def longest(language: str) -> int:
    """Characters of the longest phrase of a language: how far a scan needs to look ahead."""
    return max(map(len, entries(language)))
