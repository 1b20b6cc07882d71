"""`egaku doctor`: is everything there that drawing and serving need?"""

from __future__ import annotations

import asyncio
import json
import platform
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from egaku import __version__
from egaku.cli.options import load_settings
from egaku.settings import DataDirUnusable, Settings

LOW_DISK = 500 * 2**20
"""Bytes; about 250 pictures of 1024 pixels."""


class Fault(Exception):
    """A check that failed, in words that say what to do."""


def doctor(
    data_dir: Annotated[Path | None, typer.Option(help="Where the server keeps its records.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check this machine. Data folder, memory, port, keys, and one picture really drawn."""
    from egaku.telemetry import configure_logging

    configure_logging("error")
    settings = load_settings(data_dir=data_dir)
    results = list(_results(settings))
    if as_json:
        typer.echo(json.dumps([{"check": name, "ok": ok, "detail": detail} for name, ok, detail in results]))
    else:
        for name, ok, detail in results:
            typer.echo(f"{'ok  ' if ok else 'FAIL'}  {name:<12} {detail}")
    if not all(ok for _, ok, _ in results):
        raise typer.Exit(1)


def _results(settings: Settings) -> Iterator[tuple[str, bool, str]]:
    from egaku.generation.workers import EngineUnusable
    from egaku.storage.failures import StoreUnusable

    for name, check in CHECKS.items():
        try:
            yield name, True, check(settings)
        except (Fault, DataDirUnusable, EngineUnusable, StoreUnusable, OSError, TimeoutError) as error:
            yield name, False, str(error) or type(error).__name__


def _versions(_: Settings) -> str:
    return f"egaku {__version__}, Python {platform.python_version()}, {platform.platform()}"


def _data(settings: Settings) -> str:
    folder = settings.data_path("")
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"egaku")
    free = shutil.disk_usage(folder).free
    if free < LOW_DISK:
        raise Fault(f"{folder}: only {free // 2**20} MiB free")
    return f"{folder}: writable, {free // 2**30} GiB free"


def _keys(settings: Settings) -> str:
    from egaku.storage.database import open_database
    from egaku.storage.keys import KeyStore

    async def main() -> int:
        database = await asyncio.to_thread(open_database, settings.database)
        try:
            return sum(key.revoked_at is None for key in await KeyStore(database).list())
        finally:
            await database.dispose()

    count = asyncio.run(main())
    return f"{count} in force" if count else "none: on loopback everybody may draw"


def _memory(_: Settings) -> str:
    from egaku.engines.base import Job, Task
    from egaku.generation.canvases import Canvas

    Canvas.create(Job(task=Task.GENERATE, width=1024, height=1024, seed=1), 0).close()
    return "shared memory works"


def _port(settings: Settings) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Fault(f"{settings.host}:{settings.port} cannot be bound: {error.strerror}") from None
    return f"{settings.host}:{settings.port} is free"


def _draws(settings: Settings) -> str:
    from egaku.engines.base import Job, Task
    from egaku.generation.workers import WorkerPool

    async def main() -> str:
        pool = WorkerPool(settings.engine, 1, 1, settings.draw_seconds)
        began = time.perf_counter()
        async with pool:
            info = await pool.wait_ready()
            ready = time.perf_counter()
            await pool.draw(Job(task=Task.GENERATE, width=256, height=256, seed=1, prompt="a red apple"))
            took = (time.perf_counter() - ready) * 1000
        return f"{info.name} ready in {ready - began:.1f} s, first picture of 256 pixels in {took:.0f} ms"

    return asyncio.run(main())


CHECKS: dict[str, Callable[[Settings], str]] = {
    "versions": _versions,
    "data": _data,
    "keys": _keys,
    "memory": _memory,
    "port": _port,
    "engine": _draws,
}
