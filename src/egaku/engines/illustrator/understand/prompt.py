"""`understand(prompt)`: finds the language, lets its grammar read, and freezes the draft into a plan."""

from __future__ import annotations

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import english, japanese, languages, other
from egaku.engines.illustrator.understand.draft import Draft
from egaku.engines.illustrator.understand.text import CleanText, clean


def understand(prompt: str) -> ScenePlan:
    """The scene a prompt asks for, in the closed words of vocabulary.py.

    Any text is accepted, of any length and language; only the first text.MAX_LENGTH characters are read.
    The same prompt always gives an equal plan.
    """
    text = clean(prompt)
    language = languages.detect(text.text)
    if language == "ja":
        return japanese.read(text, Draft()).plan(prompt, "ja")
    if language != "en":
        draft, found = other.read(text, Draft(), language)
        if found and not (language in languages.LATIN and _better_in_english(text, draft)):
            return draft.plan(prompt, language)
    draft = english.read(text, Draft())
    if _empty(draft) and draft.unknown and not languages.speaks_english(text.text):
        return _by_label(text, prompt) or draft.plan(prompt, "en")
    return draft.plan(prompt, "en")


def _better_in_english(text: CleanText, draft: Draft) -> bool:
    """Whether English knows more of a text in Latin letters than the language its small words spoke for."""
    return len(english.read(text, Draft()).unknown) < len(draft.unknown)


def _empty(draft: Draft) -> bool:
    return not (draft.things or draft.slots or draft.weak or draft.lettering or draft.colors)


def _by_label(text: CleanText, prompt: str) -> ScenePlan | None:
    """A plan in the language that knows most of a text without function words, like "Schmetterling"."""
    words = len(text.text.split())
    if words > 6:
        return None
    best: tuple[int, str, Draft] | None = None
    for language in languages.LATIN:
        draft, found = other.read(text, Draft(), language)
        if draft.things and (best is None or found > best[0]):
            best = (found, language, draft)
    return best[2].plan(prompt, best[1]) if best is not None else None
