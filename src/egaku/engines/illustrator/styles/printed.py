"""Print: flat, ukiyo-e, comic, pop art, poster, vaporwave."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery.filters import gauss, haze, median
from egaku.engines.illustrator.styles.painted import seal
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    contours,
    grain,
    nearest_color,
    outline,
    paint_index,
    palette_of,
    shade,
    smooth,
    vignette,
    vivid,
)


def flattened(sheet: Sheet, ground: int, subject: int, saturation: float = 1.1) -> Color3:
    """Few flat colours with clean edges, at full size: so many for the backdrop (0: it is left), and objects.

    Each has colours of its own, so that a blue sky does not lend its blue to a grey beak.
    """
    calm = vivid(sheet.calm, saturation)
    full = sheet.up(calm)
    inside = sheet.work_subject > 0.5
    flat_ = full if ground == 0 else _inked(full, calm, ~inside, ground)
    if sheet.has_subject:
        flat_ = blend(flat_, _inked(full, calm, inside, subject), sheet.subject)
    return gauss(flat_, max(0.7, sheet.unit / 1400))


def _inked(full: Color3, calm: Color3, where: NDArray[np.bool_], count: int) -> Color3:
    """`full` in `count` colours found where `where` holds in the working copy `calm`."""
    chosen = calm[where]
    samples = chosen.reshape(-1, 1, 3) if len(chosen) >= count else calm
    palette = palette_of(samples, count)
    return paint_index(median(nearest_color(full, palette), 5), palette)


def flat(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Flat vector shapes: few colours, no shading, no texture."""
    return flattened(sheet, 16, 9, 1.14)


_UKIYO: NDArray[np.float32] = np.array(
    [
        (28, 44, 84),
        (46, 84, 132),
        (96, 138, 168),
        (164, 192, 200),
        (238, 226, 196),
        (226, 196, 142),
        (206, 148, 84),
        (196, 74, 52),
        (226, 134, 110),
        (232, 178, 168),
        (112, 138, 92),
        (160, 172, 122),
        (68, 84, 66),
        (40, 38, 44),
        (122, 108, 98),
        (250, 244, 226),
        (128, 72, 56),
        (120, 92, 124),
    ],
    np.float32,
)
"""Pigments of the wood-block print: Prussian and indigo blues, vermilion, ochre, sage, rose, ink, paper."""


