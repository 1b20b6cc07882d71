"""`egaku generate | edit | vary`: pictures to files, without a server."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

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

N = Annotated[int, typer.Option("-n", help="How many pictures.")]
Size = Annotated[str, typer.Option("--size", "-s", help="WIDTHxHEIGHT, both divisible by 16, or auto.")]
Seed = Annotated[int | None, typer.Option(help="Same seed, same picture.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="A file, or a folder for several.")]
Format = Annotated[str, typer.Option("--format", help="png, jpeg or webp.")]
Background = Annotated[str, typer.Option(help="auto, opaque or transparent.")]
Engine = Annotated[str | None, typer.Option(help="What draws. [illustrator]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Picture = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="PNG, JPEG or WebP.")]


def generate(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    n: N = 1,
    size: Size = "1024x1024",
    seed: Seed = None,
    out: Out = Path(),
    output_format: Format = "png",
    background: Background = "auto",
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Draw pictures from a prompt."""
    values = {
        "prompt": prompt,
        "n": n,
        "size": size,
        "seed": seed,
        "output_format": output_format,
        "background": background,
    }
    _run(Operation.GENERATIONS, values, out, engine, as_json=as_json)


def edit(
    image: Picture,
    prompt: Annotated[str, typer.Argument(help="The whole new picture in words.")],
    mask: Annotated[
        Path | None, typer.Option("--mask", "-m", exists=True, help="PNG, transparent where to edit.")
    ] = None,
    n: N = 1,
    size: Size = "auto",
    seed: Seed = None,
    out: Out = Path(),
    output_format: Format = "png",
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Repaint the transparent part of a picture, or of its mask."""
    values = {"prompt": prompt, "n": n, "size": size, "seed": seed, "output_format": output_format}
    _run(Operation.EDITS, values, out, engine, image=image, mask=mask, as_json=as_json)


def vary(
    image: Picture,
    n: N = 1,
    size: Size = "auto",
    strength: Annotated[float, typer.Option(help="0 stays close, 1 strays far.")] = 0.5,
    seed: Seed = None,
    out: Out = Path(),
    output_format: Format = "png",
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Draw variations of a picture."""
    values = {"n": n, "size": size, "strength": strength, "seed": seed, "output_format": output_format}
    _run(Operation.VARIATIONS, values, out, engine, image=image, as_json=as_json)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture made: its file and what the engine said of it."""

    file: bytes
    revised_prompt: str | None


def _run(
    operation: Operation,
    values: dict[str, object],
    out: Path,
    engine: str | None,
    *,
    image: Path | None = None,
    mask: Path | None = None,
    as_json: bool,
) -> None:
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
