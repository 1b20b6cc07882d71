"""The command line: `egaku serve | generate | edit | vary | verify | plan | models | keys | doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from egaku import __version__
from egaku.cli.doctor import doctor
from egaku.cli.draw import edit, generate, vary
from egaku.cli.inspect import models, plan
from egaku.cli.keys import keys
from egaku.cli.moderation import moderation
from egaku.cli.serve import serve
from egaku.cli.usage import usage
from egaku.cli.verify import verify

app = typer.Typer(
    name="egaku",
    help="OpenAI's Image API on machines you own. No GPU, no download, no key.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"egaku {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """OpenAI's Image API on machines you own. No GPU, no download, no key."""


for command in (serve, generate, edit, vary, verify, plan, models, usage, doctor):
    app.command()(command)
app.add_typer(keys, name="keys")
app.add_typer(moderation, name="moderation")
