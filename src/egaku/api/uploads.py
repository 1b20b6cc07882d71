"""Uploads: a multipart form read from the wire as it comes, within bounds that hold while reading.

Real clients differ more than RFC 7578 allows for, and all of them are served:

- Files come before or after text, with or without a length, with any declared type or none.
- A part called `image`, `image[]`, `image[0]` or `mask` is a file even without a file name: openai-node 3
  sends a nameless Buffer so. Any other part is a file when it has a file name, else text.
- An empty file without a name, and an empty text other than `prompt`, count as not sent: browsers send the
  fields a person left alone.
- openai-node 4 and later send a raw Buffer as one text part per byte, four million for a large picture. The
  first such part ends the reading, with a sentence that says what to write instead.
- The same text field twice is refused: either choice would be a silent change.

At most `UploadLimits.memory` bytes of a request's files are in memory, the rest in temporary files that have
no name in the file system, so that not even a killed process leaves one behind.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from egaku.api.folding import BadBoundary, HeadersTooLong, Unfolder

MB = 2**20

_FILE_NAME = re.compile(r"(?P<field>image|mask)(?:\[(?P<index>\d{0,9})\])?")
_PLAIN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary"})
# The parser tells a log what it thinks of each malformed body; a stranger could fill the disk with it.
_silent = logging.getLogger("egaku.api.uploads.silent")
_silent.disabled = True


class UploadFaultKind(StrEnum):
    """Machine-readable reasons."""

    MALFORMED = "malformed"
    """Not the multipart form it says it is."""
    TRUNCATED = "truncated"
    """The body ends before its last boundary."""
    TOO_MANY_PARTS = "too_many_parts"
    HEADERS_TOO_LARGE = "headers_too_large"
    FIELD_TOO_LARGE = "field_too_large"
    FILE_TOO_LARGE = "file_too_large"
    BODY_TOO_LARGE = "body_too_large"
    DUPLICATE = "duplicate"
    EXPLODED = "exploded"
    """A Buffer was sent as one form field per byte."""
    NOT_TEXT = "not_text"
    """A text field is not UTF-8."""


class UploadFault(Exception):
    """A form cannot be read. `sentence` is public; `param` names the field at fault, as sent, if one is."""

    def __init__(self, kind: UploadFaultKind, sentence: str, param: str | None = None) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
        self.param = param


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """Bounds on one form, all in bytes but `parts`."""

    total: int
    """The whole body, boundaries included."""
    file: Callable[[Mapping[str, str]], int] = lambda _: 50 * MB
    """Any one file, given the text fields read so far. The model may come after the picture, so a caller for
    whom it matters looks at the size again."""
    field: int = 256 * 1024
    """Any one text field: a prompt of 32,000 characters takes 128 kB at most."""
    headers: int = 8 * 1024
    """The headers of any one part."""
    parts: int = 64
    memory: int = 8 * MB
    """All files together, before the next goes to disk."""


@dataclass(slots=True, kw_only=True)
class Upload:
    """One file as it came. Its names are for messages only and never touch a path."""

    name: str
    """The part's name as sent: `image`, `image[]`, `image[0]`, `mask`, or an unknown one."""
    filename: str | None
    content_type: str | None
    """As declared; what the bytes are, only they can tell."""
    index: int | None
    """N of `image[N]`."""
    file: tempfile.SpooledTemporaryFile[bytes] = field(repr=False)
    size: int = 0

    @property
    def field(self) -> str:
        """The field the part belongs to: `image` for `image[0]`."""
        return self.name.partition("[")[0]

    def read(self) -> bytes:
        """All of it."""
        self.file.seek(0)
        return self.file.read()


@dataclass(slots=True)
class Form:
    """A form that was read. Closing it frees its files; use it in a `with`."""

    fields: dict[str, str] = field(default_factory=dict)
    """Text by name, as sent. Empty ones are left out, but for `prompt`."""
    files: dict[str, list[Upload]] = field(default_factory=dict)
    """Files by field, in the order sent, or of their indices where all have one."""

    @property
    def images(self) -> list[Upload]:
        return self.files.get("image", [])

    @property
    def mask(self) -> Upload | None:
        return next(iter(self.files.get("mask", ())), None)

    def close(self) -> None:
        for uploads in self.files.values():
            for upload in uploads:
                upload.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


