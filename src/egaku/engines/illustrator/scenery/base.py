"""What a painted place hands to the composer: the picture, the light in it, and where things may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from egaku.engines.base import Pixels

RGB = tuple[float, float, float]
"""sRGB, 0 … 255 for paint; 0 … 1.5 where it is a multiplier."""

Region = tuple[float, float, float, float]
"""x, y, width, height as parts of the picture's width and height, 0 … 1; y runs down."""

SURFACES = ("ground", "water", "floor", "air", "wall", "seabed")


@dataclass(frozen=True)
class Light:
    """The light of a place, for whatever is put into it."""

    time: str
    """One of vocabulary.TIMES."""
    direction: tuple[float, float]
    """Unit vector in the picture plane towards the light; y runs down, so noon is (0, -1)."""
    color: RGB
    """Multiplier for what the light falls on, 0 … 1.5 per channel."""
    ambient: RGB
    """Multiplier for what lies in shade, 0 … 1.5 per channel."""
    shadow: float
    """Opacity of cast shadows, 0 … 1: strong under a clear sun, faint in fog."""
    glow: float
    """How much lamps, screens and glowing things shine into the dark, 0 … 1."""


@dataclass(frozen=True)
class Backdrop:
    """A place, painted."""

    pixels: Pixels
    """(H, W, 4), opaque."""
    horizon: float
    """Eye level, 0 … 1 from the top."""
    surface: str
    """One of SURFACES: what things stand, float or hang on here."""
    ground_top: float
    """The far line where things may stand, 0 … 1 from the top."""
    ground_bottom: float
    """The near line where things may stand; ground_top <= ground_bottom <= 1."""
    light: Light
    haze: RGB
    """0 … 255: what far things fade to."""
    front: Pixels | None = None
    """(H, W, 4) straight alpha, painted over the objects: rain, snow, fog, near grass; None if nothing."""
    anchors: Mapping[str, Region] = field(default_factory=dict)
    """Named regions for things: `table`, `sofa`, `pool`, `window`, `sky`, `water`, …"""
    discs: tuple[tuple[float, float], ...] = ()
    """Where sun, moon or a planet hangs, of which a sky has one: x and y, parts of the picture."""
    palette: tuple[RGB, ...] = ()
    """A few colours of the picture, 0 … 255, for lettering and for what is added later."""
