"""Marks of identity: logo, seamless pattern."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.filters import gauss
from egaku.engines.illustrator.styles.printed import flattened
from egaku.engines.illustrator.styles.sheet import Plane, Sheet, blend


def logo(sheet: Sheet, rng: np.random.Generator) -> Pixels:  # noqa: ARG001 - all styles share one signature
    """An emblem: the subject in a few flat colours on a disc, nothing else."""
    paper = (250.0, 249.0, 246.0)
    deep = _accent(sheet)
    x, y, r = _round_box(sheet)
    badge = _disc(sheet, x, y, r)
    ring = np.clip(_disc(sheet, x, y, r * 1.075) - _disc(sheet, x, y, r * 1.04), 0, 1)
    page = np.empty((*sheet.shape, 3), np.uint8)
    page[:] = np.asarray(paper, np.uint8)
    page = blend(page, deep, np.maximum(badge, ring))
    solid = np.maximum(badge, ring)
    mask = badge
    if sheet.has_subject:
        mask = sheet.subject
        thick = cv2.dilate(mask, np.ones((3, 3)), iterations=max(1, round(sheet.unit / 170)))
        halo = gauss(np.asarray(thick, np.float32), 0.8)
        page = blend(page, paper, halo)
        solid = np.maximum(solid, halo)
    out = np.full((*sheet.shape, 4), 255, np.uint8)
    out[..., :3] = blend(page, flattened(sheet, 0 if sheet.has_subject else 9, 6, 1.2), mask)
    if sheet.transparent:
        out[..., 3] = (np.clip(solid, 0, 1) * 255).astype(np.uint8)
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


def pattern(sheet: Sheet, rng: np.random.Generator) -> Pixels:  # noqa: ARG001 - all styles share one signature
    """The subject repeated as on cloth or wallpaper; opposite edges of the picture meet."""
    columns = 4 if sheet.width <= sheet.height else max(4, 2 * round(2 * sheet.width / sheet.height))
    rows = max(2, round(columns * sheet.height / sheet.width))
    if sheet.transparent and not sheet.alpha.any():
        return np.zeros((*sheet.shape, 4), np.uint8)
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
    return np.clip(out, 0, 255).round().astype(np.uint8)


def _motif(sheet: Sheet) -> NDArray[np.float32]:
    """The subject cut out, (h, w, 4) premultiplied 0 … 255; a disc of the picture if there is none."""
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
