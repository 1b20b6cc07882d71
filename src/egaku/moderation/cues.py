"""Words that mean one thing only: a floor under the trained score, so that slang is not left to luck.

Measured on fresh prompts, the heads alone missed some of these. Words with an innocent sense (cock, nude,
porn as in "food porn") are left to the heads, which see the rest of the clause.
"""

from __future__ import annotations

import re

from egaku.moderation.scores import Category

FLOOR = 0.8
"""Score of a text in which such a word stands: refused by the standard policy."""

_CUES = {
    Category.SEXUAL: re.compile(
        r"\b(?:cumshots?|blow ?jobs?|hand ?jobs?|foot ?jobs?|rim ?jobs?|gang ?bang(?:s|ed)?|bukkake"
        r"|creampies?(?! (?:cake|recipe))|deep ?throat(?:ing)?|hentai|rule ?34|futanari|ahegao"
        r"|masturbat(?:es?|ing|ion)|fellatio|cunnilingus|dildos?|deepnudes?|nudify|milfs?|cum on (?:her|his)"
        r"|pornographic|hardcore porn|sex tape|dick ?pics?|nsfw)\b"
        r"|フェラチオ|中出し|騎乗位|ハメ撮り|アヘ顔|オナニー|おまんこ|ちんぽ(?!こ)|パイズリ|手コキ"
        r"|イラマチオ|ぶっかけ(?!うどん|そば|飯)|エロ漫画|エロ画像|無修正の(?:裸|ヌード|女|男)"
        r"|セックスする|性行為"
    ),
}

_EXCUSED = re.compile(
    r"newfoundland|prevent|awareness|education|clinic|注意|防止|教育|相談|啓発"
    r"|not (?:be )?nsfw|no nsfw|sfw only|nsfw filter"
)
"""A place name, and those who speak about it to help: then the heads decide alone."""


def cue(category: Category, text: str) -> float:
    """`FLOOR` if an unmistakable word of the category stands in a normalised text, else 0."""
    pattern = _CUES.get(category)
    return FLOOR if pattern and pattern.search(text) and not _EXCUSED.search(text) else 0.0
