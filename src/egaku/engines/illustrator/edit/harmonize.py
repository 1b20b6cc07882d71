"""Make a drawn figure look as if it had always been there: light, contrast, cast, sharpness, grain, palette.

What a picture looks like around the hole is measured once; a figure is then moved towards it, only part of
the way, so that a red ball in a blue room stays red. Colour statistics follow Reinhard et al., "Color
Transfer between Images" (2001), in CIELAB; the blur measure follows Crete et al., "The Blur Effect" (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.synthesis.membrane import window

Floats = NDArray[np.float32]

_GRAY_CHROMA = 4.0
_FEW_COLORS = 48
_DEEP, _BRIGHT = 1.0, 99.0
_MARGIN = 64
_CONTRAST = 26.0
"""Least difference in CIELAB between the mean of a figure and of what it covers."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How the picture looks near the hole. Lightness 0 … 100 and chroma in CIELAB, lengths in pixels."""

    light: float
    """Mean lightness around the hole."""
    darkest: float
    brightest: float
    """The range of lightness the whole picture uses."""
    cast: tuple[float, float]
    """Mean a and b around the hole."""
    chroma: float
    """Of the picture's strong colours; near 0 in a grey one."""
    lean: float
    """Change of lightness from the left to the right edge of the picture, as light from one side gives."""
    blur: float
    """Standard deviation of the blur on the sharpest edges."""
    grain: float
    """Standard deviation of the noise in flat places, 0 … 255."""
    palette: NDArray[np.uint8] | None
    """(N, 3) all colours, if there are only a few: pixel art, a logo, a scan in black and white."""


def measure(image: Pixels, hole: Hole) -> Surroundings:
    """Look at what is not the hole. Raises ValueError if there is nothing else.

    `image` is (H, W, 4), the hole filled (filters reach a little way in); see-through pixels do not count.
    """
    seen = ~hole & (image[..., 3] > 127)
    if not seen.any():
        raise ValueError("The hole has no surroundings.")
    step = max(1, max(hole.shape) // 320)
    lab = _lab(np.ascontiguousarray(image[::step, ::step, :3]))
    known = seen[::step, ::step]
    ring = known & _near(hole[::step, ::step])
    if ring.sum() < 20:
        ring = known if known.any() else np.ones_like(known)
    lightness = lab[..., 0][known] if known.any() else lab[..., 0].ravel()
    near = lab[ring]
    chroma = np.hypot(lab[..., 1], lab[..., 2])[ring if ring.sum() > 500 or not known.any() else known]
    view = window(hole, _MARGIN) if hole.any() else (slice(None), slice(None))
    blur, grain = _texture(image[view], seen[view])
    return Surroundings(
        light=float(near[:, 0].mean()),
        darkest=float(np.percentile(lightness, _DEEP)),
        brightest=float(np.percentile(lightness, _BRIGHT)),
        cast=(float(near[:, 1].mean()), float(near[:, 2].mean())),
        chroma=float(np.percentile(chroma, 97)),
        lean=_lean(lab[..., 0], ring),
        blur=blur,
        grain=grain,
        palette=_palette(image, seen),
    )


def harmonize(figure: Pixels, ground: Pixels, around: Surroundings, rng: np.random.Generator) -> Pixels:
    """The figure (h, w, 4), straight alpha, as it would look in these surroundings.

    `ground` (h, w, 4) is what it will cover; against it the figure stays plain to see.
    """
    lab = _lab(np.ascontiguousarray(figure[..., :3]))
    solid = figure[..., 3] > 64
    if not solid.any():
        return figure
    lab = _distinct(_relight(lab, solid, around), solid, _lab(np.ascontiguousarray(ground[..., :3])))
    rgb = np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32) * 255
    alpha = figure[..., 3].astype(np.float32)
    if around.palette is None:
        rgb, alpha = _soften(rgb, alpha, around.blur)
        rgb += rng.normal(0, max(around.grain, 1e-3), (*rgb.shape[:2], 1)).astype(np.float32)
    else:
        rgb = _nearest(rgb, around.palette)
        alpha = np.where(alpha > 127, np.float32(255), np.float32(0))
    out = np.concatenate([rgb, alpha[..., None]], axis=-1)
    return np.asarray(np.clip(out, 0, 255).round(), np.uint8)


def _relight(lab: Floats, solid: NDArray[np.bool_], around: Surroundings) -> Floats:
    own = lab[solid]
    light = lab[..., 0]
    gain = float(np.clip((around.light + 22) / (float(own[:, 0].mean()) + 22), 0.45, 1.3)) ** 0.5
    low, high = 0.7 * around.darkest, 100 - 0.5 * (100 - max(around.brightest, 40.0))
    light = low + light * gain * (high - low) / 100
    across = np.linspace(-0.5, 0.5, lab.shape[1], dtype=np.float32)[None, :]
    light = light + across * np.float32(np.clip(0.35 * around.lean, -14, 14))
    strong = float(np.percentile(np.hypot(own[:, 1], own[:, 2]), 90))
    vivid = float(np.clip((around.chroma + 18) / (strong + 18), 0.75, 1.05))
    tint = np.array(around.cast, np.float32) * np.float32(0.18)
    if around.chroma < _GRAY_CHROMA:
        vivid, tint = 0.0, np.array(around.cast, np.float32)
    colour = lab[..., 1:] * np.float32(vivid) + tint
    return np.concatenate([np.clip(light, 0, 100)[..., None], colour], axis=-1).astype(np.float32)


