"""`understand(prompt)`: finds the language, lets its grammar read, and freezes the draft into a plan."""

from __future__ import annotations

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import english, japanese
from egaku.engines.illustrator.understand.draft import Draft
from egaku.engines.illustrator.understand.text import clean


def understand(prompt: str) -> ScenePlan:
    """The scene a prompt asks for, in the closed words of vocabulary.py.

    Any text is accepted, of any length and language; only the first text.MAX_LENGTH characters are read. The same
    prompt always gives an equal plan.
    """
    text = clean(prompt)
    if any("ぁ" <= char <= "ヿ" for char in text.text):
        return japanese.read(text, Draft()).plan(prompt, "ja")
    return english.read(text, Draft()).plan(prompt, "en")
