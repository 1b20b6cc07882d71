"""Rows of the moderation endpoint: texts, a text with a picture, its first model, and a fault."""

from __future__ import annotations

from typing import Any

from tests.clients.case import Case, Failure, Fields, Verdicts

INNOCENT = "a red apple on a wooden table"
VIOLENT = "a beheaded corpse lying in a pool of blood"
RED_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4"
    "z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
OMNI = "omni-moderation-latest"


def _moderate(id_: str, mode: str, expect: Verdicts | Failure, fields: Fields) -> Case:
    return Case(f"moderation-{id_}", "moderation", mode, "moderate", expect, fields)


def _parts(url: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": VIOLENT}, {"type": "image_url", "image_url": {"url": url}}]


MODERATION = [
    _moderate("text", "text", Verdicts(OMNI, (True,)), {"input": VIOLENT}),
    _moderate("texts", "texts", Verdicts(OMNI, (False, True)), {"input": [INNOCENT, VIOLENT]}),
    _moderate("picture", "text and picture", Verdicts(OMNI, (True,)), {"input": _parts(RED_PIXEL)}),
    _moderate(
        "first",
        "text-moderation-latest",
        Verdicts("text-moderation-007", (True,)),
        {"input": VIOLENT, "model": "text-moderation-latest"},
    ),
    _moderate(
        "fetch",
        "picture by address",
        Failure(
            400,
            "Invalid 'input[1].image_url.url': only data: URLs are accepted, for example "
            "'data:image/png;base64,…'. This server does not fetch pictures from other addresses.",
            param="input[1].image_url.url",
            code="invalid_value",
        ),
        {"input": _parts("https://example.com/a.png")},
    ),
]
