"""Give a drawing another colour on its body paint only: a blue fox keeps its black nose and white belly."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from egaku.engines.illustrator.color import oklab, srgb

ANCHORS: dict[str, str] = {
    "red": "#e0312d", "orange": "#f58220", "yellow": "#ffd22e", "green": "#3fa34d", "blue": "#2f78d6",
    "purple": "#8a45c4", "pink": "#f77fb4", "brown": "#8a5a3c", "black": "#34323a", "white": "#f7f6f4",
    "gray": "#8f9299", "gold": "#dfaa2c", "silver": "#bcc3cc", "turquoise": "#36c6c0", "teal": "#178a8a",
    "navy": "#27397c", "beige": "#dcc7a0", "cream": "#f8ebc8", "crimson": "#c0183a", "maroon": "#7a2233",
    "magenta": "#dd2fa8", "lavender": "#b9a3ea", "violet": "#7d4fd1", "indigo": "#4a3fae",
    "olive": "#808a32", "lime": "#a4d82f", "mint": "#9ee6c1", "coral": "#ff7a5e", "salmon": "#fa9079",
    "peach": "#ffbe94", "tan": "#cda36f", "cyan": "#35cfe8", "sky blue": "#7cc6f4", "rainbow": "#ff8fa8",
}  # fmt: skip
"""The paint each colour word of the vocabulary stands for, sRGB hex."""

COATS: dict[str, str] = {"rust": "#dc5526"}
"""Paints no word of the vocabulary asks for, but which nature calls by one: a red fox is rust."""

_BODY_PAINT = re.compile(r'"#([0-9a-f]{6})"')


def anchor(color: str) -> tuple[float, float, float]:
    """OKLab of a colour word or coat. Raises KeyError for any other word."""
    return _lab((ANCHORS.get(color) or COATS[color])[1:])


def recolor(svg: str, body: tuple[float, float, float] | None, color: str | None) -> str:
    """The drawing with its body in `color`, shading kept; unchanged when there is no body or no colour.

    Body paints are those in lower-case hex. Each keeps its own distance in lightness from the main paint
    (softened where the target leaves little room) and its own share of chroma and turn of hue.
    """
    if body is None or color is None:
        return svg
    return _BODY_PAINT.sub(lambda match: f'"{_moved(match[1], body, color)}"', svg)


@lru_cache(maxsize=8192)
def _moved(paint: str, body: tuple[float, float, float], color: str) -> str:
    target = anchor(color)
    light, a, b = _lab(paint)
    chroma, body_chroma = float(np.hypot(a, b)), float(np.hypot(body[1], body[2]))
    target_chroma = float(np.hypot(target[1], target[2]))
    away = light - body[0]
    room = (1.0 - target[0]) if away > 0 else target[0] - 0.08
    reach = max(0.04, (1.0 - body[0]) if away > 0 else body[0] - 0.08)
    moved_light = target[0] + away * float(np.clip(room / reach, 0.35, 1.15))
    share = float(np.clip(chroma / body_chroma, 0.35, 1.25)) if body_chroma > 0.045 else 1.0
    turn = (
        float(np.arctan2(b, a) - np.arctan2(body[2], body[1]))
        if body_chroma > 0.045 and chroma > 0.02
        else 0.0
    )
    turn = (turn + np.pi) % (2 * np.pi) - np.pi
    hue = float(np.arctan2(target[2], target[1])) + 0.35 * float(np.clip(turn, -0.7, 0.7))
    amount = target_chroma * share
    red, green, blue = srgb(np.array([moved_light, amount * np.cos(hue), amount * np.sin(hue)]))
    return f"#{round(float(red) * 255):02x}{round(float(green) * 255):02x}{round(float(blue) * 255):02x}"


@lru_cache(maxsize=8192)
def _lab(digits: str) -> tuple[float, float, float]:
    rgb = np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], np.float64) / 255.0
    light, a, b = (float(value) for value in oklab(rgb[None, :])[0])
    return light, a, b
