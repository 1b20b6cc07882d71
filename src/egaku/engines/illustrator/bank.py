"""The bank: every drawing the illustrator has, by concept, with what is known of it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

SETS = ("fluent", "flat", "noto", "twemoji", "emojione", "own")
"""Sets of art, each drawn by one hand."""


@dataclass(frozen=True, slots=True)
class Art:
    """One drawing. Lengths are parts of its own width or height, 0 … 1; y runs down."""

    name: str
    """`<set>/<icon>`."""
    box: tuple[float, float, float, float]
    """left, top, right, bottom of what is painted."""
    foot: float
    """x of the middle of what touches the ground."""
    head: tuple[float, float, float]
    """x and y of the crown, and the head's width."""
    facing: str
    """`left`, `right`, or empty for a front view."""
    body: tuple[float, float, float] | None
    """OKLab of the body's main paint; None if nothing may be recoloured."""

    @property
    def family(self) -> str:
        """The set it is from."""
        return self.name.partition("/")[0]

    @property
    def aspect(self) -> float:
        """Width of what is painted over its height."""
        left, top, right, bottom = self.box
        return (right - left) / (bottom - top)


@dataclass(frozen=True, slots=True)
class Concept:
    """A noun that can be drawn."""

    name: str
    size: float
    """Metres in the world, of `axis`."""
    axis: str
    """`height`, or `length` of the longest extent."""
    footing: str
    """ground, water, in-water, sky, table, wall, hand, floor, space or none."""
    group: str
    arts: tuple[str, ...]
    faces: tuple[str, ...] = ()
    """Drawings of the face alone."""
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Better drawings for a colour or an attribute."""
    tint: str | None = None
    """Colour the drawing must be given to be this concept; several, joined by commas, are a choice."""


class Bank:
    """Read-only; drawings are unpacked when first asked for."""

    def __init__(self) -> None:
        index = json.loads((files(__package__) / "data" / "art.json").read_text())
        self._arts: dict[str, dict[str, Any]] = index["arts"]
        self._concepts: dict[str, dict[str, Any]] = index["concepts"]

    def __contains__(self, name: str) -> bool:
        return name in self._concepts

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every concept, sorted."""
        return tuple(sorted(self._concepts))

    def concept(self, name: str) -> Concept | None:
        """The concept, or None if the bank cannot draw it."""
        row = self._concepts.get(name)
        if row is None:
            return None
        return Concept(
            name=name,
            size=row["size"],
            axis=row["axis"],
            footing=row["footing"],
            group=row["group"],
            arts=tuple(row["arts"]),
            faces=tuple(row["faces"]),
            variants={word: tuple(arts) for word, arts in row["variants"].items()},
            tint=row.get("tint"),
        )

    def art(self, name: str) -> Art:
        """What is known of one drawing. Raises KeyError for a name no concept lists."""
        row = self._arts[name]
        return Art(
            name=name,
            box=tuple(row["box"]),
            foot=row["foot"],
            head=tuple(row["head"]),
            facing=row["facing"],
            body=tuple(row["body"]) if row["body"] else None,
        )


@cache
def bank() -> Bank:
    """The shipped bank, read once."""
    return Bank()


@cache
def _archive(family: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(str(files(__package__) / "data" / f"art-{family}.zip"))


@lru_cache(maxsize=256)
def svg(name: str) -> str:
    """The drawing as SVG text: body paints in lower-case hex, all others in upper case."""
    family, _, icon = name.partition("/")
    return _archive(family).read(icon + ".svg").decode()
