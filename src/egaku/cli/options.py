"""Settings from the command line: what a flag says wins over the environment."""

from __future__ import annotations

import typer
from pydantic import ValidationError

from egaku.engines.registry import FACTORIES
from egaku.settings import Settings


def load_settings(**flags: object) -> Settings:
    """Settings with the flags that were given. Ends the program with the name of every wrong value."""
    try:
        settings = Settings(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type]  # validated by pydantic
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0]) if fault["loc"] else "settings"
            typer.echo(
                f"egaku: --{name.replace('_', '-')} (EGAKU_{name.upper()}): {fault['msg']}, "
                f"got {fault['input']!r}",
                err=True,
            )
        raise typer.Exit(2) from None
    if settings.engine not in FACTORIES:
        names = ", ".join(sorted(FACTORIES))
        typer.echo(f"egaku: --engine (EGAKU_ENGINE): one of {names}, got {settings.engine!r}", err=True)
        raise typer.Exit(2)
    return settings
