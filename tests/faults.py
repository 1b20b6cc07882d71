"""Lets the k-th call to the disk fail: opening, writing, synchronising, renaming, deleting, listing, SQL.

The calls are those of this process below one folder, and statements and commits of SQLite. A failing write
has written half of its bytes, as a disk that fills up does.
"""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

PATH_CALLS = ("open", "replace", "unlink", "mkdir", "scandir", "stat")
SQLITE_WORDS = {
    errno.ENOSPC: "database or disk is full",
    errno.EIO: "disk I/O error",
    errno.EACCES: "attempt to write a readonly database",
    errno.EMFILE: "unable to open database file",
}
"""How SQLite reports the same."""


class FaultyDisk:
    """Counts calls, and fails number `fail_at` (from 1) with `code`. 0 fails none."""

    def __init__(self, folder: Path, fail_at: int, code: int) -> None:
        self._folder = os.fspath(folder)
        self._fail_at = fail_at
        self._code = code
        self.calls: Counter[str] = Counter()
        self.failed: str | None = None

    @property
    def count(self) -> int:
        """Calls so far."""
        return self.calls.total()

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Until `patch` is undone."""
        for name in PATH_CALLS:
            patch.setattr(os, name, self._on_path(name, getattr(os, name)))
        patch.setattr(io, "open", self._on_path("read", io.open))
        patch.setattr(os, "fdopen", self._fdopen)
        patch.setattr(os, "fsync", self._fsync(os.fsync))
        patch.setattr(aiosqlite.Cursor, "execute", self._on_sql("execute", aiosqlite.Cursor.execute))
        patch.setattr(aiosqlite.Cursor, "executemany", self._on_sql("execute", aiosqlite.Cursor.executemany))
        patch.setattr(aiosqlite.Connection, "commit", self._on_sql("commit", aiosqlite.Connection.commit))

    def fails_now(self, name: str) -> bool:
        """Count one call; True when it is the one to fail."""
        self.calls[name] += 1
        if self.count != self._fail_at:
            return False
        self.failed = name
        return True

    def error(self) -> OSError:
        return OSError(self._code, os.strerror(self._code))

    def _on_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **options: Any) -> Any:
            below = isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._folder)
            if below and self.fails_now(name):
                raise self.error()
            return real(path, *args, **options)

        return call

    def _fdopen(self, descriptor: int, mode: str) -> io.BufferedWriter:
        return _Writer(self, io.FileIO(descriptor, mode))

    def _fsync(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def call(descriptor: int) -> None:
            if self.fails_now("fsync"):
                raise self.error()
            real(descriptor)

        return call

    def _on_sql(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: Any, **options: Any) -> Any:
            if self.fails_now(name):
                raise sqlite3.OperationalError(SQLITE_WORDS[self._code])
            return await real(*args, **options)

        return call


class _Writer(io.BufferedWriter):
    """A file whose writing may fail half-way."""

    def __init__(self, disk: FaultyDisk, raw: io.FileIO) -> None:
        super().__init__(raw)
        self._disk = disk

    def write(self, data: Any) -> int:
        if self._disk.fails_now("write"):
            super().write(data[: len(data) // 2])
            raise self._disk.error()
        return super().write(data)
