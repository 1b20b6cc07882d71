"""Answers by key: one server answers, everybody else gets that answer or waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import StorageUnavailable
from egaku.storage import replies
from egaku.storage.images import LocalImages, keep_by_kind
from egaku.storage.links import LinkSigner
from egaku.storage.replies import INLINE_BYTES, Reply, ReplyStore
from egaku.storage.servers import LEASE_SECONDS, ServerStore
from tests.storage.conftest import Clock

KEEP = 1000
OK = Reply(200, {"x-egaku-seed": "1"}, b'{"created":1}')
LARGE = Reply(200, {}, b"x" * (INLINE_BYTES + 1))

MakeStore = Callable[[str], ReplyStore]


@pytest.fixture
def make(database: AsyncEngine, clock: Clock, tmp_path: Path) -> MakeStore:
    images = LocalImages(tmp_path / "images", keep_by_kind(KEEP, KEEP), LinkSigner(b"s" * 32, 9), clock)
    return lambda identity: ReplyStore(database, images, identity, KEEP, clock)


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "images").rglob("*") if path.is_file()]


@pytest.mark.parametrize("reply", [OK, LARGE], ids=["small", "large"])
async def test_given_once_and_kept(make: MakeStore, reply: Reply, tmp_path: Path, clock: Clock) -> None:
    store = make("srv_1")
    assert (await store.claim("me", "k", "r")).mine
    assert await store.finish("me", "k", reply)
    again = await store.claim("me", "k", "r")
    assert (again.mine, again.reply) == (False, reply)
    assert len(files(tmp_path)) == (1 if reply is LARGE else 0)
    clock.now += KEEP
    assert await store.sweep() == 1
    assert files(tmp_path) == []
    assert (await store.claim("me", "k", "r")).mine


async def test_expired_before_the_sweeper_came(make: MakeStore, clock: Clock) -> None:
    store = make("srv_1")
    await store.claim("me", "k", "r")
    await store.finish("me", "k", OK)
    clock.now += KEEP
    assert (await store.claim("me", "k", "other")).mine


async def test_another_request_under_the_same_key(make: MakeStore) -> None:
    store = make("srv_1")
    await store.claim("me", "k", "r")
    assert not (await store.claim("me", "k", "other")).same_request
    await store.finish("me", "k", OK)
    claim = await store.claim("me", "k", "other")
    assert (claim.mine, claim.same_request, claim.reply) == (False, False, None)
    assert (await store.claim("you", "k", "other")).mine


async def test_released_keys_start_afresh(make: MakeStore) -> None:
    store = make("srv_1")
    await store.claim("me", "k", "r")
    await store.release("me", "k")
    assert (await store.claim("me", "k", "other")).mine
    await store.finish("me", "k", OK)
    await store.release("me", "k")
    assert (await store.claim("me", "k", "other")).reply == OK


async def test_what_a_crash_left_in_our_own_name_is_taken_up_at_once(make: MakeStore) -> None:
    await make("srv_1").claim("me", "k", "r")
    assert (await make("srv_1").claim("me", "k", "r")).mine


async def test_a_living_servers_claim_is_respected_and_a_dead_ones_taken(
    make: MakeStore, database: AsyncEngine, clock: Clock
) -> None:
    await ServerStore(database, "srv_1", clock).beat()
    first, second = make("srv_1"), make("srv_2")
    await first.claim("me", "k", "r")
    assert not (await second.claim("me", "k", "r")).mine
    clock.now += LEASE_SECONDS
    assert (await second.claim("me", "k", "r")).mine
    assert not await first.finish("me", "k", LARGE)
    assert await second.finish("me", "k", OK)
    assert (await first.claim("me", "k", "r")).reply == OK


async def test_one_of_many_servers_gets_it(make: MakeStore, database: AsyncEngine, clock: Clock) -> None:
    servers = [f"srv_{i}" for i in range(20)]
    for server in servers:
        await ServerStore(database, server, clock).beat()
    claims = await asyncio.gather(*(make(server).claim("me", "k", "r") for server in servers))
    assert sum(claim.mine for claim in claims) == 1


async def test_an_answer_whose_file_is_gone_is_none(make: MakeStore, tmp_path: Path) -> None:
    store = make("srv_1")
    await store.claim("me", "k", "r")
    await store.finish("me", "k", LARGE)
    files(tmp_path)[0].unlink()
    assert (await store.claim("me", "k", "r")).mine


async def test_the_oldest_make_room(
    make: MakeStore, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "KEPT_BYTES", 2 * len(LARGE.body))
    store = make("srv_1")
    for key in "abcd":
        clock.now += 1
        await store.claim("me", key, "r")
        await store.finish("me", key, LARGE)
    assert await store.sweep() == 2
    assert len(files(tmp_path)) == 2
    assert (await store.claim("me", "d", "r")).reply == LARGE
    assert (await store.claim("me", "a", "r")).mine


@pytest.mark.parametrize("words", [b"words", LARGE.body], ids=["small", "large"])
async def test_an_answer_about_what_is_gone_is_replaced(
    make: MakeStore, words: bytes, tmp_path: Path
) -> None:
    store = make("srv_1")
    gone = Reply(404, {}, b'{"error":{}}')
    for key, where in (("k", "http://here/v1/jobs/job_1"), ("l", "http://here/v1/jobs/job_2")):
        await store.claim("me", key, "r")
        await store.finish("me", key, Reply(202, {"location": where}, words))
    before = files(tmp_path)
    assert await store.replace("other", "/v1/jobs/job_1", gone) == 0
    assert await store.replace("me", "/v1/jobs/job_1", gone) == 1
    assert len(files(tmp_path)) == len(before) // 2
    assert (await store.claim("me", "k", "r")).reply == gone
    kept = (await store.claim("me", "l", "r")).reply
    assert kept is not None
    assert kept.body == words


async def test_replaced_though_its_file_cannot_be_deleted_now(
    make: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> bool:
        raise StorageUnavailable(1)

    store = make("srv_1")
    await store.claim("me", "k", "r")
    await store.finish("me", "k", Reply(202, {"location": "/v1/jobs/job_1"}, LARGE.body))
    monkeypatch.setattr(LocalImages, "delete", refuse)
    assert await store.replace("me", "/v1/jobs/job_1", OK) == 1
    assert (await store.claim("me", "k", "r")).reply == OK
