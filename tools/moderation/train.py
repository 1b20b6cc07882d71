"""Trains the heads: `python -m tools.moderation.train [--to FILE]`. About a minute; same data, same heads.

Two small models add up: networks of one hidden layer on the sentence embedding and the senses of the words
(three, averaged: one alone depends on its first weights), and logistic regression on hashed character n-grams
and on pairs of senses. Half of the phrases are trained on twice, once with a style tail or an innocent clause
beside them.
"""

from __future__ import annotations

import argparse
import random
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from egaku.moderation import encoder, ngrams, senses
from egaku.moderation.clauses import clauses
from egaku.moderation.heads import HEADS, Heads
from egaku.moderation.normalize import fold, readings
from tools.moderation.phrases import (
    PARTS,
    Phrase,
    read_labelled,
    read_phrases,
    without_duplicates,
    without_echoes,
)

Floats = npt.NDArray[np.float32]

TARGET = Path(__file__).parents[2] / "src" / "egaku" / "moderation" / "data" / "heads.npz"

NETWORKS = 3
UNITS = 48
ROUNDS = 30
SENSES_IN_NETWORK, SENSES_IN_REGRESSION = 0.15, 0.2
"""How loud a sense is beside the embedding, whose length is 1, and beside the n-grams, likewise."""
ACCEPTED = 0.01
"""Share of the tune set's innocent prompts that calibration of a head leaves out as freaks."""

MOST_MOVED = (0.0, 2.5)

TAILS = {
    "en": (
        "highly detailed, 8k",
        "masterpiece, best quality, sharp focus",
        "cinematic lighting, film grain",
        "trending on artstation, digital art",
        "soft light, 85mm photo, bokeh",
        "watercolor on paper",
    ),
    "ja": (
        "高画質、8k",
        "最高傑作、超高精細",
        "映画のような照明、フィルム写真",
        "柔らかい光、ボケ味",
        "アニメ塗り、デジタルアート",
    ),
}


