"""Putting a text into the spelling its reader sees: without disguises, and without inventing offences.

`fold` is harmless and always applied: compatibility forms, invisible characters, markup, case; so is `latin`,
which puts single words back that mix scripts or digits and mean something without. `reveal` guesses at
disguises, so its reading is judged beside that and never instead of it.
"""

from __future__ import annotations

import html
import re
import unicodedata

from egaku.moderation.senses import is_word
from egaku.moderation.watchwords import JAPANESE, LATIN, MASKED

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|\[/?[bius]\]")
_EMPHASIS = re.compile(r"(\*\*|__|~~)(\w{1,40})\1")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ue000-\uf8ff\ud800-\udfff\U000e0000-\U0010ffff]"
)
"""Format characters, fillers, variation selectors, surrogates and private use."""

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝвкмнтгпɑɡıοαεικνρτυχβηωժոսցհаⅼϲ", "aeopcyxijsdhqwbkmhtrnagioaeikvptuxbnwdnugha" + "lc"
)
"""Letters that look Latin: Cyrillic, Greek, Armenian, phonetic (the common part of Unicode TS 39)."""

_MIXED = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_OTHER = re.compile(r"[а-яѐ-ӿα-ωա-ֆɑɡıԁһԛԝⅼϲϳ]")

MOSTLY = 3
"""So many times more Latin letters than look-alikes, and the look-alikes are Latin too."""

_LEET = str.maketrans("0134578@$!|+€", "oieastbasiite")
_LEET_L = str.maketrans("01345789@$!|+€", "oleastbgasllte")
_LEET_TOKEN = re.compile(r"(?<![\w@$])[a-z0-9@$!|+€]{3,24}(?![\w@$])")
_SEPARATORS = r"[\s.\-_*·•~/|,+]"
_SPELT = re.compile(rf"(?<![\w'’])(?:[a-z0-9@$]{_SEPARATORS}{{1,3}}){{2,40}}[a-z0-9@$](?![\w'’])")
_DOUBLED = re.compile(r"([a-z])\1")
_WORD = re.compile(r"(?<!\w)[a-z]{3,40}(?!\w)")
_MASKS = "*○●◯〇×✕☓•＊"
_MASKED_TOKEN = re.compile(
    r"(?<![\w*])[a-z]+[*•#_●○×-]{1,3}[a-z]+(?![\w*])|(?<![\w*])[a-z]+[*•●○×]{1,3}(?![\w*])"
)
_SINGLE_CJK = re.compile(r"(?<![\w])(?:[぀-ヿ一-鿿ー][\s・.\-_*/|]+){2,40}[぀-ヿ一-鿿ー](?!\w)")

_KANA = [(re.compile("|".join(patterns)), word) for word, patterns in JAPANESE.items()]
_CJK_GAP = r"[\s・.\-_/|*]*"
_MASKED_JA = re.compile(
    "|".join(
        _CJK_GAP.join(f"[{re.escape(letter)}{re.escape(_MASKS)}]" for letter in word)
        for word in sorted(MASKED, key=len, reverse=True)
    )
)
_GAPS = re.compile(r"[\s・.\-_/|]+")
_NEEDS_JA = re.compile(rf"[぀-ヿ一-鿿][\s・.\-_/|{re.escape(_MASKS)}]")

_SPLIT_LONG = {
    word: re.compile(r"(?<!\w)" + r"[\s.\-_*·•~/|]?".join(word) + r"(?!\w)")
    for word in sorted(LATIN)
    if len(word) >= 5
}
_LETTERS = re.compile(r"[^a-z]+")

_EMOJI = (
    (
        re.compile(
            r"🍆\s*(?:🍑|💦|👅|👄|😩|🥵|🌮)|🍑\s*(?:🍆|🥵|💦|👅)|(?:💦|👅|😈|🥵)\s*🍆|🍌\s*(?:👄|👅|🍩)|👉\s*👌"
        ),
        " people having sex ",
    ),
    (re.compile(r"🔞"), " porn "),
    (
        re.compile(r"(?:🔪|🗡️?|🔫)\s*(?:🩸|💀|☠️?|⚰️?|👶|👩|👨)|🩸\s*(?:🔪|💀)"),
        " killing someone with a weapon, blood ",
    ),
    (re.compile(r"卐"), " nazi swastika "),
)


def fold(text: str) -> str:
    """A text without markup, invisible characters, compatibility forms and capitals; spaces become single."""
    plain = unicodedata.normalize("NFKC", _TAG.sub("", html.unescape(text)))
    plain = _EMPHASIS.sub(r"\2", plain)
    return _SPACES.sub(" ", _strip_marks(_INVISIBLE.sub("", plain).lower())).strip()


