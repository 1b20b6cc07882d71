"""Rows: where groups go on the ground, in the air, afloat, or in a region of the backdrop."""

from __future__ import annotations

import numpy as np

from egaku.engines.illustrator.group import Group, Stage


def settle(groups: list[Group], stage: Stage) -> None:
    """Put groups into their regions of the backdrop, side by side where they share one."""
    for group in groups:
        left, top, width, height = group.spot or (0.0, 0.0, 1.0, 1.0)
        sharing = [other for other in groups if other.spot == group.spot]
        across = width * stage.width / len(sharing)
        middle = left * stage.width + across * (sharing.index(group) + 0.5)
        base = (top + height * (0.55 if group.wet else 0.75)) * stage.height
        roomy = 0.8 * across if group.wet else max(0.95 * across, 0.25 * stage.width)
        room_above = base - 0.06 * stage.height
        group.scale *= min(
            1.0, roomy / group.width, room_above / group.height, 0.6 * stage.height / group.height
        )
        group.airborne = False
        group.x = middle - (group.bounds[0] + group.bounds[2]) / 2
        group.y = base
    _keep_inside(groups, stage)


def stand(groups: list[Group], stage: Stage, rng: np.random.Generator) -> None:
    """Put standing groups in a front and a back row; each row fits the width."""
    if not groups:
        return
    subject = groups[0]
    tall = [g for g in groups[1:] if g.height > 1.35 * subject.height]
    back = tall if len(groups) > 1 else []
    front = [g for g in groups if g not in back]
    if len(front) > 4:
        by_size = sorted(front[1:], key=lambda g: g.height)
        back = back + by_size[len(front) // 2 :]
        front = [g for g in groups if g not in back]
    top, bottom = stage.ground_top * stage.height, stage.ground_bottom * stage.height
    near = _baseline(front, stage, top, bottom, rng)
    _row(front, near, stage, rng, lead=subject)
    far = min(near - 0.12 * (bottom - top), top + 0.35 * (bottom - top)) if back else near
    for group in back:
        room = far - 0.06 * stage.height
        group.scale *= min(1.0, room / group.height, 0.6 * stage.width / group.width)
    if back:
        for group in front:
            group.scale *= min(1.0, 0.5 * stage.width / group.width) if len(front) == 1 else 1.0
    _row(back, far, stage, rng, lead=None, avoid=subject)
    _keep_inside(groups, stage)


def _baseline(front: list[Group], stage: Stage, top: float, bottom: float, rng: np.random.Generator) -> float:
    """The y of the front row's feet: the tallest sits a little below the middle of the picture."""
    tallest = max(group.height for group in front)
    deep = max(0.0, *(group.bounds[3] for group in front))
    center = 0.5 if stage.surface == "none" else 0.54
    y = center * stage.height + tallest / 2 + float(rng.uniform(-0.02, 0.04)) * stage.height
    if stage.composition == "close-up":
        return float(max(y, 0.97 * stage.height))
    return float(np.clip(y, top + 0.25 * (bottom - top), min(bottom, 0.94 * stage.height) - deep))


def _row(
    row: list[Group],
    y: float,
    stage: Stage,
    rng: np.random.Generator,
    *,
    lead: Group | None,
    avoid: Group | None = None,
) -> None:
    if not row:
        return
    total = sum(group.width for group in row)
    gap = 0.06 * stage.width
    allowed = 0.9 * stage.width - gap * (len(row) - 1)
    if total > allowed:
        for group in row:
            group.scale *= max(0.2, allowed / total)
        total = sum(group.width for group in row)
    spare = stage.width - total - gap * (len(row) - 1)
    if len(row) == 1:
        row[0].x = _thirds(row[0], stage, rng) if avoid is None else _away(row[0], avoid, stage)
        row[0].y = y
        return
    order = list(row)
    if lead is not None and rng.random() < 0.5:
        order = [*order[1:], order[0]]
    x = spare * float(rng.uniform(0.4, 0.6))
    for group in order:
        group.x = x - group.bounds[0]
        group.y = y + (0.0 if group is lead else float(rng.uniform(-0.05, 0.02)) * stage.height)
        x += group.width + gap


def _thirds(group: Group, stage: Stage, rng: np.random.Generator) -> float:
    free = (stage.width - group.width) / 2
    push = 0.0 if stage.composition in ("centered", "symmetric", "portrait", "close-up") else 0.4
    return stage.width / 2 + free * float(rng.uniform(-push, push)) - (group.bounds[0] + group.bounds[2]) / 2


def _away(group: Group, other: Group, stage: Stage) -> float:
    """Beside what stands in front of it, so that both are seen."""
    side = 1.0 if other.x < stage.width / 2 else -1.0
    other.x = stage.width * (0.5 - side * 0.17)
    half = group.width / 2
    x = float(
        np.clip(other.x + side * (other.width / 2 + half * 0.55), half * 0.98, stage.width - half * 0.98)
    )
    return x - (group.bounds[0] + group.bounds[2]) / 2


def fly(flying: list[Group], standing: list[Group], stage: Stage, rng: np.random.Generator) -> None:
    """Put what flies above what stands, spread over the sky's width."""
    if not flying:
        return
    if not standing:
        drift(flying, stage, rng, middle=0.44)
        return
    ceiling = min(group.y + group.bounds[1] for group in standing)
    slots = len(flying)
    side = float(np.mean([group.x for group in standing])) / stage.width
    for number, group in enumerate(flying):
        room = max(0.16 * stage.height, ceiling - 0.05 * stage.height)
        if group.height > room:
            group.scale *= room / group.height
        share = (number + 0.5) / slots if slots > 1 else (0.26 if side > 0.5 else 0.74)
        group.x = stage.width * float(np.clip(share + rng.uniform(-0.06, 0.06), 0.1, 0.9))
        group.y = (
            0.05 * stage.height
            + float(rng.uniform(0.0, 0.3)) * max(0.0, room - group.height)
            - group.bounds[1]
        )
    _keep_inside(flying, stage)


def drift(groups: list[Group], stage: Stage, rng: np.random.Generator, middle: float = 0.5) -> None:
    """Spread groups that touch no ground about the middle of the picture."""
    total = sum(group.width for group in groups)
    gap = 0.05 * stage.width
    allowed = 0.9 * stage.width - gap * (len(groups) - 1)
    if total > allowed:
        for group in groups:
            group.scale *= max(0.2, allowed / total)
        total = sum(group.width for group in groups)
    x = (stage.width - total - gap * (len(groups) - 1)) * float(rng.uniform(0.35, 0.65))
    for number, group in enumerate(groups):
        group.x = x - group.bounds[0]
        x += group.width + gap
        sway = 0.0 if len(groups) == 1 else (0.12 if number % 2 else -0.06)
        center = (middle + sway + float(rng.uniform(-0.03, 0.03))) * stage.height
        group.y = center - (group.bounds[1] + group.bounds[3]) / 2
    _keep_inside(groups, stage)


def _keep_inside(groups: list[Group], stage: Stage) -> None:
    if stage.composition == "close-up":
        return
    margin = 0.035 * min(stage.width, stage.height)
    for group in groups:
        fit = min((stage.width - 2 * margin) / group.width, (stage.height - 2 * margin) / group.height)
        group.scale *= min(1.0, fit)
        left, top, right, bottom = group.bounds
        group.x = float(np.clip(group.x, margin - left, stage.width - margin - right))
        group.y = float(np.clip(group.y, margin - top, stage.height - margin - bottom))
