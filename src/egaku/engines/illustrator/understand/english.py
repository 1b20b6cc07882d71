"""The English grammar: reads tagged spans left to right, builds noun phrases and hands them to the linker."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import ANIMATE, Draft, Thing
from egaku.engines.illustrator.understand.english_words import Span, spans
from egaku.engines.illustrator.understand.lexicon import info
from egaku.engines.illustrator.understand.linking import Linker
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText
from egaku.engines.illustrator.vocabulary import COLORS

SLOTS = ("time", "weather", "season", "mood", "composition", "background")
MODIFIER_KINDS = ("color", "size", "attribute", "facing")
SKIPPED = ("-", "adverb")
DEED_OF = {"eating": "holding", "flying": "holding", "jumping": "above"}
"""What a participle with a direct object means: "eating a pizza", "flying a kite"."""

PEOPLE = frozenset({"man", "woman", "boy", "girl", "child", "baby", "person", "couple", "family"})
DRESS = {
    "astronaut": "spacesuit", "wizard": "wizard hat", "witch": "witch hat", "king": "crown", "queen": "crown",
    "prince": "crown", "princess": "crown", "chef": "chef hat", "cowboy": "cowboy hat", "detective": "hat",
    "police officer": "cap", "knight": "armor", "samurai": "katana", "santa claus": "santa hat", "superhero": "cape",
    "doctor": "stethoscope", "student": "graduation cap", "construction worker": "hard hat", "artist": "artist palette",
    "musician": "guitar", "businessman": "tie", "pirate": "eye patch", "soldier": "helmet", "firefighter": "helmet",
    "scientist": "lab coat", "judge": "balance scale", "farmer": "straw hat", "pilot": "goggles", "ninja": "mask",
    "singer": "microphone", "guitarist": "guitar", "photographer": "camera",
}  # fmt: skip
"""What an animal with a profession wears or holds."""

ALWAYS_PLURAL = frozenset({
    "glasses", "sunglasses", "goggles", "jeans", "pants", "shorts", "scissors", "headphones", "gloves", "socks",
    "french fries", "grapes", "chopsticks", "binoculars", "skis", "stairs", "books", "string lights", "tools",
    "flip flops", "ballet shoes", "bowling pins", "maracas", "clinking glasses", "japanese dolls", "eyes", "lungs",
    "two hearts", "noodle", "spaghetti", "praying hands", "clapping hands",
})  # fmt: skip
WORN_IN_PAIRS = frozenset({"shoe", "boot", "sneaker", "sandal", "high heel", "earring"})
UNSAID_PLURAL = 3
"""How many are drawn for a plural without a number."""


class EnglishReader:
    """One pass over one prompt."""

    def __init__(self, clean: CleanText, draft: Draft) -> None:
        self.spans = spans(clean.text)
        self.lettering = list(clean.lettering)
        self.draft = draft
        self.link = Linker(draft)
        self.mods = Modifiers()
        self.orphans: list[Modifiers] = []
        self.negated = False
        self.portrait = False
        self.palette = False
        self.copula = False
        self.partitive = ""
        self.side: str | None = None
        self.position = 0

    def read(self) -> Draft:
        """Read to the end and return the draft."""
        while self.position < len(self.spans):
            span = self.spans[self.position]
            self.position += 1
            self._step(span)
        self._flush()
        for text in self.lettering:
            self._letter(text)
        if self.portrait:
            for thing in self.draft.things[:1]:
                thing.portrait = thing.animate
        return self.draft

    # --- one span

    def _step(self, span: Span) -> None:
        if span.has("concept", "place", "alt", "unknown", "beast", "statue") and self._is_noun(span):
            self._noun(span)
            return
        kind = span.tags[0][0]
        handler = getattr(self, f"_on_{kind.replace(chr(39), '').replace('-', 'skip')}", None)
        if handler is not None:
            handler(span)
        elif span.has(*MODIFIER_KINDS):
            self._modifier(span)
        else:
            self._slots(span)

    def _is_noun(self, span: Span) -> bool:
        """Words that can be two things are decided by their neighbours."""
        after = self._peek()
        if span.has("verb") and self._is_verb(span, after):
            self._verb(span)
            return False
        if span.has("concept", "unknown", "beast", "statue"):
            return True
        if span.has("alt") and span.has("color", "attribute"):
            return not self._noun_follows()
        if span.has("style"):
            counted = self.mods.determined or bool(self.mods) or span.plural
            return counted and not (after is not None and after.has("of", "style"))
        return span.has("place")

    def _is_verb(self, span: Span, after: Span | None) -> bool:
        previous = self.spans[self.position - 2] if self.position >= 2 else None
        if previous is None or not previous.has("concept", "alt", "unknown", "pron", "rel2", "beast", "body"):
            return previous is not None and previous.has("cop") and span.text.endswith("ing")
        if previous.plural and span.plural:
            return False
        return after is not None and after.has(
            "det", "poss", "number", "digits", "pron", *MODIFIER_KINDS, "rel"
        )

    def _verb(self, span: Span) -> None:
        relation = span.get("verb")
        if relation:
            self._flush()
            self.link.relation(relation, "verb")
        # spans of a verb that is no relation leave nothing behind

    def _peek(self, ahead: int = 0) -> Span | None:
        index = self.position + ahead
        return self.spans[index] if index < len(self.spans) else None

    def _noun_follows(self) -> bool:
        """Whether the noun phrase goes on to a noun, past more modifiers."""
        index = self.position
        while index < len(self.spans):
            span = self.spans[index]
            if span.has(
                "concept", "place", "unknown", "alt", "beast", "statue", "pelt", "body", "backdrop", "palette"
            ):
                return True
            conjoined = span.has("conj", "comma") and index + 1 < len(self.spans)
            if conjoined and not self.spans[index + 1].has("color", "attribute", "size"):
                return False
            if not conjoined and not span.has(
                *MODIFIER_KINDS, *SKIPPED, "mood", "number", "style", "weather", "time"
            ):
                return False
            index += 1
        return False

    # --- nouns

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
        elif following.has("statue") or following.get("alt") in ("face", "eye") and concept is not None:
            self.position += 1
            self.portrait = self.portrait or following.get("alt") == "face"
            if following.has("statue") and not self.mods.colors:
                self.mods.colors.append("gray")
            self._finish(span)
        elif following.has("backdrop"):
            self.position += 1
            self._place_backdrop(span)
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
        dress = DRESS.get(role)
        if dress is not None and self.link.last is not None:
            wearer = self.link.last
            garment = Thing(dress, label=dress, count=wearer.count)
            self.draft.things.append(garment)
            self.draft.relate(wearer, "wearing" if info(dress).group == "clothing" else "holding", garment)
        return True

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
        earlier = self.draft.earlier(concept) if mods.definite and not mods and not span.plural else None
        if earlier is not None and not earlier.scenery:
            self.link.again(earlier)
            return
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
        self._split_colors(thing, mods, span)
        self._letters_on(thing)
        self.copula = False

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

    def _extra_slots(self, span: Span) -> None:
        if not span.has("concept"):
            return
        for kind, value in span.tags:
            if kind in SLOTS or kind == "style":
                self.draft.set(kind, value)

    def _count(self, span: Span, concept: str | None) -> int:
        if not span.plural or concept in ALWAYS_PLURAL:
            return 1
        if concept in WORN_IN_PAIRS:
            return 2
        return UNSAID_PLURAL

    def _is_one(self, mods: Modifiers, span: Span, concept: str | None) -> bool:
        """ "A pair of glasses", "a stack of books", "a pile of gold" are one thing to draw."""
        if concept in ALWAYS_PLURAL and (mods.count == 2 or mods.collective):
            return True
        herd = concept is not None and info(concept).group in ANIMATE
        return mods.collective and not span.plural and not herd

    def _moods(self, thing: Thing, mods: Modifiers) -> None:
        """ "Happy" is the dog's when it is a dog; a happy house makes a happy picture."""
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
            for color in colors[1:]:
                clones.append(Thing(thing.concept, thing.place, thing.label, thing.count, color, thing.size))
            self.link.add(thing)
            for clone in clones:
                self.link.conjunction()
                self.link.add(clone)
            return
        for clone in clones:
            self.link.add(clone)
            self.link.conjunction()
        self.link.add(thing)

    # --- modifiers

    def _modifier(self, span: Span) -> None:
        if self._noun_follows() and not self._is_participle_after_noun(span):
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

    def _collect(self, span: Span) -> None:
        for kind, value in span.tags:
            if kind == "color":
                self.mods.colors.append(value)
            elif kind == "size":
                self.mods.size = value
            elif kind == "attribute":
                self.mods.attributes.append(value)
            elif kind == "facing":
                self.mods.facing = value
            elif kind == "mood":
                self.mods.moods.append(value)

    def _postposed(self, span: Span) -> None:
        """A modifier after its noun: "the car is red", "a cat sleeping"."""
        colors = [value for kind, value in span.tags if kind == "color"]
        if colors and self.palette:
            self.draft.colors.extend(colors)
            return
        if self.mods.determined and colors and self._ellipsis(span):
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
        after = self._peek()
        if after is None or not after.has("conj"):
            return False
        self._collect(span)
        self.orphans.append(self.mods)
        self.mods = Modifiers()
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

    # --- small words

    def _on_det(self, span: Span) -> None:
        self.mods.determined = True
        self.mods.definite = span.text.lower() in ("the", "this", "that")

    def _on_poss(self, _: Span) -> None:
        after = self._peek()
        index = 0
        while after is not None and after.has(*MODIFIER_KINDS, *SKIPPED):
            index += 1
            after = self._peek(index)
        if after is not None and after.has("body") and self.link.pending is not None:
            self.position += index + 1
            if self.link.pending.relation in ("in", "holding", "inside", "with"):
                self._in_hand()
            else:
                self.link.refer_back()
            self.mods = Modifiers()
            return
        self.mods.determined = True

    def _in_hand(self) -> None:
        """ "A dog with a ball in its mouth": holding, whatever was said before."""
        owner, last = self.link.owner(), self.link.last
        self.link.pending = None
        if owner is not None and last is not None and owner is not last and owner.animate:
            self.draft.relations[:] = [r for r in self.draft.relations if {r[0], r[2]} != {owner, last}]
            self.draft.relate(owner, "holding", last)

    def _on_pron(self, _: Span) -> None:
        self.link.refer_back()

    def _on_number(self, span: Span) -> None:
        self._flush_determined()
        value = int(span.tags[0][1])
        if value == 0:
            self.negated = True
        self.mods.count = value
        self.mods.determined = True

    def _on_digits(self, span: Span) -> None:
        value = int(span.tags[0][1])
        if 0 < value <= 999 and self._noun_follows():
            self.mods.count = min(50, value)
            self.mods.determined = True

    def _on_collective(self, span: Span) -> None:
        self.mods.count = self.mods.count or int(span.tags[0][1])
        self.mods.determined = self.mods.collective = True

    def _on_fieldof(self, _: Span) -> None:
        """ "A field of poppies" is a place full of them."""
        after = self._peek()
        index = 0
        while after is not None and after.has(*MODIFIER_KINDS, *SKIPPED):
            index += 1
            after = self._peek(index)
        flowers = after is not None and info(after.get("concept") or "").group == "flower"
        self.draft.set("place", "flower field" if flowers else "field")
        self.link.pending = None
        self.link.end_clause()
        self.mods = Modifiers(determined=True, count=9)

    def _on_locale(self, span: Span) -> None:
        self._flush()
        self.draft.set("place", span.get("locale") or "")

    def _on_weakplace(self, span: Span) -> None:
        self.draft.set("place", span.tags[0][1], weak=True)

    def _on_bodied(self, _: Span) -> None:
        """ "Blue-eyed", "three-headed": the word before belongs to the eyes and heads."""
        if self.mods.colors:
            self.mods.colors.pop()
        else:
            self.mods.count = None

    def _on_shaped(self, _: Span) -> None:
        self.link.relation("on")

    def _on_part(self, _: Span) -> None:
        """A part of something that is drawn whole anyway."""
        self.mods = Modifiers()
        self.link.pending = None

    def _on_partitive(self, span: Span) -> None:
        self.partitive = span.text
        if "statue" in span.text or "sculpture" in span.text:
            self.mods.colors.append("gray")

    def _on_conj(self, _: Span) -> None:
        if self.mods.colors and self._noun_follows():
            return
        self._flush()
        self.link.conjunction()

    def _on_comma(self, _: Span) -> None:
        if self.mods and self._noun_follows():
            return
        self._flush()
        self.palette = False
        self.negated = self.negated and False
        self.link.conjunction(comma=True)

    def _on_break(self, _: Span) -> None:
        self._flush()
        self.palette = self.negated = self.copula = False
        self.link.end_clause()

    def _on_neg(self, _: Span) -> None:
        self._flush()
        self.negated = True

    def _on_cop(self, _: Span) -> None:
        self._flush()
        self.copula = True

    def _on_rel2(self, _: Span) -> None:
        self._flush()

    def _on_skip(self, _: Span) -> None:
        pass

    def _on_intro(self, _: Span) -> None:
        self.mods = Modifiers()

    def _on_rel(self, span: Span) -> None:
        self._flush()
        self._clear_negation()
        deed = span.text.lower().endswith(("ing", "ed", "s"))
        self.link.relation(
            span.tags[0][1], "verb" if deed and span.tags[0][1] not in ("on", "above") else "prep"
        )
        for kind, value in span.tags:
            if kind == "attribute" and self.link.group:
                owner = self._owner_of(span)
                if owner is not None:
                    owner.add_attribute(value)

    def _on_at(self, _: Span) -> None:
        self._flush()
        self.link.relation("next to", "at")

    def _on_relinv(self, span: Span) -> None:
        self._flush()
        self.link.relation(span.tags[0][1], inverse=True)

    def _on_relwear(self, _: Span) -> None:
        self._flush()
        self.link.relation("wearing", "wear")

    def _on_with(self, _: Span) -> None:
        self._flush()
        self._clear_negation()
        self.link.relation("next to", "with")

    def _on_shape(self, _: Span) -> None:
        self._flush()
        self.link.relation("on", "shape")

    def _on_of(self, _: Span) -> None:
        if self.link.last is not None:
            self.link.relation("next to", "of")

    def _on_side(self, span: Span) -> None:
        self._flush()
        previous = self.spans[self.position - 2] if self.position >= 2 else None
        opens = previous is None or previous.has("break", "comma", "conj")
        if opens or self.link.last is None:
            self.side = span.tags[0][1]
        else:
            self.link.last.side = span.tags[0][1]

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
        self.link.pending = None

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

    def _on_palette(self, _: Span) -> None:
        if self.mods.colors:
            self.draft.colors.extend(self.mods.colors)
            self.mods = Modifiers()
            self.link.pending = None
        else:
            self.palette = self.palette or self.link.pending is not None or not self.draft.things

    def _on_lettering(self, span: Span) -> None:
        if self.lettering and not self.negated:
            self._letter(self.lettering.pop(0))
        del span

    def _letter(self, text: str) -> None:
        if len(self.draft.lettering) < 4:
            self.draft.lettering.append(text)
        if (
            self.draft.lettering_on is None
            and self.link.last is not None
            and self.link.last.concept is not None
        ):
            last = self.link.last
            self.draft.lettering_on = last if not last.animate else None

    def _letters_on(self, thing: Thing) -> None:
        """ "HELLO" on a sign: the sign is named after the words."""
        if self.draft.lettering and self.draft.lettering_on is None and self.link.tail is not None:
            tail = self.link.tail
            if tail.pending.relation == "on" and thing.group not in ANIMATE and thing.concept is not None:
                self.draft.lettering_on = thing

    # --- picture-wide words

    def _slots(self, span: Span) -> None:
        if self.negated:
            return
        for kind, value in span.tags:
            if kind == "style":
                self.draft.set("style", value)
                self._stop_pending()
            elif kind == "weakstyle":
                self.draft.set("style", value, weak=True)
                self._stop_pending()
            elif kind == "composition":
                self.draft.set(kind, value)
                self.portrait = self.portrait or value == "portrait"
            elif kind in SLOTS:
                self.draft.set(kind, value)
                self._stop_pending()
            elif kind in ("place", "locale"):
                self.draft.set("place", value)

    def _stop_pending(self) -> None:
        """ "In watercolor", "at night": the preposition has found its word."""
        if not self._noun_follows():
            self.link.pending = None

    def _flush_determined(self) -> None:
        if self.mods:
            self._flush()

    def _clear_negation(self) -> None:
        self.negated = False

    def _flush(self) -> None:
        """What waits for a noun will get none."""
        mods, self.mods = self.mods, Modifiers()
        if mods.colors and self.palette:
            self.draft.colors.extend(mods.colors)
        elif self._describes_last(mods) and self.link.last is not None:
            mods.count = None
            mods.apply(self.link.last, overwrite=False)
        if self.link.pending is not None and (mods.colors or mods.determined):
            self.link.pending = None

    def _describes_last(self, mods: Modifiers) -> bool:
        if not mods or self.link.last is None:
            return False
        return self.copula or (not mods.determined and self.link.pending is None)


def read(clean: CleanText, draft: Draft) -> Draft:
    """Read English text into a draft."""
    return EnglishReader(clean, draft).read()
