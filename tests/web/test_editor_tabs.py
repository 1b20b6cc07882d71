"""Two tabs on one draft: one at a time changes it, and nothing that was made in either is lost unseen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    drag,
    hole,
    open_file,
    picture,
    prompt_box,
    saved,
    set_brush,
    stage,
    tool,
)
from tests.web.words import LANGUAGES, word

DEAF = """window.BroadcastChannel = class { postMessage() {} close() {} };"""
"""Tabs that do not hear of each other, as when one was asleep."""


def another(page: Page) -> Page:
    """A second tab of the same browser with the same draft."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(stage(other)).to_be_visible()
    return other


def bar(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("region", name=word(lang, "editor.elsewhere"))


def press(page: Page, name: str, lang: str = "en") -> None:
    bar(page, lang).get_by_role("button", name=word(lang, f"editor.{name}")).click()


def expect_shown_only(page: Page, lang: str = "en", why: str = "elsewhere_open") -> None:
    expect(bar(page, lang).get_by_role("alert")).to_have_text(word(lang, f"editor.{why}"))
    expect(tool(page, "erase", lang)).to_be_disabled()
    expect(prompt_box(page, lang)).to_have_count(0)


def expect_usable(page: Page, lang: str = "en") -> None:
    expect(prompt_box(page, lang)).to_be_visible()
    expect(tool(page, "erase", lang)).to_be_enabled()


def erase(page: Page, y: int) -> None:
    """A line at this height, and wait until it is kept."""
    set_brush(page, 20)
    drag(page, [(60, y), (180, y)])
    saved(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_second_tab_says_so_and_takes_over_when_told(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    first = open_page("about:blank", lang)
    open_file(first, server.url, picture(), lang)
    second = another(first)
    expect_shown_only(second, lang)
    expect_usable(first, lang)
    drag(first, [(60, 60), (120, 60)])
    saved(first)
    press(second, "go_on_here", lang)
    expect_usable(second, lang)
    expect_shown_only(first, lang)
    prompt_box(second, lang).fill("abc")
    saved(second)
    press(first, "go_on_here", lang)
    expect_usable(first, lang)
    expect(prompt_box(first, lang)).to_have_value("abc")
    expect_shown_only(second, lang)


def test_what_the_first_tab_made_last_is_kept_when_the_second_takes_over(
    open_page: OpenPage, server: ServerProcess
) -> None:
    first = open_page("about:blank")
    open_file(first, server.url, picture())
    second = another(first)
    expect_shown_only(second)
    erase(first, 60)
    made = hole(first)
    assert made.any()
    press(second, "go_on_here")
    expect_usable(second)
    assert (hole(second) == made).all()
    drag(first, [(60, 200), (180, 200)])
    first.keyboard.press("Control+z")
    assert (hole(first) == made).all(), "in the tab that only shows it, nothing can be changed"


def test_the_second_tab_goes_on_with_a_copy(open_page: OpenPage, server: ServerProcess) -> None:
    first = open_page("about:blank")
    open_file(first, server.url, picture())
    second = another(first)
    address = second.url
    press(second, "open_copy")
    expect(second).not_to_have_url(address)
    expect(second).to_have_url(re.compile(r"/e/[0-9a-f]{32}$"))
    name = second.get_by_role("textbox", name=word("en", "editor.name"))
    expect(name).to_have_value(word("en", "editor.copy_of", name="mine"))
    expect_usable(second)
    expect_usable(first)
    erase(second, 60)
    erase(first, 200)
    for page, y in ((second, 60), (first, 200)):
        page.reload()
        made = hole(page)
        assert made[y, 100]
        assert not made[260 - y, 100]


@pytest.mark.parametrize("choice", ["keep_copy", "load_other"])
def test_tabs_that_do_not_hear_of_each_other_lose_nothing_unseen(
    open_page: OpenPage, server: ServerProcess, choice: str
) -> None:
    """The save itself finds that another tab has saved since."""
    first = open_page("about:blank")
    first.context.add_init_script(DEAF)
    open_file(first, server.url, picture())
    second = another(first)
    address = second.url
    erase(second, 60)
    drag(first, [(60, 200), (180, 200)])
    expect_shown_only(first, why="elsewhere_changed")
    second.reload()
    assert hole(second)[60, 100], "it was not saved over"
    press(first, choice)
    expect_usable(first)
    made = hole(first)
    if choice == "keep_copy":
        expect(first).not_to_have_url(address)
        assert made[200, 100]
        assert not made[60, 100]
    else:
        expect(first).to_have_url(address)
        assert (made == hole(second)).all()
    erase(first, 128)


def test_a_draft_alone_is_not_said_to_be_elsewhere(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page("about:blank")
    open_file(page, server.url, picture())
    page.reload()
    other = page.context.new_page()
    open_file(other, server.url, picture(seed=2))
    erase(page, 60)
    erase(other, 60)
    for one in (page, other):
        expect_usable(one)
        expect(bar(one)).to_have_count(0)
