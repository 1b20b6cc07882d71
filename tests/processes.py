"""Processes of a running server, as Linux lists them."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def worker_pids(server: int) -> list[int]:
    """Ids of the living drawing processes of the server with process id `server`."""
    tasks = Path(f"/proc/{server}/task").iterdir()
    children = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return [pid for pid in children if b"spawn_main" in _command(pid)]


def kill_workers(server: int) -> None:
    """End them as the kernel does when memory runs out."""
    for pid in worker_pids(server):
        os.kill(pid, signal.SIGKILL)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # gone meanwhile; a zombie's command line is empty
        return b""
