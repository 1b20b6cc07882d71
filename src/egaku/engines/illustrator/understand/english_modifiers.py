"""English modifiers: before their noun, after it, of a part of it, or of the whole picture."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import Thing
from egaku.engines.illustrator.understand.english_nouns import EnglishNouns
from egaku.engines.illustrator.understand.english_words import Span
from egaku.engines.illustrator.understand.modifiers import Modifiers

DEED_OF = {"eating": "holding", "flying": "holding", "jumping": "above"}
"""What a participle with a direct object means: "eating a pizza", "flying a kite"."""


class EnglishModifiers(EnglishNouns):
    """Reads colours, sizes, attributes, parts and backdrops."""

    def _modifier(self, span: Span) -> None:
        after = self._peek()
        stand_in = after is not None and after.text.lower() in ("one", "ones") and self.mods.determined
        if stand_in or (self._noun_follows() and not self._is_participle_after_noun(span)):
            self._collect(span)
            return
        self._postposed(span)

    def _is_participle_after_noun(self, span: Span) -> bool:
        previous = self.spans[self.position - 2] if self.position >= 2 else None
        participle = span.has("attribute") and span.text.lower().endswith("ing") and not self.mods
        return bool(
            participle
            and previous is not None
            and previous.has("concept", "alt", "unknown", "pron", "beast", "cop")
        )

    def _postposed(self, span: Span) -> None:
        """A modifier after its noun: "the car is red", "a cat sleeping"."""
        if self.negated:
            return
        colors = [value for kind, value in span.tags if kind == "color"]
        if colors and self.palette:
            self.draft.colors.extend(colors)
            return
        if self.mods.determined and colors and (self._part_of_many(span) or self._ellipsis(span)):
            return
        owner = self._owner_of(span)
        if owner is None:
            self.draft.colors.extend(colors)
            for kind, value in span.tags:
                if kind == "mood":
                    self.draft.set(kind, value)
            return
        late = Modifiers()
        late, self.mods = self.mods, late
        self._collect(span)
        self.mods.apply(owner, overwrite=False)
        self.mods = late
        self._direct_object(span)

    def _ellipsis(self, span: Span) -> bool:
        after, article = self._peek(), self._peek(1)
        if (
            after is None
            or article is None
            or not (after.has("conj") and article.has("det", "number", "digits"))
        ):
            return False
        self._collect(span)
        self.orphans.append(self.mods)
        self.mods = Modifiers()
        return True

    def _part_of_many(self, span: Span) -> bool:
        """Split "three balloons, one red, one blue and one yellow" into three balloons with a colour each."""
        whole = self.parts[0] if self.parts else self.link.last
        if whole is None or whole.concept is None or self._noun_in_next_part():
            return False
        if not self.parts and (whole.count < 2 or self.mods.count is None):
            return False
        count = self.mods.count or (self.rest if self.parts else 0)
        self._collect(span)
        mods, self.mods = self.mods, Modifiers()
        mods.count = None
        if not self.parts:
            self.rest, part = whole.count, whole
        else:
            part = Thing(whole.concept, whole.place, whole.label)
            self._add_twin(part, whole)
        self.parts.append(part)
        part.count = max(1, min(count, self.rest) if self.rest > 0 else count)
        self.rest -= part.count
        mods.apply(part)
        return True

    def _noun_in_next_part(self) -> bool:
        """Whether "one red" goes on as in "one red and one blue car"."""
        joint, article, color, noun = (self._peek(ahead) for ahead in range(4))
        return bool(
            joint is not None
            and joint.has("conj")
            and article is not None
            and article.has("det", "number", "digits")
            and color is not None
            and color.has("color")
            and noun is not None
            and noun.has("concept", "alt", "unknown")
        )

    def _add_twin(self, twin: Thing, of: Thing) -> None:
        """Add a thing that stands as another does."""
        self.draft.things.append(twin)
        for subject, relation, target in list(self.draft.relations):
            if subject is of:
                self.draft.relate(twin, relation, target)
            elif target is of:
                self.draft.relate(subject, relation, twin)

    def _end_of_parts(self) -> None:
        """What "five balloons, two of them red" leaves keeps its own colours."""
        if self.parts and self.rest > 0:
            twin = Thing(self.parts[0].concept, self.parts[0].place, self.parts[0].label, self.rest)
            self._add_twin(twin, self.parts[0])
        self.parts, self.rest = [], 0

    def _stands_for_noun(self, span: Span) -> bool:
        """Read "a red one" and "two red ones": more of the things named before."""
        mods = self.mods
        if not mods.determined or not (mods.colors or mods.size or mods.attributes):
            return False
        deed = self.link.pending is not None and self.link.pending.relation in (
            "holding",
            "wearing",
            "riding",
        )
        named = [thing for thing in reversed(self.draft.things) if not (deed and thing.animate)]
        like = next((one for one in named if one.color or one.size), named[0] if named else None)
        if like is None or like.concept is None:
            return False
        self._finish(Span(like.label, (("concept", like.concept),), span.text.lower() == "ones"))
        return True

    def _owner_of(self, span: Span) -> Thing | None:
        last = self.link.last
        if span.has("attribute") and not span.has("color") and self.link.group:
            nearest = last if last is not None and last.animate else self.link.group[-1]
            return nearest if nearest.group != "place" else None
        return last if last is not None and last.group != "place" else None

    def _direct_object(self, span: Span) -> None:
        relation = DEED_OF.get(span.get("attribute") or "")
        after = self._peek()
        if relation is None or after is None:
            return
        if after.has(
            "det",
            "poss",
            "concept",
            "number",
            "digits",
            "color",
            "size",
            "unknown",
            "collective",
            "partitive",
        ):
            self.link.relation(relation, "verb")

    def _on_bodied(self, _: Span) -> None:
        """Give the word before "-eyed" or "-headed" to the eyes and heads: it is not the whole's."""
        if self.mods.colors:
            self.mods.colors.pop()
        else:
            self.mods.count = None

    def _on_part(self, _: Span) -> None:
        """A part of something that is drawn whole anyway."""
        self.mods = Modifiers()
        self.link.part()

    def _on_body(self, span: Span) -> None:
        """A part of somebody: its colour is not the whole's."""
        if span.has("alt") and self.link.pending is None and not (self.link.last and self.link.last.animate):
            self._finish(Span(span.text, (("concept", span.get("alt") or ""),), span.plural))
            return
        if span.has("alt") and (self.mods.determined and self.link.pending is None):
            self._finish(Span(span.text, (("concept", span.get("alt") or ""),), span.plural))
            return
        pending = self.link.pending
        self.mods = Modifiers()
        if pending is not None and pending.kind != "with" and pending.relation not in ("in", "holding"):
            self.link.refer_back()
        self.link.part()

    def _on_pelt(self, _: Span) -> None:
        """Fur, feathers, skin: their colour is the animal's."""
        last = self.link.last
        pending = self.link.pending
        if self._noun_follows():
            return
        if pending is not None and last is not None:
            self.mods.apply(last, overwrite=False)
            self.link.pending = None
            self.mods = Modifiers()

    def _on_backdrop(self, _: Span) -> None:
        self.draft.colors.extend(self.mods.colors)
        self.mods = Modifiers()
        self.link.pending = None

    def _on_palette(self, span: Span) -> None:
        if self.mods.colors:
            self.draft.colors.extend(self.mods.colors)
            self.mods = Modifiers()
            self.link.pending = None
        else:
            self.palette = (
                self.palette or " of" in span.text or self.link.pending is not None or not self.draft.things
            )
