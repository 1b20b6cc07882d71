"""Masks: where an edit may paint, and the promise that it paints nowhere else."""

from __future__ import annotations

import cv2
import numpy as np

from egaku.imaging.decode import Decoded
from egaku.imaging.errors import FaultKind, UnfitImage
from egaku.imaging.pixels import Hole, Pixels

_GREYSCALE = frozenset({"1", "L", "I;16"})


def require_square(image: Decoded) -> None:
    """The legacy rule for uploads. Raises UnfitImage NOT_SQUARE with the numbers."""
    if image.width != image.height:
        raise _unfit(
            FaultKind.NOT_SQUARE,
            f"The picture must be square, and it is {image.width} × {image.height}.",
            image,
        )


def hole_from_alpha(pixels: Pixels) -> Hole:
    """The hole of a picture that is its own mask: (H, W), True where alpha is exactly 0."""
    return np.equal(pixels[..., 3], 0)


def hole_from_image(image: Decoded) -> Hole:
    """The hole of an edit without a mask, (H, W).

    Raises UnfitImage NO_ALPHA, with the file's mode, when the format cannot say "transparent".
    """
    if not image.has_alpha:
        raise _unfit(
            FaultKind.NO_ALPHA, "Without a mask, the picture needs transparent areas to draw in.", image
        )
    return hole_from_alpha(image.pixels)


def hole_from_mask(mask: Decoded, image: Decoded, *, greyscale: bool = False) -> Hole:
    """The hole a mask cuts into `image`, (H, W): True where the mask's alpha is exactly 0.

    With `greyscale`, as the legacy API's "format must be in ['RGBA', 'LA', 'L']" implies, a mask of grey
    levels without alpha says the same with pure black.

    Raises UnfitImage SIZE_MISMATCH unless both are of the same width and height, and NO_ALPHA, with the
    mask's mode, when the mask's format cannot say where.
    """
    if (mask.width, mask.height) != (image.width, image.height):
        raise _unfit(
            FaultKind.SIZE_MISMATCH,
            f"The mask is {mask.width} × {mask.height} and the picture {image.width} × {image.height}; "
            "they must be of the same size.",
            mask,
        )
    if mask.has_alpha:
        return hole_from_alpha(mask.pixels)
    if greyscale and mask.mode in _GREYSCALE:
        return np.equal(mask.pixels[..., 0], 0)
    raise _unfit(FaultKind.NO_ALPHA, "The mask needs transparent areas that say where to draw.", mask)


def composite(original: Pixels, drawn: Pixels, hole: Hole) -> Pixels:
    """`drawn` inside the hole, `original` outside, as a new picture; outside, every bit is the original's.

    Raises ValueError when the three differ in height or width.
    """
    if original.shape != drawn.shape or original.shape[:2] != hole.shape:
        raise ValueError(f"original {original.shape}, drawn {drawn.shape} and hole {hole.shape} do not match")
    result = np.array(original, order="C")
    cv2.copyTo(np.ascontiguousarray(drawn), hole.astype(np.uint8), result)
    return result


def _unfit(kind: FaultKind, sentence: str, image: Decoded) -> UnfitImage:
    return UnfitImage(
        kind, sentence, format=image.format, width=image.width, height=image.height, mode=image.mode
    )
