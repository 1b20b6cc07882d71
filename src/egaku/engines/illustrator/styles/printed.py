"""Print and design: flat, ukiyo-e, comic, pop art, poster, logo, pattern, vaporwave."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels
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
    vivid,
    vignette,
)


def _flattened(sheet: Sheet, ground: int, subject: int, saturation: float = 1.1) -> Color3:
    """Few flat colours with clean edges, at full size: so many for the backdrop, so many for the objects.

    Each has colours of its own, so that a blue sky does not lend its blue to a grey beak.
    """
    calm = vivid(smooth(sheet.work, 3, 6, 42), saturation)
    full = sheet.up(calm)
    inside = sheet.work_subject > 0.5
    flat_ = _inked(full, calm, ~inside, ground)
    if sheet.has_subject:
        flat_ = blend(flat_, _inked(full, calm, inside, subject), sheet.subject)
    return np.asarray(cv2.GaussianBlur(flat_, (0, 0), max(0.7, sheet.unit / 1400)), np.uint8)


def _inked(full: Color3, calm: Color3, where: NDArray[np.bool_], count: int) -> Color3:
    """`full` in `count` colours found where `where` holds in the working copy `calm`."""
    chosen = calm[where]
    samples = chosen.reshape(-1, 1, 3) if len(chosen) >= count else calm
    palette = palette_of(samples, count)
    return paint_index(cv2.medianBlur(nearest_color(full, palette), 5), palette)


def flat(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Flat vector shapes: few colours, no shading, no texture."""
    return _flattened(sheet, 16, 9, 1.14)


_UKIYO: NDArray[np.float32] = np.array(
    [
        (28, 44, 84), (46, 84, 132), (96, 138, 168), (164, 192, 200), (238, 226, 196), (226, 196, 142),
        (206, 148, 84), (196, 74, 52), (226, 134, 110), (232, 178, 168), (112, 138, 92), (160, 172, 122),
        (68, 84, 66), (40, 38, 44), (122, 108, 98), (250, 244, 226), (128, 72, 56), (120, 92, 124),
    ],
    np.float32,
)  # fmt: skip
"""Pigments of the wood-block print: Prussian and indigo blues, vermilion, ochre, sage, rose, ink, paper."""


