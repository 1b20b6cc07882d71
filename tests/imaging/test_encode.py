"""Files written here show the same pixels to every reader."""

from __future__ import annotations

import builtins
import importlib
import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from egaku.imaging import deflate
from egaku.imaging.containers.still import Format
from egaku.imaging.decode import decode
from egaku.imaging.encode import encode, encode_png
from egaku.imaging.pixels import Pixels
from tests.imaging import files

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(4))
pictures = arrays(np.uint8, SHAPES)
opaque_pictures = pictures.map(
    lambda pixels: np.dstack([pixels[..., :3], np.full(pixels.shape[:2], 255, np.uint8)])
)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """A reader of its own: every chunk, each checksum verified, nothing left over."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    rest = png[8:]
    while rest:
        length, name = struct.unpack_from(">I4s", rest)
        body = rest[8 : 8 + length]
        assert zlib.crc32(name + body) == int.from_bytes(rest[8 + length : 12 + length])
        yield name, body
        rest = rest[12 + length :]


@given(pictures)
def test_png_round_trip(pixels: Pixels) -> None:
    png = encode(pixels, transparent=True)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png))), pixels)
    assert np.array_equal(decode(png, frozenset({"png"})).pixels, pixels)


@given(opaque_pictures)
def test_png_by_the_letter(pixels: Pixels) -> None:
    """The file is header, data, end; the data unfolds to every row, filter Up, and adds up to the pixels."""
    height, width = pixels.shape[:2]
    named = list(chunks(encode(pixels)))
    assert [name for name, _ in named] == [b"IHDR", b"IDAT", b"IEND"]
    assert named[0][1] == struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = np.frombuffer(zlib.decompress(named[1][1]), np.uint8).reshape(height, 1 + width * 3)
    assert (rows[:, 0] == 2).all()
    added = np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)
    assert np.array_equal(added, pixels[..., :3])


@given(opaque_pictures)
def test_zlib_writes_the_same_picture(pixels: Pixels) -> None:
    png = encode_png(pixels[..., :3], lambda raw: zlib.compress(raw, 1))
    assert np.array_equal(decode(png, frozenset({"png"})).pixels, pixels)


@given(pictures)
def test_webp_keeps_alpha(pixels: Pixels) -> None:
    shown = decode(encode(pixels, "webp", transparent=True), frozenset({"webp"})).pixels
    assert np.array_equal(shown[..., 3], pixels[..., 3])


def test_works_without_isal(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def import_without_isal(name: str, *rest: object) -> object:
        if name == "isal":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]  # handed through as received

    monkeypatch.setattr(builtins, "__import__", import_without_isal)
    plain = importlib.reload(deflate)
    try:
        stream = plain.compress(memoryview(b"egaku" * 1000))
        assert zlib.decompress(stream) == b"egaku" * 1000
        assert plain.unfolds_to(memoryview(stream), 5000)
        assert not plain.unfolds_to(memoryview(stream), 5001)
    finally:
        monkeypatch.undo()
        importlib.reload(deflate)


@pytest.mark.parametrize("unfolded", [0, 1, 70_000, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_unfolds_to_counts_exactly(unfolded: int) -> None:
    raw = np.random.default_rng(unfolded).integers(0, 9, unfolded, np.uint8).tobytes()
    stream = memoryview(zlib.compress(raw))
    assert deflate.unfolds_to(stream, unfolded)
    assert not deflate.unfolds_to(stream, unfolded + 1)
    assert not deflate.unfolds_to(stream[: len(stream) // 2], unfolded + 1)
    assert not deflate.unfolds_to(memoryview(b"no stream at all"), 1)


def test_opaque_unless_asked() -> None:
    assert decode(encode(files.gradient()), frozenset({"png"})).mode == "RGB"
    assert decode(encode(files.gradient(), transparent=True), frozenset({"png"})).mode == "RGBA"
    assert decode(encode(files.with_alpha(files.gradient())), frozenset({"png"})).mode == "RGBA"


@pytest.mark.parametrize("format_", ["jpeg", "webp"])
@settings(max_examples=20)
@given(compression=st.integers(0, 99))
def test_compression_trades_size_for_likeness(format_: Format, compression: int) -> None:
    pixels = smooth()
    best = encode(pixels, format_, 100)
    small = encode(pixels, format_, compression)
    assert len(small) <= len(best)
    assert error(small, pixels) >= error(best, pixels) - 0.1
    assert encode(pixels, format_) == best
    assert error(best, pixels) < 2


def smooth() -> Pixels:
    y, x = np.mgrid[:64, :64]
    waves = [128 + 100 * np.sin(x / 9 + i) * np.cos(y / (7 + i)) for i in range(3)]
    return np.stack([*waves, np.full((64, 64), 255)], axis=-1).astype(np.uint8)


def error(data: bytes, pixels: Pixels) -> float:
    shown = decode(data, frozenset({"jpeg", "webp"})).pixels
    return float(np.abs(shown.astype(np.int16) - pixels).mean())


def test_refuses_what_would_be_a_lie() -> None:
    clear = files.with_alpha(files.gradient())
    with pytest.raises(ValueError, match="no transparency"):
        encode(clear, "jpeg")
    with pytest.raises(ValueError, match="transparent in places"):
        encode(clear, transparent=False)
    with pytest.raises(ValueError, match="loses nothing"):
        encode(files.gradient(), "png", 50)
    for wrong in (-1, 101):
        with pytest.raises(ValueError, match="0 to 100"):
            encode(files.gradient(), "jpeg", wrong)


@pytest.mark.parametrize("format_", ["png", "jpeg", "webp"])
def test_same_pixels_same_bytes_no_metadata(format_: Format) -> None:
    data = encode(smooth(), format_)
    assert data == encode(smooth().copy(), format_)
    for word in (b"Exif", b"ICC_PROFILE", b"tEXt", b"XMP", b"Lavc", b"EXIF"):
        assert word not in data
