"""Made by hand: glossy 3d, sticker, paper cut-out."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.filters import gauss, median
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    grain,
    nearest_color,
    paint_index,
    palette_of,
    shade,
    shifted,
    smooth,
    vivid,
)


def _swelling(sheet: Sheet, reach: float) -> tuple[Plane, Plane, Plane]:
    """Surface normals (x, y) and height of the subject as if blown up from its outline, at working size."""
    labels = cv2.resize(sheet.labels, sheet.work_shape[::-1], interpolation=cv2.INTER_NEAREST)
    inside = (labels > 0).astype(np.uint8)
    seams = (
        cv2.morphologyEx(
            np.clip(labels, 0, 255).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)
        )
        > 0
    )
    inside[seams] = 0
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 5) / (sheet.work_unit * reach)
    height = np.sqrt(np.clip(1 - (1 - np.clip(distance, 0, 1)) ** 2, 0, 1)).astype(np.float32)
    height = gauss(height, sheet.work_unit * reach * 0.22)
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    scale = sheet.work_unit * reach * 0.22
    return (
        np.asarray(-gx * scale, np.float32),
        np.asarray(-gy * scale, np.float32),
        np.asarray(height, np.float32),
    )


def glossy_3d(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Rounded, polished bodies: soft shading, a bright highlight, light along the rim."""
    nx, ny, height = _swelling(sheet, 0.075)
    length = np.sqrt(nx * nx + ny * ny + 0.55)
    lx, ly, lz = -0.50, -0.68, 0.54
    facing = (nx * lx + ny * ly + 0.74 * lz) / length
    diffuse = 0.80 + 0.42 * facing
    gloss = np.clip(facing * 1.06 - 0.06, 0, 1) ** 16 * 0.85
    rim = np.clip(1 - height, 0, 1) ** 2 * np.clip(-(nx * lx + ny * ly) / length, 0, 1) * 0.55
    inside = sheet.work_subject
    ground = gauss(sheet.work, sheet.work_unit * 0.004)
    base = blend(np.asarray(ground, np.uint8), sheet.work, inside)
    base = vivid(base, 1.18, 1.02, 4)
    factor = sheet.up_plane((1 + (diffuse - 1) * inside).astype(np.float32))
    light = sheet.up_plane(((gloss + rim) * inside).astype(np.float32))
    shadow = gauss(inside, sheet.work_unit * 0.022)
    dx = round(sheet.work_unit * 0.016)
    shadow = shifted(shadow, dx, dx) * (1 - inside)
    detail = sheet.rgb.astype(np.int16) - sheet.up(sheet.work)
    full = np.clip(sheet.up(base) + detail * sheet.subject[..., None], 0, 255).astype(np.uint8)
    full = shade(full, factor * (1 - 0.40 * sheet.up_plane(shadow.astype(np.float32))))
    return blend(full, (255, 255, 255), np.clip(light, 0, 0.9).astype(np.float32))


