"""Colour: from whatever a file's profile says to sRGB.

A profile is a hint, and a stranger's: one that is broken, or does not fit the pixels, is ignored, as browsers
do. Profiles that change nothing (sRGB itself, in its hundred spellings) are recognised by what they do.
"""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image, ImageCms

_BARELY_VISIBLE = 2  # levels of 255


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class ToSrgb:
    """A conversion of pictures of one mode to mode `RGB` in sRGB. Safe to share between threads."""

    def __init__(self, transform: ImageCms.ImageCmsTransform) -> None:
        self._transform = transform

    def __call__(self, image: Image.Image) -> Image.Image:
        """`image` in the mode the conversion was made for, as a new RGB picture of the same size."""
        return self._transform.apply(image)


def to_srgb(icc: bytes, mode: str) -> ToSrgb | None:
    """The conversion from profile `icc` for pixels of `mode` (`L`, `RGB` or `CMYK`).

    None when there is nothing to do: no profile, an unusable one, or one that moves no colour visibly.
    """
    if not icc:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        conversion = ToSrgb(ImageCms.buildTransform(profile, _srgb(), mode, "RGB"))
        if mode == "RGB" and _moves_nothing(conversion):
            return None
    except Exception:  # noqa: BLE001 -- a stranger's profile may fail in any way; the picture is fine without
        return None
    return conversion


def _moves_nothing(conversion: ToSrgb) -> bool:
    """Try the conversion on a 9 × 9 × 9 lattice of colours."""
    levels = np.linspace(0, 255, 9).astype(np.uint8)
    lattice = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(27, 27, 3)
    moved = np.asarray(conversion(Image.fromarray(lattice)))
    return int(np.abs(moved.astype(np.int16) - lattice).max()) <= _BARELY_VISIBLE
