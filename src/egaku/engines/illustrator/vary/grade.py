"""Another light and palette for the same picture, gently."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from egaku.engines.base import Pixels


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
    def drawn(cls, rng: np.random.Generator, strength: float) -> Grade:
        """A random one; at `strength` 0 the one that changes nothing, at 1 a marked change."""
        return cls(
            turn=float(rng.uniform(-0.3, 0.3) * strength),
            vividness=float(1 + rng.uniform(-0.35, 0.4) * strength),
            warmth=float(rng.uniform(-10, 12) * strength),
            gamma=float(np.exp(rng.uniform(-0.28, 0.28) * strength)),
            lean=(float(rng.uniform(-14, 14) * strength), float(rng.uniform(-10, 10) * strength)),
        )


def grade(image: Pixels, change: Grade) -> Pixels:
    """`image` (H, W, 4) in its new light; alpha stays, and a grey picture stays grey."""
    height, width = image.shape[:2]
    rgb = image[..., :3].astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB), np.float32)
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.float32(change.lean[0])
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * np.float32(change.lean[1])
    light = 100 * (np.clip(lab[..., 0], 0, 100) / 100) ** np.float32(change.gamma)
    # The ends stay put: paper stays white and night stays black.
    room = np.sin(np.pi * light / 100)
    lab[..., 0] = np.clip(light + (across + down) * room, 0, 100)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    cosine, sine = change.vividness * np.cos(change.turn), change.vividness * np.sin(change.turn)
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    lab[..., 1] = cosine * a - sine * b
    lab[..., 2] = sine * a + cosine * b + np.float32(change.warmth) * room * np.clip(chroma / 12, 0, 1)
    out = image.copy()
    back = np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32)
    out[..., :3] = np.clip(back * 255 + 0.5, 0, 255)
    return out
