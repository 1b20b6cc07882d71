"""The command line: `egaku serve | generate | edit | vary | verify | plan | models | keys | doctor`."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from egaku import __version__
from egaku.cli.doctor import doctor
from egaku.cli.draw import edit, generate, vary
from egaku.cli.inspect import models, plan
from egaku.cli.keys import keys
from egaku.cli.moderation import moderation
from egaku.cli.serve import serve
from egaku.cli.usage import usage
from egaku.cli.verify import verify
from egaku.settings import DataDirUnusable


class Commands(TyperGroup):
    """Every command; whichever finds that it cannot use the data folder ends with a sentence."""

    def invoke(self, ctx: Any) -> Any:  # its class is click's or typer's own, by typer's version
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except DataDirUnusable as error:
            typer.echo(f"egaku: --data-dir (EGAKU_DATA_DIR): {error}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    name="egaku",
    cls=Commands,
    help="OpenAI's Image API on machines you own. No GPU, no download, no key.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: markup would take "[illustrator]" for a style, and tables name a type for every flag.
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"egaku {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """OpenAI's Image API on machines you own. No GPU, no download, no key."""


for command in (serve, generate, edit, vary, verify, plan, models, usage, doctor):
    app.command()(command)
app.add_typer(keys, name="keys")
app.add_typer(moderation, name="moderation")
