"""What a failing store means to a caller: full, away for now, or a bug that must stay one."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from egaku.contract.errors import ApiError, NotFound, StorageFull, StorageUnavailable
from egaku.storage.failures import as_api_error, typed
from egaku.storage.keys import KeyStore


def of_sqlite(words: str) -> OperationalError:
    return OperationalError("INSERT INTO keys", {}, sqlite3.OperationalError(words))


def os_error(code: int) -> OSError:
    return OSError(code, os.strerror(code))


FULL = [
    os_error(errno.ENOSPC),
    os_error(errno.EDQUOT),
    os_error(errno.EFBIG),
    of_sqlite("database or disk is full"),
]
AWAY = [
    os_error(errno.EROFS),
    os_error(errno.EIO),
    os_error(errno.EMFILE),
    os_error(errno.ECONNREFUSED),
    of_sqlite("database is locked"),
    of_sqlite("attempt to write a readonly database"),
    of_sqlite("unable to open database file"),
    of_sqlite("disk I/O error"),
    PoolTimeout("QueuePool limit"),
]
BUGS = [
    ValueError("x"),
    FileNotFoundError(errno.ENOENT, "x"),
    PermissionError(errno.EACCES, "x"),
    TimeoutError(),
    IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")),
    ProgrammingError("SELECT", {}, sqlite3.ProgrammingError("syntax")),
]


@pytest.mark.parametrize("error", FULL, ids=repr)
def test_full(error: Exception) -> None:
    answer = as_api_error(error)
    assert isinstance(answer, StorageFull)
    assert (answer.status, answer.code, answer.type) == (507, "storage_full", "server_error")
    assert answer.headers == {"X-Should-Retry": "false"}


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_away(error: Exception) -> None:
    answer = as_api_error(error)
    assert isinstance(answer, StorageUnavailable)
    assert (answer.status, answer.code, answer.type) == (503, "storage_unavailable", "server_error")
    assert 1 <= int(answer.headers["Retry-After"]) <= 5


@pytest.mark.parametrize("error", BUGS, ids=repr)
def test_a_bug_stays_one(error: Exception) -> None:
    assert as_api_error(error) is None


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOENT, errno.ENOTDIR, errno.EPERM])
def test_inside_a_store_every_system_error_is_the_stores(code: int) -> None:
    with pytest.raises(StorageUnavailable), typed("pictures"):
        raise os_error(code)


def test_what_is_typed_already_passes() -> None:
    error = NotFound("no such")
    with pytest.raises(NotFound) as caught, typed("pictures"):
        raise error
    assert caught.value is error
    with pytest.raises(KeyError), typed("pictures"):
        raise KeyError


def test_neither_answer_nor_log_repeats_the_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ApiError) as caught, typed("pictures"):
        raise OSError(errno.EIO, "canary", "/home/canary")
    captured = capsys.readouterr()
    assert "canary" not in captured.out + captured.err + caught.value.body().decode()
    assert "store failed" in captured.out + captured.err
    assert caught.value.__cause__ is None


async def test_of_a_real_database(database: AsyncEngine, tmp_path: Path) -> None:
    """A file that cannot grow any more."""
    async with database.connect() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count={pages}"))
        await connection.commit()

    async def fill() -> None:
        for number in range(1000):
            await KeyStore(database).create(f"{number}" * 50)

    with pytest.raises(StorageFull), typed("records"):
        await fill()
