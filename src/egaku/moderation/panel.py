"""Several judges asked as one: the highest score counts, and one that cannot answer is not passed over.

A judge that cannot be reached is left alone for a few seconds, so that an endpoint that is down costs every
request an error, not a wait. One that fails at a single question is asked the next: nobody shall be able to
switch it off with a strange picture. The kind of failure is kept for health checks; the question is not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import structlog

from egaku.imaging.pixels import Pixels
from egaku.moderation.scores import Input, Scores

REST_SECONDS = 5.0
"""How long a judge that failed is not asked."""

log = structlog.get_logger(__name__)


class JudgeDown(Exception):
    """A judge cannot be asked, or its answer makes no sense.

    `reason` is a fixed word of ours; `rests` says that the next question would fare no better.
    """

    def __init__(self, reason: str, *, rests: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.rests = rests


class AsyncJudge(Protocol):
    """Whoever is asked. Raises JudgeDown; anything else is taken as its own fault, too."""

    name: str
    reads: frozenset[Input]
    seconds: float | None
    """How long it may take; None for those that compute here and cannot hang."""

    @property
    def is_loading(self) -> bool: ...

    async def text(self, text: str) -> Scores: ...
    async def image(self, pixels: Pixels) -> Scores: ...
    async def close(self) -> None: ...


@dataclass(slots=True)
class Health:
    """How a judge is."""

    down_since: float | None = None
    """Unix time of the first failure in a row; None when it answers."""
    reason: str = ""
    """Why: `timeout`, `unreachable`, `status`, `answer`, or a kind of exception."""
    rest_until: float = 0.0
    """On the monotonic clock."""

    def failed(self, reason: str, *, rests: bool) -> None:
        """It could not be asked just now."""
        self.down_since = self.down_since or time.time()
        self.reason = reason
        if rests:
            self.rest_until = time.monotonic() + REST_SECONDS

    def answered(self) -> None:
        """It is well."""
        self.down_since, self.reason, self.rest_until = None, "", 0.0


class Panel:
    """All judges of a server.

    Args:
        judges: Asked at the same time.
        fail_open: Go on without a judge that is down, as long as another one answers.
        failed: Told the name of a judge each time it fails.
    """

    def __init__(
        self,
        judges: Sequence[AsyncJudge],
        *,
        fail_open: bool,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._judges = tuple(judges)
        self._fail_open = fail_open
        self._failed = failed
        self._health = {judge.name: Health() for judge in judges}

    async def text(self, text: str) -> Scores:
        """Scores of a text. Raises JudgeDown unless failing open."""
        return await self._ask(Input.TEXT, lambda judge: judge.text(text))

    async def image(self, pixels: Pixels) -> Scores:
        """Scores of a picture (H, W, 4), likewise. Nothing is scored when nobody reads pictures."""
        return await self._ask(Input.IMAGE, lambda judge: judge.image(pixels))

    def loading(self) -> list[str]:
        """Names of judges that are not there yet: a question for them waits."""
        return [judge.name for judge in self._judges if judge.is_loading]

    def health(self) -> dict[str, Health]:
        """How each judge was when last asked."""
        return dict(self._health)

    async def close(self) -> None:
        """Let go of connections and threads."""
        for judge in self._judges:
            await judge.close()

    async def _ask(self, kind: Input, ask: Callable[[AsyncJudge], Awaitable[Scores]]) -> Scores:
        asked = [judge for judge in self._judges if kind in judge.reads]
        answers = await asyncio.gather(*(self._one(judge, partial(ask, judge)) for judge in asked))
        if None in answers and not self._fail_open:
            raise JudgeDown("closed")
        scores = Scores()
        for answer in answers:
            scores = scores if answer is None else scores.combine(answer)
        return scores

    async def _one(self, judge: AsyncJudge, ask: Callable[[], Awaitable[Scores]]) -> Scores | None:
        health = self._health[judge.name]
        if time.monotonic() < health.rest_until:
            return None
        try:
            async with asyncio.timeout(judge.seconds):
                scores = await ask()
        except TimeoutError:
            self._note(judge, "timeout", rests=True)
        except JudgeDown as down:
            self._note(judge, down.reason, rests=down.rests)
        except Exception as error:  # noqa: BLE001  a stranger's model may raise anything, with words in it
            self._note(judge, type(error).__name__, rests=False)
        else:
            health.answered()
            return scores
        return None

    def _note(self, judge: AsyncJudge, reason: str, *, rests: bool) -> None:
        self._health[judge.name].failed(reason, rests=rests)
        self._failed(judge.name)
        log.warning("a moderation judge is down", judge=judge.name, reason=reason)
