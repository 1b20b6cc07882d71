"""Reads the hand-made tables: concepts.tsv and the word lists beside it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of concepts.tsv; see README.md beside it for the columns."""

    name: str
    emoji: tuple[str, ...]
    face: tuple[str, ...]
    variants: tuple[tuple[str, str], ...]
    size: float
    axis: str
    footing: str
    group: str
    note: str


def concepts(path: Path = HERE / "concepts.tsv") -> list[Concept]:
    """All drawable concepts in the order of the file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[2:]:
        name, emoji, face, variants, size, axis, footing, group, note = line.split("\t")
        pairs = tuple(
            (word.replace("_", " "), code) for word, _, code in (v.partition("=") for v in variants.split())
        )
        rows.append(
            Concept(
                name,
                tuple(emoji.split()),
                tuple(face.split()),
                pairs,
                float(size),
                axis,
                footing,
                group,
                note,
            )
        )
    return rows


def words(path: Path) -> dict[str, str]:
    """Phrase → tags of one hand table. Hyphens become spaces, as they do in prompts; later lines win."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        tags, _, phrases = line.partition(": ")
        for phrase in phrases.split(","):
            key = normal(phrase)
            if key:
                found[key] = tags
    return found


def normal(phrase: str) -> str:
    """A phrase as prompts are cut: lower case, hyphens as spaces, `'s` apart, Latin without accents."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", phrase.lower()) if not unicodedata.combining(char)
    )
    if not plain.isascii():
        plain = phrase.lower()
    return " ".join(plain.replace("-", " ").replace("'s ", " 's ").split())


def synonyms(path: Path) -> dict[str, str]:
    """Phrase → tags of a synonym table, whose lines begin with a concept's bare name."""
    return {phrase: f"concept={tags}" for phrase, tags in words(path).items()}
