"""The image store: names nobody guesses or chooses, files whole or absent, deleted by age."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from egaku.storage.images import NAME, ImageStore
from tests.storage.conftest import Clock

KEEP = 100


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> ImageStore:
    return ImageStore(tmp_path / "images", KEEP, clock)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("extension", ["png", "jpeg", "webp"])
def test_put_and_find(store: ImageStore, extension: str) -> None:
    name = store.put(b"data", extension)
    assert re.fullmatch(rf"img-[A-Za-z0-9]{{24}}\.{extension}", name)
    path = store.find(name)
    assert path is not None
    assert path.read_bytes() == b"data"


def test_names_do_not_repeat(store: ImageStore) -> None:
    names = {store.put(b"x", "png") for _ in range(300)}
    assert len({name.lower() for name in names}) == 300


def test_delete(store: ImageStore, tmp_path: Path) -> None:
    name = store.put(b"data", "png")
    assert store.delete(name)
    assert store.find(name) is None
    assert not store.delete(name)
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
def test_no_other_name_finds_anything(store: ImageStore, tmp_path: Path, name: str) -> None:
    (tmp_path / "egaku.db").write_bytes(b"canary")
    shelf = tmp_path / "images" / "aa"
    shelf.mkdir(parents=True)
    (shelf / GOOD).write_bytes(b"x")
    (shelf / (GOOD[:-4] + ".tmp")).write_bytes(b"x")
    assert store.find(name) is None
    assert not store.delete(name)
    assert len(files(tmp_path)) == 3


def test_a_folder_of_a_pictures_name_is_no_picture(store: ImageStore, tmp_path: Path) -> None:
    (tmp_path / "images" / "aa" / GOOD).mkdir(parents=True)
    assert NAME.fullmatch(GOOD)
    assert store.find(GOOD) is None


def test_sweep_deletes_by_age(store: ImageStore, clock: Clock, tmp_path: Path) -> None:
    old, exact, young = (store.put(b"x", "png") for _ in range(3))
    for name, age in [(old, KEEP + 1), (exact, KEEP), (young, KEEP - 1)]:
        path = store.find(name)
        assert path is not None
        os.utime(path, (clock.now - age,) * 2)
    assert store.sweep() == 2
    assert [store.find(name) is None for name in (old, exact, young)] == [True, True, False]
    assert len(files(tmp_path)) == 1
    assert store.sweep() == 0


def test_sweep_deletes_what_a_crash_left(store: ImageStore, clock: Clock, tmp_path: Path) -> None:
    name = store.put(b"x", "png")
    half = store.find(name)
    assert half is not None
    half = half.rename(half.with_suffix(".tmp"))
    os.utime(half, (clock.now, clock.now))
    assert store.sweep() == 0
    clock.now += KEEP
    assert store.sweep() == 1
    assert files(tmp_path) == []


def test_sweep_of_an_empty_store(store: ImageStore, tmp_path: Path) -> None:
    (tmp_path / "images" / "stray.txt").write_bytes(b"x")
    assert store.sweep() == 0


def test_sweep_outlives_files_that_vanish_under_it(
    store: ImageStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that ends between listing and looking renames its temporary file away."""
    names = [store.put(b"x", "png") for _ in range(3)]
    clock.now += 10 * 365 * 86_400
    real = os.scandir

    class Vanishing:
        """Lists a folder, then empties it before anybody looks."""

        def __init__(self, folder: Path) -> None:
            with real(folder) as entries:
                self.entries = list(entries)
            for entry in self.entries:
                Path(entry).unlink()

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", Vanishing)
    assert store.sweep() == 0
    assert all(store.find(name) is None for name in names)


def test_a_failed_write_leaves_nothing(
    store: ImageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full after half of the bytes."""
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        real(path, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"data", "png")
    assert files(tmp_path) == []
