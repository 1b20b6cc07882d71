"""What an edit should draw: the things the prompt names that the hole is meant for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan

_CARRIED = ("wearing", "holding", "riding")
"""What is worn, held or ridden belongs to the figure and is drawn with it."""
_SOLE = 0.15
"""Below this part of the picture a hole is meant for the hat alone, not for the cat that wears it."""
_ROOMY = 0.4
"""From this part of the picture on, a hole takes all of the prompt's figures and not only the last."""
_EMPTY = (
    r"(?:\b(?:empty|bare|deserted)\s+(?:[\w-]+\s+){{0,2}}"
    r"|(?:空の|空っぽの|何もない|何も置かれていない)\w{{0,4}}?){}"
)
"""What makes a thing a place, in English and Japanese."""
_OUTER, _ALL = 0.6, 0.92
"""Between these parts of the picture, a hole is there to draw more around what is kept."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the rest of the picture shows."""

    objects: frozenset[int] = frozenset()
    """Indices of the plan's objects that are seen in it."""
    outward: bool = field(default=False, kw_only=True)
    """Whether the hole adds to the picture, and does not replace a part of it."""
    subject: bool = field(default=False, kw_only=True)
    """Whether something stands out in it, whatever it is."""


def wished(plan: ScenePlan, old_plan: ScenePlan | None, share: float, shown: Shown) -> ScenePlan:
    """The part of `plan` to draw into a hole that is `share` (0 … 1) of the picture; perhaps no objects.

    With the source's own plan known, that is what the new plan has more of, or, if it has nothing more, its
    subject where that is gone. Otherwise the prompt describes the whole picture, and what is `shown` of it
    already is not drawn again. Where that cannot be told, what
    the prompt names last is taken for what is new ("a lounge with a pool containing a flamingo"), together
    with what it wears, holds or rides; where a picture grows, it is all but what the prompt names first.
    """
    gained = _gained(plan.objects, old_plan.objects) if old_plan is not None else {}
    figures = _figures(plan)
    there = _with_bearers(plan, shown.objects)
    missing = [index for index in figures if index not in there]
    if gained:
        return _only(plan, gained)
    if old_plan is not None:
        # Only of the subject can it be told: small things are too easily overlooked.
        erased = not shown.outward and share >= _SOLE and bool(missing) and missing[0] == figures[0]
        chosen = missing[:1] if erased else []
    elif not shown.outward:
        chosen = _inside(plan, missing or figures, share)
    elif shown.subject and not there:
        chosen = [index for index in figures if index != _subject(plan, figures)]
    else:
        chosen = missing
    return _only(plan, {index: plan.objects[index].count for index in _with_belongings(plan, chosen)})


def _inside(plan: ScenePlan, figures: list[int], share: float) -> list[int]:
    """Which of the figures a hole in the middle of a picture, or around it, is meant for."""
    if not figures:
        return []
    if _OUTER < share < _ALL:
        # What is left of the picture shows its subject already; the rest is to grow around it.
        return [index for index in figures if index != _subject(plan, figures)]
    if share < _ROOMY:
        last = max(figures, key=lambda index: _mention(plan, index))
        return [_owner(plan, last) if share >= _SOLE else last]
    return figures


def _gained(new: tuple[ObjectPlan, ...], old: tuple[ObjectPlan, ...]) -> dict[int, int]:
    """How many of each of the new objects the old ones do not account for, by index."""
    had: Counter[tuple[object, ...]] = Counter()
    for thing in old:
        had[_identity(thing)] += thing.count
    gained = {}
    for index, thing in enumerate(new):
        kept = min(thing.count, had[_identity(thing)])
        had[_identity(thing)] -= kept
        if thing.count > kept:
            gained[index] = thing.count - kept
    return gained


def _identity(thing: ObjectPlan) -> tuple[object, ...]:
    return (thing.concept, thing.color, thing.size, thing.attributes)


def _figures(plan: ScenePlan) -> list[int]:
    """Objects that are not merely where another one is: in "a cat on a sofa" the cat."""
    subjects = {relation.subject for relation in plan.relations}
    grounds = {relation.object for relation in plan.relations if relation.relation not in _CARRIED}
    drawable = [index for index in range(len(plan.objects)) if not _bare(plan, index)]
    return [index for index in drawable if index not in grounds - subjects] or drawable


def _bare(plan: ScenePlan, index: int) -> bool:
    """Whether the prompt calls the thing empty: "an empty table" asks for nothing on it, not for a table."""
    label = re.escape(plan.objects[index].label.lower())
    return bool(label) and re.search(_EMPTY.format(label), plan.prompt.lower()) is not None


def _owner(plan: ScenePlan, index: int) -> int:
    """Who wears, holds or rides the object, if that is one alone; else the object itself."""
    for relation in plan.relations:
        alone = plan.objects[relation.subject].count == 1
        if relation.object == index and relation.relation in _CARRIED and alone:
            return relation.subject
    return index


def _mention(plan: ScenePlan, index: int) -> tuple[int, int]:
    """Where the prompt names the object, and its place in the plan for those it does not spell out."""
    thing = plan.objects[index]
    text = plan.prompt.lower()
    return max(text.rfind(thing.label.lower()) if thing.label else -1, text.rfind(thing.concept)), index


def _subject(plan: ScenePlan, figures: list[int]) -> int | None:
    """What the prompt names first; None if that is the place ("a street with a taxi")."""
    first = min(figures, key=lambda index: _mention(plan, index))
    place = plan.prompt.lower().find(plan.setting.place) if plan.setting.place else -1
    return None if 0 <= place < _mention(plan, first)[0] else first


def _with_bearers(plan: ScenePlan, seen: frozenset[int]) -> set[int]:
    """What is seen, and what wears, holds or rides it or is worn, held or ridden by it: seen as one."""
    there = set(seen)
    for _ in plan.relations:
        for tie in plan.relations:
            if tie.relation in _CARRIED and there & {tie.subject, tie.object}:
                there |= {tie.subject, tie.object}
    return there


def _with_belongings(plan: ScenePlan, chosen: list[int]) -> list[int]:
    belongings = [
        relation.object
        for relation in plan.relations
        if relation.subject in chosen and relation.relation in _CARRIED
    ]
    return sorted({*chosen, *belongings})


def _only(plan: ScenePlan, counts: dict[int, int]) -> ScenePlan:
    """The plan with just these objects, this many of each, and the relations among them."""
    order = {old: new for new, old in enumerate(sorted(counts))}
    return replace(
        plan,
        objects=tuple(replace(plan.objects[index], count=counts[index]) for index in order),
        relations=tuple(
            RelationPlan(
                subject=order[relation.subject], relation=relation.relation, object=order[relation.object]
            )
            for relation in plan.relations
            if relation.subject in order and relation.object in order
        ),
        lettering_on=order.get(plan.lettering_on) if plan.lettering_on is not None else None,
    )