def _strip_marks(text: str) -> str:
    """Without the accents stacked on Latin letters (ñüdè, n̶u̶d̶e̶); kana keep their voicing marks."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    kept, base = [], ""
    for letter in parts:
        if unicodedata.combining(letter):
            if (base.isascii() and base.isalpha()) or unicodedata.category(letter) == "Me":
                continue
        else:
            base = letter
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def _unmix(match: re.Match[str]) -> str:
    """In Latin, if a word mixes it with look-alike letters or is a watched word in disguise."""
    word = match[0]
    if not _OTHER.search(word):
        return word
    latin = word.translate(_LOOKALIKES)
    return latin if _LATIN.search(word) or _known(latin) or is_word(latin) else word


def _unleet(match: re.Match[str]) -> str:
    """`nud3`, `p0rn`, `d3port`: put back only if that makes a word with a sense."""
    token = match[0]
    if token.isalpha() or token.isdigit():
        return token
    for table in (_LEET, _LEET_L):
        word = token.translate(table)
        if _known(word) or is_word(word):
            return word
    return token


def _known(word: str) -> bool:
    return word in LATIN or (word.endswith("s") and word[:-1] in LATIN)


def _join(match: re.Match[str]) -> str:
    """`n u d e`: joined, with watched words inside set apart; numbers stay as they are."""
    joined = re.sub(_SEPARATORS, "", match[0])
    if sum(map(str.isalpha, joined)) * 2 <= len(joined):
        return match[0]
    return _segment(joined.translate(_LEET))


def _segment(word: str) -> str:
    """The longest watched word inside a joined run, set apart by spaces."""
    inside = [known for known in LATIN if len(known) >= 3 and known in word]
    if not inside:
        return word
    longest = max(inside, key=lambda known: (len(known), known))
    before, _, after = word.partition(longest)
    return " ".join(filter(None, (before, longest, after)))


def _squeezed(word: str) -> str:
    """`nuuude`, `nnuuddee`: repeated letters taken out if that makes a watched word."""
    if not _known(word):
        for keep in (r"\1", r"\1\1"):
            shorter = re.sub(r"([a-z])\1+", keep, word)
            if _known(shorter):
                return shorter
    return word


def _squeeze(text: str) -> str:
    """A text with its stretched watched words at their usual length."""
    words = {word for word in set(_WORD.findall(text)) if _DOUBLED.search(word)}
    changed = {word: shorter for word in words if (shorter := _squeezed(word)) != word}
    return _WORD.sub(lambda match: changed.get(match[0], match[0]), text) if changed else text


def _unmask(match: re.Match[str]) -> str:
    """`n*de`, `f**k`: the watched word that fits, if its first letter and half of the rest are there."""
    token = match[0]
    pattern = re.compile("".join("." if not letter.isalpha() else letter for letter in token))
    fits = sorted(word for word in LATIN if pattern.fullmatch(word))
    return fits[0] if fits and sum(map(str.isalpha, token)) * 2 >= len(token) else token


def _unmask_japanese(match: re.Match[str]) -> str:
    """`エ○チ`, `全・裸`: the watched word, if something hides it and at most half of it is hidden."""
    found = _GAPS.sub("", match[0])
    masks = sum(letter in _MASKS for letter in found)
    if found == match[0] and not masks:
        return match[0]
    if masks * 2 > len(found):
        return match[0]
    for word in MASKED:
        if len(word) == len(found) and all(a == b or b in _MASKS for a, b in zip(word, found, strict=True)):
            return word
    return match[0]


def _rejoin(text: str) -> str:
    """`na ked`, `sui.cide`: longer watched words cut once or more, put together again."""
    run = _LETTERS.sub("", text)
    for word, pattern in _SPLIT_LONG.items():
        if run.count(word) > text.count(word):
            text = pattern.sub(word, text)
    return text


def latin(folded: str) -> str:
    """A folded text with look-alikes and digits inside words undone, and words spelt apart put together.

    Only where that makes a word with a sense; other alphabets stay as they are.
    """
    text = _MIXED.sub(_unmix, folded) if _OTHER.search(folded) else folded
    if _OTHER.search(text) and len(_LATIN.findall(text)) > MOSTLY * len(_OTHER.findall(text)):
        text = text.translate(_LOOKALIKES)
    return _LEET_TOKEN.sub(_unleet, _SPELT.sub(_whole, text))


def _whole(match: re.Match[str]) -> str:
    """`l i p s t i c k`: the word, if it has a sense."""
    joined = re.sub(_SEPARATORS, "", match[0])
    return joined if is_word(joined) else match[0]


def reveal(folded: str) -> str:
    """A folded text with disguises of watched words undone; the same text when there are none."""
    text = latin(folded)
    if not text.isascii():
        for pattern, words in _EMOJI:
            text = pattern.sub(words, text)
    text = _SPELT.sub(_join, text)
    text = _rejoin(text)
    text = _LEET_TOKEN.sub(_unleet, text)
    text = _MASKED_TOKEN.sub(_unmask, text)
    text = _squeeze(text)
    if not text.isascii():
        text = _SINGLE_CJK.sub(lambda match: re.sub(r"[\s・.\-_*/|]+", "", match[0]), text)
        if _NEEDS_JA.search(text):
            text = _MASKED_JA.sub(_unmask_japanese, text)
        for pattern, word in _KANA:
            text = pattern.sub(word, text)
    return _SPACES.sub(" ", text).strip()


_ABSENT = re.compile(
    r"\b(?:no|not|zero|without(?: any)?|free of)[ -]"
    r"(?:nudity|nsfw|gore|blood|violence|porn|pornography|(?:sexual|explicit|graphic) content|weapons)\b"
    r"(?:,? (?:or|and|nor) (?:nudity|gore|blood|violence)\b)*"
    r"|(?:ヌード|エロ|グロ|血|流血|暴力表現|性的表現|露出)は?(?:なし|無し|禁止|抜き)で?"
)


def without_absent(reading: str) -> str:
    """A normalised text without what it asks to leave out ("no nudity", グロなし); the rest stays."""
    return _ABSENT.sub(" ", reading).strip()


def readings(text: str) -> list[str]:
    """What a text is judged as: folded, in one alphabet, and, when something was disguised, revealed."""
    plain = latin(fold(text))
    return list(dict.fromkeys((plain, reveal(plain))))
