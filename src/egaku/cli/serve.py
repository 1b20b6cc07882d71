"""`egaku serve`: the server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from egaku.cli.options import load_settings
from egaku.settings import DATABASE, Settings

KEEP_ALIVE_SECONDS = 75
STOP_SECONDS = 30
"""How long requests under way may still take when the server is told to stop."""

OPEN_BIND = """\
egaku: refusing to listen on {host} without keys: everybody who can reach this address could draw.
Choose one:
  egaku keys create NAME       make a key; clients then need it
  egaku serve --host 127.0.0.1 stay on this machine
  egaku serve --allow-anyone   go on without keys, for networks where everybody may draw"""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. [127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on. [8000]")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where pictures and records live.")] = None,
    public_url: Annotated[str | None, typer.Option(help="Base of picture links behind a proxy.")] = None,
    engine: Annotated[str | None, typer.Option(help="What draws. [illustrator]")] = None,
    workers: Annotated[int | None, typer.Option(help="Drawing processes. [one per core]")] = None,
    images_per_minute: Annotated[int | None, typer.Option(help="Per key. [50]")] = None,
    retention_seconds: Annotated[
        int | None, typer.Option(help="How long linked pictures stay on disk. [3600]")
    ] = None,
    allow_anyone: Annotated[
        bool | None, typer.Option("--allow-anyone", help="Listen beyond this machine without keys.")
    ] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error. [info]")] = None,
) -> None:
    """Serve the Image API. Every option is also a variable: --data-dir is EGAKU_DATA_DIR."""
    settings = load_settings(
        host=host,
        port=port,
        data_dir=data_dir,
        public_url=public_url,
        engine=engine,
        workers=workers,
        images_per_minute=images_per_minute,
        retention_seconds=retention_seconds,
        allow_anyone=allow_anyone,
        log_level=log_level,
    )
    import uvicorn

    from egaku.api.app import create_app
    from egaku.telemetry import configure_logging

    configure_logging(settings.log_level)
    if not (settings.is_loopback or settings.allow_anyone or asyncio.run(_has_keys(settings))):
        typer.echo(OPEN_BIND.format(host=settings.host), err=True)
        raise typer.Exit(2)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        # Trusting X-Forwarded-For from loopback would let any local client choose its own identity.
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    listening = config.bind_socket()
    address = f"http://{settings.host}:{listening.getsockname()[1]}"
    typer.echo(f"egaku draws on {address}  (data in {settings.data_dir})", err=True)
    uvicorn.Server(config).run([listening])


async def _has_keys(settings: Settings) -> bool:
    from egaku.storage.database import open_database
    from egaku.storage.keys import KeyStore

    database = await asyncio.to_thread(open_database, settings.data_path(DATABASE))
    try:
        return await KeyStore(database).any_exist()
    finally:
        await database.dispose()
