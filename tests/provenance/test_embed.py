"""Embed: what is written can be read where others look for it, and no pixel moves."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from egaku.imaging.containers.still import Format
from egaku.imaging.encode import encode
from egaku.provenance.embed import embed, xmp_packet
from egaku.provenance.manifest import Origin
from tests.pictures import decoded, holed, noise

ORIGIN = Origin(act="generate", engine="illustrator", digital_source="algorithmicMedia")
FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp")
TEXTS = ("a red fox\nSeed: 7", "雪の中の狐\nSeed: 7", "x" * 32_000)


def opened(file: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(file))
    image.load()
    return image


def xmp_of(file: bytes) -> bytes:
    info = opened(file).info
    found = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    return found if isinstance(found, bytes) else found.encode()


def text_of(file: bytes) -> str:
    image = opened(file)
    if image.format == "PNG":
        return str(image.info["parameters"])
    comment = image.getexif().get_ifd(0x8769)[0x9286]
    assert comment[:8] == b"UNICODE\0"
    return str(comment[8:].decode("utf-16-be"))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("side", [1, 17, 64])
def test_pixels_and_xmp(format_: Format, transparent: bool, side: int) -> None:
    if transparent and format_ == "jpeg":
        pytest.skip("JPEG has no alpha")
    pixels = holed(side, side) if transparent else noise(side, side)
    for compression in (None,) if format_ == "png" else (None, 50):
        plain = encode(pixels, format_, compression, transparent=transparent)
        for text in (None, *TEXTS):
            marked = embed(plain, format_, origin=ORIGIN, text=text)
            assert np.array_equal(decoded(marked), decoded(plain))
            assert xmp_of(marked) == xmp_packet(ORIGIN)
            if text is not None:
                assert text_of(marked) == text


@pytest.mark.parametrize("format_", FORMATS)
def test_only_what_was_given(format_: Format) -> None:
    plain = encode(noise(16, 16), format_)
    assert embed(plain, format_) == plain
    assert not xmp_of(embed(plain, format_, text="hello"))
    assert text_of(embed(plain, format_, text="hello")) == "hello"


def test_the_packet_is_xml_and_names_the_term() -> None:
    packet = xmp_packet(ORIGIN).decode()
    body = re.sub(r"<\?.*?\?>", "", packet, flags=re.DOTALL)
    (description,) = ET.fromstring(body.strip()).iter(  # noqa: S314  our own constant
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
    )
    name = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
    assert description.attrib[name] == ORIGIN.source_type
