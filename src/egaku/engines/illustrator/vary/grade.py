"""Another light and palette for the same picture, gently."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels

_STRIP = 128
"""Rows worked on at a time, so that what is worked on stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Grade:
    """Changes in CIELAB."""

    turn: float
    """Turn of all hues, radians."""
    vividness: float
    """Factor on chroma."""
    warmth: float
    """Added to b: above 0 yellower, below bluer."""
    gamma: float
    """Exponent on lightness."""
    lean: tuple[float, float]
    """Lightness added at the right edge and at the lower edge, taken away at the other."""

    @classmethod
    def drawn(cls, rng: np.random.Generator, strength: float, contrast: float = 1.0) -> Grade:
        """A random one; at `strength` 0 the one that changes nothing, at 1 a marked change.

        `contrast` 0 … 1 holds back changes of light where they would drown what the picture has of its own.
        """
        return cls(
            turn=float(rng.uniform(-0.3, 0.3) * strength),
            vividness=float(1 + rng.uniform(-0.35, 0.4) * strength),
            warmth=float(rng.uniform(-10, 12) * strength),
            gamma=float(np.exp(rng.uniform(-0.28, 0.28) * strength * contrast)),
            lean=(
                float(rng.uniform(-14, 14) * strength * contrast),
                float(rng.uniform(-10, 10) * strength * contrast),
            ),
        )


def grade(image: Pixels, change: Grade) -> Pixels:
    """`image` (H, W, 4) in its new light; alpha stays, and a grey picture stays grey."""
    out = image.copy()
    slopes = np.linspace(-1, 1, image.shape[0], dtype=np.float32) * np.float32(change.lean[1])
    for top in range(0, image.shape[0], _STRIP):
        strip = slice(top, top + _STRIP)
        out[strip, :, :3] = _graded(image[strip, :, :3], change, slopes[strip])
    return out


def _graded(colors: Pixels, change: Grade, down: NDArray[np.float32]) -> NDArray[np.uint8]:
    """One strip (h, W, 3); `down` (h,) is the lightness its rows gain."""
    lab = np.asarray(cv2.cvtColor(colors.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    across = np.linspace(-1, 1, colors.shape[1], dtype=np.float32) * np.float32(change.lean[0])
    light = 100 * (np.clip(lab[..., 0], 0, 100) / 100) ** np.float32(change.gamma)
    # The ends stay put: paper stays white and night stays black.
    room = light * (100 - light) / 2500
    lab[..., 0] = np.clip(light + (across[None, :] + down[:, None]) * room, 0, 100)
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    coloured = np.minimum(np.hypot(a, b) / 12, 1)
    cosine, sine = change.vividness * np.cos(change.turn), change.vividness * np.sin(change.turn)
    lab[..., 1] = np.float32(cosine) * a - np.float32(sine) * b
    lab[..., 2] = np.float32(sine) * a + np.float32(cosine) * b + np.float32(change.warmth) * room * coloured
    back = np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32)
    return np.asarray(np.clip(back * 255 + 0.5, 0, 255), np.uint8)
