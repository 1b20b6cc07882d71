"""Sight: which of a plan's objects can be seen in what is left of a picture, and where.

Every drawing the composer might have chosen for an object is slid over the picture at several sizes. Edges
are compared first, as directions without sign (the idea of Hinterstoisser et al., "Gradient Response Maps",
2012), which light, style and colour hardly touch; the best places are then compared pixel by pixel. What is
not known of the picture counts neither way, so that half a fox at the border is still a fox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Hole, Pixels
from egaku.engines.illustrator import compose, sprite
from egaku.engines.illustrator.bank import Art, bank
from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.styles import Canvas, apply_style

Floats = NDArray[np.float32]
_Edges = tuple[list[Floats], float]
"""A drawing's edges, transformed, and how much edge there is."""

_SIDE = 64
"""Longest side at which the picture is looked over, in pixels."""
_ROOM = 96
"""Side of the transforms: sight and what of a drawing may lie beyond it, so that nothing wraps around."""
_SIZES = np.geomspace(0.2, 1.0, 11)
"""Heights tried, parts of the longest side. What is smaller is too coarse at `_SIDE` to be told apart."""
_EDGE = 4
_STEEP = 0.12
"""Step in light at which an edge counts in full."""
_SHOWN = 0.25
"""Least part of a drawing's edges that must lie in the known part."""
_BEYOND = 0.55
"""Most of a drawing's height or width that may lie beyond the frame: pictures are cut, but not at random."""
_FINALISTS = 6
_SURE = 1.75
"""Edge evidence times likeness from which something is held to be there (bench/sightings.py measures it)."""
_CLEAR, _INKED = 2.8, 1.2
"""From this much edge evidence on the least product is lower: glass turns light into dark."""
_LEAST, _LEAST_SMALL, _SMALL = 2.3, 2.6, 16
"""Least edge evidence, and that of drawings of fewer rows than `_SMALL`, which much looks like."""
_RESTYLED: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"neon": (2.6, 2.6), "charcoal": (_SURE, 1.0)}
)
"""Styles that leave little of a drawing's own colours and edges, so that it is looked for as they draw it;
with the least products, the second where edges are `_CLEAR`."""
_DRAWN, _MARGIN, _GROUND = 120, 0.3, 225
"""Height at which a drawing is styled, in pixels, the room around it, parts of that, and the grey there."""
_HUE, _GREY = 22.0, 10.0
"""Largest distance of mean colours in CIELAB's a and b, in a picture whose chroma is not below the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A drawing found in a picture. Lengths in pixels of the picture; parts may lie outside what is known."""

    art: Art
    flip: bool
    color: str | None
    left: float
    top: float
    height: float
    evidence: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.height * self.art.aspect


@dataclass(frozen=True, slots=True)
class _Guess:
    """A drawing at a place of the reduced picture."""

    drawing: tuple[Art, str | None, bool]
    size: tuple[int, int]
    """Rows, columns."""
    top: int
    left: int
    strength: float


def sightings(image: Pixels, hole: Hole, plan: ScenePlan) -> dict[int, Sighting]:
    """Where the plan's objects are seen outside `hole`, by their index; those not seen are left out.

    `image` (H, W, 4), `hole` (H, W). Of several copies of one object one is enough.
    """
    view = _View(image, hole, plan.style if plan.style in _RESTYLED else None)
    found: dict[int, Sighting] = {}
    for index, drawings in enumerate(_choices(plan)):
        seen = _best(view, drawings)
        if seen is not None:
            found[index] = seen
    return found


def _choices(plan: ScenePlan) -> list[list[tuple[Art, str | None]]]:
    """For each object the drawings and colours candidates of this plan are made with."""
    chosen: list[dict[tuple[Art, str | None], None]] = [{} for _ in plan.objects]
    plain = replace(plan, objects=tuple(replace(thing, scenery=False) for thing in plan.objects))
    for index in range(12):
        cast = compose.cast(plain, bank(), np.random.default_rng(index), index)
        for drawings, art, concept, thing in zip(
            chosen, cast.arts, cast.concepts, cast.plan.objects, strict=False
        ):
            if art is not None and concept is not None:
                drawings[art, thing.color or concept.tint] = None
    return [list(drawings) for drawings in chosen]


