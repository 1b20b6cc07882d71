"""Reads WordNet 3.1 and finds, for each noun, the nearest drawable concept above it.

Source: Princeton WordNet, database format as documented in its manual page wndb(5WN).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

GROUP_FILES: Mapping[str, frozenset[str]] = {
    "animal": frozenset({"05"}),
    "insect": frozenset({"05"}),
    "flower": frozenset({"20"}),
    "plant": frozenset({"20"}),
    "fruit": frozenset({"13", "20"}),
    "vegetable": frozenset({"13", "20"}),
    "food": frozenset({"13"}),
    "drink": frozenset({"13", "06"}),
    "landform": frozenset({"17", "06"}),
    "sky": frozenset({"17", "19"}),
    "weather": frozenset({"19", "06", "17"}),
    "person": frozenset({"03", "18"}),
    "fantasy": frozenset({"05", "06", "09", "18"}),
}
"""Lexicographer files where the synset of a concept of each group may be found; the rest are artefacts."""

ARTIFACT = frozenset({"06"})
BRIDGES: Mapping[tuple[str, str], str] = {
    ("primate", "05"): "monkey", ("antelope", "05"): "deer", ("rodent", "05"): "mouse",
    ("marsupial", "05"): "kangaroo", ("canine", "05"): "wolf", ("wildcat", "05"): "leopard",
    ("equine", "05"): "horse", ("bovid", "05"): "cow", ("musteline mammal", "05"): "weasel",
    ("viverrine", "05"): "weasel", ("insect", "05"): "beetle", ("arachnid", "05"): "spider",
    ("crustacean", "05"): "shrimp", ("bivalve", "05"): "clam", ("gastropod", "05"): "snail",
    ("cephalopod", "05"): "squid", ("seabird", "05"): "seagull", ("myriapod", "05"): "caterpillar",
    ("food fish", "05"): "fish", ("fish", "13"): "fish", ("shellfish", "13"): "shrimp",
    ("pasta", "13"): "spaghetti", ("conifer", "20"): "pine tree", ("dessert", "13"): "pudding",
    ("pastry", "13"): "pie", ("headdress", "06"): "hat", ("footwear", "06"): "shoe",
    ("stringed instrument", "06"): "guitar", ("wind instrument", "06"): "flute",
    ("percussion instrument", "06"): "drum", ("vessel", "06"): "ship",
    ("sailing vessel", "06"): "sailboat", ("horse-drawn vehicle", "06"): "carriage",
    ("cooking utensil", "06"): "pot", ("white goods", "06"): "refrigerator",
    ("place of worship", "06"): "church", ("residence", "06"): "house", ("farm building", "06"): "barn",
    ("self-propelled vehicle", "06"): "car", ("knife", "06"): "kitchen knife", ("sword", "06"): "sword",
    ("edible fruit", "13"): "fruit", ("vegetable", "13"): "vegetable", ("flower", "20"): "flower",
    ("bird", "05"): "bird", ("tree", "20"): "tree", ("shrub", "20"): "bush", ("herb", "20"): "herb",
    ("grass", "20"): "grass",
}  # fmt: skip
"""Synsets that are no concept but whose hyponyms look like one: (lemma, lexicographer file) → concept."""

CONCRETE = frozenset({"03", "05", "06", "08", "09", "13", "15", "17", "18", "19", "20"})

LOOSE = frozenset({
    "box", "paper", "card", "block", "fan", "tail", "wing", "shape", "button", "tape", "staff", "pipe",
    "safe", "counter", "cape", "arch", "target", "wall", "path", "gate", "knot", "hook", "chain",
    "track", "giant", "god", "field", "garden", "tools", "torch", "cane", "plug", "hand", "foot", "leg",
    "ear", "eye", "nose", "mouth", "tooth", "present", "cover", "sign", "arrow", "ticket", "trap",
    "basket", "tray", "memo", "folder", "thread", "marble", "swing", "letter", "map", "bar", "canvas",
    "fire", "flame", "smoke", "bubble", "droplet", "knight", "crowd", "couple", "family", "hoe", "rake",
    "siren", "shelf", "bell", "horn", "chef", "judge", "businessman", "pilot", "sailor", "guard",
    "student", "artist", "clown", "pot", "banner", "mask", "store", "tower", "machine",
    "puppet", "antenna", "barrel", "crate", "well", "table", "plate", "saw", "razor", "tank", "drone",
    "suit", "cross", "goblin", "runner", "boxer",
})  # fmt: skip
"""Concepts whose hyponyms in WordNet are mostly something else than their picture shows."""


_SLUR = re.compile(
    r"\b(?:ethnic slur|offensive (?:name|term|slang|British slang)|insulting term)|considered offensive"
)
"""How WordNet's glosses mark words that insult."""


@dataclass(slots=True)
class Synset:
    """One noun synset: its lexicographer file, its hypernyms' offsets, and whether it is an instance."""

    file: str
    hypernyms: list[str]
    words: list[str]
    instance: bool
    rude: bool = False
    """Whether its gloss says that it insults."""


@dataclass(slots=True)
class WordNet:
    """The noun part of WordNet, and what is known of the other parts of speech."""

    synsets: dict[str, Synset] = field(default_factory=dict)
    senses: dict[str, list[str]] = field(default_factory=dict)
    """Lemma → synset offsets, most frequent first."""
    tags: dict[tuple[str, str], int] = field(default_factory=dict)
    """(lemma, offset) → how often the tagged corpora used this sense."""
    others: dict[str, dict[str, int]] = field(default_factory=dict)
    """`verb`, `adj`, `adv` → lemma → how often tagged."""


