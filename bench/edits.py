"""How well edits fit in: steps at the hole's border, changes outside it, and time.

    python -m bench.edits [--size 256] [--sheet out.png]

Sources are the photographs and scans that scikit-image's wheel carries; each is completed in six kinds of
hole and gets a figure drawn into three of them. The seam ratio is the median difference of the pixel pairs
that straddle the hole's border over the median difference of all neighbouring pixels of the picture; `local`
is the same over the pairs just outside the border, which a busy border is fairer measured by. Half a grey
level is added on both sides of each ratio, the rounding of 8-bit pixels.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.variations import sources
from egaku.engines.base import Hole, Job, Pixels, Task
from egaku.engines.illustrator.edit import paint_edit
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan

MOST = 1.5
_FIGURES = {"centre": "cat", "disc": "flamingo", "corner": "bicycle"}


def holes(size: int) -> dict[str, Hole]:
    """Six kinds of hole, each (size, size)."""
    y, x = np.mgrid[0:size, 0:size] / size
    stroke = (np.abs(y - x) < 0.02) | (np.abs(y + x - 1) < 0.008)
    return {
        "centre": (np.abs(y - 0.5) < 0.25) & (np.abs(x - 0.5) < 0.25),
        "disc": (y - 0.6) ** 2 + (x - 0.4) ** 2 < 0.18**2,
        "corner": (y > 0.6) & (x > 0.55),
        "left": x < 0.3,
        "outside": (np.abs(y - 0.5) > 0.3) | (np.abs(x - 0.5) > 0.3),
        "strokes": stroke | ((y - 0.8) ** 2 + (x - 0.5) ** 2 < 0.07**2),
    }


def seam(picture: Pixels, hole: Hole) -> tuple[float, float]:
    """Median step across the hole's border over the picture's own, and over that just outside."""
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY), np.float64)
    rim = cv2.dilate(hole.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    across, beside, everywhere = [], [], []
    for axis in (0, 1):
        step = np.abs(np.diff(grey, axis=axis)).ravel()
        first, second = _pairs(hole, axis)
        near, _ = _pairs(rim, axis)
        across.append(step[first != second])
        beside.append(step[near & ~first & ~second])
        everywhere.append(step)
    middle = [float(np.median(np.concatenate(part))) + 0.5 for part in (across, beside, everywhere)]
    return middle[0] / middle[2], middle[0] / middle[1]


def _pairs(mask: Hole, axis: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    if axis == 0:
        return mask[:-1].ravel(), mask[1:].ravel()
    return mask[:, :-1].ravel(), mask[:, 1:].ravel()


def edit(image: Pixels, hole: Hole, concept: str | None) -> Pixels:
    """`concept` drawn into the hole; the completion alone if None."""
    side = image.shape[0]
    things = (ObjectPlan(concept=concept, label=concept),) if concept else ()
    plan = ScenePlan(prompt=f"a {concept}" if concept else "", objects=things)
    job = Job(task=Task.EDIT, width=side, height=side, seed=1, prompt=plan.prompt, image=image, hole=hole)
    *_, last = paint_edit(job, plan, None, np.random.default_rng([job.seed, job.index]))
    return last


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    rows, touched, steep = [], 0, 0
    ratios: dict[str, list[tuple[float, float]]] = {}
    spent: dict[str, list[float]] = {}
    for name, image in sources(options.size).items():
        row = [image]
        for kind, hole in holes(options.size).items():
            for concept in (None, _FIGURES[kind]) if kind in _FIGURES else (None,):
                began = time.process_time()
                out = edit(image, hole, concept)
                label = f"{kind}{' + ' + concept if concept else ''}"
                spent.setdefault(label, []).append(1000 * (time.process_time() - began))
                touched += int((out != image).any(-1)[~hole].sum())
                ratios.setdefault(label, []).append(seam(out, hole))
                row.append(out)
                if ratios[label][-1][0] > MOST:
                    steep += 1
                    print(f"  {name} {label}: {ratios[label][-1][0]:.2f}, local {ratios[label][-1][1]:.2f}")
        rows.append(np.hstack([cv2.resize(p, (160, 160), interpolation=cv2.INTER_AREA) for p in row]))
    print(f"{'hole':20} {'seam: median, most':>20} {'local: median, most':>20} {'CPU ms: median, most':>22}")
    for label, pairs in ratios.items():
        whole, local = np.array(pairs).T
        print(
            f"{label:20} {np.median(whole):12.2f} {whole.max():7.2f}"
            f" {np.median(local):12.2f} {local.max():7.2f}"
            f" {np.median(spent[label]):14.0f} {max(spent[label]):7.0f}"
        )
    count = sum(map(len, ratios.values()))
    print(f"{count - steep} of {count} seams within {MOST}; {touched} pixels touched outside holes.")
    if options.sheet:
        cv2.imwrite(str(options.sheet), np.vstack(rows)[..., [2, 1, 0]])
    return 1 if touched else 0


if __name__ == "__main__":
    sys.exit(main())
