"""`egaku keys create | list | revoke`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from egaku.cli.options import load_settings
from egaku.settings import DATABASE

if TYPE_CHECKING:
    from egaku.storage.keys import KeyStore

keys = typer.Typer(help="API keys: make, list, revoke.", no_args_is_help=True)

DataDir = Annotated[Path | None, typer.Option(help="Where the server keeps its records.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

T = TypeVar("T")


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, for your own records.")] = "default",
    images_per_minute: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="This key's own limit.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    secret, key = _run(data_dir, lambda store: store.create(name, images_per_minute))
    if as_json:
        typer.echo(json.dumps({"key": secret, **asdict(key)}))
    else:
        typer.echo(secret)
        typer.echo(f"{key.id} for {name}. Keep it: it is not shown again.", err=True)


@keys.command("list")
def list_keys(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List all keys, without their secrets."""
    found = _run(data_dir, lambda store: store.list())
    if as_json:
        typer.echo(json.dumps([asdict(key) for key in found]))
        return
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(Column("id", no_wrap=True), "name", "ends in", "images/min", "made", "revoked")
    for key in found:
        limit = str(key.images_per_minute or "default")
        table.add_row(key.id, key.name, key.hint, limit, _day(key.created_at), _day(key.revoked_at))
    Console().print(table)


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Its id, as `egaku keys list` shows it, or the key itself.")],
    data_dir: DataDir = None,
) -> None:
    """End a key at once, on running servers too."""
    revoked = _run(data_dir, lambda store: store.revoke(key))
    if revoked is None:
        typer.echo("egaku: no such key in force", err=True)
        raise typer.Exit(1)
    typer.echo(f"{revoked} revoked", err=True)


def _run(data_dir: Path | None, use: Callable[[KeyStore], Awaitable[T]]) -> T:
    from egaku.storage.database import open_database
    from egaku.storage.keys import KeyStore

    settings = load_settings(data_dir=data_dir)

    async def main() -> T:
        database = await asyncio.to_thread(open_database, settings.data_path(DATABASE))
        try:
            return await use(KeyStore(database))
        finally:
            await database.dispose()

    return asyncio.run(main())


def _day(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M") if seconds else ""
