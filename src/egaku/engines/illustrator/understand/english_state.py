"""What the English grammar remembers while it reads, and how it looks ahead."""

from __future__ import annotations

from egaku.engines.illustrator.understand.draft import Draft, Thing
from egaku.engines.illustrator.understand.english_words import Span, spans
from egaku.engines.illustrator.understand.linking import Linker
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import CleanText

SLOTS = ("time", "weather", "season", "mood", "composition", "background")
MODIFIER_KINDS = ("color", "size", "attribute", "facing")
SKIPPED = ("-", "adverb")
NOUN_KINDS = ("concept", "place", "unknown", "alt", "beast", "statue")
ENDS_OF_PHRASES = (*NOUN_KINDS, "pelt", "body", "backdrop", "palette", "part", "bodied", "'s")


class EnglishState:
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
        self.parts: list[Thing] = []
        """Things that "one red, one blue" made of one plural."""
        self.rest = 0
        """How many of that plural are still without a colour of their own."""
        self.position = 0

    def _peek(self, ahead: int = 0) -> Span | None:
        index = self.position + ahead
        return self.spans[index] if index < len(self.spans) else None

    def _noun_follows(self) -> bool:
        """Whether the noun phrase goes on to a noun, past more modifiers."""
        index = self.position
        while index < len(self.spans):
            span = self.spans[index]
            if span.has(*ENDS_OF_PHRASES):
                return True
            conjoined = span.has("conj", "comma") and index + 1 < len(self.spans)
            if conjoined and not self.spans[index + 1].has("color", "attribute", "size"):
                return False
            if (
                not conjoined
                and not span.has("dyed")
                and not span.has(*MODIFIER_KINDS, *SKIPPED, "mood", "number", "style", "weather", "time")
            ):
                return False
            index += 1
        return False

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

    def _extra_slots(self, span: Span) -> None:
        if not span.has("concept"):
            return
        for kind, value in span.tags:
            if kind in SLOTS or kind == "style":
                self.draft.set(kind, value)

    def _clear_negation(self) -> None:
        self.negated = False

    def _flush(self) -> None:
        """What waits for a noun will get none."""
        mods, self.mods = self.mods, Modifiers()
        if mods.colors and (self.palette or self.link.last is None):
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
