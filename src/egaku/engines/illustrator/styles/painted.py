"""Wet media: oil painting, impasto, gouache, watercolour, ink wash, children's book."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery.filters import gauss, haze, median
from egaku.engines.illustrator.scenery.noise import field
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    contours,
    grain,
    nearest_color,
    orientation,
    outline,
    paint_index,
    palette_of,
    shade,
    shifted,
    smear,
    smooth,
    vivid,
)

_FINEST = 320.0
"""Shorter side in pixels below which the finest strokes are left to the pixels."""


def _sprite(rng: np.random.Generator, length: int, width: int) -> NDArray[np.uint8]:
    """(width, length, 4) premultiplied white bristle mark: streaked along its length, ragged at its ends."""
    x = np.linspace(0, 1, length, dtype=np.float32)[None]
    y = np.linspace(-1, 1, width, dtype=np.float32)[:, None]
    hairs = cv2.resize(
        rng.random((max(3, width // 2), 3), dtype=np.float32), (length, width), interpolation=cv2.INTER_CUBIC
    )
    ragged = cv2.blur(rng.random((width, 2), dtype=np.float32), (1, 3))
    # A stroke is a long oval: round where the brush lands, thinning out where it lifts.
    start = 0.06 + 0.10 * np.abs(y) ** 2 + 0.06 * ragged[:, :1]
    stop = 0.96 - 0.22 * np.abs(y) ** 2 - 0.16 * ragged[:, 1:]
    along = np.clip((x - start) * 12, 0, 1) * np.clip((stop - x) * 5, 0, 1)
    side = np.clip((1 - np.abs(y)) * 2.0, 0, 1)
    alpha = np.clip(along * side * (0.70 + 0.5 * hairs), 0, 1)
    tone = 0.94 + 0.10 * (hairs - 0.5) - 0.03 * y
    out = np.empty((width, length, 4), np.float32)
    out[..., :3] = np.clip(tone, 0, 1)[..., None] * alpha[..., None]
    out[..., 3] = alpha
    return (out * 255).astype(np.uint8)


def _strokes(
    target: Color3,
    source: Color3,
    angle: Plane,
    rng: np.random.Generator,
    length: float,
    width: float,
    spacing: float,
    keep: Plane | None = None,
    jitter: float = 5.0,
) -> None:
    """Lay one coat of strokes onto `target`, each in the colour of `source` under its middle."""
    height, across = target.shape[:2]
    rows, cols = max(1, int(height / spacing)), max(1, int(across / spacing))
    gy, gx = np.mgrid[0:rows, 0:cols].astype(np.float32)
    points = np.stack([gx.ravel(), gy.ravel()], axis=1) + rng.random((rows * cols, 2), dtype=np.float32)
    points *= np.asarray((across / cols, height / rows), np.float32)
    points = points[rng.permutation(len(points))]
    ix = np.clip(points[:, 0].astype(int), 0, across - 1)
    iy = np.clip(points[:, 1].astype(int), 0, height - 1)
    if keep is not None:
        chosen = keep[iy, ix] > rng.random(len(points), dtype=np.float32)
        points, ix, iy = points[chosen], ix[chosen], iy[chosen]
    if not len(points):
        return
    sl, sw = max(6, round(length)), max(3, round(width))
    kinds = 4
    atlas = np.vstack([_sprite(rng, sl, sw) for _ in range(kinds)])
    image = skia.Image.fromarray(
        np.ascontiguousarray(atlas), skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType
    )
    color = source[iy, ix].astype(np.float32) + rng.normal(0, jitter, (len(points), 1)).astype(np.float32)
    color = np.clip(color * 1.05, 0, 255).astype(np.uint32)
    packed = (0xFF000000 | (color[:, 0] << 16) | (color[:, 1] << 8) | color[:, 2]).tolist()
    a = angle[iy, ix] + rng.normal(0, 0.14, len(points)).astype(np.float32)
    c, s = np.cos(a), np.sin(a)
    tx = points[:, 0] - c * sl / 2 + s * sw / 2
    ty = points[:, 1] - s * sl / 2 - c * sw / 2
    forms = [skia.RSXform(*row) for row in np.column_stack([c, s, tx, ty]).tolist()]
    kind = rng.integers(kinds, size=len(points))
    cells = [skia.Rect.MakeXYWH(0, k * sw, sl, sw) for k in range(kinds)]
    _atlas(target, image, forms, [cells[k] for k in kind.tolist()], packed)


def _atlas(
    target: Color3, image: skia.Image, forms: list[skia.RSXform], cells: list[skia.Rect], colors: list[int]
) -> None:
    height, width = target.shape[:2]
    buffer = np.full((height, width, 4), 255, np.uint8)
    buffer[..., :3] = target
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, buffer).getCanvas()
    canvas.drawAtlas(
        image, forms, cells, colors, skia.BlendMode.kModulate, skia.SamplingOptions(skia.FilterMode.kLinear)
    )
    target[...] = buffer[..., :3]


def _painting(sheet: Sheet, rng: np.random.Generator, scale: float, coats: int) -> Color3:
    """Coats of strokes from broad to fine over an underpainting, at working size."""
    unit = sheet.work_unit
    angle = orientation(gauss(sheet.luma, unit * 0.004), unit * 0.016)
    source = vivid(sheet.work, 1.16, 1.04)
    broad = haze(source, unit * 0.012 * scale)
    paint = broad.copy()
    size = unit * scale
    _strokes(paint, broad, angle, rng, size * 0.11, size * 0.030, size * 0.041)
    fine = gauss(source, unit * 0.003)
    r, g, b = cv2.split(cv2.absdiff(source, haze(source, unit * 0.02)))
    detail = cv2.max(cv2.max(r, g), b).astype(np.float32)
    busy = np.clip(gauss(detail, unit * 0.006) / 26, 0, 1)
    if coats > 1:
        _strokes(
            paint,
            fine,
            angle,
            rng,
            size * 0.052,
            size * 0.014,
            max(7.5, size * 0.0195),
            np.maximum(busy, 0.22),
        )
    if coats > 2 and unit < _FINEST:  # strokes of the last coat would be thinner than pixels
        paint = blend(paint, source, np.asarray(0.5 * busy, np.float32))
    elif coats > 2:
        _strokes(
            paint,
            source,
            angle,
            rng,
            size * 0.026,
            size * 0.0075,
            max(5.4, size * 0.0100),
            np.clip(busy * 1.2 + 0.35 * sheet.work_subject - 0.2, 0, 1),
            3.0,
        )
    # A face is told by a few small marks; strokes alone would lose an eye.
    return blend(paint, source, 0.34 * sheet.work_subject)


def _relief(paint: Color3, depth: float, blur: float) -> Plane:
    """Light from the upper left on the ridges of the paint: a factor about 1."""
    height = cv2.cvtColor(paint, cv2.COLOR_RGB2GRAY).astype(np.float32)
    height = gauss(height, 0.7) - gauss(height, blur)
    height = np.clip(height, -26, 26)
    slope = height - shifted(height, 1, 1)
    return np.asarray(1 + np.clip(slope * depth, -0.22, 0.26), np.float32)


def oil_painting(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Brush strokes in three coats along the forms, on canvas."""
    paint = _painting(sheet, rng, 1.0, 3)
    paint = shade(paint, _relief(paint, 0.0085, 2.6))
    out = sheet.up(paint)
    return shade(out, 1 + 0.10 * _weave(sheet))


