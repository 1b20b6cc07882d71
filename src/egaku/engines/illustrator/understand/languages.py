"""Which language a prompt is in: by script where the script says it, by function words where it does not."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ja", "ぁ-ヿ"), ("ko", "가-힣ᄀ-ᇿ"), ("el", "Α-ώ"), ("he", "א-ת"), ("ar", "ء-ي"), ("hi", "ऀ-ॿ"),
    ("bn", "ঀ-৿"), ("th", "฀-๿"), ("ru", "Ѐ-ӿ"),
)  # fmt: skip
_PATTERNS = tuple((language, re.compile(f"[{characters}]")) for language, characters in _SCRIPTS)
_HAN = re.compile("[一-鿿]")
_CHINESE = re.compile(
    "[的了个個们們这這那只隻着在与與鸟马鱼龙车红绿蓝钟脑话说写见门问间条树头两张爱对给让边]"
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_WORD = re.compile(r"[^\W\d_]+")

_FUNCTION_WORDS = {
    "en": "a an the of and with in on at is by from to under next inside wearing",
    "es": "un una el los las del con y en sobre junto al unos unas",
    "fr": "un une le les des du avec et dans sur sous au aux",
    "de": "ein eine einen einem einer der die das und mit im auf unter neben vor",
    "it": "un una il gli con e di del della nel nella sul sulla uno",
    "pt": "um uma os com em do da no na e dos ao",
    "nl": "een het en met van op onder naast",
    "sv": "en ett och med på i under bredvid",
    "da": "en et og med på ved siden af",
    "no": "en et og med på ved siden av",
    "pl": "i w na z oraz pod obok",
    "tr": "bir ve ile",
    "id": "seekor sebuah dan di yang dengan seorang",
    "vi": "một và con trong với",
    "fi": "ja joka kanssa",
    "cs": "a na s se v pod vedle",
    "hu": "egy és a az",
    "ro": "un o și cu pe",
}
_SETS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
LATIN = (*(language for language in _SETS if language != "en"), "et", "hr", "lt", "ms", "sk", "sl")
"""Languages in Latin letters that the lexicon has words of, besides English."""


def speaks_english(text: str) -> bool:
    """Whether any of a text's words is an English function word."""
    return any(word.lower() in _SETS["en"] for word in _WORD.findall(text[:1000]))


def detect(text: str) -> str:
    """Language code of a text; `en` when nothing says otherwise."""
    for language, pattern in _PATTERNS:
        if pattern.search(text):
            return "uk" if language == "ru" and _UKRAINIAN.search(text) else language
    if _HAN.search(text):
        return "zh" if _CHINESE.search(text) else "ja"
    words = [word.lower() for word in _WORD.findall(text[:1000])]
    scores = {language: sum(word in known for word in words) for language, known in _SETS.items()}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    certain = scores[best] >= 2 or (
        scores["en"] == 0 and any(len(word) > 1 and word in _SETS[best] for word in words)
    )
    return best if scores[best] > scores["en"] and certain else "en"
