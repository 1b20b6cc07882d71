"""Settings: language, theme, room and what takes it, keys, and a clean slate."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web import editing
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, draw, expect_kept, stored_keys
from tests.web.test_create import png, upload
from tests.web.words import LANGUAGES, word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_of_this_browser_is_cleared(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    choose_small(page, lang, count="1")
    upload(page, png((256, 256), hole=True), lang)
    draw(page, "a cat before a sunset", lang, 1)
    expect_kept(page, 1)
    page.get_by_role("link", name=word(lang, "app.settings")).click()
    page.get_by_role("radio", name=word(lang, "app.theme_dark")).check()
    expect(page.get_by_text(word(lang, "shelf.stored_inputs"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "shelf.clear"), exact=True).click()
    dialog = page.get_by_role("dialog", name=word(lang, "shelf.clear_title"))
    dialog.get_by_role("button", name=word(lang, "shelf.cancel")).click()
    expect_kept(page, 1)
    page.get_by_role("button", name=word(lang, "shelf.clear"), exact=True).click()
    dialog.get_by_role("checkbox", name=word(lang, "shelf.clear_server")).check()
    dialog.get_by_role("button", name=word(lang, "shelf.clear_confirm")).click()
    expect(page.get_by_role("heading", name=word(lang, "create.title"))).to_be_visible()
    expect(page.get_by_text(word(lang, "create.samples"))).to_be_visible()
    for store in ("jobs", "pictures", "inputs", "collections", "prompts"):
        assert stored_keys(page, store) == []
    assert page.evaluate("fetch('/v1/jobs').then(answer => answer.json())")["data"] == []
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_clearing_waits_for_no_draft_that_was_open(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    editing.open_file(page, server.url, editing.picture())
    editing.saved(page)
    editing.file_menu(page, "app.back_home").click()
    page.get_by_role("link", name=word("en", "app.settings")).click()
    page.get_by_role("button", name=word("en", "shelf.clear"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=word("en", "shelf.clear_confirm")).click()
    expect(page.get_by_role("heading", name=word("en", "create.title"))).to_be_visible()
    page.goto(f"{server.url}/e/new")
    expect(page.get_by_role("heading", name=word("en", "editor.start_title"))).to_be_visible()
    expect(page.get_by_role("heading", name=word("en", "editor.drafts"))).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_theme_and_the_sheet_of_keys(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(f"{server.url}/settings", lang)
    other = {"en": "ja", "ja": "en"}[lang]
    page.get_by_role("radio", name={"en": "English", "ja": "日本語"}[other]).click()
    expect(page.get_by_role("heading", name=word(other, "settings.title"), level=1)).to_be_visible()
    expect(page.get_by_role("heading", name=word(other, "shelf.data"))).to_be_visible()
    page.get_by_role("radio", name={"en": "English", "ja": "日本語"}[lang]).click()
    page.get_by_role("radio", name=word(lang, "app.theme_dark")).check()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name=word(lang, "shelf.shortcuts"))
    for key in ("help", "send", "recall", "select_all", "walk", "wipe"):
        expect(sheet.get_by_text(word(lang, f"shelf.key_{key}"), exact=True).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.get_by_role("checkbox", name=word(lang, "shelf.shortcuts_on")).uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    page.keyboard.press("Tab")
    expect(sheet).to_have_count(0)
