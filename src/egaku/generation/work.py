"""A request under way: who asked, the jobs it became, and what is known of its pictures."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from egaku.contract.dialects import Operation
from egaku.contract.requests import ImageRequest
from egaku.contract.sizes import Size
from egaku.engines.base import Job, Task
from egaku.generation.sources import Source
from egaku.moderation.scores import Policy
from egaku.storage.recipes import Recipe

TASKS = {
    Operation.GENERATIONS: Task.GENERATE,
    Operation.EDITS: Task.EDIT,
    Operation.VARIATIONS: Task.VARY,
}

DEFAULT_SIZE = Size(1024, 1024)
RANDOM_SEEDS = 2**32
"""Seeds chosen here are short enough to be typed again."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which address they see this server."""

    owner: str
    """Key id, or the client's address where no keys are needed."""
    base_url: str
    """Absolute, without a trailing slash."""
    policy: str = Policy.STANDARD
    """How much moderation refuses them: the key's policy, or the server's."""
    request_id: str = ""


@dataclass(slots=True)
class Timing:
    """Seconds spent per stage, summed over the request's pictures. For logs and `bench/overhead`."""

    moderate: float = 0.0
    """Words, uploads and results judged."""
    decode: float = 0.0
    engine: float = 0.0
    hand_over: float = 0.0
    """Waiting for a worker, and pixels there and back."""
    encode: float = 0.0
    record: float = 0.0
    """Recipes and picture rows in the database."""
    store: float = 0.0
    body: float = 0.0

    def stages(self) -> dict[str, float]:
        """By name, in order."""
        return asdict(self)


@dataclass(slots=True)
class Work:
    """A request under way."""

    request: ImageRequest
    caller: Caller
    jobs: Sequence[Job]
    source: Source | None
    patient: bool = False
    """Background work: waits any time, because its own queue is bounded."""
    timing: Timing = field(default_factory=Timing)
    withheld: int = 0
    """Pictures that moderation keeps back while the others go out."""

    @property
    def seed(self) -> int:
        """The caller's, or the one chosen here."""
        return self.jobs[0].seed

    @property
    def size(self) -> Size:
        """Of the pictures delivered."""
        return Size(self.jobs[0].width, self.jobs[0].height)


@dataclass(frozen=True, slots=True)
class Done:
    """One finished picture as a file."""

    file: bytes
    opaque: bool
    revised_prompt: str | None = None
    recipe: Recipe | None = None
    """How the engine made it, if it can use that later."""


def choose_seed(request: ImageRequest) -> int:
    """The caller's seed, or a random one."""
    return secrets.randbelow(RANDOM_SEEDS) if request.seed is None else request.seed


def jobs_of(request: ImageRequest, source: Source | None, recipe: str | None = None) -> list[Job]:
    """One job per picture asked for, with a seed chosen where the caller gave none."""
    size = source.size if source else request.size or DEFAULT_SIZE
    first = Job(
        task=TASKS[request.operation],
        width=size.width,
        height=size.height,
        seed=choose_seed(request),
        prompt=request.prompt,
        quality=request.quality,
        style=request.style,
        background=request.background,
        image=source.pixels if source else None,
        hole=source.hole if source else None,
        strength=request.strength,
        recipe=recipe,
    )
    return [replace(first, index=index) for index in range(request.n)]
