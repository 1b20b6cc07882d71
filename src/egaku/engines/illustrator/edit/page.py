"""Pages: the sheet of paper a painted picture shows the edge of, and the one its continuation lies on.

Wood-block prints, watercolours and the like end in bare paper. Where such a picture ends at the hole, what is
new is a sheet of its own beside it, as in a triptych; where it was cut before its end, the sheet goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator.styles import PAPERS

_WIDE = 0.04
"""Width of the paper's edge, part of the shorter side."""
_OUTERMOST = 0.008
"""Width of what of it is bare for certain."""
_NEAR, _ALONG = 26.0, 0.75
"""The paper's colour varies less than this, 0 … 255, along this part of the edge."""


@dataclass(frozen=True, slots=True)
class Page:
    """The paper of a picture."""

    sheet: Hole
    """(H, W) what the hole's new part is painted on: the hole itself, or all of the picture."""
    bare: Hole
    """(H, W) the known pixels that are the paper's edge."""
    apart: bool
    """Whether the sheet is another one than that of what is known."""

    def within(self, hole: Hole) -> Hole:
        """The part of `hole` (H, W) that is not the edge of the sheet."""
        return hole & (_away(np.pad(~self.sheet, 1, constant_values=True))[1:-1, 1:-1] > _width(hole))


def page(image: Pixels, hole: Hole, style: str | None) -> Page | None:
    """The paper under `image` (H, W, 4) with its `hole` (H, W), if some of it is left bare."""
    if style is None or style not in PAPERS or hole.all():
        return None
    color = np.asarray(PAPERS[style], np.float32)
    for apart in (True, False):
        away = _away(np.pad(hole & apart, 1, constant_values=True))[1:-1, 1:-1]
        # Where it is apart, the paper along the hole tells; else that along the picture's borders.
        told = _away(hole) if apart else away
        rim = image[~hole & (told > 0) & (told <= max(1.0, _OUTERMOST * min(hole.shape)))][:, :3]
        bare = np.abs(rim.astype(np.float32) - color).max(1) < _NEAR
        if len(rim) >= 16 and bare.mean() > _ALONG:
            sheet = hole if apart else np.ones_like(hole)
            return Page(sheet, ~hole & (away < _width(hole)), apart)
    return None


def _away(from_: Hole) -> NDArray[np.float32]:
    return np.asarray(cv2.distanceTransform((~from_).astype(np.uint8), cv2.DIST_C, 3), np.float32)


def _width(hole: Hole) -> float:
    return float(max(4.0, _WIDE * min(hole.shape)))
