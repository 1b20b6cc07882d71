"""From raw prompt to clean text: bounded length, no control characters, quoted lettering taken out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_LENGTH = 6000
"""Characters that are read; what a scene can hold is said long before."""

MARK = "\ufffc"
"""Stands where quoted lettering stood (OBJECT REPLACEMENT CHARACTER)."""

_QUOTES = re.compile(
    r'"([^"]{0,200})"|“([^”]{0,200})”|„([^“”]{1,200})[“”]|«\s?([^»]{1,200}?)\s?»|「([^」]{1,200})」|『([^』]{1,200})』'
    r"|(?<![\w'])'(?!s\b)([^']{1,200})'(?!\w)|‘([^’]{1,200})’(?!\w)"
)
_SAYS = re.compile(
    r"\b(?:says?|saying|that reads?|which reads?|reading|the words?|spelling|labell?ed|captioned|written|"
    r"with the (?:text|words?|letters|title|name|caption|message))[:,]? +"
    r"((?:[A-Z0-9$#][A-Z0-9'!?&.%$:-]*)(?: +[A-Z0-9$#&][A-Z0-9'!?&.%$:-]*){0,7})"
    r"(?![a-z])"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A prompt ready for tokenising."""

    text: str
    """NFKC-normalised, with MARK where lettering stood."""
    lettering: tuple[str, ...]
    """Quoted texts in order, as the prompt wrote them."""


def clean(prompt: str) -> CleanText:
    """Take quoted lettering out of a prompt and normalise the rest; any text is accepted."""
    raw = _CONTROL.sub(" ", prompt[:MAX_LENGTH])
    raw = raw.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be drawn or stored
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        words = " ".join(next(group for group in match.groups() if group is not None).split())
        if not words:
            return " "
        found.append(words)
        prefix = match.group(0)[: match.start(1) - match.start(0)] if match.re is _SAYS else ""
        return f"{prefix} {MARK} "

    raw = _QUOTES.sub(take, raw)
    if not found:
        raw = _SAYS.sub(take, raw)
    return CleanText(unicodedata.normalize("NFKC", raw), tuple(found))
