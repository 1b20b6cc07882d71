"""Moderation as the walk sees it: verdicts by policy, bounded waiting, the settings' judges."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from egaku.contract.errors import Overloaded
from egaku.moderation.judges import BUSY, Moderation, _Room, open_moderation, second_judge
from egaku.moderation.local import LocalText
from egaku.moderation.panel import Panel
from egaku.moderation.remote import ChatJudge, ModerationEndpoint
from egaku.moderation.scores import Category, Input, Policy, Scores
from egaku.settings import Settings
from tests.moderation.answering import Answering, as_json
from tests.moderation.photographs import photograph


class Numbers:
    """Scores a text by the number it is."""

    def text(self, text: str) -> Scores:
        return Scores.read_from(Input.TEXT, {Category.VIOLENCE: float(text)})


def settings(tmp_path: Path, **more: Any) -> Settings:
    return Settings(data_dir=tmp_path, moderation_pictures="fast", **more)


async def test_prompts_get_a_verdict_by_policy(tmp_path: Path) -> None:
    counted: list[tuple[str, Sequence[str]]] = []
    async with open_moderation(
        settings(tmp_path), lambda *of: counted.append(of), words=Numbers
    ) as moderation:
        assert (await moderation.prompt("0.6", Policy.STANDARD)).flagged == (Category.VIOLENCE,)
        assert (await moderation.prompt("0.6", Policy.LOW)).flagged == ()
        assert (await moderation.prompt("1", Policy.OFF)).flagged == ()
        assert {name: one.down_since for name, one in moderation.health().items()} == {
            "words": None,
            "pictures": None,
        }
    assert counted == [("prompt", ("violence",)), ("prompt", ()), ("prompt", ())]


async def test_the_operators_thresholds_count(tmp_path: Path) -> None:
    own = settings(tmp_path, moderation_thresholds={"violence": 0.9})
    async with open_moderation(own, words=Numbers) as moderation:
        assert (await moderation.prompt("0.8", Policy.STANDARD)).flagged == ()
        assert (await moderation.prompt("0.9", Policy.STANDARD)).flagged == (Category.VIOLENCE,)


async def test_denied_phrases_are_refused_under_every_policy(tmp_path: Path) -> None:
    listed = tmp_path / "deny.txt"
    listed.write_text("0.1\n")
    async with open_moderation(settings(tmp_path, moderation_deny=listed), words=Numbers) as moderation:
        assert (await moderation.prompt("0.1", Policy.OFF)).flagged == (Category.ILLICIT,)
        assert (await moderation.prompt("0.2", Policy.OFF)).flagged == ()


async def test_the_judge_of_words_comes_with_the_installation(tmp_path: Path) -> None:
    async with open_moderation(settings(tmp_path)) as moderation:
        verdict = await moderation.prompt("a beheaded corpse lying in a pool of blood", Policy.STANDARD)
        assert Category.VIOLENCE_GRAPHIC in verdict.flagged
        assert (await moderation.prompt("木のテーブルの上の赤いりんご", Policy.STANDARD)).flagged == ()


async def test_pictures_are_judged(tmp_path: Path) -> None:
    counted: list[tuple[str, Sequence[str]]] = []
    async with open_moderation(
        settings(tmp_path), lambda *of: counted.append(of), words=Numbers
    ) as moderation:
        verdict = await moderation.picture(photograph("astronaut"), Policy.STANDARD)
        assert verdict.flagged == ()
        assert verdict.scores.applied == {Category.SEXUAL: frozenset({Input.IMAGE})}
        await moderation.picture(photograph("astronaut"), Policy.STANDARD, where="result")
        assert not (await moderation.picture(photograph("astronaut"), Policy.OFF)).scores.values
    assert counted == [("upload", ()), ("result", ())]


async def test_without_a_judge_of_pictures_nothing_is_scored(tmp_path: Path) -> None:
    off = Settings(data_dir=tmp_path, moderation_pictures="off")
    async with open_moderation(off, words=Numbers) as moderation:
        assert not (await moderation.picture(photograph("astronaut"), Policy.STRICT)).scores.values


async def test_texts_and_pictures_together(tmp_path: Path) -> None:
    async with open_moderation(settings(tmp_path), words=Numbers) as moderation:
        scores = await moderation.scores(["0.2", "0.4", "0.1"], [photograph("astronaut")])
    assert scores.values[Category.VIOLENCE] == 0.4
    assert scores.applied[Category.SEXUAL] == frozenset({Input.IMAGE})


async def test_judging_a_picture_lets_the_event_loop_turn(tmp_path: Path) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    accurate = Settings(data_dir=tmp_path)
    async with open_moderation(accurate, words=Numbers) as moderation:
        turning = asyncio.create_task(turn())
        await moderation.picture(photograph("astronaut"), Policy.STANDARD)
        turning.cancel()
    assert turns >= 10


async def test_a_judge_that_cannot_be_loaded_is_down(tmp_path: Path) -> None:
    def broken() -> Numbers:
        raise OSError("no weights")

    async with open_moderation(settings(tmp_path), words=broken) as moderation:
        with pytest.raises(Overloaded):
            await moderation.prompt("0", Policy.STANDARD)
        assert moderation.health()["words"].reason == "OSError"


async def test_a_question_waits_for_a_judge_that_loads(tmp_path: Path) -> None:
    go = threading.Event()

    def slow() -> Numbers:
        assert go.wait(60)
        return Numbers()

    async with open_moderation(settings(tmp_path), words=slow) as moderation:
        asking = asyncio.create_task(moderation.prompt("0", Policy.STANDARD))
        await moderation.picture(photograph("astronaut"), Policy.STANDARD)
        assert moderation.loading() == ["words"]
        assert not asking.done()
        go.set()
        await asking
        assert moderation.loading() == []


async def test_too_many_waiting_are_turned_away() -> None:
    go = threading.Event()

    class Slow(Numbers):
        def text(self, text: str) -> Scores:
            assert go.wait(60)
            return super().text(text)

    moderation = Moderation(Panel([LocalText("words", Slow)], fail_open=False))
    moderation._texts = _Room(2)
    waiting = [asyncio.create_task(moderation.prompt("0", Policy.STANDARD)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded) as caught:
        await moderation.prompt("0", Policy.STANDARD)
    assert caught.value.message == BUSY
    assert caught.value.headers["Retry-After"] == "5"
    go.set()
    await asyncio.gather(*waiting)
    assert (await moderation.prompt("0", Policy.STANDARD)).flagged == ()


def endpoint_says(score: float) -> object:
    one = {"flagged": False, "categories": {"hate": score >= 0.5}, "category_scores": {"hate": score}}
    return {"results": [one]}


async def test_a_second_judge_adds_to_the_first(tmp_path: Path) -> None:
    with Answering(lambda _: as_json(endpoint_says(0.7))) as server:
        own = settings(tmp_path, moderation_judge=f"{server.url}#guard", moderation_judge_key="sk-2")
        async with open_moderation(own, words=Numbers) as moderation:
            verdict = await moderation.prompt("0.6", Policy.STANDARD)
    assert verdict.flagged == (Category.HATE, Category.VIOLENCE)
    assert server.received[0].authorization == "Bearer sk-2"
    assert server.received[0].body["model"] == "guard"


@pytest.mark.parametrize("fail", ["closed", "open"])
async def test_a_second_judge_that_is_down(tmp_path: Path, fail: str) -> None:
    counted: list[tuple[str, Sequence[str]]] = []
    failures: list[str] = []
    with Answering(lambda _: (500, b"")) as server:
        own = settings(tmp_path, moderation_judge=server.url, moderation_fail=fail)
        async with open_moderation(
            own, lambda *of: counted.append(of), failures.append, words=Numbers
        ) as moderation:
            if fail == "open":
                assert (await moderation.prompt("0.6", Policy.STANDARD)).flagged == (Category.VIOLENCE,)
            else:
                with pytest.raises(Overloaded) as caught:
                    await moderation.prompt("0", Policy.STANDARD)
                assert caught.value.code == "moderation_unavailable"
                assert caught.value.headers["Retry-After"]
            health = moderation.health()["second"]
    assert health.reason == "status"
    assert health.down_since is not None
    assert failures == ["second"]
    assert counted == ([("prompt", ("violence",))] if fail == "open" else [])


async def test_addresses_of_second_judges(tmp_path: Path) -> None:
    judge = await second_judge(settings(tmp_path, moderation_judge="http://127.0.0.1:9/v1"))
    assert isinstance(judge, ModerationEndpoint)
    await judge.close()
    judge = await second_judge(settings(tmp_path, moderation_judge="chat:https://127.0.0.1:9/v1#a/b:c"))
    assert isinstance(judge, ChatJudge)
    assert judge._model == "a/b:c"
    await judge.close()


@pytest.mark.parametrize(
    "address",
    ["chat:http://127.0.0.1/v1", "ftp://x/v1#m", "guard", "http://", "http://x/v1?key=1", "chat:hf:x#m"],
)
async def test_wrong_addresses_stop_the_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match="moderation_judge must be"):
        await second_judge(settings(tmp_path, moderation_judge=address))
