"""A Hugging Face classifier of texts or pictures as judge, by directory or id (extra `judges`).

Weights are read from safetensors only, and no code of the model's is run. Its labels must be words this judge
knows: a classifier that says LABEL_1 could mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
from PIL import Image

from egaku.imaging.pixels import Pixels
from egaku.moderation.pictures import shown
from egaku.moderation.scores import Category, Input, Scores

INSTALL = "egaku[judges] is not installed: pip install 'egaku[judges]'"

HARMLESS = frozenset(
    {
        "normal",
        "neutral",
        "safe",
        "sfw",
        "ok",
        "none",
        "non toxic",
        "not toxic",
        "drawing",
        "drawings",
        "benign",
    }
)
LABELS: Mapping[str, Category] = {
    **{category.value: category for category in Category},
    **dict.fromkeys(
        (
            "nsfw",
            "porn",
            "hentai",
            "sexy",
            "nude",
            "nudity",
            "explicit",
            "unsafe",
            "sexual explicit",
            "obscene",
        ),
        Category.SEXUAL,
    ),
    **dict.fromkeys(("violent", "threat", "weapon"), Category.VIOLENCE),
    **dict.fromkeys(("gore", "graphic violence", "blood"), Category.VIOLENCE_GRAPHIC),
    **dict.fromkeys(("hateful", "hate speech", "identity attack", "identity hate"), Category.HATE),
    **dict.fromkeys(
        ("toxic", "toxicity", "severe toxic", "severe toxicity", "insult", "obscene", "offensive"),
        Category.HARASSMENT,
    ),
    **dict.fromkeys(("suicide", "self harm"), Category.SELF_HARM),
    **dict.fromkeys(("drugs", "criminal", "dangerous"), Category.ILLICIT),
    "csam": Category.SEXUAL_MINORS,
}
"""What classifiers call things, in lower case with spaces, to the public categories."""

DEFAULT_LENGTH = 512
RESERVED, SPECIAL_TOKENS = 2, 4
"""Positions some models keep to themselves, and tokens put around every text."""


class HuggingFaceJudge:
    """Scores texts or pictures, whichever the model was trained for.

    Args:
        model: A directory, or an id that transformers downloads once.

    Raises:
        RuntimeError: transformers is missing.
        ValueError: likewise; or the model classifies neither texts nor pictures, or its labels say nothing.
        OSError, ValueError: there is no such model, or it has no safetensors.
    """

    def __init__(self, model: str) -> None:
        try:
            import transformers  # noqa: PLC0415  an extra, and 2 s of import
        except ImportError:
            raise RuntimeError(INSTALL) from None
        config = transformers.AutoConfig.from_pretrained(model, trust_remote_code=False)
        self.reads = _kind(config.architectures or ())
        self._meaning = _meanings(config.id2label.values())
        task: Literal["image-classification", "text-classification"] = (
            "image-classification" if self.reads is Input.IMAGE else "text-classification"
        )
        self._pipeline: Any = transformers.pipeline(
            task,
            model=model,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
        if self.reads is Input.TEXT:
            positions = getattr(config, "max_position_embeddings", DEFAULT_LENGTH) - RESERVED
            self._longest = min(self._pipeline.tokenizer.model_max_length, positions)

    def text(self, text: str) -> Scores:
        """Score a text; what is longer than the model reads is judged piece by piece."""
        pieces = self._pieces(text)
        answers = [
            self._pipeline(piece, top_k=None, truncation=True, max_length=self._longest) for piece in pieces
        ]
        return self._worst(answers, Input.TEXT)

    def _pieces(self, text: str) -> list[str]:
        tokenizer = self._pipeline.tokenizer
        tokens = tokenizer(text, add_special_tokens=False)["input_ids"]
        size = self._longest - SPECIAL_TOKENS
        if len(tokens) <= size:
            return [text]
        return [tokenizer.decode(tokens[at : at + size]) for at in range(0, len(tokens), size)]

    def image(self, pixels: Pixels) -> Scores:
        """Score a picture (H, W, 4) and what it hides."""
        views = [Image.fromarray(view) for view in shown(pixels)]
        return self._worst([self._pipeline(view, top_k=len(self._meaning)) for view in views], Input.IMAGE)

    def _worst(self, answers: list[list[dict[str, Any]]], kind: Input) -> Scores:
        values: dict[Category, float] = {}
        for answer in answers:
            for one in answer:
                if (category := self._meaning[one["label"]]) is not None:
                    score = float(np.clip(one["score"], 0, 1))
                    values[category] = max(values.get(category, 0.0), score)
        return Scores.read_from(kind, values)


def _kind(architectures: Iterable[str]) -> Input:
    for name in architectures:
        if name.endswith("ForImageClassification"):
            return Input.IMAGE
        if name.endswith("ForSequenceClassification"):
            return Input.TEXT
    raise ValueError("not a classifier of texts or pictures")


def _meanings(labels: Iterable[str]) -> dict[str, Category | None]:
    meanings: dict[str, Category | None] = {}
    for label in labels:
        word = " ".join(re.split(r"[\s_-]+", label.lower())).strip()
        found = LABELS.get(label.lower()) or LABELS.get(word)
        if found is not None:
            meanings[label] = found
        elif word in HARMLESS:
            meanings[label] = None
        else:
            raise ValueError(f"unknown label: {label[:50]}")
    if not any(meanings.values()):
        raise ValueError("no label is one of the categories")
    return meanings
