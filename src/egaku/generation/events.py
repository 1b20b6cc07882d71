"""What generation has to tell whoever counts: metrics without knowing any metrics library."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why an attempt at a job, or a worker, was lost."""

    EXIT = "exit"
    """The process ended: a crash, or somebody killed it."""
    STALL = "stall"
    """No step finished for too long; the process was killed."""
    MEMORY = "memory"
    """The engine ran out of memory."""
    ERROR = "error"
    """The engine raised something else."""


class Refusal(StrEnum):
    """Why a job was not taken."""

    FULL = "full"
    DRAINING = "draining"
    WAITED = "waited"
    """It was taken, and waited in the queue longer than allowed."""
    NO_MEMORY = "no_memory"
    """There was no shared memory for its pixels."""


class PoolEvents:
    """Does nothing; override what is to be counted. Called on the event loop, so it must be quick.

    Gauges are properties of the pool: `waiting`, `drawing`, `alive`, `able`.
    """

    def batch_started(self, jobs: int, waited: float) -> None:
        """That many jobs were handed to a worker together; the first had waited so many seconds."""

    def stepped(self, seconds: float, jobs: int) -> None:
        """An engine's step took that long for so many jobs."""

    def drawn(self, seconds: float) -> None:
        """A picture is done; what the engine took."""

    def failed(self, cause: Cause) -> None:
        """A job failed for good."""

    def overran(self) -> None:
        """A job took longer than a drawing may."""

    def retried(self, cause: Cause) -> None:
        """A job is tried again."""

    def worker_lost(self, cause: Cause) -> None:
        """A process ended that should not have."""

    def refused(self, why: Refusal) -> None:
        """A job was refused."""


class ServiceEvents:
    """Does nothing; override what is to be counted. Called on the event loop."""

    def delivered(self, operation: str, model: str, size: str, images: int) -> None:
        """So many pictures went out; `model` is the name usage is counted under."""