async def read_form(headers: Mapping[str, str], stream: AsyncIterator[bytes], limits: UploadLimits) -> Form:
    """Read a multipart form from an ASGI body `stream` whose request had `headers` (lower-case names).

    Raises UploadFault. Whatever is raised, by this or by the stream, no temporary file stays open.
    """
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:19]) > limits.total:
        raise _too_large(limits)
    reader = _Reader(_boundary(headers.get("content-type", "")), limits)
    try:
        async for chunk in stream:
            reader.write(chunk)
        return reader.finish()
    except BaseException:
        reader.discard()
        raise
    finally:
        reader.release()


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type.encode("latin-1", "replace"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 256:
        raise UploadFault(
            UploadFaultKind.MALFORMED,
            "The Content-Type header must be multipart/form-data with a boundary. Most clients set it "
            "themselves when it is left out.",
        )
    return boundary


class _Reader:
    """Turns the parser's events into a form."""

    def __init__(self, boundary: bytes, limits: UploadLimits) -> None:
        self._limits = limits
        self._form = Form()
        self._unfolder = Unfolder(boundary, limits.headers)
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
            max_header_count=32,
            max_header_size=limits.headers,
        )
        self._parser.logger = _silent
        self._total = self._parts = 0
        self._in_memory = 0
        self._complete = False
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._headers: dict[str, bytes] = {}
        self._name = ""
        self._text = bytearray()
        self._upload: Upload | None = None
        self._file_limit = 0

    def write(self, chunk: bytes) -> None:
        self._total += len(chunk)
        if self._total > self._limits.total:
            raise _too_large(self._limits)
        try:
            self._parse(self._unfolder.feed(chunk))
        except HeadersTooLong:
            raise UploadFault(
                UploadFaultKind.HEADERS_TOO_LARGE, "The headers of a form field are too long."
            ) from None
        except BadBoundary:
            raise UploadFault(
                UploadFaultKind.MALFORMED, "The form's boundary appears within its content again and again."
            ) from None

    def finish(self) -> Form:
        self._parse(self._unfolder.finish())
        if not self._complete:
            raise UploadFault(UploadFaultKind.TRUNCATED, "The form ends before its closing boundary.")
        if len(self._form.files.get("mask", ())) > 1:
            raise _duplicate("mask")
        for uploads in self._form.files.values():
            if all(upload.index is not None for upload in uploads):
                uploads.sort(key=lambda upload: upload.index or 0)
        return self._form

    def discard(self) -> None:
        """Free the files of a form that will not be given out."""
        if self._upload is not None:
            self._upload.file.close()
        self._form.close()

    def release(self) -> None:
        """Let go of the parser, which knows this reader: no cycle is left for the collector."""
        self._parser.callbacks = {}

    def _parse(self, data: bytes) -> None:
        try:
            self._parser.write(data)
        except FormParserError:
            raise UploadFault(
                UploadFaultKind.MALFORMED, "The form is not valid multipart/form-data."
            ) from None

    def _on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > self._limits.parts:
            raise UploadFault(
                UploadFaultKind.TOO_MANY_PARTS, f"The form has more than {self._limits.parts} fields."
            )
        self._headers = {}

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = bytes(self._header_value)
        self._header_name.clear()
        self._header_value.clear()

    def _on_headers_finished(self) -> None:
        kind, options = parse_options_header(self._headers.get("content-disposition", b""))
        if kind != b"form-data" or b"name" not in options:
            raise UploadFault(UploadFaultKind.MALFORMED, "A form field has no name.")
        encoding = self._headers.get("content-transfer-encoding", b"").decode("latin-1").strip().lower()
        self._name = options[b"name"].decode("utf-8", "replace")
        if encoding not in _PLAIN_ENCODINGS:
            raise UploadFault(
                UploadFaultKind.MALFORMED,
                "Form fields must be sent as they are, without a transfer encoding.",
                _shown(self._name),
            )
        filename = _filename(options, self._headers["content-disposition"])
        known = _FILE_NAME.fullmatch(self._name)
        if known or filename is not None:
            self._begin_file(filename, known and known["index"])

    def _begin_file(self, filename: str | None, index: str | None) -> None:
        declared = self._headers.get("content-type")
        self._upload = Upload(
            name=self._name,
            filename=filename,
            content_type=None if declared is None else declared.decode("latin-1").strip(),
            index=int(index) if index else None,
            file=tempfile.SpooledTemporaryFile(),  # noqa: SIM115 -- outlives this call; Form.close closes it
        )
        self._file_limit = self._limits.file(self._form.fields)

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        upload = self._upload
        if upload is None:
            if len(self._text) + end - start > self._limits.field:
                name = _shown(self._name)
                raise UploadFault(UploadFaultKind.FIELD_TOO_LARGE, f"The field '{name}' is too long.", name)
            self._text += data[start:end]
            return
        upload.size += end - start
        if upload.size > self._file_limit:
            name = _shown(upload.name)
            raise UploadFault(
                UploadFaultKind.FILE_TOO_LARGE,
                f"The file '{name}' is larger than {self._file_limit / MB:g} MB.",
                name,
            )
        if self._in_memory + upload.size > self._limits.memory:
            upload.file.rollover()  # does nothing the second time
        upload.file.write(data[start:end])

    def _on_part_end(self) -> None:
        upload, self._upload = self._upload, None
        if upload is None:
            self._end_text()
        elif upload.size or upload.filename:
            self._form.files.setdefault(upload.field, []).append(upload)
            self._refuse_exploded(upload)
            if self._in_memory + upload.size <= self._limits.memory:
                self._in_memory += upload.size
        else:
            upload.file.close()

    def _end_text(self) -> None:
        try:
            text = self._text.decode()
        except UnicodeDecodeError:
            name = _shown(self._name)
            raise UploadFault(
                UploadFaultKind.NOT_TEXT, f"The field '{name}' is not UTF-8 text.", name
            ) from None
        finally:
            self._text = bytearray()
        if text or self._name == "prompt":
            if self._name in self._form.fields:
                raise _duplicate(self._name)
            self._form.fields[self._name] = text

    def _refuse_exploded(self, upload: Upload) -> None:
        """`image[0]` with the text "137" is the first byte of a PNG, not a picture."""
        if upload.index is None or upload.filename is not None or upload.size > 3:
            return
        if upload.read().isdigit():
            raise UploadFault(
                UploadFaultKind.EXPLODED,
                f"'{upload.field}' was sent as one form field per byte, which is what a raw Buffer becomes. "
                f"Wrap it with toFile(), for example: {upload.field}: await toFile(buffer, 'image.png').",
                upload.field,
            )

    def _on_end(self) -> None:
        self._complete = True


def _filename(options: Mapping[bytes, bytes], disposition: bytes) -> str | None:
    """`filename`, or `filename*` (RFC 5987: charset'language'percent-encoded), or None."""
    if b"filename" in options:
        return options[b"filename"].decode("utf-8", "replace")
    found = re.search(rb";\s*filename\*\s*=\s*\"?([^;\"]*)", disposition, re.IGNORECASE)
    if found is None:
        return None
    charset, _, rest = found[1].decode("latin-1").partition("'")
    text = unquote_to_bytes(rest.partition("'")[2])
    return text.decode("latin-1" if charset.lower() == "iso-8859-1" else "utf-8", "replace")


def _shown(name: str) -> str:
    """A stranger's field name, fit for a message."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name[:100])


def _duplicate(name: str) -> UploadFault:
    name = _shown(name)
    return UploadFault(UploadFaultKind.DUPLICATE, f"The field '{name}' was sent more than once.", name)


def _too_large(limits: UploadLimits) -> UploadFault:
    return UploadFault(
        UploadFaultKind.BODY_TOO_LARGE, f"The request body is larger than {limits.total / MB:g} MB."
    )
