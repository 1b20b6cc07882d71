"""Processes of a running server, as Linux lists them."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def worker_pids(server: int) -> list[int]:
    """Ids of the living drawing processes of the server with process id `server`."""
    tasks = Path(f"/proc/{server}/task").iterdir()
    children = [int(pid) for task in tasks for pid in _read(task / "children").split()]
    return [pid for pid in children if b"spawn_main" in _read(Path(f"/proc/{pid}/cmdline"))]


def kill_workers(server: int) -> None:
    """End them as the kernel does when memory runs out."""
    for pid in worker_pids(server):
        os.kill(pid, signal.SIGKILL)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a thread or process gone meanwhile; a zombie's command line is empty
        return b""
