"""Forms as real clients send them, as odd ones might, and as nobody should.

The numbers in names are those of the checklist of quirks every server meets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.api.uploads import Form, UploadFault, UploadFaultKind, read_form
from tests.api.forms import BODIES, HEADERS, LIMITS, PNG, fault_of, form, part, read


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


def facts(found: Form) -> tuple[object, ...]:
    with found:
        uploads = [upload for some in found.files.values() for upload in some]
        return found.fields, [(u.name, u.filename, u.content_type, u.size, u.read()) for u in uploads]


@given(st.sampled_from(BODIES), st.lists(st.integers(1, 40), max_size=60))
def test_any_split_gives_the_same_form(body: bytes, sizes: list[int]) -> None:
    assert facts(read(body, sizes)) == facts(read(body))
