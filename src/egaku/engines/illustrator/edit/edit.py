"""An edit from job to pixels: complete the hole, then draw into it what the prompt adds."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import passes
from egaku.engines.illustrator.edit import complete, figure, scenery
from egaku.engines.illustrator.edit.harmonize import Surroundings, harmonize, measure
from egaku.engines.illustrator.edit.place import Box, place
from egaku.engines.illustrator.edit.shadow import cast
from egaku.engines.illustrator.edit.wish import wished
from egaku.engines.illustrator.plan import ScenePlan

_SILHOUETTE = 160


def paint_edit(
    job: Job, plan: ScenePlan, old_plan: ScenePlan | None, rng: np.random.Generator
) -> Iterator[Pixels]:
    """Yield true intermediate pictures of an edit, (H, W, 4) uint8; the last one is the result.

    `job` carries image and hole; `plan` is what its prompt was understood as; `old_plan` that of the source
    picture if its recipe is known. Nothing outside the hole differs from the source; without a
    hole everything may. Raises ValueError when the job has no image.
    """
    if job.image is None:
        raise ValueError("An edit needs an image.")
    if job.hole is None or job.hole.all():
        yield from passes.generate(plan, job, rng)
        return
    image, hole = job.image, job.hole
    share = float(hole.mean())
    ground = image
    for ground in complete.passes(image, hole, rng):
        yield ground
    if scenery.wanted(plan, share):
        ground = scenery.join(scenery.paint(plan, job, ground, hole, rng), ground, hole, rng)
        yield ground
    wish = wished(plan, old_plan, share)
    if wish.objects and hole.any():
        yield draw_into(ground, hole, wish, rng)


def draw_into(ground: Pixels, hole: Hole, wish: ScenePlan, rng: np.random.Generator) -> Pixels:
    """`ground` (the completed picture) with the wish drawn into the hole, fitted to its surroundings.

    All (H, W, 4) and (H, W). Returns `ground` itself where the hole has no room or the bank no drawing.
    """
    seed = int(rng.integers(0, 2**31))
    outline = figure.draw(wish, _SILHOUETTE, seed)
    if outline is None:
        return ground
    standing = figure.stands(wish)
    box = place(hole, outline[..., 3] > 64, standing=standing)
    if box is None:
        return ground
    enlarged = 1.02 * max(box.width / outline.shape[1], box.height / outline.shape[0])
    drawn = figure.draw(wish, round(_SILHOUETTE * enlarged), seed)
    if drawn is None:
        return ground
    drawn = np.asarray(cv2.resize(drawn, (box.width, box.height), interpolation=cv2.INTER_AREA), np.uint8)
    around = _surroundings(ground, hole)
    covered = ground[box.top : box.top + box.height, box.left : box.left + box.width]
    fitted = harmonize(drawn, covered, around, rng)
    if standing:
        ground = cast(ground, drawn[..., 3], box, hole, around.light)
    return _laid(ground, fitted, box, hole)


def _surroundings(ground: Pixels, hole: Hole) -> Surroundings:
    """What is around the hole; if nothing is to be seen there, what the hole was filled with."""
    if (ground[..., 3][~hole] > 127).any():
        return measure(ground, hole)
    return measure(ground, np.zeros_like(hole))


def _laid(ground: Pixels, figure_pixels: Pixels, box: Box, hole: Hole) -> Pixels:
    """The figure over the ground inside the hole, alpha compositing with straight colours."""
    out = ground.copy()
    view = (slice(box.top, box.top + box.height), slice(box.left, box.left + box.width))
    below = ground[view].astype(np.float32)
    above = figure_pixels[: below.shape[0], : below.shape[1]].astype(np.float32)
    cover = above[..., 3:] / 255 * hole[view][..., None]
    under = below[..., 3:] / 255 * (1 - cover)
    total = cover + under
    colour = (above[..., :3] * cover + below[..., :3] * under) / np.maximum(total, 1e-6)
    out[view] = np.concatenate([colour, total * 255], -1).round().astype(np.uint8)
    return out
