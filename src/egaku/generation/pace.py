"""How fast pictures come: what a place in the queue and a refusal may say about time.

Exponentially weighted moving averages (weight 1/5 for the newest) of the engine's seconds, per kind of job:
task, and pixels to the nearest power of two.
"""

from __future__ import annotations

import math

from egaku.engines.base import Job

WEIGHT = 0.2
FIRST_GUESS = 1.0
"""Seconds per picture before any was drawn."""
LEAST_RETRY, MOST_RETRY = 1.0, 60.0
"""Bounds of Retry-After in seconds; clients give up on much longer ones."""

Kind = tuple[str, int]


class Pace:
    """Moving averages of one pool."""

    def __init__(self) -> None:
        self._seconds: dict[Kind, float] = {}
        self._share: float | None = None
        self.longest_step = 0.0
        """Seconds of the longest step there was; forgotten by one percent per step."""

    def note_step(self, seconds: float) -> None:
        """So long nothing was heard of a worker that was all right."""
        self.longest_step = max(seconds, 0.99 * self.longest_step)

    def note(self, job: Job, seconds: float, together: int) -> None:
        """A picture took the engine `seconds`, in a batch of `together`."""
        kind = _kind(job)
        self._seconds[kind] = _mixed(self._seconds.get(kind), seconds)
        self._share = _mixed(self._share, seconds / together)

    def seconds(self, job: Job) -> float:
        """What a job like this one takes, start to end."""
        return self._seconds.get(_kind(job), self._share or FIRST_GUESS)

    def eta(self, job: Job, position: int, workers: int) -> float:
        """Seconds until a job with `position` others before it is drawn."""
        return self.queue_seconds(position, workers) + self.seconds(job)

    def queue_seconds(self, waiting: int, workers: int) -> float:
        """Seconds `workers` need for that many jobs of the usual mix."""
        share = FIRST_GUESS if self._share is None else self._share
        return waiting * share / max(workers, 1)

    def retry_after(self, waiting: int, workers: int) -> float:
        """When to try again, in seconds, 1 … 60: once half of those waiting are drawn.

        By then there is room for many, and the workers have not run dry.
        """
        return min(max(self.queue_seconds(waiting, workers) / 2, LEAST_RETRY), MOST_RETRY)


def _kind(job: Job) -> Kind:
    return job.task, round(math.log2(job.width * job.height))


def _mixed(old: float | None, new: float) -> float:
    return new if old is None else old + WEIGHT * (new - old)
