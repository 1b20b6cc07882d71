"""Another framing of the same picture: a little closer, shifted, tilted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from egaku.engines.illustrator.synthesis.membrane import Field


@dataclass(frozen=True, slots=True)
class Frame:
    """Which part of a picture is shown."""

    tilt: float
    """Radians."""
    closer: float
    """Part of the height and width that is cut away, beyond what the tilt needs; 0 shows everything."""
    shift: tuple[float, float]
    """Down and across, -1 ... 1: as far as the cut leaves room."""

    @classmethod
    def drawn(cls, rng: np.random.Generator, strength: float) -> Frame:
        """A random one; at `strength` 0 the whole picture."""
        return cls(
            tilt=float(strength * rng.uniform(-0.04, 0.04)),
            closer=float(strength * rng.uniform(0.02, 0.1)),
            shift=(float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
        )

    def show(self, picture: Field) -> Field:
        """The part of `picture` (H, W, C) in the frame, at the same size."""
        height, width = picture.shape[:2]
        cosine, sine = np.cos(self.tilt), np.sin(self.tilt)
        # The largest turned frame of the same shape that stays inside the picture.
        lean = abs(sine) * max(height / width, width / height)
        scale = (1 - self.closer) / (cosine + lean)
        room = np.array([height, width]) * (1 - scale * (cosine + lean)) / 2
        middle_y, middle_x = (height - 1) / 2, (width - 1) / 2
        down, across = np.array(self.shift) * room
        matrix = scale * np.array([[cosine, -sine], [sine, cosine]])
        offset = np.array([middle_x + across, middle_y + down]) - matrix @ np.array([middle_x, middle_y])
        shown = cv2.warpAffine(
            picture,
            np.column_stack([matrix, offset]),
            (width, height),
            flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT,
        )
        return np.asarray(shown, np.float32)
