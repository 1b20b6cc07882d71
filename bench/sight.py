"""`python -m bench.sight`: what the judge of pictures makes of harmless ones, and what a picture costs.

    python -m bench.sight [--fast] [--harmless FOLDER] [--flagged FOLDER] [--show 5]

Harmless are photographs and scans that Python packages carry (faces and people among them), and pictures that
the illustrator draws of what tempts such a judge: bodies, skin, beaches, statues, babies, food, animals.
Nothing here should be refused; no package carries pictures that should be, so recall is not measured. Whoever
may keep such pictures can name folders of their own.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import cv2
import numpy as np
from skimage import data

from bench.variations import NAMES
from egaku.engines.base import Job, Pixels, Task
from egaku.engines.illustrator.engine import Illustrator, create
from egaku.imaging.decode import decode
from egaku.moderation.pictures import Mode, NudityJudge
from egaku.moderation.scores import Category, Policy, judge

SUBJECTS = (
    "a woman", "a man", "a baby", "a mermaid", "a ballet dancer", "a wrestler", "a statue", "a family",
    "two pigs", "a peach", "a naked mole rat", "chicken breasts", "a hot dog", "a banana", "a yoga teacher",
    "a marble statue of David", "裸の木", "海水浴をする人",
)  # fmt: skip
PLACES = (
    "on a beach at sunset", "in a bath", "swimming in the sea", "in the desert, oil painting",
    "watercolor portrait", "in a bikini by a pool", "in bed, anime style", "close-up photo",
    "pink background",
)  # fmt: skip
SIDE = 512
PICTURES = ("*.png", "*.jpg", "*.jpeg", "*.webp")
Picture = tuple[str, Pixels]


def drawings() -> Iterator[Picture]:
    """The illustrator's answers to every subject in every place."""
    engine = create()
    for subject, place in product(SUBJECTS, PLACES):
        yield f"{subject} {place}", draw(engine, f"{subject} {place}")


def draw(engine: Illustrator, prompt: str) -> Pixels:
    """What the illustrator makes of a prompt."""
    job = Job(task=Task.GENERATE, width=SIDE, height=SIDE, seed=zlib.crc32(prompt.encode()), prompt=prompt)
    batch = engine.start([job])
    while batch.progress < 1:
        engine.step(batch)
    return engine.finish(batch)[0].pixels


def photographs() -> Iterator[Picture]:
    """Those of scikit-image, and its hundred small faces, enlarged."""
    folder = Path(data.__file__).parent
    for name in NAMES:
        (path,) = [folder / f"{name}{end}" for end in (".png", ".jpg") if (folder / f"{name}{end}").exists()]
        yield name, opaque(np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)[..., ::-1])
    for number, face in enumerate(np.load(folder / "lfw_subset.npy")[:100]):
        large = cv2.resize((face * 255).astype(np.uint8), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        yield f"face {number}", opaque(np.repeat(large[..., None], 3, axis=-1))


def files(folder: Path) -> Iterator[Picture]:
    """Every picture in a folder of one's own."""
    for path in sorted(one for pattern in PICTURES for one in folder.rglob(pattern)):
        yield path.name, decode(path.read_bytes(), frozenset({"png", "jpeg", "webp"})).pixels


def opaque(rgb: Pixels) -> Pixels:
    """(H, W, 3) as (H, W, 4)."""
    return np.ascontiguousarray(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))


def report(title: str, pictures: Iterator[Picture], judge_of: NudityJudge, show: int) -> None:
    """Score them all; print how many each policy refuses, the highest scores and the time."""
    scored = []
    for name, pixels in pictures:
        begun = time.thread_time()
        scores = judge_of.image(pixels)
        scored.append((scores.values[Category.SEXUAL], time.thread_time() - begun, name, scores))
    count = len(scored)
    print(f"{title}: {count} pictures, {np.median([one[1] for one in scored]) * 1000:.0f} ms at the median")
    for policy in (Policy.STRICT, Policy.STANDARD, Policy.LOW):
        refused = sum(bool(judge(one[3], policy).flagged) for one in scored)
        print(f"  {policy:9} refuses {refused:4d} = {100 * refused / max(count, 1):5.1f} %")
    for value, _, name, _ in sorted(scored, key=lambda one: -one[0])[:show]:
        print(f"  {value:.3f}  {name}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.sight", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="one network instead of two")
    parser.add_argument("--harmless", type=Path, help="a folder of pictures that must pass")
    parser.add_argument("--flagged", type=Path, help="a folder of pictures that must be refused")
    parser.add_argument("--show", type=int, default=5, help="how many of the highest scores to name")
    options = parser.parse_args()
    begun = time.perf_counter()
    judge_of = NudityJudge(Mode.FAST if options.fast else Mode.ACCURATE)
    print(f"loaded in {time.perf_counter() - begun:.1f} s")
    report("Illustrator, harmless", drawings(), judge_of, options.show)
    report("Packaged photographs, harmless", photographs(), judge_of, options.show)
    for title, folder in (("Own, harmless", options.harmless), ("Own, to be refused", options.flagged)):
        if folder:
            report(title, files(folder), judge_of, options.show)


if __name__ == "__main__":
    main()
