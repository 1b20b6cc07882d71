"""What server and worker say to each other over the pipe. Small objects; pixels lie in shared memory.

Behind each `Draw` follow the descriptors of its parts' blocks, one per part, in order (SCM_RIGHTS, unix(7)).
"""

from __future__ import annotations

import array
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from egaku.engines.base import EngineInfo, Job
from egaku.generation.canvases import Layout


@dataclass(frozen=True, slots=True)
class Part:
    """One job of a batch. It travels without its pixels, which lie in the block of `layout`."""

    number: int
    job: Job
    layout: Layout


@dataclass(frozen=True, slots=True)
class Draw:
    """Server → worker: draw these together; while others are under way, let them join."""

    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Server → worker: drop job `number` at the next step."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Worker → server: the engine is loaded."""

    info: EngineInfo


@dataclass(frozen=True, slots=True)
class Unusable:
    """Worker → server: the engine cannot be loaded here, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one job is, 0 … 1; `slot` names a preview just put down, or is None."""

    number: int
    done: float
    slot: int | None


@dataclass(frozen=True, slots=True)
class Stepped:
    """Worker → server: one step done, of all jobs of the batch."""

    seconds: float
    parts: Sequence[Progress]


@dataclass(frozen=True, slots=True)
class Finished:
    """Worker → server: the picture lies in slot 0."""

    number: int
    revised_prompt: str | None
    recipe: str | None
    seconds: float
    """What the engine took, without waiting and handing over."""
    together: int
    """Most jobs that were drawn at the same time as this one, itself included."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Worker → server: the engine raised, and these jobs are no longer under way."""

    numbers: Sequence[int]
    together: int
    """How many jobs may have been to blame: 1 when it was this one for sure."""
    kind: str
    where: Sequence[str]
    """A traceback's lines without any values."""
    memory: bool
    """True when it ran out of memory."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Worker → server: cancelled, as asked."""

    number: int


Order = Draw | Cancel
Message = Ready | Unusable | Stepped | Finished | Failed | Dropped


def send_descriptors(connection: Connection, descriptors: Sequence[int]) -> None:
    """Send open files to the other side, one with each byte: a message may carry only so many."""
    with _socket(connection) as end:
        for descriptor in descriptors:
            rights = array.array("i", [descriptor])
            end.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


def receive_descriptors(connection: Connection, count: int) -> list[int]:
    """Take that many descriptors. Raises EOFError when the other side is gone."""
    found: list[int] = []
    with _socket(connection) as end:
        while len(found) < count:
            data, descriptors, _, _ = socket.recv_fds(end, 1, 1)
            if not data:
                raise EOFError
            found += descriptors
    return found


def hang_up(connection: Connection) -> None:
    """End a pipe for good. Closing it would not: the thread that reads it keeps it open for the worker."""
    with _socket(connection) as end:
        end.shutdown(socket.SHUT_RDWR)


def _socket(connection: Connection) -> socket.socket:
    return socket.socket(fileno=os.dup(connection.fileno()))
