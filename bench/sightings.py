"""How well an edit sees what is already there: hits and false alarms, by style and in photographs.

    python -m bench.sightings [--size 256]

Four things are drawn in their places in each style and cut at five eighths; each is then looked for where it
is, where the same place is empty, and two others are looked for beside it. In the photographs that
scikit-image's wheel carries, none of twelve things may be seen.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np

from bench.variations import sources
from egaku.engines.base import Job, Task
from egaku.engines.illustrator import passes
from egaku.engines.illustrator.edit.sight import sightings
from egaku.engines.illustrator.plan import ObjectPlan, ScenePlan, Setting

STYLES = (
    None, "oil painting", "watercolor", "ukiyo-e", "pixel art", "pencil", "low poly", "comic",
    "stained glass", "charcoal", "crayon", "neon",
)  # fmt: skip
THINGS = (("fox", "forest"), ("lighthouse", "sea"), ("camel", "desert"), ("elephant", "meadow"))
OTHERS = ("rabbit", "cow")
STRANGE = (
    "fox", "cat", "dog", "horse", "bird", "tree", "house", "car", "sailboat", "lighthouse", "penguin",
    "robot",
)  # fmt: skip


def plan(names: tuple[str, ...], place: str | None = None, style: str | None = None) -> ScenePlan:
    """A plan of these things by day."""
    things = tuple(ObjectPlan(concept=name, label=name) for name in names)
    setting = Setting(place=place, time="day" if place else None)
    return ScenePlan(prompt=" and ".join(names), objects=things, setting=setting, style=style)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=256)
    side = parser.parse_args().size
    hole = np.zeros((side, side), np.bool_)
    hole[:, 5 * side // 8 :] = True
    spent: list[float] = []

    def seen(scene: ScenePlan, asked: ScenePlan) -> set[str]:
        job = Job(task=Task.GENERATE, width=side, height=side, seed=5, prompt=scene.prompt)
        *_, picture = passes.generate(scene, job, np.random.default_rng([5, 0]))
        began = time.process_time()
        found = sightings(picture, hole, asked)
        spent.append(1000 * (time.process_time() - began))
        return {asked.objects[index].concept for index in found}

    hits = alarms = chances = 0
    for style in STYLES:
        missed = []
        for thing, place in THINGS:
            asked = plan((thing, *OTHERS), place, style)
            beside = seen(plan((thing,), place, style), asked)
            empty = seen(plan((), place, style), asked)
            hits += thing in beside
            missed += [] if thing in beside else [thing]
            alarms += len(beside - {thing}) + len(empty)
            chances += 2 * len(OTHERS) + 1
        print(f"{style or 'no style':16} missed: {', '.join(missed) or '-'}")
    print(f"seen: {hits} of {len(STYLES) * len(THINGS)}; false alarms: {alarms} of {chances}")
    alarms = 0
    photographs = sources(side)
    for name, picture in photographs.items():
        found = sightings(picture, hole, plan(STRANGE))
        alarms += len(found)
        if found:
            print(f"  {name}: {', '.join(STRANGE[index] for index in found)}")
    print(f"photographs: {alarms} false alarms of {len(STRANGE) * len(photographs)}")
    print(f"CPU ms for three things: median {np.median(spent):.0f}, most {max(spent):.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
