"""Joins noun phrases: which thing a relation starts from, which it ends at, and what is only scenery."""

from __future__ import annotations

from dataclasses import dataclass

from egaku.engines.illustrator.understand import draft as drafts
from egaku.engines.illustrator.understand import lexicon
from egaku.engines.illustrator.understand.draft import Draft, Thing

DEEDS = frozenset({"wearing", "holding", "chasing", "looking at", "riding"})
INTO = frozenset({"in", "inside", "on"})
CLOSE = frozenset({
    "next to", "behind", "in front of", "above", "below", "under", "left of", "right of", "between",
    "around", "looking at", "chasing", "holding", "riding",
})  # fmt: skip
CONTAINERS = frozenset({
    "basket", "bowl", "box", "cup", "mug", "vase", "jar", "aquarium", "fishbowl", "pool", "pond",
    "bathtub", "cage", "nest", "bag", "bucket", "boat", "glass", "sink", "backpack", "suitcase", "crate",
    "barrel", "pot", "bottle", "globe", "handbag", "canoe", "rowboat", "teacup", "window", "tent",
    "cave", "cauldron", "fountain", "snow globe", "shopping cart", "water glass", "trash can",
    "treasure chest", "hot spring", "washing machine", "fruit basket", "flower pot", "bowl of rice",
    "cart",
})  # fmt: skip
SERVERS = frozenset({"bowl", "cup", "mug", "teacup", "water glass", "jar", "plate"})
SERVED = frozenset({
    "soup", "stew", "ramen", "udon", "noodle", "curry", "salad", "cereal", "bowl of rice", "paella",
    "spaghetti", "honey", "oden", "jam", "shaved ice",
})  # fmt: skip
"""Food whose picture brings its own bowl or jar."""
SURFACES = frozenset({
    "table", "desk", "shelf", "cake", "plate", "tray", "sofa", "bed", "bench", "chair", "armchair",
    "rug", "stool", "counter", "tree", "island", "pizza", "pancake", "bookshelf", "ice", "road",
    "hamburger", "toast", "birthday cake", "christmas tree", "apple tree", "ice cream", "picnic table",
    "picnic blanket",
})  # fmt: skip
LANDSCAPE = frozenset({
    "beach", "sea", "forest", "jungle", "meadow", "desert", "lake", "river", "field", "sky", "city",
    "village", "park", "garden", "farm", "road", "street", "flower field",
})  # fmt: skip


PARTS = {
    "building": frozenset({"door", "window", "chimney", "stairs", "gate"}),
    "vehicle": frozenset({"wheel", "tire", "door", "window", "anchor"}),
    "animal": frozenset({"wing", "tail", "horn", "leaf"}),
    "fruit": frozenset({"leaf"}),
    "flower": frozenset({"leaf"}),
}
"""Concepts that are part of a thing that is drawn whole anyway."""


LIGHT = frozenset({
    "kite", "paper airplane", "paper boat", "skateboard", "surfboard", "kick scooter", "life ring",
    "drone", "roller skate", "wheel", "tire", "sled", "anchor", "brick", "birdhouse", "robot arm",
})  # fmt: skip
"""Vehicles and parts of buildings that a hand can hold."""


@dataclass(slots=True)
class Pending:
    """A relation word that waits for its second noun."""

    relation: str
    kind: str = "prep"
    """prep, verb, with, wear, shape, at, of."""
    inverse: bool = False
    again: bool = False
    """`and` stood just before it: it starts from the main subject."""


@dataclass(slots=True)
class Tail:
    """The last relation made, for nouns that join it with `and`."""

    pending: Pending
    subjects: list[Thing]
    objects: list[Thing]


