"""Light and lens: neon, noir, sepia, photo."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.illustrator.scenery.filters import enlarge, gauss, haze, shrink
from egaku.engines.illustrator.scenery.noise import field
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    calmed,
    contours,
    outline,
    shade,
    vignette,
    vivid,
)


def neon(sheet: Sheet, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Glowing tubes along the outlines, on a dark wall."""
    clean = calmed(sheet.rgb)
    wide = max(2.0, sheet.unit * 0.0042)
    tube = contours(clean, None, wide, 34, 5.0) * (0.30 + 0.70 * sheet.subject)
    tube = np.maximum(tube, outline(sheet.labels, wide * 1.5))
    color = _electric(clean)
    light = sheet.down((color * tube[..., None]).astype(np.uint8)).astype(np.float32)
    unit = sheet.work_unit
    glow = (
        1.25 * gauss(light, unit * 0.006) + 1.5 * haze(light, unit * 0.022) + 1.3 * haze(light, unit * 0.07)
    )
    wall = _wall(sheet, rng)
    body = sheet.down(clean).astype(np.float32) * (0.05 + 0.13 * sheet.work_subject[..., None])
    ground = body if sheet.transparent else wall + body
    glowing = ground * (1 + 0.018 * glow) + glow
    soft = cv2.resize(glowing, (sheet.width, sheet.height), interpolation=cv2.INTER_LINEAR)
    core = np.clip(tube * 1.25, 0, 1)[..., None]
    hot = color.astype(np.float32) * 0.45 + 255 * 0.55
    lit = np.clip(soft + (hot - soft * 0.6) * core, 0, 255)
    if not sheet.transparent:
        return np.asarray(lit, np.uint8)
    # The glow reaches beyond the objects: it is as opaque there as it is bright.
    strength = np.maximum(sheet.alpha.astype(np.float32), (lit.max(axis=2) * 1.2 - 40) * (1 - sheet.subject))
    color = lit * (255 / np.maximum(lit.max(axis=2), 1))[..., None]
    color = color + (lit - color) * sheet.subject[..., None]
    return np.dstack([color, strength]).astype(np.uint8)


def _electric(picture: Color3) -> Color3:
    """Hues at full strength; greys become cyan or magenta by their brightness."""
    hsv = cv2.cvtColor(cv2.blur(picture, (5, 5)), cv2.COLOR_RGB2HSV)
    grey = hsv[..., 1] < 46
    hue = np.where(grey, np.where(hsv[..., 2] > 150, 92, 152), hsv[..., 0]).astype(np.uint8)
    full = np.full_like(hue, 255)
    return np.asarray(
        cv2.cvtColor(cv2.merge([hue, np.full_like(hue, 205), full]), cv2.COLOR_HSV2RGB), np.uint8
    )


