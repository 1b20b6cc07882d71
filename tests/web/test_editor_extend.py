"""The editor beyond the picture's edge: extended, blended, drawn on a blank canvas; in both languages."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    PROMPT,
    SIDE,
    accept,
    ask,
    bytes_of,
    decode,
    export,
    frame,
    last_sent,
    open_file,
    picture,
    spy,
    tool,
)
from tests.web.words import LANGUAGES, word

GROWN = SIDE * 3 // 8
"""Pixels by which one click extends a picture."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_is_extended_with_one_click(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    spy(page)
    data = picture()
    open_file(page, server.url, data, lang)
    page.get_by_role("button", name=word(lang, "editor.extend_right")).click()
    assert frame(page) == (GROWN, 0, SIDE)
    blend = page.get_by_role("slider", name=word(lang, "editor.overmask"))
    expect(blend).to_have_value("8")
    expect(page.get_by_text(word(lang, "editor.overmask_some", size=8))).to_be_attached()
    blend.fill("0")
    ask(page, PROMPT[lang], lang, count=1)
    address, sent = last_sent(page)
    assert (address, "mask" in sent) == ("/v1/images/edits", False), "the picture's own alpha is the hole"
    image = decode(bytes_of(sent, "image"))
    assert (image[:, :-GROWN] == decode(data)[:, GROWN:]).all()
    assert (image[:, -GROWN:] == 0).all()
    expect(blend).to_have_count(0)
    accept(page, lang)
    made, given = export(page, lang=lang), decode(data)
    assert made.shape == (SIDE, SIDE + GROWN, 4)
    assert int((made[:, :SIDE] != given).sum()) == 0, "no known pixel changed"
    assert (made[..., 3] == 255).all()
    assert len(np.unique(made[:, SIDE:].reshape(-1, 4), axis=0)) > 50


def test_blending_changes_no_more_than_it_says(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    data = picture()
    open_file(page, server.url, data)
    page.get_by_role("button", name=word("en", "editor.extend_left")).click()
    page.get_by_role("slider", name=word("en", "editor.overmask")).fill("20")
    ask(page, PROMPT["en"], count=1)
    expect(page.get_by_text(word("en", "editor.overmask_some", size=20))).to_be_visible()
    page.get_by_role("slider", name=word("en", "editor.overmask")).fill("8")
    accept(page)
    made, given = export(page), decode(data)
    kept = made[:, GROWN:]
    assert int((kept[:, 8:] != given[:, 8:]).sum()) == 0
    assert (kept[:, :7] != given[:, :7]).any(axis=(0, 2)).all(), "all of the band is blended"


def test_a_blank_canvas_is_drawn_on(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(f"{server.url}/e/new")
    page.get_by_role("button", name=word("en", "editor.blank")).click()
    expect(page.get_by_test_id("summary")).to_have_text(word("en", "editor.canvas_empty"))
    tool(page, "frame").click()
    page.get_by_role("radio", name="256").check()
    with page.expect_request("**/v1/images/generations"):
        ask(page, PROMPT["en"], count=1)
    accept(page)
    assert export(page).shape == (SIDE, SIDE, 4)
    for way in ("up", "left"):
        page.get_by_role("button", name=word("en", f"editor.extend_{way}")).click()
        ask(page, PROMPT["en"], count=1)
        accept(page)
    made = export(page)
    assert made.shape == (SIDE + GROWN, SIDE + GROWN, 4)
    assert export(page, "download_frame").shape == (SIDE, SIDE, 4)


def test_little_of_the_picture_in_the_frame_is_hinted_at(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture(1024, 1024))
    tool(page, "frame").click()
    page.get_by_role("spinbutton", name=word("en", "editor.frame_x")).fill("900")
    expect(page.get_by_text(word("en", "editor.few_known"))).to_be_visible()
    page.get_by_role("spinbutton", name=word("en", "editor.frame_x")).fill("512")
    expect(page.get_by_text(word("en", "editor.few_known"))).to_have_count(0)
