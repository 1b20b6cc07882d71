"""Forms as real clients send them, as odd ones might, and as nobody should."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.api.folding import Unfolder
from egaku.api.uploads import MB, Form, UploadFault, UploadFaultKind, UploadLimits, read_form
from tests.imaging import zoo

PNG = zoo.saved(zoo.gradient(), "PNG")
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


# --- contract.md 4.6, the checklist -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["image", "image[]", "image[0]", "image[7]"])
def test_1_names_of_images(name: str) -> None:
    with read(form(part(name, PNG, filename="a.png"), part("prompt", "a cat"))) as found:
        assert [upload.read() for upload in found.images] == [PNG]
        assert found.images[0].name == name
        assert found.images[0].field == "image"
        assert found.fields == {"prompt": "a cat"}


def test_1_many_images_in_the_order_of_their_indices() -> None:
    with read(form(*(part(f"image[{i}]", PNG + bytes([i])) for i in (2, 0, 1)))) as found:
        assert [upload.read()[-1] for upload in found.images] == [0, 1, 2]
    with read(form(*(part("image[]", PNG + bytes([i])) for i in (2, 0, 1)))) as found:
        assert [upload.read()[-1] for upload in found.images] == [2, 0, 1]


def test_2_files_before_and_after_text() -> None:
    image, mask, text = part("image", PNG), part("mask", PNG), part("prompt", "x")
    for order in ((image, mask, text), (text, image, mask), (image, text, mask)):
        with read(form(*order)) as found:
            assert found.fields == {"prompt": "x"}
            assert found.mask is not None
            assert found.images[0].read() == found.mask.read() == PNG


def test_3_nameless_buffer_of_openai_node_3() -> None:
    with read(form(part("image", PNG, "Content-Type: application/octet-stream"))) as found:
        assert found.images[0].read() == PNG
        assert found.images[0].filename is None
        assert found.images[0].content_type == "application/octet-stream"


@pytest.mark.parametrize(
    "filename", ["image", "mask", "upload", "blob", "unknown_file", "猫 ねこ.png", "a;b.png"]
)
def test_4_any_file_name(filename: str) -> None:
    with read(form(part("image", PNG, filename=filename))) as found:
        assert found.images[0].filename == filename


def test_5_no_type_at_all() -> None:
    with read(form(part("image", PNG, filename="a.png"))) as found:
        assert found.images[0].content_type is None


def test_6_byte_by_byte_without_a_length() -> None:
    body = form(part("image", PNG), part("prompt", "a cat"))
    with read(body, [1] * (len(body) - 1)) as found:
        assert found.images[0].read() == PNG
        assert found.fields == {"prompt": "a cat"}


def test_7_numbers_and_flags_stay_text() -> None:
    with read(form(part("n", "2"), part("stream", "true"))) as found:
        assert found.fields == {"n": "2", "stream": "true"}


def test_8_empty_optional_fields_are_absent() -> None:
    empty_file = part("mask", "", "Content-Type: application/octet-stream", filename="")
    with read(form(part("user", ""), part("prompt", ""), empty_file, part("image", ""))) as found:
        assert found.fields == {"prompt": ""}
        assert found.mask is None
        assert found.images == []


def test_8_an_empty_file_with_a_name_was_sent() -> None:
    with read(form(part("image", "", filename="a.png"))) as found:
        assert found.images[0].size == 0


def test_9_unknown_fields_and_files_are_told() -> None:
    with read(form(part("seed", "7"), part("lora", b"\0\1", filename="x.bin"))) as found:
        assert found.fields == {"seed": "7"}
        assert found.files["lora"][0].read() == b"\0\1"


def test_10_utf8_without_charset() -> None:
    with read(form(part("prompt", "夕焼けの富士山 🗻"))) as found:
        assert found.fields["prompt"] == "夕焼けの富士山 🗻"


@pytest.mark.parametrize(
    ("lines", "filename"),
    [
        ("Content-Disposition: form-data; name=image; filename*=UTF-8''na%C3%AFve.png", "naïve.png"),
        ("Content-Disposition: form-data; name=image; filename*=iso-8859-1'en'na%EFve.png", "naïve.png"),
        ("content-disposition: FORM-DATA; NAME=image; FILENAME=a.png", "a.png"),
        ('Content-Disposition: form-data;\r\n  name="image";\r\n\tfilename="a.png"', "a.png"),
        ('Content-Disposition:form-data;name="image";filename="say \\"cheese\\".png"', 'say "cheese".png'),
        ('X-Other: 1\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nX-More:', "a.png"),
    ],
)
def test_10_headers_of_all_sorts(lines: str, filename: str) -> None:
    body = b"--xyz\r\n" + lines.encode() + b"\r\n\r\n" + PNG + b"\r\n--xyz--"
    with read(body) as found:
        assert found.images[0].filename == filename
        assert found.images[0].read() == PNG


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/form-data; boundary="xyz"',
        "Multipart/Form-Data; Boundary=xyz",
        "multipart/form-data; charset=utf-8; boundary=xyz",
        "multipart/form-data;boundary=xyz;",
    ],
)
def test_10_content_types_of_all_sorts(content_type: str) -> None:
    body = form(part("image", PNG))
    with read(body, content_type=content_type) as found:
        assert found.images[0].read() == PNG


@pytest.mark.parametrize(
    "content",
    [
        b"--xyz",
        b"\r\n--xy",
        b"\r\n--xyzz\r\n",
        b"a\r\n--xyz-\r\nb",
        b"\r\r\n--xy\r\n",
        b"\r\n" * 9,
        b"\r\n--xyy--\r\n",
        b"\r\n--xyzContent-Disposition: form-data; name=prompt\r\n\r\nx",
        b"\n--xyz--\n",
    ],
)
def test_11_content_like_a_boundary(content: bytes) -> None:
    body = form(part("image", content), part("prompt", "x"))
    for size in (len(body), 1, 7):
        with read(body, [size] * (len(body) // size)) as found:
            assert found.images[0].read() == content
            assert found.fields == {"prompt": "x"}


def test_11_but_not_a_million_times() -> None:
    """Each costs the parser a microsecond or two; 50 MB of them would cost ten seconds."""
    assert len(read(form(part("prompt", b"\r\n--xyz!" * 1000))).fields["prompt"]) == 8000
    fault = fault_of(form(part("image", b"\r\n--xyz!" * 1001)))
    assert fault.kind is UploadFaultKind.MALFORMED


@pytest.mark.parametrize(
    "tail", [b"\r\n--xyz" * 5000, b"", b"\r\n", b"\r\n\r\n", b"\r\nepilogue \0\xff", b"\r\n" * 1000]
)
def test_12_what_follows_the_last_boundary(tail: bytes) -> None:
    with read(form(part("prompt", "x"))[:-2] + tail) as found:
        assert found.fields == {"prompt": "x"}


@pytest.mark.parametrize(
    "content_type", ["application/json", "", "multipart/form-data", "multipart/mixed; boundary=xyz"]
)
def test_13_not_a_form(content_type: str) -> None:
    fault = fault_of(b'{"prompt": "x"}', content_type=content_type)
    assert fault.kind is UploadFaultKind.MALFORMED
    assert "boundary" in fault.sentence


def test_15_too_many_parts() -> None:
    parts = [part(f"f{i}", "x") for i in range(64)]
    assert len(read(form(*parts)).fields) == 64
    assert fault_of(form(*parts, part("one", "more"))).kind is UploadFaultKind.TOO_MANY_PARTS


# --- the raw Buffer of openai-node 4 ----------------------------------------------------------------------


def test_exploded_buffer_is_named_at_its_first_byte() -> None:
    """Four million parts would follow; the reader stops at the first and says what to write instead."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield part("prompt", "a cat")
        for i in range(4_000_000):
            taken += 1
            yield part(f"image[{i}]", str(PNG[i % len(PNG)]))

    with pytest.raises(UploadFault) as caught:
        asyncio.run(read_form(HEADERS, endless(), LIMITS))
    assert caught.value.kind is UploadFaultKind.EXPLODED
    assert caught.value.param == "image"
    assert "toFile(" in caught.value.sentence
    assert taken < 4


