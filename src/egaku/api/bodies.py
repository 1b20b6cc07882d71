"""Request bodies: JSON or multipart, read within bounds, as one thing the table of rules can judge."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import orjson
import pybase64
from starlette.requests import ClientDisconnect, Request

from egaku.api.uploads import Form, Upload, UploadFault, UploadFaultKind, UploadLimits, read_form
from egaku.contract.dialects import GPT_IMAGES, Dialect, Operation, dialect_of
from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.requests import FileFacts
from egaku.contract.wording import Typed
from egaku.generation.sources import Uploaded
from egaku.imaging.sniff import media_type

HEAD_BYTES = 1024
"""Enough of a file to tell what it is."""
JSON_BYTES = 2**20
"""A generation's body: 32,000 characters take 384 kB even when every one is escaped twice."""

SMALL_BYTES = 64 * 1024
"""Parsed on the event loop: going to a thread and back takes longer."""

NOT_JSON = (
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
    "library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you "
    "have trouble figuring out how to fix this, please read the API reference of the client you use.)"
)
NO_FETCHING = (
    "Invalid '{name}': only data: URLs are accepted, for example 'data:image/png;base64,…'. This server does "
    "not fetch pictures from other addresses and stores no files."
)


@dataclass(slots=True)
class Body:
    """One request's fields and pictures."""

    values: dict[str, object]
    is_form: bool
    images: list[Uploaded] = field(default_factory=list)
    """In the order sent."""
    image_facts: list[FileFacts] = field(default_factory=list)
    mask: Uploaded | None = None
    mask_facts: FileFacts | None = None
    image_fault: ApiError | None = None
    """What was wrong with the pictures as they came in; raised in the dialect's order of faults."""

    def add_image(self, name: str, size: int, head: bytes, read: Callable[[], bytes]) -> None:
        """One more picture: `size` bytes that begin with `head` and can be read later."""
        self.images.append(Uploaded(name, read))
        self.image_facts.append(FileFacts(name, size, media_type(head) or None))

    def set_mask(self, size: int, head: bytes, read: Callable[[], bytes]) -> None:
        """The mask, likewise."""
        self.mask = Uploaded("mask", read)
        self.mask_facts = FileFacts("mask", size, media_type(head) or None)


