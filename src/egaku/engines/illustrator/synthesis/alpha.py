"""Between pixels with straight alpha and premultiplied fields of 3 or 4 channels."""

from __future__ import annotations

import numpy as np

from egaku.engines.base import Pixels
from egaku.engines.illustrator.synthesis.membrane import Field, Mask


def premultiplied(image: Pixels, hidden: Mask) -> Field:
    """The picture as (H, W, 3) float32 in 0 … 1, or (H, W, 4) if anything not `hidden` is see-through.

    Hidden pixels become mid-grey: nothing of what was there is left.
    """
    opaque = bool((image[..., 3][~hidden] == 255).all())
    field: Field = image.astype(np.float32)
    field /= 255
    if opaque:
        field = np.ascontiguousarray(field[..., :3])
    else:
        field[..., :3] *= field[..., 3:]
    field[hidden] = 0.5
    return field


def straight(field: Field) -> Pixels:
    """(…, 3 or 4) premultiplied 0 … 1 to (…, 4) uint8 with straight alpha."""
    out = np.full((*field.shape[:-1], 4), 255, np.uint8)
    colour = field[..., :3]
    if field.shape[-1] == 4:
        colour = np.asarray(colour / np.maximum(field[..., 3:], 1 / 255), np.float32)
        out[..., 3] = np.clip(field[..., 3] * 255 + 0.5, 0, 255)
    out[..., :3] = np.clip(colour * 255 + 0.5, 0, 255)
    return out