def test_small_files_with_an_index_are_not_exploded() -> None:
    with read(form(part("image[0]", "137", filename="a.png"), part("image[1]", "abc"))) as found:
        assert [upload.read() for upload in found.images] == [b"137", b"abc"]


# --- bounds -----------------------------------------------------------------------------------------------


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


def test_duplicates_are_refused() -> None:
    fault = fault_of(form(part("n", "1"), part("n", "2")))
    assert (fault.kind, fault.param) == (UploadFaultKind.DUPLICATE, "n")
    assert fault.sentence == "The field 'n' was sent more than once."
    fault = fault_of(form(part("mask", PNG), part("mask", PNG)))
    assert (fault.kind, fault.param) == (UploadFaultKind.DUPLICATE, "mask")


def test_text_that_is_no_text() -> None:
    fault = fault_of(form(part("prompt", b"\xff\xfe")))
    assert (fault.kind, fault.param) == (UploadFaultKind.NOT_TEXT, "prompt")


@pytest.mark.parametrize(
    "body",
    [
        b"no form at all",
        b"--abc\r\n\r\n--abc--",
        form(b"--xyz\r\n\r\nno headers\r\n"),
        form(b"--xyz\r\nContent-Disposition: form-data\r\n\r\nno name\r\n"),
        form(b"--xyz\r\nContent-Disposition: attachment; name=image\r\n\r\nx\r\n"),
        form(b"--xyz\r\nBad Header: 1\r\n\r\nx\r\n"),
        form(b"--xyz\r\n: empty\r\n\r\nx\r\n"),
        form(part("image", "aGk=", "Content-Transfer-Encoding: base64")),
    ],
)
def test_malformed(body: bytes) -> None:
    assert fault_of(body).kind is UploadFaultKind.MALFORMED