def ukiyo_e(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Wood-block print: pigments, key-block lines, graded bands, washi, a seal."""
    calm = smooth(vivid(sheet.work, 1.05, 1.0), 3, 6, 40)
    full = sheet.up(calm)
    index = cv2.medianBlur(nearest_color(full, _UKIYO), 5)
    print_ = paint_index(index, _UKIYO)
    print_ = np.asarray(cv2.addWeighted(print_, 0.86, full, 0.14, 0), np.uint8)
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
        seal(out, sheet, (0.08, 0.09), rng)
    return out


def _border(
    picture: Color3, sheet: Sheet, width: float, color: tuple[int, int, int], line: bool = True
) -> None:
    """A margin of paper with a thin rule inside, in place."""
    m = max(2, round(sheet.unit * width))
    for edge in (picture[:m], picture[-m:], picture[:, :m], picture[:, -m:]):
        edge[...] = color
    if line:
        cv2.rectangle(
            picture,
            (m, m),
            (sheet.width - m - 1, sheet.height - m - 1),
            (34, 34, 48),
            max(1, round(sheet.unit / 420)),
            cv2.LINE_AA,
        )


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
    calm = sheet.up(smooth(sheet.work, 3, 6, 40))
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
    calm = smooth(sheet.work, 3, 6, 40)
    grey = sheet.up_plane(cv2.cvtColor(calm, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255))
    low, high = np.percentile(grey[::8, ::8], (3, 97))
    tone = np.clip((grey - low) / max(0.2, high - low), 0, 0.999)
    index = cv2.medianBlur((tone * 4.999).astype(np.uint8), 5)
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
    inks = _flattened(sheet, 7, 6, 1.2)
    inks = np.asarray(cv2.multiply(inks, np.asarray((1.04, 1.0, 0.92, 1.0))), np.uint8)
    own = cv2.GaussianBlur(sheet.work, (0, 0), sheet.work_unit * 0.03).astype(np.float32).mean(axis=2)
    drift = sheet.up_plane(((own - own.mean()) / 255).astype(np.float32))
    speck = grain(sheet.shape, sheet.unit, cells=128, seed=71)
    out = shade(inks, (1 + 0.30 * drift + 0.16 * speck * (1 - 0.6 * sheet.subject)).astype(np.float32))
    if not sheet.transparent:
        _border(out, sheet, 0.034, (246, 236, 212), line=False)
    return out


def logo(sheet: Sheet, rng: np.random.Generator) -> Pixels:  # noqa: ARG001 - all styles share one signature
    """An emblem: the subject in a few flat colours on a disc, nothing else."""
    color = _flattened(sheet, 2, 6, 1.2)
    out = np.empty((*sheet.shape, 4), np.uint8)
    deep = _accent(sheet)
    paper = (250, 249, 246)
    x0, y0, r = _round_box(sheet)
    badge = _disc(sheet, x0, y0, r)
    ring = _disc(sheet, x0, y0, r * 1.075) - _disc(sheet, x0, y0, r * 1.04)
    page = np.empty((*sheet.shape, 3), np.uint8)
    page[:] = paper
    page = blend(page, deep, badge)
    page = blend(page, deep, np.clip(ring, 0, 1))
    mask = sheet.subject if sheet.has_subject else badge
    halo = cv2.GaussianBlur(
        cv2.dilate(mask, np.ones((3, 3)), iterations=max(1, round(sheet.unit / 170))), (0, 0), 0.8
    )
    page = blend(page, paper, np.asarray(halo if sheet.has_subject else badge * 0, np.float32))
    page = blend(page, color, mask)
    out[..., :3] = page
    full = (
        np.clip(badge + ring + (halo if sheet.has_subject else 0), 0, 1)
        if sheet.transparent
        else np.ones(sheet.shape)
    )
    out[..., 3] = (full * 255).astype(np.uint8)
    return out


def _accent(sheet: Sheet) -> tuple[float, float, float]:
    """A deep quiet colour for the emblem's ground: that of the backdrop, or the subject's opposite."""
    behind = (
        sheet.work[sheet.work_subject < 0.5]
        if not sheet.transparent
        else sheet.work[sheet.work_subject > 0.5]
    )
    mean = behind.reshape(-1, 3).mean(axis=0) if behind.size else np.asarray((90, 120, 160))
    hsv = cv2.cvtColor(np.asarray(mean, np.uint8).reshape(1, 1, 3), cv2.COLOR_RGB2HSV)[0, 0].astype(float)
    hue = (hsv[0] + (90 if sheet.transparent else 0)) % 180
    rgb = cv2.cvtColor(
        np.asarray([[[hue, min(190.0, hsv[1] * 0.8 + 60), 150]]], np.uint8), cv2.COLOR_HSV2RGB
    )[0, 0]
    return (float(rgb[0]), float(rgb[1]), float(rgb[2]))


def _round_box(sheet: Sheet) -> tuple[float, float, float]:
    """Middle and radius of the disc behind the subject, kept inside the picture."""
    limit = sheet.unit * 0.455
    if not sheet.has_subject:
        return sheet.width / 2, sheet.height / 2, limit
    rows, cols = (
        np.flatnonzero((sheet.labels > 0).any(axis=1)),
        np.flatnonzero((sheet.labels > 0).any(axis=0)),
    )
    h, w = rows[-1] - rows[0], cols[-1] - cols[0]
    r = float(min(limit, max(sheet.unit * 0.26, 0.56 * max(h, w))))
    room = r * 1.08
    x = float(np.clip((cols[0] + cols[-1]) / 2, room, max(room, sheet.width - room)))
    y = float(np.clip((rows[0] + rows[-1]) / 2, room, max(room, sheet.height - room)))
    return x, y, r


def _disc(sheet: Sheet, x: float, y: float, r: float) -> Plane:
    yy = np.arange(sheet.height, dtype=np.float32)[:, None] - np.float32(y)
    xx = np.arange(sheet.width, dtype=np.float32)[None] - np.float32(x)
    return np.asarray(np.clip(np.float32(r) - np.sqrt(xx * xx + yy * yy) + 0.5, 0, 1), np.float32)


def pattern(sheet: Sheet, rng: np.random.Generator) -> Pixels:
    """The subject repeated as on cloth or wallpaper; opposite edges of the picture meet."""
    columns = 4 if sheet.width <= sheet.height else max(4, 2 * round(2 * sheet.width / sheet.height))
    rows = max(2, round(columns * sheet.height / sheet.width))
    motif = _motif(sheet)
    out = np.zeros((*sheet.shape, 4), np.float32)
    if not sheet.transparent:
        ground = _ground(sheet)
        out[..., :3], out[..., 3] = ground, 255
    cw, ch = sheet.width / columns, sheet.height / rows
    fit = min(cw / motif.shape[1], ch / motif.shape[0]) * 0.86
    sizes = [fit, fit * 0.92]
    stamps = [
        np.asarray(cv2.resize(motif, None, fx=s, fy=s, interpolation=cv2.INTER_AREA), np.float32)
        for s in sizes
    ]
    dot = max(1.0, sheet.unit * 0.009)
    tint = np.asarray(_accent(sheet), np.float32)
    for c in range(columns):
        for r in range(rows):
            x = (c + 0.5) * cw
            y = (r + 0.5 + 0.5 * (c % 2)) * ch
            stamp = stamps[(r + c) % 2]
            _stamp(out, stamp[:, ::-1] if (r + c // 2) % 2 else stamp, x, y)
            _stamp(out, _spot(dot, tint), x + cw / 2, y + ch / 4)
    _ = rng
    return np.clip(out, 0, 255).round().astype(np.uint8)


def _motif(sheet: Sheet) -> NDArray[np.float32]:
    """The subject cut out, (h, w, 4) premultiplied 0 … 255; the whole picture in a circle if there is none."""
    mask = (
        sheet.subject
        if sheet.has_subject
        else _disc(sheet, sheet.width / 2, sheet.height / 2, sheet.unit * 0.46)
    )
    mask = np.minimum(mask, sheet.alpha.astype(np.float32) * (1 / 255)) if sheet.transparent else mask
    rows, cols = np.flatnonzero((mask > 0.02).any(axis=1)), np.flatnonzero((mask > 0.02).any(axis=0))
    box = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1))
    alpha = mask[box]
    out = np.empty((*alpha.shape, 4), np.float32)
    out[..., :3] = sheet.rgb[box].astype(np.float32) * alpha[..., None]
    out[..., 3] = alpha * 255
    return out


def _ground(sheet: Sheet) -> NDArray[np.float32]:
    """A pale version of the backdrop's colour."""
    behind = sheet.work[sheet.work_subject < 0.5]
    mean = behind.reshape(-1, 3).mean(axis=0) if behind.size else np.asarray((220.0, 230.0, 235.0))
    return np.asarray(mean * 0.34 + np.asarray((255, 250, 240)) * 0.66, np.float32)


def _spot(r: float, color: NDArray[np.float32]) -> NDArray[np.float32]:
    size = int(2 * r + 3)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) - (size - 1) / 2
    alpha = np.clip(r - np.sqrt(x * x + y * y) + 0.5, 0, 1)
    return np.dstack([alpha[..., None] * color, alpha * 255]).astype(np.float32)


