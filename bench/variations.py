"""How far variations stray: distances to the source, between siblings, and time.

    python -m bench.variations [--size 256] [--strength 0.5] [--sheet out.png]

Sources are the photographs and scans that scikit-image's wheel carries. The perceptual distance is the mean
of two parts, each divided by its own mean over all pairs of different sources, so that "unrelated" is 1:

- structure: 1 - MS-SSIM of lightness at 128 pixels, four scales (Wang, Simoncelli & Bovik, 2003);
- content: Euclidean distance of histograms of oriented gradients on a 4 x 4 grid plus CIELAB colour
  histograms, which small shifts hardly change.

A variation should lie between 0.1 and 0.6 of unrelated, and siblings at least 0.1 from each other.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator.vary import paint_variation

NAMES = (
    "astronaut", "camera", "chelsea", "coffee", "coins", "clock_motion", "color", "grass", "gravel", "brick",
    "hubble_deep_field", "ihc", "moon", "motorcycle_left", "page", "retina", "rocket", "text", "cell", "logo",
)  # fmt: skip
LOW, HIGH = 0.1, 0.6
_WEIGHTS = (0.1, 0.25, 0.35, 0.3)


def sources(size: int) -> dict[str, Pixels]:
    """The packaged pictures as (size, size, 4) uint8, cropped to their middle."""
    folder = Path(data.__file__).parent
    out = {}
    for name in NAMES:
        (path,) = [folder / f"{name}{end}" for end in (".png", ".jpg") if (folder / f"{name}{end}").exists()]
        image = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)[..., ::-1]
        side = min(image.shape[:2])
        top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
        cut = np.ascontiguousarray(image[top : top + side, left : left + side])
        how = cv2.INTER_AREA if side > size else cv2.INTER_CUBIC
        fitted = cv2.resize(cut, (size, size), interpolation=how)
        out[name] = np.dstack([fitted, np.full((size, size), 255, np.uint8)])
    return out


def structure(one: Pixels, other: Pixels) -> float:
    """1 - MS-SSIM of lightness, 0 … about 1."""
    a, b = (_lab(picture, 128)[..., 0] for picture in (one, other))
    total = 1.0
    for scale, weight in enumerate(_WEIGHTS):
        total *= max(_similar(a, b, last=scale == len(_WEIGHTS) - 1), 1e-3) ** weight
        half = (a.shape[1] // 2, a.shape[0] // 2)
        a, b = (
            np.asarray(cv2.resize(plane, half, interpolation=cv2.INTER_AREA), np.float32) for plane in (a, b)
        )
    return 1 - total


def _similar(a: NDArray[np.float32], b: NDArray[np.float32], *, last: bool) -> float:
    def mean(plane: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5), np.float32)

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b, shared = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    out = (2 * shared + 9) / (var_a + var_b + 9)
    if last:
        out = out * (2 * mean_a * mean_b + 1) / (mean_a**2 + mean_b**2 + 1)
    return float(out.mean())


def content(one: Pixels, other: Pixels) -> float:
    """Distance of what edges and colours there are, roughly where."""
    return float(np.linalg.norm(_features(one) - _features(other)))


def _features(picture: Pixels) -> NDArray[np.float32]:
    lab = _lab(picture, 64)
    down, across = np.gradient(lab[..., 0])
    strength, angle = np.hypot(down, across), np.arctan2(down, across) % np.pi
    kinds = np.minimum((angle / np.pi * 8).astype(int), 7)
    parts = []
    for top in range(0, 64, 16):
        for left in range(0, 64, 16):
            view = (slice(top, top + 16), slice(left, left + 16))
            cell = np.bincount(kinds[view].ravel(), strength[view].ravel(), 8)
            parts.append(cell / (np.linalg.norm(cell) + 40))
    counts, _ = np.histogramdd(
        lab.reshape(-1, 3), [np.linspace(0, 100.01, 21), *[np.linspace(-78, 78, 14)] * 2]
    )
    for axis in range(3):
        # Soft bins: a slight change of light is a slight change of the histogram.
        rows = np.moveaxis(counts, axis, 0)
        soft = cv2.GaussianBlur(rows.reshape(len(rows), -1), (1, 9), 0.01, sigmaY=1.5)
        counts = np.moveaxis(np.asarray(soft).reshape(rows.shape), 0, axis)
    colours = np.sqrt(np.maximum(counts.ravel(), 0) / counts.sum())
    return np.concatenate([np.concatenate(parts) / 2, 2 * colours]).astype(np.float32)


def _lab(picture: Pixels, size: int) -> NDArray[np.float32]:
    small = cv2.resize(np.ascontiguousarray(picture[..., :3]), (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def vary(image: Pixels, index: int, strength: float) -> Pixels:
    side = image.shape[0]
    job = Job(task=Task.VARY, width=side, height=side, seed=1, index=index, image=image, strength=strength)
    *_, last = paint_variation(job, np.random.default_rng([job.seed, index]))
    return last


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--strength", type=float, default=0.5)
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    pictures = sources(options.size)
    pairs = list(combinations(pictures.values(), 2))
    unrelated = np.mean([(structure(a, b), content(a, b)) for a, b in pairs], axis=0)

    def parts(a: Pixels, b: Pixels) -> NDArray[np.float64]:
        return np.array([structure(a, b) / unrelated[0], content(a, b) / unrelated[1]])

    rows, spent, bad = [], [], 0
    print(f"{'source':18} {'least … median … most':>22} {'structure':>10} {'content':>8} {'siblings':>9}")
    for name, image in pictures.items():
        several = []
        for index in range(4):
            began = time.process_time()
            several.append(vary(image, index, options.strength))
            spent.append(time.process_time() - began)
        thumbs = [cv2.resize(p, (160, 160), interpolation=cv2.INTER_AREA) for p in (image, *several)]
        rows.append(np.hstack(thumbs))
        away = np.array([parts(image, other) for other in several])
        both = away.mean(1)
        apart = min(float(parts(a, b).mean()) for a, b in combinations(several, 2))
        fine = both.min() >= LOW and both.max() <= HIGH and apart >= LOW
        bad += not fine
        band = f"{both.min():.2f} … {np.median(both):.2f} … {both.max():.2f}"
        middle = np.median(away, axis=0)
        print(
            f"{name:18} {band:>22} {middle[0]:10.2f} {middle[1]:8.2f} {apart:9.2f}{'' if fine else '  out'}"
        )
    print(f"{len(pictures) - bad} of {len(pictures)} inside {LOW} … {HIGH} of unrelated, siblings apart.")
    print(f"CPU ms a picture: median {1000 * np.median(spent):.0f}, most {1000 * max(spent):.0f}")
    if options.sheet:
        cv2.imwrite(str(options.sheet), np.vstack(rows)[..., [2, 1, 0]])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