def _wall(sheet: Sheet, rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A dark brick wall, (h, w, 3)."""
    h, w = sheet.work_shape
    brick_h, brick_w = max(4, round(sheet.work_unit / 22)), max(8, round(sheet.work_unit / 9))
    y, x = np.mgrid[0:h, 0:w]
    row = y // brick_h
    column = (x + (row % 2) * (brick_w // 2)) // brick_w
    tones = rng.uniform(0.75, 1.2, (int(row.max()) + 1, int(column.max()) + 1)).astype(np.float32)
    face = tones[row, column]
    joint = ((y % brick_h) < 1.5) | (((x + (row % 2) * (brick_w // 2)) % brick_w) < 1.5)
    face = np.where(joint, 0.5, face) * (0.85 + 0.3 * field(rng, (h, w), (4, 4), 3))
    return np.asarray(face[..., None] * np.asarray((24, 18, 38), np.float32), np.float32)


def noir(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Film noir: hard black and white, light through a blind, smoke, grain."""
    grey = cv2.cvtColor(sheet.rgb, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)
    low, high = np.percentile(grey[::6, ::6], (3, 97))
    tone = np.clip((grey - low) / max(0.25, high - low), 0, 1)
    tone = tone * tone * (3 - 2 * tone)
    tone = tone * (0.70 + 0.35 * sheet.subject)
    y = np.arange(sheet.height, dtype=np.float32)[:, None] / sheet.unit
    x = np.arange(sheet.width, dtype=np.float32)[None] / sheet.unit
    slats = np.clip(0.55 + 2.0 * np.sin((y * 1.0 - x * 0.34) * 2 * np.pi / 0.135), 0.12, 1)
    beam = np.clip(1.15 - np.abs(x - 0.16 - y * 0.62) * 1.5, 0, 1)
    smoke = sheet.up_plane(field(rng, sheet.work_shape, (3, 4), 4))
    light = 0.62 + 0.74 * beam * (slats + (1 - slats) * 0.35 * sheet.subject) * (0.8 + 0.4 * smoke)
    tone = tone * light + 0.055 * smoke * beam
    tone = tone * vignette(sheet.shape, 0.6) + 0.10 * _grain(sheet, rng)
    level = (np.clip(tone, 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.merge([level, level, level]), np.uint8)


def _grain(sheet: Sheet, rng: np.random.Generator) -> Plane:
    """Film grain, mean 0, about -0.5 … 0.5."""
    size = max(1.0, sheet.unit / 900)
    shape = (max(8, round(sheet.height / size)), max(8, round(sheet.width / size)))
    noise = rng.integers(0, 256, shape, dtype=np.uint8)
    soft = enlarge(np.asarray(cv2.blur(noise, (2, 2)), np.uint8), sheet.shape)
    return soft.astype(np.float32) * (1 / 255) - 0.5


def sepia(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """An old print: brown tones, faded blacks, stains, a pale edge."""
    grey = cv2.cvtColor(sheet.rgb, cv2.COLOR_RGB2GRAY)
    ramp = np.asarray(
        ((46, 30, 22), (112, 78, 52), (186, 148, 106), (236, 212, 170), (250, 238, 212)), np.float32
    )
    at = np.linspace(0, 255, len(ramp))
    table = (
        np.stack([np.interp(np.arange(256), at, ramp[:, k]) for k in range(3)], axis=-1)
        .round()
        .astype(np.uint8)[None]
    )
    brown = cv2.LUT(cv2.merge([grey, grey, grey]), table)
    age = sheet.up_plane(field(rng, sheet.work_shape, (4, 4), 4))
    factor = (0.90 + 0.20 * age + 0.10 * _grain(sheet, rng)) * vignette(sheet.shape, 0.34)
    out = shade(np.asarray(brown, np.uint8), factor.astype(np.float32))
    if sheet.transparent:
        return out
    x, y = sheet.rims(sheet.shape)
    rim = np.clip((np.maximum(np.abs(x), np.abs(y)) + 0.03 * (age - 0.5) - 0.95) / 0.012, 0, 1)
    return blend(out, (246, 236, 214), rim.astype(np.float32))


def photo(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """As through a fast lens: the backdrop out of focus with round highlights, a grade, slight grain."""
    sharp = sheet.subject if sheet.has_subject else vignette(sheet.shape, 1.0)
    unit = sheet.work_unit
    inside = sheet.work_subject
    radius = max(1, round(unit * 0.014))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.float32)
    half = (max(8, sheet.work_shape[1] // 2), max(8, sheet.work_shape[0] // 2))
    kernel = shrink(disc, (radius + 1 | 1, radius + 1 | 1))
    kernel /= kernel.sum()
    # Out-of-focus lights grow: bright pixels weigh more, the subject's own not at all.
    linear = cv2.resize(sheet.work, half, interpolation=cv2.INTER_AREA).astype(np.float32) * (1 / 255)
    outside = 1 - cv2.resize(inside, half, interpolation=cv2.INTER_AREA)
    weight = (0.15 + linear.max(axis=2) ** 4 * 3.0) * np.maximum(outside, 0.002)
    total = cv2.filter2D(weight, -1, kernel, borderType=cv2.BORDER_REFLECT)
    blurred = (
        cv2.filter2D(linear * weight[..., None], -1, kernel, borderType=cv2.BORDER_REFLECT) / total[..., None]
    )
    soft = cv2.resize(
        (np.clip(blurred, 0, 1) * 255).astype(np.uint8),
        (sheet.width, sheet.height),
        interpolation=cv2.INTER_CUBIC,
    )
    focus = np.maximum(sharp, _near_ground(sheet))
    picture = blend(np.asarray(soft, np.uint8), sheet.rgb, focus.astype(np.float32))
    picture = _grade(picture)
    factor = vignette(sheet.shape, 0.30) + 0.055 * _grain(sheet, rng)
    return shade(vivid(picture, 0.96), factor.astype(np.float32))


def _near_ground(sheet: Sheet) -> Plane:
    """The strip of ground level with the subject's feet is in focus too, 0 … 1."""
    if not sheet.has_subject:
        return np.zeros(sheet.shape, np.float32)
    foot = float(np.flatnonzero((sheet.labels > 0).any(axis=1))[-1])
    y = np.arange(sheet.height, dtype=np.float32)[:, None]
    near = np.exp(-(((y - foot) / (0.035 * sheet.unit)) ** 2)) * 0.8
    return np.broadcast_to(near, sheet.shape)


def _grade(picture: Color3) -> Color3:
    """A gentle film curve, warm lights and cool shadows."""
    t = np.linspace(0, 1, 256, dtype=np.float32)
    curve = t + 0.10 * (t * t * (3 - 2 * t) - t) * 3
    table = np.stack([curve * 1.01 + 0.004, curve + 0.002, curve * 0.97 + 0.018], axis=-1)
    return np.asarray(cv2.LUT(picture, (np.clip(table, 0, 1) * 255).round().astype(np.uint8)[None]), np.uint8)
