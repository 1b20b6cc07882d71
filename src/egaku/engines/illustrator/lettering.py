"""Lettering: the prompt's quoted words in a real font, on what carries them or as a title."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.placement import Placement
from egaku.engines.illustrator.plan import ScenePlan

Box = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""

PANELS: dict[str, tuple[float, float, float, float]] = {
    "sign": (0.1, 0.1, 0.9, 0.52),
    "signpost": (0.12, 0.06, 0.88, 0.46),
    "billboard": (0.08, 0.08, 0.92, 0.56),
    "banner": (0.1, 0.19, 0.9, 0.53),
    "placard": (0.12, 0.08, 0.88, 0.5),
    "t-shirt": (0.28, 0.3, 0.72, 0.75),
    "book": (0.22, 0.2, 0.8, 0.62),
    "scroll": (0.24, 0.24, 0.78, 0.72),
    "cake": (0.1, 0.5, 0.9, 0.85),
    "mug": (0.12, 0.35, 0.66, 0.85),
    "flag": (0.2, 0.15, 0.95, 0.6),
    "chalkboard": (0.1, 0.1, 0.9, 0.8),
    "neon sign": (0.08, 0.15, 0.92, 0.85),
    "speech bubble": (0.14, 0.16, 0.86, 0.66),
}
"""Where a thing carries words: left, top, right, bottom as parts of what is painted."""

WIDEST = (0.12, 0.3, 0.88, 0.72)
"""The panel of anything else."""

TITLE_ROOM = 0.2
"""Part of the picture's height a title takes at the top."""


@cache
def typeface() -> skia.Typeface:
    """The bundled face: Latin, Greek, Cyrillic, kana, common kanji. Raises RuntimeError if it is damaged."""
    letters = files(__package__).joinpath("data", "lettering.ttf").read_bytes()
    # An empty font manager: the machine's own fonts must not change the picture.
    face = skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(letters))
    if face is None:
        raise RuntimeError("lettering.ttf cannot be read; rebuild it with `python -m tools.bank --only art`.")
    return face


def font(size: float) -> skia.Font:
    """The bundled face at `size` pixels, its widths in proportion to it: no hinting, no whole pixels."""
    found = skia.Font(typeface(), size)
    found.setEdging(skia.Font.Edging.kAntiAlias)
    found.setHinting(skia.FontHinting.kNone)
    found.setSubpixel(True)
    found.setLinearMetrics(True)
    return found


def draw(
    canvas: skia.Canvas,
    buffer: NDArray[np.uint8],
    plan: ScenePlan,
    placements: list[Placement],
) -> None:
    """Write plan.lettering on its carrier, or as a title. `buffer`: the canvas's own (H, W, 4) pixels."""
    words = (plan.lettering or "").strip()
    if not words:
        return
    height, width = buffer.shape[:2]
    carrier = _carrier(plan, placements)
    if carrier is None:
        box = (0.06 * width, 0.04 * height, 0.94 * width, TITLE_ROOM * height)
        _write(canvas, words, box, skia.ColorWHITE, outline=True)
        return
    left, top, right, bottom = PANELS.get(plan.objects[carrier.object].concept, WIDEST)
    x0, y0, x1, y1 = carrier.bounds
    down = y0 + (carrier.sink * carrier.height if carrier.stands == "water" else 0.0)
    box = (
        x0 + left * (x1 - x0),
        down + top * (y1 - y0),
        x0 + right * (x1 - x0),
        down + bottom * (y1 - y0),
    )
    _write(canvas, words, box, _ink(buffer, box), outline=False)


def carrier_of(plan: ScenePlan) -> int | None:
    """Which object bears the lettering: the one the plan names, else the first that has a place for words."""
    named = plan.lettering_on
    if named is not None and (plan.style != "poster" or plan.objects[named].concept in PANELS):
        return named
    return next((i for i, planned in enumerate(plan.objects) if planned.concept in PANELS), None)


def _carrier(plan: ScenePlan, placements: list[Placement]) -> Placement | None:
    index = carrier_of(plan)
    return next((placement for placement in placements if placement.object == index), None)


def fit(words: str, width: float, height: float) -> tuple[list[str], float]:
    """(lines, font size in pixels) at which the words fill a box best."""
    best: tuple[list[str], float] = ([words], 4.0)
    for count in range(1, min(5, len(words)) + 1):
        lines = _broken(words, count)
        probe = font(100.0)
        widest = max(probe.measureText(line) for line in lines) or 1.0
        size = min(100.0 * width / widest, height / (1.12 * len(lines)))
        if size > best[1]:
            best = (lines, size)
    return best


def _broken(words: str, count: int) -> list[str]:
    """The words on at most `count` lines of like length; Japanese breaks between any two letters."""
    parts = words.split(" ") if " " in words else list(words) if not words.isascii() else [words]
    joint = " " if " " in words else ""
    lines: list[str] = []
    target = len(words) / count
    for part in parts:
        if lines and (len(lines[-1]) + len(part) / 2 <= target or len(lines) == count):
            lines[-1] = lines[-1] + joint + part
        else:
            lines.append(part)
    return lines


def _write(canvas: skia.Canvas, words: str, box: Box, color: int, *, outline: bool) -> None:
    left, top, right, bottom = box
    lines, size = fit(words, right - left, bottom - top)
    letters = font(size)
    leading = size * 1.12
    y = (top + bottom) / 2 - leading * len(lines) / 2 + size * 0.92
    for line in lines:
        x = (left + right) / 2 - letters.measureText(line) / 2
        if outline:
            edge = skia.Paint(
                AntiAlias=True,
                Style=skia.Paint.kStroke_Style,
                StrokeWidth=max(1.5, size * 0.16),
                StrokeJoin=skia.Paint.kRound_Join,
                Color=skia.Color(30, 26, 58, 220),
            )
            canvas.drawString(line, x, y, letters, edge)
        canvas.drawString(line, x, y, letters, skia.Paint(AntiAlias=True, Color=color))
        y += leading


def _ink(buffer: NDArray[np.uint8], box: Box) -> int:
    """Dark on light, light on dark."""
    left, top, right, bottom = (max(0, round(value)) for value in box)
    window = buffer[top:bottom, left:right, :3]
    bright = float(np.median(window @ np.array([0.3, 0.59, 0.11]))) if window.size else 255.0
    return int(skia.Color(38, 30, 48) if bright > 120 else skia.Color(255, 250, 240))
