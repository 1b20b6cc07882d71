"""`egaku keys create | update | list | revoke`."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from egaku.cli.options import load_settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from egaku.contract.keys import KeyFields
    from egaku.storage.keys import Key, KeyStore

keys = typer.Typer(help="API keys: make, change, list, revoke.", no_args_is_help=True)

DataDir = Annotated[Path | None, typer.Option(help="Where the server keeps its records.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FIELDS: dict[str, tuple[type, str]] = {
    "images_per_minute": (int, "Images per minute, its own limit."),
    "images_per_day": (int, "Images per UTC day."),
    "images_per_month": (int, "Images per UTC month."),
    "max_concurrent": (int, "Images under way at once."),
    "models": (str, "Models it may ask for, with commas between."),
    "organization": (str, "Its organisation, sent as openai-organization."),
    "user": (str, "Whose it is; usage can be grouped by it."),
    "moderation": (str, "strict, standard, low or off."),
}
"""What a key can be told besides its name: an option each, of every command that tells it."""

T = TypeVar("T")


def tells_a_key(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each of FIELDS; it gets those that were given as `fields`."""

    def with_options(**given: object) -> None:
        fields = {name: given.pop(name) for name in FIELDS}
        command(**given, fields={name: value for name, value in fields.items() if value is not None})

    own = inspect.signature(command, eval_str=True)
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(kind, text))
        for name, (kind, text) in FIELDS.items()
    ]
    kept = [one for name, one in own.parameters.items() if name != "fields"]
    # Typer reads a command's options from its signature.
    with_options.__signature__ = own.replace(parameters=[*kept, *options])  # type: ignore[attr-defined]
    with_options.__annotations__ = {one.name: one.annotation for one in (*kept, *options)}
    with_options.__name__, with_options.__doc__ = command.__name__, command.__doc__
    return with_options


def _option(kind: type, text: str) -> object:
    return Annotated[kind | None, typer.Option(help=text)]


@keys.command()
@tells_a_key
def create(
    name: Annotated[str, typer.Argument(help="What it is for, for your own records.")] = "default",
    admin: Annotated[bool, typer.Option("--admin", help="Administers over HTTP, and does not draw.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
    *,
    fields: dict[str, object],
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    judged = _judged({**fields, "name": name})
    if admin:
        _check_admin(judged)
    secret, key = _run(data_dir, lambda store: store.create(name, is_admin=admin, fields=judged))
    if as_json:
        typer.echo(json.dumps({"key": secret, **asdict(key)}))
    else:
        typer.echo(secret)
        typer.echo(f"{key.id} for {name}. Keep it: it is not shown again.", err=True)


@keys.command()
@tells_a_key
def update(
    key: Annotated[str, typer.Argument(help="Its id, as `egaku keys list` shows it.")],
    name: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    unset: Annotated[
        list[str] | None, typer.Option(help="Take a field back, for example images-per-day; repeatable.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
    *,
    fields: dict[str, object],
) -> None:
    """Change a key; running servers follow within a second. What is not mentioned stays."""
    taken_back = {one.replace("-", "_"): None for one in unset or ()}
    named = {} if name is None else {"name": name}
    judged = _judged({**taken_back, **named, **fields})
    changed = _run(data_dir, lambda store: store.update(key, judged))
    if changed is None:
        raise _unknown()
    typer.echo(json.dumps(asdict(changed)) if as_json else f"{changed.id} changed")


@keys.command("list")
def list_keys(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List all keys, without their secrets."""
    found = _run(data_dir, lambda store: store.list())
    if as_json:
        typer.echo(json.dumps([asdict(key) for key in found]))
        return
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(Column("id", no_wrap=True), "name", "ends in", "draws", "made", "last used", "revoked")
    for key in found:
        times = map(_time, (key.created_at, key.last_used_at, key.revoked_at))
        table.add_row(key.id, key.name, key.hint, _may(key), *times)
    Console().print(table)


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Its id, as `egaku keys list` shows it, or the key itself.")],
    data_dir: DataDir = None,
) -> None:
    """End a key; running servers refuse it within a second."""
    revoked = _run(data_dir, lambda store: store.revoke(key))
    if revoked is None:
        raise _unknown()
    typer.echo(f"{revoked} revoked", err=True)


def _judged(fields: dict[str, object]) -> KeyFields:
    """The fields, judged as the admin endpoints judge them. A wrong one ends the program."""
    from egaku.contract.errors import InvalidRequest
    from egaku.contract.keys import parse_key_fields

    if isinstance(models := fields.get("models"), str):
        fields["models"] = [one.strip() for one in models.split(",") if one.strip()]
    try:
        return parse_key_fields(fields, new=False)
    except InvalidRequest as error:
        typer.echo(f"egaku: {error.message}", err=True)
        raise typer.Exit(2) from None


def _check_admin(fields: KeyFields) -> None:
    """What limits drawing has no place on a key that does not draw: said, and the program ends."""
    from egaku.contract.keys import ADMIN_FIELDS

    for name in fields:
        if name not in ADMIN_FIELDS:
            typer.echo(f"egaku: --{name.replace('_', '-')}: an admin key does not draw", err=True)
            raise typer.Exit(2)


def _unknown() -> typer.Exit:
    typer.echo("egaku: no such key in force", err=True)
    return typer.Exit(1)


def _run(data_dir: Path | None, use: Callable[[KeyStore], Awaitable[T]]) -> T:
    from egaku.cli.records import with_database
    from egaku.storage.keys import KeyStore

    async def with_keys(database: AsyncEngine) -> T:
        return await use(KeyStore(database))

    return asyncio.run(with_database(load_settings(data_dir=data_dir), with_keys))


def _may(key: Key) -> str:
    """Its own limits in short."""
    if key.is_admin:
        return "administers"
    limits = {"min": key.images_per_minute, "day": key.images_per_day, "month": key.images_per_month}
    parts = [f"{images}/{unit}" for unit, images in limits.items() if images is not None]
    return ", ".join([*parts, *(key.models or ())]) or "default"


def _time(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M") if seconds else ""
