"""Ways in which people disguise a prompt, each a function of the whole text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_BOLD = str.maketrans(
    {chr(ord("a") + i): chr(0x1D41A + i) for i in range(26)}
    | {chr(ord("A") + i): chr(0x1D400 + i) for i in range(26)}
)
_CYRILLIC = str.maketrans("aeopcyxi", "аеорсухі")
_GREEK = str.maketrans("ov", "ον")
_LEET = str.maketrans("aeio", "4310")


def _longest(text: str, change: Callable[[str], str]) -> str:
    """The longest Latin word changed: what a disguise is for."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    return text.replace(longest := max(words, key=len), change(longest), 1) if words else text


def half_width(text: str) -> str:
    """Katakana in their half-width forms."""
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    return "".join(forms.get(letter, letter) for letter in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "full width": lambda text: text.translate(_FULL),
    "mathematical": lambda text: text.translate(_BOLD),
    "half width": half_width,
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "struck through": lambda text: re.sub(r"([A-Za-z])", "\\1\u0336", text),
    "accents": lambda text: re.sub(r"([aeiou])", "\\1\u0301", text),
    "cyrillic": lambda text: text.translate(_CYRILLIC),
    "greek": lambda text: text.translate(_GREEK),
    "leet": lambda text: _longest(text, lambda word: word.translate(_LEET)),
    "spaced word": lambda text: _longest(text, " ".join),
    "dotted word": lambda text: _longest(text, ".".join),
    "markup": lambda text: _longest(text, lambda word: f"{word[:2]}<b></b>{word[2:]}"),
    "emoji": lambda text: f"✨ {text} 🙏🙂",
    "spaces": lambda text: re.sub(r" ", " \u3000 ", text),
}
