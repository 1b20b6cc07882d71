"""The Japanese grammar: particles say what a noun is to the verb, and the verb says who does it.

A clause gathers subjects (が, は, も), objects (を) and landmarks (に, で, の上に …) until its verb. A verb in its
attributive form gives what it gathered to the noun that follows; in its て form, to the noun the sentence is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from egaku.engines.illustrator.understand import draft as drafts
from egaku.engines.illustrator.understand.draft import Draft, Thing
from egaku.engines.illustrator.understand.japanese_words import Word, words
from egaku.engines.illustrator.understand.linking import CLOSE, CONTAINERS, SURFACES
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText

NOUNS = ("concept", "place", "unknown")
SLOTS = ("time", "weather", "season", "mood", "composition", "background", "style")
CHEERS = frozenset({"happy", "sad"})


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


class JapaneseReader:
    """One pass over one prompt."""

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

    def read(self) -> Draft:
        """Read to the end and return the draft, the things the prompt is about first."""
        while self.position < len(self.words):
            word = self.words[self.position]
            self.position += 1
            self._step(word)
        self._end()
        for text in self.lettering:
            self.draft.lettering.append(text)
        first = [thing for thing in self.draft.things if thing in self.mains]
        self.draft.things = first + [thing for thing in self.draft.things if thing not in self.mains]
        if self.portrait:
            for thing in self.draft.things[:1]:
                thing.portrait = thing.animate
        return self.draft

    def _peek(self, ahead: int = 0) -> Word | None:
        index = self.position + ahead
        return self.words[index] if index < len(self.words) else None

    def _next_is(self, *texts: str, ahead: int = 0) -> bool:
        word = self._peek(ahead)
        return word is not None and word.kind == "particle" and word.text in texts

    # --- one word

    def _step(self, word: Word) -> None:
        if word.has("concept", "unknown") or (word.has("place") and not word.has("jverb", "jloc")):
            self._noun(word)
        elif word.has("jverb", "jloc", "jpas"):
            self._verb(word)
        elif word.has("color", "size", "attribute", "facing"):
            self._modifier(word)
        elif word.has(*SLOTS, "weakstyle", "weakplace"):
            self._slot(word)
        else:
            handler = getattr(self, f"_on_{word.kind}", None)
            if handler is not None:
                handler(word)

    def _slot(self, word: Word) -> None:
        for kind, value in word.tags:
            if kind == "weakstyle":
                self.draft.set("style", value, weak=True)
            elif kind == "weakplace":
                self.draft.set("place", value, weak=True)
            elif kind in SLOTS:
                self.draft.set(kind, value)
                self.portrait = self.portrait or value == "portrait"
        if word.has("style", "weakstyle", "composition") and not self._next_is("の", "で"):
            self._settle()
        if self._next_is("の", "に", "で", "を", "が", "は"):
            self.position += 1

    # --- modifiers

    def _modifier(self, word: Word) -> None:
        if word.value == "baby" and self.group and self.words[self.position - 2].text == "の":
            self.group[-1].add_attribute("baby")
            self._role()
            return
        if self._noun_follows():
            self._collect(self.mods, word)
            if self._next_is("の"):
                self.position += 1
            return
        late = Modifiers()
        self._collect(late, word)
        targets = self.clause.subjects or self.topic[-1:] or self.group[-1:]
        for thing in targets[-1:]:
            late.apply(thing, overwrite=False)
        for mood in late.moods:
            if not targets or not targets[-1].animate:
                self.draft.set("mood", mood)
        if not targets:
            self.draft.colors.extend(late.colors)

    def _collect(self, mods: Modifiers, word: Word) -> None:
        for kind, value in word.tags:
            if kind == "color":
                mods.colors.append(value)
            elif kind == "size":
                mods.size = value
            elif kind == "attribute":
                mods.attributes.append(value)
            elif kind == "facing":
                mods.facing = value
            elif kind == "mood":
                mods.moods.append(value)

    def _noun_follows(self) -> bool:
        index = 0
        while (word := self._peek(index)) is not None:
            if word.has(*NOUNS) or word.kind in ("body", "pelt", "backdrop", "palette", "flock", "part"):
                return True
            skip = word.has("color", "size", "attribute", "facing", "count", "many", "-", *SLOTS)
            if not skip and not (word.kind == "particle" and word.text in ("の", "と", "で")):
                return False
            index += 1
        return False

    def _on_count(self, word: Word) -> None:
        value = int(word.value)
        target = self.group[-1] if self.group else (self.clause.subjects or self.clause.objects or [None])[-1]
        if word.text.endswith("の") or target is None:
            self.mods.count = value
        elif self._noun_follows_directly():
            self.mods.count = value
        else:
            target.count = value
            if self.group:
                self._role()

    def _noun_follows_directly(self) -> bool:
        word = self._peek()
        return word is not None and word.has(*NOUNS, "color", "size")

    def _on_many(self, word: Word) -> None:
        target = (self.clause.subjects or [None])[-1]
        if self._noun_follows() or target is None:
            self.mods.count = int(word.value)
        else:
            target.count = int(word.value)

    def _on_plural(self, word: Word) -> None:
        if self.last is not None and self.last.count == 1:
            self.last.count = int(word.value)
        self._role()

    def _on_flock(self, word: Word) -> None:
        if self.group:
            self.group[-1].count = max(self.group[-1].count, int(word.value))
            self._role()
        else:
            self.mods.count = int(word.value)

    # --- nouns

    def _noun(self, word: Word) -> None:
        following = self._peek()
        if word.has("style") and not self.mods and following is not None and following.kind in ("-", "style"):
            self._slot(word)
            return
        if self._narrows(word, following):
            return
        mods, self.mods = self.mods, Modifiers()
        if word.has("unknown"):
            self.draft.note_unknown(word.text)
        thing = Thing(word.get("concept"), word.get("place"), word.text, color=word.get("color"))
        for kind, value in word.tags:
            if kind == "attribute":
                thing.add_attribute(value)
            elif kind in SLOTS:
                self.draft.set(kind, value)
        mods.apply(thing)
        if thing.place is not None and thing.group in ("place", "landform"):
            self.draft.colors.extend(mods.colors)
        for mood in mods.moods:
            if not thing.animate:
                self.draft.set("mood", mood)
        if "々" in word.text and thing.count == 1:
            thing.count = 3
        if not mods and not self.before and "々" not in word.text:
            thing = self._named_before(thing)
        self.last = thing
        self.group.append(thing)
        before, self.before = self.before, []
        self._later(thing, before)
        self._role()

    def _named_before(self, thing: Thing) -> Thing:
        """A bare noun that names a thing of this prompt again means that thing, where it is a landmark or subject."""
        earlier = self.draft.earlier(thing.concept)
        particle = self._peek()
        again = particle is not None and particle.kind == "particle" and particle.text in ("の", "は", "に")
        return earlier if earlier is not None and again else thing

    def _narrows(self, word: Word, following: Word | None) -> bool:
        """A noun right before a noun, or before の and a noun it belongs to, only says which one."""
        if following is not None and following.has("concept") and not word.has("unknown"):
            if word.has("place"):
                self.draft.set("place", word.get("place") or "", weak=True)
            return True
        after = self._peek(1)
        if not self._next_is("の") or after is None or not after.has("concept"):
            return False
        if word.text in ("木", "丸太") and not self.mods:
            self.mods.attributes.append("wooden")
        elif word.text in ("氷", "ガラス"):
            self.mods.attributes.append("transparent")
        elif word.has("place") or word.has("unknown"):
            return False
        else:
            return self._belongs(word, after)
        self.position += 1
        return True

    def _belongs(self, word: Word, after: Word) -> bool:
        owner = Thing(word.get("concept"), None, word.text)
        owned = Thing(after.get("concept"), None, after.text)
        if owned.concept == "face":
            self.portrait = True
            self.words[self.position + 1] = Word(after.text, (("-", ""),))
            return False
        if owned.concept in ("statue", "doll", "teddy bear", "toy") and owner.group in drafts.ANIMATE:
            self.words[self.position + 1] = Word(after.text, (("-", ""),))
            return False
        if owner.group == "clothing" and owned.animate:
            worn = self._quick(word)
            self.before.append(Predicate("jverb", "wearing", [], Clause(objects=[worn])))
            self.position += 1
            return True
        if owner.animate or owner.group in ("flower", "tree", "fruit") and owned.concept in ("bouquet",):
            if owned.concept == "bouquet":
                self.words[self.position + 1] = Word(after.text, (("flock", "7"),))
            return False
        self.position += 1
        return True

    def _quick(self, word: Word) -> Thing:
        thing = Thing(word.get("concept"), None, word.text)
        mods, self.mods = self.mods, Modifiers()
        mods.apply(thing)
        self.draft.things.append(thing)
        return thing

    def _later(self, thing: Thing, predicates: list[Predicate]) -> None:
        for predicate in predicates:
            self._apply(predicate, [thing])

    def _role(self) -> None:
        """What the particle after a noun makes of it, and of the nouns joined to it."""
        word = self._peek()
        if word is None or word.kind in ("break", "comma"):
            if word is not None and word.kind == "comma" and self._list_goes_on():
                self.position += 1
                return
            self._settle()
            return
        if word.kind in ("plural", "flock", "count", "lettering", "-"):
            return
        if word.kind == "particle":
            self._particle(word)
        elif word.has(*NOUNS) or word.has("jverb", "jloc", "color", "size", "attribute"):
            self._settle(keep_clause=True)

    def _list_goes_on(self) -> bool:
        following, after = self._peek(1), self._peek(2)
        if self.clause.landmarks or following is None or after is None or not following.has("concept"):
            return False
        return after.kind == "comma" or (after.kind == "particle" and after.text in "とやがをもは")

    def _particle(self, word: Word) -> None:
        self.position += 1
        if word.text in ("が", "は", "も"):
            if self._negated():
                return
            self._keep(self.group)
            self.mains.extend(self.group)
            self.clause.subjects.extend(self.group)
            self.topic = self.group
            self.group = []
        elif word.text == "を":
            self._keep(self.group)
            self.clause.objects.extend(self._split())
            self.group = []
        elif word.text == "の":
            self._genitive()
        elif word.text in ("と", "や"):
            following = self._peek()
            if following is not None and following.has("jverb", "jloc"):
                self._landmark("next to")
        elif word.text in ("に", "で", "へ", "から", "まで"):
            if self._next_is("は", "も", "の"):
                joined = self._peek()
                self.position += 1
                if joined is not None and joined.text == "の":
                    self._landmark("at")
                    self._close("jloc", "at", [])
                    return
            self._landmark(None if word.text == "に" else "at")

    def _split(self) -> list[Thing]:
        """「猫とサングラスをかけた犬」: only the last noun is worn, the first stands for itself."""
        following = self._peek()
        if following is not None and following.has("jverb") and len(self.group) > 1:
            kind = self.group[-1].group
            alone = [thing for thing in self.group if thing.group != kind and thing.animate]
            if alone and not self.group[-1].animate:
                self.mains.extend(alone)
                return [thing for thing in self.group if thing not in alone]
        return list(self.group)

    def _negated(self) -> bool:
        following = self._peek()
        if following is None or following.kind != "neg":
            return False
        self.position += 1
        self.group = []
        return True

    def _genitive(self) -> None:
        """After の: a place word, a part, a count, or the noun it belongs to."""
        word = self._peek()
        if word is None:
            self._settle()
            return
        if word.kind == "where" or word.has("where"):
            self.position += 1
            self._where(word.get("where") or "next to")
        elif word.kind == "neg":
            self._negated()
        elif word.has("jloc", "jverb", "jpas") and not word.has(*NOUNS):
            self._keep(self.group)
            self.clause.subjects.extend(self.group)
            self.group = []
        elif word.kind == "shape":
            self.position += 1
            self._keep(self.group)
            self.before.append(Predicate("shape", "on", [], Clause(objects=self.group)))
            self.group = []
        elif word.kind in ("body", "pelt"):
            return
        elif word.kind == "flock" or word.value == "baby":
            return
        elif word.kind == "backdrop":
            self.position += 1
            for thing in self.group:
                if thing.place:
                    self.draft.set("place", thing.place)
            self.group = []
        elif all(thing.place is not None for thing in self.group):
            self._landmark("at")
            self._close("jloc", "at", [])
        elif word.has(*SLOTS, "weakstyle", "-"):
            self._settle(keep_clause=True)
        else:
            self._of_a_thing()

    def _of_a_thing(self) -> None:
        """「海賊の船」 keeps both; an owner of clothes wears them."""
        owners, self.group = self.group, []
        self._keep(owners)
        following = next(
            (self.words[i] for i in range(self.position, len(self.words)) if self.words[i].has("concept")),
            None,
        )
        if following is not None and owners:
            owned = Thing(following.get("concept"))
            if owned.group == "clothing" and owners[-1].animate:
                self.before.append(Predicate("worn", "wearing", [], Clause(objects=owners[-1:])))

    def _where(self, relation: str) -> None:
        """「机の上」: what comes next tells whether a noun or a verb is there."""
        landmarks = [(relation, thing) for thing in self.group]
        self.landmark = self.group[-1] if self.group else self.landmark
        self._keep(self.group)
        self.group = []
        self.clause.landmarks.extend(landmarks)
        if self._next_is("の"):
            self.position += 1
            self._close("jloc", "at", [])
        elif self._next_is("に", "で", "を", "へ", "から", "が", "は"):
            self.position += 1
            if self._next_is("は", "も"):
                self.position += 1
            elif self._next_is("の"):
                self.position += 1
                self._close("jloc", "at", [])

    def _landmark(self, relation: str | None) -> None:
        self._keep(self.group)
        self.clause.landmarks.extend((relation, thing) for thing in self.group)
        self.group = []

    def _keep(self, things: list[Thing]) -> None:
        for thing in things:
            if thing.concept is not None and thing not in self.draft.things:
                self.draft.things.append(thing)

    # --- verbs

    def _verb(self, word: Word) -> None:
        kind = next(kind for kind, _ in word.tags if kind in ("jverb", "jloc", "jpas"))
        attributes = [value for tag, value in word.tags if tag == "attribute"]
        if self.group:
            self._settle(keep_clause=True)
        self._close(kind, word.get(kind) or "at", attributes, form=word.form)

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
        else:
            self.draft.relate(subject, predicate.relation, thing)

    def _stand(self, predicate: Predicate, subject: Thing, said: str | None, thing: Thing) -> None:
        """Where the subject is: the words' own relation first, then the verb's, then what fits the landmark."""
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
        if relation == "on" and "flying" in predicate.attributes:
            relation = "above"
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
        if thing.concept in drafts.BOUNDED:
            wet = thing.concept in ("pool", "pond", "lake", "river", "cave")
            self.draft.relate(subject, relation or ("in" if wet else "on"), thing)

    # --- ends

    def _settle(self, *, keep_clause: bool = False) -> None:
        """Nouns without a particle stand for themselves."""
        group, self.group = self.group, []
        if not group:
            return
        self._keep(group)
        real = [thing for thing in group if thing.concept is not None or thing.place is None]
        for thing in group:
            if thing.place is not None:
                self._scene(thing)
        heads = [thing for thing in real if not thing.scenery]
        self.mains.extend(heads)
        if heads:
            self.topic = heads
        chain, self.chain = self.chain, []
        for predicate in chain:
            self._apply(predicate, heads)
        if self.clause and not keep_clause:
            clause, self.clause = self.clause, Clause()
            self._apply(Predicate("jloc", "at", [], clause), heads or clause.subjects)
        elif keep_clause and heads and self.clause.landmarks and not self.clause.subjects:
            self.clause.subjects.extend(heads)

    def _scene(self, thing: Thing) -> None:
        natural = thing.concept is None or thing.group == "landform"
        if natural and "place" not in self.draft.slots:
            self.draft.set("place", thing.place or "", weak=thing.concept is not None)
            thing.scenery = thing.concept is not None

    def _end(self) -> None:
        """A sentence is over: what still waits goes to what the sentence was about."""
        self._settle()
        clause, self.clause = self.clause, Clause()
        subjects = clause.subjects or self.topic
        for predicate in [*self.chain, *self.before, Predicate("jloc", "at", [], clause)]:
            if subjects:
                self._apply(predicate, subjects[-1:] if predicate.clause is clause else subjects)
            else:
                self._orphan(predicate)
        self.chain, self.before = [], []
        if self.mods.colors:
            self.draft.colors.extend(self.mods.colors)
        self.mods = Modifiers()

    def _orphan(self, predicate: Predicate) -> None:
        for thing in [*predicate.clause.objects, *(thing for _, thing in predicate.clause.landmarks)]:
            if thing.place is not None:
                self._scene(thing)

    def _on_part(self, _: Word) -> None:
        """A part of something that is drawn whole anyway."""
        self.mods = Modifiers()
        self._skip_particles()

    def _on_where(self, word: Word) -> None:
        """「左に犬、右に猫」: the side of what was named before."""
        if self.landmark is not None and self._next_is("に", "は", "が", "の"):
            self.position += 1
            self.clause.landmarks.append((word.value, self.landmark))

    def _on_break(self, _: Word) -> None:
        self._end()

    def _on_comma(self, _: Word) -> None:
        if self.group:
            self._settle()

    def _on_neg(self, _: Word) -> None:
        gone = self.group or self.clause.subjects
        self.draft.things[:] = [thing for thing in self.draft.things if thing not in gone]
        self.group, self.clause.subjects = [], []

    def _on_backdrop(self, _: Word) -> None:
        self.draft.colors.extend(self.mods.colors)
        self.mods = Modifiers()
        self._skip_particles()

    def _on_palette(self, _: Word) -> None:
        self.draft.colors.extend(self.mods.colors)
        self.mods = Modifiers()
        self._skip_particles()

    def _on_body(self, word: Word) -> None:
        """A part of somebody is not drawn apart; its colour is not the whole's."""
        self.mods = Modifiers()
        if word.text == "顔":
            self.portrait = True
        if self.group and self._next_is("に", "で"):
            self.position += 1
            self._landmark("on")
        elif self.group:
            self._role()
        else:
            self._skip_particles()

    def _on_pelt(self, _: Word) -> None:
        if self._next_is("の", "を", "が"):
            self.position += 1

    def _skip_particles(self) -> None:
        while self._next_is("の", "に", "で", "を", "が", "は", "と"):
            self.position += 1

    def _on_shape(self, _: Word) -> None:
        """「アボカド型の」 without の before it."""
        if self.group:
            self._keep(self.group)
            self.before.append(Predicate("shape", "on", [], Clause(objects=self.group)))
            self.group = []

    def _on_lettering(self, _: Word) -> None:
        if self.lettering:
            self.draft.lettering.append(self.lettering.pop(0))
        while self._next_is("と", "の", "が", "を"):
            self.position += 1
        if self.topic and self.draft.lettering_on is None:
            self.draft.lettering_on = None if self.topic[-1].animate else self.topic[-1]

    def _on_written(self, _: Word) -> None:
        for relation, thing in self.clause.landmarks:
            if relation in (None, "on", "at") and thing.concept is not None:
                self.draft.lettering_on = thing
        self.clause.landmarks.clear()
        word = self._peek()
        if word is not None and word.has("concept") and self.draft.lettering_on is None:
            self.before.append(Predicate("sign", "", [], Clause()))


def _perches(thing: Thing) -> bool:
    return drafts.lexicon.info(thing.concept or "").footing == "sky"


def read(clean: CleanText, draft: Draft) -> Draft:
    """Read Japanese text into a draft."""
    return JapaneseReader(clean, draft).read()
