"""One drawing process as the server sees it: start it, write to it, hear what it says, end it."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler

from egaku.generation import worker
from egaku.generation.messages import Message, Order, hang_up, send_descriptors

STOP_SECONDS = 2.0
"""A process that ignores its closed pipe this long is ended by signal."""
BIG_MESSAGE = 64 * 1024
"""Bytes that the pipe's buffer takes at once for sure; more could keep the writer waiting."""

Hear = Callable[[Message | None], None]
"""Called on the event loop with each message; with None when the process is gone."""

_starting = threading.Lock()
"""multiprocessing keeps its list of children without a lock of its own."""


class Process:
    """A worker and its pipe. Ends with `end`, which must be awaited once."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self.exit_code: int | None = None
        """Known once it has ended; negative: the signal that ended it."""

    @classmethod
    async def start(cls, engine: str, hear: Hear) -> Process:
        """A new process that loads `engine`. Raises OSError when the machine has none to give."""
        loop = asyncio.get_running_loop()

        def tell(message: Message | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server has ended
                loop.call_soon_threadsafe(hear, message)

        return await asyncio.to_thread(cls._start, engine, tell)

    @classmethod
    def _start(cls, engine: str, tell: Hear) -> Process:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        try:
            child = context.Process(
                target=worker.run, args=(theirs, engine), name=f"egaku-{engine}", daemon=True
            )
            with _starting:
                child.start()
            listener = threading.Thread(
                target=_listen, args=(ours, tell), name=f"listens to {child.name}", daemon=True
            )
            listener.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return cls(child, ours)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    async def send(self, order: Order, descriptors: Sequence[int] = ()) -> None:
        """Write an order; one at a time. A process that is gone is heard of elsewhere."""
        data = ForkingPickler.dumps(order)

        def write() -> None:
            with contextlib.suppress(OSError):
                self._connection.send_bytes(data)
                send_descriptors(self._connection, descriptors)

        if len(data) > BIG_MESSAGE:
            await asyncio.to_thread(write)
        else:
            write()

    def kill(self) -> None:
        """End it now. Its pipe is cut as well: a process stuck in a driver may outlive the signal."""
        self._process.kill()
        with contextlib.suppress(OSError):
            hang_up(self._connection)

    async def end(self) -> None:
        """Close the pipe, wait for the process to go, make it go."""
        with contextlib.suppress(OSError):
            hang_up(self._connection)
        await asyncio.to_thread(self._join)
        self._connection.close()

    def _join(self) -> None:
        self._process.join(STOP_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(STOP_SECONDS)
        self.exit_code = self._process.exitcode
        if self.exit_code is not None:
            with _starting:
                self._process.close()


def _listen(connection: Connection, tell: Hear) -> None:
    """A thread per process: pass its messages on until its pipe closes."""
    try:
        while True:
            tell(connection.recv())
    except (EOFError, OSError, TypeError):  # TypeError: the connection was closed while reading
        pass
    finally:
        tell(None)
