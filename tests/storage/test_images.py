"""The image store: names nobody guesses or chooses, files whole or absent, deleted by age."""

from __future__ import annotations

import asyncio
import errno
import os
import re
from pathlib import Path

import pytest

from egaku.contract.errors import StorageFull, StorageUnavailable
from egaku.storage.images import NAME, SLICE, Kind, LocalImages, keep_by_kind, new_name
from egaku.storage.links import LinkSigner
from tests.storage.conftest import Clock

KEEP = 100


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> LocalImages:
    return LocalImages(tmp_path / "images", keep_by_kind(KEEP, 5 * KEEP), LinkSigner(b"s" * 32, 60), clock)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("extension", ["png", "jpeg", "webp"])
async def test_put_and_find(store: LocalImages, extension: str) -> None:
    name = await store.put(b"data", extension)
    assert re.fullmatch(rf"img-[A-Za-z0-9]{{24}}\.{extension}", name)
    path = await store.find(name)
    assert path is not None
    assert path.read_bytes() == b"data"


async def test_names_do_not_repeat(store: LocalImages) -> None:
    names = {await store.put(b"x", "png") for _ in range(300)}
    assert len({name.lower() for name in names}) == 300


async def test_delete(store: LocalImages, tmp_path: Path) -> None:
    name = await store.put(b"data", "png")
    assert await store.delete(name)
    assert await store.find(name) is None
    assert not await store.delete(name)
    assert files(tmp_path) == []


GOOD = "img-" + "a" * 24 + ".png"
STRANGE = [
    "", ".", "..", "/", "../egaku.db", "..\\egaku.db", "/etc/passwd", GOOD + "/", "./" + GOOD,
    "../aa/" + GOOD,
    GOOD + "\0", GOOD + "\n", "\n" + GOOD, GOOD.upper(), GOOD[:-4], GOOD[:-4] + ".tmp", GOOD[:-4] + ".svg",
    "img-" + "a" * 23 + ".png", "img-" + "a" * 25 + ".png", "img-" + "é" * 24 + ".png",
    "img-" + "٣" * 24 + ".png",
    "img-" + "a" * 23 + "/.png", "%2e%2e/" + GOOD, "img-" + "a" * 10_000 + ".png",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGE, ids=lambda name: ascii(name[:30]))
async def test_no_other_name_finds_anything(store: LocalImages, tmp_path: Path, name: str) -> None:
    (tmp_path / "egaku.db").write_bytes(b"canary")
    shelf = tmp_path / "images" / "aa"
    shelf.mkdir(parents=True)
    (shelf / GOOD).write_bytes(b"x")
    (shelf / (GOOD[:-4] + ".tmp")).write_bytes(b"x")
    assert await store.find(name) is None
    assert not await store.delete(name)
    assert len(files(tmp_path)) == 3


async def test_a_folder_of_a_pictures_name_is_no_picture(store: LocalImages, tmp_path: Path) -> None:
    (tmp_path / "images" / "aa" / GOOD).mkdir(parents=True)
    assert NAME.fullmatch(GOOD)
    assert await store.find(GOOD) is None


async def test_sweep_deletes_by_age(store: LocalImages, clock: Clock, tmp_path: Path) -> None:
    old, exact, young = [await store.put(b"x", "png") for _ in range(3)]
    for name, age in [(old, KEEP + 1), (exact, KEEP), (young, KEEP - 1)]:
        path = await store.find(name)
        assert path is not None
        os.utime(path, (clock.now - age,) * 2)
    assert await store.sweep() == 2
    assert [await store.find(name) is None for name in (old, exact, young)] == [True, True, False]
    assert len(files(tmp_path)) == 1
    assert await store.sweep() == 0


async def test_sweep_deletes_what_a_crash_left(store: LocalImages, clock: Clock, tmp_path: Path) -> None:
    name = await store.put(b"x", "png")
    half = await store.find(name)
    assert half is not None
    half = half.rename(half.with_suffix(".tmp"))
    os.utime(half, (clock.now, clock.now))
    assert await store.sweep() == 0
    clock.now += KEEP
    assert await store.sweep() == 1
    assert files(tmp_path) == []


