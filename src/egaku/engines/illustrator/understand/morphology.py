"""English inflection by rule: enough to find a word's dictionary form, and a verb's forms."""

from __future__ import annotations

from collections.abc import Iterator

IRREGULAR_PLURALS = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "persons": "person",
    "mice": "mouse", "geese": "goose", "teeth": "tooth", "feet": "foot", "oxen": "ox", "cacti": "cactus",
    "fungi": "fungus", "octopi": "octopus", "wolves": "wolf", "leaves": "leaf", "knives": "knife",
    "loaves": "loaf", "elves": "elf", "calves": "calf", "shelves": "shelf", "thieves": "thief",
    "scarves": "scarf", "hooves": "hoof", "dwarves": "dwarf", "halves": "half", "wives": "wife",
    "lives": "life", "dice": "die", "policemen": "policeman", "firemen": "fireman", "snowmen": "snowman",
    "fishermen": "fisherman", "businessmen": "businessman", "gentlemen": "gentleman",
    "cowboys": "cowboy", "koi": "koi", "kids": "child", "bookshelves": "bookshelf",
    "policewomen": "policewoman", "businesswomen": "businesswoman", "grandchildren": "child",
    "lice": "louse", "pianos": "piano",
}  # fmt: skip

_PAST = {
    "ride": ("ridden", "rode"), "drive": ("driven", "drove"), "hold": ("held",),
    "wear": ("wore", "worn"), "read": (), "throw": ("threw",), "bring": ("brought",),
    "swing": ("swung",), "bite": ("bit",), "eat": ("ate",), "drink": ("drank",), "catch": ("caught",),
    "run": ("ran",), "stand": ("stood",), "fly": ("flew",), "lead": ("led",), "sit": ("sat",),
    "build": ("built",), "meet": ("met",), "feed": ("fed",), "fight": ("fought",), "shake": ("shook",),
    "sell": ("sold",), "be": (), "leap": ("leapt",), "draw": ("drew",),
}  # fmt: skip

_VOWELS = frozenset("aeiou")
_DOUBLING = frozenset(
    {
        "hug",
        "grab",
        "sip",
        "pet",
        "dig",
        "hit",
        "cut",
        "run",
        "sit",
        "drag",
        "spin",
        "swim",
        "jog",
        "shop",
        "hop",
        "clap",
    }
)


def participles(verb: str) -> tuple[str, ...]:
    """Forms that can only be a verb: "ride" → riding, ridden, rode."""
    if verb == "be":
        return ("being",)
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    if stem.endswith("e") and not stem.endswith("ee"):
        stem = stem[:-1]
    past = _PAST.get(verb)
    if past is None:
        past = (verb[:-1] + "ied",) if verb.endswith("y") and verb[-2] not in _VOWELS else (stem + "ed",)
    return (stem + "ing", *past)


def third_person(verb: str) -> str:
    """`ride` → rides, `carry` → carries, `catch` → catches."""
    if verb == "be":
        return "is"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def singulars(word: str) -> Iterator[str]:
    """Possible singular forms of a word that looks plural, the likeliest first."""
    irregular = IRREGULAR_PLURALS.get(word)
    if irregular is not None:
        yield irregular
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield word[:-3] + "f"
        yield word[:-3] + "fe"
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    yield word[:-1]


def stems(word: str) -> Iterator[str]:
    """Possible dictionary forms of an inflected verb or adjective: running → run, happier → happy."""
    for suffix in ("ing", "ed", "er", "est", "ly", "s"):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            stem = word[: -len(suffix)]
            yield stem
            yield stem + "e"
            if stem[-1] == "i":
                yield stem[:-1] + "y"
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith(("less", "like")):
        yield word[:-4]


def spellings(word: str) -> Iterator[str]:
    """American forms of British spellings: colour → color, centre → center."""
    if "our" in word:
        yield word.replace("our", "or")
    if word.endswith("re"):
        yield word[:-2] + "er"
    if "grey" in word:
        yield word.replace("grey", "gray")
    if "ise" in word:
        yield word.replace("ise", "ize")


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def near_misses(word: str) -> Iterator[str]:
    """Every string one edit away: transposed, dropped, replaced or added letter, in a fixed order."""
    for index in range(len(word) - 1):
        yield word[:index] + word[index + 1] + word[index] + word[index + 2 :]
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]
    for index in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:index] + letter + word[index:]
    for index in range(len(word)):
        for letter in _LETTERS:
            yield word[:index] + letter + word[index + 1 :]
