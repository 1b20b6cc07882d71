"""The passes of a new picture, each yielding the picture as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from egaku.engines.base import Job, Pixels
from egaku.engines.illustrator import compose, grade, lettering, paint
from egaku.engines.illustrator import light as lighting
from egaku.engines.illustrator.bank import bank
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.group import Stage
from egaku.engines.illustrator.layout import arrange
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.scenery import paint_backdrop
from egaku.engines.illustrator.scenery.base import Backdrop
from egaku.engines.illustrator.styles import apply_style
from egaku.engines.illustrator.styles.base import Canvas

ILLEGIBLE = frozenset({"neon", "stained glass", "mosaic", "low poly", "pixel art"})
"""Styles that break letters up: the words are written once more on the finished picture."""


def count(plan: ScenePlan) -> int:
    """How many passes `generate` makes of a plan."""
    return 3 if plan.style is None else 4


def generate(plan: ScenePlan, job: Job, rng: np.random.Generator) -> Iterator[Pixels]:
    """Yield the place, the place with its objects, the lit and graded scene, then the styled one if asked.

    `count(plan)` pictures of (job.height, job.width, 4), straight alpha. `rng` decides every choice.
    """
    choices, scenery, placing, styling = rng.spawn(4)
    transparent = "transparent" in (job.background, plan.background) and job.background != "opaque"
    furnished = compose.furnish(plan, bank(), choices)
    cast = compose.cast(furnished, bank(), choices, job.index, painted=not transparent)
    backdrop = None if transparent else paint_backdrop(furnished, job.width, job.height, scenery)
    sheet = paint.Sheet(job.width, job.height, backdrop.pixels if backdrop else None)
    yield sheet.pixels()
    light = backdrop.light if backdrop else lighting.NEUTRAL
    placements = arrange(cast, _stage(cast, job, backdrop), placing)
    haze = backdrop.haze if backdrop else (255.0, 255.0, 255.0)
    paint.paint(sheet, placements, light, haze=haze, mist=mist(furnished), shadows=not transparent)
    yield sheet.pixels()
    if plan.lettering:
        lettering.draw(sheet.canvas, sheet.buffer, plan, placements)
    if backdrop is not None:
        if backdrop.front is not None:
            grade.overlay(sheet.canvas, backdrop.front)
        grade.grade(sheet.canvas, job.width, job.height, night=light.time == "night")
    yield sheet.pixels()
    if plan.style is not None:
        canvas = Canvas(pixels=sheet.pixels(), labels=sheet.labels, transparent=transparent)
        styled = apply_style(plan.style, canvas, styling)
        if plan.lettering and plan.style in ILLEGIBLE and not transparent:
            again = paint.Sheet(job.width, job.height, styled)
            lettering.draw(again.canvas, again.buffer, plan, placements)
            styled = again.pixels()
        yield styled


def _stage(cast: Cast, job: Job, backdrop: Backdrop | None) -> Stage:
    stage = Stage(width=job.width, height=job.height, composition=cast.plan.composition)
    if backdrop is None:
        return replace(stage, surface="none", horizon=0.0, ground_top=0.0, ground_bottom=0.96)
    return replace(
        stage,
        surface=backdrop.surface,
        horizon=backdrop.horizon,
        ground_top=backdrop.ground_top,
        ground_bottom=backdrop.ground_bottom,
        anchors=backdrop.anchors,
    )


def mist(plan: ScenePlan) -> float:
    """How thick the air is between near and far objects, 0 … 1."""
    return {"fog": 0.9, "rain": 0.5, "snow": 0.5, "storm": 0.5}.get(plan.setting.weather or "", 0.28)
