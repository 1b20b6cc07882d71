"""Pictures to files, without a server: what `egaku generate`, `edit` and `vary` do."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from egaku.cli.options import load_settings
from egaku.contract.dialects import GPT_IMAGES, LOCAL, Operation
from egaku.contract.errors import ApiError
from egaku.contract.fields import FreeSize
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.engines.base import Job
from egaku.generation.service import develop, jobs_of
from egaku.generation.sources import Uploaded, read_source
from egaku.generation.workers import EngineUnusable, WorkerPool
from egaku.imaging.sniff import media_type
from egaku.telemetry import configure_logging

COMMAND_LINE = replace(
    LOCAL,
    name="command line",
    images=replace(GPT_IMAGES, max_count=1),
    fields=MappingProxyType(
        {
            operation: tuple(
                replace(field, kind=FreeSize(), default=None) if field.name == "size" else field
                for field in fields
            )
            for operation, fields in LOCAL.fields.items()
        }
    ),
)
"""What a local model can do, with uploads of any shape and format and free sizes."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture made: its file and what the engine said of it."""

    file: bytes
    revised_prompt: str | None


def draw_files(
    operation: Operation,
    values: dict[str, object],
    out: Path,
    engine: str | None,
    *,
    image: Path | None = None,
    mask: Path | None = None,
    as_json: bool,
) -> None:
    """Read, draw, write, report. Ends the program with a sentence when something is at fault."""
    configure_logging("error")
    images = [Uploaded("image", image.read_bytes)] if image else []
    masked = Uploaded("mask", mask.read_bytes) if mask else None
    started = time.perf_counter()
    try:
        request = parse_request(
            operation,
            values,
            form=False,
            images=[_facts(one) for one in images],
            mask=_facts(masked) if masked else None,
            dialect=COMMAND_LINE,
        )
        source = read_source(request, images, masked) if images else None
        jobs = jobs_of(request, source)
        drawn = asyncio.run(_draw(request, jobs, engine, quiet=as_json))
    except ApiError as error:
        typer.echo(f"egaku: {error.message}", err=True)
        raise typer.Exit(1) from None
    except (EngineUnusable, TimeoutError) as error:
        typer.echo(f"egaku: {error}. `egaku doctor` may say more.", err=True)
        raise typer.Exit(1) from None
    paths = _paths(out, len(jobs), request.output_format)
    for path, one in zip(paths, drawn, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.file)
    _report(jobs[0], paths, drawn, time.perf_counter() - started, as_json=as_json)


def _facts(upload: Uploaded) -> FileFacts:
    data = upload.read()
    return FileFacts(upload.name, len(data), media_type(data) or None)


async def _draw(request: ImageRequest, jobs: list[Job], engine: str | None, *, quiet: bool) -> list[Drawn]:
    settings = load_settings(engine=engine)
    workers = min(settings.workers, len(jobs))
    pool = WorkerPool(settings.engine, workers, settings.max_waiting, settings.draw_seconds)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bars:
        async with pool:
            await pool.wait_ready()
            return list(await asyncio.gather(*(_picture(pool, request, job, bars) for job in jobs)))


async def _picture(pool: WorkerPool, request: ImageRequest, job: Job, bars: Progress) -> Drawn:
    bar = bars.add_task(f"picture {job.index + 1}", total=100)
    drawn = await pool.draw(job, on_progress=lambda done: bars.update(bar, completed=round(done * 100)))
    done = await asyncio.to_thread(develop, request, job, drawn.drawing.pixels)
    return Drawn(done.file, drawn.drawing.revised_prompt)


def _paths(out: Path, count: int, extension: str) -> list[Path]:
    """`out` itself when it names one file; numbered beside it or named by the time in it otherwise."""
    if out.suffix and not out.is_dir():
        if count == 1:
            return [out]
        return [out.with_stem(f"{out.stem}-{i + 1}") for i in range(count)]
    stamp = time.strftime("%Y-%m-%d %H.%M.%S")
    names = [f"egaku {stamp}" + (f" {i + 1}" if count > 1 else "") for i in range(count)]
    return [out / f"{name}.{extension}" for name in names]


def _report(first: Job, paths: list[Path], drawn: list[Drawn], seconds: float, *, as_json: bool) -> None:
    if as_json:
        files = [
            {"path": str(path), "revised_prompt": one.revised_prompt}
            for path, one in zip(paths, drawn, strict=True)
        ]
        typer.echo(json.dumps({"seed": first.seed, "seconds": round(seconds, 3), "files": files}))
        return
    for path in paths:
        typer.echo(path)
    if drawn[0].revised_prompt:
        typer.echo(f"understood: {drawn[0].revised_prompt}", err=True)
    typer.echo(f"seed {first.seed}, {seconds:.1f} s", err=True)
