"""`python -m tools.gallery`: contact sheets of the public prompts, one per category, to be looked at.

Each picture stands over its prompt and the milliseconds it took. README.md beside the sheets lists prompt,
plan in words and time.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from egaku.engines.base import Drawing, Job, Pixels, Task
from egaku.engines.illustrator.engine import Illustrator, create
from tools import gallery_edits

ROOT = Path(__file__).parents[1]
PROMPTS = ROOT / "bench" / "prompts.txt"
COLUMNS = 5
CAPTION = 44
"""Pixels under each picture."""


INTRODUCTION = (
    "Every prompt of `bench/prompts.txt`, drawn by the illustrator at {side} x {side}: first candidate, "
    "seed = CRC-32 of the prompt, one core. Nothing was picked by hand: `make gallery` draws it all anew."
)


HERO = (
    "夕焼けの海に立つフラミンゴ",
    "a red fox in a snowy forest at sunset",
    "a watercolor of a lighthouse by the sea at dawn",
    "a ukiyo-e print of a boat on the sea with a mountain",
    "a neon owl on a city street at night",
    'a night city skyline with a billboard saying "EGAKU"',
    "a sea turtle with three orange fish underwater",
    "a sticker of a happy robot holding a balloon, transparent background",
)
"""The sheet the README opens with; seeds as everywhere else."""

HERO_SIDE = 320


@dataclass(frozen=True)
class Sample:
    """One picture of a sheet."""

    prompt: str
    drawing: Drawing
    seconds: float


def prompts(path: Path = PROMPTS) -> Iterator[tuple[str, str]]:
    """(category, prompt) in the file's order."""
    category = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("##"):
            category = line.lstrip("# ").strip()
        elif line.strip() and not line.startswith("#"):
            yield category, line.partition("\t")[0]


def draw(engine: Illustrator, prompt: str, side: int, *, seed: int | None = None, index: int = 0) -> Sample:
    """Draw one prompt, square, and take the time. The seed is the prompt's CRC-32 unless given."""
    seed = zlib.crc32(prompt.encode()) if seed is None else seed
    job = Job(task=Task.GENERATE, width=side, height=side, seed=seed, index=index, prompt=prompt)
    begun = time.perf_counter()
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
    drawing = engine.finish(batch)[0]
    return Sample(prompt, drawing, time.perf_counter() - begun)


def sheet(samples: list[Sample], side: int, columns: int = COLUMNS) -> Image.Image:
    """The pictures in rows, each with its prompt and time below; clear ones over a chequered ground."""
    rows = -(-len(samples) // columns)
    page = Image.new("RGB", (columns * side, rows * (side + CAPTION)), (250, 249, 246))
    letters = str(files("egaku.engines.illustrator") / "data" / "lettering.ttf")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(letters, 13)
    for number, sample in enumerate(samples):
        row, column = divmod(number, columns)
        x, y = column * side, row * (side + CAPTION)
        page.paste(Image.fromarray(_opaque(sample.drawing.pixels)), (x, y))
        lines = _wrapped(f"{sample.prompt}  ·  {sample.seconds * 1000:.0f} ms", font, side - 12)
        pen.multiline_text((x + 6, y + side + 4), "\n".join(lines), font=font, fill=(50, 44, 60), spacing=2)
    return page


def main() -> None:
    """Draw every category and write docs/gallery."""
    parser = argparse.ArgumentParser(prog="python -m tools.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "gallery")
    parser.add_argument("--side", type=int, default=256, help="pixels across of each picture")
    parser.add_argument("--only", help="one category, hero or edits")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    engine = create()
    categories: dict[str, list[Sample]] = {}
    for category, prompt in prompts():
        if options.only in (None, category):
            categories.setdefault(category, []).append(draw(engine, prompt, options.side))
    for category, samples in categories.items():
        sheet(samples, options.side).save(options.out / f"{category}.jpg", quality=86)
        print(f"{category}: {len(samples)} pictures, median {_median(samples):.0f} ms")
    if options.only in (None, "hero"):
        hero = [draw(engine, prompt, HERO_SIDE) for prompt in HERO]
        sheet(hero, HERO_SIDE, columns=4).save(options.out / "hero.jpg", quality=88)
    if options.only in (None, "edits"):
        changes = [gallery_edits.change(engine, edit, options.side) for edit in gallery_edits.EDITS]
        gallery_edits.page(changes, options.side).save(options.out / "edits.jpg", quality=88)
    if options.only is None:
        lines = [*_listing(categories, options.side), *gallery_edits.listing(changes)]
        (options.out / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _median(samples: list[Sample]) -> float:
    return float(np.median([sample.seconds for sample in samples])) * 1000


def _listing(categories: dict[str, list[Sample]], side: int) -> list[str]:
    lines = ["# Gallery", "", INTRODUCTION.format(side=side)]
    for category, samples in categories.items():
        lines += ["", f"## {category}", "", f"![{category}]({category}.jpg)", ""]
        lines += ["| prompt | drawn as | ms |", "|---|---|---|"]
        lines += [
            f"| {_cell(sample.prompt)} | {_cell(sample.drawing.revised_prompt or '')} "
            f"| {sample.seconds * 1000:.0f} |"
            for sample in samples
        ]
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _opaque(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    checks = np.indices((height, width)) // 12
    ground = np.where((checks.sum(axis=0) % 2)[..., None] == 0, 255.0, 228.0)
    alpha = pixels[..., 3:] / 255.0
    return (pixels[..., :3] * alpha + ground * (1 - alpha)).round().astype(np.uint8)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, most: int = 2) -> list[str]:
    lines = [""]
    for letter in text.replace("\n", " "):
        if font.getlength(lines[-1] + letter) > width:
            if len(lines) == most:
                lines[-1] = lines[-1][:-1] + "…"
                return lines
            lines.append("")
        lines[-1] += letter
    return lines


if __name__ == "__main__":
    main()
