"""Promise: whichever single call to the disk fails, nothing acknowledged is lost and nothing half stays.

A server's morning in one process: keys, pictures, recipes, a deletion, a sweep. It is run once for every call
it makes to the disk or to SQLite, that call failing with each of ENOSPC, EIO, EACCES and EMFILE. After each
run the stores are opened anew, as by a restart.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import ApiError
from egaku.storage.database import open_database, tidy_database
from egaku.storage.failures import as_api_error
from egaku.storage.images import Kind, LocalImages, keep_by_kind, new_name
from egaku.storage.keys import KeyStore
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import NewPicture, PictureStore
from egaku.storage.recipes import Recipe, RecipeStore
from egaku.storage.sweeper import Sweep, sweep
from egaku.storage.tables import pictures as picture_rows
from egaku.storage.tables import recipes as recipe_rows
from tests.faults import FaultyDisk
from tests.storage.conftest import Clock

CODES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE]
KEEP = 100
OWNER = "key_x"
PICTURE = b"picture" * 1000


class Server:
    """The stores of one run of a server."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.database: AsyncEngine = open_database(folder / "egaku.db")
        signer = LinkSigner(b"s" * 32, KEEP)
        self.images = LocalImages(folder / "images", keep_by_kind(KEEP, KEEP), signer, clock)
        self.pictures = PictureStore(self.database, KEEP, clock)
        self.recipes = RecipeStore(self.database, KEEP, clock)
        self.keys = KeyStore(self.database, clock)
        self.sweeps: dict[str, Sweep] = {
            "recipes": self.recipes.sweep,
            "pictures": partial(self.pictures.sweep, self.images.delete),
            "images": self.images.sweep,
            "pages": partial(tidy_database, self.database),
        }

    async def keep_picture(self) -> str:
        """As ImageService.keep: its row, then its file."""
        name = new_name(Kind.ANSWER, "png")
        await self.pictures.add(OWNER, [NewPicture(name, len(PICTURE))])
        return await self.images.put(PICTURE, "png", name)


class Morning:
    """What was asked of the server, and what it acknowledged."""

    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.deleted: list[str] = []
        self.secrets: list[str] = []
        self.untyped: list[str] = []

    async def run(self, server: Server) -> None:
        for number in range(2):
            await self._try(server.keys.create(f"{number}"), lambda made: self.secrets.append(made[0]))
            await self._try(server.keep_picture(), self.pictures.append)
            await self._try(
                server.recipes.put(OWNER, [Recipe("engine", f"{number}", "recipe")]), lambda _: None
            )
        for name in self.pictures[:1]:
            await self._try(server.images.delete(name), lambda _, name=name: self.deleted.append(name))
        await self._try(server.images.check(), lambda _: None)
        await sweep(server.sweeps)

    async def _try(self, work: Awaitable[object], note: Callable[..., None]) -> None:
        try:
            made = await work
        except (ApiError, SQLAlchemyError, OSError) as error:
            # What stores let through, the door must know.
            if as_api_error(error) is None:
                self.untyped.append(type(error).__name__)
        else:
            note(made)


async def broken_promises(folder: Path, morning: Morning, clock: Clock) -> list[str]:
    """What does not hold after a restart; then everything expires, and what remains."""
    server = Server(folder, clock)
    kept = [name for name in morning.pictures if name not in morning.deleted]
    broken = list(morning.untyped)
    broken += [f"lost {name}" for name in kept if await server.images.read(name) != PICTURE]
    broken += [f"not owned {name}" for name in kept if not await server.pictures.find(OWNER, name)]
    broken += ["undead" for name in morning.deleted if await server.images.read(name) is not None]
    broken += ["lost a key" for secret in morning.secrets if await server.keys.find(secret) is None]
    for path in (folder / "images").rglob("img-*.png"):
        if path.read_bytes() != PICTURE:
            broken.append("half a file")
    clock.now = 4e9
    gone = await sweep(server.sweeps)
    broken += [f"sweep of {name} failed" for name in server.sweeps if name not in gone]
    broken += [f"left over: {path.name}" for path in (folder / "images").rglob("*") if path.is_file()]
    async with server.database.connect() as connection:
        for table in (picture_rows, recipe_rows):
            if await connection.scalar(select(func.count()).select_from(table)):
                broken.append(f"orphans in {table.name}")
    await server.database.dispose()
    file = sqlite3.connect(folder / "egaku.db")
    verdict = file.execute("PRAGMA integrity_check").fetchone()[0]
    file.close()
    return broken if verdict == "ok" else [*broken, verdict]


async def yesterday(folder: Path) -> None:
    """What is past its time already, so that the sweep has work."""
    server = Server(folder, Clock(1e9))
    path = await server.images.find(await server.keep_picture())
    assert path is not None
    os.utime(path, (1e9, 1e9))
    await server.recipes.put(OWNER, [Recipe("engine", "old", "recipe")])
    await server.database.dispose()


async def one_run(
    folder: Path, empty: Path, fail_at: int, code: int
) -> tuple[FaultyDisk, Morning, list[str]]:
    """A morning in `folder` whose call number `fail_at` fails."""
    shutil.copytree(empty, folder)
    clock, morning = Clock(time.time()), Morning()
    server = Server(folder, clock)
    disk = FaultyDisk(folder, fail_at, code)
    with pytest.MonkeyPatch.context() as patch:
        disk.install(patch)
        await morning.run(server)
    await server.database.dispose()
    broken = await broken_promises(folder, morning, clock)
    shutil.rmtree(folder)
    return disk, morning, broken


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
async def test_the_kth_call_fails(
    tmp_path: Path, code: int, record_property: Callable[[str, object], None]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    await yesterday(empty)
    disk, morning, broken = await one_run(tmp_path / "0", empty, 0, code)
    assert broken == []
    assert (len(morning.pictures), len(morning.secrets), len(morning.deleted)) == (2, 2, 1)
    assert {"open", "write", "fsync", "replace", "unlink", "execute", "commit"} <= set(disk.calls)
    total, violations = disk.count, {}
    for k in range(1, total + 1):
        disk, morning, broken = await one_run(tmp_path / f"{k}", empty, k, code)
        assert disk.failed
        if broken:
            violations[k, disk.failed] = broken
    assert violations == {}
    record_property(f"{errno.errorcode[code]}: calls failed, each in a run of its own", total)