def _rows(path: Path) -> Iterable[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("  "):
                yield line


def _parse_synset(line: str) -> tuple[str, Synset]:
    facts, _, gloss = line.partition(" | ")
    fields = facts.split()
    count = int(fields[3], 16)
    words = [fields[4 + 2 * index].replace("_", " ") for index in range(count)]
    position = 4 + 2 * count
    pointers = int(fields[position])
    hypernyms, instance = [], False
    for index in range(pointers):
        symbol, target = fields[position + 1 + 4 * index : position + 3 + 4 * index]
        if symbol in ("@", "@i"):
            hypernyms.append(target)
            instance = instance or symbol == "@i"
    return fields[0], Synset(fields[1], hypernyms, words, instance, bool(_SLUR.search(gloss)))


def read(folder: Path) -> WordNet:
    """Read the `dict` folder of WordNet 3.1."""
    net = WordNet(synsets=dict(_parse_synset(line) for line in _rows(folder / "data.noun")))
    for line in _rows(folder / "index.noun"):
        fields = line.split()
        pointers = int(fields[3])
        net.senses[fields[0].replace("_", " ")] = fields[6 + pointers :]
    kinds = {"2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    net.others = {"verb": {}, "adj": {}, "adv": {}}
    for line in _rows(folder / "index.sense"):
        key, offset, _, count = line.split()
        lemma, _, rest = key.partition("%")
        lemma = lemma.replace("_", " ")
        if rest[0] == "1":
            net.tags[lemma, offset] = int(count)
        else:
            kind = net.others[kinds[rest[0]]]
            kind[lemma] = kind.get(lemma, 0) + int(count)
    return net


def anchors(net: WordNet, groups: Mapping[str, str]) -> dict[str, str]:
    """Synset offset → concept, for each concept (name → group) that WordNet knows in a fitting sense."""
    found: dict[str, str] = {}
    for concept, group in groups.items():
        if group in ("symbol", "face"):
            continue
        files = GROUP_FILES.get(group, ARTIFACT)
        for offset in net.senses.get(concept, ()):
            synset = net.synsets[offset]
            if synset.file in files and not synset.instance:
                found.setdefault(offset, concept)
                break
    for (lemma, file), concept in BRIDGES.items():
        for offset in net.senses.get(lemma, ()):
            if net.synsets[offset].file == file:
                found.setdefault(offset, concept)
                break
    return found


def _nearest(net: WordNet, start: str, anchored: Mapping[str, str]) -> str | None:
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        offset, depth = queue.popleft()
        concept = anchored.get(offset)
        if concept is not None and (depth == 0 or concept not in LOOSE):
            return concept
        if depth < 9:
            for hypernym in net.synsets[offset].hypernyms:
                if hypernym not in seen:
                    seen.add(hypernym)
                    queue.append((hypernym, depth + 1))
    return None


def _choose(net: WordNet, lemma: str, offsets: list[str], concept_of: Mapping[str, str]) -> str | None:
    """The concept of the most frequent sense that has one, if that sense is frequent enough to be meant.

    Senses nobody tagged are equals: a thing then wins over a person ("smoothie"). People called by one name
    are left out.
    """
    if " " not in lemma:
        namesakes = {one for one in offsets if net.synsets[one].instance and net.synsets[one].file == "18"}
        offsets = [one for one in offsets if one not in namesakes]
    top = max((net.tags.get((lemma, offset), 0) for offset in offsets), default=0)
    people: str | None = None
    for rank, offset in enumerate(offsets[:4]):
        concept, used = concept_of.get(offset), net.tags.get((lemma, offset), 0)
        if concept is None or (rank > 0 and top > 0 and (used == 0 or used * 3 < top)):
            continue
        if net.synsets[offset].file != "18":
            return concept
        if used > 0:
            return concept if concept != "person" or rank == 0 else people
        people = people or (concept if concept != "person" or rank == 0 else None)
    return people


def concepts_of_nouns(net: WordNet, groups: Mapping[str, str]) -> dict[str, str]:
    """Noun lemma → nearest drawable concept, the most frequent concrete sense first."""
    anchored = anchors(net, groups)
    concept_of = {
        offset: concept
        for offset, synset in net.synsets.items()
        if synset.file in CONCRETE and (concept := _nearest(net, offset, anchored)) is not None
    }
    result: dict[str, str] = {}
    for lemma, offsets in net.senses.items():
        if len(lemma) < 3 or not lemma[0].isalpha() or lemma.count(" ") > 2:
            continue
        concept = _choose(net, lemma, offsets, concept_of)
        if concept is not None:
            result[lemma] = concept
    return result


def slurs(net: WordNet) -> set[str]:
    """Words that insult in one of their senses and are not attested in any other."""
    found: set[str] = set()
    for lemma, offsets in net.senses.items():
        rude = [one for one in offsets if net.synsets[one].rude and net.synsets[one].file == "18"]
        if rude and not any(net.tags.get((lemma, one), 0) for one in offsets if one not in rude):
            found.add(lemma)
    return found


def cities(net: WordNet) -> set[str]:
    """Names of cities and towns: places rather than things."""
    targets = {offset for word in ("city", "town", "national capital") for offset in net.senses[word][:1]}
    names: set[str] = set()
    for synset in net.synsets.values():
        if synset.instance and targets.intersection(synset.hypernyms):
            names.update(word.lower() for word in synset.words)
    common = net.others["verb"].keys() | net.others["adj"].keys() | net.others["adv"].keys()
    return {
        name
        for name in names
        if len(name) > 3 and name not in common and net.synsets[net.senses[name][0]].instance
    }