@contextlib.asynccontextmanager
async def read_body(request: Request, operation: Operation, max_bytes: int) -> AsyncIterator[Body]:
    """The body of a request to one of the three endpoints. Raises InvalidRequest; frees what it spooled."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        if operation is Operation.GENERATIONS:
            raise InvalidRequest(f"Invalid Content-Type header ({kind}), expected application/json.")
        async with _form(request, max_bytes) as form:
            yield await asyncio.to_thread(_from_form, form)
    else:
        limit = JSON_BYTES if operation is Operation.GENERATIONS else max_bytes
        data = await _read_all(request, limit)
        if operation is Operation.VARIATIONS or not (_is_json(kind) or data.lstrip()[:1] == b"{"):
            wanted = "application/json" if operation is Operation.GENERATIONS else "multipart/form-data"
            raise InvalidRequest(f"Invalid Content-Type header ({kind[:100]}), expected {wanted}.")
        if len(data) <= SMALL_BYTES:
            yield _from_json(data, operation)
        else:
            yield await asyncio.to_thread(_from_json, data, operation)


async def read_json(request: Request, max_bytes: int) -> dict[str, object]:
    """The JSON object of any other request. Raises InvalidRequest."""
    data = await _read_all(request, max_bytes)
    if len(data) <= SMALL_BYTES:
        return _parse_json(data)
    return await asyncio.to_thread(_parse_json, data)


def _is_json(kind: str) -> bool:
    return kind in ("application/json", "") or (kind.startswith("application/") and kind.endswith("+json"))


async def _read_all(request: Request, limit: int) -> bytes:
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                shown = f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit // 2**10} kB"
                raise InvalidRequest(f"The request body is larger than {shown}.")
    except ClientDisconnect:
        raise InvalidRequest("The request body ended too early.") from None
    return bytes(data)


def _parse_json(data: bytes) -> dict[str, object]:
    try:
        values = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise InvalidRequest(NOT_JSON) from None
    if not isinstance(values, dict):
        raise InvalidRequest(NOT_JSON)
    return values


def _from_json(data: bytes, operation: Operation) -> Body:
    values = _parse_json(data)
    if operation is Operation.GENERATIONS:
        return Body(values, is_form=False)
    wording = _dialect(values).wording
    items = values.pop("images", None)
    mask = values.pop("mask", None)
    if items is not None and not isinstance(items, list):
        return Body(values, is_form=False, image_fault=wording.wrong_type("images", "array", items))
    try:
        files = [_data_url(f"images[{i}]", item) for i, item in enumerate(items or ())]
        masked = None if mask is None else _data_url("mask", mask)
    except ApiError as fault:
        return Body(values, is_form=False, image_fault=fault)
    body = Body(values, is_form=False)
    for i, file in enumerate(files):
        body.add_image(f"images[{i}].image_url", len(file), file[:HEAD_BYTES], partial(bytes, file))
    if masked is not None:
        body.set_mask(len(masked), masked[:HEAD_BYTES], partial(bytes, masked))
    return body


def _dialect(values: Mapping[str, object]) -> Dialect:
    return dialect_of(model if isinstance(model := values.get("model"), str) else None)


def _data_url(name: str, item: object) -> bytes:
    url = _image_url(name, item) if isinstance(item, dict) else item
    head, _, encoded = url.partition(",") if isinstance(url, str) else ("", "", "")
    if not head.startswith("data:") or not head.endswith(";base64"):
        raise InvalidRequest(NO_FETCHING.format(name=name), param=name, code="invalid_value")
    try:
        return pybase64.b64decode(encoded, validate=True)
    except ValueError:
        raise InvalidRequest(
            f"Invalid '{name}': not valid base64.", param=name, code="invalid_base64"
        ) from None


def _image_url(name: str, item: Mapping[str, object]) -> object:
    for member in item:
        if member not in ("image_url", "file_id"):
            raise Typed().unknown(f"{name}.{member}")
    return None if "file_id" in item else item.get("image_url")


@contextlib.asynccontextmanager
async def _form(request: Request, max_bytes: int) -> AsyncIterator[Form]:
    seen: Mapping[str, str] = {}

    def file_limit(fields: Mapping[str, str]) -> int:
        nonlocal seen
        seen = fields
        # The model may still be to come: then the largest there is, and the size is looked at again later.
        return _dialect(fields).images.max_bytes if "model" in fields else GPT_IMAGES.max_bytes

    try:
        limits = UploadLimits(total=max_bytes, file=file_limit)
        form = await read_form(request.headers, request.stream(), limits)
    except ClientDisconnect:
        raise InvalidRequest("The request body ended too early.") from None
    except UploadFault as fault:
        raise _from_fault(fault, _dialect(seen)) from None
    with form:
        yield form


def _from_fault(fault: UploadFault, dialect: Dialect) -> ApiError:
    error: ApiError = InvalidRequest(fault.sentence, param=fault.param)
    if fault.kind is UploadFaultKind.FILE_TOO_LARGE:
        error = dialect.wording.image_too_large(fault.param or "image", dialect.images.max_bytes)
    error.keys = dialect.wording.keys
    return error


def _from_form(form: Form) -> Body:
    _unswap(form)
    body = Body(dict(form.fields), is_form=True)
    wording = _dialect(form.fields).wording
    for upload in form.images:
        body.add_image(upload.name, upload.size, _head(upload), upload.read)
    if mask := form.mask:
        body.set_mask(mask.size, _head(mask), mask.read)
    for upload in (*form.images, *([mask] if mask else [])):
        if _is_text(upload):
            body.image_fault = wording.not_a_file(upload.name)
    for name, uploads in form.files.items():
        if name not in ("image", "mask"):
            # A file where no picture belongs: judged, or reported as ignored, like any other value.
            body.values.setdefault(uploads[0].name, {"file": True})
    return body


def _unswap(form: Form) -> None:
    """Put a mask sent as `prompt` and a prompt sent as `mask` in their places.

    The guide's JavaScript gives the mask before the prompt. openai-node 3.2 swapped its two parameters, so
    that the guide's own lines, run with it, send each under the other's name.
    """
    mask, prompts = form.mask, form.files.get("prompt", [])
    if mask and len(prompts) == 1 and _is_text(mask) and media_type(_head(prompts[0])):
        form.fields["prompt"] = mask.read().decode("utf-8", "replace")
        mask.file.close()
        form.files["mask"] = form.files.pop("prompt")


def _is_text(upload: Upload) -> bool:
    """Neither called nor declared a file, and no picture inside."""
    return upload.filename is None and upload.content_type is None and not media_type(_head(upload))


def _head(upload: Upload) -> bytes:
    upload.file.seek(0)
    return upload.file.read(HEAD_BYTES)
