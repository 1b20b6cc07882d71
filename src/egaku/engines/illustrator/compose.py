"""From plan to picture parts: fill in what the prompt left open, choose the art, place everything.

Each candidate of a request chooses for itself: a fitting place and hour, a set of art, a viewpoint.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from egaku.engines.illustrator.bank import Art, Bank, Concept
from egaku.engines.illustrator.cluster import Cast
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan
from egaku.engines.illustrator.vocabulary import PLACES

FLAT_STYLES = frozenset(
    {"flat", "logo", "poster", "pop art", "comic", "sticker", "blueprint", "cross-stitch"}
)
GLOSSY_STYLES = frozenset({"glossy 3d", "photo"})
PLAIN_STYLES = frozenset({"sticker", "logo"})
"""Styles that show their subject on a plain ground when no place is named."""

COLD = frozenset(
    {"penguin", "polar bear", "seal", "snowman", "igloo", "sled", "reindeer", "walrus", "mammoth"}
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


OUTDOOR = frozenset({"building", "vehicle", "plant", "person", "animal", "fantasy"})
"""Groups that decide the place when several things are named."""


def furnish(plan: ScenePlan, bank: Bank, rng: np.random.Generator) -> ScenePlan:
    """The plan with a place and an hour where the prompt named none, and the style's usual composition."""
    plan = _shown_by_scenery(plan, bank)
    place = plan.setting.place or _place(plan, bank, rng)
    time = plan.setting.time or _time(plan, place, rng)
    return replace(plan, setting=replace(plan.setting, place=place, time=time))


def _shown_by_scenery(plan: ScenePlan, bank: Bank) -> ScenePlan:
    """The plan with what is landscape made so: a waterfall is the place, a rainbow the weather."""
    carried = {tie.object for tie in plan.relations if tie.relation in ("on", "above", "riding")}
    place = plan.setting.place
    objects = list(plan.objects)
    for index, planned in enumerate(objects):
        concept = bank.concept(planned.concept)
        land = concept is not None and concept.group == "landform" and planned.concept in PLACES
        if land and place is None and planned.count == 1 and planned.color is None:
            place = planned.concept
        arc = planned.concept == plan.setting.weather == "rainbow" and index not in carried
        if arc or (land and place == planned.concept):
            objects[index] = replace(planned, scenery=True)
    return replace(plan, objects=tuple(objects), setting=replace(plan.setting, place=place))


def cast(plan: ScenePlan, bank: Bank, rng: np.random.Generator, index: int, *, painted: bool = True) -> Cast:
    """Concept and drawing of each object; one set of art for the whole picture as far as it goes.

    With `painted`, what the scenery shows anyway (the pond one is in) is not drawn a second time.
    """
    families = _families(plan.style, rng, index)
    concepts = tuple(bank.concept(planned.concept) for planned in plan.objects)
    close = plan.composition == "portrait" and len(plan.objects) == 1
    arts = tuple(
        None
        if planned.scenery and painted
        else _art(concept, planned, families, bank, portrait=close or planned.portrait)
        for concept, planned in zip(concepts, plan.objects, strict=True)
    )
    return Cast(plan, concepts, arts)


def _place(plan: ScenePlan, bank: Bank, rng: np.random.Generator) -> str:
    found = [bank.concept(planned.concept) for planned in plan.objects]
    known = [concept for concept in found if concept is not None]
    if not known:
        return _pick(PLACES_BY_MOOD.get(plan.setting.mood or "", VISTAS), rng)
    if plan.colors or plan.style in PLAIN_STYLES or plan.composition == "pattern":
        return "studio"
    return _pick(_habitat(plan, known), rng)


def _habitat(plan: ScenePlan, known: list[Concept]) -> tuple[str, ...]:
    """Places that suit what is in the picture, the surest sign first."""
    carried = any(relation.relation in ("on", "in", "inside", "riding") for relation in plan.relations)
    inside = [
        concept for concept in known if concept.group == "furniture" and concept.footing in ("floor", "wall")
    ]
    outside = [concept for concept in known if concept.group in ("building", "plant", "vehicle", "landform")]
    signs: list[tuple[bool, tuple[str, ...]]] = [
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


def _time(plan: ScenePlan, place: str, rng: np.random.Generator) -> str:
    if place == "studio" or plan.setting.weather is not None:
        return "day"
    if plan.setting.mood == "happy":
        return _pick(("day", "golden hour"), rng)
    if plan.setting.mood == "spooky":
        return "night"
    if plan.setting.mood in ("romantic", "dreamy", "epic"):
        return _pick(("sunset", "golden hour", "dawn"), rng)
    if not plan.objects:
        return _pick(("dawn", "golden hour", "sunset", "night", "day"), rng)
    return _pick(("day", "day", "day", "day", "day", "golden hour", "dawn"), rng)


def _families(style: str | None, rng: np.random.Generator, index: int) -> tuple[str, ...]:
    """Sets of art in order of preference. The first candidate shows the best-looking set."""
    if style in FLAT_STYLES:
        order = [("flat", "twemoji", "noto"), ("twemoji", "flat", "noto"), ("noto", "flat", "twemoji")]
        return (*order[index % 3], "own", "emojione", "fluent")
    if style in GLOSSY_STYLES or index == 0 or rng.random() < 0.4:
        return ("fluent", "own", "noto", "flat", "twemoji", "emojione")
    first = _pick(("noto", "fluent", "noto", "emojione", "twemoji"), rng)
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
    portrait: bool,
) -> Art | None:
    if concept is None:
        return None
    if portrait and concept.faces:
        return _of_family(concept.faces, families, bank)
    words = [word for word in (planned.color, *planned.attributes) if word]
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


def _pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]
