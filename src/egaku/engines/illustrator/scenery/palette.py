"""Colour arithmetic, and the vocabulary's colour words as paint."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.base import RGB

WORDS: dict[str, RGB] = {
    "red": (214, 48, 49), "orange": (243, 134, 48), "yellow": (250, 208, 72), "green": (84, 168, 92),
    "blue": (62, 124, 214), "purple": (134, 84, 190), "pink": (246, 148, 182), "brown": (136, 92, 62),
    "black": (38, 38, 46), "white": (246, 246, 248), "gray": (150, 154, 162), "gold": (220, 174, 70),
    "silver": (192, 198, 208), "turquoise": (64, 200, 196), "teal": (32, 134, 138), "navy": (30, 48, 102),
    "beige": (228, 212, 182), "cream": (250, 240, 214), "crimson": (184, 28, 58), "maroon": (120, 30, 44),
    "magenta": (214, 60, 164), "lavender": (194, 178, 234), "violet": (150, 98, 214), "indigo": (74, 66, 158),
    "olive": (134, 138, 62), "lime": (168, 212, 72), "mint": (166, 226, 196), "coral": (250, 126, 104),
    "salmon": (246, 150, 128), "peach": (252, 198, 164), "tan": (206, 172, 130), "cyan": (70, 196, 224),
    "sky blue": (132, 196, 240), "rainbow": (240, 150, 180),
}  # fmt: skip


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """`a` at 0, `b` at 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def times(a: RGB, b: RGB | float) -> RGB:
    """Channel by channel."""
    m = (b, b, b) if isinstance(b, int | float) else b
    return (min(255.0, a[0] * m[0]), min(255.0, a[1] * m[1]), min(255.0, a[2] * m[2]))


def lighter(a: RGB, t: float) -> RGB:
    """Towards white."""
    return mix(a, (255, 255, 255), t)


def darker(a: RGB, t: float) -> RGB:
    """Towards a cool dark, which looks fresher than black."""
    return mix(a, (24, 22, 48), t)


def luma(a: RGB) -> float:
    """Rec. 601 luma, 0 … 255."""
    return 0.299 * a[0] + 0.587 * a[1] + 0.114 * a[2]


def saturate(a: RGB, amount: float) -> RGB:
    """1 leaves the colour, 0 makes it grey, above 1 makes it richer."""
    grey = luma(a)
    r, g, b = (min(255.0, max(0.0, grey + (c - grey) * amount)) for c in a)
    return (r, g, b)


def jitter(rng: np.random.Generator, a: RGB, amount: float = 10.0) -> RGB:
    """A neighbour of the colour: mostly lighter or darker, a little warmer or cooler."""
    step = rng.uniform(-amount, amount)
    warm = rng.uniform(-amount, amount) * 0.4
    r, g, b = (min(255.0, max(0.0, c)) for c in (a[0] + step + warm, a[1] + step, a[2] + step - warm))
    return (r, g, b)


def ramp(colors: list[RGB]) -> NDArray[np.uint8]:
    """(1, 256, 3) look-up table from dark to light through the colours, ordered by luma."""
    ordered = sorted(colors, key=luma)
    stops = [mix(darker(ordered[0], 0.6), ordered[0], 0.25), *ordered, lighter(ordered[-1], 0.75)]
    at = np.linspace(0, 255, len(stops))
    table = np.stack([np.interp(np.arange(256), at, [s[k] for s in stops]) for k in range(3)], axis=-1)
    return table.round().astype(np.uint8)[None]


def tone(pixels: Pixels, words: tuple[str, ...], strength: float = 0.5) -> None:
    """Pull the whole picture, in place, towards colour words ("in shades of teal and pink")."""
    colors = [WORDS[word] for word in words if word in WORDS]
    if not colors:
        return
    if len(colors) == 1:
        colors.append(lighter(colors[0], 0.5))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGBA2GRAY)
    mapped = cv2.LUT(cv2.merge([grey, grey, grey]), ramp(colors))
    pixels[..., :3] = cv2.addWeighted(
        np.ascontiguousarray(pixels[..., :3]), 1 - strength, mapped, strength, 0
    )
