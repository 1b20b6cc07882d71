"""Japanese clauses: what a verb finds around it, who does it, and where that puts things."""

from __future__ import annotations

from dataclasses import dataclass, field

from egaku.engines.illustrator.understand import lexicon
from egaku.engines.illustrator.understand.draft import BOUNDED, Draft, Thing
from egaku.engines.illustrator.understand.japanese_words import Word, words
from egaku.engines.illustrator.understand.linking import CLOSE, CONTAINERS, SURFACES, unwieldy
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText

NOUNS = ("concept", "place", "unknown")
SLOTS = ("time", "weather", "season", "mood", "composition", "background", "style")
WATERS = frozenset({"sea", "lake", "pond", "river", "pool"})
"""Places one floats on rather than flies above."""


@dataclass(slots=True)
class Clause:
    """What a verb will find when it comes."""

    subjects: list[Thing] = field(default_factory=list)
    objects: list[Thing] = field(default_factory=list)
    landmarks: list[tuple[str | None, Thing]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.subjects or self.objects or self.landmarks)


@dataclass(slots=True)
class Predicate:
    """A verb with everything but its subject."""

    verb: str
    relation: str
    attributes: list[str]
    clause: Clause


class JapaneseClauses:
    """What the grammar remembers while it reads one prompt, and what clauses do to the draft."""

    def __init__(self, clean: CleanText, draft: Draft) -> None:
        self.words = words(clean.text)
        self.lettering = list(clean.lettering)
        self.draft = draft
        self.mods = Modifiers()
        self.clause = Clause()
        self.chain: list[Predicate] = []
        self.before: list[Predicate] = []
        self.group: list[Thing] = []
        self.last: Thing | None = None
        self.topic: list[Thing] = []
        self.mains: list[Thing] = []
        self.landmark: Thing | None = None
        self.portrait = False
        self.position = 0

    def _peek(self, ahead: int = 0) -> Word | None:
        index = self.position + ahead
        return self.words[index] if index < len(self.words) else None

    def _next_is(self, *texts: str, ahead: int = 0) -> bool:
        word = self._peek(ahead)
        return word is not None and word.kind == "particle" and word.text in texts

    def _noun_follows(self) -> bool:
        index = 0
        while (word := self._peek(index)) is not None:
            if word.has(*NOUNS) or word.kind in ("body", "pelt", "backdrop", "palette", "flock", "part"):
                return True
            skip = word.has("color", "size", "attribute", "facing", "count", "many", "-", *SLOTS)
            following = self._peek(index + 1)
            listed = word.kind == "comma" and following is not None and following.has("color")
            if not skip and not listed and not (word.kind == "particle" and word.text in ("の", "と", "で")):
                return False
            index += 1
        return False

    def _skip_particles(self) -> None:
        while self._next_is("の", "に", "で", "を", "が", "は", "と"):
            self.position += 1

    def _keep(self, things: list[Thing]) -> None:
        for thing in things:
            if thing.concept is not None and thing not in self.draft.things:
                self.draft.things.append(thing)

    def _later(self, thing: Thing, predicates: list[Predicate]) -> None:
        for predicate in predicates:
            self._apply(predicate, [thing])

    def _close(self, kind: str, relation: str, attributes: list[str], form: str = "attr") -> None:
        """A clause ends: with its own subject it is complete, without one it waits for a noun."""
        clause, self.clause = self.clause, Clause()
        predicate = Predicate(kind, relation, attributes, clause)
        if clause.subjects:
            following = self._peek()
            self._apply(predicate, clause.subjects)
            if (
                form == "attr"
                and following is not None
                and following.has("concept")
                and kind in ("jloc", "jverb")
            ):
                self.before.append(Predicate("head", relation, [], Clause(subjects=clause.subjects)))
            return
        if form == "te" or not self._noun_follows():
            self.chain.append(predicate)
        else:
            self.before.append(predicate)

    def _apply(self, predicate: Predicate, subjects: list[Thing]) -> None:
        clause = predicate.clause
        if predicate.verb == "sign":
            self.draft.lettering_on = subjects[0]
            return
        for subject in subjects:
            if predicate.verb == "head":
                for actor in clause.subjects:
                    self._stand(predicate, actor, None, subject)
                continue
            if predicate.verb == "worn":
                for owner in clause.objects:
                    self.draft.relate(owner, "wearing", subject)
                continue
            for attribute in predicate.attributes:
                subject.add_attribute(attribute)
            for thing in clause.objects:
                self._object(predicate, subject, thing)
            for relation, thing in clause.landmarks:
                self._stand(predicate, subject, relation, thing)

    def _object(self, predicate: Predicate, subject: Thing, thing: Thing) -> None:
        if predicate.verb in ("jpas", "shape"):
            self.draft.relate(thing, predicate.relation, subject)
        elif predicate.verb == "jloc":
            self._stand(predicate, subject, None, thing)
        elif thing.place is not None and thing.concept is None:
            self.draft.set("place", thing.place)
        elif predicate.relation == "holding" and unwieldy(thing):
            self.draft.relate(subject, "next to", thing)
        else:
            self.draft.relate(subject, predicate.relation, thing)

    def _stand(self, predicate: Predicate, subject: Thing, said: str | None, thing: Thing) -> None:
        """Where the subject is: by the words' own relation, else the verb's, else what fits the landmark."""
        if predicate.verb == "jpas":
            self.draft.relate(thing, predicate.relation, subject)
            return
        relation = said if said not in (None, "at") else None
        if relation is None:
            relation = (
                predicate.relation
                if predicate.verb in ("jloc", "head") and predicate.relation != "at"
                else None
            )
        if relation == "riding" and (
            thing.group not in ("animal", "vehicle", "fantasy") or _perches(subject)
        ):
            relation = "on"
        if relation == "on" and "flying" in predicate.attributes and thing.place not in WATERS:
            relation = "above"
        if said is None and relation == "next to" and thing.concept in SURFACES:
            relation = "on"
        floats = subject.group == "vehicle" or "flying" in predicate.attributes
        if relation is None and thing.place in WATERS and floats:
            relation = "on"
        if thing.place is not None and self._is_setting(thing, relation):
            self._set_place(subject, thing, relation)
            return
        if relation is None:
            relation = (
                "in" if thing.concept in CONTAINERS else "on" if thing.concept in SURFACES else "next to"
            )
        self.draft.relate(subject, relation, thing)

    def _is_setting(self, thing: Thing, relation: str | None) -> bool:
        if (
            thing.concept is not None
            and "place" in self.draft.slots
            and self.draft.slots["place"] != thing.place
        ):
            return False
        natural = thing.group in ("place", "landform")
        return relation not in CLOSE or (natural and relation in ("next to", "above", "around"))

    def _set_place(self, subject: Thing, thing: Thing, relation: str | None) -> None:
        self.draft.set("place", thing.place or "")
        thing.scenery = thing.concept is not None
        if thing.concept in BOUNDED:
            wet = thing.concept in ("pool", "pond", "lake", "river", "cave")
            self.draft.relate(subject, relation or ("in" if wet else "on"), thing)


def _perches(thing: Thing) -> bool:
    return lexicon.info(thing.concept or "").footing == "sky"