def _weave(sheet: Sheet) -> Plane:
    """Canvas threads, about -0.5 … 0.5."""
    pitch = max(2.0, sheet.unit / 230)
    y = np.arange(sheet.height, dtype=np.float32)[:, None] * (2 * np.pi / pitch)
    x = np.arange(sheet.width, dtype=np.float32)[None] * (2 * np.pi / pitch)
    tooth = grain(sheet.shape, sheet.unit, cells=128, seed=5)
    return np.asarray(0.25 * (np.sin(x) + np.sin(y)) + 0.6 * tooth, np.float32)


def impasto(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Thick paint laid with a broad brush, its ridges catching the light."""
    paint = _painting(sheet, rng, 1.25, 3)
    paint = vivid(paint, 1.18, 1.05)
    unit = sheet.work_unit
    angle = orientation(gauss(sheet.luma, unit * 0.006), unit * 0.02)
    noise = rng.random(sheet.work_shape, dtype=np.float32)
    ridges = smear(gauss(noise, 0.9), angle, unit * 0.022, 4 if unit > _FINEST else 2)
    ridges = (ridges - ridges.mean()) / (ridges.std() + 1e-5)
    grey = cv2.cvtColor(paint, cv2.COLOR_RGB2GRAY).astype(np.float32)
    body = (grey - gauss(grey, 5.0)) / 12
    height = np.asarray(np.clip(ridges * 0.7 + body * 1.2, -3, 3), np.float32)
    slope = height - shifted(height, 2, 2)
    light = 1 + 0.055 * slope
    paint = shade(paint, light.astype(np.float32))
    gloss = np.clip(slope - 1.6, 0, 1) * 0.22
    return sheet.up(blend(paint, (255, 252, 240), gloss.astype(np.float32)))


def gouache(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Opaque matte colour in flat shapes with dry-brush edges."""
    unit = sheet.work_unit
    calm = _wobble(sheet.calm, rng, unit * 0.005, 22)
    palette = palette_of(calm, 22)
    flat = paint_index(median(nearest_color(calm, palette), 5), palette)
    flat = np.asarray(cv2.addWeighted(flat, 0.72, calm, 0.28, 0), np.uint8)
    angle = orientation(gauss(sheet.luma, unit * 0.008), unit * 0.03)
    dry = smear(rng.random(sheet.work_shape, dtype=np.float32), angle, unit * 0.03, 4)
    dry = (dry - dry.mean()) / (dry.std() + 1e-5)
    matte = vivid(flat, 1.02, 0.97, 4)
    matte = shade(matte, (1 + 0.022 * dry).astype(np.float32))
    out = sheet.up(matte)
    return shade(out, 1 + 0.10 * grain(sheet.shape, sheet.unit, cells=64, seed=9))


def _wobble(picture: Color3, rng: np.random.Generator, amount: float, cells: float) -> Color3:
    """Move edges a little, as a hand does."""
    shape = picture.shape[:2]
    aspect = shape[1] / shape[0]
    dx, dy = ((field(rng, shape, (cells, cells * aspect), 2) - 0.5) * 2 * amount for _ in range(2))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return np.asarray(
        cv2.remap(picture, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def _pools(picture: Color3, unit: float) -> Plane:
    """Where pigment gathers: a dark rim just inside each wash, 0 … 1."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    rim = gauss(grey, unit * 0.008) - gauss(grey, max(0.6, unit * 0.0016))
    return np.asarray(np.clip(rim / 46, 0, 1), np.float32)


def _paper_edge(sheet: Sheet, rng: np.random.Generator, margin: float) -> Plane:
    """(h, w) 1 inside the painted area, 0 on the bare paper round it, with a brushed border."""
    h, w = sheet.work_shape
    unit = sheet.work_unit
    distance = sheet.inset((h, w)) / unit
    noise = field(rng, (h, w), (9 * h / unit, 9 * w / unit), 4) - 0.5
    return np.clip((distance - margin - noise * margin * 1.7) / 0.008, 0, 1).astype(np.float32)


def watercolor(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Transparent washes: pigment rims, back-runs, granulation, white paper round the edge."""
    unit = sheet.work_unit
    shape = sheet.work_shape
    calm = _wobble(sheet.calm, rng, unit * 0.007, 18)
    # Wet in wet: broad tones bleed beyond their outlines.
    bled = cv2.addWeighted(calm, 0.72, _wobble(haze(calm, unit * 0.016), rng, unit * 0.02, 8), 0.28, 0)
    density = (255 - vivid(np.asarray(bled, np.uint8), 1.22, 1.0, 12)).astype(np.float32) * (1 / 255)
    blot = field(rng, shape, (5, 5), 4) - 0.5
    tooth = grain(shape, unit, cells=128, seed=3)
    load = (
        0.86
        + 0.55 * blot
        + 0.32 * tooth * (0.35 + density.mean(axis=2))
        + 0.62 * _pools(np.asarray(bled, np.uint8), unit)
    )
    # Where one thing ends against another the wash dries with a dark rim.
    labels = np.asarray(cv2.resize(sheet.labels, shape[::-1], interpolation=cv2.INTER_NEAREST), np.int16)
    load = load + 0.50 * outline(labels, unit * 0.004)
    density = density * load[..., None]
    if not sheet.transparent:
        density *= _paper_edge(sheet, rng, 0.022)[..., None]
    paper = np.asarray((252, 249, 241), np.float32)
    wash = np.clip(paper * (1 - np.clip(density, 0, 0.97)), 0, 255).astype(np.uint8)
    out = sheet.up(wash)
    return shade(out, 1 + 0.085 * grain(sheet.shape, sheet.unit, cells=64, seed=4))


def ink_wash(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Black ink in a few dilutions on rice paper, brushed outlines, a red seal."""
    unit = sheet.work_unit
    shape = sheet.work_shape
    calm = _wobble(sheet.calm, rng, unit * 0.008, 16)
    tone = cv2.cvtColor(calm, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)
    low, high = np.percentile(sheet.measured(tone), (3, 95))
    tone = np.clip((tone - low) / max(0.2, high - low), 0, 1)
    tone = cv2.addWeighted(tone, 0.75, haze(tone, unit * 0.02), 0.25, 0)
    steps = 5.0
    level = tone * steps
    tone = (np.floor(level) + np.clip((level - np.floor(level) - 0.5) * 5 + 0.5, 0, 1)) / steps
    dark = np.clip(1.02 - tone, 0, 1) ** 1.3
    dark *= 0.82 + 0.5 * (field(rng, shape, (6, 6), 4) - 0.5) + 0.5 * grain(shape, unit, cells=64, seed=3)
    dark = dark * (0.62 + 0.38 * sheet.work_subject) + 0.45 * _pools(calm, unit)
    line = contours(calm, None, max(2.0, unit * 0.0065), 24, 5.0) * (0.55 + 0.45 * sheet.work_subject)
    dry = np.clip(field(rng, shape, (34, 34), 2) * 2.6 - 0.35, 0, 1)
    dark = np.maximum(dark, line * dry * 0.92)
    if not sheet.transparent:
        dark *= _paper_edge(sheet, rng, 0.02)
    dark = np.clip(dark, 0, 0.94).astype(np.float32)
    paper = np.empty((*shape, 3), np.uint8)
    paper[:] = (244, 238, 222)
    out = sheet.up(blend(paper, (30, 30, 36), dark))
    out = shade(out, 1 + 0.07 * grain(sheet.shape, sheet.unit, cells=64, seed=12))
    if not sheet.transparent and sheet.page is None:
        seal(out, sheet, (0.93, 0.92), rng)
    return out


def seal(picture: Color3, sheet: Sheet, at: tuple[float, float], rng: np.random.Generator) -> None:
    """Stamp a small red seal with its middle at `at` (parts of width and height), in place."""
    size = max(6, round(sheet.unit * 0.058))
    x0 = min(sheet.width - size - 1, max(0, round(sheet.width * at[0]) - size // 2))
    y0 = min(sheet.height - size - 1, max(0, round(sheet.height * at[1]) - size // 2))
    glyph = np.ones((16, 16), np.float32)
    glyph[2:14, 2:14] = 0.0
    for cells in (
        (slice(3, 13), slice(7, 9)),
        (slice(4, 6), slice(3, 13)),
        (slice(8, 9), slice(4, 12)),
        (slice(11, 13), slice(3, 13)),
    ):
        glyph[cells] = 1.0
    stamp = np.clip(1 - cv2.resize(1 - glyph, (size, size), interpolation=cv2.INTER_AREA), 0, 1)
    worn = np.clip(field(rng, (size, size), (7, 7), 3) * 2.6 - 0.35, 0, 1)
    area = picture[y0 : y0 + size, x0 : x0 + size]
    area[...] = blend(
        area, (190, 44, 36), (stamp * worn * 0.92).astype(np.float32)[: area.shape[0], : area.shape[1]]
    )


def childrens_book(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Soft warm washes with a brown crayon line, fading out to the page."""
    unit = sheet.work_unit
    shape = sheet.work_shape
    calm = _wobble(smooth(sheet.work, 2, 6, 34), rng, unit * 0.004, 20)
    soft = vivid(calm, 1.08, 0.84, 22).astype(np.float32)
    soft *= np.asarray((1.03, 1.0, 0.94), np.float32)
    wash = (
        1
        + 0.10 * (field(rng, shape, (6, 6), 4) - 0.5)
        + 0.12 * grain(shape, unit, cells=64, seed=21)
        - 0.10 * _pools(calm, unit)
    )
    page = np.clip(soft * wash[..., None], 0, 255).astype(np.uint8)
    line = contours(calm, None, max(2.0, unit * 0.0042), 20, 5.0)
    waxy = np.clip(0.75 + 2.2 * grain(shape, unit, cells=128, seed=22), 0, 1)
    page = blend(page, (104, 68, 52), (line * waxy * (0.38 + 0.5 * sheet.work_subject)).astype(np.float32))
    if not sheet.transparent:
        x, y = sheet.rims(shape)
        wave = (field(rng, shape, (7, 7), 3) - 0.5) * 0.16
        fade = np.clip(((np.abs(x) ** 6 + np.abs(y) ** 6) ** (1 / 6) + wave - 0.90) / 0.07, 0, 1)
        page = blend(page, (254, 250, 240), fade.astype(np.float32))
    return shade(sheet.up(page), 1 + 0.05 * grain(sheet.shape, sheet.unit, cells=64, seed=4))