async def test_sweep_of_an_empty_store(store: LocalImages, tmp_path: Path) -> None:
    (tmp_path / "images" / "stray.txt").write_bytes(b"x")
    assert await store.sweep() == 0


async def test_sweep_outlives_files_that_vanish_under_it(tmp_path: Path) -> None:
    """A write that ends between listing and looking renames its temporary file away."""
    folder = tmp_path / "images"

    def vanish_and_tell() -> float:
        """Asked for the time after a listing and before the first look."""
        for path in files(folder):
            path.unlink()
        return 4e9

    store = LocalImages(folder, keep_by_kind(KEEP, KEEP), LinkSigner(b"s" * 32, 60), vanish_and_tell)
    for _ in range(3):
        await store.put(b"x", "png")
    assert await store.sweep() == 0


async def test_a_failed_write_leaves_nothing(
    store: LocalImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the bytes are to reach it."""

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        await store.put(b"data", "png")
    assert files(tmp_path) == []


async def test_a_given_name_may_be_repeated(store: LocalImages, tmp_path: Path) -> None:
    name = new_name(Kind.JOB, "png")
    assert [await store.put(data, "png", name) for data in (b"first", b"second")] == [name, name]
    assert await store.read(name) == b"second"
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("name", ["../x.png", GOOD[:-4] + ".svg", "in-" + "a" * 24 + ".png"])
async def test_only_names_of_ours_may_be_given(store: LocalImages, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        await store.put(b"x", "png", name)
    assert files(tmp_path) == []


async def test_private_files_have_no_link(store: LocalImages) -> None:
    name = await store.put(b"upload", "bin", new_name(Kind.INPUT))
    assert await store.read(name) == b"upload"
    with pytest.raises(ValueError, match="link"):
        await store.link(name, "http://here")


async def test_links_are_signed(store: LocalImages) -> None:
    name = await store.put(b"x", "png")
    assert (await store.link(name, "http://here")).startswith(f"http://here/files/{name}?st=")


async def test_a_jobs_files_are_kept_longer(store: LocalImages, clock: Clock) -> None:
    names = {kind: await store.put(b"x", "png", new_name(kind, ending)) for kind, ending in ENDINGS.items()}
    for name in names.values():
        path = await store.find(name)
        assert path is not None
        os.utime(path, (clock.now, clock.now))
    clock.now += KEEP
    assert await store.sweep() == 1
    assert await store.read(names[Kind.ANSWER]) is None
    assert await store.read(names[Kind.JOB]) == await store.read(names[Kind.INPUT]) == b"x"
    clock.now += 10 * KEEP
    assert await store.sweep() == 2


ENDINGS = {Kind.ANSWER: "png", Kind.JOB: "webp", Kind.INPUT: "bin"}


async def test_size(store: LocalImages) -> None:
    assert await store.size() == (0, 0)
    await store.put(b"abc", "png")
    await store.put(b"defg", "png")
    assert await store.size() == (2, 7)


async def test_only_its_owner_may_read_it(store: LocalImages, tmp_path: Path) -> None:
    await store.put(b"x", "png")
    assert not [path for path in (tmp_path / "images").rglob("*") if path.stat().st_mode & 0o077]
    assert not (tmp_path / "images").stat().st_mode & 0o077


async def test_many_files_are_swept_in_slices(store: LocalImages, clock: Clock, tmp_path: Path) -> None:
    """More than one slice, and the event loop turns between them."""
    for _ in range(SLICE + 10):
        path = store._path(new_name(Kind.ANSWER, "png"))
        path.parent.mkdir(exist_ok=True)
        path.touch()
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    clock.now = 4e9
    assert await store.sweep() == SLICE + 10
    turning.cancel()
    assert turns > 4
    assert files(tmp_path) == []


async def test_check_leaves_nothing(store: LocalImages, tmp_path: Path) -> None:
    await store.check()
    assert files(tmp_path) == []


async def test_check_when_the_folder_is_gone(store: LocalImages, tmp_path: Path) -> None:
    (tmp_path / "images").rmdir()
    with pytest.raises(StorageUnavailable):
        await store.check()