class _View:
    """What is known of the picture, reduced, with its edges ready to be searched."""

    def __init__(self, image: Pixels, hole: Hole, style: str | None) -> None:
        self.style = style
        """What drawings are to be compared in; None as they are."""
        height, width = hole.shape
        self.scale = _SIDE / max(height, width)
        size = (max(1, round(width * self.scale)), max(1, round(height * self.scale)))
        known = cv2.resize((~hole).astype(np.float32), size, interpolation=cv2.INTER_AREA)
        colors = np.where(hole[..., None], 0, image[..., :3]).astype(np.float32)
        reduced = cv2.resize(colors, size, interpolation=cv2.INTER_AREA)
        share = np.asarray(known, np.float32)[..., None]
        self.colors = np.asarray(reduced / np.maximum(share, 1e-3), np.float32)
        self.known = share[..., 0] > 0.99
        tints = _tint(self.colors[self.known]) if self.known.any() else np.zeros((1, 2), np.float32)
        self.chroma = float(np.percentile(np.hypot(tints[:, 0], tints[:, 1]), 97))
        sure = cv2.erode(self.known.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1)
        self.sure = sure.astype(np.float32)
        along, slanted = _edges(self.colors)
        along, slanted = along * self.sure, slanted * self.sure
        planes = along, slanted, along**2 + slanted**2, self.sure
        self.spectra = _spectra(*planes)
        along, slanted, power, known = (np.ascontiguousarray(plane[:, ::-1], np.float32) for plane in planes)
        self.mirrored = _spectra(along, -slanted, power, known)
        """Of the picture's mirror image: a drawing turned round is looked for there."""


def _best(view: _View, drawings: list[tuple[Art, str | None]]) -> Sighting | None:
    guesses = [guess for art, color in drawings for guess in _guesses(view, art, color)]
    guesses.sort(key=lambda guess: -guess.strength)
    best, most = None, 0.0
    for guess in guesses[:_FINALISTS]:
        if guess.strength < (_LEAST_SMALL if guess.size[0] < _SMALL else _LEAST):
            continue
        likeness, apart = _compared(view, guess)
        clear = guess.strength > _CLEAR
        named = view.style is None or guess.drawing[1] is not None
        if named and apart > _HUE and view.chroma > _GREY and not (clear and likeness < 0):
            continue
        evidence = guess.strength * (abs(likeness) if clear and view.style is None else likeness)
        usual, least = (_SURE, _INKED) if view.style is None else _RESTYLED[view.style]
        enough = least if clear else usual
        if evidence > max(most, enough):
            best, most = guess, evidence
    if best is None:
        return None
    art, color, flip = best.drawing
    return Sighting(
        art=art,
        flip=flip,
        color=color,
        left=best.left / view.scale,
        top=best.top / view.scale,
        height=best.size[0] / view.scale,
        evidence=most,
    )


def _guesses(view: _View, art: Art, color: str | None) -> Iterator[_Guess]:
    """The best place of a drawing at each size, both ways round."""
    turns = (False,) if _symmetric(art.name, color) else (False, True)
    for size, drawing in _searched(art.name, color, view.style):
        for flip in turns:
            strength, top, left = _slid(
                view.mirrored if flip else view.spectra, view.known.shape, size, drawing
            )
            left = view.known.shape[1] - size[1] - left if flip else left
            yield _Guess((art, color, flip), size, top, left, strength)


