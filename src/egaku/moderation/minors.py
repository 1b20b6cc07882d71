"""Whether a text speaks of someone under eighteen: a rule, so that it can be read and argued with.

`sexual/minors` is the smaller of this cue and the sexual score, or, beside any cue, the score of a head
trained for it. A cue alone refuses nothing.
"""

from __future__ import annotations

import re

_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen"
_KANJI = "〇一二三四五六七八九"

_PLAIN = re.compile(
    r"""\b(?:
      child(?:ren|hood|like|s)?|kids?|kiddies|kiddo|toddlers?|infants?|bab(?:y|ies)|newborns?|minors?|
      under[ -]?age[d]?|pre-?teens?|tweens?|teen(?:s|age[dr]?|agers?)?|adolescents?|juveniles?|jailbait|
      lolis?|lolicon|shotas?|shotacon|schoolgirls?|schoolboys?|school[ -](?:girl|boy|kid|child|children)s?|
      school[ -]?age[d]?|schoolchild(?:ren)?|kindergart(?:en|ner|eners?)s?|preschool(?:er|ers)?|
      (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)[ -]graders?|
      (?:elementary|primary|middle|junior\ high|high)[ -]school(?:er|ers)?|pupils?|
      (?:year|grade)\ (?:[1-9]|one|two|three|four|five|six|seven|eight|nine)(?!\d)|
      \d(?:st|nd|rd|th)[ -]grade(?:rs?)?|
      grandchild(?:ren)?|grandkids?|step-?(?:daughter|son)s?|shougakusei|chuugakusei|youjo|youji|
      (?:little|small|young|tiny|pre-?pubescent|prepubertal)[ -]
        (?:girl|boy|one|sister|brother|daughter|son|lass|lad)s?|
      boys?|daughters?|(?:cub|girl|boy)\ scouts?|flat[ -]chested\ girl
    )\b""",
    re.VERBOSE,
)
_NOT_MEANT = re.compile(
    r"teenage mutant|boys? (?:band|friend)|baby(?:doll| oil| blue| pink| bump| shower)|oh baby|hey baby"
    r"|(?:vs|bad|pool|cow|play|home|party|pizza|delivery|stable) boys?\b|inner child|child(?:'s)? pose"
    r"|minor (?:chord|key)"
)
_JAPANESE = re.compile(
    r"小学生|中学生|高校生|女子高|男子高|女児|男児|児童|園児|幼児|幼女|幼い|幼稚園|保育園|少女|少年"
    r"|子供|子ども|こども|赤ちゃん|赤ん坊|乳児|ロリ(?!ータファッション)|ショタ|未成年|十代の|中学校"
    r"|小学校|ランドセル|小[1-6]|中[1-3](?![0-9])|高[1-3](?=の|女|生|男)|女子中|女子小"
    r"|\bjk\b|\bjc\b|\bjs\b|小さな女の子|小さい女の子|小さな男の子|未就学|キッズ|ティーン"
    r"|[小中高][一二三四五六](?=の|女|男|生)|小学[一二三四五六1-6]|中学[一二三1-3]|娘さんと父|息子|教え子|女子生徒|男子生徒"
)
_LIKELY = re.compile(
    r"\bgirls?\b|女の子|男の子|女子(?!アナ|会|トイレ|校の先生)|生徒|制服|\bstudents?\b|\buniform\b|娘"
)
"""Said of adults as well: enough for the strict policy only."""

_AGE = re.compile(
    r"\b(\d{1,3})\s*(?:-|\s)?\s*(?:years?(?!\s+(?:ago|later|war))|yrs?|y/?o|yo)\b"
    r"|\b(?:aged?(?:\s+of)?|turning|turns|(?:who|she|he)(?:\s+i|')s)\s*:?\s*(?:only\s+|just\s+)?(\d{1,3})\b(?!\s*(?:cm|kg|m|feet|%))|(\d{1,3})\s*(?:歳|才)"
)
_WORD_AGE = re.compile(
    rf"\b({_NUMBERS})[\s-]+(?:years?|yrs?)\b(?!\s+(?:ago|later|war))"
    rf"|\b(?:aged?|age\s+of|turns|turning|(?:who|she|he)(?:\s+i|')s)\s+(?:only\s+|just\s+)?(?:{_NUMBERS})\b(?!\s+of)"
)
_KANJI_AGE = re.compile(r"(十?[一二三四五六七八九]|十)(?:歳|才)")
_MONTHS = re.compile(r"\b\d+[\s-]*(?:months?|weeks?)[\s-]old\b|生後\d*")


def _young_age(text: str) -> bool:
    for match in _AGE.finditer(text):
        if int(next(filter(None, match.groups()))) < 18:
            return True
    for match in _KANJI_AGE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        number = 10 * match[1].startswith("十") + max(_KANJI.find(match[1][-1]), 0)
        if number < 18 and before not in tuple(_KANJI[1:]):
            return True
    return bool(_WORD_AGE.search(text) or _MONTHS.search(text))


def minor_cue(text: str) -> float:
    """How plainly a normalised text (lower case, NFKC) speaks of a minor: 0, 0.4 (perhaps) or 1."""
    meant = _NOT_MEANT.sub(" ", text)
    if _young_age(meant) or _PLAIN.search(meant) or _JAPANESE.search(meant):
        return 1.0
    return 0.4 if _LIKELY.search(meant) else 0.0
