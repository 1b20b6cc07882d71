"""`egaku generate | edit | vary`: the options. drawing.py does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from egaku.cli.outputs import Output
from egaku.contract.dialects import Operation

N = Annotated[int, typer.Option("-n", help="How many pictures.")]
Size = Annotated[str, typer.Option("--size", "-s", help="WIDTHxHEIGHT, both divisible by 16, or auto.")]
Seed = Annotated[int | None, typer.Option(help="Same seed, same picture.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="A file, numbered for several, or a folder.")]
Force = Annotated[bool, typer.Option("--force", "-f", help="Replace files that are there.")]
Format = Annotated[
    str | None, typer.Option("--format", help="png, jpeg or webp. [as the file's name ends, else png]")
]
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
    force: Force = False,
    output_format: Format = None,
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
        "background": background,
    }
    _run(Operation.GENERATIONS, values, Output(out, output_format, force), engine, as_json=as_json)


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
    force: Force = False,
    output_format: Format = None,
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Repaint the transparent part of a picture, or of its mask."""
    values = {"prompt": prompt, "n": n, "size": size, "seed": seed}
    _run(
        Operation.EDITS,
        values,
        Output(out, output_format, force),
        engine,
        image=image,
        mask=mask,
        as_json=as_json,
    )


def vary(
    image: Picture,
    n: N = 1,
    size: Size = "auto",
    strength: Annotated[float, typer.Option(help="0 stays close, 1 strays far.")] = 0.5,
    seed: Seed = None,
    out: Out = Path(),
    force: Force = False,
    output_format: Format = None,
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Draw variations of a picture."""
    values = {"n": n, "size": size, "strength": strength, "seed": seed}
    _run(
        Operation.VARIATIONS, values, Output(out, output_format, force), engine, image=image, as_json=as_json
    )


def _run(
    operation: Operation,
    values: dict[str, object],
    output: Output,
    engine: str | None,
    *,
    image: Path | None = None,
    mask: Path | None = None,
    as_json: bool,
) -> None:
    from egaku.cli.drawing import draw_files

    draw_files(operation, values, output, engine, image=image, mask=mask, as_json=as_json)
