"""Promise: how a prompt is spelt changes nothing: violating ones are refused, innocent ones pass."""

from __future__ import annotations

import pytest
from tools.moderation.phrases import Labelled, read_labelled

from egaku.moderation.prompts import PromptJudge
from egaku.moderation.scores import Policy, judge
from tests.moderation.disguises import DISGUISES

APART = frozenset({"leet", "spaced word", "dotted word"})
"""These hide a word: whoever hides the one that made a prompt innocent may lose by it."""


def flagged(words: PromptJudge, text: str) -> bool:
    return bool(judge(words.text(text), Policy.STANDARD).flagged)


def some(*, violating: bool) -> list[Labelled]:
    """A fifth of the tune part's traps, or of its violating prompts."""
    kind = "violating" if violating else "trap"
    return [prompt for prompt in read_labelled("tune") if prompt.kind == kind][::5]


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_hides_nothing(words: PromptJudge, name: str) -> None:
    refused = [p.text for p in some(violating=True) if flagged(words, p.text)]
    assert len(refused) > 25
    missed = [text for text in refused if not flagged(words, DISGUISES[name](text))]
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("name", DISGUISES)
def test_no_spelling_makes_an_innocent_prompt_guilty(words: PromptJudge, name: str) -> None:
    passed = [p.text for p in some(violating=False) if not flagged(words, p.text)]
    assert len(passed) > 20
    refused = [text for text in passed if flagged(words, DISGUISES[name](text))]
    assert len(refused) <= (2 if name in APART else 0), refused


@pytest.mark.parametrize(
    "text",
    [
        "kill the lights, film set",
        "shot on film, a girl laughing",
        "blood orange marmalade",
        "a coastal walk in essex",
        "a nude statue by the sea",
        "children's horror picture book",
        "war memorial in the rain",
        "breast cancer awareness walk",
        "爆弾低気圧の天気図",
        "殺陣の稽古",
        "自殺点を入れた選手",
        "血のつながった姉妹",
        "在日コリアンのおばあさんがキムチを漬ける",
        "海辺の裸婦像",
    ],
)
def test_known_traps_pass(words: PromptJudge, text: str) -> None:
    assert not flagged(words, text)
