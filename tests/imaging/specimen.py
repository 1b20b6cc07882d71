"""Specimen: a picture and what must become of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from egaku.imaging.errors import FaultKind
from egaku.imaging.pixels import Pixels


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture is read, and its pixels are within `tolerance` levels of `pixels`."""

    pixels: Pixels
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """The picture is refused with one of `kinds`."""

    kinds: frozenset[FaultKind]


@dataclass(frozen=True, slots=True)
class Specimen:
    name: str
    data: bytes = field(repr=False)
    expectation: Shown | Refused = field(repr=False)


def refused(name: str, data: bytes, *kinds: FaultKind) -> Specimen:
    return Specimen(name, data, Refused(frozenset(kinds)))
