"""What an edit should draw: the things the prompt names that the hole is meant for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan

_CARRIED = ("wearing", "holding", "riding")
"""What is worn, held or ridden belongs to the figure and is drawn with it."""
_SOLE = 0.15
"""Below this part of the picture a hole is meant for the hat alone, not for the cat that wears it."""
_ROOMY = 0.4
"""From this part of the picture on, a hole takes all of the prompt's figures and not only the last."""
_OUTER, _ALL = 0.6, 0.92
"""Between these parts of the picture, a hole is there to draw more around what is kept."""


def wished(plan: ScenePlan, old_plan: ScenePlan | None, share: float) -> ScenePlan:
    """The part of `plan` to draw into a hole that is `share` (0 … 1) of the picture; perhaps no objects.

    With the source's own plan known, that is what the new plan has more of. Otherwise the prompt describes
    the whole picture and what it names last is taken for what is new ("a lounge with a pool containing a
    flamingo"), together with what it wears, holds or rides; around a small rest of a picture it is all but
    what the prompt names first.
    """
    if old_plan is not None:
        return _only(plan, _gained(plan.objects, old_plan.objects))
    figures = _figures(plan)
    if not figures:
        return _only(plan, {})
    chosen = figures
    if _OUTER < share < _ALL:
        # What is left of the picture shows its subject already; the rest is to grow around it.
        chosen = [index for index in figures if index != _subject(plan, figures)]
    elif share < _ROOMY:
        last = max(figures, key=lambda index: _mention(plan, index))
        chosen = [_owner(plan, last) if share >= _SOLE else last]
    return _only(plan, {index: plan.objects[index].count for index in _with_belongings(plan, chosen)})


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
    figures = [index for index in range(len(plan.objects)) if index not in grounds - subjects]
    return figures or list(range(len(plan.objects)))


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
