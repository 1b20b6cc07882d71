"""The illustrator as an engine: understand and paint the place, then objects, then light, then style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from egaku.engines.base import Drawing, EngineInfo, Job, Pixels, Task
from egaku.engines.illustrator import describe, draft, passes
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.edit import paint_edit
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.tone import toned
from egaku.engines.illustrator.understand import understand
from egaku.engines.illustrator.vary import paint_variation

INFO = EngineInfo(
    name="illustrator",
    description="Procedural illustrator: plans a scene from the prompt and paints it from vector art. "
    "No neural image model; for photographs add a diffusion engine.",
    max_batch=1,
    digital_source="algorithmicMedia",
)
USUAL_PASSES = 6
"""Passes of an edit or a variation in pixels, as far as can be said beforehand: for progress alone."""


@dataclass
class Sketch:
    """One job under way."""

    job: Job
    plan: ScenePlan
    work: Iterator[Pixels]
    pixels: Pixels | None = None
    passes: int | None = None
    """How many passes there will be, where that is known: for pictures painted from their plan alone."""
    is_draft: bool = False
    """Painted at half its size."""
    style: str | None = None
    """The tone of its colours, where they are all its own."""
    done: int = 0
    finished: bool = False

    def shown(self) -> Pixels | None:
        """The picture after the passes done so far, in the size and tone that were asked for."""
        if self.pixels is None:
            return None
        pixels = draft.enlarged(self.pixels, self.job) if self.is_draft else self.pixels
        return toned(pixels, self.style)

    @property
    def progress(self) -> float:
        """Part of the passes done, 0 … 1, and 1 only when the picture is finished."""
        if self.finished:
            return 1.0
        return self.done / self.passes if self.passes else min(self.done, USUAL_PASSES - 1) / USUAL_PASSES


@dataclass
class SketchBatch:
    """The illustrator's batch: its sketches, advanced one pass at a time."""

    sketches: list[Sketch] = field(default_factory=list)

    @property
    def progress(self) -> float:
        """Part of the passes done, 0 … 1."""
        if all(sketch.finished for sketch in self.sketches):
            return 1.0
        return sum(sketch.progress for sketch in self.sketches) / len(self.sketches)


class Illustrator:
    """Draws any prompt in milliseconds, the same bytes for the same seed and index."""

    info = INFO

    def start(self, jobs: Sequence[Job]) -> SketchBatch:
        """Understand each job's prompt; nothing is painted yet."""
        return SketchBatch([_begin(job) for job in jobs])

    def step(self, batch: SketchBatch) -> None:
        """One more pass on every picture."""
        for sketch in batch.sketches:
            if sketch.finished:
                continue
            pixels = next(sketch.work, None)
            if pixels is None:
                sketch.finished = True
            else:
                sketch.pixels = pixels
                sketch.done += 1
                sketch.finished = sketch.done == sketch.passes

    def preview(self, batch: SketchBatch, index: int) -> Pixels | None:
        """The picture after the passes done so far."""
        return batch.sketches[index].shown()

    def finish(self, batch: SketchBatch) -> list[Drawing]:
        """The pictures. Raises RuntimeError if called before progress reached 1."""
        drawings = []
        for sketch in batch.sketches:
            pixels = sketch.shown()
            if pixels is None or not sketch.finished:
                raise RuntimeError("finish() before progress reached 1")
            plan = sketch.plan
            drawings.append(
                Drawing(
                    pixels=pixels,
                    revised_prompt=describe.revised_prompt(plan) if plan.prompt else None,
                    recipe=describe.recipe(plan) if plan.prompt else None,
                )
            )
        return drawings


def create() -> Illustrator:
    """A ready illustrator; reads the bank's index, so that the first job does not wait for it."""
    bank()
    return Illustrator()


def _begin(job: Job) -> Sketch:
    rng = np.random.default_rng([job.seed, job.index])
    if job.task is Task.EDIT:
        plan = understand(job.prompt)
        return Sketch(job, plan, paint_edit(job, plan, _remembered(job), rng))
    if job.task is Task.VARY:
        remembered = _remembered(job)
        if remembered is None:
            return Sketch(job, ScenePlan(prompt=""), paint_variation(job, rng))
        # Another seed stream than the source's, or a variation with its seed would be a copy of it.
        return _from_plan(job, remembered, np.random.default_rng([job.seed, job.index, 1]))
    return _from_plan(job, understand(job.prompt), rng)


def _from_plan(job: Job, plan: ScenePlan, rng: np.random.Generator) -> Sketch:
    is_draft = draft.is_draft(job)
    work = passes.generate(plan, draft.halved(job) if is_draft else job, rng)
    return Sketch(job, plan, work, passes=passes.count(plan), is_draft=is_draft, style=job.style)


def _remembered(job: Job) -> ScenePlan | None:
    """The plan of the source, if its recipe is one of ours."""
    if job.recipe is None:
        return None
    try:
        return describe.plan_from_recipe(job.recipe)
    except ValueError:  # written by another version: the picture is then treated as a stranger's
        return None
