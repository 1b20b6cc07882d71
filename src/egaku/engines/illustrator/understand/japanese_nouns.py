"""Japanese nouns: what comes before them, and what the particle after them makes of them."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import ANIMATE, DRESS, Thing
from egaku.engines.illustrator.understand.japanese_clauses import (
    NOUNS,
    SLOTS,
    Clause,
    JapaneseClauses,
    Predicate,
)
from egaku.engines.illustrator.understand.japanese_words import Word
from egaku.engines.illustrator.understand.lexicon import Tags
from egaku.engines.illustrator.understand.modifiers import Modifiers

SILENT: Tags = (("-", ""),)


class JapaneseNouns(JapaneseClauses):
    """Reads nouns and their particles."""

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
        twins = self._twins(thing, mods)
        self._tell_scene(thing, mods)
        if "々" in word.text and thing.count == 1:
            thing.count = 3
        if not mods and not self.before and "々" not in word.text:
            thing = self._named_before(thing)
        self.last = thing
        self.group += [thing, *twins]
        before, self.before = self.before, []
        for one in (thing, *twins):
            self._later(one, before)
        self._role()

    def _tell_scene(self, thing: Thing, mods: Modifiers) -> None:
        """Colours of a landscape and moods of a lifeless thing are the whole picture's."""
        if thing.place is not None and thing.group in ("place", "landform"):
            self.draft.colors.extend(mods.colors)
        for mood in mods.moods:
            if not thing.animate:
                self.draft.set("mood", mood)

    def _twins(self, thing: Thing, mods: Modifiers) -> list[Thing]:
        """「赤と青の風船」: as many things more as there are colours after the first."""
        colors = list(dict.fromkeys(mods.colors))
        joined = any(one.kind in ("comma", "particle") for one in self._since_first_color())
        if thing.concept is None or len(colors) < 2 or set(colors) == {"black", "white"} or not joined:
            return []
        thing.count = max(1, thing.count // len(colors))
        twins = [Thing(thing.concept, thing.place, thing.label, thing.count) for _ in colors[1:]]
        for twin, color in zip(twins, colors[1:], strict=True):
            twin.color, twin.size, twin.attributes = color, thing.size, list(thing.attributes)
        return twins

    def _since_first_color(self) -> list[Word]:
        """What stands between the first and the last colour before the noun just read."""
        end = self.position - 1
        while end > 0 and not self.words[end].has("color"):
            end -= 1
        start = end
        while start > 1 and (
            self.words[start - 1].has("color")
            or (self.words[start - 1].kind in ("comma", "particle") and self.words[start - 2].has("color"))
        ):
            start -= 1
        return [word for word in self.words[start:end] if word.text in "、,とや・"]

    def _named_before(self, thing: Thing) -> Thing:
        """The thing a bare noun names again, where it is a landmark or subject; else the new thing."""
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
        stand_in = self._rephrased(owner, owned)
        if stand_in is not None:
            self.words[self.position + 1] = Word(after.text, stand_in)
            return False
        if owner.group == "clothing" and owned.animate:
            worn = self._quick(word)
            self.before.append(Predicate("jverb", "wearing", [], Clause(objects=[worn])))
            self.position += 1
            return True
        if owner.group == "person" and owned.group == "clothing" and self._worn_next():
            self.position += 1
            return True  # 「海賊の帽子をかぶった」: a kind of hat
        if owner.animate or (owner.group in ("flower", "tree", "fruit") and owned.concept == "bouquet"):
            if owned.concept == "bouquet":
                self.words[self.position + 1] = Word(after.text, (("flock", "7"),))
            return False
        self.position += 1
        return True

    def _rephrased(self, owner: Thing, owned: Thing) -> Tags | None:
        """What the second noun says of the first, where it is no thing of its own."""
        beast = owner.group in ANIMATE
        if owned.concept == "face":
            self.portrait = True
            return SILENT
        if owned.concept == "family" and owner.group == "animal":
            return (("flock", "4"),)
        if owned.concept in ("statue", "doll", "teddy bear", "toy") and beast:
            return SILENT
        dress = DRESS.get(owned.concept or "")
        if owner.group == "animal" and dress is not None:
            garment = Thing(dress, label=dress)
            self._keep([garment])
            deed = "wearing" if garment.group == "clothing" else "holding"
            self.before.append(Predicate("jverb", deed, [], Clause(objects=[garment])))
            return SILENT
        return None

    def _worn_next(self) -> bool:
        """Whether the noun after の is the object of wearing."""
        verb = self._peek(3)
        return self._next_is("を", ahead=2) and verb is not None and verb.get("jverb") == "wearing"

    def _quick(self, word: Word) -> Thing:
        thing = Thing(word.get("concept"), None, word.text)
        mods, self.mods = self.mods, Modifiers()
        mods.apply(thing)
        self.draft.things.append(thing)
        return thing

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
            beside = word.text in ("から", "まで") and not any(thing.place for thing in self.group)
            self._landmark("next to" if beside else None if word.text == "に" else "at")

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
        elif word.kind in ("shape", "body", "pelt", "part", "flock") or word.value == "baby":
            return  # these look back at the nouns before them
        elif word.kind == "backdrop" or all(thing.place is not None for thing in self.group):
            self._landmark("at")
            self._close("jloc", "at", [])
        elif word.has("time", "weather", "season") and not word.has("style"):
            self._keep(self.group)  # 「満月の夜の狼」 is about the wolf
            self.group = []
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

    def _slot(self, word: Word) -> None:
        after = self._peek(1)
        if word.text == "白黒" and self._next_is("の") and after is not None and after.has("concept"):
            self.position += 1  # a black and white cow is one in its own colours
            return
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
