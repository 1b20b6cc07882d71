"""The vocabulary every judge shares: categories, scores, policies and the verdict they lead to.

Scores are calibrated: 0.5 is where a judge would rather refuse than draw, whatever its own scale was. A
category that a judge cannot honestly score is absent, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Category(StrEnum):
    """The 13 public categories, by their names on the wire, in the order of the API's own answers."""

    HARASSMENT = "harassment"
    HARASSMENT_THREATENING = "harassment/threatening"
    SEXUAL = "sexual"
    HATE = "hate"
    HATE_THREATENING = "hate/threatening"
    ILLICIT = "illicit"
    ILLICIT_VIOLENT = "illicit/violent"
    SELF_HARM_INTENT = "self-harm/intent"
    SELF_HARM_INSTRUCTIONS = "self-harm/instructions"
    SELF_HARM = "self-harm"
    SEXUAL_MINORS = "sexual/minors"
    VIOLENCE = "violence"
    VIOLENCE_GRAPHIC = "violence/graphic"


class Input(StrEnum):
    """What a score was read from, by its name in `category_applied_input_types`."""

    TEXT = "text"
    IMAGE = "image"


class Policy(StrEnum):
    """How much is refused. `sexual/minors` is refused under every one of them."""

    STRICT = "strict"
    STANDARD = "standard"
    LOW = "low"
    OFF = "off"


@dataclass(frozen=True)
class Scores:
    """Scores of the categories that were judged, each 0…1, and what each was read from.

    Attributes:
        values: Score per judged category. What is missing was not judged.
        applied: Kinds of input each judged category was read from; the same keys as `values`.
    """

    values: Mapping[Category, float] = field(default_factory=dict)
    applied: Mapping[Category, frozenset[Input]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse scores outside 0…1 and keys that disagree."""
        if self.values.keys() != self.applied.keys():
            raise ValueError("every judged category says what it was read from, and no other")
        if not all(0 <= value <= 1 for value in self.values.values()):
            raise ValueError("scores are between 0 and 1")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "applied", MappingProxyType(dict(self.applied)))

    @classmethod
    def read_from(cls, kind: Input, values: Mapping[Category, float]) -> Scores:
        """Scores that all come from one kind of input."""
        return cls(values, dict.fromkeys(values, frozenset({kind})))

    def combine(self, other: Scores) -> Scores:
        """The higher score of each category judged by either, and every kind of input it was read from."""
        keys = [category for category in Category if category in self.values or category in other.values]
        nothing: frozenset[Input] = frozenset()
        return Scores(
            {key: max(self.values.get(key, 0.0), other.values.get(key, 0.0)) for key in keys},
            {key: self.applied.get(key, nothing) | other.applied.get(key, nothing) for key in keys},
        )


@dataclass(frozen=True)
class Verdict:
    """What a policy makes of scores.

    Attributes:
        flagged: Categories at or over their threshold, the highest score first; empty when all is well.
        scores: The scores it was made from.
    """

    flagged: tuple[Category, ...]
    scores: Scores


NEVER = 2.0
"""A threshold no score reaches."""

_STRICT = dict.fromkeys(Category, 0.25)
_STANDARD = dict.fromkeys(Category, 0.5)
_LOW = dict.fromkeys(Category, 0.85) | {
    Category.SEXUAL: 0.8,
    Category.VIOLENCE: 0.95,
    Category.SEXUAL_MINORS: 0.5,
}
_OFF = dict.fromkeys(Category, NEVER) | {Category.SEXUAL_MINORS: 0.5}

THRESHOLDS: Mapping[Policy, Mapping[Category, float]] = {
    Policy.STRICT: _STRICT,
    Policy.STANDARD: _STANDARD,
    Policy.LOW: _LOW,
    Policy.OFF: _OFF,
}
"""Lowest score that is refused, per policy and category."""


def effective_policy(policy: Policy, asked: str | None) -> Policy:
    """The policy of one request: the key's, or the server's, as changed by the request's own `moderation`.

    `low` of the gpt-image dialect lowers `standard` and nothing else: an operator who chose `strict` is not
    overruled by a client, and `off` is already lower. `auto` (or None) changes nothing.
    """
    return Policy.LOW if asked == "low" and policy is Policy.STANDARD else policy


def thresholds(policy: Policy, overrides: Mapping[Category, float] | None = None) -> dict[Category, float]:
    """Lowest refused score per category: the policy's, with the operator's own in their place.

    An override above 1 switches a category off. None of them loosens `sexual/minors`, and `off` has no use
    for the others.
    """
    table = dict(THRESHOLDS[policy])
    for category, value in (overrides or {}).items():
        if category is Category.SEXUAL_MINORS:
            table[category] = min(table[category], value)
        elif policy is not Policy.OFF:
            table[category] = value
    return table


def judge(scores: Scores, policy: Policy, overrides: Mapping[Category, float] | None = None) -> Verdict:
    """Hold scores against a policy's thresholds."""
    table = thresholds(policy, overrides)
    over = [category for category, value in scores.values.items() if value >= table[category]]
    return Verdict(tuple(sorted(over, key=lambda category: -scores.values[category])), scores)


class TextJudge(Protocol):
    """Whatever scores words. Blocking; called off the event loop."""

    def text(self, text: str) -> Scores:
        """Scores of one text of any length."""


class ImageJudge(Protocol):
    """Whatever scores pictures. Blocking; called off the event loop."""

    def image(self, pixels: npt.NDArray[np.uint8]) -> Scores:
        """Scores of one picture, (H, W, 4) RGBA."""


class Judge(TextJudge, ImageJudge, Protocol):
    """Scores both."""
