"""From plan to picture parts: fill in what the prompt left open, choose the art, place everything.

Each candidate of a request chooses for itself: a fitting place and hour, a set of art, a viewpoint.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator import flight, habitats, idioms
from egaku.engines.illustrator.bank import Art, Bank, Concept
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan

FLAT_STYLES = frozenset(
    {"flat", "logo", "poster", "pop art", "comic", "sticker", "blueprint", "cross-stitch"}
)
GLOSSY_STYLES = frozenset({"glossy 3d", "photo"})


def furnish(plan: ScenePlan, bank: Bank, rng: np.random.Generator) -> ScenePlan:
    """The plan with a place and an hour where the prompt named none, and the style's usual composition."""
    plan = habitats.shown_by_scenery(plan, bank)
    place = plan.setting.place or habitats.place(plan, bank, rng)
    time = plan.setting.time or habitats.time(plan, place, rng)
    plan = replace(plan, setting=replace(plan.setting, place=place, time=time))
    return habitats.lit_by_scenery(plan)


def cast(plan: ScenePlan, bank: Bank, rng: np.random.Generator, index: int, *, painted: bool = True) -> Cast:
    """Concept and drawing of each object; one set of art for the whole picture as far as it goes.

    With `painted`, what the scenery shows anyway (the pond one is in) is not drawn a second time.
    """
    plan = idioms.reread(plan)
    families = _families(plan.style, rng, index)
    concepts = tuple(_natural(bank.concept(planned.concept), rng) for planned in plan.objects)
    close = plan.composition == "portrait" and len(plan.objects) == 1
    arts = tuple(
        None
        if planned.scenery and painted
        else _art(concept, planned, families, bank, states=_states(plan, number, concept), portrait=close)
        for number, (concept, planned) in enumerate(zip(concepts, plan.objects, strict=True))
    )
    return Cast(plan, concepts, arts)


def _natural(concept: Concept | None, rng: np.random.Generator) -> Concept | None:
    """The concept with one of the colours it comes in."""
    if concept is None or concept.tint is None or "," not in concept.tint:
        return concept
    return replace(concept, tint=habitats.pick(tuple(concept.tint.split(",")), rng))


def _states(plan: ScenePlan, index: int, concept: Concept | None) -> tuple[str, ...]:
    """What the plan as a whole says of one object, as names of variants: `flying`, `held`."""
    held = any(tie.object == index and tie.relation == "holding" for tie in plan.relations)
    found = (("held", held), ("flying", flight.flies(plan, index, concept)))
    return tuple(word for word, applies in found if applies)


def _families(style: str | None, rng: np.random.Generator, index: int) -> tuple[str, ...]:
    """Sets of art in order of preference. The first candidate shows the best-looking set."""
    if style in FLAT_STYLES:
        order = [("flat", "twemoji", "noto"), ("twemoji", "flat", "noto"), ("noto", "flat", "twemoji")]
        return (*order[index % 3], "own", "emojione", "fluent")
    if style in GLOSSY_STYLES or index == 0 or rng.random() < 0.4:
        return ("fluent", "own", "noto", "flat", "twemoji", "emojione")
    first = habitats.pick(("noto", "fluent", "noto", "emojione", "twemoji"), rng)
    return (
        first,
        *(family for family in ("fluent", "own", "noto", "flat", "twemoji", "emojione") if family != first),
    )


def _art(
    concept: Concept | None,
    planned: ObjectPlan,
    families: tuple[str, ...],
    bank: Bank,
    *,
    states: tuple[str, ...],
    portrait: bool,
) -> Art | None:
    if concept is None:
        return None
    if (portrait or planned.portrait) and concept.faces:
        return _of_family(concept.faces, families, bank)
    words = [*states, *(word for word in (planned.color, *planned.attributes) if word and word != "flying")]
    for word in words:
        if concept.variants.get(word):
            return _of_family(concept.variants[word], families, bank)
    return _of_family(concept.arts, families, bank)


def _of_family(names: tuple[str, ...], families: tuple[str, ...], bank: Bank) -> Art:
    for family in families:
        for name in names:
            if name.startswith(family + "/"):
                return bank.art(name)
    return bank.art(names[0])