def ukiyo_e(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Wood-block print: pigments, key-block lines, graded bands, washi, a seal."""
    calm = smooth(vivid(sheet.work, 1.05, 1.0), 3, 6, 40)
    full = sheet.up(calm)
    own = palette_of(calm, 16)
    # The printer mixes the nearest pigments: the scene keeps its harmony and takes on theirs.
    far = ((own[:, None] - _UKIYO[None]) ** 2).sum(axis=2)
    mixed = own * 0.36 + _UKIYO[far.argmin(axis=1)] * 0.64
    print_ = paint_index(median(nearest_color(full, own), 5), mixed)
    # Bokashi: the printer wipes the block so that a band of blue fades downwards.
    y = np.linspace(0, 1, sheet.height, dtype=np.float32)[:, None]
    band = np.broadcast_to(np.clip(1 - y / 0.17, 0, 1) ** 1.3 * 0.78, sheet.shape) * (1 - sheet.subject)
    if not sheet.transparent:
        print_ = blend(print_, (30, 52, 104), band.astype(np.float32))
    line = contours(full, sheet.labels, max(2.0, sheet.unit * 0.0032), 30, 7.0)
    print_ = blend(print_, (26, 30, 50), np.clip(line * 0.9, 0, 1))
    wood = cv2.resize(
        rng.random((sheet.work_shape[0] // 3 + 2, 7), dtype=np.float32),
        (sheet.width, sheet.height),
        interpolation=cv2.INTER_CUBIC,
    )
    tooth = grain(sheet.shape, sheet.unit, cells=64, seed=61)
    out = shade(print_, (0.985 + 0.05 * (wood - 0.5) + 0.07 * tooth).astype(np.float32))
    if not sheet.transparent:
        _border(out, sheet, 0.018, (240, 230, 206))
        if sheet.page is None:
            seal(out, sheet, (0.08, 0.09), rng)
    return out


def _border(
    picture: Color3, sheet: Sheet, width: float, color: tuple[int, int, int], line: bool = True
) -> None:
    """A margin of paper with a thin rule inside, in place."""
    m = max(2, round(sheet.unit * width))
    inside = (sheet.inset(sheet.shape) >= m).astype(np.uint8)
    picture[inside == 0] = color
    if line:
        rule, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        clockwise = [np.roll(line[::-1], 1, axis=0) for line in rule]
        cv2.polylines(picture, clockwise, True, (34, 34, 48), max(1, round(sheet.unit / 420)), cv2.LINE_AA)


def _screen(shape: tuple[int, int], pitch: float, degrees: float) -> Plane:
    """A halftone screen, 0 (dots' middles) … 1 (between them)."""
    a = np.deg2rad(degrees)
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    x = np.arange(shape[1], dtype=np.float32)[None]
    k = np.float32(2 * np.pi / pitch)
    c, s = np.float32(np.cos(a)), np.float32(np.sin(a))
    u, v = (x * c + y * s) * k, (y * c - x * s) * k
    return np.asarray(0.5 - 0.25 * (np.cos(u) + np.cos(v)), np.float32)


def _dots(tone: Plane, screen: Plane, pitch: float) -> Plane:
    """Dots whose size follows the tone, 0 … 1, with soft edges about a pixel wide."""
    return np.asarray(np.clip((tone - screen) * (pitch * 0.30) + 0.5, 0, 1), np.float32)


def _cel(sheet: Sheet, levels: int, saturation: float) -> Color3:
    """Cel colours: brightness in steps, hue kept, at full size."""
    calm = sheet.up(sheet.calm)
    hsv = cv2.cvtColor(vivid(calm, saturation), cv2.COLOR_RGB2HSV)
    steps = np.arange(256, dtype=np.float32) / 255 * levels
    table = np.clip((np.floor(steps) + 0.72) / levels, 0, 1)
    soft = np.clip((steps - np.floor(steps) - 0.94) / 0.06, 0, 1) / levels
    value = cv2.LUT(np.ascontiguousarray(hsv[..., 2]), ((table + soft).clip(0, 1) * 255).astype(np.uint8))
    hsv[..., 2] = value
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def comic(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Ink lines, cel colours, halftone dots in the shades."""
    color = _cel(sheet, 5, 1.34)
    pitch = max(4.0, sheet.unit / 118)
    tone = 1 - cv2.cvtColor(sheet.up(sheet.work), cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)
    screen = _screen(sheet.shape, pitch, 45)
    dots = _dots(np.clip(tone * 0.95 - 0.12, 0, 0.62), screen, pitch)
    out = shade(color, 1 - 0.26 * dots * (1 - 0.55 * sheet.subject))
    line = contours(
        sheet.up(smooth(sheet.work, 2, 5, 34)), sheet.labels, max(2.0, sheet.unit * 0.0046), 34, 8.0
    )
    return blend(out, (14, 12, 22), np.clip(line * 1.1, 0, 1))


_POP: list[tuple[tuple[int, int, int], ...]] = [
    ((38, 22, 84), (226, 36, 110), (255, 132, 60), (255, 222, 66), (255, 246, 206)),
    ((20, 36, 110), (40, 110, 220), (236, 70, 150), (255, 200, 70), (250, 248, 230)),
    ((52, 12, 70), (150, 40, 180), (30, 178, 190), (180, 232, 90), (255, 248, 190)),
]


def pop_art(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Screen print: a loud graded ground of dots, the subject in bold posterised colour with thick lines."""
    ramp = np.asarray(_POP[int(rng.integers(len(_POP)))], np.float32)
    calm = sheet.calm
    grey = sheet.up_plane(cv2.cvtColor(calm, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255))
    low, high = np.percentile(sheet.measured(sheet.luma), (3, 97))
    tone = np.clip((grey - low) / max(0.2, high - low), 0, 0.999)
    index = median((tone * 4.999).astype(np.uint8), 5)
    ground = paint_index(np.maximum(index, 1), ramp)
    pitch = max(5.0, sheet.unit / 66)
    dots = _dots(
        1 - np.abs(tone * 4.999 - np.floor(tone * 4.999) - 0.5), _screen(sheet.shape, pitch, 30), pitch
    )
    partner = paint_index(np.clip(index + 1, 0, 4), ramp)
    ground = blend(ground, partner, dots * 0.9)
    full = sheet.up(calm)
    subject = _cel(sheet, 3, 1.9)
    picture = blend(ground, subject, sheet.subject * 0.94)
    bold = contours(full, None, max(2.0, sheet.unit * 0.004), 46, 7.0) * (0.25 + 0.75 * sheet.subject)
    line = np.maximum(bold, outline(sheet.labels, sheet.unit * 0.011))
    return blend(picture, (16, 10, 26), np.clip(line, 0, 1).astype(np.float32))


def poster(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Travel poster: a handful of inks, long gradients with airbrush grain, a cream margin."""
    inks = flattened(sheet, 7, 6, 1.2)
    inks = np.asarray(cv2.multiply(inks, np.asarray((1.04, 1.0, 0.92, 1.0))), np.uint8)
    own = haze(sheet.luma, sheet.work_unit * 0.03)
    drift = sheet.up_plane(own - own.mean())
    speck = grain(sheet.shape, sheet.unit, cells=128, seed=71)
    out = shade(inks, (1 + 0.30 * drift + 0.16 * speck * (1 - 0.6 * sheet.subject)).astype(np.float32))
    if not sheet.transparent:
        _border(out, sheet, 0.034, (246, 236, 212), line=False)
    return out


def vaporwave(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Pink and cyan, a glowing grid, scan lines, colours out of register."""
    grey = sheet.luma
    ramp = np.asarray(
        ((24, 8, 66), (92, 24, 140), (232, 60, 168), (255, 138, 196), (120, 232, 244), (240, 252, 255)),
        np.float32,
    )
    at = np.linspace(0, 255, len(ramp))
    table = (
        np.stack([np.interp(np.arange(256), at, ramp[:, k]) for k in range(3)], axis=-1)
        .round()
        .astype(np.uint8)[None]
    )
    low, high = np.percentile(sheet.measured(grey), (2, 98))
    level = (np.clip((grey - low) / max(0.2, high - low), 0, 1) * 255).astype(np.uint8)
    mapped = np.asarray(cv2.LUT(cv2.merge([level, level, level]), table), np.uint8)
    own = vivid(sheet.work, 1.4)
    amount = 0.80 - 0.42 * sheet.work_subject
    mixed = sheet.up(blend(own, mapped, amount.astype(np.float32)))
    detail = sheet.rgb.astype(np.float32) - sheet.up(sheet.work)
    mixed = np.clip(mixed + detail * 0.9, 0, 255).astype(np.uint8)
    if not sheet.transparent:
        mixed = _neon_grid(mixed, sheet)
    shift = max(1, round(sheet.unit / 260))
    out = mixed.copy()
    out[:, shift:, 0] = mixed[:, :-shift, 0]
    out[:, :-shift, 2] = mixed[:, shift:, 2]
    pitch = max(2, round(sheet.unit / 170))
    lines = np.ones(sheet.shape, np.float32)
    lines[::pitch] = 0.86
    return shade(out, lines * vignette(sheet.shape, 0.22))


def _neon_grid(picture: Color3, sheet: Sheet) -> Color3:
    """A perspective grid over the lower backdrop."""
    top = 0.66
    y = (np.arange(sheet.height, dtype=np.float32)[:, None] + 0.5) / sheet.height
    x = (np.arange(sheet.width, dtype=np.float32)[None] + 0.5) / sheet.width - 0.5
    drop = np.maximum(y - top, 1e-4)
    away = 0.34 / drop
    u = x * away * 9 * sheet.width / sheet.height
    v = away * 3.0
    width = 0.030 + 0.0016 * away
    across = np.abs(u - np.round(u))
    along = np.abs(v - np.round(v)) / np.maximum(1.0, away * 0.9)
    line = np.maximum(np.clip(1 - across / (width * 1.2), 0, 1), np.clip(1 - along / (width * 0.8), 0, 1))
    amount = line * np.clip((y - top) * 9, 0, 1) * (1 - sheet.subject) * 0.75
    return blend(picture, (110, 240, 255), amount.astype(np.float32))
