"""The app's own words, by language: tests press what people read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parents[2] / "web" / "src" / "i18n"
LANGUAGES = ("en", "ja")


@cache
def _texts(lang: str) -> dict[str, Any]:
    texts: dict[str, Any] = json.loads((LOCALES / f"{lang}.json").read_text(encoding="utf-8"))
    for section in LOCALES.glob(f"*.{lang}.json"):  # words that are fetched with their page
        texts[section.name.partition(".")[0]] = json.loads(section.read_text(encoding="utf-8"))
    return texts


def word(lang: str, path: str, **values: object) -> str:
    """The text at `section.key`, its {{placeholders}} filled."""
    found: Any = _texts(lang)
    for key in path.split("."):
        found = found[key]
    text: str = found
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", str(value))
    return text


def leaves(lang: str) -> dict[str, str]:
    """Every text by its path; items of lists by number."""
    found: dict[str, str] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, str):
            found[path] = value
        else:
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for name, one in pairs:
                walk(one, f"{path}.{name}" if path else str(name))

    walk(_texts(lang), "")
    return found