def test_cut_anywhere_is_truncated() -> None:
    body = form(part("image", PNG[:40], filename="a.png"), part("prompt", "x"))
    whole = body.rindex(b"--") + 2
    for end in range(whole):
        assert fault_of(body[:end]).kind is UploadFaultKind.TRUNCATED


def test_names_in_messages_are_printable_and_short() -> None:
    fault = fault_of(form(part("a\x1b[31m" + "n" * 500, "1"), part("a\x1b[31m" + "n" * 500, "1")))
    assert fault.param is not None
    assert fault.param.isprintable()
    assert len(fault.param) == 100


# --- invariance, memory, leftovers ------------------------------------------------------------------------

BODIES = (
    form(part("image", PNG, filename="a.png"), part("prompt", "夕焼け"), part("mask", b"\r\n--xy\r\n--xyzz")),
    form(b'--xyz\r\nContent-Disposition: form-data;\r\n name="image"\r\n\r\n' + b"\r\n" * 30 + b"\r\n"),
    b"\r\n" + form(part("prompt", ""), part("n", "2")) + b"\r\n",
)


def facts(found: Form) -> tuple[object, ...]:
    with found:
        uploads = [upload for some in found.files.values() for upload in some]
        return found.fields, [(u.name, u.filename, u.content_type, u.size, u.read()) for u in uploads]


@given(st.sampled_from(BODIES), st.lists(st.integers(1, 40), max_size=60))
def test_any_split_gives_the_same_form(body: bytes, sizes: list[int]) -> None:
    assert facts(read(body, sizes)) == facts(read(body))


@given(st.sampled_from(BODIES), st.lists(st.integers(1, 9), max_size=200))
def test_unfolding_changes_folds_alone(body: bytes, sizes: list[int]) -> None:
    unfolder = Unfolder(b"xyz", 1000)
    start, out = 0, b""
    for size in (*sizes, len(body)):
        out += unfolder.feed(body[start : start + size])
        start += size
    assert out + unfolder.finish() == body.replace(b'form-data;\r\n name="image"', b'form-data; name="image"')


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
