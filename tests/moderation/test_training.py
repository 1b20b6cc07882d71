"""Promise: the labelled set was never trained on, and the shipped heads come from the phrases beside it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tools.moderation.phrases import (
    PARTS,
    expand,
    grams,
    near_duplicate,
    read_labelled,
    read_phrases,
    runs,
    without_duplicates,
    without_echoes,
)

from egaku.moderation import heads, ngrams
from egaku.moderation.heads import HEADS
from egaku.moderation.scores import Category

LABELLED = [prompt for part in PARTS for prompt in read_labelled(part)]


def test_the_labelled_set_is_as_large_as_promised() -> None:
    violating = [p for p in LABELLED if p.kind == "violating"]
    japanese = sum(p.language == "ja" for p in LABELLED)
    assert len(LABELLED) >= 480
    assert 0.45 <= japanese / len(LABELLED) <= 0.55
    assert sum(p.kind == "trap" for p in LABELLED) >= 180
    assert all(bool(p.labels) == (p.kind == "violating") for p in LABELLED)
    for category in ("sexual", "violence", "hate", "self-harm", "illicit", "harassment"):
        for language in ("en", "ja"):
            assert sum(category in p.labels and p.language == language for p in violating) >= 25
    assert {label for p in LABELLED for label in p.labels} <= {str(category) for category in Category}


def test_the_phrases_are_as_many_as_promised() -> None:
    phrases = read_phrases()
    assert len(phrases) >= 1500
    assert 0.35 <= sum(p.language == "ja" for p in phrases) / len(phrases) <= 0.65
    assert not [p.text for p in phrases if re.search(r"[{}<>|]", p.text)]
    assert {label for p in phrases for label in p.labels} <= {str(category) for category in Category}


def test_nothing_trained_on_is_in_the_labelled_set() -> None:
    trained = without_duplicates(read_phrases(), LABELLED)
    exact = {re.sub(r"\W+", "", p.text.lower()) for p in trained}
    assert not [p.text for p in LABELLED if re.sub(r"\W+", "", p.text.lower()) in exact]
    sample = [grams(p.text) for p in trained[::40]]
    assert not [p.text for p in LABELLED for one in sample if near_duplicate(grams(p.text), one)]


def test_no_phrase_echoes_a_fresh_prompt() -> None:
    fresh = list(read_labelled("fresh"))
    kept = without_echoes(read_phrases(), fresh)
    assert len(kept) > 15_000
    heard = {run for prompt in fresh for run in runs(prompt.text, prompt.language)}
    assert not [p.text for p in kept if runs(p.text, p.language) & heard]


def test_the_fresh_set_is_as_large_as_promised() -> None:
    fresh = list(read_labelled("fresh"))
    assert len(fresh) >= 300
    assert sum(p.language == "ja" for p in fresh) * 2 == len(fresh)
    assert sum(p.kind == "violating" for p in fresh) >= 0.4 * len(fresh)
    assert sum(p.kind == "trap" for p in fresh) >= 0.35 * len(fresh)


def test_near_duplicates_are_known() -> None:
    assert near_duplicate(grams("a naked woman on a bed"), grams("A naked woman, on a bed."))
    assert not near_duplicate(grams("a naked woman on a bed"), grams("a cat on a bed"))


def test_expansion_uses_every_alternative_and_is_stable() -> None:
    lists = {"animal": ["cat", "dog", "fox"]}
    phrases = expand("{red|blue|green|pink} <animal> {running|asleep|}", lists)
    for word in ("red", "blue", "green", "pink", "cat", "dog", "fox", "running", "asleep"):
        assert any(word in phrase for phrase in phrases)
    assert phrases == expand("{red|blue|green|pink} <animal> {running|asleep|}", lists)
    assert expand("a cat", lists) == ["a cat"]


def test_spelling_features_are_scaled_alike_in_training_and_use() -> None:
    from tools.moderation.train import spelling_features

    texts = ["a cat", "夕焼け", "", "x"]
    table = heads.load().table
    assert np.allclose(spelling_features(texts) @ table, ngrams.logits(texts, table), atol=1e-4)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_the_shipped_heads_come_from_the_phrases() -> None:
    """Trained anew, they score the same: to 1e-6 on the processor they were trained on (Intel Xeon); on one
    that rounds otherwise the solver ends elsewhere nearby (AMD EPYC: 0.028 at most, 7e-5 in the mean).
    """
    from tools.moderation.train import train

    fresh = {name: np.asarray(part, np.float32) for name, part in train().items()}
    fresh["table"] = fresh["table"] * fresh.pop("table_step")
    texts = [p.text.lower() for p in LABELLED]
    difference = np.abs(heads.Heads(**fresh).scores(texts) - heads.load().scores(texts))
    assert difference.shape == (len(texts), len(HEADS))
    assert difference.max() < 0.1
    assert difference.mean() < 3e-4
