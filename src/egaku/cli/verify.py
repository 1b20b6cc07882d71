"""`egaku verify`: where a picture comes from, and whether it was changed since."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from egaku.cli.options import load_settings

if TYPE_CHECKING:  # the reader's library is 50 MB; other commands need not load it
    from egaku.provenance.verify import Report, Source, Statement

MAX_FILE = 1024 * 1024 * 1024
"""Bytes; larger files are not read into memory."""
CODES = {"valid": 0, "invalid": 1, "none": 2}
HOW = {"parentOf": "edit of", "inputTo": "variation of", "componentOf": "made with"}


def verify(
    files: Annotated[list[Path], typer.Argument(help="Pictures, or anything else with a C2PA manifest.")],
    trust: Annotated[
        list[Path] | None, typer.Option(help="PEM file of root certificates to trust; may be repeated.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where this server's own certificate is.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what made and signed a picture, and if it was changed.

    Ends with 0 when every file is valid, 1 when one is not, 2 when one has no manifest or cannot be read.
    """
    from egaku.provenance.credentials import own_root
    from egaku.provenance.verify import Report, Standing
    from egaku.provenance.verify import verify as judge

    own = own_root(load_settings(data_dir=data_dir).data_dir)
    trusted = b"\n".join(_certificates(path) for path in trust or [])
    reports: list[tuple[Path, Report]] = []
    for path in files:
        try:
            data = _read(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            reports.append((path, Report(standing=Standing.NONE, faults=[f"cannot be read: {reason}"])))
        else:
            reports.append((path, judge(data, own=own, trusted=trusted)))
    if as_json:
        typer.echo(json.dumps([{"file": str(path)} | asdict(report) for path, report in reports]))
    else:
        typer.echo("\n".join(line for path, report in reports for line in _lines(path, report)))
    standings = {str(report.standing) for _, report in reports}
    worst = next((name for name in ("invalid", "none") if name in standings), "valid")
    raise typer.Exit(CODES[worst])


def _read(path: Path) -> bytes:
    with path.open("rb") as file:  # which may be a pipe or a device, and tell no size
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise OSError(0, "larger than 1 GiB")
    return data


def _certificates(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        typer.echo(f"egaku: --trust: {path} cannot be read: {error.strerror}", err=True)
        raise typer.Exit(2) from None
    if b"-----BEGIN CERTIFICATE-----" not in data or not data.isascii():
        typer.echo(f"egaku: --trust: {path} holds no certificates in PEM form", err=True)
        raise typer.Exit(2)
    return data


def _lines(path: Path, report: Report) -> list[str]:
    lines = [f"{path}: {report.standing}"]
    lines += [f"  because    {fault}" for fault in report.faults]
    if report.statement is None:
        return lines
    statement = report.statement
    lines.append(f"  made by    {_maker(statement)}")
    lines.append(f"  how        {statement.action}, {statement.source_type or 'no source type'}")
    known = f" ({report.signer})" if report.signer else ""
    lines.append(f"  signed by  {statement.signed_by or 'nobody'}{known}")
    for source in statement.sources:
        lines += _history(source, 1)
    return lines


def _history(source: Source, depth: int) -> list[str]:
    how = HOW.get(source.relationship, source.relationship)
    what = f"{_maker(source.statement)}, {source.statement.action}" if source.statement else "no manifest"
    faults = "".join(f"; when it was taken in, {fault}" for fault in source.faults)
    lines = [f"{'  ' * depth}{how + ' a file:':<20} {what}{faults}"]
    for older in source.statement.sources if source.statement else []:
        lines += _history(older, depth + 1)
    return lines


def _maker(statement: Statement) -> str:
    engine = f", {statement.engine}" if statement.engine else ""
    when = f", {statement.when}" if statement.when else ""
    return f"{statement.generator or 'something unnamed'}{engine}{when}"
