"""Menus whose code is fetched when they are wanted: late, not at all, and under a page that moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, draw
from tests.web.words import LANGUAGES, word

CODE = "**/assets/*Menu-*.js"


def buttons(card: Locator, lang: str = "en") -> list[Locator]:
    """The buttons of a card's menu and of its first tile's."""
    names = (word(lang, "job.more"), word(lang, "picture.menu", number=1))
    return [card.get_by_role("button", name=name, exact=True) for name in names]


def drawn(page: Page, url: str, lang: str = "en") -> Locator:
    page.goto(url)
    choose_small(page, lang, count="1")
    return draw(page, "a menu of soups", lang, count=1)


@pytest.mark.parametrize("which", [0, 1], ids=["card", "tile"])
@pytest.mark.parametrize("key", [None, "Enter"], ids=["mouse", "keyboard"])
def test_one_press_opens_it_however_late_its_code_comes(
    open_page: OpenPage, server: ServerProcess, which: int, key: str | None
) -> None:
    page = open_page("about:blank")
    held: list[Route] = []
    holding = True
    page.route(CODE, lambda route: held.append(route) if holding else route.continue_())
    with page.expect_request(CODE):
        button = buttons(drawn(page, server.url))[which]
        if key:
            button.press(key)
        else:
            button.click()
    expect(button).to_be_visible()
    expect(page.get_by_role("menu")).to_have_count(0)
    holding = False
    assert held
    for route in held:
        route.continue_()
    first = page.get_by_role("menuitem").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=menuitem]:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(first).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("which", [0, 1], ids=["card", "tile"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_could_not_be_fetched_is_said_and_asked_for_again(
    open_page: OpenPage, server: ServerProcess, which: int, lang: str
) -> None:
    page = open_page("about:blank", lang, quiet=False)
    page.route(CODE, lambda route: route.abort())
    card = drawn(page, server.url, lang)
    button = buttons(card, lang)[which]
    button.click()
    expect(page.get_by_text(word(lang, "fault.code"))).to_have_count(1)
    expect(card).to_be_visible()
    page.unroute(CODE)
    button.click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def test_a_page_that_moves_under_the_press(open_page: OpenPage, server: ServerProcess) -> None:
    """Another picture's card comes between press and release: what is let go elsewhere makes no click."""
    page = open_page("about:blank")
    card = drawn(page, server.url)
    button = buttons(card)[0]
    button.hover()
    page.mouse.down()
    owl = "an owl of another program"
    wanted = {"prompt": owl, "size": "256x256", "n": 1}
    headers = {"Prefer": "respond-async"}
    page.request.post(f"{server.url}/v1/images/generations", data=wanted, headers=headers)
    expect(page.get_by_role("article", name=owl)).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("menuitem", name=word("en", "job.view_code"))).to_be_visible()