def _distinct(lab: Floats, solid: NDArray[np.bool_], ground: Floats) -> Floats:
    """Lightness moved away from the ground's, where figure and ground would otherwise be too alike."""
    own, below = lab[solid].mean(0), ground[solid].mean(0)
    missing = _CONTRAST - float(np.linalg.norm(own - below))
    if missing <= 0:
        return lab
    lighter = below[0] < 40 or (below[0] < 62 and own[0] >= below[0] - 8)
    end = np.float32(100 if lighter else 0)
    part = np.float32(min(missing / max(abs(float(end) - float(own[0])), 1.0), 0.35))
    out = lab.copy()
    out[..., 0] += (end - lab[..., 0]) * part
    return out


def _soften(rgb: Floats, alpha: Floats, blur: float) -> tuple[Floats, Floats]:
    """Blur colour and edge alike, as a lens does."""
    if blur < 0.35:
        return rgb, alpha
    weight = alpha[..., None] / 255
    mixed = np.asarray(cv2.GaussianBlur(np.concatenate([rgb * weight, weight], -1), (0, 0), blur), np.float32)
    cover = mixed[..., 3]
    return np.asarray(mixed[..., :3] / np.maximum(cover, 1e-4)[..., None], np.float32), cover * 255


def _texture(image: Pixels, seen: NDArray[np.bool_]) -> tuple[float, float]:
    """Blur and grain, at full size."""
    height, width = seen.shape
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(image[..., :3]), cv2.COLOR_RGB2GRAY), np.float32)
    sure = cv2.erode(seen.astype(np.uint8), np.ones((9, 9), np.uint8), borderValue=1) > 0
    if sure.sum() < 64:
        return 0.0, 0.0
    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
    sharp_edge, soft_edge = (float(np.percentile(_steepness(plane)[sure], 99.7)) for plane in (grey, soft))
    ratio = min(soft_edge / max(sharp_edge, 1e-3), 0.99)
    # A step edge of blur s has a slope in proportion to 1/s; one more pixel of blur tells what s was.
    blur = float(np.sqrt(max(ratio**2 / (1 - ratio**2) - 0.35, 0.0)))
    residue = np.abs(grey - cv2.medianBlur(np.clip(grey, 0, 255).astype(np.uint8), 3).astype(np.float32))
    local = cv2.blur(residue, (9, 9))
    grain = 1.9 * float(np.percentile(local[sure], 20))
    return min(blur, max(height, width) / 150), min(0.7 * grain, 5.0)


def _steepness(plane: NDArray[np.float32] | cv2.typing.MatLike) -> Floats:
    field = np.asarray(plane, np.float32)
    return np.hypot(np.diff(field, axis=0, append=field[-1:]), np.diff(field, axis=1, append=field[:, -1:]))


def _palette(image: Pixels, seen: NDArray[np.bool_]) -> NDArray[np.uint8] | None:
    step = max(1, max(seen.shape) // 64)
    if len(_codes(image[::step, ::step], seen[::step, ::step])) > _FEW_COLORS:
        return None
    found = _codes(image, seen)
    if len(found) > 2 * _FEW_COLORS or len(found) < 2:
        return None
    return np.stack([found >> 16, (found >> 8) & 255, found & 255], axis=-1).astype(np.uint8)


def _codes(image: Pixels, seen: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """The distinct colours, each as one number."""
    pixels = image[..., :3][seen].astype(np.uint32)
    return np.unique((pixels[:, 0] << 16) | (pixels[:, 1] << 8) | pixels[:, 2])


def _nearest(rgb: Floats, palette: NDArray[np.uint8]) -> Floats:
    flat = rgb.reshape(-1, 3)
    colours = palette.astype(np.float32)
    index = ((colours**2).sum(1) - 2 * flat @ colours.T).argmin(1)
    return np.asarray(colours[index].reshape(rgb.shape), np.float32)


def _lean(light: Floats, ring: NDArray[np.bool_]) -> float:
    columns = np.nonzero(ring)[1] / max(ring.shape[1] - 1, 1)
    spread = float(columns.var())
    if spread < 1e-3:
        return 0.0
    return float(((columns - columns.mean()) * light[ring]).mean() / spread)


def _near(hole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    reach = max(5, int(0.35 * np.sqrt(hole.sum()))) | 1
    return np.asarray(cv2.dilate(hole.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0)


def _lab(rgb: Pixels) -> Floats:
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
