"""The stores, for commands that need them for a moment, and whether they can be used at all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from egaku.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")


async def with_database(settings: Settings, use: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    """Open the settings' database, use it, close it. Ends the program when it cannot be used, saying why."""
    from egaku.storage.database import open_database
    from egaku.storage.failures import StoreUnusable

    try:
        database = await asyncio.to_thread(open_database, settings.database)
    except StoreUnusable as error:
        typer.echo(f"egaku: {error}", err=True)
        raise typer.Exit(2) from None
    try:
        return await use(database)
    finally:
        await database.dispose()


def check_bucket(settings: Settings) -> None:
    """Ends the program when pictures are to go to a bucket that cannot be addressed, saying why."""
    from egaku.storage.buckets import BucketImages
    from egaku.storage.failures import StoreUnusable

    if settings.images_url:
        try:
            BucketImages(settings.images_url, {}, settings.link_seconds)
        except StoreUnusable as error:
            typer.echo(f"egaku: {error}", err=True)
            raise typer.Exit(2) from None