def _slid(
    picture: list[Floats], frame: tuple[int, ...], size: tuple[int, int], drawing: _Edges
) -> tuple[float, int, int]:
    """The evidence for a drawing of `size` at its best place in the `frame`, with its top and left."""
    along, slanted, power, known = picture
    spectra, total = drawing
    tops, lefts = (_places(*sides) for sides in zip(size, frame, strict=True))
    places = np.ix_((tops - _EDGE) % _ROOM, (lefts - _EDGE) % _ROOM)
    agreed, own, seen = (
        cv2.idft(product, flags=cv2.DFT_REAL_OUTPUT | cv2.DFT_SCALE)[places]
        for product in (
            _matched(along, spectra[0]) + _matched(slanted, spectra[1]),
            _matched(known, spectra[2]),
            _matched(power, spectra[3]),
        )
    )
    # Edges of the picture under the drawing that the drawing has not speak against it.
    cosine = agreed / np.sqrt(np.maximum(own, 1e-3) * np.maximum(seen, 0.15 * own + 1e-3))
    # The more edges agree, the less it is chance.
    strength = np.where(own < _SHOWN * total, 0, cosine * np.sqrt(np.sqrt(np.maximum(own, 0))))
    row, column = np.unravel_index(int(strength.argmax()), strength.shape)
    return float(strength[row, column]), int(tops[row]), int(lefts[column])


def _places(size: int, whole: int) -> NDArray[np.intp]:
    """Where a drawing that is `size` long may begin in a frame that is `whole` long."""
    beyond = min(int(_BEYOND * size), _ROOM - _SIDE)
    return np.arange(-beyond, max(whole - size + beyond, -beyond) + 1)


def _matched(picture: Floats, drawing: Floats) -> Floats:
    return np.asarray(cv2.mulSpectrums(picture, drawing, 0, conjB=True), np.float32)


def _compared(view: _View, guess: _Guess) -> tuple[float, float]:
    """Correlation of the colours, and the distance of the mean colours in CIELAB's a and b."""
    art, color, flip = guess.drawing
    drawing = _reduced(_rendered(art.name, color, view.style), guess.size)
    drawing = drawing[:, ::-1] if flip else drawing
    rows, columns = view.known.shape
    top, left = max(0, guess.top), max(0, guess.left)
    bottom, right = min(rows, guess.top + guess.size[0]), min(columns, guess.left + guess.size[1])
    if bottom <= top or right <= left:
        return 0.0, 0.0
    drawn = drawing[top - guess.top : bottom - guess.top, left - guess.left : right - guess.left]
    solid = (drawn[..., 3] > 200) & view.known[top:bottom, left:right]
    if solid.sum() < 20:
        return 0.0, 0.0
    expected, found = drawn[..., :3][solid], view.colors[top:bottom, left:right][solid]
    likeness = max(_correlation(expected, found), _correlation(expected.mean(1), found.mean(1)), key=abs)
    return likeness, float(np.linalg.norm(_tint(expected).mean(0) - _tint(found).mean(0)))


def _tint(colors: Floats) -> Floats:
    """CIELAB's a and b of (N, 3) colours 0 … 255, (N, 2)."""
    lab = cv2.cvtColor(np.clip(colors[None] / 255, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB)
    return np.asarray(lab[0, :, 1:], np.float32)


def _correlation(first: Floats, second: Floats) -> float:
    first, second = first - first.mean(0), second - second.mean(0)
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum() + 1e-6))


def _edges(planes: Floats) -> tuple[Floats, Floats]:
    """Strength and direction of the edges of (H, W, C) 0 … 255, as cosine and sine of twice their angle."""
    soft = cv2.GaussianBlur(planes / np.float32(255), (0, 0), 0.8)
    across = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3), np.float32) / 4
    down = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3), np.float32) / 4
    power = (across**2 + down**2).sum(-1)
    gain = np.minimum(np.sqrt(power) / np.float32(_STEEP), 1) / np.maximum(power, 1e-8)
    return (across**2 - down**2).sum(-1) * gain, (2 * across * down).sum(-1) * gain


