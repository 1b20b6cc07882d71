"""How well and how fast prompts are judged: `python -m bench.moderation [--part P] [--misses] [--speed]`.

Prints recall on violating and false alarms on innocent prompts of the labelled set's parts that are held out
(or the part named), per category and language, under the standard policy, and false alarms on the public
prompts of this folder. `--speed` prints times instead (one core: OPENBLAS_NUM_THREADS=1). What is held out
is for the end: whoever tunes on what `--misses` shows of it has no test left.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tools.moderation.phrases import LANGUAGES, PARTS, Labelled, read_labelled

from egaku.moderation.prompts import PromptJudge
from egaku.moderation.scores import Category, Policy, judge

HERE = Path(__file__).parent
HELD_OUT = ("test", "fresh", "direct", "last", "stranger")
CATEGORIES = (
    Category.SEXUAL,
    Category.SEXUAL_MINORS,
    Category.VIOLENCE,
    Category.VIOLENCE_GRAPHIC,
    Category.HATE,
    Category.SELF_HARM,
    Category.ILLICIT,
    Category.HARASSMENT,
)


def public_prompts() -> list[str]:
    """The prompts of this folder's other benchmarks: all innocent."""
    lines = [line for path in sorted(HERE.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [line.split("\t")[0] for line in lines if line and line[0] != "#"]


def share(hits: Iterable[bool]) -> str:
    """`hits/all (percent)`."""
    found = list(hits)
    return f"{sum(found)}/{len(found)} ({100 * sum(found) / max(len(found), 1):.1f} %)"


def table(prompts: list[Labelled], flagged: dict[str, tuple[Category, ...]]) -> None:
    """One row per category and language: refused, and refused for the right reason."""
    print(f"{'':22}{'language':10}{'refused':20}{'named rightly':20}")
    for category in CATEGORIES:
        for language in LANGUAGES:
            own = [p for p in prompts if category in p.labels and p.language == language]
            refused = share(bool(flagged[p.text]) for p in own)
            named = share(category in flagged[p.text] for p in own)
            print(f"{category:22}{language:10}{refused:20}{named:20}")
    groups = (("all violating", ("violating",)), ("innocent", ("plain", "trap")), ("traps", ("trap",)))
    for name, kinds in groups:
        for language in (*LANGUAGES, "both"):
            own = [p for p in prompts if p.kind in kinds and language in (p.language, "both")]
            print(f"{name:22}{language:10}{share(bool(flagged[p.text]) for p in own)}")


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Median time of one core, whoever else is busy."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def speed(prompts: list[str]) -> None:
    """Loading, memory, the median prompt and the longest ones; nothing from memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = PromptJudge()
    start = time.perf_counter()
    words.warm()
    print(f"load {time.perf_counter() - start:.2f} s", end=", ")
    print(f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB more at the peak")
    times = [milliseconds(partial(words.explain, prompt), 3) for prompt in prompts]
    ordered = sorted(times)
    late = ordered[int(len(times) * 0.95)]
    print(f"{len(times)} prompts: median {statistics.median(times):.1f} ms, p95 {late:.1f} ms")
    english = "an old fisherman mends nets in a quiet harbour at dusk, warm light, "
    for name, text in (
        ("English", english),
        ("Japanese", "夕暮れの静かな港で網を繕う年老いた漁師、柔らかい光、"),
        ("spaced", "n u d e  w o m a n "),
        ("one word", "a"),
    ):
        for length in (1000, 4000, 32000):
            numbered = "".join(f"{text}{i} " for i in range(length))[:length]
            took = milliseconds(partial(words.explain, numbered if len(text) > 1 else text * length), 3)
            print(f"{name:10}{length:6} characters {took:7.1f} ms")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    parts = (asked.part,) if asked.part else HELD_OUT
    if asked.speed:
        speed([prompt.text for prompt in read_labelled(parts[0])])
        return
    words = PromptJudge()
    for part in parts:
        prompts = list(read_labelled(part))
        flagged = {p.text: judge(words.text(p.text), Policy.STANDARD).flagged for p in prompts}
        print(f"{len(prompts)} labelled prompts of the {part} part")
        table(prompts, flagged)
        if asked.misses:
            for prompt in prompts:
                if bool(prompt.labels) != bool(flagged[prompt.text]):
                    print(
                        prompt.language, sorted(prompt.labels), "→", list(flagged[prompt.text]), prompt.text
                    )
    refused = [text for text in public_prompts() if judge(words.text(text), Policy.STANDARD).flagged]
    print(f"{'public prompts':32}{len(refused)}/{len(public_prompts())}")
    if asked.misses:
        print("\n".join(refused))


if __name__ == "__main__":
    main()
