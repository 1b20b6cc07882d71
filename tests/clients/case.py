"""The kinds of row in the compatibility table: a call, and what its caller must see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

Fields = dict[str, Any]

PROMPT = "a red apple on a wooden table"
B64: Fields = {"response_format": "b64_json"}
SMALL: Fields = {"prompt": PROMPT, "n": 1, "size": "256x256"}
VARY: Fields = {"n": 1, "size": "256x256", **B64}


@dataclass(frozen=True)
class Pictures:
    """A success: `count` pictures of one size, read back from the files the driver kept."""

    count: int = 1
    size: tuple[int, int] = (256, 256)
    format: str = "PNG"
    form: Literal["url", "b64_json"] = "url"
    keeps: str | None = None
    """Name of the uploaded picture whose pixels outside the hole must come back unchanged."""
    transparent: bool = False
    revised: bool = False
    usage: bool = False
    events: tuple[str, ...] = ()
    """Names of the events of a stream, in order."""


@dataclass(frozen=True)
class Failure:
    """An error: the four keys of the body and the status, as the client passes them on."""

    status: int
    message: str | re.Pattern[str]
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None
    within: float | None = None
    """Seconds the call may take, retries of the client included."""


@dataclass(frozen=True)
class Models:
    """A list of model ids that holds these."""

    ids: tuple[str, ...]
    only: bool = False
    """And no others."""


@dataclass(frozen=True)
class Verdicts:
    """What moderation says: the model that answers, and for each input whether it is flagged."""

    model: str
    flagged: tuple[bool, ...]


Verb = Literal["generate", "edit", "variation", "models", "model", "moderate"]


@dataclass(frozen=True)
class Case:
    """One row: `operation` and `mode` name it in the table, the rest is the call."""

    id: str
    operation: str
    mode: str
    verb: Verb
    expect: Pictures | Failure | Models | Verdicts
    fields: Fields = field(default_factory=dict)
    image: str | list[str] | None = None
    mask: str | None = None
    input: str = "file"
    """How pictures are handed to the client, or another habit of the caller; drivers know the words."""
    base: str = "/v1"
    """What the client's base URL ends in."""
    server: Literal["open", "limited", "keyed"] = "open"
    key: Literal["any", "wrong", "none", "right", "one model"] = "any"
