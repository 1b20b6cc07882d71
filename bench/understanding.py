"""How much of what prompts say reaches the plan: `python bench/understanding.py [file …]`.

Reads annotated prompts (default: the four files beside this one) and prints recall of objects, counts,
colours, relations and settings, precision of objects, languages apart, speed, and with `--misses` every miss.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from egaku.engines.illustrator.plan import ScenePlan
from egaku.engines.illustrator.understand import understand

HERE = Path(__file__).parent
FILES = ("prompts", "held_out", "fresh", "unseen")
LANGUAGES = {"japanese": "Japanese", "other": "other languages"}
"""Categories of the files that are not in English."""


@dataclass(frozen=True)
class Annotated:
    """One line of a prompt file."""

    category: str
    prompt: str
    objects: list[tuple[str, int, str | None]]
    relations: list[str]
    slots: dict[str, str]


@dataclass
class Score:
    """Hits and wants per kind, and what was missed."""

    hits: Counter[str] = field(default_factory=Counter)
    wants: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def want(self, kind: str, hit: bool, note: str) -> None:
        """Count one annotation."""
        self.wants[kind] += 1
        self.hits[kind] += hit
        if not hit:
            self.misses.append(f"{kind}: {note}")


def read(path: Path) -> Iterator[Annotated]:
    """Prompts of a file with their category and annotations."""
    category = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            category = line[3:]
        if not line or line.startswith("#"):
            continue
        prompt, objects, relations, slots, *_ = [*line.split("\t"), "", "", ""]
        pairs = (part.partition("=") for part in _fields(slots))
        yield Annotated(
            category,
            prompt,
            [_object(text) for text in objects.split(";") if text.strip()],
            [text.strip() for text in relations.split(";") if text.strip()],
            {name: value for name, _, value in pairs},
        )


def _fields(slots: str) -> list[str]:
    """`style=oil painting time=night` → its two parts: values may hold spaces."""
    parts: list[str] = []
    for word in slots.split():
        if "=" in word:
            parts.append(word)
        elif parts:
            parts[-1] += f" {word}"
    return parts


def _object(text: str) -> tuple[str, int, str | None]:
    name, _, color = text.strip().partition(":")
    concept, _, count = name.partition("×")
    return concept, 0 if count == "n" else int(count or 1), color or None


def judge(item: Annotated, plan: ScenePlan, score: Score) -> None:
    """Compare one plan with its annotation. Each planned object answers to one annotated object only."""
    left = list(plan.objects)
    for concept, count, color in item.objects:
        fitting = [one for one in left if one.concept == concept]
        fitting.sort(key=lambda one: (one.color != color, one.count != count))
        score.want("objects", bool(fitting), f"{concept} in {item.prompt!r}")
        if not fitting:
            continue
        found = fitting[0]
        left.remove(found)
        if count:
            score.want(
                "counts", found.count == count, f"{concept}×{count}, got {found.count} in {item.prompt!r}"
            )
        if color is not None:
            score.want(
                "colours", found.color == color, f"{concept}:{color}, got {found.color} in {item.prompt!r}"
            )
    if item.objects:
        extra = [one.concept for one in left if not one.scenery]
        score.wants["precision"] += len(plan.objects)
        score.hits["precision"] += len(plan.objects) - len(extra)
        if extra:
            score.misses.append(f"extra: {', '.join(extra)} in {item.prompt!r}")
    said = {
        f"{plan.objects[link.subject].concept} {link.relation} {plan.objects[link.object].concept}"
        for link in plan.relations
    }
    for relation in item.relations:
        score.want("relations", relation in said, f"{relation}, got {sorted(said)} in {item.prompt!r}")
    for name, value in item.slots.items():
        got = getattr(plan if hasattr(plan, name) else plan.setting, name)
        score.want(
            "settings",
            value in got if name == "unknown" else got == value,
            f"{name}={value}, got {got} in {item.prompt!r}",
        )


def _print(title: str, score: Score) -> None:
    shown = "  ".join(
        f"{kind} {score.hits[kind]}/{score.wants[kind]} = {score.hits[kind] / score.wants[kind]:.1%}"
        for kind in ("objects", "counts", "colours", "relations", "settings", "precision")
        if score.wants[kind]
    )
    print(f"{title:<26} {shown}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[HERE / f"{name}.txt" for name in FILES])
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    understand("warm up 犬")
    understand("犬がいる")
    print(f"loading English and Japanese: {(time.perf_counter() - start) * 1000:.0f} ms")
    for path in options.files:
        scores = {"English": Score(), "Japanese": Score(), "other languages": Score()}
        times: list[float] = []
        for item in read(path):
            start = time.perf_counter()
            plan = understand(item.prompt)
            times.append((time.perf_counter() - start) * 1000)
            judge(item, plan, scores[LANGUAGES.get(item.category, "English")])
        for language, score in scores.items():
            if score.wants:
                _print(f"{path.name} {language}", score)
        print(f"{path.name}: median {statistics.median(times):.2f} ms, slowest {max(times):.2f} ms")
        if options.misses:
            print("\n".join(miss for score in scores.values() for miss in score.misses))


if __name__ == "__main__":
    main()
