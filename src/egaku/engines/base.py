"""The one seam between the API and whatever draws: start, step, finish.

The step is the unit of scheduling. Batching, partial pictures, progress, cancellation and deadlines all
hang on it: between two steps the caller may look at a preview, drop the batch, or go on.

An `Engine` draws closed batches: the jobs it was started with, to the end. One that can do better is an
`OpenEngine` and says so in its info: jobs join and leave between any two steps (continuous batching: Yu et
al., "Orca", OSDI 2022). Either way the scheduler never batches more, or more different, jobs than
`EngineInfo` allows, and a picture never depends on which others were drawn beside it.

An engine that runs out of memory raises MemoryError, or an exception whose class or one of its bases is named
OutOfMemoryError: its batch is then tried again in halves. Any other exception fails the job, in a batch the
guilty one alone. A step that takes longer than the server's `stall_seconds` counts as a hang.

An engine runs in a worker process of its own, single-threaded from its own point of view. It knows nothing
of HTTP, keys, storage or the contract. It never sees a picture's bytes on the wire, only pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from egaku.imaging.pixels import Hole, Pixels

__all__ = ["Batch", "Drawing", "Engine", "EngineInfo", "Hole", "Job", "OpenEngine", "Pixels", "Task"]


TRAINED = "trainedAlgorithmicMedia"
"""IPTC's digital source type of what a learned model makes."""


class Task(StrEnum):
    """What a job asks for: one value per endpoint."""

    GENERATE = "generate"
    EDIT = "edit"
    VARY = "vary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One picture to draw. A request for n pictures becomes n jobs with `index` 0 … n-1.

    `(seed, index)` decides every random choice, so the same job gives the same bytes on the same version,
    alone or in a batch.
    """

    task: Task
    width: int
    """Pixels to deliver across, 64 … 3840."""
    height: int
    """Pixels to deliver down, 64 … 3840."""
    seed: int
    """0 … 2**53 - 1 (exact in JSON)."""
    index: int = 0
    """Which of the n candidates of the request, 0 … n-1."""
    prompt: str = ""
    """The caller's words; empty for variations."""
    quality: str = "auto"
    """`auto`, `low`, `medium`, `high`, `standard` or `hd`; an engine may ignore it."""
    style: str | None = None
    """dall-e-3's `vivid` or `natural`; an engine may ignore it."""
    background: str = "auto"
    """`auto`, `opaque` or `transparent`. Transparent asks for true alpha in the drawing."""
    image: Pixels | None = None
    """Edits and variations: the source, already (height, width, 4). Pixels inside the hole are undefined."""
    hole: Hole | None = None
    """Edits: (height, width). The caller composites; pixels returned outside the hole are ignored."""
    strength: float = 0.5
    """Variations: 0 stays close to the source … 1 strays far."""
    recipe: str | None = None
    """The `Drawing.recipe` of the source, if an engine of this name made it; else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What an engine gives back for one job."""

    pixels: Pixels
    """(job.height, job.width, 4). Alpha below 255 only where transparency was asked for."""
    revised_prompt: str | None = None
    """The prompt as understood, in words."""
    recipe: str | None = None
    """Opaque text with which the same engine can later edit or vary this drawing knowing its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """What an engine says of itself, for `/v1/models`, the scheduler and `egaku models`."""

    name: str
    """Model id, as in `/v1/models`."""
    description: str
    max_batch: int = 1
    """Most jobs in one batch that still pays, 1 … 128."""
    alike: tuple[str, ...] = ("task", "width", "height", "image", "hole")
    """Fields of `Job` that must be equal within a batch; of pictures, only whether there is one."""
    batch_wait_ms: float = 0.0
    """How long an idle worker may wait for a batch to fill; 0 starts with what there is."""
    joins: bool = False
    """Jobs may join and leave between steps: the engine is an `OpenEngine`."""
    max_workers: int | None = None
    """More processes than this are of no use: 1 for an engine that fills the one GPU. None: one per core."""
    digital_source: str = TRAINED
    """How its pictures come about, as a term of IPTC's Digital Source Type list (docs/provenance.md)."""


class Batch(Protocol):
    """Jobs drawn together. What it holds is the engine's own affair; callers only ask how far it is."""

    @property
    def progress(self) -> float:
        """Part of the work done, 0 … 1; 1 when `finish` may be called."""


B = TypeVar("B", bound=Batch)


class Engine(Protocol[B]):
    """Something that draws."""

    @property
    def info(self) -> EngineInfo: ...

    def start(self, jobs: Sequence[Job]) -> B:
        """Take jobs in; cheap, no painting yet."""

    def step(self, batch: B) -> None:
        """Advance every job by one unit of work, well under a second where the engine can."""

    def preview(self, batch: B, index: int) -> Pixels | None:
        """The picture of job `index` as it stands, (H, W, 4); None before there is anything to see."""

    def finish(self, batch: B) -> list[Drawing]:
        """The drawings, one per job in order. Called once, after progress reached 1."""


class OpenEngine(Engine[B], Protocol[B]):
    """An engine whose batches change between two steps. Indices count up as jobs join, none is used twice.

    `finish` is not called: each drawing is taken as soon as it is done. A batch nobody is in is let go.
    """

    def join(self, batch: B, jobs: Sequence[Job]) -> None:
        """Take more jobs into a batch under way; like `start`, cheap."""

    def leave(self, batch: B, index: int) -> None:
        """Give up job `index` and free what it holds; the others go on as if it had never been there."""

    def progress_of(self, batch: B, index: int) -> float:
        """Part of job `index` done, 0 … 1; 1 when it may be taken."""

    def take(self, batch: B, index: int) -> Drawing:
        """The drawing of job `index`, which has then left."""
