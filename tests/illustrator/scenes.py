"""Plans and pictures for the tests of composing and painting, built by hand."""

from __future__ import annotations

import numpy as np

from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator import compose, passes
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan, Setting


def plan(
    *objects: str | ObjectPlan,
    relations: tuple[tuple[int, str, int], ...] = (),
    place: str | None = None,
    time: str | None = None,
    style: str | None = None,
    composition: str | None = None,
    lettering: str | None = None,
) -> ScenePlan:
    """A plan of these objects; a bare word stands for one object of that concept."""
    return ScenePlan(
        prompt="by hand",
        objects=tuple(ObjectPlan(concept=item) if isinstance(item, str) else item for item in objects),
        relations=tuple(RelationPlan(subject=a, relation=how, object=b) for a, how, b in relations),
        setting=Setting(place=place, time=time),
        style=style,
        composition=composition,
        lettering=lettering,
    )


def cast(scene: ScenePlan, index: int = 0) -> Cast:
    """The plan with its art chosen."""
    return compose.cast(scene, bank(), np.random.default_rng(1), index)


def paint(
    scene: ScenePlan,
    width: int = 192,
    height: int = 192,
    *,
    seed: int = 1,
    index: int = 0,
    background: str = "auto",
) -> Pixels:
    """The finished picture of a plan."""
    job = Job(
        task=Task.GENERATE,
        width=width,
        height=height,
        seed=seed,
        index=index,
        prompt="x",
        background=background,
    )
    *_, last = passes.generate(scene, job, np.random.default_rng([seed, index]))
    return last
