"""An edit from job to pixels: complete the hole, then draw into it what the prompt adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import cv2
import numpy as np

from egaku.engines.base import Hole, Job, Pixels
from egaku.engines.illustrator import passes
from egaku.engines.illustrator.edit import complete, figure, join, outlook, scenery, sight
from egaku.engines.illustrator.edit.harmonize import Surroundings, harmonize, measure
from egaku.engines.illustrator.edit.page import page
from egaku.engines.illustrator.edit.place import Box, place
from egaku.engines.illustrator.edit.salience import salient
from egaku.engines.illustrator.edit.shadow import cast
from egaku.engines.illustrator.edit.sight import Sighting
from egaku.engines.illustrator.edit.wish import Shown, wished
from egaku.engines.illustrator.plan import ScenePlan

_SILHOUETTE = 160
_JOINT_WORK = 160
"""Longest side at which a joint is worked out: a narrow strip between two pictures needs no finer search."""
_REPAINTED = 0.1
"""Part of the picture from which a hole in the middle of one of ours is painted anew, not patched."""


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
    seen = sight.sightings(image, hole, plan)
    outward = outlook.grows(hole)
    share = float(hole.mean())
    busy = _busy(hole, seen)
    paper = page(image, hole, plan.style)
    bare = paper.bare if paper is not None else np.zeros_like(hole)
    apart = paper is not None and paper.apart
    look = None
    if outward or share > _REPAINTED or scenery.wanted(plan, share):
        look = outlook.look(_with_seen(plan, seen), job, busy | bare, rng.spawn(1)[0])
    # A sheet by itself need not meet the picture as closely.
    if look is not None and (apart or outlook.continues(look, plan, image, hole, seen=bool(seen))):
        wish = wished(plan, old_plan, share, Shown(frozenset(seen), outward=outward))
        scale = scenery.scale_of(plan, seen)
        painted = scenery.paint(look, job, hole, wish, rng, scale=scale, paper=paper)
        if apart:
            yield np.where(hole[..., None], painted.pixels, image)
            return
        edge = join.frame(image, hole)
        ground = join.lay(painted, image, hole, busy | bare | edge)
        yield ground
        if not edge.any():
            strip = join.joint(painted, hole, rng)
            yield from complete.passes(ground, strip, rng, shunned=busy, work=_JOINT_WORK)
        return
    striking = salient(image, hole) if outward else np.zeros_like(hole)
    ground = image
    for ground in complete.passes(image, hole, rng, shunned=busy | striking):
        yield ground
    if look is not None and scenery.wanted(plan, share):
        painted = scenery.paint(look, job, hole, replace(plan, objects=(), relations=()), rng)
        ground = join.fade(painted, ground, hole, rng)
        yield ground
    wish = wished(
        plan, old_plan, share, Shown(frozenset(seen), outward=outward, subject=bool(striking.any()))
    )
    if wish.objects and hole.any():
        yield draw_into(ground, hole, wish, rng)


def _busy(hole: Hole, seen: Mapping[int, Sighting]) -> Hole:
    """Where the picture shows a thing and not its backdrop, as far as it is known, (H, W)."""
    busy = np.zeros_like(hole)
    for thing in seen.values():
        pad = 0.04 * thing.height
        top, left = max(0, round(thing.top - pad)), max(0, round(thing.left - pad))
        bottom, right = round(thing.top + thing.height + 2 * pad), round(thing.left + thing.width + pad)
        busy[top : max(top, bottom), left : max(left, right)] = True
    return busy & ~hole


def _with_seen(plan: ScenePlan, seen: Mapping[int, Sighting]) -> ScenePlan:
    """The plan as the picture was made from it: what is new does not say where the old is."""
    if not seen or plan.setting.place is not None:
        return plan
    return replace(plan, objects=tuple(plan.objects[index] for index in sorted(seen)), relations=())


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
