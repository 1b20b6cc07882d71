"""The table of rules: which fields each dialect takes on each endpoint, with types, defaults and limits.

    dialect  chosen by model                wording  what is special
    legacy   none, "", dall-e-2             Legacy   256/512/1024 px, url by default, unknown keys ignored
    dalle3   dall-e-3                       Legacy   n = 1, wide sizes, hd, style, revised_prompt
    local    any other name                 Legacy   what a local model can do: legacy and dalle3 joined
    gpt      gpt-image-*, chatgpt-image-*   Typed    always base64, streaming, usage, unknown keys refused

The order of fields is the order in which faults are reported: prompt, images, n, then the rest.
Extensions of our own (`seed`, `strength`, and the newer `output_format` family on older dialects) are marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from egaku.contract.fields import Choice, Field, FixedSize, Flag, FreeSize, Integer, Kind, Never, Number, Text
from egaku.contract.sizes import MAX_LONG, MAX_RATIO, MAX_SHORT, MIN_SIDE, MULTIPLE, Size
from egaku.contract.wording import Legacy, Typed, Wording

MB = 2**20
MAX_SEED = 2**53 - 1
"""The largest whole number every JSON reader keeps exact."""

LEGACY_SIZES = ("256x256", "512x512", "1024x1024")
DALLE3_SIZES = ("1024x1024", "1792x1024", "1024x1792")
NAMED_SIZES = (*LEGACY_SIZES, "1024x1792", "1792x1024")
"""What the error of November 2023 and later listed, whatever the model."""
GPT_SIZES = ("1024x1024", "1024x1536", "1536x1024", "auto")
SOME_SIZES = "Width x height in pixels, or auto."
ANY_SIZE = (
    f"Width x height in pixels, both divisible by {MULTIPLE}: the longer side at most {MAX_LONG} and "
    f"{MAX_RATIO} times the shorter, the shorter {MIN_SIDE} to {MAX_SHORT}. Or auto."
)


class Operation(StrEnum):
    """One endpoint each."""

    GENERATIONS = "generations"
    EDITS = "edits"
    VARIATIONS = "variations"


@dataclass(frozen=True, slots=True)
class ImageRules:
    """What an uploaded picture must be."""

    formats: tuple[str, ...]
    """Media types, as the error lists them."""
    max_bytes: int
    max_count: int
    square: bool
    """Legacy: equal width and height."""
    alpha_without_mask: bool
    """Legacy edits: the picture must bring its own hole if no mask does."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Everything that differs between the eras."""

    name: str
    wording: Wording
    fields: MappingProxyType[Operation, tuple[Field, ...]]
    images: ImageRules
    ignores_unknown: bool
    """Unknown keys are ignored (and reported in a header) instead of refused."""
    always_base64: bool = False
    revises_prompt: bool = False
    reports_usage: bool = False


USER = Field("user", Text(10_000), help="The caller's end user; for the caller's own abuse tracking.")
MODEL = Field("model", Text(1_000), help="Chooses the dialect; unknown names mean the served model.")
SEED = Field("seed", Integer(0, MAX_SEED), help="Extension: same seed, same picture. Random when absent.")
STRENGTH = Field("strength", Number(0, 1), default=0.5, help="Extension: 0 stays close, 1 strays far.")
RESPONSE_FORMAT = Field(
    "response_format", Choice(("url", "b64_json")), default="url", help="A link for an hour, or base64."
)
BACKGROUND = Field(
    "background", Choice(("transparent", "opaque", "auto")), default="auto", help="True alpha, or none."
)
OUTPUT_FORMAT = Field("output_format", Choice(("png", "jpeg", "webp")), default="png", help="File format.")
COMPRESSION = Field("output_compression", Integer(0, 100), default=100, help="Quality of jpeg and webp.")
STREAM_REFUSED = Field(
    "stream",
    Never("Streaming is not supported by this model. Use a gpt-image model, for example 'gpt-image-1'."),
    default=False,
    help="Only gpt-image models stream.",
)
LEGACY_QUALITY = Field("quality", Choice(("standard", "hd"), ("auto",)), default="standard", help="Finish.")
LOCAL_QUALITY = replace(
    LEGACY_QUALITY, kind=Choice(("standard", "hd", "low", "medium", "high", "auto")), default="auto"
)
STYLE = Field("style", Choice(("vivid", "natural")), help="Strong or quiet colours.")
N = Field("n", Integer(1, 10), default=1, help="How many pictures.")


def _legacy_fields(
    operation: Operation, prompt: int, size: Kind, n: Field = N, quality: Field = LEGACY_QUALITY
) -> tuple[Field, ...]:
    """Prompt of at most `prompt` characters, then n, then the words, then our extensions."""
    head = (Field("prompt", Text(prompt, minimum=1), required=True, help="What to draw."),)
    tail = (
        n,
        Field("size", size, default=Size(1024, 1024), help="Width x height in pixels."),
        RESPONSE_FORMAT,
        quality,
        STYLE,
        BACKGROUND,
        OUTPUT_FORMAT,
        COMPRESSION,
        STREAM_REFUSED,
        SEED,
        USER,
        MODEL,
    )
    return (*tail, STRENGTH) if operation is Operation.VARIATIONS else head + tail