def misspelt(text: str, chance: random.Random) -> str:
    """Two neighbouring letters of one longer word exchanged, or one left out."""
    words = text.split(" ")
    long = [number for number, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return text
    number = chance.choice(long)
    word, at = words[number], chance.randrange(1, len(words[number]) - 1)
    exchanged = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    words[number] = chance.choice((exchanged, word[:at] + word[at + 1 :]))
    return " ".join(words)


def augmented(phrases: list[Phrase]) -> list[tuple[str, frozenset[str]]]:
    """Texts and labels: every phrase; a quarter again with a tail, a quarter again beside an innocent one.

    And an eighth of the English ones again, misspelt.
    """
    innocent = {lang: [p.text for p in phrases if p.language == lang and not p.labels] for lang in TAILS}
    chance = random.Random(7)  # noqa: S311  # data, not secrets: the same every time
    more = []
    for phrase in phrases:
        comma = ", " if phrase.language == "en" else "、"
        draw = chance.random()
        if draw < 0.25:
            more.append((phrase.text + comma + chance.choice(TAILS[phrase.language]), phrase.labels))
        elif draw < 0.5:
            pair = [phrase.text, chance.choice(innocent[phrase.language])]
            chance.shuffle(pair)
            more.append((comma.join(pair), phrase.labels))
        elif draw < 0.625 and phrase.language == "en":
            more.append((misspelt(phrase.text, chance), phrase.labels))
    return [(phrase.text, phrase.labels) for phrase in phrases] + more


def spelling_features(texts: list[str]) -> Any:
    """Sparse (texts, BUCKETS), scaled as `ngrams.logits` scales."""
    which, of = ngrams.buckets(texts)
    matrix = sparse.csr_matrix(
        (np.ones(len(which), np.float32), (of, which)), shape=(len(texts), ngrams.BUCKETS)
    )
    return sparse.diags(1 / np.sqrt(np.bincount(of, minlength=len(texts)))) @ matrix


def train_networks(read: Floats, truth: npt.NDArray[np.float64]) -> dict[str, Any]:
    """The networks as one: their hidden units side by side, their outputs averaged."""
    models = []
    for seed in range(NETWORKS):
        model = MLPClassifier(
            (UNITS,), alpha=1e-2, learning_rate_init=2e-3, batch_size=128, max_iter=ROUNDS, random_state=seed
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # so many rounds are meant
            models.append(model.fit(read, truth))
    return {
        "hidden": np.concatenate([model.coefs_[0] for model in models], axis=1),
        "hidden_bias": np.concatenate([model.intercepts_[0] for model in models]),
        "out": np.concatenate([model.coefs_[1] for model in models]) / NETWORKS,
        "bias": np.mean([model.intercepts_[1] for model in models], axis=0),
    }


def train_regression(features: Any, truth: npt.NDArray[np.float64]) -> tuple[Any, Any]:
    """Weights (features, heads) and bias (heads,)."""
    models = [
        LogisticRegression(C=10, class_weight="balanced", solver="liblinear", tol=1e-2, random_state=0).fit(
            features, column
        )
        for column in truth.T
    ]
    weights = np.stack([model.coef_[0] for model in models], axis=1)
    return weights, np.array([model.intercept_[0] for model in models])


def fit(texts: list[str], truth: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Heads for folded texts, not yet calibrated."""
    about = senses.features(texts)
    loud = np.full(senses.count(), SENSES_IN_NETWORK, np.float32)
    read = np.concatenate([encoder.embed(texts), about[:, : senses.count()] * loud], axis=1)
    heads = train_networks(read, truth)
    heads["hidden"][encoder.DIMENSIONS :] *= SENSES_IN_NETWORK
    wide = sparse.hstack([spelling_features(texts), sparse.csr_matrix(about * SENSES_IN_REGRESSION)])
    weights, bias = train_regression(wide.tocsr(), truth)
    table, pairs = weights[: ngrams.BUCKETS], weights[ngrams.BUCKETS :] * SENSES_IN_REGRESSION
    return {**heads, "table": table, "pairs": pairs, "bias": heads["bias"] + bias}


def calibrated(heads: dict[str, Any]) -> dict[str, Any]:
    """The heads with biases such that a logit of 0 is the standard threshold, found on the tune set.

    Per head: halfway between its innocent prompts (all but `ACCEPTED` of them) and its violating ones (all
    but a twenty-fifth), moved by no more than `MOST_MOVED`.
    """
    model = Heads(**{name: np.asarray(part, np.float32) for name, part in heads.items()})
    prompts = list(read_labelled("tune"))
    rows = []
    for prompt in prompts:
        units = [unit for reading in readings(prompt.text) for unit in [reading, *clauses(reading)]]
        scores = np.clip(model.scores(units), 1e-12, 1 - 1e-7).astype(float)
        rows.append(np.log(scores / (1 - scores)).max(axis=0))
    logits = np.array(rows)
    innocent = logits[[not prompt.labels for prompt in prompts]]
    shifts = []
    for column, category in enumerate(HEADS):
        own = logits[[category.value in prompt.labels for prompt in prompts], column]
        lowest = float(np.quantile(own, 0.04))
        highest = float(np.quantile(innocent[:, column], 1 - ACCEPTED))
        shifts.append(float(np.clip((highest + lowest) / 2, *MOST_MOVED)))
        print(
            f"{category.value:18} innocent {highest:6.2f}  violating {lowest:6.2f}  shift {shifts[-1]:5.2f}"
        )
    return {**heads, "bias": heads["bias"] - np.array(shifts)}


def train() -> dict[str, npt.NDArray[Any]]:
    """The arrays of the data file."""
    labelled = [prompt for part in PARTS for prompt in read_labelled(part)]
    phrases = without_echoes(read_phrases(), list(read_labelled("fresh")))
    rows = augmented(without_duplicates(phrases, labelled))
    texts = [fold(text) for text, _ in rows]
    truth = np.array([[head.value in labels for head in HEADS] for _, labels in rows], float)
    print(f"{len(texts)} texts")
    heads = fit(texts, truth)
    step = np.abs(heads["table"]).max(axis=0) / 127
    rounded = np.round(heads["table"] / step).astype(np.int8)
    heads["table"] = rounded * step
    stored = calibrated(
        {name: np.asarray(part, np.float16).astype(np.float32) for name, part in heads.items()}
    )
    return {
        "hidden": stored["hidden"].astype(np.float16),
        "hidden_bias": stored["hidden_bias"].astype(np.float16),
        "out": stored["out"].astype(np.float16),
        "pairs": stored["pairs"].astype(np.float16),
        "bias": stored["bias"].astype(np.float32),
        "table": rounded,
        "table_step": step.astype(np.float32),
    }


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=TARGET)
    target = parser.parse_args().to
    target.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = train()
    np.savez_compressed(target, **arrays)
    print(f"{target}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