def sticker(sheet: Sheet, rng: np.random.Generator) -> Pixels:  # noqa: ARG001 - all styles share one signature
    """Die-cut: a white border round the subject, a shadow, plain paper behind."""
    edge, soft = 0.020, 0.012
    inside = sheet.subject if sheet.has_subject else _card(sheet)
    away = cv2.distanceTransform((inside < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    border = np.clip(sheet.unit * edge - away + 0.5, 0, 1)
    border = np.maximum(border, inside).astype(np.float32)
    dx = max(1, round(sheet.unit * soft * 0.6))
    small = cv2.resize(border, sheet.work_shape[::-1], interpolation=cv2.INTER_AREA)
    shadow = sheet.up_plane(gauss(small, max(0.6, sheet.work_unit * soft)))
    shadow = shifted(shadow, dx, dx * 2) * 0.34
    art = vivid(sheet.rgb, 1.10, 1.03, 2)
    out = np.empty((*sheet.shape, 4), np.uint8)
    if sheet.transparent:
        total = np.clip(border + shadow * (1 - border), 0, 1)
        white = np.full((*sheet.shape, 3), 255, np.uint8)
        color = blend(
            np.full_like(white, 30), white, np.clip(border / np.maximum(total, 1e-4), 0, 1).astype(np.float32)
        )
        out[..., :3] = blend(color, art, inside * (sheet.alpha.astype(np.float32) * (1 / 255)))
        out[..., 3] = (total * 255).astype(np.uint8)
        return out
    page = _plain(sheet)
    page = shade(page, (1 - shadow).astype(np.float32))
    page = blend(page, (255, 255, 255), border)
    out[..., :3] = blend(page, art, inside)
    out[..., 3] = 255
    return out


def _card(sheet: Sheet) -> Plane:
    """Without objects the whole picture is the sticker: a card with round corners."""
    surface = np.zeros((*sheet.shape, 4), np.uint8)
    info = skia.ImageInfo.Make(sheet.width, sheet.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    m = sheet.unit * 0.06
    box = skia.Rect.MakeLTRB(m, m, sheet.width - m, sheet.height - m)
    skia.Surface.MakeRasterDirect(info, surface).getCanvas().drawRoundRect(
        box, m, m, skia.Paint(AntiAlias=True, Color=0xFFFFFFFF)
    )
    return surface[..., 3].astype(np.float32) * (1 / 255)


def _plain(sheet: Sheet) -> Color3:
    """Paper in a pale tint of what was behind the subject."""
    behind = sheet.work[sheet.work_subject < 0.5]
    mean = behind.reshape(-1, 3).mean(axis=0) if behind.size else np.asarray((210.0, 220.0, 230.0))
    tint = mean * 0.55 + np.asarray((255, 252, 246)) * 0.45
    y = np.linspace(1.05, 0.93, sheet.height, dtype=np.float32)[:, None]
    page = np.empty((*sheet.shape, 3), np.float32)
    page[:] = tint
    page *= y[..., None] * (1 + 0.03 * grain(sheet.shape, sheet.unit, cells=64, seed=77))[..., None]
    return np.clip(page, 0, 255).astype(np.uint8)


def paper_cutout(sheet: Sheet, rng: np.random.Generator) -> Color3:  # noqa: ARG001 - all styles share one signature
    """Sheets of coloured paper, cut and stacked; each casts a shadow on the ones below."""
    unit = sheet.work_unit
    calm = np.asarray(gauss(smooth(sheet.work, 2, 7, 48), unit * 0.004), np.uint8)
    palette = palette_of(calm, 10)
    index = median(median(nearest_color(calm, palette), 5), 5)
    # Colours are cut at full size, so that the edges are clean; heights and shadows may be soft.
    full = sheet.up(calm)
    dyes = vivid(palette.reshape(1, -1, 3).clip(0, 255).astype(np.uint8), 1.12).reshape(-1, 3)
    paper = paint_index(median(nearest_color(full, palette), 5), dyes.astype(np.float32))
    if sheet.has_subject:
        own = palette_of(calm[sheet.work_subject > 0.5].reshape(-1, 1, 3), 12) if _enough(sheet) else palette
        paper = blend(paper, paint_index(median(nearest_color(full, own), 3), own), sheet.subject)
    paper = gauss(paper, max(0.7, sheet.unit / 1400))
    levels = _stacking(index, len(palette))
    height = np.where(sheet.work_subject > 0.5, levels.max() + 2.5, levels[index]).astype(np.float32)
    drop = max(1, round(unit * 0.010))
    raised = gauss(shifted(height, drop, drop), unit * 0.006) - height
    shadow = sheet.up_plane(np.asarray(1 - 0.50 * np.clip(raised / 1.8, 0, 1), np.float32))
    fibre = grain(sheet.shape, sheet.unit, cells=64, seed=81)
    relief = fibre - shifted(fibre, 1, 1)
    return shade(paper, shadow * (1 + 0.05 * fibre + 0.07 * relief))


def _enough(sheet: Sheet) -> bool:
    """Whether the subject has pixels enough for colours of its own."""
    return int((sheet.work_subject > 0.5).sum()) >= 64


def _stacking(index: NDArray[np.uint8], count: int) -> NDArray[np.float32]:
    """Which colour lies on which: what sits lower in the picture lies on top."""
    rows = np.arange(index.shape[0], dtype=np.float64)
    sums = np.bincount(index.ravel(), np.repeat(rows, index.shape[1]), minlength=count)
    middle = sums / np.maximum(1, np.bincount(index.ravel(), minlength=count))
    return np.argsort(np.argsort(middle)).astype(np.float32) * 0.6
