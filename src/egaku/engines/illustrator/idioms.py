"""Idioms: plans whose objects, drawn one by one as named, would miss what was meant.

A costume is worn, not the person it is named after; a dragon's fire comes from its mouth; a snowman has its
scarf on already; the vase stands where its flowers are said to be.
"""

from __future__ import annotations

from dataclasses import replace

from egaku.engines.illustrator.plan import RelationPlan, ScenePlan

COSTUMES = {
    "superhero": "cape", "supervillain": "cape", "vampire": "cape", "princess": "crown", "queen": "crown",
    "king": "crown", "prince": "crown", "witch": "witch hat", "wizard": "witch hat", "knight": "helmet",
    "cowboy": "cowboy hat", "cowgirl": "cowboy hat", "chef": "chef hat", "pirate": "eye patch",
    "santa claus": "santa hat", "magician": "top hat", "detective": "hat", "graduate": "graduation cap",
    "astronaut": "spacesuit", "angel": "halo",
}  # fmt: skip
"""What shows best that somebody is dressed up as this."""

DRESSED = {
    "snowman": {"scarf", "hat", "top hat"},
    "witch": {"hat", "witch hat"},
    "wizard": {"hat", "witch hat"},
    "santa claus": {"hat", "santa hat"},
    "king": {"crown"},
    "queen": {"crown"},
    "princess": {"crown"},
    "prince": {"crown"},
    "chef": {"hat", "chef hat"},
    "cowboy": {"hat", "cowboy hat"},
    "superhero": {"cape", "mask"},
    "ninja": {"mask"},
    "astronaut": {"helmet", "spacesuit"},
}
"""What the drawings of these wear already."""

COATS = {
    ("fox", "red"): "rust",
    ("squirrel", "red"): "rust",
    ("tiger", "orange"): None,
    ("bear", "brown"): None,
    ("wolf", "gray"): None,
    ("lion", "gold"): None,
}
"""Colours animals are named by, and the paint that is meant; None is the drawing's own."""

FLAMES = frozenset({"fire", "flame"})
FIRE_BREATHERS = frozenset({"dragon", "dinosaur", "monster"})
LOCATING = ("on", "under", "next to", "behind", "in front of", "left of", "right of", "above", "below")


def reread(plan: ScenePlan) -> ScenePlan:
    """The plan as meant. Objects keep their index; one that must not be drawn loses its concept."""
    return _of_vessels(_of_breath(_of_blossoms(_of_clothes(_of_coats(plan)))))


def _of_coats(plan: ScenePlan) -> ScenePlan:
    objects = tuple(
        replace(planned, color=COATS[planned.concept, planned.color])
        if planned.color is not None and (planned.concept, planned.color) in COATS
        else planned
        for planned in plan.objects
    )
    return replace(plan, objects=objects)


def _of_clothes(plan: ScenePlan) -> ScenePlan:
    objects = list(plan.objects)
    for tie in plan.relations:
        if tie.relation != "wearing":
            continue
        worn = objects[tie.object]
        if worn.concept in COSTUMES:
            objects[tie.object] = replace(worn, concept=COSTUMES[worn.concept])
        elif worn.concept in DRESSED.get(objects[tie.subject].concept, ()) and worn.color is None:
            objects[tie.object] = replace(worn, concept="")
    return replace(plan, objects=tuple(objects))


def _of_blossoms(plan: ScenePlan) -> ScenePlan:
    """What is under blossoms is under their tree."""
    above = {tie.object for tie in plan.relations if tie.relation in ("under", "below")}
    objects = tuple(
        replace(planned, concept="cherry tree", count=1)
        if index in above and planned.concept == "cherry blossom"
        else planned
        for index, planned in enumerate(plan.objects)
    )
    return replace(plan, objects=objects)


def _of_breath(plan: ScenePlan) -> ScenePlan:
    """A dragon's fire is held at its mouth; where the fire was said to be, the dragon is."""
    names = [planned.concept for planned in plan.objects]
    fire = next((index for index, name in enumerate(names) if name in FLAMES), None)
    beast = next((index for index, name in enumerate(names) if name in FIRE_BREATHERS), None)
    if fire is None or beast is None:
        return plan
    kept = []
    for tie in plan.relations:
        if tie.subject == fire and tie.object != beast:
            kept.append(replace(tie, subject=beast))
        elif {tie.subject, tie.object} != {fire, beast}:
            kept.append(tie)
    return replace(plan, relations=(RelationPlan(subject=beast, relation="holding", object=fire), *kept))


def _of_vessels(plan: ScenePlan) -> ScenePlan:
    """What is in a vessel is where the vessel is: "a vase of flowers on a table"."""
    vessels = {tie.subject: tie.object for tie in plan.relations if tie.relation in ("in", "inside")}
    tied = {tie.subject for tie in plan.relations}
    relations = tuple(
        replace(tie, subject=vessels[tie.subject])
        if tie.relation in LOCATING
        and tie.subject in vessels
        and vessels[tie.subject] not in tied
        and vessels[tie.subject] != tie.object
        else tie
        for tie in plan.relations
    )
    return replace(plan, relations=relations)
