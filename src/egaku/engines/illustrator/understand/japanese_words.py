"""Cuts Japanese text into tagged words: numbers with counters, then the longest word the lexicon knows.

No morphological analyser: the lexicon's nouns, some 200 verb stems, particles and the script itself are
enough to find things and who does what. SudachiPy with its small dictionary, the lightest analyser, was
measured at 116 MB installed and 72 MB resident; this module and its words take 5 MB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from egaku.engines.illustrator.understand import lexicon
from egaku.engines.illustrator.understand.text import MARK

MAX_TOKENS = 700
MAX_WORD = 14

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_COUNTERS = (
    "匹|頭|羽|個|つ|本|人|名|台|枚|冊|軒|隻|機|輪|杯|足|着|株|粒|膳|両|艘|棟|体|尾|玉|切れ|"
    "皿|脚|双|対|点|ダース|丁|門|基|張|房|束|組|こ|ひき"
)
_COUNT = re.compile(
    rf"(数|[0-9]{{1,3}}|[一二三四五六七八九十百]{{1,4}})(?:{_COUNTERS})(もの)?(ずつ)?(の)?(?!目)"
)
_KANA_COUNT = re.compile(
    r"(ひとつ|ふたつ|みっつ|よっつ|いつつ|むっつ|ななつ|やっつ|ここのつ|ひとり|ふたり)(の)?"
)
_KANA_VALUES = {
    "ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5, "むっつ": 6, "ななつ": 7,
    "やっつ": 8, "ここのつ": 9, "ひとり": 1, "ふたり": 2,
}  # fmt: skip
_ENDING = re.compile(
    r"(?:[かがさたなばまらわいきぎしちにびみりえけげせてねべめれっんう]{0,2}?)"
    r"(て|で|た|だ|る|う|く|ぐ|す|つ|ぬ|ぶ|む|り|き|ぎ|し|ち|び|み|れ|え|い|め|べ|け)"
    r"(いる|いた|います|いない|いて|おり|ある|る|た|ます|しまう|くる|いく|ください|ません|ない)?"
)
_GOING_ON = re.compile("いる|いた|います|いました|る")
_PARTICLES = ("が", "は", "も", "を", "に", "へ", "で", "と", "や", "の", "から", "まで", "より", "か")
_LATIN = re.compile(r"[a-z0-9][a-z0-9&' .-]*[a-z0-9]|[a-z0-9]")
_KATAKANA = re.compile(r"[ァ-ヺー・]+")
_KANJI = re.compile(r"[一-鿿々〆ヶ]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_OKURIGANA = re.compile(
    r"(?:する|した|して|しながら|され|な(?!ど)|い(?:て|た)?|[うくぐすつぬぶむるえけげせてねべめれっんきぎしちびみりじ])"
)
_EMOJI = re.compile(
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF](?:\ufe0f|\u200d.|[\U0001F3FB-\U0001F3FF])*"
)
_SIGNS = {
    MARK: "lettering",
    **dict.fromkeys("、,，・&＆+/", "comma"),
    **dict.fromkeys("。．.!！?？;；:：\n|", "break"),
}
UNKNOWN = (("unknown", ""),)
_VERBS = ("jverb", "jloc", "jpas", "written")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text, its tags, and for verbs how they go on.

    Form `te` waits for a later noun, `attr` belongs to the next one, `neg` says what is not there.
    """

    text: str
    tags: lexicon.Tags
    form: str = ""

    @property
    def kind(self) -> str:
        """Kind of the first tag."""
        return self.tags[0][0]

    @property
    def value(self) -> str:
        """Value of the first tag."""
        return self.tags[0][1]

    def get(self, kind: str) -> str | None:
        """Value of the first tag of a kind."""
        return next((value for tag, value in self.tags if tag == kind), None)

    def has(self, *kinds: str) -> bool:
        """Whether any of the kinds is among the tags."""
        return any(tag in kinds for tag, _ in self.tags)


