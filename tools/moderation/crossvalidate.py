"""How well phrases nobody trained on are told apart: `python -m tools.moderation.crossvalidate [--folds 5]`.

The training phrases, a fifth of their lines held out in turn: a line's own phrases are siblings and leave
together. Every line counts once, however many phrases it became. Each fold takes about a minute.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter

import numpy as np
import numpy.typing as npt

from egaku.moderation.heads import HEADS, Heads
from egaku.moderation.normalize import fold
from tools.moderation.phrases import LANGUAGES, Phrase, read_phrases
from tools.moderation.train import augmented, fit

FOLDS = 5
ALARMS = (0.02, 0.05)


def fold_of(phrase: Phrase) -> int:
    """Which fold holds a phrase out."""
    return int(hashlib.sha256(phrase.line.encode()).hexdigest(), 16) % FOLDS


def highest(train: list[Phrase], held_out: list[Phrase]) -> npt.NDArray[np.float32]:
    """The highest logit of any head for each phrase held out."""
    rows = augmented(train)
    truth = np.array([[head.value in labels for head in HEADS] for _, labels in rows], float)
    heads = Heads(**{k: np.asarray(v, np.float32) for k, v in fit([fold(t) for t, _ in rows], truth).items()})
    scores = np.clip(heads.scores([fold(phrase.text) for phrase in held_out]), 1e-12, 1 - 1e-7)
    logits: npt.NDArray[np.float32] = np.log(scores / (1 - scores)).max(axis=1)
    return logits


def recall_at(share: float, innocent: npt.NDArray[np.float64], violating: npt.NDArray[np.float64]) -> float:
    """Share of violating lines found where `share` of innocent ones are refused; columns: logit, weight."""
    order = innocent[np.argsort(-innocent[:, 0])]
    over = np.cumsum(order[:, 1]) <= share * order[:, 1].sum()
    threshold = order[over][-1, 0] if over.any() else np.inf
    return float(violating[violating[:, 0] >= threshold, 1].sum() / violating[:, 1].sum())


def main() -> None:
    """Hold out, train, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five to run")
    folds = parser.parse_args().folds
    phrases = read_phrases()
    siblings = Counter(phrase.line for phrase in phrases)
    results = []
    for number in range(folds):
        held_out = [phrase for phrase in phrases if fold_of(phrase) == number]
        logits = highest([phrase for phrase in phrases if fold_of(phrase) != number], held_out)
        results += list(zip(held_out, logits, strict=True))
    for language in LANGUAGES:
        own = [(p, logit) for p, logit in results if p.language == language]
        innocent, violating = (
            np.array([(logit, 1 / siblings[p.line]) for p, logit in own if bool(p.labels) is bad])
            for bad in (False, True)
        )
        found = ", ".join(
            f"recall {100 * recall_at(share, innocent, violating):.1f} % at {100 * share:.0f} % false alarms"
            for share in ALARMS
        )
        print(f"{language}: {len({p.line for p, _ in own})} lines held out in {folds} folds: {found}")


if __name__ == "__main__":
    main()
