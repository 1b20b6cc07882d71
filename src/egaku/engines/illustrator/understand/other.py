"""Every other language: things by their CLDR names, with a little grammar where a hand table exists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from egaku.engines.illustrator.understand import lexicon
from egaku.engines.illustrator.understand.draft import Draft, Thing
from egaku.engines.illustrator.understand.linking import Linker
from egaku.engines.illustrator.understand.modifiers import Modifiers
from egaku.engines.illustrator.understand.text import MARK, CleanText

UNSPACED = frozenset({"zh", "zh-Hant", "th"})
COLOR_AFTER = frozenset({"es", "fr", "it", "pt", "ro", "vi", "id", "ms", "ar", "he"})
SLOTS = ("time", "weather", "season", "mood", "composition", "style", "background")
_WORD = re.compile(rf"[^\W\d_]+|\d+|{MARK}|[.!?;:\n，。、,]")
_ENDINGS = "s es n en e r er y i a ы и у а 는 가 이 를 을 은 의 에 에서 와 과 로"
_STEM_ENDINGS = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))
MAX_WORDS = 400


class LabelReader:
    """One pass over a prompt in a language known by labels only."""

    def __init__(self, clean: CleanText, draft: Draft, language: str) -> None:
        self.draft = draft
        self.language = language
        self.lettering = list(clean.lettering)
        self.link = Linker(draft)
        self.mods = Modifiers()
        self.at: Thing | None = None
        """Whom a Chinese 在 or a Korean subject particle came after."""
        self.post: tuple[str, Thing] | None = None
        """A relation said after its landmark, whose subject is still to come."""
        self.text = clean.text.lower()
        self.found = 0
        """How many words the lexicon knew."""

    def read(self) -> Draft:
        """Read to the end and return the draft."""
        pieces = self._unspaced() if self.language in UNSPACED else self._spaced()
        for text, tags in pieces:
            self._step(text, tags)
        for text in self.lettering:
            self.draft.lettering.append(text)
        return self.draft

    def _spaced(self) -> Iterator[tuple[str, lexicon.Tags | None]]:
        table = lexicon.entries(self.language)
        words = [match.group(0) for match in _WORD.finditer(self.text)][:MAX_WORDS]
        position = 0
        while position < len(words):
            for length in range(min(4, len(words) - position), 0, -1):
                key = " ".join(words[position : position + length])
                folded = _folded(key)
                tags = table.get(folded) or (_stemmed(folded, table) if length == 1 else None)
                if tags is not None:
                    yield key, lexicon.parse(tags)
                    position += length
                    break
            else:
                yield words[position], None
                position += 1

    def _unspaced(self) -> Iterator[tuple[str, lexicon.Tags | None]]:
        table = lexicon.entries(self.language)
        position = 0
        while position < len(self.text):
            for length in range(min(10, len(self.text) - position), 0, -1):
                key = self.text[position : position + length]
                tags = table.get(key)
                if tags is not None:
                    yield key, lexicon.parse(tags)
                    break
            else:
                length = 1
            position += length

    def _step(self, text: str, tags: lexicon.Tags | None) -> None:
        if tags is None:
            if len(text) > 3 and text[0].isalpha():
                self.draft.note_unknown(text)
            return
        self.found += 1
        kind, value = tags[0]
        if kind in ("concept", "place"):
            self._noun(text, dict(tags))
        elif kind == "color":
            self._color(value)
        elif kind == "size":
            self.mods.size = value
        elif kind == "number":
            self.mods.count = int(value)
        elif kind == "attribute":
            self.mods.attributes.append(value)
        elif kind in SLOTS:
            self.draft.set(kind, value)
        else:
            self._relate(kind, value)

    def _relate(self, kind: str, value: str) -> None:
        if kind == "rel":
            self.link.relation(value)
        elif kind == "with":
            self.link.relation("next to", "with")
        elif kind == "at":
            self.at = self.link.last
        elif kind == "post":
            self._post(value)

    def _noun(self, text: str, tags: dict[str, str]) -> None:
        thing = Thing(tags.get("concept"), tags.get("place"), text)
        mods, self.mods = self.mods, Modifiers()
        mods.apply(thing)
        post, self.post = self.post, None
        if post is not None and thing.concept is not None:
            self.draft.relate(thing, *post)
        if self.link.pending is None and self.link.last is not None:
            self.link.conjunction()
        self.link.add(thing)

    def _post(self, relation: str) -> None:
        """Read a relation that follows its landmark: 「在沙发上」, 「소파 위의」."""
        landmark, subject = self.link.last, self.at
        self.at = None
        if landmark is None or landmark.concept is None:
            return
        if subject is not None and subject is not landmark:
            self.draft.relate(subject, relation, landmark)
        else:
            self.post = (relation, landmark)

    def _color(self, value: str) -> None:
        last = self.link.last
        if (
            self.language in COLOR_AFTER
            and last is not None
            and last.color is None
            and self.link.pending is None
        ):
            last.color = value
        else:
            self.mods.colors.append(value)


def _folded(phrase: str) -> str:
    """Latin letters without accents, as the lexicon is entered: forêt → foret."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(char))
    return plain if plain.isascii() else phrase


def _stemmed(word: str, table: dict[str, str]) -> str | None:
    for ending in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + (word[0] < "가"):
            tags = table.get(word[: -len(ending)])
            if tags is not None and not tags.startswith("-"):
                return tags
    return None


def read(clean: CleanText, draft: Draft, language: str) -> tuple[Draft, int]:
    """Read a text into a draft; also returns how many of its words the lexicon knew."""
    reader = LabelReader(clean, draft, language)
    return reader.read(), reader.found
