"""Parameters: how a picture was asked for, as the one line of text that image tools of its kind read.

    a red fox in the snow
    Seed: 7, Size: 1024x1024, Model: illustrator, Index: 0, Plan: "a fox, snow", Version: egaku 0.4.0

The form is that of the AUTOMATIC1111 web UI, which most managers of generated pictures read. It publishes the
prompt to everybody who gets the file, so it is written only when the operator says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from egaku import __version__

MAX_UNITS = 32_000
"""UTF-16 units in all: a JPEG segment ends at 65,533 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What was asked for."""

    prompt: str
    seed: int
    width: int
    height: int
    engine: str
    index: int = 0
    """Which picture of the request: seed and index together decide."""
    plan: str = ""
    """What the engine understood, in words."""


def infotext(parameters: Parameters) -> str:
    """The text. A prompt too long for every format is cut, and says so with an ellipsis."""
    facts: dict[str, object] = {
        "Seed": parameters.seed,
        "Size": f"{parameters.width}x{parameters.height}",
        "Model": parameters.engine,
        "Index": parameters.index,
    }
    if parameters.plan:
        facts["Plan"] = _cut(_clean(parameters.plan), MAX_UNITS // 4)
    facts["Version"] = f"egaku {__version__}"
    line = ", ".join(f"{name}: {_quoted(str(value))}" for name, value in facts.items())
    return f"{_cut(_clean(parameters.prompt), MAX_UNITS - _units(line) - 1)}\n{line}"


def _clean(text: str) -> str:
    """Without what no text chunk may hold: zero bytes, halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-16", "replace").decode("utf-16").strip()


def _quoted(value: str) -> str:
    """Values with separators in them are JSON strings, as the web UI writes them."""
    return json.dumps(value, ensure_ascii=False) if any(mark in value for mark in ',:\n"') else value


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    if _units(text) <= units:
        return text
    return text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore") + "…"
