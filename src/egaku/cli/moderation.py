"""`egaku moderation check | review`: see what the filter thinks, and what people say of its decisions."""

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

if TYPE_CHECKING:
    from egaku.storage.reports import ReportStore

moderation = typer.Typer(help="The content filter: try it, review reports on it.", no_args_is_help=True)

DataDir = Annotated[Path | None, typer.Option(help="Where the server keeps its records.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

T = TypeVar("T")

SHOWN = 0.1
"""Scores from which the clause that made them is shown."""


@moderation.command()
def check(
    prompt: Annotated[str, typer.Argument(help="The words to judge; nothing of them is kept.")],
    policy: Annotated[str | None, typer.Option(help="strict, standard, low or off. [as configured]")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge a prompt and say why. Ends with status 1 when it would be refused."""
    settings = load_settings(moderation=policy)
    from egaku.moderation.judges import builtin_words
    from egaku.moderation.scores import Category, Policy, judge, thresholds

    overrides = {Category(name): value for name, value in settings.moderation_thresholds.items()}
    why = builtin_words(settings).explain(prompt)
    chosen = Policy(settings.moderation)
    verdict = judge(why.scores, chosen, overrides)
    refused = bool(verdict.flagged) or why.denied
    limits = thresholds(chosen, overrides)
    scores = sorted(why.scores.values.items(), key=lambda one: -one[1])
    if as_json:
        shown = {str(category): round(score, 3) for category, score in scores}
        flagged = [str(category) for category in verdict.flagged]
        typer.echo(
            json.dumps({"refused": refused, "flagged": flagged, "denied": why.denied, "scores": shown})
        )
    else:
        typer.echo("refused" if refused else "passes")
        if why.denied:
            typer.echo("  holds a phrase of your deny list")
        for category, score in scores:
            mark = "*" if category in verdict.flagged else " "
            clause = why.clauses.get(category, "") if score >= SHOWN else ""
            typer.echo(f"{mark} {score:.2f} of {min(limits[category], 1):.2f}  {category:24s} {clause}")
    raise typer.Exit(int(refused))


@moderation.command()
def review(
    report: Annotated[str | None, typer.Argument(help="A report's id, to close it.")] = None,
    wrong: Annotated[
        bool | None, typer.Option("--wrong/--right", help="Whether the decision was wrong.")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Delete the report and its text.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List reviewed ones too.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List reports that a decision was wrong, or close one of them."""
    if report is None:
        _list(data_dir, reviewed=everything, as_json=as_json)
        return
    if not forget and wrong is None:
        typer.echo("egaku: say --wrong, --right or --forget", err=True)
        raise typer.Exit(2)
    if forget:
        found = _run(data_dir, lambda store: store.delete(report))
    else:
        found = _run(data_dir, lambda store: store.review(report, "wrong" if wrong else "right"))
    if not found:
        typer.echo("egaku: no such report", err=True)
        raise typer.Exit(1)


def _list(data_dir: Path | None, *, reviewed: bool, as_json: bool) -> None:
    found = _run(data_dir, lambda store: store.list(reviewed=reviewed))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    table = Table(Column("id", no_wrap=True), "sent", "refused", "for", "policy", "note", "prompt", "outcome")
    for one in found:
        sent = datetime.fromtimestamp(one.created_at, UTC).strftime("%Y-%m-%d %H:%M")
        # Text, not markup: what people send is shown, never interpreted.
        words = (Text(one.note), Text(one.prompt or ""))
        table.add_row(
            one.id, sent, one.where, ", ".join(one.categories), one.policy, *words, one.outcome or ""
        )
    Console().print(table)


def _run(data_dir: Path | None, use: Callable[[ReportStore], Awaitable[T]]) -> T:
    from egaku.cli.records import with_database
    from egaku.storage.reports import ReportStore

    settings = load_settings(data_dir=data_dir)
    return asyncio.run(with_database(settings, lambda database: use(ReportStore(database))))
