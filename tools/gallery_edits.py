"""The gallery's sheet of edits: pictures of our own, grown over their edges or changed in the middle.

Each is drawn as `tools.gallery` draws everything, then edited with the prompt's own seed; beside the picture
stands what became of it.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from egaku.engines.base import Hole, Job, Pixels, Task
from egaku.engines.illustrator.engine import Illustrator

GROWN = 3 / 8
"""Part of the side by which a picture grows; the frame that is edited keeps the rest of it."""
GAP = 8


CAPTION = (
    "Left a picture of the illustrator's own, right the same grown over an edge by three eighths, or with a "
    "hole cut into its middle. What it shows already is not drawn again; what the edit's prompt adds is. A "
    "picture that ends in bare paper gets a sheet beside it. "
    "`python -m tools.gallery --only edits`"
)


@dataclass(frozen=True)
class Edit:
    """A picture, and what is to become of it."""

    prompt: str
    then: str
    """The edit's prompt; empty for the same."""
    where: str
    """`right`, `left`, `up`, `down`: beyond that edge; `middle`: a hole."""


EDITS = (
    Edit(
        "a red fox in a snowy forest at sunset", "a red fox and a rabbit in a snowy forest at sunset", "right"
    ),
    Edit("an empty sea at sunset", "a lighthouse by the sea at sunset", "right"),
    Edit("a lighthouse on a cliff at sunset, oil painting", "", "right"),
    Edit("a camel in the desert at noon", "a camel and a cactus in the desert at noon", "left"),
    Edit("a low poly dragon on a mountain", "", "right"),
    Edit("four penguins in a row", "", "left"),
    Edit("a robot on the moon", "a robot and a rocket on the moon", "right"),
    Edit("a red fox in a snowy forest at sunset", "a blue fox in a snowy forest at sunset", "middle"),
    Edit("a pencil sketch of a dog in a park", "a pencil sketch of a dog and a ball in a park", "left"),
    Edit("a lighthouse on a cliff at sunset, oil painting", "", "up"),
    Edit("海の底のウミガメ", "海の底のウミガメと三匹のオレンジ色の魚", "left"),
    Edit("an empty sea at sunset", "a sailboat on the sea at sunset", "middle"),
    Edit("a cat in a garden, ukiyo-e", "a cat and a rabbit in a garden, ukiyo-e", "right"),
    Edit("a sailboat on the sea at sunset, watercolor", "", "left"),
    Edit("an owl in a forest, charcoal", "", "right"),
    Edit("a lighthouse by the sea, neon", "a lighthouse and a sailboat by the sea, neon", "right"),
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """An edit that was made."""

    edit: Edit
    before: Pixels
    after: Pixels
    seconds: float


def change(engine: Illustrator, edit: Edit, side: int) -> Change:
    """Draw the picture, edit it, and put both together where it grew."""
    seed = _seed(edit.prompt)
    first = Job(task=Task.GENERATE, width=side, height=side, seed=seed, prompt=edit.prompt)
    source = _drawn(engine, first)
    framed, hole, (right, down) = framing(source, edit.where)
    then = edit.then or edit.prompt
    job = Job(
        task=Task.EDIT, width=side, height=side, seed=_seed(then), prompt=then, image=framed, hole=hole
    )  # fmt: skip
    begun = time.process_time()
    result = _drawn(engine, job)
    spent = time.process_time() - begun
    after = np.zeros((side + abs(down), side + abs(right), 4), np.uint8)
    # The frame first: what it keeps of the source is the source's.
    for pixels, top, left in ((result, max(0, down), max(0, right)), (source, max(0, -down), max(0, -right))):
        if pixels is result or edit.where != "middle":
            after[top : top + side, left : left + side] = pixels
    return Change(edit, source, after, spent)


def framing(source: Pixels, where: str) -> tuple[Pixels, Hole, tuple[int, int]]:
    """What is sent to be edited, its hole, and by how many pixels right and down the frame is moved."""
    side = source.shape[0]
    ways = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1), "middle": (0, 0)}
    right, down = (round(GROWN * side) * way for way in ways[where])
    hole = np.ones((side, side), np.bool_)
    hole[max(0, -down) : side - max(0, down), max(0, -right) : side - max(0, right)] = False
    framed = np.roll(source, (-down, -right), (0, 1))
    if where == "middle":
        y, x = np.mgrid[0:side, 0:side] / side
        hole = (np.abs(y - 0.52) < 0.33) & (np.abs(x - 0.5) < 0.28)
    framed[hole] = 0
    return framed, hole, (right, down)


def page(changes: list[Change], side: int) -> Image.Image:
    """Two changes a row: the picture, and what became of it, fitted to the same height."""
    wide = side + GAP + round((1 + GROWN) * side)
    rows = -(-len(changes) // 2)
    sheet = Image.new("RGB", (2 * wide + 3 * GAP, rows * (side + GAP) + GAP), (250, 249, 246))
    for number, one in enumerate(changes):
        x = GAP + (number % 2) * (wide + GAP)
        y = GAP + (number // 2) * (side + GAP)
        sheet.paste(_image(one.before), (x, y))
        after = _image(one.after)
        after.thumbnail((wide - side - GAP, side), Image.Resampling.LANCZOS)
        sheet.paste(after, (x + side + GAP, y))
    return sheet


def listing(changes: list[Change]) -> list[str]:
    """The README's section."""
    lines = ["", "## edits", "", "![edits](edits.jpg)", "", CAPTION, ""]
    lines += ["| picture | then | where | CPU ms |", "|---|---|---|---|"]
    return lines + [
        f"| {one.edit.prompt} | {one.edit.then or 'the same'} | {one.edit.where} | {one.seconds * 1000:.0f} |"
        for one in changes
    ]


def _seed(prompt: str) -> int:
    return zlib.crc32(prompt.encode())


def _drawn(engine: Illustrator, job: Job) -> Pixels:
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
    return engine.finish(batch)[0].pixels


def _image(pixels: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
