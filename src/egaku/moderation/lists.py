"""Phrases beside the judges: what is always let through, the operator's and our own, and what is never."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from egaku.moderation.normalize import readings

HARMLESS = Path(__file__).parent / "data" / "harmless.txt"
"""Expressions that mean something else than their words: allowed everywhere."""
_CJK = re.compile(r"[぀-ヿ一-鿿]")


def read_list(value: str) -> tuple[str, ...]:
    """Phrases of a setting: a file of one phrase a line (# begins a remark), or phrases between commas.

    Raises:
        OSError: The value names a file (it starts with `@`, `/`, `./` or `~`) that cannot be read.
    """
    if value.startswith(("@", "/", "./", "~")):
        lines = Path(value.removeprefix("@")).expanduser().read_text(encoding="utf-8").splitlines()
        phrases = [line.partition("#")[0] for line in lines]
    else:
        phrases = value.split(",")
    return tuple(phrase.strip() for phrase in phrases if phrase.strip())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the phrases, normalised, at the borders of words (Japanese has none to stop at)."""
    by_borders: dict[tuple[str, str], list[str]] = {}
    read = {reading for one in phrases for reading in readings(one) if reading}
    for phrase in sorted(read, key=len, reverse=True):
        borders = "" if _CJK.match(phrase[0]) else r"(?<!\w)", "" if _CJK.match(phrase[-1]) else r"(?!\w)"
        by_borders.setdefault(borders, []).append(re.escape(phrase).replace(r"\ ", r"\s+"))
    # Those of like borders together: their first letters alone tell most places where none of them begins.
    parts = [f"{start}(?:{'|'.join(some)}){end}" for (start, end), some in by_borders.items()]
    return re.compile("|".join(parts)) if parts else None


@dataclass(frozen=True)
class PhraseLists:
    """Compiled lists. Deny beats allow; allow takes its phrases out of what is judged, no more.

    So an allowed phrase does not let through what stands beside it, and `sexual/minors` is judged with it.
    """

    allow: re.Pattern[str] | None = None
    deny: re.Pattern[str] | None = None

    @classmethod
    def of(cls, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> PhraseLists:
        """Lists of the operator's phrases; what is harmless is allowed besides."""
        return cls(_pattern((*read_list(f"@{HARMLESS}"), *allow)), _pattern(deny))

    def denies(self, text: str) -> bool:
        """Whether a denied phrase stands in the text, disguised or not."""
        return bool(self.deny and any(self.deny.search(reading) for reading in readings(text)))

    def without_allowed(self, reading: str) -> str:
        """A normalised text without its allowed phrases."""
        return self.allow.sub(" ", reading).strip() if self.allow else reading
