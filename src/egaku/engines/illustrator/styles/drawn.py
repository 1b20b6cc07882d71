"""Dry media: pencil, charcoal, crayon, chalk, pastel, line art, blueprint."""

from __future__ import annotations

import cv2
import numpy as np

from egaku.engines.illustrator.scenery.filters import gauss
from egaku.engines.illustrator.scenery.noise import field
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    calmed,
    contours,
    grain,
    orientation,
    shade,
    smear,
    vivid,
)


def _page(sheet: Sheet, color: tuple[float, float, float]) -> Color3:
    page = np.empty((*sheet.shape, 3), np.uint8)
    page[:] = np.asarray(color, np.uint8)
    return page


def _streaks(sheet: Sheet, rng: np.random.Generator, angle: Plane, length: float, fine: float = 0.6) -> Plane:
    """(h, w) marks of a point drawn along a direction field, mean 0, deviation 1."""
    noise = gauss(rng.random(sheet.work_shape, dtype=np.float32), fine)
    marks = smear(noise, angle, sheet.work_unit * length, 4)
    marks -= gauss(marks, sheet.work_unit * 0.02)
    return np.asarray(marks / (marks.std() + 1e-6), np.float32)


def _form(sheet: Sheet) -> Plane:
    """The direction along the forms; where there is no form, a steady slant as the hand rests."""
    unit = sheet.work_unit
    calm = gauss(sheet.luma, unit * 0.008)
    angle = orientation(calm, unit * 0.022)
    gx, gy = cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1)
    sure = np.clip(gauss(np.sqrt(gx * gx + gy * gy), unit * 0.02) * 9, 0, 1)
    slant = -0.9
    # Mix as double angles, since a stroke has no front and back.
    c = sure * np.cos(2 * angle) + (1 - sure) * np.cos(2 * slant)
    s = sure * np.sin(2 * angle) + (1 - sure) * np.sin(2 * slant)
    return np.asarray(0.5 * np.arctan2(s, c), np.float32)


def _tone(sheet: Sheet, gamma: float = 1.0) -> Plane:
    """(h, w) darkness 0 … 1, stretched over the picture's own range."""
    low, high = np.percentile(sheet.measured(sheet.luma), (2, 98))
    bright = np.clip((sheet.luma - low) / max(0.15, high - low), 0, 1)
    tone = (1 - bright) ** gamma
    if not sheet.has_subject:
        return np.asarray(tone, np.float32)
    # Whoever draws a black cat draws its form, not a hole: the subject is stretched over its own range too.
    share = 0.5 * sheet.work_subject
    return np.asarray(tone * (1 - share) + _own_tone(sheet) * share, np.float32)