def words(text: str) -> list[Word]:
    """All words of a text; what is only grammar between them is dropped."""
    text = text.lower()
    found: list[Word] = []
    position = skipped = 0
    while position < len(text) and len(found) < MAX_TOKENS:
        word, length = _next(text, position)
        if word is None and length == 1 and _HIRAGANA.match(text[position]):
            position += 1
            continue
        unlisted = _kana_noun(text[skipped:position], word, found)
        if unlisted is not None:
            found.append(unlisted)
        if word is not None:
            found.append(word)
        position = skipped = position + length
    unlisted = _kana_noun(text[skipped:], None, found)
    return [*found, unlisted] if unlisted is not None else found


def _kana_noun(run: str, after: Word | None, before: list[Word]) -> Word | None:
    """Hiragana no table knows, where a noun stands: a word to name as unknown. Shorter runs are grammar."""
    noun_place = after is None or after.kind in ("particle", "comma", "break")
    loose = after is None and not (before and before[-1].kind == "particle")
    verbal = before and before[-1].kind in _VERBS
    if not _HIRAGANA.fullmatch(run) or len(run) < 3 + loose or not noun_place or verbal:
        return None
    return (
        None
        if run[-1] in "てたいうくすつぬぶむるねよかさ" and run[: len(run) // 2] * 2 != run
        else Word(run, UNKNOWN)
    )


def _next(text: str, position: int) -> tuple[Word | None, int]:
    char = text[position]
    kind = _SIGNS.get(char)
    if kind is not None:
        return Word(char, ((kind, ""),)), 1
    if char.isspace():
        return None, 1
    counted = _count(text, position)
    known, length = _longest(text, position)
    if counted is not None and counted[1] >= length:
        return counted
    if known is not None and _particle_and_noun(text, position, length):
        return Word(char, (("particle", char),)), 1
    if known is not None:
        return known, length
    return _unlisted(text, position)


def _particle_and_noun(text: str, position: int, length: int) -> bool:
    """Whether 「のぞう」 after a noun is の and an elephant, although のぞ is a verb's stem."""
    if text[position] not in "のがはをにと" or not _HIRAGANA.fullmatch(text[position : position + length]):
        return False
    if position == 0 or text[position - 1].isspace() or text[position - 1] in _SIGNS:
        return False
    noun, reach = _longest(text, position + 1)
    return noun is not None and noun.kind == "concept" and reach >= length


def _count(text: str, position: int) -> tuple[Word, int] | None:
    match = _COUNT.match(text, position)
    if match is not None:
        number = match.group(1)
        value = 4 if number == "数" else int(number) if number.isdigit() else _kanji_number(number)
        if "ダース" in match.group(0):
            value *= 12
        return Word(match.group(0), (("count", str(max(1, min(50, value)))),)), len(match.group(0))
    match = _KANA_COUNT.match(text, position)
    if match is not None:
        return Word(match.group(0), (("count", str(_KANA_VALUES[match.group(1)])),)), len(match.group(0))
    return None


def _kanji_number(text: str) -> int:
    total, current = 0, 0
    for char in text:
        if char == "十":
            total, current = total + 10 * max(1, current), 0
        elif char == "百":
            total, current = total + 100 * max(1, current), 0
        else:
            current = current * 10 + _DIGITS.get(char, 0)
    return total + current


def _longest(text: str, position: int) -> tuple[Word | None, int]:
    table = lexicon.entries("ja")
    for length in range(min(MAX_WORD, len(text) - position), 0, -1):
        piece = text[position : position + length]
        tags = table.get(piece)
        if tags is None:
            continue
        word = Word(piece, lexicon.parse(tags))
        if word.kind in _VERBS:
            verb, extra = _conjugated(word, text, position + length)
            if verb is not None:
                return verb, length + extra
            others = tuple(tag for tag in word.tags if tag[0] not in (*_VERBS, "attribute"))
            if not others:
                continue
            word = replace(word, tags=others)
        if _plausible(piece, text, position, adjective=word.kind in ("color", "size", "attribute")):
            return word, length
    return None, 0


def _conjugated(word: Word, text: str, after: int) -> tuple[Word | None, int]:
    """A verb stem must be followed by an ending; what ending tells which noun the verb belongs to."""
    if (
        len(word.text) > 2
        and _HIRAGANA.fullmatch(word.text)
        and word.text[-1] in "うくぐすつぬぶむるただてで"
    ):
        going_on = _GOING_ON.match(text, after) if word.text[-1] in "てで" else None
        form = "te" if word.text[-1] in "てで" and going_on is None else "attr"
        return replace(word, form=form), going_on.end() - after if going_on is not None else 0
    match = _ENDING.match(text, after)
    ending = match.group(0) if match is not None else ""
    if ending.endswith(("ない", "ません")) and len(ending) > 2:
        return replace(word, form="neg"), len(ending)
    if not ending:
        if word.text[-1] in "るうくぐすつぬぶむたて" and len(word.text) > 1:
            return replace(word, form="te" if word.text[-1] == "て" else "attr"), 0
        return None, 0
    rest = text[after + len(ending) : after + len(ending) + 3]
    waits = ending[-1] in "てで" or rest.startswith(("、", ",", "ながら", "つつ")) or ending.endswith("おり")
    return replace(word, form="te" if waits else "attr"), len(ending)


def _plausible(piece: str, text: str, position: int, *, adjective: bool) -> bool:
    """Whether a short word stands where a word can stand; adjectives need no particle after them."""
    before = text[position - 1] if position else " "
    after = text[position + len(piece) : position + len(piece) + 2]
    if _HIRAGANA.fullmatch(piece) and len(piece) <= 3 and piece not in _PARTICLES:
        begins = not _HIRAGANA.match(before) or before in "がはもをにでとやのい、たるなうくぐすつぬぶむだ"
        ends = (
            not after
            or adjective
            or not _HIRAGANA.match(after)
            or after.startswith(_PARTICLES)
            or after.startswith("たち")
        )
        return begins and ends
    if len(piece) == 1 and _KANJI.match(piece) and after and _KANJI.match(after[0]):
        return _longest(text, position + 1)[0] is not None or _count(text, position + 1) is not None
    if _KATAKANA.fullmatch(piece) and after and _KATAKANA.match(after[0]) and after[0] != "・":
        return len(piece) > 2 and _longest(text, position + len(piece))[0] is not None
    cut_latin = len(piece) <= 2 and _LATIN.fullmatch(piece) and _LATIN.match(after[:1] or " ")
    return not cut_latin


def _unlisted(text: str, position: int) -> tuple[Word | None, int]:
    """Words the lexicon does not list: compounds end in their head, and particles are grammar."""
    emoji = _EMOJI.match(text, position)
    if emoji is not None:
        bare = emoji.group(0).replace("\ufe0f", "")
        tags = lexicon.emoji().get(bare)
        return (Word(bare, lexicon.parse(tags)) if tags else None), len(emoji.group(0))
    for pattern in (_KATAKANA, _KANJI):
        run = pattern.match(text, position)
        if run is not None:
            return _compound(run.group(0), text, run.end())
    latin = _LATIN.match(text, position)
    if latin is not None:
        return _english(latin.group(0))
    for particle in ("から", "まで", "より"):
        if text.startswith(particle, position):
            return Word(particle, (("particle", particle),)), 2
    if text[position] in "がはもをにへでとやの":
        return Word(text[position], (("particle", text[position]),)), 1
    return None, 1


def _compound(run: str, text: str, end: int) -> tuple[Word | None, int]:
    table = lexicon.entries("ja")
    for start in range(2 if _KATAKANA.match(run) else 1, len(run)):
        tags = table.get(run[start:])
        if tags is not None and tags.startswith(("concept=", "near=", "place=")):
            return Word(run, lexicon.parse(tags)), len(run)
    if _KANJI.match(run):
        match = _OKURIGANA.match(text, end)
        if match is not None:
            verb, extra = _conjugated(Word(run, (("jloc", "at"),)), text, end)
            return (verb, len(run) + extra) if verb is not None else (None, len(run) + len(match.group(0)))
    if not run.strip("ー・"):
        return None, len(run)
    return Word(run, UNKNOWN), len(run)


def _english(run: str) -> tuple[Word, int]:
    tags = lexicon.entries("en").get(run.strip())
    first = run.split(maxsplit=1)[0]
    if tags is None:
        tags, run = lexicon.entries("en").get(first), first
    if tags is not None and tags.startswith(("concept=", "near=", "style=", "color=", "place=")):
        return Word(run, lexicon.parse(tags)), len(run)
    return Word(run, (("-" if tags == "-" or run.isdigit() else "unknown", ""),)), len(run)
