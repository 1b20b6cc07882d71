"""What a style works on: the composed picture together with which object each pixel belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels

Labels = NDArray[np.int16]
"""(H, W): the object a pixel belongs to, counted from 1; 0 is the backdrop."""


@dataclass
class Canvas:
    """A composed picture before its style."""

    pixels: Pixels
    """(H, W, 4) straight alpha."""
    labels: Labels
    """(H, W) object ids, 0 = backdrop."""
    transparent: bool
    """True when the backdrop was left out and alpha must stay meaningful."""
    page: NDArray[np.bool_] | None = None
    """(H, W) the sheet of paper that is painted on, where that is not all of the picture."""
