"""A variation from job to pixels: the source's own patches, put together anew from a perturbed coarse start.

Granot et al., "Drop the GAN: In Defense of Patches Nearest Neighbors as Single Image Generative Models"
(CVPR 2022): start coarse from something like the source but not it, and at each finer scale replace every
patch by the source patch most like it. How coarse the start and how strong the change decides how far the
result strays.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Job, Pixels
from egaku.engines.illustrator.synthesis import descriptors, membrane
from egaku.engines.illustrator.synthesis.alpha import premultiplied, straight
from egaku.engines.illustrator.synthesis.carry import Carrier
from egaku.engines.illustrator.synthesis.match import Matches, Search, finer
from egaku.engines.illustrator.synthesis.membrane import Field
from egaku.engines.illustrator.synthesis.vote import trusts, vote
from egaku.engines.illustrator.vary.frame import Frame
from egaku.engines.illustrator.vary.grade import Grade, grade
from egaku.engines.illustrator.vary.rearrange import rearranged

PATCH = 7
_SEARCHED = 144
"""Longest side at which patches are still searched; beyond it their offsets are carried."""
_COARSEST = 32
_LARGEST = 2048
"""Longest side at which detail is carried; larger pictures are enlarged from there."""
_BLEND = (-2, 0, 2)


def paint_variation(job: Job, rng: np.random.Generator) -> Iterator[Pixels]:
    """Yield true intermediate pictures of a variation, (H, W, 4) uint8; the last one is the result.

    `job.image` is the source, `job.strength` 0 … 1 how far to stray from it. Raises ValueError without an
    image.
    """
    if job.image is None:
        raise ValueError("A variation needs an image.")
    strength = float(np.clip(job.strength, 0, 1))
    height, width = job.image.shape[:2]
    field = premultiplied(job.image, np.zeros((height, width), np.bool_))
    contrast = float(np.clip(field[::4, ::4, :3].mean(-1).std() / 0.18, 0.65, 1))
    look, frame = Grade.drawn(rng, strength, contrast), Frame.drawn(rng, strength)
    reduced = -(-max(height, width) // _LARGEST)
    if reduced > 1:
        field = membrane.shrink(field, (width // reduced, height // reduced))
    for picture in _synthesised(field, strength, rng):
        shown = grade(straight(frame.show(picture)), look)
        if shown.shape[:2] != (height, width):
            shown = np.asarray(cv2.resize(shown, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
        yield shown


def _synthesised(field: Field, strength: float, rng: np.random.Generator) -> Iterator[Field]:
    """Each scale's picture, coarse to fine; the last at full size."""
    scale = -(-max(field.shape[:2]) // _SEARCHED)
    pad = ((0, -field.shape[0] % scale), (0, -field.shape[1] % scale), (0, 0))
    large = np.pad(field, pad, mode="edge")
    small = membrane.shrink(large, (large.shape[1] // scale, large.shape[0] // scale))
    pyramid = [small]
    while min(pyramid[-1].shape[:2]) >= 2 * _COARSEST * (1 - 0.4 * strength):
        last = pyramid[-1]
        pyramid.append(membrane.shrink(last, ((last.shape[1] + 1) // 2, (last.shape[0] + 1) // 2)))
    start = rearranged(pyramid[-1], strength, rng)
    matches = start
    for source in reversed(pyramid):
        if matches is not start:
            matches = finer(matches, source.shape[:2], source.shape[:2])
        picture, matches = _settled(source, matches, rng)
        yield picture
    window = (slice(0, large.shape[0]), slice(0, large.shape[1]))
    if scale > 1:
        picture = Carrier(large, small, scale).carry(picture, matches, window)
    yield picture[: field.shape[0], : field.shape[1]]


def _settled(source: Field, matches: Matches, rng: np.random.Generator) -> tuple[Field, Matches]:
    """One scale: lay the patches out as told, then let each find the source patch that fits what came out."""
    shape = source.shape[:2]
    everywhere = np.ones(shape, np.bool_)
    search = Search(_described(source), everywhere, everywhere)
    matches.cost[:] = 0
    evenly = np.ones(shape, np.float32)
    for _ in range(2):
        picture = vote(matches, source, everywhere, evenly, _BLEND).reshape(source.shape)
        matches = search.run(matches, _described(picture), 1, rng)
    trusted = trusts(matches, evenly)
    return vote(matches, source, everywhere, trusted, _BLEND).reshape(source.shape), matches


def _described(picture: Field) -> NDArray[np.float32]:
    everywhere = np.ones(picture.shape[:2], np.bool_)
    return descriptors.gather(descriptors.terms(picture, PATCH), everywhere)
