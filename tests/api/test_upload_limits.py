"""What reading a form may cost: bytes, memory, files on disk and time."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from random import Random

import pytest

from egaku.api.uploads import MB, UploadFault, UploadFaultKind, UploadLimits, read_form
from tests.api.forms import BODIES, HEADERS, LIMITS, PNG, fault_of, form, mutated, part, pieces, read


def test_text_limit_is_exact_and_named() -> None:
    limits = UploadLimits(total=MB, field=100)
    assert read(form(part("prompt", "x" * 100)), limits=limits).fields["prompt"] == "x" * 100
    fault = fault_of(form(part("prompt", "x" * 101)), limits)
    assert (fault.kind, fault.param) == (UploadFaultKind.FIELD_TOO_LARGE, "prompt")


def test_the_longest_prompt_fits() -> None:
    prompt = "描" * 32_000
    assert read(form(part("prompt", prompt))).fields["prompt"] == prompt


def test_file_limit_follows_the_fields_before_it() -> None:
    def by_model(fields: Mapping[str, str]) -> int:
        return 100 if fields.get("model") == "dall-e-2" else 1000

    limits = UploadLimits(total=MB, file=by_model)
    legacy, modern = part("model", "dall-e-2"), part("model", "gpt-image-1")
    fault = fault_of(form(legacy, part("image", bytes(101))), limits)
    assert (fault.kind, fault.param) == (UploadFaultKind.FILE_TOO_LARGE, "image")
    for parts in (
        (legacy, part("image", bytes(100))),
        (modern, part("image", bytes(1000))),
        (part("image", bytes(1000)), legacy),
    ):
        with read(form(*parts), limits=limits) as found:
            assert found.images[0].size == len(found.images[0].read())
    assert fault_of(form(modern, part("image", bytes(1001))), limits).kind is UploadFaultKind.FILE_TOO_LARGE


def test_total_limit_is_exact_and_counted_while_streaming() -> None:
    body = form(part("image", PNG))
    read(body, limits=UploadLimits(total=len(body))).close()
    fault = fault_of(body, UploadLimits(total=len(body) - 1))
    assert fault.kind is UploadFaultKind.BODY_TOO_LARGE

    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield part("image", b"")[:-2]
        while True:
            taken += 1
            yield bytes(1000)

    with pytest.raises(UploadFault):
        asyncio.run(read_form(HEADERS, endless(), UploadLimits(total=100_000)))
    assert taken <= 100


def test_declared_length_beyond_the_limit_is_refused_unread() -> None:
    taken = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal taken
        taken += 1
        yield form(part("image", PNG))

    headers = {**HEADERS, "content-length": str(10**30)}
    with pytest.raises(UploadFault) as caught:
        asyncio.run(read_form(headers, counted(), LIMITS))
    assert caught.value.kind is UploadFaultKind.BODY_TOO_LARGE
    assert taken == 0


def test_header_limit() -> None:
    long = part("image", PNG, "X-Long: " + "x" * 9000)
    for body in (form(long), long[:5000]):
        assert fault_of(body).kind in {UploadFaultKind.HEADERS_TOO_LARGE, UploadFaultKind.TRUNCATED}
    assert fault_of(form(long)).kind is UploadFaultKind.HEADERS_TOO_LARGE
    many = part("image", PNG, *(f"X-{i}: 1" for i in range(40)))
    assert fault_of(form(many)).kind is UploadFaultKind.MALFORMED


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_large_files_go_to_disk_and_leave_nothing(spool: Path) -> None:
    limits = UploadLimits(total=10 * MB, memory=1000)
    before = open_files()
    contents = [bytes([i]) * 700 for i in range(4)]
    with read(form(*(part("image[]", content) for content in contents)), limits=limits) as found:
        assert [upload.read() for upload in found.images] == contents
        assert open_files() == before + 3
        assert list(spool.iterdir()) == [], "a killed process would leave them behind"
    assert open_files() == before
    assert list(spool.iterdir()) == []


def test_aborted_requests_leave_nothing() -> None:
    limits = UploadLimits(total=10 * MB, memory=10)
    before = open_files()

    async def disconnected() -> AsyncIterator[bytes]:
        yield part("mask", PNG)
        yield part("image", PNG)[:-20]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        asyncio.run(read_form(HEADERS, disconnected(), limits))

    async def cancelled() -> None:
        stuck = asyncio.Event()

        async def stalled() -> AsyncIterator[bytes]:
            yield part("image", PNG)[:-20]
            await stuck.wait()

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(read_form(HEADERS, stalled(), limits), 0.05)

    asyncio.run(cancelled())
    gc.collect()
    assert open_files() == before


@pytest.mark.campaign
def test_mutated_forms_end_in_a_form_or_a_fault(spool: Path) -> None:
    random = Random(20221103)
    big = form(part("image", random.randbytes(200_000), filename="a.png"), part("prompt", "x" * 5000))
    boundaries = form(part("image", b"\r\n--xyz " * 20_000), part("image", b"\r\n--xyzz" * 20_000))
    exploded = b"".join(part(f"image[{i}]", str(i % 256)) for i in range(200))
    seeds = (*BODIES, big, boundaries, exploded, form(*(part(f"f{i}", "x") for i in range(70))))
    limits = UploadLimits(total=300_000, memory=10_000)
    before = open_files()
    faults, forms, slowest = Counter[UploadFaultKind](), 0, 0.0
    sentences: set[str] = set()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    async def campaign() -> None:
        nonlocal forms, slowest
        for _ in range(5_000):
            body = mutated(random, random.choice(seeds))
            step = random.choice((1 << 16, 1 << 16, 4096, 100))
            sizes = [step] * (len(body) // step)
            began = time.perf_counter()
            try:
                with await read_form(HEADERS, pieces(body, sizes), limits):
                    forms += 1
            except UploadFault as fault:
                faults[fault.kind] += 1
                sentences.add(fault.sentence)
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(0)  # as a server would; the loop closes what was left half read

    asyncio.run(campaign())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    assert open_files() == before
    assert list(spool.iterdir()) == []
    assert slowest < 1
    assert all(sentence.isprintable() for sentence in sentences)
    assert grown * (1 if sys.platform == "darwin" else 1024) < 64 * MB
    assert forms > 500, "the mutations are too wild to reach the parser"
    assert len(faults) >= 6
