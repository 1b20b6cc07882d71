"""The Japanese grammar: particles say what a noun is to the verb, and the verb says who does it.

A clause gathers subjects (が, は, も), objects (を) and landmarks (に, で, の上に …) until its verb. A verb
in its attributive form gives what it gathered to the noun that follows; in its て form, to the noun the
sentence is about.
"""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import Draft, Thing
from egaku.engines.illustrator.understand.japanese_clauses import NOUNS, SLOTS, Clause, Predicate
from egaku.engines.illustrator.understand.japanese_nouns import JapaneseNouns
from egaku.engines.illustrator.understand.japanese_words import Word
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText


class JapaneseReader(JapaneseNouns):
    """Reads modifiers, counts, verbs and ends; `_on_<kind>` reads a word whose first tag is of that kind."""

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

    def _modifier(self, word: Word) -> None:
        if word.has("weakplace"):
            self.draft.set("place", word.get("weakplace") or "", weak=True)
        if word.value == "baby" and self.group and self.words[self.position - 2].text == "の":
            self.group[-1].add_attribute("baby")
            self._role()
            return
        follows = self._noun_follows()
        if word.value == "baby" and not follows and "ちゃん" in word.text:
            self._noun(Word(word.text, (("concept", "baby"),)))
            return
        if follows:
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

    def _on_count(self, word: Word) -> None:
        value = int(word.value)
        target = self.group[-1] if self.group else self._nearest()
        if word.text.endswith("の") or target is None or self._noun_follows_directly():
            self.mods.count = value
        else:
            target.count = value
            if self.group:
                self._role()

    def _nearest(self) -> Thing | None:
        things = self.clause.subjects or self.clause.objects
        return things[-1] if things else None

    def _noun_follows_directly(self) -> bool:
        word = self._peek()
        return word is not None and word.has(*NOUNS, "color", "size")

    def _on_many(self, word: Word) -> None:
        target = self.clause.subjects[-1] if self.clause.subjects else None
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

    def _verb(self, word: Word) -> None:
        kind = next(kind for kind, _ in word.tags if kind in ("jverb", "jloc", "jpas"))
        attributes = [value for tag, value in word.tags if tag == "attribute"]
        if word.form == "neg":
            self._undo()
            return
        if self.group:
            self._settle(keep_clause=True)
        self._close(kind, word.get(kind) or "at", attributes, form=word.form)

    def _undo(self) -> None:
        """「傘を持たない」: what the verb found is not there."""
        for thing in [*self.group, *self.clause.objects]:
            self.draft.forget(thing)
        self.group, self.clause.objects = [], []

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
        if self.group:
            self._role()
        else:
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
        for thing in self.group:
            if thing.place:
                self.draft.set("place", thing.place)
        self.group = []
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


def read(clean: CleanText, draft: Draft) -> Draft:
    """Read Japanese text into a draft."""
    return JapaneseReader(clean, draft).read()