class Linker:
    """Receives things, relation words and conjunctions in reading order, and fills a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pending: Pending | None = None
        self.tail: Tail | None = None
        self.group: list[Thing] = []
        self.previous: list[Thing] = []
        self.waiting: tuple[Pending, Thing] | None = None
        self.joined = False
        self.together = False
        self.last: Thing | None = None

    def relation(self, relation: str, kind: str = "prep", *, inverse: bool = False) -> None:
        """A relation word was read; it waits for its second noun."""
        self.pending = Pending(relation, kind, inverse, again=self.joined)
        self.joined = False

    def conjunction(self, *, comma: bool = False) -> None:
        """`and` or a comma was read."""
        self.joined = True
        if not comma:
            self.together = True

    def end_clause(self) -> None:
        """A full stop: nothing waits any more, but the subject can still be spoken of."""
        self.pending = None
        self.tail = None
        self.joined = False

    def add(self, thing: Thing) -> None:
        """A noun phrase was read."""
        pending, self.pending = self.pending, None
        joined, self.joined = self.joined, False
        if pending is not None:
            self._target(thing, pending)
        elif joined and self.tail is not None and self._joins_tail(self.tail, thing):
            self._keep(thing, governed=True)
            self._connect(self.tail.pending, self.tail.subjects, thing)
            self.tail.objects.append(thing)
        else:
            self._subject(thing, joined=joined)
        self.last = thing

    def again(self, thing: Thing) -> None:
        """A thing was named again: as a relation's second noun, or as the subject of what follows."""
        pending, self.pending = self.pending, None
        if pending is not None:
            self._connect(pending, [one for one in self._subjects(thing, pending) if one is not thing], thing)
        else:
            self.group, self.tail, self.together = [thing], None, False
        self.joined = False
        self.last = thing

    def part(self) -> None:
        """A part that is drawn with its whole was named: what `and` adds belongs to the whole too."""
        pending, self.pending = self.pending, None
        if pending is not None and pending.kind == "with":
            part = Thing()
            self.tail = Tail(pending, self._subjects(part, pending), [part])
        self.joined = False

    def forget_last(self) -> None:
        """The last thing is no thing of its own; what hung on it hangs on what is before it."""
        gone, self.pending = self.last, None
        self.group = [thing for thing in self.group if thing is not gone]
        if self.tail is not None and gone in self.tail.objects:
            self.tail = None
        self.last = self.group[-1] if self.group else None

    def refer_back(self) -> None:
        """A pronoun stood where a noun could: it means the thing before the last ("a vase on it")."""
        pending, self.pending = self.pending, None
        if pending is None or self.last is None:
            return
        owner = self.owner()
        if owner is not None and owner is not self.last:
            self._replace(self.last, pending.relation, owner)

    def owner(self) -> Thing | None:
        """Whom a possessive or pronoun means: the subject the last thing hangs on, or the main subject."""
        if self.tail is not None and self.tail.subjects and self.last in self.tail.objects:
            return self.tail.subjects[0]
        owners = [thing for thing in (*self.group[:1], *self.previous[:1]) if thing is not self.last]
        return owners[0] if owners else None

    def _replace(self, subject: Thing, relation: str, target: Thing) -> None:
        relations = self.draft.relations
        relations[:] = [
            r for r in relations if {id(r[0]), id(r[2])} != {id(subject), id(target)} or r[1] in DEEDS
        ]
        self.draft.relate(subject, relation, target)

    def _subject(self, thing: Thing, *, joined: bool) -> None:
        goes_on = joined and (self.tail is None or self.tail.pending.kind == "of")
        if not goes_on:
            self.previous = self.group or self.previous
            self.group, self.together = [], False
        self.group.append(thing)
        self.tail = None
        self._keep(thing, governed=False)
        if self.waiting is not None:
            pending, target = self.waiting
            self.waiting = None
            self._connect(pending, [thing], target)

    def _target(self, thing: Thing, pending: Pending) -> None:
        subjects = self._subjects(thing, pending)
        landscape = thing.place in LANDSCAPE and thing.concept not in drafts.BOUNDED
        if landscape and "place" in self.draft.slots and pending.relation in INTO:
            return  # one picture has one landscape: the first that was named
        if thing.place is not None and self._is_setting(thing, pending, subjects):
            self.draft.set("place", thing.place)
            if (
                pending.kind != "of"
                and thing.concept in drafts.BOUNDED
                and subjects
                and pending.relation in INTO
            ):
                thing.scenery = True
                self.draft.things.append(thing)
                self._connect(Pending(pending.relation), subjects, thing)
            self.tail = None
            if not self.group:
                self.group = [thing]
            return
        self._keep(thing, governed=True)
        if not self.group and pending.kind == "prep" and not pending.inverse:
            self.waiting = (pending, thing)  # "on a table, a cat": the subject is still to come
            return
        if not self.group:
            self.group = [thing]
        self._connect(pending, subjects, thing)
        self.tail = Tail(pending, subjects, [thing])

    def _is_setting(self, thing: Thing, pending: Pending, subjects: list[Thing]) -> bool:
        """A place after a preposition is where the scene is, unless it is a thing one stands beside."""
        if "place" in self.draft.slots and thing.concept is not None:
            return False
        if pending.kind in ("with", "verb", "of") and thing.concept is not None and subjects:
            return bool(thing.place in LANDSCAPE and thing.concept is not None and pending.kind == "verb")
        bounded = thing.concept in drafts.BOUNDED and thing.place not in LANDSCAPE
        return not (bounded and subjects and pending.relation in CLOSE)

    def _keep(self, thing: Thing, *, governed: bool) -> None:
        if thing.place is not None and (thing.concept is None or not governed):
            natural = thing.concept is None or lexicon_group(thing) in ("landform", "place")
            if natural and "place" not in self.draft.slots:
                self.draft.set("place", thing.place, weak=thing.concept is not None)
                thing.scenery = thing.concept is not None
        if thing.concept is not None:
            self.draft.things.append(thing)

    def _subjects(self, thing: Thing, pending: Pending) -> list[Thing]:
        """The things a relation starts from, nearest first; empty when there is none."""
        everyone = [member for member in self.group if member.group != "place"]
        if self.last is None or not everyone:
            return everyone if self.last is None or self.last.group == "place" else [self.last]
        nearest = everyone if self.together else everyone[-1:]
        close = pending.kind in ("with", "shape", "of") or pending.inverse
        if pending.kind == "with" and (self.last.group == "place" or self.last.scenery):
            return []
        if pending.again or self.tail is None:
            return everyone[-1:] if close else nearest
        last = self.last if self.last.group != "place" else everyone[-1]
        return [last] if self._from_last(last, thing, pending, self.tail.pending) else nearest

    @staticmethod
    def _from_last(last: Thing, thing: Thing, pending: Pending, previous: Pending) -> bool:
        """Whether a second relation starts from the thing just named rather than from the main subject.

        Deeds need somebody who can do them. "On" after "in" hangs on the last thing (in a box on a rug);
        after a deed or a "with" the subject goes on (a lion with a crown on a throne).
        """
        if pending.kind in ("verb", "wear") or pending.relation in DEEDS or thing.group == "clothing":
            return last.animate
        if pending.kind in ("with", "shape", "of") or pending.inverse:
            return True
        if previous.kind == "with" or previous.relation in DEEDS:
            return False
        return pending.relation in INTO or previous.relation not in INTO

    def _joins_tail(self, tail: Tail, thing: Thing) -> bool:
        """Whether "and X" continues the last relation's objects rather than its subjects."""
        pending, target = tail.pending, tail.objects[-1]
        if pending.kind == "of":
            return thing.group == target.group
        if pending.relation == "between" or (pending.kind == "with" and not thing.animate):
            return True
        if thing.group == target.group:
            return not (self.group and self.group[0].group == thing.group and pending.relation not in DEEDS)
        if thing.animate:
            return False
        return target.animate is False and pending.relation in ("next to", "around", "holding", "between")

    def _connect(self, pending: Pending, subjects: list[Thing], thing: Thing) -> None:
        if pending.kind == "of":
            if subjects and subjects[-1].concept in SERVERS and _served(thing) and subjects[-1].count == 1:
                self.draft.forget(subjects[-1])
                if subjects[-1] in self.group:
                    self.group[self.group.index(subjects[-1])] = thing
            elif subjects and (subjects[-1].concept in CONTAINERS):
                self.draft.relate(thing, "in", subjects[-1])
            return
        for subject in subjects:
            if pending.kind == "with":
                self._with(subject, thing)
            elif pending.kind == "shape":
                self.draft.relate(thing, "on", subject)
            elif pending.kind == "at":
                self.draft.relate(subject, "next to", thing)
            elif pending.inverse:
                self.draft.relate(thing, pending.relation, subject)
            elif (
                thing.group == "clothing" and subject.animate and pending.relation == "in"
            ) or pending.relation == "wearing":
                self._wear(subject, thing)
            elif pending.relation == "holding" and unwieldy(thing):
                self.draft.relate(subject, "next to", thing)
            else:
                self.draft.relate(subject, pending.relation, thing)

    def _wear(self, subject: Thing, thing: Thing) -> None:
        """Wear a thing; a second one of the same kind replaces the first."""
        for link in [link for link in self.draft.relations if link[0] is subject and link[1] == "wearing"]:
            if link[2].concept == thing.concept:
                self.draft.relations.remove(link)
                self.draft.things.remove(link[2])
        self.draft.relate(subject, "wearing", thing)

    def _with(self, subject: Thing, thing: Thing) -> None:
        """What "X with Y" means depends on both: worn, held, in it, on it, or beside it."""
        relate = self.draft.relate
        if subject.scenery and subject.concept not in CONTAINERS:
            return
        if thing.concept in PARTS.get(subject.group, ()):
            self.draft.things.remove(thing)
            return
        if thing.group == "clothing" and subject.animate:
            self._wear(subject, thing)
        elif subject.concept in CONTAINERS:
            relate(thing, "in", subject)
        elif subject.concept in SURFACES:
            relate(thing, "on", subject)
        elif subject.animate and _holdable(thing):
            relate(subject, "holding", thing)
        elif thing.group != "place":
            relate(thing, "next to", subject)


def _served(thing: Thing) -> bool:
    return thing.concept in SERVED or thing.group == "drink"


def unwieldy(thing: Thing) -> bool:
    """Whether nobody can hold it: a piano is played standing beside it."""
    large = thing.group in ("building", "vehicle", "landform", "place") and thing.concept not in LIGHT
    fixed = thing.group == "furniture" and lexicon.info(thing.concept or "").footing == "floor"
    return (
        large
        or fixed
        or thing.concept in ("piano", "grand piano", "harp", "chess board", "video game controller", "drum")
    )


def _holdable(thing: Thing) -> bool:
    footing = lexicon.info(thing.concept or "").footing
    small = footing in ("hand", "table") or thing.group in ("instrument", "toy", "drink", "flower")
    return small or thing.concept in ("kite", "balloon", "ball", "soccer ball", "basketball", "flag")


def lexicon_group(thing: Thing) -> str:
    """Group of the thing's concept in the lexicon."""
    return lexicon.info(thing.concept or "").group
