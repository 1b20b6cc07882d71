"""The judge of words: works offline from what is installed, in English and Japanese.

A text is read as it looks (`normalize`), cut into clauses, each clause embedded by a frozen sentence encoder,
and scored by small trained heads; the highest score of any clause or of the whole counts. `sexual/minors` is
a rule on top. Nothing about a text is logged or kept but a keyed hash and its scores.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from egaku.moderation import heads
from egaku.moderation.clauses import clauses
from egaku.moderation.cues import cue
from egaku.moderation.heads import HEADS
from egaku.moderation.lists import PhraseLists
from egaku.moderation.minors import minor_cue
from egaku.moderation.normalize import readings, without_absent
from egaku.moderation.scores import Category, Input, Scores

UNJUDGED = (
    Category.HARASSMENT_THREATENING,
    Category.HATE_THREATENING,
    Category.ILLICIT_VIOLENT,
    Category.SELF_HARM_INTENT,
    Category.SELF_HARM_INSTRUCTIONS,
)
"""Categories no head was trained for: not separable with what is installed. They stay unset."""

BUDGET = 1300
"""Tokens, roughly, that are embedded per text; of longer ones, the most suspicious clauses by spelling."""

WHOLE = 800
"""Texts up to this many characters are judged whole as well as by clauses."""

REMEMBERED = 2048
"""Texts whose scores are kept."""

MINOR_SEXUAL = 0.12
"""Sexual score from which, beside a minor, the answer is no: a lower bar than for adults."""


@dataclass(frozen=True)
class Explanation:
    """Why a text scored as it did; for the operator's eyes, never for logs.

    Attributes:
        scores: What `PromptJudge.text` answers.
        clauses: For each judged category, the clause that scored highest, as it was read.
        readings: The text as it was read: folded, and revealed if something was disguised.
        denied: Whether the operator's deny list stands in the text.
    """

    scores: Scores
    clauses: dict[Category, str]
    readings: tuple[str, ...]
    denied: bool


def _cost(text: str) -> float:
    """Tokens of a text, roughly: 3.5 Latin characters or 1.2 others each, and two ends."""
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return 2 + (len(text) - wide) / 3.5 + wide / 1.2


def _units(parts: list[str], weights: heads.Heads) -> list[str]:
    """What is embedded: short parts whole and all clauses; of too many, the most suspicious."""
    pieces = [piece for part in parts for piece in ([part] if len(part) <= WHOLE else []) + clauses(part)]
    units = list(dict.fromkeys(pieces))
    costs = np.array([_cost(unit) for unit in units])
    if costs.sum() <= BUDGET:
        return units
    order = np.argsort(-weights.spelling(units).max(axis=1), kind="stable")
    chosen = order[np.cumsum(costs[order]) <= BUDGET]
    return [units[index] for index in sorted(chosen)]


class PromptJudge:
    """Scores texts; a `TextJudge`. Safe from several threads, blocking: call it off the event loop."""

    def __init__(self, lists: PhraseLists | None = None) -> None:
        """Nothing is loaded yet.

        Args:
            lists: The operator's phrases.
        """
        self.lists = lists or PhraseLists.of()
        self._salt = secrets.token_bytes(16)
        self._known: OrderedDict[bytes, Scores] = OrderedDict()
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load encoder and heads (about 1 s), so that the first request need not."""
        heads.load().scores(["ready"])

    def text(self, text: str) -> Scores:
        """Scores of one text, from memory if it was judged lately. The empty text scores 0."""
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=16).digest()
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known
        scores = self.explain(text).scores
        with self._lock:
            self._known[key] = scores
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return scores

    def denies(self, text: str) -> bool:
        """Whether the operator's deny list refuses the text, whatever its scores."""
        return self.lists.denies(text)

    def explain(self, text: str) -> Explanation:
        """Scores of one text and the clauses they come from."""
        read = readings(text)
        meant = [without_absent(reading) for reading in read]
        judged = [part for part in map(self.lists.without_allowed, meant) if part]
        values, sources = self._judge(judged)
        self._add_minors(meant, judged, values, sources)
        return Explanation(Scores.read_from(Input.TEXT, values), sources, tuple(read), self.denies(text))

    @staticmethod
    def _judge(parts: list[str]) -> tuple[dict[Category, float], dict[Category, str]]:
        """The highest score per trained category, and the clause it comes from."""
        weights = heads.load()
        units = _units(parts, weights)
        if not units:
            return dict.fromkeys(HEADS, 0.0), dict.fromkeys(HEADS, "")
        scores = weights.scores(units)
        values = {category: float(scores[:, column].max()) for column, category in enumerate(HEADS)}
        sources = {category: units[scores[:, column].argmax()] for column, category in enumerate(HEADS)}
        for category in HEADS:
            found, at = max(((cue(category, unit), unit) for unit in units), key=lambda pair: pair[0])
            if found > values[category]:
                values[category], sources[category] = found, at
        if values[Category.VIOLENCE_GRAPHIC] > values[Category.VIOLENCE]:
            values[Category.VIOLENCE] = values[Category.VIOLENCE_GRAPHIC]
            sources[Category.VIOLENCE] = sources[Category.VIOLENCE_GRAPHIC]
        return values, sources

    def _add_minors(
        self,
        read: list[str],
        judged: list[str],
        values: dict[Category, float],
        sources: dict[Category, str],
    ) -> None:
        """`sexual/minors` by the rule, or by its own head beside any cue; allowing excuses nothing here."""
        cue = max((minor_cue(reading) for reading in read), default=0.0)
        found, where = self._judge(read) if cue and judged != read else (values, sources)
        sexual = found[Category.SEXUAL]
        lifted = min(1.0, sexual + (0.5 - MINOR_SEXUAL)) if sexual >= MINOR_SEXUAL else sexual
        ruled, headed = min(lifted, cue), found[Category.SEXUAL_MINORS] if cue else 0.0
        sources[Category.SEXUAL_MINORS] = where[
            Category.SEXUAL if ruled >= headed else Category.SEXUAL_MINORS
        ]
        values[Category.SEXUAL_MINORS] = max(ruled, headed)
