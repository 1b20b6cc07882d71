"""Names of concepts in other languages, from Unicode CLDR's annotations of emoji and from the hand tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bank import tables

LANGUAGES = (
    "ar", "bg", "bn", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ko", "lt", "ms", "no", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh",
    "zh-Hant",
)  # fmt: skip
"""Languages understood by label only; English and Japanese have their own grammars."""

WORDS = tables.HERE / "words"


def character(code: str) -> str:
    """`1F408-200D-2B1B` → the characters themselves."""
    return "".join(chr(int(part, 16)) for part in code.split("-"))


def emoji(concepts: list[tables.Concept]) -> dict[str, str]:
    """Emoji (no variation selectors) → tags; whole bodies win over faces, earlier concepts over later."""
    found: dict[str, str] = {}
    for concept in concepts:
        for word, code in concept.variants:
            found.setdefault(_bare(character(code)), f"concept={concept.name};any={word}")
    for position in range(3):
        for concept in concepts:
            for code in concept.emoji[position : position + 1]:
                found.setdefault(_bare(character(code)), f"concept={concept.name}")
    for concept in concepts:
        for code in concept.face:
            found.setdefault(_bare(character(code)), f"concept={concept.name};portrait")
    return found


def _bare(text: str) -> str:
    return text.replace("\N{VARIATION SELECTOR-16}", "")


def _annotations(modules: Path, language: str) -> dict[str, dict[str, list[str]]]:
    path = modules / "cldr-annotations-full" / "annotations" / language / "annotations.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, dict[str, list[str]]] = document["annotations"]["annotations"]
    return {_bare(symbol): names for symbol, names in found.items()}


def _labels(modules: Path, language: str, concepts: list[tables.Concept]) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, concept, whether it is the emoji's own label), labels before keywords."""
    annotations = _annotations(modules, language)
    named = [
        (concept.name, annotations[symbol])
        for position in range(2)
        for concept in concepts
        for code in (concept.emoji or concept.face)[position : position + 1]
        if (symbol := _bare(character(code))) in annotations
    ]
    for concept, names in named:
        for label in names.get("tts", ()):
            yield label, concept, True
    for concept, names in named:
        for keyword in names.get("default", ()):
            yield keyword, concept, False


def other(modules: Path, language: str, concepts: list[tables.Concept]) -> dict[str, str]:
    """Phrase → tags of one language: every label, and the keywords that mean one thing only."""
    spread: Counter[str] = Counter()
    for names in _annotations(modules, language).values():
        spread.update({name.lower() for name in names.get("default", ())})
    entries: dict[str, str] = {}
    for name, concept, is_label in _labels(modules, language, concepts):
        key = tables.normal(name)
        if key and len(key) < 40 and (is_label or spread[key] <= 6):
            entries.setdefault(key, f"concept={concept}" if is_label else f"near={concept}")
    path = WORDS / f"{language}.txt"
    if path.exists():
        entries.update(tables.words(path))
    return entries


def japanese_names() -> dict[str, str]:
    """Concept → its usual Japanese name, for describing a plan in Japanese."""
    names: dict[str, str] = {}
    for line in (WORDS / "names_ja.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, _, forms = line.partition(": ")
            names.setdefault(concept, forms.split(",")[0].strip())
    return names


def _kana(text: str, offset: int, first: str, last: str) -> str:
    return "".join(chr(ord(char) + offset) if first <= char <= last else char for char in text)


def japanese(modules: Path, concepts: list[tables.Concept]) -> dict[str, str]:
    """Phrase → tags of Japanese: CLDR's labels first, then the hand-made names and words over them.

    Names written in one kana are entered in the other too, when they are long enough to be told from grammar.
    """
    entries = {key: tags for key, tags in other(modules, "ja", concepts).items() if len(key) > 1}
    names = tables.synonyms(WORDS / "names_ja.txt")
    words = tables.words(WORDS / "ja.txt")
    entries = {key: tags for key, tags in entries.items() if _is_name(key, tags, names, words)}
    for name, tags in names.items():
        if len(name) >= 3 and all("ぁ" <= char <= "ゖ" or char == "ー" for char in name):
            entries.setdefault(_kana(name, 0x60, "ぁ", "ゖ"), tags)
        if len(name) >= 3 and all("ァ" <= char <= "ヶ" or char == "ー" for char in name):
            entries[_kana(name, -0x60, "ァ", "ヶ")] = tags
    groups = {concept.name: concept.group for concept in concepts}
    for name, tags in list(names.items()):
        if groups.get(tags.removeprefix("concept=")) in ("animal", "insect"):
            names.update(
                (name + title, tags) for title in ("さん", "ちゃん", "くん") if name + title not in names
            )
    entries.update(names)
    for phrase, tags in words.items():
        earlier = names.get(phrase, "")
        keep = tags.startswith("place=") and earlier and "concept=" not in tags
        entries[phrase] = f"{tags};{earlier}" if keep else tags
    return entries


def _is_name(key: str, tags: str, names: dict[str, str], words: dict[str, str]) -> bool:
    """Whether a CLDR label or keyword names a thing, and no more than a thing ("red rose" does)."""
    if any(
        words.get(key[:cut], "").startswith(("color=", "size=")) and key[cut:] in names
        for cut in range(1, len(key))
    ):
        return False
    hiragana = any("ぁ" <= char <= "ゖ" for char in key)
    return not hiragana and (tags.startswith("concept=") or all("ァ" <= char <= "ヿ" for char in key))