def _gpt_fields(operation: Operation, size: Kind, quality: Choice) -> tuple[Field, ...]:
    """The typed era; the same names on generations and edits but for two."""
    fields = [
        Field("prompt", Text(32_000, minimum=1), required=True, help="What to draw."),
        N,
        Field("size", size, help=ANY_SIZE if isinstance(size, FreeSize) else SOME_SIZES),
        Field("quality", quality, default="auto", help="Finish."),
        BACKGROUND,
        OUTPUT_FORMAT,
        COMPRESSION,
        Field("moderation", Choice(("low", "auto")), default="auto", help="How strict to be."),
        Field("stream", Flag(), default=False, help="Server-sent events instead of one body."),
        Field("partial_images", Integer(0, 3), default=0, help="Intermediate pictures while streaming."),
        SEED,
        USER,
        Field("safety_identifier", Text(10_000), help="Newer name of `user`."),
        MODEL,
    ]
    if operation is Operation.EDITS:
        fields.append(
            Field("input_fidelity", Choice(("high", "low")), default="low", help="Effort to keep the input.")
        )
    return tuple(fields)


def _table(**rows: tuple[Field, ...]) -> MappingProxyType[Operation, tuple[Field, ...]]:
    return MappingProxyType({Operation(name): fields for name, fields in rows.items()})


def _legacy_table(
    prompt: int, size: FixedSize, n: Field = N, quality: Field = LEGACY_QUALITY
) -> MappingProxyType[Operation, tuple[Field, ...]]:
    # Uploads of these dialects are square, and so are the pictures made from them.
    square = FixedSize(LEGACY_SIZES, size.named or size.allowed)
    return _table(
        generations=_legacy_fields(Operation.GENERATIONS, prompt, size, n, quality),
        edits=_legacy_fields(Operation.EDITS, prompt, square, n, quality),
        variations=_legacy_fields(Operation.VARIATIONS, prompt, square, n, quality),
    )


LEGACY_IMAGES = ImageRules(("image/png",), 4 * MB, 1, square=True, alpha_without_mask=True)
GPT_IMAGES = ImageRules(
    ("image/jpeg", "image/png", "image/webp"), 50 * MB, 16, square=False, alpha_without_mask=False
)

LEGACY = Dialect(
    name="legacy",
    wording=Legacy(),
    fields=_legacy_table(1000, FixedSize(LEGACY_SIZES)),
    images=LEGACY_IMAGES,
    ignores_unknown=True,
)
DALLE2 = replace(LEGACY, name="dall-e-2", fields=_legacy_table(1000, FixedSize(LEGACY_SIZES, NAMED_SIZES)))
DALLE3 = replace(
    LEGACY,
    name="dall-e-3",
    fields=_legacy_table(
        4000,
        FixedSize(DALLE3_SIZES, NAMED_SIZES),
        replace(N, kind=Integer(1, 10, 1, "You must provide n=1 for this model.")),
    ),
    revises_prompt=True,
)
LOCAL = replace(
    LEGACY, name="local", fields=_legacy_table(4000, FixedSize(NAMED_SIZES), quality=LOCAL_QUALITY)
)
GPT_QUALITY = Choice(("low", "medium", "high", "auto"))
GPT = Dialect(
    name="gpt-image",
    wording=Typed(),
    fields=_table(
        generations=_gpt_fields(Operation.GENERATIONS, FixedSize(GPT_SIZES), GPT_QUALITY),
        edits=_gpt_fields(Operation.EDITS, FixedSize(GPT_SIZES), GPT_QUALITY),
    ),
    images=GPT_IMAGES,
    ignores_unknown=False,
    always_base64=True,
    reports_usage=True,
)
GPT2_QUALITY = replace(GPT_QUALITY, silent=("xhigh", "max"))
"""gpt-image-2 names four in its error; gpt-image-2.5 takes two more."""
GPT2 = replace(
    GPT,
    name="gpt-image-2",
    fields=_table(
        generations=_gpt_fields(Operation.GENERATIONS, FreeSize(), GPT2_QUALITY),
        edits=_gpt_fields(Operation.EDITS, FreeSize(), GPT2_QUALITY),
    ),
)

DIALECTS = (LEGACY, DALLE2, DALLE3, LOCAL, GPT, GPT2)

GPT_NAME = "(chat)?gpt-image(?![0-9])"
"""What names of the typed era begin with."""
GPT2_NAME = "(chat)?gpt-image-([2-9]|[1-9][0-9]{1,2})(?![0-9])"
"""Those of its second generation and later."""


def dialect_of(model: str | None) -> Dialect:
    """The dialect a request speaks, from the model it names; no model means the API of 2022."""
    if not model:
        return LEGACY
    if model == "dall-e-2":
        return DALLE2
    if model == "dall-e-3":
        return DALLE3
    if re.match(GPT2_NAME, model):
        return GPT2
    return GPT if re.match(GPT_NAME, model) else LOCAL
