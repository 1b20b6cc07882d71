"""Judges that compute here: loaded once, in a thread of their own, and asked there in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from egaku.imaging.pixels import Pixels
from egaku.moderation.panel import JudgeDown
from egaku.moderation.scores import ImageJudge, Input, Scores, TextJudge

T = TypeVar("T")


class _Local(Generic[T]):
    """One thread: judging is a core's whole work, and the other cores draw."""

    reads: frozenset[Input]

    def __init__(
        self, name: str, load: Callable[[], T], seconds: float | None = None, *, lazily: bool = False
    ) -> None:
        self.name, self.seconds = name, seconds
        self._load = load
        self._judge: T | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"judge-{name}")
        self._loading: Future[T] | None = None if lazily else self._thread.submit(self._loaded)

    @property
    def is_loading(self) -> bool:
        """True while a question would wait for it to load; never before a lazy one is first asked."""
        return self._loading is not None and not self._loading.done()

    async def close(self) -> None:
        """Take nothing more on."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self, ask: Callable[[T], Scores]) -> Scores:
        return await asyncio.wrap_future(self._thread.submit(lambda: ask(self._loaded())))

    def _loaded(self) -> T:
        """In the thread: the judge, loaded by whoever needs it first; what failed is tried again."""
        if self._judge is None:
            self._judge = self._load()
        return self._judge


class LocalText(_Local[TextJudge]):
    """Reads words."""

    reads = frozenset({Input.TEXT})

    async def text(self, text: str) -> Scores:
        return await self._run(lambda judge: judge.text(text))

    async def image(self, pixels: Pixels) -> Scores:
        raise JudgeDown("pictures")


class LocalImage(_Local[ImageJudge]):
    """Looks at pictures."""

    reads = frozenset({Input.IMAGE})

    async def text(self, text: str) -> Scores:
        raise JudgeDown("words")

    async def image(self, pixels: Pixels) -> Scores:
        return await self._run(lambda judge: judge.image(pixels))
