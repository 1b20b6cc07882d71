"""How pictures come into the editor; files that are none are said so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    decode,
    export,
    frame,
    open_file,
    picture,
    saved,
    stage,
)
from tests.web.steps import FOX, choose_small, draw, give
from tests.web.test_create import upload
from tests.web.words import LANGUAGES, word


def test_from_the_image_page(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    choose_small(page, count="1")
    draw(page, FOX["en"], count=1).get_by_role("link").first.click()
    page.get_by_role("button", name=word("en", "picture.edit")).click()
    expect(stage(page)).to_be_visible()
    expect(page.get_by_role("textbox", name=word("en", "editor.name"))).to_have_value(FOX["en"])
    url = page.evaluate("fetch('/v1/jobs?limit=1').then(a => a.json()).then(a => a.data[0].data[0].url)")
    assert (export(page) == decode(page.request.get(url).body())).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_upload_opens_as_it_is_not_cropped(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    data = picture(700, 300)
    upload(page, data, lang)
    expect(page.get_by_text(word(lang, "source.crop"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "source.edit")).click()
    expect(stage(page)).to_be_visible()
    assert (export(page, lang=lang) == decode(data)).all()
    assert frame(page) == (222, 22, 256)


def test_files_that_are_none_are_said_so(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(f"{server.url}/e/new")
    for button, fault in (("open_image", "not_an_image"), ("open_workspace", "not_a_workspace")):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=word("en", f"editor.{button}")).click()
        chooser.value.set_files({"name": "x", "mimeType": "image/png", "buffer": b"no such thing"})
        expect(page.get_by_text(word("en", f"editor.fault.{fault}"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_several_files_one_is_taken_and_named(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(), lang)
    notes = ("notes.txt", "text/plain", b"not a picture")
    several = [("one.png", "image/png", picture(64, 32)), ("two.png", "image/png", picture(32, 64))]
    give(stage(page), "drop", notes, *several)
    expect(page.get_by_text(word(lang, "app.one_file", name="one.png"))).to_be_visible()
    expect(page.get_by_test_id("floating")).to_have_attribute("data-floating", re.compile(",64,32$"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_files_that_are_dropped_or_pasted_are_said_so(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(), lang)
    notes = ("notes.txt", "text/plain", b"not a picture")
    here, said = (
        page.get_by_text(word(lang, f"editor.{one}")) for one in ("drop_here", "fault.not_an_image")
    )
    give(stage(page), "dragover", notes)
    expect(here).to_be_visible()
    give(stage(page), "drop", notes)
    expect(here).to_have_count(0)
    expect(said).to_be_visible()
    saved(page)
    page.reload()
    expect(stage(page)).to_be_visible()
    give(stage(page), "paste", notes)
    expect(said).to_be_visible()
