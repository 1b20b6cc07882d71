"""A request, read against its dialect's table: everything typed, or the first fault raised.

Nothing here costs more than the size of the body: pictures are looked at by size and magic bytes only. What
needs decoding (squareness, alpha, mask size) is checked later, by the same dialect's rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from egaku.contract.dialects import Dialect, Operation, dialect_of
from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.sizes import Size
from egaku.contract.wording import IMAGE_USER_ERROR, Legacy

OutputFormat = Literal["png", "jpeg", "webp"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of an uploaded picture before it is decoded."""

    name: str
    """As on the wire: `image`, `image[]`, `image[0]`, `mask`, `images[0].image_url`."""
    size: int
    """Bytes."""
    media_type: str | None
    """By magic bytes, whatever the client declared; None when it is no picture we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """One valid request to one of the three endpoints."""

    operation: Operation
    dialect: Dialect
    model: str | None
    """As the caller wrote it."""
    prompt: str
    n: int
    size: Size | None
    """None means auto: the engine's or the picture's own choice."""
    response_format: str
    quality: str
    style: str | None
    background: str
    output_format: OutputFormat
    output_compression: int
    stream: bool
    partial_images: int
    moderation: str
    seed: int | None
    strength: float
    user: str | None
    ignored: tuple[str, ...]
    """Keys the caller sent that this dialect does not know; reported, not refused."""


def parse_request(
    operation: Operation,
    values: Mapping[str, object],
    *,
    form: bool,
    images: Sequence[FileFacts] = (),
    mask: FileFacts | None = None,
    image_fault: ApiError | None = None,
    dialect: Dialect | None = None,
) -> ImageRequest:
    """Read a body's fields.

    `values` holds the JSON object or the form's text fields, without those that carry pictures; `image_fault`
    is what was already wrong with these, raised when their turn comes; `dialect` overrides what `model` would
    choose. Raises ApiError in the dialect's key order.
    """
    try:
        dialect = dialect or _dialect(values.get("model"))
        pictures = _Pictures(images, mask, image_fault)
        return _parse(operation, dialect, values, pictures, form=form)
    except ApiError as error:
        if dialect is not None:
            error.keys = dialect.wording.keys
        raise


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The body's pictures, as far as they can be judged before they are decoded."""

    images: Sequence[FileFacts]
    mask: FileFacts | None
    fault: ApiError | None


def _dialect(model: object) -> Dialect:
    if model is not None and not isinstance(model, str):
        raise Legacy().wrong_type("model", "string", model)
    return dialect_of(model)


def _parse(
    operation: Operation,
    dialect: Dialect,
    values: Mapping[str, object],
    pictures: _Pictures,
    *,
    form: bool,
) -> ImageRequest:
    if operation not in dialect.fields:
        raise InvalidRequest(
            f"Invalid value: '{str(values.get('model'))[:100]}'. Value must be 'dall-e-2'.",
            param="model",
            code="invalid_value",
        )
    fields = dialect.fields[operation]
    takes_images = operation is not Operation.GENERATIONS
    ignored = _unknown(values, dialect, {field.name for field in fields})
    read: dict[str, Any] = {}
    for position, field in enumerate(fields):
        if position == _images_come_at(fields) and takes_images:
            _check_images(dialect, pictures, form=form)
        read[field.name] = field.default
        value = values.get(field.name)
        if field.required and field.name not in values:
            raise dialect.wording.missing(field.name)
        # Null is the same as absent wherever a field may be absent; so is an empty string in a form.
        if field.required or not (value is None or (form and value == "")):
            read[field.name] = field.kind.read(field.name, value, dialect.wording, form=form)
    _check_together(read)
    return ImageRequest(
        operation=operation,
        dialect=dialect,
        model=read["model"] or None,
        prompt=read.get("prompt", ""),
        n=read["n"],
        size=read["size"],
        response_format="b64_json" if dialect.always_base64 else read["response_format"],
        quality=read["quality"],
        style=read.get("style"),
        background=read["background"],
        output_format=read["output_format"],
        output_compression=read["output_compression"],
        stream=read["stream"],
        partial_images=read.get("partial_images", 0),
        moderation=read.get("moderation", "auto"),
        seed=read["seed"],
        strength=read.get("strength", 0.5),
        user=read["user"],
        ignored=ignored,
    )


def _images_come_at(fields: Sequence[Any]) -> int:
    """Position of the images in the fault order: right after the prompt, first where there is none."""
    return 1 if fields[0].name == "prompt" else 0


def _unknown(values: Mapping[str, object], dialect: Dialect, known: set[str]) -> tuple[str, ...]:
    unknown = tuple(name for name in values if name not in known)
    if unknown and not dialect.ignores_unknown:
        raise dialect.wording.unknown(unknown[0])
    return unknown


def _check_images(dialect: Dialect, pictures: _Pictures, *, form: bool) -> None:
    rules, wording, images = dialect.images, dialect.wording, pictures.images
    if pictures.fault:
        raise pictures.fault
    if not images:
        raise wording.missing("image" if form else "images")
    if len(images) > rules.max_count:
        raise wording.too_many_images("image", rules.max_count, len(images))
    for facts in images:
        _check_file(dialect, facts, rules.formats)
    if pictures.mask is not None:
        _check_file(dialect, pictures.mask, ("image/png",))


def _check_file(dialect: Dialect, facts: FileFacts, formats: tuple[str, ...]) -> None:
    limit = dialect.images.max_bytes
    # The guide says "less than 4 MB", and the mask's limit is the same in every dialect that has one.
    if facts.size >= limit:
        raise dialect.wording.image_too_large(facts.name, limit)
    if facts.media_type not in formats:
        raise dialect.wording.bad_image(facts.name, formats, facts.media_type, limit)


def _check_together(read: Mapping[str, Any]) -> None:
    """Rules about two fields at once."""
    if read["background"] == "transparent" and read["output_format"] == "jpeg":
        raise InvalidRequest(
            "Transparent background is not supported for output_format 'jpeg'. Use 'png' or 'webp'.",
            param="background",
            code="invalid_value",
            type=IMAGE_USER_ERROR,
        )
    if read["output_format"] == "png" and read["output_compression"] < 100:
        raise InvalidRequest(
            "Compression less than 100 is not supported for PNG output format.",
            param="output_compression",
            code="invalid_png_output_compression",
            type=IMAGE_USER_ERROR,
        )
    if read.get("partial_images") and not read["stream"]:
        raise InvalidRequest(
            "'partial_images' is only supported when 'stream' is true.",
            param="partial_images",
            code="invalid_value",
        )
