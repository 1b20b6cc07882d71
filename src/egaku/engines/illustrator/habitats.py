"""Habitats: the place and the hour that suit what a prompt names, where it names neither."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator.bank import Bank, Concept
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.relations import AT_A_DISTANCE
from egaku.engines.illustrator.vocabulary import PLACES

PLAIN_STYLES = frozenset({"sticker", "logo"})
"""Styles that show their subject on a plain ground when no place is named."""

COLD = frozenset(
    {"penguin", "polar bear", "seal", "snowman", "igloo", "sled", "reindeer", "walrus", "mammoth", "iceberg"}
)
ARID = frozenset({"camel", "cactus", "lizard", "scorpion", "pyramid", "snake", "meerkat"})
TROPIC = frozenset(
    {"monkey", "gorilla", "orangutan", "tiger", "leopard", "parrot", "jaguar", "panther", "sloth", "toucan"}
)
WILD = frozenset(
    {
        "bear",
        "wolf",
        "fox",
        "deer",
        "owl",
        "raccoon",
        "moose",
        "badger",
        "hedgehog",
        "squirrel",
        "boar",
        "beaver",
    }
)
FARM = frozenset(
    {
        "cow",
        "pig",
        "sheep",
        "goat",
        "chicken",
        "rooster",
        "horse",
        "donkey",
        "tractor",
        "ram",
        "bull",
        "scarecrow",
    }
)
WADERS = frozenset(
    {"flamingo", "duck", "swan", "goose", "frog", "crocodile", "hippopotamus", "otter", "heron", "crane"}
)
BIRDS = frozenset(
    {"bird", "crow", "pigeon", "sparrow", "robin", "raven", "parrot", "owl", "hummingbird", "swallow"}
)
POLLINATORS = frozenset({"bee", "butterfly", "dragonfly", "moth", "honeybee"})
SAVANNA = frozenset({"lion", "lioness", "elephant", "giraffe", "zebra", "rhinoceros", "cheetah", "hyena"})

COAST = frozenset(
    {"lighthouse", "palm tree", "surfboard", "beach umbrella", "beach ball", "crab", "starfish"}
)
LODGES = frozenset({"tent", "campsite", "campfire", "cabin", "treehouse", "mushroom", "pine tree"})
ORBIT = frozenset({"rocket", "satellite", "ufo", "space station", "asteroid", "comet", "flying saucer"})
MODERN = frozenset({"robot", "mecha", "alien", "space invader"})
RAILS = frozenset({"train", "steam locomotive", "locomotive", "bullet train", "tram"})

HABITATS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (COLD, ("snowfield",)),
    (ARID, ("desert",)),
    (TROPIC, ("jungle",)),
    (WILD, ("forest", "forest", "meadow")),
    (FARM, ("farm", "field", "meadow")),
    (WADERS, ("lake", "pond")),
    (BIRDS, ("meadow", "park", "garden", "forest")),
    (POLLINATORS, ("flower field", "garden", "meadow")),
    (SAVANNA, ("field", "desert", "hill")),
    (COAST, ("beach", "island", "beach")),
    (LODGES, ("forest", "mountain", "meadow")),
    (ORBIT, ("space",)),
    (MODERN, ("city", "moon", "street")),
    (RAILS, ("meadow", "hill", "field")),
)

PLACES_BY_GROUP: dict[str, tuple[str, ...]] = {
    "animal": ("meadow", "park", "garden", "flower field"),
    "insect": ("flower field", "garden", "meadow"),
    "flower": ("garden", "meadow", "studio"),
    "plant": ("meadow", "hill", "park"),
    "vehicle": ("road", "street", "hill"),
    "building": ("hill", "meadow", "village"),
    "landform": ("meadow", "hill"),
    "sky": ("sky",),
    "weather": ("sky",),
    "person": ("park", "meadow", "street", "hill"),
    "fantasy": ("hill", "castle", "mountain"),
    "furniture": ("room", "living room"),
    "instrument": ("stage", "studio"),
    "sport": ("park", "field", "studio"),
    "tableware": ("kitchen", "studio"),
}

PLACES_BY_MOOD: dict[str, tuple[str, ...]] = {
    "happy": ("flower field", "meadow", "beach"),
    "calm": ("lake", "zen garden", "sea"),
    "dreamy": ("sky", "lake", "space"),
    "spooky": ("forest", "swamp", "cave"),
    "dramatic": ("mountain", "sea", "volcano"),
    "melancholy": ("lake", "sea", "bamboo forest"),
    "romantic": ("beach", "lake", "garden"),
    "festive": ("stage", "skyline", "village"),
    "epic": ("mountain", "castle", "volcano"),
    "cozy": ("living room", "cafe", "library"),
}
VISTAS = ("mountain", "lake", "sky", "space", "flower field", "sea", "hill", "waterfall")
"""For prompts that name nothing one can draw: a view, never an empty sheet."""

PLACES_BY_FOOTING: dict[str, tuple[str, ...]] = {
    "in-water": ("underwater",),
    "water": ("sea", "lake", "sea"),
    "sky": ("sky",),
    "space": ("space",),
}


NIGHTLY = frozenset(
    {"fireworks", "moon", "crescent moon", "ghost", "vampire", "star", "shooting star", "jack-o-lantern"}
)
"""Things one sees by night."""

DISTANCE = frozenset({"mountain", "hill", "forest", "field", "dune"})
"""Land that backdrops show behind any other place."""

OPEN_SKY = frozenset(
    {"sea", "beach", "lake", "meadow", "flower field", "hill", "mountain", "desert", "snowfield", "city",
     "street", "skyline", "village", "park", "garden", "farm", "field", "road", "harbor", "castle", "sky",
     "island", "river"}
)  # fmt: skip
"""Places whose painters show sun and moon."""

OUTDOOR = frozenset({"building", "vehicle", "plant", "person", "animal", "fantasy"})
"""Groups that decide the place when several things are named."""


def place(plan: ScenePlan, bank: Bank, rng: np.random.Generator) -> str:
    found = [bank.concept(planned.concept) for planned in plan.objects]
    known = [concept for concept in found if concept is not None]
    if not known:
        return pick(PLACES_BY_MOOD.get(plan.setting.mood or "", VISTAS), rng)
    if plan.colors or plan.style in PLAIN_STYLES or plan.composition == "pattern":
        return "studio"
    return pick(_habitat(plan, known), rng)


def _habitat(plan: ScenePlan, known: list[Concept]) -> tuple[str, ...]:
    """Places that suit what is in the picture, the surest sign first."""
    carried = any(relation.relation in ("on", "in", "inside", "riding") for relation in plan.relations)
    inside = [
        concept for concept in known if concept.group == "furniture" and concept.footing in ("floor", "wall")
    ]
    outside = [concept for concept in known if concept.group in ("building", "plant", "vehicle", "landform")]
    peaks = any(concept.group == "landform" and concept.size > 20 for concept in known)
    polar = any(concept.name in COLD for concept in known)
    leaping = any(
        concept.footing == "in-water" and {"jumping", "flying"} & set(planned.attributes)
        for concept, planned in zip(known, plan.objects, strict=False)
    )
    signs: list[tuple[bool, tuple[str, ...]]] = [
        (leaping, ("sea",)),
        (peaks and len(known) > 1 and not polar, ("meadow", "hill", "field")),
        (bool(inside) and not outside, ("room",)),
        (any(concept.footing == "in-water" for concept in known) and not carried, ("underwater",)),
        *((any(concept.name in members for concept in known), places) for members, places in HABITATS),
        (any(concept.footing == "water" for concept in known), ("sea", "lake")),
        (
            len(known) == 1 and known[0].footing in PLACES_BY_FOOTING,
            PLACES_BY_FOOTING.get(known[0].footing, ()),
        ),
    ]
    for applies, places in signs:
        if applies:
            return places
    outdoor = next((concept for concept in known if concept.group in OUTDOOR), known[0])
    if outdoor.group == "furniture" and outdoor.footing == "ground":
        return PLACES_BY_GROUP["person"]
    return PLACES_BY_GROUP.get(outdoor.group, ("studio",))


def time(plan: ScenePlan, place: str, rng: np.random.Generator) -> str:
    if place == "studio" or plan.setting.weather is not None:
        return "day"
    if plan.setting.mood == "happy":
        return pick(("day", "golden hour"), rng)
    nightly = any(planned.concept in NIGHTLY for planned in plan.objects)
    if plan.setting.mood == "spooky" or nightly:
        return "night"
    if plan.setting.mood in ("romantic", "dreamy", "epic"):
        return pick(("sunset", "golden hour", "dawn"), rng)
    if not plan.objects:
        return pick(("dawn", "golden hour", "sunset", "night", "day"), rng)
    return pick(("day", "day", "day", "day", "day", "golden hour", "dawn"), rng)


def pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]


def shown_by_scenery(plan: ScenePlan, bank: Bank) -> ScenePlan:
    """The plan with what is landscape made so: a waterfall is the place, a rainbow the weather."""
    carried = {tie.object for tie in plan.relations if tie.relation in ("on", "above", "riding")}
    where = plan.setting.place
    objects = list(plan.objects)
    for index, planned in enumerate(objects):
        concept = bank.concept(planned.concept)
        land = concept is not None and concept.group == "landform" and planned.concept in PLACES
        if land and where is None and planned.color is None:
            where = planned.concept
        arc = planned.concept == plan.setting.weather == "rainbow" and index not in carried
        afar = where is not None and planned.concept in DISTANCE and index not in _tied(plan)
        if arc or afar or (land and where == planned.concept):
            objects[index] = replace(planned, scenery=True)
    return replace(plan, objects=tuple(objects), setting=replace(plan.setting, place=where))


def lit_by_scenery(plan: ScenePlan) -> ScenePlan:
    """The plan with the sun or moon the sky shows anyway made scenery, so that there are not two of them."""
    shown = "moon" if plan.setting.time == "night" else "sun"
    clear = plan.setting.place in OPEN_SKY and plan.setting.weather in (None, "sunny", "wind", "rainbow")
    tied = {
        index
        for tie in plan.relations
        if tie.relation not in AT_A_DISTANCE
        for index in (tie.subject, tie.object)
    }
    objects = tuple(
        replace(planned, scenery=True)
        if clear
        and planned.concept == shown
        and planned.count == 1
        and not (planned.color or planned.attributes or planned.size)
        and index not in tied
        else planned
        for index, planned in enumerate(plan.objects)
    )
    return replace(plan, objects=objects)


def _tied(plan: ScenePlan) -> set[int]:
    return {index for tie in plan.relations for index in (tie.subject, tie.object)}
