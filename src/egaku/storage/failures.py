"""What a failing disk, database, bucket or counter means to a caller: one table.

    disk or database full                              507 storage_full
    read-only, no permission, I/O error, no descriptors,
    locked, refused, cut off, timed out                503 storage_unavailable, with Retry-After

Whatever is not in the table stays what it is: a bug must not be answered as a full disk.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
from collections.abc import Iterator

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from egaku.contract.errors import ApiError, StorageFull, StorageUnavailable

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
UNAVAILABLE = frozenset(
    {errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENODEV, errno.ENXIO, errno.ESTALE}
    | {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH}
)
"""Always the machine's or network's fault, wherever it is met."""
RETRY_SECONDS = {errno.EMFILE: 1, errno.ENFILE: 1}
DEFAULT_RETRY_SECONDS = 5
LOCKED_RETRY_SECONDS = 1

FULL_TEXTS = ("disk is full", "No space left", "could not extend file")
"""How SQLite and PostgreSQL put it; neither driver gives a class of its own to it."""
LOCKED_TEXTS = ("database is locked", "database table is locked")


class StoreUnusable(Exception):
    """The start cannot go on: the words say which store it is and what to do, without passwords."""


log = structlog.get_logger(__name__)


def as_api_error(error: BaseException) -> ApiError | None:
    """The answer to a store's failure; None when `error` is no such thing."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, DBAPIError | PoolTimeout):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in FULL:
        return StorageFull()
    if isinstance(error, OSError) and error.errno in UNAVAILABLE:
        return StorageUnavailable(RETRY_SECONDS.get(error.errno or 0, DEFAULT_RETRY_SECONDS))
    if _is_of_a_client(error):
        return StorageUnavailable(DEFAULT_RETRY_SECONDS)
    return None


@contextlib.contextmanager
def typed(store: str) -> Iterator[None]:
    """Failures of the store inside become typed ApiErrors; the log gets their kind, never their words.

    Inside, every OSError is the store's: a missing folder is an unmounted disk, a timeout its silence.
    """
    try:
        yield
    except ApiError:
        raise
    except Exception as error:
        answer = as_api_error(error)
        if answer is None and isinstance(error, OSError):
            answer = StorageUnavailable(DEFAULT_RETRY_SECONDS)
        if answer is None:
            raise
        log.error(  # noqa: TRY400  no values in logs
            "store failed", store=store, kind=type(error).__name__, errno=getattr(error, "errno", None)
        )
        raise answer from None


def _of_database(error: DBAPIError | PoolTimeout) -> ApiError | None:
    text = str(error.orig) if isinstance(error, DBAPIError) else ""
    if any(words in text for words in FULL_TEXTS):
        return StorageFull()
    if any(words in text for words in LOCKED_TEXTS):
        return StorageUnavailable(LOCKED_RETRY_SECONDS)
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or isinstance(error, PoolTimeout | OperationalError | InterfaceError):
        return StorageUnavailable(DEFAULT_RETRY_SECONDS)
    return None


CLIENT_ERRORS = {
    "obstore": ("obstore.exceptions", "BaseError"),
    "redis": ("redis.exceptions", "RedisError"),
    "asyncpg": ("asyncpg.exceptions", "PostgresConnectionError"),
}
"""Base errors of the optional clients, by their top package."""


def _is_of_a_client(error: BaseException) -> bool:
    """Looks classes up by the error's own module, so that no optional client is imported for it."""
    for kind in type(error).__mro__:
        entry = CLIENT_ERRORS.get(kind.__module__.partition(".")[0])
        if entry and isinstance(error, getattr(importlib.import_module(entry[0]), entry[1])):
            return True
    return False
