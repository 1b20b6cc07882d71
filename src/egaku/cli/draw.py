"""`egaku generate | edit | vary`: the options. drawing.py does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from egaku.contract.dialects import Operation

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
    from egaku.cli.drawing import draw_files

    draw_files(operation, values, out, engine, image=image, mask=mask, as_json=as_json)