def _own_tone(sheet: Sheet) -> Plane:
    """(h, w) darkness 0 … 1 measured by the subject's own lightest and darkest parts."""
    inside = sheet.luma[sheet.work_subject > 0.5]
    if not inside.size:
        return 1 - sheet.luma
    low, high = np.percentile(inside[:: max(1, inside.size // 4000)], (3, 97))
    return np.asarray(1 - np.clip((sheet.luma - low) / max(0.10, high - low), 0, 1), np.float32)


def pencil(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Graphite: hatching along the forms, crossed where it is dark, over light outlines."""
    tone = _tone(sheet, 1.15)
    tone = np.clip(tone * (0.44 + 0.72 * sheet.work_subject), 0, 1)
    along = _streaks(sheet, rng, _form(sheet), 0.030)
    cross = _streaks(sheet, rng, np.full(sheet.work_shape, 0.7, np.float32), 0.034)
    first = np.clip(tone * 1.28 + along * 0.13 - 0.13, 0, 1)
    second = np.clip((tone - 0.42) * 1.3 + cross * 0.16 - 0.05, 0, 1) * (tone > 0.3)
    hatch = 1 - (1 - first * 0.78) * (1 - second * 0.62)
    dark = sheet.up_plane(hatch.astype(np.float32))
    line = contours(calmed(sheet.rgb), sheet.labels, max(2.0, sheet.unit * 0.0022), 16, 6.0)
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=31)
    dark = np.maximum(dark, line * np.clip(0.86 + tooth, 0, 1))
    dark = np.clip(dark * (1 + 0.9 * tooth), 0, 0.92)
    out = blend(_page(sheet, (250, 248, 242)), (52, 52, 60), dark.astype(np.float32))
    return shade(out, 1 + 0.05 * tooth)


def charcoal(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Broad black strokes on toothed paper, smudged shadows, lifted lights."""
    unit = sheet.work_unit
    tone = _tone(sheet, 0.95)
    smudge = smear(gauss(tone, unit * 0.006), _form(sheet), unit * 0.02, 3)
    strokes = _streaks(sheet, rng, _form(sheet), 0.022, 1.3)
    smudge = smudge * smudge * (3 - 2 * smudge) * (0.60 + 0.30 * sheet.work_subject)
    body = np.clip(smudge * 1.05 + strokes * 0.11 * smudge, 0, 1)
    dark = sheet.up_plane(body.astype(np.float32))
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=33)
    bite = np.clip((dark - 0.16 - 0.9 * tooth) * 2.6, 0, 1)
    line = contours(calmed(sheet.rgb), sheet.labels, max(2.0, sheet.unit * 0.005), 24, 5.0)
    line = line * np.clip(0.9 + 1.6 * tooth, 0, 1)
    amount = np.maximum((0.50 + 0.50 * dark) * bite * np.minimum(1, dark * 1.7) + 0.10 * dark, line * 0.94)
    out = blend(_page(sheet, (238, 232, 220)), (24, 23, 26), np.clip(amount, 0, 0.96).astype(np.float32))
    return shade(out, 1 + 0.06 * grain(sheet.shape, sheet.unit, cells=64, seed=34))


def crayon(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Wax colour rubbed over paper that shows through, with heavy outlines."""
    color = vivid(calmed(sheet.rgb), 1.45, 1.0, 6)
    marks = sheet.up_plane(_streaks(sheet, rng, _form(sheet), 0.035, 1.0))
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=41)
    density = 1 - cv2.cvtColor(color, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)
    press = 0.42 + 0.55 * density
    cover = np.clip((press + 0.17 * marks - 0.75 * tooth - 0.02) * 1.7, 0, 1)
    out = blend(_page(sheet, (253, 250, 242)), color, np.clip(cover, 0.28, 0.97).astype(np.float32))
    line = contours(calmed(sheet.rgb), sheet.labels, max(2.0, sheet.unit * 0.0062), 30, 5.0)
    waxy = np.clip((0.66 - 1.2 * tooth + 0.10 * marks) * 1.6, 0, 1)
    dark = (color.astype(np.float32) * 0.34).astype(np.uint8)
    return blend(out, dark, (line * waxy * 0.92).astype(np.float32))


def chalk(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Coloured chalk on a dark board, with dust."""
    board = np.empty((*sheet.shape, 3), np.uint8)
    board[:] = (38, 52, 50)
    dust = sheet.up_plane(field(rng, sheet.work_shape, (5, 5), 4))
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=43)
    marks = sheet.up_plane(_streaks(sheet, rng, np.full(sheet.work_shape, -0.75, np.float32), 0.045, 1.2))
    color = vivid(sheet.work, 1.3, 0.82, 44)
    rich = cv2.cvtColor(sheet.work, cv2.COLOR_RGB2HSV)[..., 1].astype(np.float32) * (0.8 / 255)
    light = sheet.up_plane(np.maximum(1 - _tone(sheet, 1.0), rich))
    weight = 0.46 + 0.70 * sheet.subject
    # What is black is drawn in grey chalk, or it would be a hole in the picture.
    pale = 0.55 * sheet.work_subject * np.clip(1 - cv2.cvtColor(color, cv2.COLOR_RGB2GRAY) * (1 / 150), 0, 1)
    color = sheet.up(blend(color, (214, 222, 226), np.asarray(pale, np.float32)))
    light = np.maximum(light, 0.42 * sheet.subject)
    cover = np.clip((light * weight + 0.10 * marks * weight - 0.7 * tooth - 0.12) * 1.7, 0, 0.93)
    out = blend(board, (210, 220, 214), (0.05 + 0.12 * dust).astype(np.float32))
    out = blend(out, color, cover.astype(np.float32))
    line = contours(calmed(sheet.rgb), sheet.labels, max(2.0, sheet.unit * 0.0048), 26, 5.0)
    crumb = np.clip((0.72 - 1.5 * tooth) * 1.7, 0, 1)
    bright = cv2.addWeighted(color, 0.45, np.full_like(color, 250), 0.55, 0)
    return blend(out, np.asarray(bright, np.uint8), (line * crumb * 0.95).astype(np.float32))


def pastel(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Soft sticks: powdery strokes along the forms over tinted paper."""
    unit = sheet.work_unit
    angle = _form(sheet)
    rubbed = smear(sheet.work.astype(np.float32), angle, unit * 0.014, 2)
    marks = _streaks(sheet, rng, angle, 0.026, 1.1)
    soft = vivid(np.clip(rubbed, 0, 255).astype(np.uint8), 1.42, 0.94, 12)
    soft = shade(soft, (1 + 0.075 * marks).astype(np.float32))
    out = sheet.up(soft)
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=47)
    gaps = np.clip((0.02 + 1.1 * tooth - 0.07 * sheet.up_plane(marks)) * 1.5, 0, 0.5)
    return blend(out, (238, 222, 206), gaps.astype(np.float32))


def line_art(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Black pen on white: outlines that swell, a few lines for form, no fill."""
    clean = calmed(sheet.rgb)
    fine = contours(clean, None, max(2.0, sheet.unit * 0.0018), 24, 9.0)
    bold = contours(clean, sheet.labels, max(2.0, sheet.unit * 0.0036), 44, 9.0)
    swell = sheet.up_plane(field(rng, sheet.work_shape, (9, 9), 2))
    ink = np.maximum(fine * 0.80, bold * np.clip(0.55 + 0.9 * swell, 0, 1))
    ink = np.clip((ink - 0.22) * 1.9, 0, 1)
    return blend(_page(sheet, (255, 255, 255)), (16, 16, 20), ink.astype(np.float32))


def blueprint(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """White lines on blue with a grid, and measured extents round the subject."""
    page = _page(sheet, (26, 74, 146))
    wash = sheet.up_plane(field(rng, sheet.work_shape, (4, 4), 3))
    page = shade(
        page,
        (0.88 + 0.26 * wash + 0.10 * grain(sheet.shape, sheet.unit, cells=64, seed=51)).astype(np.float32),
    )
    _grid(page, sheet)
    clean = calmed(sheet.rgb)
    fine = contours(clean, None, max(2.0, sheet.unit * 0.0018), 20, 7.0)
    bold = contours(clean, sheet.labels, max(2.0, sheet.unit * 0.0034), 60, 7.0)
    tone = cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)
    fill = 0.12 * sheet.subject * tone
    ink = np.maximum(
        np.maximum(fine * (0.34 + 0.4 * sheet.subject), bold * (0.5 + 0.5 * sheet.subject)), fill
    )
    out = blend(page, (236, 244, 255), np.clip(ink, 0, 1).astype(np.float32))
    if sheet.has_subject:
        _extents(out, sheet)
    return out


def _grid(page: Color3, sheet: Sheet) -> None:
    """Fine and coarse squares, in place."""
    step = max(4, round(sheet.unit / 40))
    for k, pitch in ((0.10, step), (0.16, step * 5)):
        wide = max(1, round(sheet.unit / 900)) if pitch == step else max(1, round(sheet.unit / 520))
        lines = np.zeros(sheet.shape, np.float32)
        for w in range(wide):
            lines[w::pitch] = k
            lines[:, w::pitch] = k
        page[...] = blend(page, (220, 236, 255), lines)


def _extents(out: Color3, sheet: Sheet) -> None:
    """Dimension lines above and beside the subject, in place."""
    rows, cols = (
        np.flatnonzero((sheet.labels > 0).any(axis=1)),
        np.flatnonzero((sheet.labels > 0).any(axis=0)),
    )
    top, bottom, left, right = int(rows[0]), int(rows[-1]), int(cols[0]), int(cols[-1])
    gap = round(sheet.unit * 0.022)
    thick = max(1, round(sheet.unit / 420))
    tick = round(sheet.unit * 0.010)
    white = (226, 238, 255)
    y, x = max(tick, top - gap), max(tick, left - gap)
    cv2.line(out, (left, y), (right, y), white, thick, cv2.LINE_AA)
    cv2.line(out, (x, top), (x, bottom), white, thick, cv2.LINE_AA)
    for a in (left, right):
        cv2.line(out, (a - tick, y + tick), (a + tick, y - tick), white, thick, cv2.LINE_AA)
        cv2.line(out, (a, y - tick), (a, top), white, thick, cv2.LINE_AA)
    for b in (top, bottom):
        cv2.line(out, (x - tick, b + tick), (x + tick, b - tick), white, thick, cv2.LINE_AA)
        cv2.line(out, (x - tick, b), (left, b), white, thick, cv2.LINE_AA)
