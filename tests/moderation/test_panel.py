"""Several judges as one: the highest score counts, a missing one is passed over only if that is asked for."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from egaku.imaging.pixels import Pixels
from egaku.moderation import panel as panel_module
from egaku.moderation.panel import JudgeDown, Panel
from egaku.moderation.scores import Category, Input, Scores


class Saying:
    """A judge of words that answers, waits or fails as told."""

    def __init__(self, name: str, value: float = 0.0, *, seconds: float | None = None) -> None:
        self.name, self.seconds = name, seconds
        self.reads = frozenset({Input.TEXT})
        self.is_loading = False
        self.value = value
        self.fault: BaseException | None = None
        self.hangs = False
        self.asked = 0
        self.was_asked = asyncio.Event()

    async def text(self, text: str) -> Scores:
        self.asked += 1
        self.was_asked.set()
        if self.hangs:
            await asyncio.Event().wait()
        if self.fault is not None:
            raise self.fault
        return Scores.read_from(Input.TEXT, {Category.HATE: self.value})

    async def image(self, pixels: Pixels) -> Scores:
        raise AssertionError("reads no pictures")

    async def close(self) -> None:
        pass


async def test_the_highest_score_counts() -> None:
    panel = Panel([Saying("a", 0.2), Saying("b", 0.7), Saying("c", 0.1)], fail_open=False)
    assert (await panel.text("x")).values == {Category.HATE: 0.7}


async def test_nobody_reads_pictures_and_nothing_is_scored() -> None:
    scores = await Panel([Saying("a")], fail_open=False).image(np.zeros((1, 1, 4), np.uint8))
    assert dict(scores.values) == {}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(JudgeDown("answer"), "answer"), (ZeroDivisionError("a secret"), "ZeroDivisionError")],
)
async def test_failing_closed(fault: Exception, reason: str) -> None:
    bad = Saying("b")
    bad.fault = fault
    counted: list[str] = []
    panel = Panel([Saying("a"), bad], fail_open=False, failed=counted.append)
    with pytest.raises(JudgeDown):
        await panel.text("x")
    health = panel.health()
    assert health["a"].down_since is None
    assert health["b"].down_since is not None
    assert health["b"].reason == reason
    assert counted == ["b"]


async def test_failing_open() -> None:
    bad = Saying("b")
    bad.fault = JudgeDown("answer")
    panel = Panel([Saying("a", 0.3), bad], fail_open=True)
    assert (await panel.text("x")).values == {Category.HATE: 0.3}
    assert panel.health()["b"].reason == "answer"


async def test_a_judge_that_hangs_is_given_up() -> None:
    bad = Saying("b", seconds=0.05)
    bad.hangs = True
    panel = Panel([bad], fail_open=False)
    with pytest.raises(JudgeDown):
        await panel.text("x")
    assert panel.health()["b"].reason == "timeout"


async def test_one_that_cannot_be_reached_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Saying("b")
    bad.fault = JudgeDown("unreachable", rests=True)
    panel = Panel([bad], fail_open=True)
    for _ in range(3):
        await panel.text("x")
    assert bad.asked == 1
    since = panel.health()["b"].down_since
    monkeypatch.setattr(panel_module, "REST_SECONDS", -1.0)
    panel.health()["b"].rest_until = 0
    await panel.text("x")
    assert bad.asked == 2
    assert panel.health()["b"].down_since == since
    bad.fault = None
    await panel.text("x")
    assert panel.health()["b"].down_since is None


async def test_one_strange_question_does_not_switch_a_judge_off() -> None:
    bad = Saying("b")
    bad.fault = ValueError()
    panel = Panel([bad], fail_open=False)
    for _ in range(2):
        with pytest.raises(JudgeDown):
            await panel.text("x")
    assert bad.asked == 2
    bad.fault = None
    await panel.text("x")
    assert panel.health()["b"].reason == ""


async def test_cancelling_is_no_failure() -> None:
    slow = Saying("a")
    slow.hangs = True
    panel = Panel([slow], fail_open=False)
    asking = asyncio.ensure_future(panel.text("x"))
    await slow.was_asked.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert panel.health()["a"].down_since is None


def test_only_kinds_of_failures_are_logged(capsys: pytest.CaptureFixture[str]) -> None:
    bad = Saying("b")
    bad.fault = ValueError("CANARY words")
    with pytest.raises(JudgeDown):
        asyncio.run(Panel([bad], fail_open=False).text("CANARY prompt"))
    out = "".join(capsys.readouterr())
    assert "ValueError" in out
    assert "CANARY" not in out
