"""Settings from the command line: what a flag says wins over the environment, that over the file."""

from __future__ import annotations

import difflib
import os

import typer
from pydantic import ValidationError

from egaku.engines.registry import module_of
from egaku.settings import ConfigUnreadable, Settings

SECRETS = frozenset({"moderation_judge_key", "database_url", "redis_url"})
"""Settings whose values are not repeated: they hold passwords."""


def unknown_variables() -> list[str]:
    """A warning for each `EGAKU_…` variable that is no setting but looks like one."""
    names = {f"EGAKU_{name.upper()}": None for name in Settings.model_fields}
    warnings = []
    for name in sorted(os.environ):
        if name.startswith("EGAKU_") and name not in names:
            close = difflib.get_close_matches(name, names, 1, cutoff=0.85)
            if close:
                warnings.append(f"egaku: {name} is no setting; did you mean {close[0]}?")
    return warnings


def load_settings(**flags: object) -> Settings:
    """Settings with the flags that were given. Ends the program with the name of every wrong value."""
    try:
        settings = Settings(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type]  # validated by pydantic
    except ConfigUnreadable as error:
        typer.echo(f"egaku: --config (EGAKU_CONFIG): {error}", err=True)
        raise typer.Exit(2) from None
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0]) if fault["loc"] else "settings"
            got = "" if name in SECRETS else f", got {fault['input']!r}"
            typer.echo(
                f"egaku: --{name.replace('_', '-')} (EGAKU_{name.upper()}): {fault['msg']}{got}", err=True
            )
        raise typer.Exit(2) from None
    try:
        module_of(settings.engine)
    except ValueError as error:
        typer.echo(f"egaku: --engine (EGAKU_ENGINE): {error}", err=True)
        raise typer.Exit(2) from None
    return settings
