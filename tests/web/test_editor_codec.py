"""Promise: pictures are read as the server reads them, and files that are none are refused with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Page, Route

from egaku.imaging.decode import decode
from tests.web.oracle import differing, in_base64, pixels_of

LOOK = """async (text) => {
    globalThis.codec ??= new engine.Codec();
    try {
        const blob = new Blob([Uint8Array.fromBase64(text)]);
        const { pixels, file, opaque, translucent } = await codec.decode(blob);
        const { width, height, data } = pixels;
        return { width, height, opaque, translucent, exact: file !== null,
            data: new Uint8Array(data.buffer).toBase64() };
    } catch (error) {
        return { fault: error.fault ?? String(error) };
    }
}"""


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def noise(mode: str, width: int = 37, height: int = 29) -> Image.Image:
    channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
    data = np.random.default_rng(7).integers(0, 256, (height, width, channels), np.uint8)
    return Image.fromarray(data.squeeze(), mode)


def smooth(width: int = 64, height: int = 48) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(np.stack([x * 3, y * 4, 255 - x * 2], -1).astype(np.uint8))


def oriented(kind: str, number: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = number
    return saved(smooth(), kind, exif=exif, **({"quality": 98} if kind == "JPEG" else {}))


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXACT: dict[str, Callable[[], bytes]] = {
    "grey": lambda: saved(noise("L"), "PNG"),
    "grey and alpha": lambda: saved(noise("LA"), "PNG"),
    "colours": lambda: saved(noise("RGB"), "PNG"),
    "colours and alpha": lambda: saved(noise("RGBA"), "PNG"),
    "two colours": lambda: saved(noise("L").convert("1"), "PNG"),
    "palette": lambda: saved(smooth().quantize(200), "PNG"),
    "small palette": lambda: saved(smooth().quantize(5), "PNG", transparency=2),
    "16 bits": lambda: saved(Image.fromarray(np.arange(900, dtype=np.uint16).reshape(30, 30) * 71), "PNG"),
    "a transparent colour": lambda: saved(smooth(), "PNG", transparency=(3, 0, 253)),
}
BY_BROWSER: dict[str, tuple[Callable[[], bytes], int]] = {
    "lossless webp": (lambda: saved(noise("RGB"), "WEBP", lossless=True), 0),
    "gif": (lambda: saved(smooth().quantize(64), "GIF"), 0),
    "png with a profile": (
        lambda: saved(
            noise("RGB"),
            "PNG",
            icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ),
        1,
    ),
    "jpeg": (lambda: saved(smooth(), "JPEG", quality=98), 4),
    **{f"jpeg, orientation {number}": (partial(oriented, "JPEG", number), 4) for number in (3, 6, 8)},
    "png, orientation 6": (partial(oriented, "PNG", 6), 0),
}
REFUSED = {
    "nothing": (b"", "not_an_image"),
    "words": (b"hello, this is no picture at all", "not_an_image"),
    "an svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "not_an_image"),
    "half a png": (saved(noise("RGB"), "PNG")[:900], "broken_image"),
    "half a webp": (saved(noise("RGB"), "WEBP", lossless=True)[:900], "broken_image"),
    "a bomb": (saved(Image.new("1", (30_000, 30_000)), "PNG"), "too_many_pixels"),
    "a large jpeg": (saved(Image.new("L", (9_000, 9_000)), "JPEG"), "too_many_pixels"),
}


@pytest.mark.parametrize("name", EXACT)
def test_a_png_is_read_as_the_server_reads_it(engine_page: Page, name: str) -> None:
    data = EXACT[name]()
    came = engine_page.evaluate(LOOK, in_base64(data))
    wanted = decode(data, frozenset({"png"})).pixels
    assert came["exact"] is True
    assert differing(pixels_of(came["data"], came["width"], came["height"]), wanted) == 0
    assert came["opaque"] == bool((wanted[..., 3] == 255).all())
    assert came["translucent"] == int(((wanted[..., 3] > 0) & (wanted[..., 3] < 255)).sum())


@pytest.mark.parametrize("name", BY_BROWSER)
def test_other_pictures_come_upright_and_in_srgb(engine_page: Page, name: str) -> None:
    make, slack = BY_BROWSER[name]
    data = make()
    came = engine_page.evaluate(LOOK, in_base64(data))
    with Image.open(io.BytesIO(data)) as image:
        wanted = np.asarray(image.convert("RGBA"))
    if not name.startswith("gif"):
        wanted = decode(data, frozenset({"png", "jpeg", "webp"})).pixels
    assert came["exact"] is False
    assert (came["height"], came["width"]) == wanted.shape[:2]
    there = pixels_of(came["data"], came["width"], came["height"])
    assert int(np.abs(there.astype(int) - wanted).max()) <= slack


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused(engine_page: Page, name: str) -> None:
    data, fault = REFUSED[name]
    assert engine_page.evaluate(LOOK, in_base64(data)) == {"fault": fault}


def test_a_broken_file_does_not_stop_the_next(engine_page: Page) -> None:
    for data, fault in REFUSED.values():
        assert engine_page.evaluate(LOOK, in_base64(data)) == {"fault": fault}
    assert engine_page.evaluate(LOOK, in_base64(EXACT["colours"]()))["exact"] is True


NOISE = """
const honest = OffscreenCanvasRenderingContext2D.prototype.getImageData;
OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...where) {
    const image = honest.apply(this, where);
    image.data[0] ^= 1;
    return image;
};
"""


def test_a_browser_that_falsifies_pixels_is_found_out(engine_page: Page) -> None:
    def noisy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=NOISE + answer.text())

    engine_page.route("**/codec.worker-*.js", noisy)
    jpeg, _ = BY_BROWSER["jpeg"]
    assert engine_page.evaluate(LOOK, in_base64(jpeg())) == {"fault": "noisy_canvas"}
    assert engine_page.evaluate(LOOK, in_base64(EXACT["colours"]()))["exact"] is True


def test_a_worker_that_cannot_be_fetched_is_tried_again(engine_page: Page) -> None:
    png = in_base64(EXACT["colours"]())
    engine_page.route("**/codec.worker-*.js", lambda route: route.fulfill(status=200, body="syntax error ("))
    assert engine_page.evaluate(LOOK, png) == {"fault": "codec_failed"}
    engine_page.unroute("**/codec.worker-*.js")
    assert engine_page.evaluate(LOOK, png)["exact"] is True
