"""The trained part of the judge of words: small heads on embeddings, senses and spelling.

Trained by `python -m tools.moderation.train`; about 0.4 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from egaku.moderation import encoder, ngrams, senses
from egaku.moderation.scores import Category

Floats = npt.NDArray[np.float32]

HEADS = (
    Category.SEXUAL,
    Category.VIOLENCE,
    Category.VIOLENCE_GRAPHIC,
    Category.HATE,
    Category.SELF_HARM,
    Category.ILLICIT,
    Category.HARASSMENT,
    Category.SEXUAL_MINORS,
)
"""What is trained, in the order of the columns. `sexual/minors` is a rule as well (`minors`)."""


@dataclass(frozen=True)
class Heads:
    """Weights: a hidden layer on embedding and senses, tables on n-grams and pairs of senses; they add up."""

    hidden: Floats
    """(512 + senses, H)"""
    hidden_bias: Floats
    """(H,)"""
    out: Floats
    """(H, heads)"""
    table: Floats
    """(BUCKETS, heads)"""
    pairs: Floats
    """(senses and pairs of them, heads)"""
    bias: Floats
    """(heads,); chosen so that the sum is 0 at the threshold of the standard policy."""

    def spelling(self, texts: Sequence[str]) -> Floats:
        """What letters and known words say, (texts, heads): cheap, without the encoder."""
        return self._cheap(texts, senses.features(texts))

    def scores(self, texts: Sequence[str]) -> Floats:
        """Scores of normalised texts, (texts, heads), each 0…1."""
        about = senses.features(texts)
        read = np.concatenate([encoder.embed(texts), about[:, : senses.count()]], axis=1)
        meaning = np.maximum(read @ self.hidden + self.hidden_bias, 0) @ self.out
        total = meaning + self._cheap(texts, about) + self.bias
        squashed: Floats = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return squashed

    def _cheap(self, texts: Sequence[str], about: Floats) -> Floats:
        return ngrams.logits(texts, self.table) + about @ self.pairs


@lru_cache(maxsize=1)
def load() -> Heads:
    """The shipped heads."""
    with (
        as_file(files("egaku.moderation") / "data" / "heads.npz") as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        parts = {name: stored[name].astype(np.float32) for name in stored.files}
    parts["table"] = parts["table"] * parts.pop("table_step")
    return Heads(**parts)