def _stamp(out: NDArray[np.float32], stamp: NDArray[np.float32], x: float, y: float) -> None:
    """Paint with the picture rolled up as a torus, so that nothing is cut at its edges."""
    h, w = stamp.shape[:2]
    rows = (np.arange(h) + round(y - h / 2)) % out.shape[0]
    cols = (np.arange(w) + round(x - w / 2)) % out.shape[1]
    area = out[np.ix_(rows, cols)]
    alpha = stamp[..., 3:] * (1 / 255)
    if out[0, 0, 3] >= 255 or area[..., 3].min() >= 255:
        area[..., :3] = stamp[..., :3] + area[..., :3] * (1 - alpha)
    else:
        total = alpha + area[..., 3:] / 255 * (1 - alpha)
        under = area[..., :3] * (area[..., 3:] / 255) * (1 - alpha)
        area[..., :3] = (stamp[..., :3] + under) / np.maximum(total, 1e-4)
        area[..., 3:] = total * 255
    out[np.ix_(rows, cols)] = area


def vaporwave(sheet: Sheet, rng: np.random.Generator) -> Color3:
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
    low, high = np.percentile(grey[::4, ::4], (2, 98))
    level = (np.clip((grey - low) / max(0.2, high - low), 0, 1) * 255).astype(np.uint8)
    mapped = cv2.LUT(cv2.merge([level, level, level]), table)
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
    _ = rng
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
