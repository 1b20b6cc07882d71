"""The scene while it is being understood: mutable, language-neutral, turned into a ScenePlan at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from egaku.engines.illustrator.plan import ObjectPlan, RelationPlan, ScenePlan, Setting
from egaku.engines.illustrator.understand import lexicon

MAX_OBJECTS = 16
MAX_COUNT = 50
MAX_RELATIONS = 32
MAX_UNKNOWN = 24

ANIMATE = frozenset({"animal", "person", "fantasy", "insect"})
LIFELIKE = frozenset({"snowman", "teddy bear", "doll", "puppet", "rubber duck", "gingerbread man", "toy"})
"""Things that wear and hold as if they were alive."""
BOUNDED = frozenset({
    "pool", "pond", "lake", "river", "waterfall", "volcano", "island", "castle", "bridge", "cave",
    "temple", "mountain", "hill", "moon", "mars",
})  # fmt: skip
"""Places that are also a thing other things can stand on, in or beside."""


WATERS = frozenset({"sea", "underwater", "lake", "river", "pond", "pool"})
"""Places where what floats does not fly."""
DRESS = {
    "astronaut": "spacesuit", "wizard": "wizard hat", "witch": "witch hat", "king": "crown",
    "queen": "crown", "prince": "crown", "princess": "crown", "chef": "chef hat", "cowboy": "cowboy hat",
    "detective": "hat", "police officer": "cap", "knight": "shield", "samurai": "katana",
    "santa claus": "santa hat", "superhero": "cape", "doctor": "stethoscope",
    "student": "graduation cap", "construction worker": "hard hat", "artist": "artist palette",
    "musician": "guitar", "businessman": "tie", "pirate": "eye patch", "soldier": "helmet",
    "firefighter": "helmet", "scientist": "lab coat", "judge": "balance scale", "farmer": "straw hat",
    "pilot": "goggles", "ninja": "mask", "singer": "microphone", "guitarist": "guitar",
    "photographer": "camera",
}  # fmt: skip
"""What an animal with a profession wears or holds."""
EMBLEMS = {
    "cafe": "coffee", "library": "book", "restaurant": "fork", "farm": "barn", "garden": "flower",
    "beach": "beach umbrella", "classroom": "pencil", "office": "briefcase", "bathroom": "bathtub",
    "kitchen": "frying pan", "stadium": "soccer ball", "harbor": "anchor", "space": "rocket",
    "bedroom": "bed", "park": "tree", "stage": "microphone", "road": "car", "sea": "sailboat",
}  # fmt: skip
"""What a logo shows for a place: a sign for a coffee shop bears a cup."""


@dataclass(slots=True, eq=False)
class Thing:
    """One noun phrase: an object, a place, or something unknown (no concept and no place)."""

    concept: str | None = None
    place: str | None = None
    label: str = ""
    count: int = 1
    color: str | None = None
    size: str | None = None
    attributes: list[str] = field(default_factory=list)
    facing: str | None = None
    portrait: bool = False
    side: str | None = None
    scenery: bool = False

    @property
    def group(self) -> str:
        """Group of the concept; `place` for places, an empty string when unknown."""
        if self.concept is None:
            return "place" if self.place else ""
        return lexicon.info(self.concept).group

    @property
    def animate(self) -> bool:
        """Whether it can wear, hold, ride or look."""
        return self.group in ANIMATE or self.concept in LIFELIKE

    def add_attribute(self, attribute: str) -> None:
        """Add an attribute once."""
        if attribute not in self.attributes:
            self.attributes.append(attribute)


@dataclass(slots=True)
class Draft:
    """Everything gathered so far."""

    things: list[Thing] = field(default_factory=list)
    relations: list[tuple[Thing, str, Thing]] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)
    """place, time, weather, season, mood, style, composition, background: the first mention wins."""
    weak: dict[str, str] = field(default_factory=dict)
    """The same, for hints that any plain mention overrides."""
    colors: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    lettering: list[str] = field(default_factory=list)
    lettering_on: Thing | None = None

    def set(self, slot: str, value: str, *, weak: bool = False) -> None:
        """Fill a slot unless it is filled already."""
        (self.weak if weak else self.slots).setdefault(slot, value)

    def relate(self, subject: Thing, relation: str, target: Thing) -> None:
        """Add a relation between two things once; a thing has none to itself."""
        triple = (subject, relation, target)
        if subject is not target and triple not in self.relations and len(self.relations) < MAX_RELATIONS:
            self.relations.append(triple)

    def forget(self, thing: Thing) -> None:
        """Take a thing and its relations out again."""
        self.things[:] = [one for one in self.things if one is not thing]
        self.relations[:] = [link for link in self.relations if thing not in (link[0], link[2])]

    def earlier(self, concept: str | None) -> Thing | None:
        """The latest single thing of a concept: what "the cat" means once a cat has been named."""
        if concept is None:
            return None
        found = (thing for thing in reversed(self.things) if thing.concept == concept and thing.count == 1)
        return next(found, None)

    def note_unknown(self, word: str) -> None:
        """Remember a content word nobody knew."""
        if word not in self.unknown and len(self.unknown) < MAX_UNKNOWN:
            self.unknown.append(word)

    def plan(self, prompt: str, language: str) -> ScenePlan:
        """Freeze into a ScenePlan: scenery last, equal things merged, relations by index."""
        self._imply()
        slots = {**self.weak, **self.slots}
        self._side_by_side()
        self._land(slots.get("place"))
        drawn = [thing for thing in self.things if thing.concept is not None and not thing.scenery]
        drawn += [thing for thing in self.things if thing.scenery and thing.concept in BOUNDED]
        place = slots.get("place")
        if not drawn and place in lexicon.concepts():
            drawn = [Thing(concept=place, label=place or "", scenery=True)]
        drawn = drawn[:MAX_OBJECTS]
        index = {id(thing): position for position, thing in enumerate(drawn)}
        return ScenePlan(
            prompt=prompt,
            language=language,
            objects=tuple(_object(thing) for thing in drawn),
            relations=tuple(
                RelationPlan(subject=index[id(subject)], relation=relation, object=index[id(target)])
                for subject, relation, target in self.relations
                if id(subject) in index and id(target) in index
            ),
            setting=Setting(
                **{name: slots.get(name) for name in ("place", "time", "weather", "season", "mood")}
            ),
            style=slots.get("style"),
            composition=slots.get("composition"),
            lettering=" ".join(self.lettering) or None,
            lettering_on=index.get(id(self.lettering_on)) if self.lettering_on is not None else None,
            background=slots.get("background", "auto"),
            colors=tuple(dict.fromkeys(self.colors)),
            unknown=tuple(self.unknown),
        )

    def _imply(self) -> None:
        """Weak hints of what is there: a moon makes night, a logo for a library shows a book."""
        named = {thing.concept for thing in self.things}
        heavenly = named & {"sun", "earth", "planet", "saturn", "jupiter", "mars", "solar eclipse"}
        if named & {"moon", "crescent moon", "half moon"} and not heavenly:
            self.set("time", "night", weak=True)
        place = self.slots.get("place", self.weak.get("place", ""))
        emblem = EMBLEMS.get(place)
        if (
            self.slots.get("style") in ("logo", "sticker")
            and emblem is not None
            and not named - {None, place}
        ):
            self.things[:] = [Thing(concept=emblem, label=emblem)]
            self.slots.pop("place", None)
            self.weak.pop("place", None)

    def _land(self, place: str | None) -> None:
        """What floats on water does not fly."""
        for thing in self.things:
            swims = thing.concept is not None and lexicon.info(thing.concept).footing in ("water", "in-water")
            grounded = place not in ("sky", "space", "moon")
            alive = thing.group in ("animal", "fantasy") and place is None
            if swims and grounded and not alive and "flying" in thing.attributes:
                thing.attributes.remove("flying")
            elif "flying" in thing.attributes and place in WATERS and _walks(thing):
                thing.attributes[thing.attributes.index("flying")] = "swimming"

    def _side_by_side(self) -> None:
        """Turn "a cat on the left and a dog on the right" into: cat left of dog."""
        lefts = [thing for thing in self.things if thing.side == "left"]
        rights = [thing for thing in self.things if thing.side == "right"]
        for left, right in zip(lefts, rights, strict=False):
            self.relate(left, "left of", right)


def _walks(thing: Thing) -> bool:
    return thing.group == "animal" and lexicon.info(thing.concept or "").footing == "ground"


def _object(thing: Thing) -> ObjectPlan:
    return ObjectPlan(
        concept=thing.concept or "",
        label=thing.label,
        count=max(1, min(MAX_COUNT, thing.count)),
        color=thing.color,
        size=thing.size,
        attributes=tuple(thing.attributes),
        facing=thing.facing,
        portrait=thing.portrait,
        scenery=thing.scenery,
    )
