"""Moderation as the request's walk sees it: one question for words, one for pictures, a verdict each.

Who is asked is decided by the settings: the judges that come with the installation, always, and one more of
the operator's, whose scores are added to theirs: the higher counts.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from egaku.contract.errors import Overloaded
from egaku.imaging.pixels import Pixels
from egaku.moderation.huggingface import HuggingFaceJudge
from egaku.moderation.lists import PhraseLists, read_list
from egaku.moderation.local import LocalImage, LocalText
from egaku.moderation.minors import minor_cue
from egaku.moderation.normalize import readings
from egaku.moderation.panel import AsyncJudge, Health, JudgeDown, Panel
from egaku.moderation.pictures import Mode, NudityJudge
from egaku.moderation.prompts import PromptJudge
from egaku.moderation.remote import DEFAULT_MODEL, ChatJudge, ModerationEndpoint
from egaku.moderation.scores import Category, Input, Policy, Scores, TextJudge, Verdict, judge
from egaku.settings import Settings

WAITING_TEXTS, WAITING_PICTURES = 256, 32
"""Questions being answered or waiting; more are refused. A text takes milliseconds, a picture 0.2 s."""
RETRY_SECONDS = 5

UNJUDGED = (
    "The content of this request could not be judged, because a part of the moderation is not available. "
    "Please try again later."
)
BUSY = "Too many requests are waiting to be moderated. Please try again later."


Counted = Callable[[str, Sequence[str]], None]
"""Told of every decision: where (`prompt`, `upload`, `result`) and what was refused. No words, no pixels."""


def nobody_counts(where: str, flagged: Sequence[str]) -> None:
    """For those without metrics."""


class Moderation:
    """All of it.

    Args:
        panel: The judges.
        overrides: The operator's own thresholds.
        counted: Told of every decision.
        denies: Whether a text holds a phrase that the operator wants refused under every policy; None if
            there are no such phrases. May take a while: it is asked in a thread.
    """

    def __init__(
        self,
        panel: Panel,
        overrides: Mapping[Category, float] | None = None,
        counted: Counted = nobody_counts,
        denies: Callable[[str], bool] | None = None,
    ) -> None:
        self._panel = panel
        self._overrides = dict(overrides or {})
        self._counted = counted
        self._denies = denies
        self._texts, self._pictures = _Room(WAITING_TEXTS), _Room(WAITING_PICTURES)

    async def prompt(self, text: str, policy: Policy, where: str = "prompt") -> Verdict:
        """Judge a text. Raises Overloaded: too many wait, or a judge is down and that closes the door.

        A denied phrase has no category of its own in the API: it is refused as `illicit`. Under `off` only
        what speaks of minors is judged: nothing else could be refused.
        """
        with self._texts.place():
            denied = self._denies is not None and await asyncio.to_thread(self._denies, text)
            if policy is Policy.OFF and not await asyncio.to_thread(_speaks_of_minors, text):
                scores = Scores()
            else:
                scores = await self._scores(self._panel.text(text))
        return self._decide(scores, policy, where, (Category.ILLICIT,) if denied else ())

    async def picture(self, pixels: Pixels, policy: Policy, where: str = "upload") -> Verdict:
        """Judge a picture (H, W, 4), likewise. Under `off` nobody looks: nothing could be refused."""
        if policy is Policy.OFF:
            return Verdict((), Scores())
        with self._pictures.place():
            return self._decide(await self._scores(self._panel.image(pixels)), policy, where)

    async def scores(self, texts: Sequence[str], pictures: Sequence[Pixels]) -> Scores:
        """Scores of texts and pictures together, the highest of each category. Raises Overloaded."""
        found = Scores()
        for text in texts:
            with self._texts.place():
                found = found.combine(await self._scores(self._panel.text(text)))
        for pixels in pictures:
            with self._pictures.place():
                found = found.combine(await self._scores(self._panel.image(pixels)))
        return found

    def verdict(self, scores: Scores, policy: Policy) -> Verdict:
        """What a policy makes of scores."""
        return judge(scores, policy, self._overrides)

    def loading(self) -> list[str]:
        """Names of judges that are not there yet: a question for them waits."""
        return self._panel.loading()

    def health(self) -> dict[str, Health]:
        """How each judge was when last asked."""
        return self._panel.health()

    async def _scores(self, asking: Awaitable[Scores]) -> Scores:
        try:
            return await asking
        except JudgeDown:
            raise Overloaded(
                UNJUDGED, code="moderation_unavailable", headers={"Retry-After": str(RETRY_SECONDS)}
            ) from None

    def _decide(
        self, scores: Scores, policy: Policy, where: str, denied: tuple[Category, ...] = ()
    ) -> Verdict:
        flagged = dict.fromkeys((*self.verdict(scores, policy).flagged, *denied))
        verdict = Verdict(tuple(flagged), scores)
        self._counted(where, verdict.flagged)
        return verdict


class _Room:
    """Bounds how many questions wait."""

    def __init__(self, places: int) -> None:
        self._free = places

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """Take one for as long as the `with` block lasts. Raises Overloaded when there is none."""
        if not self._free:
            raise Overloaded(BUSY, code="moderation_busy", headers={"Retry-After": str(RETRY_SECONDS)})
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


@contextlib.asynccontextmanager
async def open_moderation(
    settings: Settings,
    counted: Counted = nobody_counts,
    failed: Callable[[str], None] = lambda _: None,
    words: Callable[[], TextJudge] | None = None,
) -> AsyncIterator[Moderation]:
    """Begin to load the judges the settings ask for, in threads of their own; let go of them at the end.

    One that cannot be loaded is down.

    Args:
        settings: Those called `moderation…`.
        counted: Told of every decision.
        failed: Told the name of a judge each time it cannot be asked.
        words: Loads another judge of words than the one that comes with the installation.

    Raises:
        ValueError: the second judge's setting, or its model, is none.
        RuntimeError, OSError: the Hugging Face model cannot be loaded, or a list of phrases not read.
    """
    lists = await asyncio.to_thread(_lists, settings)
    # Under `off` it is seldom asked.
    lazily = settings.moderation == Policy.OFF
    judges: list[AsyncJudge] = [LocalText("words", words or partial(_words, lists), lazily=lazily)]
    if settings.moderation_pictures != "off":
        # Lazily: it takes 240 MB, and many a server never sees an upload.
        look = partial(NudityJudge, Mode(settings.moderation_pictures))
        judges.append(LocalImage("pictures", look, lazily=True))
    if settings.moderation_judge:
        judges.append(await second_judge(settings))
    panel = Panel(judges, fail_open=settings.moderation_fail == "open", failed=failed)
    overrides = {Category(name): value for name, value in settings.moderation_thresholds.items()}
    try:
        yield Moderation(panel, overrides, counted, lists.denies if lists.deny else None)
    finally:
        await panel.close()


def _lists(settings: Settings) -> PhraseLists:
    allow, deny = (
        read_list(f"@{path}") if path else ()
        for path in (settings.moderation_allow, settings.moderation_deny)
    )
    return PhraseLists.of(allow, deny)


def _speaks_of_minors(text: str) -> bool:
    return any(minor_cue(reading) > 0 for reading in readings(text))


def builtin_words(settings: Settings) -> PromptJudge:
    """The judge of words that comes with the installation, with the operator's lists. Raises OSError."""
    return PromptJudge(_lists(settings))


def _words(lists: PhraseLists) -> TextJudge:
    judge_of_words = PromptJudge(lists)
    judge_of_words.warm()
    return judge_of_words


async def second_judge(settings: Settings) -> AsyncJudge:
    """The judge that `moderation_judge` names; a Hugging Face model is loaded first."""
    address, seconds = settings.moderation_judge or "", settings.moderation_judge_seconds
    if address.startswith("hf:"):
        model = await asyncio.to_thread(HuggingFaceJudge, address.removeprefix("hf:"))
        if model.reads is Input.TEXT:
            return LocalText("second", lambda: model, seconds)
        return LocalImage("second", lambda: model, seconds)
    is_chat = address.startswith("chat:")
    base, _, name = address.removeprefix("chat:").partition("#")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or (is_chat and not name):
        raise ValueError(
            "moderation_judge must be hf:DIRECTORY, http(s)://HOST/v1, http(s)://HOST/v1#MODEL or "
            "chat:http(s)://HOST/v1#MODEL"
        )
    key = settings.moderation_judge_key.get_secret_value() if settings.moderation_judge_key else None
    judge_of = ChatJudge if is_chat else ModerationEndpoint
    return judge_of("second", base, name or DEFAULT_MODEL, key=key, seconds=seconds)
