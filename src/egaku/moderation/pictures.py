"""Nudity in pictures, from weights that come with the installation: two networks, no download, one core.

`open_nsfw` (Yahoo, 2016) tells skin in photographs; nsfwjs's Inception v3 tells swimsuits from less, and
drawn pictures too. `accurate` is the mean of the first's probability and the second's P(Porn) + P(Hentai);
`fast` is the first alone, bent so that Yahoo's own "unsafe" of 0.8 becomes 0.5. They see nothing else: no
violence, no symbols, no ages, so `sexual` is the only category scored.

A picture may hide what it shows. Judged are the picture on white, what its transparent pixels keep
underneath, and of long or very large ones also parts, which would otherwise shrink to nothing. The second
network looks at the whole and at the one other view the first thinks worst, so that looking costs little.

The networks run in OpenCV, which is there anyway; their weights are rounded to 1 to 7 bits, and scores of
harmless pictures differ from the originals' by 0.001 in the mean and 0.02 at most.
Built by tools/moderation/pictures; NOTICE says who made them.
"""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from egaku.imaging.pixels import Pixels, is_opaque
from egaku.moderation.scores import Category, Input, Scores

Floats = npt.NDArray[np.float32]

YAHOO_MEAN = np.array([104, 117, 123], np.float32)
"""BGR; of the pictures open_nsfw learned from."""
YAHOO_RESIZED, YAHOO_SIDE = 256, 224
INCEPTION_SIDE = 299
HENTAI, PORN = 1, 3
"""Of Drawing, Hentai, Neutral, Porn, Sexy."""
FAST_EXPONENT = float(np.log(0.5) / np.log(0.8))

LONG_RATIO = 2.0
"""From here on a picture is also judged square by square along its longer side."""
LARGE_SIDE = 2048
"""When its shorter side has this many pixels, also quarter by quarter."""
MAX_PARTS = 6

VARIES = 6
"""Levels of 255 between the least and the most of a channel."""


class Mode(StrEnum):
    """How much is spent on a picture."""

    ACCURATE = "accurate"
    FAST = "fast"


class NudityJudge:
    """Scores `sexual` of one picture at a time; threads take turns. Loading takes about a second."""

    def __init__(self, mode: Mode = Mode.ACCURATE) -> None:
        # For the whole process: a picture is judged by one core, the others draw.
        cv2.setNumThreads(1)
        self._turn = threading.Lock()
        self._yahoo = _load("open_nsfw")
        self._inception = _load("inception") if mode is Mode.ACCURATE else None

    def image(self, pixels: Pixels) -> Scores:
        """Score (H, W, 4) RGBA with straight alpha. Blocking; 0.2 s, or 0.05 s when fast."""
        return Scores.read_from(Input.IMAGE, {Category.SEXUAL: self._score(list(views(pixels)))})

    def _score(self, shown: list[Pixels]) -> float:
        with self._turn:
            skin = [self._ask_yahoo(view) for view in shown]
            if self._inception is None:
                return float(max(skin) ** FAST_EXPONENT)
            asked = {0, *([1 + int(np.argmax(skin[1:]))] if len(skin) > 1 else [])}
            return max((skin[i] + self._ask_inception(self._inception, shown[i])) / 2 for i in asked)

    def _ask_yahoo(self, rgb: Pixels) -> float:
        self._yahoo.setInput(for_yahoo(rgb))
        return float(np.clip(self._yahoo.forward()[0, 1], 0, 1))

    @staticmethod
    def _ask_inception(net: cv2.dnn.Net, rgb: Pixels) -> float:
        net.setInput(for_inception(rgb))
        classes = net.forward()[0]
        return float(np.clip(classes[HENTAI] + classes[PORN], 0, 1))


def for_yahoo(rgb: Pixels) -> Floats:
    """(H, W, 3) as open_nsfw's own classify_nsfw.py prepares it: (1, 3, 224, 224) BGR less the mean.

    The JPEG in between is part of it: the network learned from JPEG files.
    """
    file = io.BytesIO()
    shape = (YAHOO_RESIZED, YAHOO_RESIZED)
    Image.fromarray(rgb).resize(shape, Image.Resampling.BILINEAR).save(file, "JPEG")
    margin = (YAHOO_RESIZED - YAHOO_SIDE) // 2
    middle = np.asarray(Image.open(file))[margin : margin + YAHOO_SIDE, margin : margin + YAHOO_SIDE]
    return np.ascontiguousarray((middle[..., ::-1] - YAHOO_MEAN).transpose(2, 0, 1)[None])


def for_inception(rgb: Pixels) -> Floats:
    """(H, W, 3) as nsfwjs prepares it: (1, 3, 299, 299) RGB 0…1.

    TensorFlow's bilinear resizing with aligned corners: four pixels are read for each one, however large the
    picture, because the network learned from pictures resized that way.
    """
    across, down = (
        np.linspace(0, length - 1, INCEPTION_SIDE, dtype=np.float32)
        for length in (rgb.shape[1], rgb.shape[0])
    )
    columns, rows = np.meshgrid(across, down)
    return cast("Floats", cv2.dnn.blobFromImage(cv2.remap(rgb, columns, rows, cv2.INTER_LINEAR), 1 / 255))


def views(pixels: Pixels) -> Iterator[Pixels]:
    """All (H, W, 4) may show, each (h, w, 3): the whole on white, what that hides, parts."""
    whole, *hidden = shown(pixels)
    yield whole
    yield from hidden
    yield from _parts(whole)


def shown(pixels: Pixels) -> list[Pixels]:
    """(H, W, 4) on white; and, if its transparent pixels keep something, what that is. Each (H, W, 3)."""
    pixels = np.ascontiguousarray(pixels)
    rgb = cast("Pixels", cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB))
    if is_opaque(pixels):
        return [rgb]
    whole = _on(255, rgb, pixels[..., 3])
    if _varies(rgb[pixels[..., 3] < 255]):
        return [whole, rgb]
    # White lines on nothing show on black only.
    return [whole] if _varies(whole) else [whole, _on(0, rgb, pixels[..., 3])]


def _parts(rgb: Pixels) -> Iterator[Pixels]:
    height, width = rgb.shape[:2]
    short, long = sorted((height, width))
    if long >= LONG_RATIO * short:
        count = min(MAX_PARTS, -(-long // short))
        for start in np.linspace(0, long - short, count).astype(int):
            yield rgb[start : start + short] if height > width else rgb[:, start : start + short]
    elif short >= LARGE_SIDE:
        for rows in (slice(None, height // 2), slice(height // 2, None)):
            for columns in (slice(None, width // 2), slice(width // 2, None)):
                yield rgb[rows, columns]


def _on(ground: int, rgb: Pixels, alpha: npt.NDArray[np.uint8]) -> Pixels:
    cover = alpha[..., None].astype(np.uint16)
    return ((rgb * cover + ground * (255 - cover) + 127) // 255).astype(np.uint8)


def _varies(rgb: Pixels) -> bool:
    """Whether (…, 3) is more than one colour with a little noise."""
    flat = rgb.reshape(-1, 3)
    return bool((flat.max(axis=0) - flat.min(axis=0)).max() >= VARIES)


def _load(name: str) -> cv2.dnn.Net:
    """A network from its pieces, which together are one gzipped ONNX file."""
    folder = resources.files("egaku.moderation") / "models"
    pieces = sorted(
        (one for one in folder.iterdir() if one.name.startswith(f"{name}.onnx.gz.")), key=lambda one: one.name
    )
    data = gzip.decompress(b"".join(piece.read_bytes() for piece in pieces))
    return cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
