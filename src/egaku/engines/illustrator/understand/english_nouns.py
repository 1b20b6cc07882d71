"""English noun phrases: what is a noun, which noun is the head, and what it brings to the draft."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import ANIMATE, DRESS, Thing
from egaku.engines.illustrator.understand.english_state import MODIFIER_KINDS, EnglishState
from egaku.engines.illustrator.understand.english_words import Span
from egaku.engines.illustrator.understand.lexicon import info
from egaku.engines.illustrator.understand.linking import PARTS
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.vocabulary import COLORS

PEOPLE = frozenset({"man", "woman", "boy", "girl", "child", "baby", "person", "couple", "family"})
ALWAYS_PLURAL = frozenset({
    "glasses", "sunglasses", "goggles", "jeans", "pants", "shorts", "scissors", "headphones", "gloves",
    "socks", "french fries", "grapes", "chopsticks", "binoculars", "skis", "stairs", "books",
    "string lights", "tools", "flip flops", "ballet shoes", "bowling pins", "maracas",
    "clinking glasses", "japanese dolls", "eyes", "lungs", "two hearts", "noodle", "spaghetti",
    "praying hands", "clapping hands",
})  # fmt: skip
WORN_IN_PAIRS = frozenset({"shoe", "boot", "sneaker", "sandal", "high heel", "earring"})
UNSAID_PLURAL = 3
"""How many are drawn for a plural without a number."""


class EnglishNouns(EnglishState):
    """Reads noun phrases."""

    def _is_noun(self, span: Span) -> bool:
        """Words that can be two things are decided by their neighbours."""
        after = self._peek()
        if span.has("verb") and self._is_verb(span, after):
            self._verb(span)
            return False
        if span.has("concept", "unknown", "beast", "statue"):
            return True
        if span.has("alt") and span.has("color", "attribute"):
            one_orange = bool(self.parts) and self.mods.count is not None and span.has("color")
            return not one_orange and not self._noun_follows()
        if span.has("style"):
            counted = self.mods.determined or bool(self.mods) or span.plural
            joined = after is not None and after.has("conj") and self._is_style(self._peek(1))
            return counted and not joined and not (after is not None and after.has("of", "style"))
        return span.has("place")

    @staticmethod
    def _is_style(span: Span | None) -> bool:
        return span is not None and span.has("style", "weakstyle")

    def _is_verb(self, span: Span, after: Span | None) -> bool:
        previous = self.spans[self.position - 2] if self.position >= 2 else None
        if previous is None or not previous.has("concept", "alt", "unknown", "pron", "rel2", "beast", "body"):
            return previous is not None and previous.has("cop") and span.text.endswith("ing")
        if previous.plural and span.plural:
            return False
        if span.plural and span.get("verb") and info(previous.get("concept") or "").group in ANIMATE:
            return True  # "their dog watches"
        return after is not None and after.has(
            "det", "poss", "number", "digits", "pron", *MODIFIER_KINDS, "rel"
        )

    def _verb(self, span: Span) -> None:
        relation = span.get("verb")
        if relation:
            self._flush()
            self.link.relation(relation, "verb")

    def _noun(self, span: Span) -> None:
        following = self._peek()
        if following is not None and self._compounds(span, following):
            self._as_modifier(span, following)
            return
        if following is not None and following.has("'s"):
            self.position += 1
            after = self._peek()
            if after is not None and after.has("concept", "alt") and not after.has("body"):
                self.mods.determined = True
                return
            if after is not None and after.has("body"):
                self.position += 1
                self.portrait = self.portrait or after.get("alt") == "face"
        self._finish(span)

    def _compounds(self, span: Span, following: Span) -> bool:
        """Whether a noun only narrows the noun after it: "kitchen table"."""
        if not following.has("concept", "alt", "statue", "backdrop", "place", "beast") or span.plural:
            return False
        if span.has("emoji") or following.has("emoji"):
            return False
        if following.has("verb"):
            after = self._peek(1)
            self.position += 1
            is_verb = self._is_verb(following, after)
            self.position -= 1
            if is_verb:
                return False
        return not (following.has("color", "attribute", "style", "rel") and not following.has("concept"))

    def _as_modifier(self, span: Span, following: Span) -> None:
        concept = span.get("concept") or span.get("alt")
        if span.has("unknown"):
            self.draft.note_unknown(span.text)
        elif following.has("statue") or (following.get("alt") in ("face", "eye") and concept is not None):
            self.position += 1
            self.portrait = self.portrait or following.get("alt") == "face"
            if following.has("statue") and not self.mods.colors:
                self.mods.colors.append("gray")
            self._finish(span)
        elif following.has("backdrop"):
            self.position += 1
            self._place_backdrop(span)
        elif following.get("concept") == "family" and info(concept or "").group == "animal":
            self.position += 1
            self.mods.count = self.mods.count if self.mods.count not in (None, 1) else 4
            self._finish(span)
        elif concept is not None and self._dressed(span, concept, following):
            return
        elif concept in COLORS and not span.has("place"):
            self.mods.colors.append(concept or "")
        elif span.has("place"):
            self.draft.set("place", span.get("place") or "", weak=True)
        elif concept == "robot":
            self.mods.attributes.append("metallic")
        if not self.mods.words:
            self.mods.words.append(span.text)
        self._extra_slots(span)

    def _dressed(self, span: Span, concept: str, following: Span) -> bool:
        """A raccoon astronaut is a raccoon in a spacesuit; an elf archer is an elf."""
        role = following.get("concept") or ""
        if info(concept).group not in ANIMATE or info(role).group != "person" or concept in PEOPLE:
            return False
        self.position += 1
        self._finish(Span(span.text, span.tags, following.plural))
        if self.link.last is not None:
            self._dress(self.link.last, role)
        return True

    def _dress(self, wearer: Thing, role: str) -> None:
        """Give somebody what a profession wears or holds."""
        dress = DRESS.get(role)
        if dress is not None:
            garment = Thing(dress, label=dress, count=wearer.count)
            self.draft.things.append(garment)
            self.draft.relate(wearer, "wearing" if info(dress).group == "clothing" else "holding", garment)

    def _place_backdrop(self, span: Span) -> None:
        place = span.get("place")
        if place:
            self.draft.set("place", place)
        self.link.pending = None
        self.mods = Modifiers()

    def _finish(self, span: Span) -> None:
        """A noun phrase is complete."""
        mods, self.mods = self.mods, Modifiers()
        if self.negated:
            self.link.pending = None
            return
        if span.has("unknown"):
            self.draft.note_unknown(span.text)
        if span.has("beast") and not self.draft.things:
            self.draft.note_unknown(span.text)
        concept = span.get("concept") or span.get("alt")
        self._end_of_parts()
        if self.palette and concept in COLORS and not mods.determined and not span.plural:
            self.draft.colors.append(concept or "")
            return
        if concept == "paper" and "style" in self.draft.slots and self._lies_under_all():
            self.draft.colors.extend(mods.colors)
            self.link.pending = None
            return
        earlier = self._earlier(concept) if mods.definite and not mods and not span.plural else None
        if earlier is not None and not earlier.scenery:
            self.link.again(earlier)
            return
        concept = self._offspring(concept, mods)
        thing = Thing(concept=concept, place=span.get("place"), label=" ".join([*mods.words, span.text]))
        self._inherent(thing, span)
        if mods.count is None:
            mods.count = self._count(span, concept)
        elif self._is_one(mods, span, concept):
            mods.count = 1
        mods.apply(thing)
        if thing.place is not None and thing.group in ("place", "landform"):
            self.draft.colors.extend(mods.colors)
        self._moods(thing, mods)
        if self.portrait and thing.animate:
            thing.portrait, self.portrait = True, False
        if self.side is not None:
            thing.side, self.side = self.side, None
        self._worn_by_owner(thing, mods)
        self._split_colors(thing, mods, span)
        self._letters_on(thing)
        self.copula = False

    def _offspring(self, concept: str | None, mods: Modifiers) -> str | None:
        """Read "a duck and her babies" as ducklings."""
        parent = self.link.last
        if concept != "baby" or not mods.possessive or parent is None or parent.group != "animal":
            return concept
        mods.attributes.append("baby")
        return parent.concept

    def _worn_by_owner(self, thing: Thing, mods: Modifiers) -> None:
        """Let "his helmet" be worn by him, where nothing else says what he does with it."""
        owner = self.link.group[0] if self.link.group else None
        worn = mods.possessive and thing.group == "clothing" and owner is not None and owner.animate
        if worn and self.link.pending is None:
            self.link.relation("wearing", "wear")

    def _end_of_parts(self) -> None:
        raise NotImplementedError

    def _lies_under_all(self) -> bool:
        """Whether "on" waits: "a crayon drawing of a cat on blue paper" names the sheet, not a thing."""
        return self.link.pending is not None and self.link.pending.relation == "on"

    def _earlier(self, concept: str | None) -> Thing | None:
        """What "the flower" or "the door" means once a sunflower or a house has been named."""
        same = self.draft.earlier(concept)
        if same is not None or concept is None:
            return same
        for thing in reversed(self.draft.things):
            kind = thing.concept is not None and (thing.concept.endswith(concept) or thing.group == concept)
            if thing.count == 1 and (kind or concept in PARTS.get(thing.group, ())):
                return thing
        return None

    def _inherent(self, thing: Thing, span: Span) -> None:
        """What the word itself says: a kitten is a baby cat; a neon sign glows."""
        if span.has("alt") and not span.has("concept"):
            return
        thing.color = span.get("color")
        thing.portrait = span.has("portrait")
        for kind, value in span.tags:
            if kind == "attribute":
                thing.add_attribute(value)
        any_word = span.get("any")
        if any_word in COLORS:
            thing.color = any_word
        elif any_word:
            thing.add_attribute(any_word)
        self._extra_slots(span)

    def _count(self, span: Span, concept: str | None) -> int:
        if not span.plural or concept in ALWAYS_PLURAL:
            return 1
        if concept in WORN_IN_PAIRS:
            return 2
        return UNSAID_PLURAL

    def _is_one(self, mods: Modifiers, span: Span, concept: str | None) -> bool:
        """Whether the count is of one thing to draw: a pair of glasses, a stack of books, a pile of gold."""
        if concept in ALWAYS_PLURAL and (mods.count == 2 or mods.collective):
            return True
        herd = concept is not None and info(concept).group in ANIMATE
        return mods.collective and not span.plural and not herd

    def _moods(self, thing: Thing, mods: Modifiers) -> None:
        """Leave "happy" to the dog when it is a dog; a happy house makes a happy picture."""
        if not thing.animate:
            for mood in mods.moods:
                self.draft.set("mood", mood)

    def _split_colors(self, thing: Thing, mods: Modifiers, span: Span) -> None:
        colors = list(dict.fromkeys(mods.colors))
        clones: list[Thing] = []
        for orphan in self.orphans:
            clone = Thing(thing.concept, thing.place, thing.label)
            orphan.apply(clone)
            clones.append(clone)
        self.orphans = []
        plain = set(colors) != {"black", "white"} and not set(thing.attributes) & {"striped", "spotted"}
        if (
            span.plural
            and len(colors) in (2, 3)
            and plain
            and thing.concept
            and info(thing.concept).group != "clothing"
        ):
            thing.count = max(1, thing.count // len(colors))
            clones.extend(
                Thing(thing.concept, thing.place, thing.label, thing.count, color, thing.size)
                for color in colors[1:]
            )
            self.link.add(thing)
            for clone in clones:
                self.link.conjunction()
                self.link.add(clone)
            return
        for clone in clones:
            self.link.add(clone)
            self.link.conjunction()
        self.link.add(thing)

    def _letters_on(self, thing: Thing) -> None:
        """Let a sign that is named after its words carry them: "HELLO" on a sign."""
        if not self.draft.lettering or self.draft.lettering_on is not None or thing.concept is None:
            return
        tail, waiting = self.link.tail, self.link.waiting
        pending = tail.pending if tail is not None else waiting[0] if waiting is not None else None
        if pending is not None and pending.relation == "on" and thing.group not in ANIMATE:
            self.draft.lettering_on = thing
