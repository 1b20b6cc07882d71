"""The editor by keyboard alone: every tool, every choice, from words to a download."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    SIDE,
    ask,
    brush,
    decode,
    drag,
    export,
    frame,
    open_file,
    picture,
    place,
    prompt_box,
    saved,
    set_brush,
    stage,
    tool,
)
from tests.web.steps import compose
from tests.web.words import LANGUAGES, LOCALES, word

KEYMAP = LOCALES.parent / "editor" / "keymap.ts"


def press(page: Page, *keys: str, times: int = 1) -> None:
    for _ in range(times):
        for key in keys:
            page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.ariaLabel || document.activeElement?.innerText") == name:
            return
    pytest.fail(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_prompt_to_a_download_without_a_mouse(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path, lang: str
) -> None:
    page = open_page(server.url, lang)
    page.on(
        "filechooser", lambda _: None
    )  # Chromium is asked for them at once, not when a key has been pressed
    tab_to(page, word(lang, "app.editor"))
    press(page, "Enter")
    expect(page.get_by_role("heading", name=word(lang, "editor.start_title"))).to_be_visible()
    tab_to(page, word(lang, "editor.open_image"))
    with page.expect_file_chooser() as chooser:
        press(page, "Enter")
    data = picture()
    chooser.value.set_files({"name": "mine.png", "mimeType": "image/png", "buffer": data})
    expect(stage(page)).to_be_visible()
    tab_to(page, word(lang, "editor.canvas"))
    expect(page.get_by_test_id("crosshair")).to_be_visible()
    press(page, "Shift+ArrowRight", times=3)
    press(page, "Space")
    press(page, "Shift+ArrowDown", times=2)
    press(page, "Space")
    expect(page.get_by_test_id("summary")).to_contain_text("1")
    for _ in range(20):
        press(page, "Tab")
        if page.evaluate("document.activeElement?.id") == "editor-prompt":
            break
    page.keyboard.type("a fox")
    press(page, "Enter")
    expect(place(page)).to_contain_text("/ 4")
    press(page, "ArrowRight")
    expect(place(page)).to_contain_text("2 / 4")
    press(page, "4")
    expect(place(page)).to_contain_text("4 / 4")
    press(page, "x")
    expect(place(page)).to_contain_text("/ 3")
    expect(place(page)).to_have_attribute("data-shown", "true")
    press(page, "Enter")
    expect(prompt_box(page, lang)).to_be_visible()
    tab_to(page, word(lang, "editor.file"))
    press(page, "Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Enter")
    assert download.value.suggested_filename == "mine-1.png"
    download.value.save_as(tmp_path / "made.png")
    made, given = decode((tmp_path / "made.png").read_bytes()), decode(data)
    # The cross began in the middle: 30 to the right, then 20 down, a brush of an eighth of the frame.
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    near = np.minimum(np.hypot(x - 158, y - 128), np.hypot(x - 158, y - 148)) <= SIDE / 16
    assert (made[~near] == given[~near]).all()
    assert (made[near] != given[near]).any(axis=-1).mean() > 0.9


def test_a_rectangle_from_corner_to_corner(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    stage(page).focus()
    press(page, "m", "ArrowLeft", "Space")
    press(page, "Shift+ArrowRight", times=3)
    press(page, "Shift+ArrowDown", "ArrowDown", "Space")
    hole = export(page)[..., 3] == 0
    expected = np.zeros_like(hole)
    rows, columns = np.nonzero(hole)
    top, left = int(rows.min()), int(columns.min())
    expected[top : top + 11, left : left + 30] = True
    assert (hole == expected).all()
    assert (top, left) == (128, 128)
    stage(page).focus()
    press(page, "Control+z")
    assert (export(page)[..., 3] == 255).all()


def test_a_lasso_corner_by_corner(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    stage(page).focus()
    press(page, "l", "ArrowLeft", "Space")
    press(page, "Shift+ArrowRight", times=4)
    press(page, "Space")
    press(page, "Shift+ArrowDown", times=4)
    press(page, "Space", "Escape", "Enter")
    assert (export(page)[..., 3] == 255).all(), "Escape forgot the outline"
    stage(page).focus()
    press(page, "ArrowLeft", "Space")
    press(page, "Shift+ArrowRight", times=4)
    press(page, "Space")
    press(page, "Shift+ArrowDown", times=4)
    press(page, "Space", "Enter")
    erased = int((export(page)[..., 3] == 0).sum())
    assert erased == pytest.approx(40 * 40 / 2, abs=50)


def test_the_frame_by_arrows_and_fields(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture(600, 300))
    stage(page).focus()
    press(page, "f", "ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowRight")
    assert frame(page) == (172 + 2 + 64, 22 - 1, 256)
    press(page, "Control+z")
    assert frame(page) == (172, 22, 256), "one step for presses in a row"
    press(page, "Control+Shift+z")
    assert frame(page) == (238, 21, 256)
    page.get_by_role("radio", name="512").check()
    page.get_by_role("spinbutton", name=word("en", "editor.frame_x")).fill("-100")
    page.get_by_role("spinbutton", name=word("en", "editor.frame_y")).fill("7")
    assert frame(page) == (-100, 7, 512)
    page.get_by_role("spinbutton", name=word("en", "editor.frame_y")).fill("")
    assert frame(page) == (-100, 7, 512), "nothing yet is no number"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enter_of_an_input_method_asks_for_nothing(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(), lang)
    drag(page, [(60, 60), (120, 120)])
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if "/v1/images" in asked.url else None)
    box = prompt_box(page, lang)
    box.click()
    compose(page, "き", "きつ", "きつね", "狐")
    press(page, "Shift+Enter")
    expect(box).to_have_value("狐\n")
    assert sent == []
    press(page, "Enter")
    expect(place(page)).to_be_visible()
    assert sent == ["POST"]


def test_typing_is_typing(open_page: OpenPage, server: ServerProcess) -> None:
    """Letters in a text box choose no tools; Ctrl+Enter asks from anywhere."""
    page = open_page(server.url)
    open_file(page, server.url, picture())
    prompt_box(page).click()
    page.keyboard.type("mr. fox [1] 0?")
    expect(prompt_box(page)).to_have_value("mr. fox [1] 0?")
    expect(tool(page, "erase")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label(word("en", "create.how_many")).select_option("1")
    drag(page, [(60, 60), (120, 120)])
    press(page, "Control+Enter")
    expect(place(page)).to_be_visible()


def test_compare_while_held_and_wipe(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(60, 60), (120, 120)])
    ask(page, "a fox", count=1)
    compare = page.get_by_role("button", name=word("en", "editor.compare"), exact=True)
    page.keyboard.down("\\")
    expect(compare).to_have_attribute("aria-pressed", "true")
    page.keyboard.up("\\")
    expect(compare).to_have_attribute("aria-pressed", "false")
    press(page, "c")
    expect(page.get_by_role("slider", name=word("en", "editor.wipe_at"))).to_have_value("50")
    press(page, "c", "g")
    expect(place(page)).to_contain_text("/ 2")
    press(page, "Escape")
    expect(page.get_by_role("dialog", name=word("en", "editor.cancel_title"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_lists_every_key_there_is(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(), lang)
    stage(page).focus()
    press(page, "?")
    sheet = page.get_by_role("dialog", name=word(lang, "editor.shortcuts"))
    commands = re.findall(r'\{ command: "(\w+)"', KEYMAP.read_text(encoding="utf-8"))
    assert len(commands) > 25
    expect(sheet.locator("dt")).to_have_count(len(commands))
    shown = sheet.locator("dt").all_inner_texts()
    assert shown
    assert all(re.search(r"\w", one) for one in shown)
    press(page, "Escape")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize(
    ("key", "size"),
    # From 32: a tenth three times, or a pixel three times.
    [("BracketRight", 43), ("BracketLeft", 24), ("Shift+BracketRight", 35), ("Shift+BracketLeft", 29)],
)
def test_the_brush_by_keys_and_in_every_tool(
    open_page: OpenPage, server: ServerProcess, key: str, size: int
) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    for name in ("erase", "restore", "rectangle"):
        tool(page, name).click()
        stage(page).focus()
        press(page, key)
    tool(page, "erase").click()
    assert brush(page) == size


def test_anchor_2659_the_brush_goes_below_five_pixels(open_page: OpenPage, server: ServerProcess) -> None:
    """InvokeAI 2659: [ and ] were stuck at 5 px and above; 6466: and missing in masks."""
    page = open_page(server.url)
    open_file(page, server.url, picture())
    set_brush(page, 6)
    sizes = []
    for _ in range(6):
        press(page, "BracketLeft")
        sizes.append(brush(page))
    assert sizes == [5, 4, 3, 2, 1, 1]
    press(page, "ArrowRight", "Space")
    assert int((export(page)[..., 3] == 0).sum()) == 1
    stage(page).focus()
    press(page, "BracketRight", "BracketRight")
    assert brush(page) == 3


def test_keys_of_other_layouts(open_page: OpenPage, server: ServerProcess) -> None:
    """JIS has ] where US has a backslash; German has ü where US has [."""
    page = open_page(server.url)
    open_file(page, server.url, picture())
    stage(page).focus()
    before = brush(page)
    session = page.context.new_cdp_session(page)

    def key(name: str, code: str, virtual: int) -> None:
        common = {"key": name, "code": code, "windowsVirtualKeyCode": virtual}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": name, **common})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **common})

    key("]", "Backslash", 221)
    grown = brush(page)
    assert grown > before
    key("ü", "BracketLeft", 186)
    assert brush(page) < grown


def test_the_cross_is_told_and_followed(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    stage(page).focus()
    press(page, "ArrowRight", "ArrowRight")
    expect(page.get_by_test_id("summary")).to_contain_text("129, 128")
    press(page, "1")
    press(page, "Shift+ArrowRight", times=80)
    cross = page.get_by_test_id("crosshair").bounding_box()
    box = stage(page).bounding_box()
    assert cross
    assert box
    assert cross["x"] + cross["width"] / 2 <= box["x"] + box["width"] + 1
    page.mouse.move(box["x"] + 40, box["y"] + 140)
    expect(page.get_by_test_id("crosshair")).to_have_count(0)
    saved(page)
