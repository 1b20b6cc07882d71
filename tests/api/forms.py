"""Builders of multipart forms, whole and broken, and the shortest way to have one read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from random import Random

import pytest

from egaku.api.uploads import MB, Form, UploadFault, UploadLimits, read_form
from tests.imaging import files

PNG = files.saved(files.gradient(), "PNG")


LIMITS = UploadLimits(total=100 * MB)


PLAIN = "multipart/form-data; boundary=xyz"


HEADERS = {"content-type": PLAIN}


def part(name: str, content: bytes | str, *headers: str, filename: str | None = None) -> bytes:
    """One part, its boundary line in front."""
    named = "" if filename is None else f'; filename="{filename}"'
    lines = [f'Content-Disposition: form-data; name="{name}"{named}', *headers]
    body = content.encode() if isinstance(content, str) else content
    return b"--xyz\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--xyz--\r\n"


def read(
    body: bytes, sizes: Iterable[int] = (), limits: UploadLimits = LIMITS, content_type: str = PLAIN
) -> Form:
    """`read_form` of `body`, cut into pieces of `sizes` and a rest."""
    return asyncio.run(read_form({"content-type": content_type}, pieces(body, sizes), limits))


async def pieces(body: bytes, sizes: Iterable[int]) -> AsyncIterator[bytes]:
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size
    yield body[start:]


def fault_of(body: bytes, limits: UploadLimits = LIMITS, content_type: str = PLAIN) -> UploadFault:
    with pytest.raises(UploadFault) as caught:
        read(body, limits=limits, content_type=content_type)
    return caught.value


BODIES = (
    form(part("image", PNG, filename="a.png"), part("prompt", "夕焼け"), part("mask", b"\r\n--xy\r\n--xyzz")),
    form(b'--xyz\r\nContent-Disposition: form-data;\r\n name="image"\r\n\r\n' + b"\r\n" * 30 + b"\r\n"),
    b"\r\n" + form(part("prompt", ""), part("n", "2")) + b"\r\n",
)


def mutated(random: Random, body: bytes) -> bytes:
    """`body` with a few places broken where it hurts: boundaries, headers, line ends, lengths."""
    out = bytearray(body)
    for _ in range(random.choice((1, 1, 2, 4))):
        start = random.randrange(len(out) + 1)
        if random.random() < 0.5:  # near a boundary or a header
            start = max(
                0, out.find(random.choice((b"--xyz", b"name=", b"\r\n\r\n", b"Content")), start - 500)
            )
        end = min(len(out), start + random.choice((1, 2, 4, 30, 2000)))
        match random.randrange(7):
            case 0:
                out[start:end] = random.randbytes(end - start)
            case 1:
                del out[start:end]
            case 2:
                out[start:start] = out[start:end]
            case 3:
                out[start:start] = b"\r\n--xyz\r\n"
            case 4:
                out[start:end] = random.choice((b"\r\n", b"\0", b'"', b";", b"--xyz--", b"\r\n "))
            case 5:
                out[start:start] = b"X-Header: " + b"x" * random.choice((10, 3000, 9000)) + b"\r\n"
            case _:
                del out[start:]
    return bytes(out)
