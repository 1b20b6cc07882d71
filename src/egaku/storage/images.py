"""Where picture files live: the interface, and the store on local disk (S3 is in `buckets`).

Files are written whole or not at all, named by chance, and deleted by age. A name's first letters say what
kind of file it is; the kind decides how long it is kept and whether a link to it can be made.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Protocol

from egaku.storage.failures import typed
from egaku.storage.keys import random_text
from egaku.storage.links import LinkSigner

FILES_PATH = "/files/"
TEMPORARY = ".tmp"
SLICE = 100
"""Files looked at per call into a thread. With 10^5 files the event loop then waits for 20 ms, not 150."""


class Kind(StrEnum):
    """What a stored file is for."""

    ANSWER = "img"
    """A picture behind a link in an answer."""
    JOB = "job"
    """A picture of a background job."""
    INPUT = "in"
    """An upload that a background job needs: private, no link to it can be made."""


NAME = re.compile(
    r"(?P<kind>img|job)-[A-Za-z0-9]{24}\.(?P<extension>png|jpeg|webp)|(?P<input>in)-[A-Za-z0-9]{24}\.bin"
)
"""The only names that exist; 24 base62 characters are 142 bits, so none can be guessed."""


def new_name(kind: Kind, extension: str = "bin") -> str:
    """A name nobody can guess: `img-….png`, `job-….webp`, `in-….bin`."""
    return f"{kind}-{random_text(24)}.{extension}"


def keep_by_kind(answers: int, jobs: int) -> dict[Kind, int]:
    """Seconds each kind is kept: `answers` from when it was drawn, `jobs` from when the job ended.

    A job's files are deleted with its records. The time here is for what no record knows any more, and long
    enough for a job that waited as long as it is kept.
    """
    return {Kind.ANSWER: answers, Kind.JOB: 2 * jobs, Kind.INPUT: 2 * jobs}


def kind_of(name: str) -> Kind | None:
    """What `name` names, or None when it is none of ours."""
    match = NAME.fullmatch(name)
    return Kind(match["kind"] or match["input"]) if match else None


def linkable(name: str) -> bool:
    """True when a link to it may be made."""
    return kind_of(name) in {Kind.ANSWER, Kind.JOB}


class ImageStore(Protocol):
    """Files by name. Every method raises StorageUnavailable or StorageFull (both ApiError) when it cannot."""

    async def put(self, data: bytes, extension: str, name: str | None = None) -> str:
        """Store one file; its name. With a `name` of `new_name` it may be repeated: the last one counts."""

    async def read(self, name: str) -> bytes | None:
        """The whole file, or None."""

    async def find(self, name: str) -> Path | None:
        """The file on this machine's disk, or None when there is none here."""

    async def link(self, name: str, base_url: str) -> str:
        """Where anybody may read the picture for the links' lifetime. ValueError for a private name."""

    async def delete(self, name: str) -> bool:
        """Remove one file; False when it was known to be absent."""

    async def sweep(self) -> int:
        """Delete what is past its time; how many files."""

    async def size(self) -> tuple[int, int]:
        """How many files there are, and their bytes together."""

    async def check(self) -> None:
        """Raise what `put` would raise if the store is not usable now."""


class LocalImages:
    """A folder of pictures. Every name is made here; no byte of a client's file name reaches a path.

    A file is synchronised with the disk before it gets its name: after kill -9 or a power cut it is whole or
    absent. (Its folder is not: a power cut can lose the newest files, as it can the database's newest rows.)
    """

    def __init__(
        self,
        folder: Path,
        keep_seconds: Mapping[Kind, int],
        signer: LinkSigner,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._keep = keep_seconds
        self._signer = signer
        self._now = now
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def put(self, data: bytes, extension: str, name: str | None = None) -> str:
        """See ImageStore."""
        name = new_name(Kind.ANSWER, extension) if name is None else name
        path = self._path(name)
        with typed("pictures"):
            await asyncio.to_thread(_shelve, path, data)
        return name

    async def read(self, name: str) -> bytes | None:
        """See ImageStore."""
        path = await self.find(name)
        if path is None:
            return None
        with typed("pictures"):
            return await asyncio.to_thread(_read, path)

    async def find(self, name: str) -> Path | None:
        """See ImageStore. Anything but a name we could have made is None."""
        if kind_of(name) is None:
            return None
        path = self._path(name)
        with typed("pictures"):
            return path if await asyncio.to_thread(path.is_file) else None

    async def link(self, name: str, base_url: str) -> str:
        """See ImageStore: `base_url`/files/… signed."""
        if not linkable(name):
            raise ValueError("no link can be made to that")
        return base_url + self._signer.sign(FILES_PATH + name)

    async def delete(self, name: str) -> bool:
        """See ImageStore."""
        if kind_of(name) is None:
            return False
        with typed("pictures"):
            return await asyncio.to_thread(_unlink, self._path(name))

    async def sweep(self) -> int:
        """See ImageStore. Also deletes writes that a crash left half done."""
        gone = 0
        with typed("pictures"):
            files = _files(self._folder)
            while part := await asyncio.to_thread(lambda: list(islice(files, SLICE))):
                gone += await asyncio.to_thread(self._sweep_part, part)
        return gone

    async def size(self) -> tuple[int, int]:
        """See ImageStore."""
        count = total = 0
        with typed("pictures"):
            files = _files(self._folder)
            while part := await asyncio.to_thread(lambda: list(islice(files, SLICE))):
                count += len(part)
                total += await asyncio.to_thread(_bytes_of, part)
        return count, total

    async def check(self) -> None:
        """See ImageStore: writes and deletes a small file."""
        probe = self._folder / f"probe-{random_text(8)}{TEMPORARY}"
        with typed("pictures"):
            await asyncio.to_thread(_probe, probe)

    def _sweep_part(self, paths: list[Path]) -> int:
        now = self._now()
        return sum(_delete_if_older(path, now - self._keep_of(path.name)) for path in paths)

    def _keep_of(self, name: str) -> int:
        kind = kind_of(name)
        # What is no picture is a write under way, or one that a crash ended.
        return self._keep[kind] if kind else min(self._keep.values())

    def _path(self, name: str) -> Path:
        kind = kind_of(name)
        if kind is None:
            raise ValueError("not a name of this store")
        # Two characters of the name spread the files over folders that stay small.
        start = len(kind) + 1
        return self._folder / name[start : start + 2].lower() / name


def _shelve(path: Path, data: bytes) -> None:
    # The store's own folder is not made again: it may be a disk that is not mounted.
    path.parent.mkdir(exist_ok=True, mode=0o700)
    _write(path, data)


def _write(path: Path, data: bytes) -> None:
    """All of it under its name, or nothing."""
    temporary = path.with_name(f"{path.stem}-{random_text(6)}{TEMPORARY}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        # The disk that refused the write may refuse this too; then the sweeper has it later.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _probe(path: Path) -> None:
    _write(path, b"egaku")
    path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    """Every file on every shelf, and probes that a crash left beside them."""
    with os.scandir(folder) as shelves:
        for shelf in shelves:
            if shelf.is_dir(follow_symlinks=False):
                with os.scandir(shelf) as entries:
                    yield from (Path(entry) for entry in entries)
            elif shelf.name.endswith(TEMPORARY):
                yield Path(shelf)


def _bytes_of(paths: list[Path]) -> int:
    total = 0
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def _delete_if_older(path: Path, oldest: float) -> bool:
    """True when this call deleted it."""
    try:
        if path.stat().st_mtime > oldest:
            return False
        path.unlink()
    except FileNotFoundError:
        # A write that just ended has renamed its temporary file.
        return False
    return True
