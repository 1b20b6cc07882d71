"""`egaku serve`: the server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from egaku.cli.options import load_settings, unknown_variables
from egaku.settings import Settings

OPEN_BIND = """\
egaku: refusing to listen on {host} without keys: everybody who can reach this address could draw.
Choose one:
  egaku keys create NAME       make a key; clients then need it
  egaku serve --host 127.0.0.1 stay on this machine
  egaku serve --allow-anyone   go on without keys, for networks where everybody may draw"""


def serve(
    config: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
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
    allowed_hosts: Annotated[
        str | None, typer.Option(help="Further host names answered to without keys, by comma.")
    ] = None,
    allowed_origins: Annotated[
        str | None, typer.Option(help="Origins whose web pages may call, by comma.")
    ] = None,
    trusted_proxies: Annotated[
        str | None, typer.Option(help="Reverse proxies whose X-Forwarded-For counts, by comma.")
    ] = None,
    allow_anyone: Annotated[
        bool | None, typer.Option("--allow-anyone", help="Listen beyond this machine without keys.")
    ] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error. [info]")] = None,
) -> None:
    """Serve the Image API. Every option is also a variable: --data-dir is EGAKU_DATA_DIR."""
    settings = load_settings(
        config=config,
        host=host,
        port=port,
        data_dir=data_dir,
        public_url=public_url,
        engine=engine,
        workers=workers,
        images_per_minute=images_per_minute,
        retention_seconds=retention_seconds,
        allowed_hosts=allowed_hosts,
        allowed_origins=allowed_origins,
        trusted_proxies=trusted_proxies,
        allow_anyone=allow_anyone,
        log_level=log_level,
    )
    for warning in unknown_variables():
        typer.echo(warning, err=True)
    from egaku.api.app import create_app
    from egaku.api.server import UnknownServer, create_server, raise_descriptor_limit
    from egaku.cli.records import check_bucket
    from egaku.telemetry import configure_logging

    configure_logging(settings.log_level)
    # Asked in any case: a database that cannot be used is better said here than from inside the server.
    has_keys = asyncio.run(_has_keys(settings))
    check_bucket(settings)
    settings.data_path("")  # wanted for link-secret and server-id even when the stores are elsewhere
    if not (settings.is_loopback or settings.allow_anyone or has_keys):
        typer.echo(OPEN_BIND.format(host=settings.host), err=True)
        raise typer.Exit(2)
    raise_descriptor_limit(settings.max_connections)
    try:
        server = create_server(create_app(settings), settings)
    except UnknownServer as error:
        typer.echo(f"egaku: {error}.", err=True)
        raise typer.Exit(1) from None
    try:
        listening = server.listen()
    except SystemExit:  # uvicorn has said why
        where = f"{settings.host}:{settings.port}"
        typer.echo(f"egaku: cannot listen on {where}. Another port: --port, or EGAKU_PORT.", err=True)
        raise typer.Exit(1) from None
    address = f"http://{settings.host}:{listening.getsockname()[1]}"
    typer.echo(f"egaku draws on {address}  (data in {settings.data_dir})", err=True)
    server.run([listening])
    if server.force_exit:
        raise typer.Exit(1)


async def _has_keys(settings: Settings) -> bool:
    from egaku.cli.records import with_database
    from egaku.storage.keys import KeyStore

    return await with_database(settings, lambda database: KeyStore(database).any_exist())
