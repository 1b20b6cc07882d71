"""What people do in the editor, in the picture's own pixels; and what they get out of it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.web.words import word

Pixels = npt.NDArray[np.uint8]
Hole = Any
SIDE = 256
PROMPT = {"en": "a fox in a meadow, watercolor", "ja": "草原のキツネ、水彩画"}


def picture(width: int = SIDE, height: int = SIDE, seed: int = 1) -> bytes:
    """A PNG in which no two neighbours are alike: any shift or blend shows."""
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    noise[..., 2] = np.linspace(40, 220, width, dtype=np.uint8)
    return encode(noise)


def encode(pixels: Pixels) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def decode(data: bytes) -> Pixels:
    """RGBA."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def stage(page: Page) -> Locator:
    return page.get_by_role("application")


def prompt_box(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("textbox", name=word(lang, "editor.prompt"), exact=True)


def tool(page: Page, name: str, lang: str = "en") -> Locator:
    toolbar = page.get_by_role("toolbar", name=word(lang, "editor.tools"))
    return toolbar.get_by_role("button", name=word(lang, f"editor.{name}"), exact=True)


def open_file(page: Page, url: str, data: bytes, lang: str = "en", name: str = "mine.png") -> None:
    """From the page where drafts begin to a draft with this picture."""
    page.goto(f"{url}/e/new")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=word(lang, "editor.open_image")).click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": data})
    expect(stage(page)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/e/[0-9a-f]{32}$"))


def frame(page: Page) -> tuple[int, int, int]:
    """x, y and side of the generation frame."""
    x, y, side = (page.get_by_test_id("frame").get_attribute("data-frame") or "").split(",")
    return int(x), int(y), int(side)


def camera(page: Page) -> tuple[float, float, float]:
    """The picture's point at the stage's corner, and screen pixels for one of its own, once known."""
    overlay = page.get_by_test_id("overlay")
    expect(overlay).to_have_attribute("data-camera", re.compile(","))
    x, y, zoom = (overlay.get_attribute("data-camera") or "").split(",")
    return float(x), float(y), float(zoom)


def scale(page: Page) -> float:
    return camera(page)[2]


def spot(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the picture is on the screen."""
    left, top, zoom = camera(page)
    box = page.get_by_test_id("overlay").bounding_box()
    assert box
    return box["x"] + (x - left) * zoom, box["y"] + (y - top) * zoom


def drag(page: Page, points: Sequence[tuple[float, float]], button: Any = "left", steps: int = 6) -> None:
    """Press at the first point of the picture, go through the others, let go."""
    there = [spot(page, x, y) for x, y in points]
    page.mouse.move(*there[0])
    page.mouse.down(button=button)
    for x, y in there[1:]:
        page.mouse.move(x, y, steps=steps)
    page.mouse.up(button=button)


def set_brush(page: Page, size: int, lang: str = "en") -> None:
    """By keyboard: the slider alone has not every size."""
    stage(page).focus()
    now = brush(page, lang)
    while now != size:
        page.keyboard.press("Shift+BracketRight" if now < size else "Shift+BracketLeft")
        now += 1 if now < size else -1
    assert brush(page, lang) == size


def brush(page: Page, lang: str = "en") -> int:
    text = page.get_by_role("slider", name=word(lang, "editor.brush")).get_attribute("aria-valuetext") or ""
    return int(re.sub(r"\D", "", text))


def file_menu(page: Page, entry: str, lang: str = "en") -> Locator:
    page.get_by_role("button", name=word(lang, "editor.file"), exact=True).click()
    return page.get_by_role("menuitem", name=word(lang, entry))


def export(page: Page, what: str = "download_all", lang: str = "en") -> Pixels:
    """The whole picture or the frame, as downloaded."""
    with page.expect_download() as download:
        file_menu(page, f"editor.{what}", lang).click()
    with open(download.value.path(), "rb") as file:  # noqa: PTH123  Playwright's path, read at once
        return decode(file.read())


def hole(page: Page) -> Hole:
    """Where the picture is erased."""
    return export(page)[..., 3] == 0


def saved(page: Page) -> None:
    """Wait until the draft is kept."""
    expect(page.get_by_test_id("saving")).to_have_attribute("data-state", "saved")


def ask(page: Page, prompt: str, lang: str = "en", count: int = 2) -> None:
    """Generate, and wait until all candidates are there and the first is shown."""
    page.get_by_label(word(lang, "create.how_many")).select_option(str(count))
    prompt_box(page, lang).fill(prompt)
    page.keyboard.press("Enter")
    expect(place(page)).to_contain_text(f"/ {count}")
    expect(place(page)).to_have_attribute("data-shown", "true")


SPY = """
    const plain = window.fetch;
    window.sent = [];
    window.fetch = (address, asked) => {
        if (asked?.body instanceof FormData) window.sent.push({address, parts: [...asked.body]});
        return plain(address, asked);
    };
"""
"""Remembers forms as they leave the page: Playwright does not tell what is in their files."""


def spy(page: Page) -> None:
    """From the next page on, remember what is sent."""
    page.add_init_script(SPY)


def last_sent(page: Page) -> tuple[str, dict[str, bytes | str]]:
    """Address and fields of the last form."""
    address, parts = page.evaluate(
        """async () => {
            const {address, parts} = window.sent.at(-1);
            return [address, await Promise.all(parts.map(async ([name, value]) => [
                name, value instanceof Blob ? [...new Uint8Array(await value.arrayBuffer())] : value,
            ]))];
        }"""
    )
    return address, {name: value if isinstance(value, str) else bytes(value) for name, value in parts}


def bytes_of(sent: Mapping[str, bytes | str], name: str) -> bytes:
    value = sent[name]
    assert isinstance(value, bytes)
    return value


def place(page: Page) -> Locator:
    """Which candidate is shown, of how many."""
    return page.get_by_test_id("place")


def choose(page: Page, what: str, lang: str = "en") -> None:
    """Press a button of the bar of candidates."""
    bar = page.get_by_role("region", name=word(lang, "editor.choices"))
    bar.get_by_role("button", name=word(lang, what), exact=True).click()


def accept(page: Page, lang: str = "en") -> None:
    choose(page, "editor.accept", lang)
    expect(prompt_box(page, lang)).to_be_visible()


def seen(page: Page, left: int, top: int, right: int, bottom: int) -> Pixels:
    """What the screen shows of a part of the picture."""
    painted(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    corners = [round(at) for corner in ((left, top), (right, bottom)) for at in spot(page, *corner)]
    return np.asarray(shot.crop((corners[0], corners[1], corners[2], corners[3])))


def painted(page: Page) -> None:
    """Wait until what was just asked for is on the screen."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def color(page: Page, x: float, y: float) -> tuple[int, ...]:
    """What the screen shows at a point of the picture."""
    painted(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    left, top = spot(page, x, y)
    found = shot.getpixel((round(left), round(top)))
    assert isinstance(found, tuple)
    return found
