"""`egaku usage`: what was drawn, by day, model, size, operation or key."""

from __future__ import annotations

import asyncio
import json
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from egaku.cli.options import load_settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from egaku.storage.usage import UsageSum

DAY = 86_400


class By(StrEnum):
    """What to tell apart."""

    DAY = "day"
    MODEL = "model"
    SIZE = "size"
    OPERATION = "operation"
    KEY = "key"
    USER = "user"


def usage(
    days: Annotated[int, typer.Option(min=1, max=3660, help="How far back, today included.")] = 30,
    by: Annotated[By, typer.Option(help="What to tell apart.")] = By.DAY,
    data_dir: Annotated[Path | None, typer.Option(help="Where the server keeps its records.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how many pictures were drawn, by UTC day. Running servers add theirs every second."""
    from egaku.cli.records import with_database
    from egaku.storage.usage import UsageFilter, UsageStore, utc_day

    now = time.time()
    chosen = UsageFilter(utc_day(now - (days - 1) * DAY), utc_day(now))

    async def read(database: AsyncEngine) -> list[UsageSum]:
        return await UsageStore(database).read(chosen, [by.value])

    sums = asyncio.run(with_database(load_settings(data_dir=data_dir), read))
    if as_json:
        rows = [{**one.group, "images": one.images, "requests": one.requests} for one in sums]
        typer.echo(json.dumps(rows))
        return
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(by.value, Column("images", justify="right"), Column("requests", justify="right"))
    for one in sums:
        table.add_row(one.group[by.value] or "(no key)", str(one.images), str(one.requests))
    table.add_section()
    table.add_row("all", str(sum(one.images for one in sums)), str(sum(one.requests for one in sums)))
    Console().print(table)