def _spectra(*planes: Floats) -> list[Floats]:
    """Fourier transforms in OpenCV's packing, each (_ROOM, _ROOM)."""
    rows, columns = planes[0].shape
    down, right = _ROOM - rows, _ROOM - columns
    framed = (cv2.copyMakeBorder(plane, 0, down, 0, right, cv2.BORDER_CONSTANT) for plane in planes)
    return [np.asarray(cv2.dft(plane), np.float32) for plane in framed]


@lru_cache(maxsize=24)
def _searched(name: str, color: str | None, style: str | None) -> list[tuple[tuple[int, int], _Edges]]:
    """The drawing's edges at every size that suits, transformed, and how much edge there is."""
    aspect = bank().art(name).aspect
    out = []
    for part in _SIZES:
        rows, columns = max(1, round(part * _SIDE)), max(1, round(part * _SIDE * aspect))
        if 6 <= columns <= 1.3 * _SIDE:
            drawing = _reduced(_rendered(name, color, style), (rows, columns))
            out.append(((rows, columns), _outlined(drawing)))
    return out


def _outlined(drawing: Floats) -> _Edges:
    framed = np.pad(drawing, ((_EDGE, _EDGE), (_EDGE, _EDGE), (0, 0)))
    cover = framed[..., 3:] / np.float32(255)
    # On grey, and the silhouette as one more colour: whatever is behind the drawing, its outline is there.
    planes = np.concatenate([framed[..., :3] + (1 - cover) * 128, 178 * cover], -1)
    solid = (cover[..., 0] > 0.3).astype(np.float32)
    region = np.asarray(cv2.dilate(solid, np.ones((3, 3), np.uint8)), np.float32)
    along, slanted = (plane * region for plane in _edges(planes))
    power = along**2 + slanted**2
    return _spectra(along, slanted, power, region), float(power.sum())


def _reduced(large: Floats, size: tuple[int, int]) -> Floats:
    """The drawing at `size` (rows, columns), (rows, columns, 4), premultiplied, 0 … 255."""
    return np.asarray(cv2.resize(large, (size[1], size[0]), interpolation=cv2.INTER_AREA), np.float32)


@lru_cache(maxsize=48)
def _rendered(name: str, color: str | None, style: str | None) -> Floats:
    """The drawing, (h, w, 4), premultiplied, 0 … 255."""
    if style is None:
        return _read(name, color, _SIDE, skia.kPremul_AlphaType).astype(np.float32)
    drawn = _read(name, color, _DRAWN, skia.kUnpremul_AlphaType)
    around = round(_MARGIN * _DRAWN)
    canvas = np.pad(drawn, ((around, around), (around, around), (0, 0)))
    labels = (canvas[..., 3] > 127).astype(np.int16)
    shown = canvas[..., 3:] / np.float32(255)
    canvas = (canvas * shown + _GROUND * (1 - shown)).astype(np.uint8)
    canvas[..., 3] = 255
    styled = apply_style(style, Canvas(canvas, labels, transparent=False), np.random.default_rng(1))
    colors = styled[around:-around, around:-around, :3].astype(np.float32)
    cover = drawn[..., 3:].astype(np.float32)
    return np.concatenate([colors * (cover / 255), cover], -1)


def _read(name: str, color: str | None, height: int, alpha: skia.AlphaType) -> Pixels:
    drawn = sprite.draw(bank().art(name), height, color=color)
    margin = drawn.margin
    pixels = np.zeros((drawn.image.height(), drawn.image.width(), 4), np.uint8)
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kRGBA_8888_ColorType, alpha)
    drawn.image.readPixels(info, pixels, pixels.shape[1] * 4, 0, 0)
    return pixels[margin:-margin, margin:-margin]


@lru_cache(maxsize=256)
def _symmetric(name: str, color: str | None) -> bool:
    """Whether the drawing is nearly its own mirror image."""
    drawn = _rendered(name, color, None)
    return float(np.abs(drawn - drawn[:, ::-1]).mean()) < 6
