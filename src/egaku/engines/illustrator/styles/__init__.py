"""Styles: real transforms of the composed picture, one per word of vocabulary.STYLES."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.styles import crafted, drawn, lensed, marks, painted, pieces, printed
from egaku.engines.illustrator.styles.base import Canvas
from egaku.engines.illustrator.styles.sheet import Sheet, outline

__all__ = ["PAINTERS", "PAPERS", "STYLES", "Canvas", "apply_style"]

Painter = Callable[[Sheet, np.random.Generator], NDArray[np.uint8]]
"""(H, W, 3), or (H, W, 4) straight alpha where the style decides on its own outline."""

PAINTERS: Mapping[str, Painter] = MappingProxyType(
    {
        "flat": printed.flat, "glossy 3d": crafted.glossy_3d, "sticker": crafted.sticker,
        "paper cut-out": crafted.paper_cutout, "watercolor": painted.watercolor,
        "oil painting": painted.oil_painting, "impasto": painted.impasto, "gouache": painted.gouache,
        "ink wash": painted.ink_wash, "ukiyo-e": printed.ukiyo_e, "pencil": drawn.pencil,
        "charcoal": drawn.charcoal, "crayon": drawn.crayon, "chalk": drawn.chalk, "pastel": drawn.pastel,
        "line art": drawn.line_art, "comic": printed.comic, "pop art": printed.pop_art,
        "pixel art": pieces.pixel_art, "low poly": pieces.low_poly, "stained glass": pieces.stained_glass,
        "mosaic": pieces.mosaic, "cross-stitch": pieces.cross_stitch, "neon": lensed.neon,
        "blueprint": drawn.blueprint, "vaporwave": printed.vaporwave, "noir": lensed.noir,
        "sepia": lensed.sepia, "photo": lensed.photo, "poster": printed.poster, "logo": marks.logo,
        "pattern": marks.pattern, "children's book": painted.childrens_book,
    }
)  # fmt: skip
"""Which painter paints which style."""

PAPERS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "watercolor": (252, 249, 241), "ink wash": (244, 238, 222), "ukiyo-e": (240, 230, 206),
        "poster": (246, 236, 212), "children's book": (254, 250, 240), "sepia": (246, 236, 214),
    }
)  # fmt: skip
"""Styles that leave an edge of bare paper round the picture, and its colour."""

_OUTLINED: Mapping[str, float] = MappingProxyType(
    {
        "comic": 0.0058, "pop art": 0.011, "line art": 0.0045, "crayon": 0.0078, "ukiyo-e": 0.004,
        "stained glass": 0.010, "chalk": 0.006, "pencil": 0.0028, "charcoal": 0.0062,
    }
)  # fmt: skip
"""Styles that draw round the objects, and how wide, as a part of the short side; half lies outside."""

STYLES = tuple(PAINTERS)
"""The styles there are; the same words as vocabulary.STYLES."""


def apply_style(style: str, canvas: Canvas, rng: np.random.Generator) -> Pixels:
    """The canvas in a style: (H, W, 4) straight alpha, same size.

    Where the canvas is transparent, alpha stays that of the objects, except for styles that give them an
    outline of their own (sticker, comic, neon, logo, …). Otherwise the result is opaque.
    Raises ValueError for a style that is not in STYLES.
    """
    painter = PAINTERS.get(style)
    if painter is None:
        raise ValueError(f"no style {style!r}; there are: {', '.join(STYLES)}")
    sheet = Sheet(canvas)
    picture = painter(sheet, rng)
    if picture.shape[2] == 4:
        return picture
    if not canvas.transparent:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), np.uint8)
    alpha = sheet.alpha
    if style in _OUTLINED:
        line = outline(sheet.labels, sheet.unit * _OUTLINED[style])
        alpha = np.maximum(alpha, (line * 255).astype(np.uint8))
    return np.dstack([picture, alpha])
