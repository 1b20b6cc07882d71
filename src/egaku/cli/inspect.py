"""`egaku plan | models`: what would be drawn, and with what."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console

from egaku.cli.options import load_settings
from egaku.contract.models import DIALECT_NAMES
from egaku.engines.registry import FACTORIES

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def plan(prompt: Annotated[str, typer.Argument(help="What to draw.")], as_json: AsJson = False) -> None:
    """Show what the illustrator understands, without drawing."""
    from egaku.engines.illustrator import describe, understand

    found = describe.plan_json(understand.understand(prompt))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    console = Console()
    console.print(found["revised_prompt"], style="bold", markup=False)
    rest = {key: value for key, value in found.items() if key != "revised_prompt" and value}
    console.print_json(json.dumps(rest, ensure_ascii=False))


def models(as_json: AsJson = False) -> None:
    """List what can draw, and the names the server answers to."""
    served = load_settings().engine
    if as_json:
        typer.echo(json.dumps({"served": served, "engines": sorted(FACTORIES), "names": DIALECT_NAMES}))
        return
    typer.echo(f"draws:      {served}")
    typer.echo(f"engines:    {', '.join(sorted(FACTORIES))}")
    typer.echo(f"answers to: {', '.join(DIALECT_NAMES)}, and any other name")
