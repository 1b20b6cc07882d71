"""Words gathered in front of a noun, waiting for it: count, colour, size, attributes."""

from __future__ import annotations

from dataclasses import dataclass, field

from egaku.engines.illustrator.understand.draft import Thing


@dataclass(slots=True)
class Modifiers:
    """What has been said so far of the noun to come."""

    determined: bool = False
    """An article, number or possessive came first: a new noun phrase has begun."""
    possessive: bool = False
    """"her" or "its" came first."""
    definite: bool = False
    """The article was "the": the noun may have been named before."""
    count: int | None = None
    collective: bool = False
    """The count is a guess from "a pile of" and the like."""
    colors: list[str] = field(default_factory=list)
    size: str | None = None
    attributes: list[str] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    facing: str | None = None
    words: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.count or self.colors or self.size or self.attributes or self.facing)

    def apply(self, thing: Thing, *, overwrite: bool = True) -> None:
        """Give a thing what was gathered; without `overwrite` only what it lacks."""
        if self.count is not None and overwrite:
            thing.count = self.count
        if set(self.colors) == {"black", "white"}:
            pass  # cows, pandas and checkers have it in their own art; one of the two would be wrong
        elif self.colors and (overwrite or thing.color is None):
            thing.color = self.colors[0]
        if self.size and (overwrite or thing.size is None):
            thing.size = self.size
        if self.facing:
            thing.facing = self.facing
        for attribute in self.attributes:
            thing.add_attribute(attribute)
