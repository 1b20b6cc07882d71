"""A picture that comes to others floats over them until it is set down: by mouse, finger and keyboard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    SIDE,
    Pixels,
    color,
    decode,
    drag,
    encode,
    export,
    file_menu,
    hole,
    open_file,
    picture,
    prompt_box,
    saved,
    spot,
    stage,
    tool,
)
from tests.web.steps import give
from tests.web.test_editor_keys import press, tab_to
from tests.web.test_editor_touch import PHONE, Fingers
from tests.web.words import LANGUAGES, word

WIDTH, HEIGHT = 100, 60
OTHER = picture(WIDTH, HEIGHT, seed=2)


def add(page: Page, data: bytes, at: tuple[float, float] = (128, 128), event: str = "drop") -> None:
    """Drop a picture with its middle here, or paste it, and wait until it floats over the others."""
    give(stage(page), event, ("other.png", "image/png", data), at=spot(page, *at))
    expect(page.get_by_test_id("floating")).to_be_visible()


def floating(page: Page) -> tuple[int, ...] | None:
    """x, y, width and height of the picture that floats."""
    lines = page.get_by_test_id("floating")
    if not lines.count():
        return None
    return tuple(int(at) for at in (lines.get_attribute("data-floating") or "").split(","))


def bar(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("region", name=word(lang, "editor.placing"))


def with_other(x: int, y: int) -> Pixels:
    """What the first picture is with the other one set down on it."""
    expected = decode(picture()).copy()
    expected[y : y + HEIGHT, x : x + WIDTH] = decode(OTHER)
    return expected


@pytest.fixture
def page(open_page: OpenPage, server: ServerProcess) -> Page:
    """The editor with a small picture."""
    one = open_page("about:blank")
    open_file(one, server.url, picture())
    return one


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_it_is_dragged_and_set_down_and_is_one_step(page: Page, event: str) -> None:
    add(page, OTHER, (128, 128), event)
    assert floating(page) == pytest.approx((78, 98, WIDTH, HEIGHT), abs=1)
    drag(page, [(100, 110), (140, 80)])
    assert floating(page) == (128, 64, WIDTH, HEIGHT), "on the frame's grid"
    page.keyboard.down("Alt")
    drag(page, [(200, 100), (200 - 41, 100 + 13)])
    page.keyboard.up("Alt")
    left, top = (floating(page) or ())[:2]
    assert (left, top) == pytest.approx((87, 77), abs=1)
    bar(page).get_by_role("button", name=word("en", "editor.put_down")).click()
    expect(prompt_box(page)).to_be_visible()
    assert (export(page) == with_other(left, top)).all()
    page.get_by_role("button", name=word("en", "editor.undo")).click()
    assert (export(page) == decode(picture())).all()
    expect(page.get_by_role("button", name=word("en", "editor.undo"))).to_be_disabled()


def test_what_is_under_it_stays_until_then(page: Page) -> None:
    drag(page, [(20, 20), (40, 20)])
    before = export(page)
    add(page, OTHER, (60, 40))
    page.get_by_role("button", name=word("en", "editor.file"), exact=True).click()
    expect(page.get_by_role("menuitem", name=word("en", "editor.shortcuts"))).to_be_visible()
    files = [word("en", f"editor.{one}") for one in ("download_all", "download_frame")]
    shown = page.get_by_role("menuitem").all_inner_texts()
    assert not set(files) & set(shown), "it would be missing in these"
    press(page, "Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    stage(page).focus()
    drag(page, [(60, 40), (130, 130)])
    press(page, "Escape")
    expect(page.get_by_test_id("floating")).to_have_count(0)
    assert (export(page) == before).all()
    add(page, OTHER, (60, 40))
    press(page, "Control+z")
    expect(page.get_by_test_id("floating")).to_have_count(0)
    assert (export(page) == before).all()
    press(page, "Control+z")
    assert not hole(page).any(), "the stroke before it was the last step"


def test_escape_takes_back_the_drag_then_the_picture(page: Page) -> None:
    add(page, OTHER, (128, 128))
    start = floating(page)
    page.mouse.move(*spot(page, 128, 128))
    page.mouse.down()
    page.mouse.move(*spot(page, 220, 220), steps=4)
    assert floating(page) != start
    press(page, "Escape")
    assert floating(page) == start
    page.mouse.up()
    press(page, "Escape")
    expect(page.get_by_test_id("floating")).to_have_count(0)


def test_beside_it_the_view_is_moved_and_no_tool_works(page: Page) -> None:
    add(page, OTHER, (128, 128))
    before, place = spot(page, 0, 0), floating(page)
    drag(page, [(20, 20), (50, 40)])
    moved = spot(page, 0, 0)
    assert (moved[0] - before[0], moved[1] - before[1]) == pytest.approx((30, 20), abs=1)
    assert floating(page) == place
    expect(tool(page, "erase")).to_be_disabled()
    press(page, "Escape")
    assert not hole(page).any()
    expect(tool(page, "erase")).to_be_enabled()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_by_keyboard_alone_and_told_to_screen_readers(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page("about:blank", lang)
    open_file(page, server.url, picture(), lang)
    page.on("filechooser", lambda _: None)
    tab_to(page, word(lang, "editor.file"))
    press(page, "Enter")
    item = page.get_by_role("menuitem", name=word(lang, "editor.add_image"))
    expect(item).to_be_visible()
    for _ in range(8):
        if item.evaluate("one => one === document.activeElement"):
            break
        press(page, "ArrowDown")
    with page.expect_file_chooser() as chooser:
        press(page, "Enter")
    chooser.value.set_files({"name": "other.png", "mimeType": "image/png", "buffer": OTHER})
    said = page.get_by_role("status")
    told = word(lang, "editor.floating", width=WIDTH, height=HEIGHT)
    expect(said.filter(has_text=told)).to_have_count(1)
    expect(stage(page)).to_be_focused()
    assert floating(page) == (78, 98, WIDTH, HEIGHT)
    press(page, "ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowUp")
    expect(page.get_by_test_id("summary")).to_have_text(word(lang, "editor.floating_at", x=140, y=33))
    left = page.get_by_role("spinbutton", name=word(lang, "editor.frame_x"))
    left.fill("17")
    press(page, "ArrowUp")
    assert floating(page) == (18, 33, WIDTH, HEIGHT), "in a field, keys are the field's"
    stage(page).focus()
    press(page, "Enter")
    expect(said.filter(has_text=word(lang, "editor.set_down"))).to_have_count(1)
    expect(stage(page)).to_be_focused()
    assert (export(page, lang=lang) == with_other(18, 33)).all()


def test_with_a_finger(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page("about:blank", has_touch=True, is_mobile=True, viewport=PHONE)
    open_file(page, server.url, picture())
    add(page, OTHER, (128, 128))
    fingers = Fingers(page)
    fingers.at("touchStart", (128, 128))
    for step in range(1, 8):
        fingers.at("touchMove", (128 + step * 8, 128 + step * 8))
    fingers.at("touchEnd")
    assert floating(page) == (128, 128, WIDTH, HEIGHT)
    bar(page).get_by_role("button", name=word("en", "editor.put_down")).click()
    expect(page.get_by_test_id("floating")).to_have_count(0)
    assert (export(page) == with_other(128, 128)).all()


def test_it_is_there_after_a_reload(page: Page) -> None:
    add(page, OTHER, (128, 128))
    press(page, "ArrowRight")
    place = floating(page)
    saved(page)
    page.reload()
    expect(page.get_by_test_id("floating")).to_be_visible()
    assert floating(page) == place
    press(page, "Enter")
    expect(page.get_by_test_id("floating")).to_have_count(0)
    assert place
    assert (export(page) == with_other(*place[:2])).all()


def test_a_workspace_file_holds_it_too(
    page: Page, open_page: OpenPage, server: ServerProcess, tmp_path: Path
) -> None:
    add(page, OTHER, (128, 128))
    press(page, "ArrowRight")
    place = floating(page)
    with page.expect_download() as download:
        file_menu(page, "editor.save_workspace").click()
    download.value.save_as(tmp_path / "mine.egaku.zip")
    other = open_page(f"{server.url}/e/new")
    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name=word("en", "editor.open_workspace")).click()
    chooser.value.set_files(tmp_path / "mine.egaku.zip")
    expect(other.get_by_test_id("floating")).to_be_visible()
    assert floating(other) == place
    press(other, "Enter")
    expect(other.get_by_test_id("floating")).to_have_count(0)
    assert place
    assert (export(other) == with_other(*place[:2])).all()


def test_it_is_seen_as_it_will_be(open_page: OpenPage, server: ServerProcess) -> None:
    """Where it is transparent, what is under it is seen and stays."""
    page = open_page("about:blank")
    blue, seal = np.zeros((SIDE, SIDE, 3), np.uint8), np.zeros((60, 100, 4), np.uint8)
    blue[..., 2] = 255
    seal[:, :50] = (255, 0, 0, 255)
    open_file(page, server.url, encode(blue))
    add(page, encode(seal))
    assert color(page, 100, 128) == (255, 0, 0)
    assert color(page, 150, 128) == (0, 0, 255)
    press(page, "Enter")
    expect(page.get_by_test_id("floating")).to_have_count(0)
    expected = decode(encode(blue)).copy()
    expected[98:158, 78:128] = seal[:, :50]
    assert (export(page) == expected).all()


def test_where_there_is_no_room_it_floats_on(page: Page) -> None:
    add(page, OTHER, (128, 128))
    page.get_by_role("spinbutton", name=word("en", "editor.frame_x")).fill("9000")
    stage(page).focus()
    press(page, "Enter")
    expect(page.get_by_text(word("en", "editor.fault.document_too_large"))).to_be_visible()
    assert floating(page) == (9000, 98, WIDTH, HEIGHT)


def test_the_first_picture_is_the_document_at_once(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(f"{server.url}/e/new")
    page.get_by_role("button", name=word("en", "editor.blank")).click()
    expect(stage(page)).to_be_visible()
    give(stage(page), "paste", ("first.png", "image/png", picture()))
    expect(page.get_by_role("button", name=word("en", "editor.undo"))).to_be_enabled()
    assert export(page).shape == (SIDE, SIDE, 4)
