"""The English grammar: reads tagged spans left to right, builds noun phrases and hands them to the linker."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import Draft
from egaku.engines.illustrator.understand.english_modifiers import EnglishModifiers
from egaku.engines.illustrator.understand.english_state import MODIFIER_KINDS, SKIPPED, SLOTS
from egaku.engines.illustrator.understand.english_words import Span
from egaku.engines.illustrator.understand.lexicon import info
from egaku.engines.illustrator.understand.linking import CONTAINERS
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText


class EnglishReader(EnglishModifiers):
    """Small words and picture-wide words; `_on_<kind>` reads a span whose first tag is of that kind."""

    def read(self) -> Draft:
        """Read to the end and return the draft."""
        while self.position < len(self.spans):
            span = self.spans[self.position]
            self.position += 1
            self._step(span)
        self._flush()
        self._end_of_parts()
        for text in self.lettering:
            self._letter(text)
        if self.portrait:
            for thing in self.draft.things[:1]:
                thing.portrait = thing.animate
        return self.draft

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

    def _on_det(self, span: Span) -> None:
        self.mods.determined = True
        self.mods.definite = span.text.lower() in ("the", "this", "that")

    def _on_poss(self, _: Span) -> None:
        self._drop_part_of_owned()
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
        self.mods.determined = self.mods.possessive = True

    def _drop_part_of_owned(self) -> None:
        """Forget "the glass" of "the glass of his helmet": it is drawn with what it is part of."""
        pending, last = self.link.pending, self.link.last
        whole = last is None or last.animate or (last.concept in CONTAINERS and last.concept != "water glass")
        if pending is not None and pending.kind == "of" and last is not None and not whole:
            self.draft.forget(last)
            self.link.forget_last()

    def _in_hand(self) -> None:
        """Read "a dog with a ball in its mouth" as holding, whatever was said before."""
        owner, last = self.link.owner(), self.link.last
        self.link.pending = None
        if owner is not None and last is not None and owner is not last and owner.animate:
            self.draft.relations[:] = [r for r in self.draft.relations if {r[0], r[2]} != {owner, last}]
            self.draft.relate(owner, "holding", last)

    def _on_pron(self, _: Span) -> None:
        self.link.refer_back()

    def _on_number(self, span: Span) -> None:
        if span.text.lower() == "one" and self._stands_for_noun(span):
            return
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

    def _on_fieldof(self, span: Span) -> None:
        """Read "a field of poppies" as a place full of them."""
        after = self._peek()
        index = 0
        while after is not None and after.has(*MODIFIER_KINDS, *SKIPPED):
            index += 1
            after = self._peek(index)
        flowers = after is not None and info(after.get("concept") or "").group == "flower"
        said = next((place for place in ("meadow", "garden") if place in span.text.lower()), "field")
        self.draft.set("place", "flower field" if flowers else said)
        self.link.pending = None
        self.link.end_clause()
        self.mods = Modifiers(determined=True, count=9)

    def _on_locale(self, span: Span) -> None:
        self._flush()
        self.draft.set("place", span.get("locale") or "")

    def _on_weakplace(self, span: Span) -> None:
        self.draft.set("place", span.tags[0][1], weak=True)

    def _on_shaped(self, _: Span) -> None:
        self.link.relation("on")

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

    def _on_dyed(self, _: Span) -> None:
        """Read "a house colored red" like "a house is red", and skip the word in "a red colored house"."""
        if not self.mods.colors:
            self._flush()
            self.copula = True

    def _on_rel2(self, _: Span) -> None:
        self._flush()

    def _on_monochrome(self, _: Span) -> None:
        """Read "black and white" as two colours before a noun, as a style elsewhere."""
        if self._noun_follows():
            self.mods.colors.extend(("black", "white"))
        elif self.link.pending is not None or self._phrase_ends():
            self.draft.set("style", "noir")
            self.link.pending = None

    def _phrase_ends(self) -> bool:
        after = self._peek()
        return after is None or after.has("comma", "break", "style", "weakstyle", "composition", "conj")

    def _on_skip(self, span: Span) -> None:
        if span.text.lower() == "ones":
            self._stands_for_noun(span)

    def _on_intro(self, _: Span) -> None:
        self.mods = Modifiers()

    def _on_rel(self, span: Span) -> None:
        if self._is_adjective(span):
            return
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

    def _is_adjective(self, span: Span) -> bool:
        """Whether a verb's plain form stands between article and noun: "an open window"."""
        previous = self.spans[self.position - 2] if self.position >= 2 else None
        plain = span.text.lower() in ("open", "play", "clean", "cook", "wash", "touch")
        return plain and previous is not None and previous.has("det", "poss", "number", *MODIFIER_KINDS)

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

    def _on_guise(self, span: Span) -> None:
        """Dress somebody "dressed as a pirate"; a bare "as" says nothing else."""
        self._flush()
        index = 0
        while (role := self._peek(index)) is not None and role.has("det", *MODIFIER_KINDS, *SKIPPED):
            index += 1
        if role is None or (index == 0 and not role.plural):
            return
        last, concept = self.link.last, role.get("concept") or ""
        if last is not None and last.animate and info(concept).group in ("person", "fantasy"):
            self.position += index + 1
            while (name := self._peek()) is not None and name.has("unknown"):
                self.draft.note_unknown(name.text)
                self.position += 1
            self._dress(last, concept)
        elif span.text.lower() != "as":
            self.link.relation("on", "shape")

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
        """Forget the preposition of "in watercolor" and "at night": it has found its word."""
        if not self._noun_follows():
            self.link.pending = None

    def _flush_determined(self) -> None:
        if self.mods:
            self._flush()


def read(clean: CleanText, draft: Draft) -> Draft:
    """Read English text into a draft."""
    return EnglishReader(clean, draft).read()
