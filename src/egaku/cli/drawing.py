"""Pictures to files, without a server: what `egaku generate`, `edit` and `vary` do.

Words, uploads and results are judged as the server judges them, by the same settings.
"""

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
from egaku.cli.outputs import Output, OutputFault
from egaku.contract.dialects import GPT_IMAGES, LOCAL, Operation
from egaku.contract.errors import ApiError
from egaku.contract.fields import FreeSize
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.engines.base import Job
from egaku.generation.development import Mark, develop, place
from egaku.generation.gate import Gate, ResultFlagged, is_own_art
from egaku.generation.sources import Uploaded, read_source
from egaku.generation.work import Caller, Work, jobs_of
from egaku.generation.workers import EngineUnusable, WorkerPool
from egaku.imaging.sniff import media_type
from egaku.moderation.decisions import Decisions
from egaku.moderation.judges import open_moderation
from egaku.provenance.credentials import CredentialFault
from egaku.provenance.opening import open_provenance
from egaku.settings import Settings
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

REFUSED = " `egaku moderation check` shows why; EGAKU_MODERATION sets how much is refused."


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture made: its file and what the engine said of it."""

    file: bytes
    revised_prompt: str | None


def draw_files(
    operation: Operation,
    values: dict[str, object],
    output: Output,
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
    settings = load_settings(engine=engine)
    try:
        request = parse_request(
            operation,
            {**values, "output_format": output.format()},
            form=False,
            images=[_facts(one) for one in images],
            mask=_facts(masked) if masked else None,
            dialect=COMMAND_LINE,
        )
        output.check(request.n)
        work, drawn = asyncio.run(_walk(settings, request, images, masked, quiet=as_json))
        paths = output.write([one.file for one in drawn], request.n, request.output_format)
    except ApiError as error:
        hint = REFUSED if error.code == "content_policy_violation" else ""
        typer.echo(f"egaku: {error.message}{hint}", err=True)
        raise typer.Exit(1) from None
    except OutputFault as error:
        typer.echo(f"egaku: {error}", err=True)
        raise typer.Exit(1) from None
    except (EngineUnusable, TimeoutError, CredentialFault) as error:
        typer.echo(f"egaku: {error}. `egaku doctor` may say more.", err=True)
        raise typer.Exit(1) from None
    _report(work, paths, drawn, time.perf_counter() - started, as_json=as_json)


def _facts(upload: Uploaded) -> FileFacts:
    data = upload.read()
    return FileFacts(upload.name, len(data), media_type(data) or None)


async def _walk(
    settings: Settings,
    request: ImageRequest,
    images: list[Uploaded],
    mask: Uploaded | None,
    *,
    quiet: bool,
) -> tuple[Work, list[Drawn]]:
    """The server's walk without its queue: judge words, decode, judge the upload, draw, judge results."""
    caller = Caller("command line", "", settings.moderation)
    async with open_moderation(settings) as moderation:
        gate = Gate(moderation, Decisions())
        await gate.words(request, caller)
        source = await asyncio.to_thread(read_source, request, images, mask) if images else None
        if source:
            await gate.upload(request, caller, source.upload)
        work = Work(request, caller, jobs_of(request, source), source)
        return work, await _draw(settings, gate, work, quiet=quiet)


async def _draw(settings: Settings, gate: Gate, work: Work, *, quiet: bool) -> list[Drawn]:
    """All pictures but those withheld. Raises ResultFlagged when every one is."""
    provenance = await asyncio.to_thread(open_provenance, settings)
    workers = min(settings.workers, len(work.jobs))
    pool = WorkerPool(settings.engine, workers, settings.max_waiting, settings.draw_seconds)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bars:
        async with pool:
            parent = work.source.parent if work.source else None
            mark = Mark(provenance, await pool.wait_ready(), parent)
            drawing = (_picture(pool, gate, work, job, mark, bars) for job in work.jobs)
            ended = await asyncio.gather(*drawing, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, ResultFlagged):
            raise one
    drawn = [one for one in ended if isinstance(one, Drawn)]
    work.withheld = len(ended) - len(drawn)
    if not drawn and isinstance(ended[0], ResultFlagged):
        raise ended[0]
    return drawn


async def _picture(pool: WorkerPool, gate: Gate, work: Work, job: Job, mark: Mark, bars: Progress) -> Drawn:
    bar = bars.add_task(f"picture {job.index + 1}", total=100)
    drawn = await pool.draw(job, on_progress=lambda done: bars.update(bar, completed=round(done * 100)))
    pixels, understood = drawn.drawing.pixels, drawn.drawing.revised_prompt
    if not is_own_art(job, mark.info):
        await gate.result(work, await asyncio.to_thread(place, job, pixels))
    mark = replace(mark, plan=understood or "")
    done = await asyncio.to_thread(develop, work.request, job, pixels, mark)
    return Drawn(done.file, understood)


def _report(work: Work, paths: list[Path], drawn: list[Drawn], seconds: float, *, as_json: bool) -> None:
    if as_json:
        files = [
            {"path": str(path), "revised_prompt": one.revised_prompt}
            for path, one in zip(paths, drawn, strict=True)
        ]
        said = {"seed": work.seed, "seconds": round(seconds, 3), "withheld": work.withheld, "files": files}
        typer.echo(json.dumps(said))
        return
    for path in paths:
        typer.echo(path)
    if drawn[0].revised_prompt:
        typer.echo(f"understood: {drawn[0].revised_prompt}", err=True)
    if work.withheld:
        typer.echo(f"withheld by the safety system: {work.withheld}", err=True)
    typer.echo(f"seed {work.seed}, {seconds:.1f} s", err=True)
