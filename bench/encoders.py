"""Which encoder makes the files this server sends? Interleaved medians, as ratios to the one in use.

    python bench/encoders.py [--rounds 9] [--threads 2]

Pictures: flat shapes under light and grain, as the illustrator paints, and photographs bundled with
scikit-image, at 256² and 1024². Every PNG is decoded and compared; a file that lies is no contender. Encoders
take turns within each round, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray
from PIL import Image
from skimage import data

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode, encode_png, png_file

Rgb = NDArray[np.uint8]
Encoder = Callable[[Rgb], bytes]
OURS = "Up + isal 1 (in use)"


def flat_scene(side: int, seed: int, *, grain: bool) -> Rgb:
    """A sky of two colours, hills and discs with smooth edges; with `grain`, the light noise of paper."""
    rng = np.random.default_rng([20221103, seed])
    scale = side / 256
    y = np.linspace(0, 1, side)[:, None, None]
    top, bottom = rng.integers(80, 256, (2, 3))
    canvas = np.ascontiguousarray(
        np.broadcast_to(top * (1 - y) + bottom * y, (side, side, 3)).astype(np.uint8)
    )
    for _ in range(24):
        color = tuple(map(int, rng.integers(0, 256, 3)))
        x, height, radius = (
            rng.integers(0, 256, 2) * scale,
            rng.integers(90, 256) * scale,
            rng.integers(4, 40) * scale,
        )
        cv2.circle(canvas, (int(x[0]), int(height)), int(radius), color, -1, cv2.LINE_AA)
    if grain:
        noise = rng.normal(0, 2.5, (side, side, 1))
        canvas = np.clip(canvas + noise, 0, 255).astype(np.uint8)
    return canvas


def photograph(name: str, side: int) -> Rgb:
    return np.asarray(
        Image.fromarray(getattr(data, name)()).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    )


def pictures(side: int) -> dict[str, list[Rgb]]:
    return {
        "flat": [flat_scene(side, seed, grain=False) for seed in range(3)],
        "grain": [flat_scene(side, seed, grain=True) for seed in range(3)],
        "photo": [photograph(name, side) for name in ("astronaut", "coffee", "chelsea")],
    }


def pillow(format_: str, **options: object) -> Encoder:
    def run(picture: Rgb) -> bytes:
        out = io.BytesIO()
        Image.fromarray(picture).save(out, format_, **options)
        return out.getvalue()

    return run


def opencv(suffix: str, *options: int) -> Encoder:
    def run(picture: Rgb) -> bytes:
        return cv2.imencode(suffix, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), options)[1].tobytes()

    return run


def filtered(kind: int, picture: Rgb) -> NDArray[np.uint8]:
    """All rows with one PNG filter: 0 None, 1 Sub, 2 Up (W3C PNG, section 9.2)."""
    height, width, channels = picture.shape
    rows = np.empty((height, 1 + width * channels), np.uint8)
    rows[:, 0] = kind
    body = rows[:, 1:].reshape(picture.shape)
    body[:] = picture
    if kind == 1:
        np.subtract(picture[:, 1:], picture[:, :-1], out=body[:, 1:])
    elif kind == 2:
        np.subtract(picture[1:], picture[:-1], out=body[1:])
    return rows


def own(kind: int, level: int) -> Encoder:
    def run(picture: Rgb) -> bytes:
        stream = bytes(isal_zlib.compress(filtered(kind, picture).data, level))
        return png_file(picture.shape[1], picture.shape[0], 3, stream)

    return run


def chosen(picture: Rgb) -> bytes:
    """None, Sub or Up for the whole picture, by the least sum of absolute differences over every 16th row."""
    sample = picture[::16]
    above = picture[np.maximum(np.arange(0, len(picture), 16) - 1, 0)]
    costs = (
        int(np.abs(sample.view(np.int8).astype(np.int16)).sum()),
        int(np.abs((sample[:, 1:] - sample[:, :-1]).view(np.int8).astype(np.int16)).sum()),
        int(np.abs((sample - above).view(np.int8).astype(np.int16)).sum()),
    )
    return own(costs.index(min(costs)), 1)(picture)


LOSSLESS: dict[str, Encoder] = {
    OURS: encode_png,
    "None + isal 1": own(0, 1),
    "Sub + isal 1": own(1, 1),
    "Up + isal 0": own(2, 0),
    "Up + isal 2": own(2, 2),
    "Up + isal 3": own(2, 3),
    "chosen + isal 1": chosen,
    "Up + zlib 1 (fallback)": lambda picture: encode_png(picture, lambda raw: zlib.compress(raw, 1)),
    "Up + zlib 6": lambda picture: encode_png(picture, lambda raw: zlib.compress(raw, 6)),
    "Pillow 1": pillow("PNG", compress_level=1),
    "Pillow 3": pillow("PNG", compress_level=3),
    "Pillow 6 (its default)": pillow("PNG"),
    "OpenCV default": opencv(".png"),
    "OpenCV 1": opencv(".png", cv2.IMWRITE_PNG_COMPRESSION, 1),
    "WebP lossless, method 0": pillow("WEBP", lossless=True, method=0),
}


def in_use(format_: Format) -> Encoder:
    def run(picture: Rgb) -> bytes:
        return encode(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), np.uint8), format_)

    return run


LOSSY: dict[str, Encoder] = {
    "JPEG 100 % (in use)": in_use("jpeg"),
    "Pillow JPEG 95": pillow("JPEG", quality=95, subsampling=0),
    "Pillow JPEG 100": pillow("JPEG", quality=100, subsampling=0),
    "OpenCV JPEG 95": opencv(".jpg", cv2.IMWRITE_JPEG_QUALITY, 95),
    "WebP 100 % (in use)": in_use("webp"),
    "Pillow WebP 100, method 0": pillow("WEBP", quality=100, method=0),
    "Pillow WebP 100, method 4": pillow("WEBP", quality=100, method=4),
    "OpenCV WebP 100": opencv(".webp", cv2.IMWRITE_WEBP_QUALITY, 100),
}


def check(encoders: dict[str, Encoder], some: list[Rgb]) -> None:
    """Every encoder gives back every pixel, or the figures mean nothing."""
    for name, encoder in encoders.items():
        for picture in some:
            if not np.array_equal(np.asarray(Image.open(io.BytesIO(encoder(picture)))), picture):
                raise SystemExit(f"{name} does not give back what it was given")


def measure(encoders: dict[str, Encoder], some: list[Rgb], rounds: int) -> dict[str, tuple[float, float]]:
    """Per encoder, the median milliseconds per picture and the mean kilobytes."""
    times: dict[str, list[float]] = {name: [] for name in encoders}
    sizes: dict[str, float] = {}
    for turn in range(rounds + 1):
        for name, encoder in encoders.items():
            began = time.perf_counter()
            files = [encoder(picture) for picture in some]
            if turn:  # the first round warms up
                times[name].append((time.perf_counter() - began) * 1e3 / len(some))
            sizes[name] = sum(map(len, files)) / len(files) / 1e3
    return {name: (statistics.median(times[name]), sizes[name]) for name in encoders}


def show(encoders: dict[str, Encoder], side: int, rounds: int) -> None:
    reference = next(iter(encoders))
    for kind, some in pictures(side).items():
        if encoders is LOSSLESS:
            check(encoders, some)
        results = measure(encoders, some, rounds)
        base, size = results[reference]
        print(f"\n{side}² {kind}: {reference} {base:.2f} ms, {size:.0f} kB")
        for name, (milliseconds, kilobytes) in results.items():
            print(f"  {name:26s} time ×{milliseconds / base:6.2f}   size ×{kilobytes / size:5.2f}")


def show_threads(threads: int) -> None:
    """How much of the encoding really runs beside other threads."""
    some = pictures(1024)["grain"] * 4
    began = time.perf_counter()
    for picture in some:
        encode_png(picture)
    alone = time.perf_counter() - began
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        list(pool.map(encode_png, some))
        together = time.perf_counter() - began
    print(f"\n{threads} threads encode PNGs ×{alone / together:.2f} as fast as one")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    chosen_by_caller = parser.parse_args()
    cv2.setNumThreads(1)
    for side in (256, 1024):
        show(LOSSLESS, side, chosen_by_caller.rounds)
        show(LOSSY, side, chosen_by_caller.rounds)
    show_threads(chosen_by_caller.threads)


if __name__ == "__main__":
    main()
