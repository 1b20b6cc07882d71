"""Promise: axe finds nothing to object to, on any page, in any state, in either language or theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web import editing
from tests.web.axe import violations
from tests.web.conftest import OpenPage
from tests.web.steps import FOX, choose_small, draw, never_done, prompt_box
from tests.web.test_states import REFUSED
from tests.web.words import LANGUAGES, word


def picture(page: Page, lang: str) -> None:
    page.get_by_role("article", name=FOX[lang]).first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=FOX[lang], level=1)).to_be_visible()


def code(page: Page, lang: str) -> None:
    picture(page, lang)
    page.get_by_role("button", name=word(lang, "job.view_code")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def download(page: Page, lang: str) -> None:
    picture(page, lang)
    page.get_by_role("button", name=word(lang, "picture.download")).click()
    expect(page.get_by_role("menu")).to_be_visible()


def options(page: Page, lang: str) -> None:
    page.get_by_role("button", name=word(lang, "create.options")).click()
    page.get_by_role("button", name=word(lang, "create.surprise")).click()
    page.get_by_role("group", name=word(lang, "create.style")).get_by_role("button").nth(2).click()


def refused(page: Page, lang: str) -> None:
    prompt_box(page, lang).fill(REFUSED[lang])
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()


def report(page: Page, lang: str) -> None:
    refused(page, lang)
    page.get_by_role("button", name=word(lang, "fault.blocked_report")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def drawing(page: Page, lang: str) -> None:
    page.route("**/v1/images/generations", never_done)
    prompt_box(page, lang).fill("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar").first).to_be_visible()


def history(page: Page, lang: str) -> None:
    page.get_by_role("link", name=word(lang, "app.history")).click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def tile(page: Page, lang: str) -> None:
    card = page.get_by_role("article", name=FOX[lang]).first
    card.get_by_role("button", name=word(lang, "picture.menu", number=1)).click()
    expect(page.get_by_role("menu")).to_be_visible()


def collecting(page: Page, lang: str) -> None:
    tile(page, lang)
    page.get_by_role("menuitem", name=word(lang, "shelf.collect")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_role("textbox").fill(f"night {page.evaluate('Date.now()')}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("checkbox").first).to_be_checked()


def selecting(page: Page, lang: str) -> None:
    history(page, lang)
    page.get_by_role("button", name=word(lang, "shelf.select"), exact=True).click()
    page.get_by_role("article").get_by_role("checkbox").first.check()
    expect(page.get_by_role("region", name=word(lang, "shelf.selection"))).to_be_visible()


def collections(page: Page, lang: str) -> None:
    history(page, lang)
    page.get_by_role("link", name=word(lang, "shelf.collections"), exact=True).click()
    expect(page.get_by_role("textbox", name=word(lang, "shelf.new_collection"))).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


def collection(page: Page, lang: str) -> None:
    collections(page, lang)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.get_by_role("button", name=word(lang, "job.delete")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def prompts(page: Page, lang: str) -> None:
    page.get_by_role("button", name=word(lang, "create.earlier")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def compared(page: Page, lang: str) -> None:
    card = page.get_by_role("article", name=FOX[lang]).first
    card.get_by_role("button", name=word(lang, "picture.menu", number=1)).click()
    page.get_by_role("menuitem", name=word(lang, "shelf.take_as_source")).click()
    source = page.get_by_role("region", name=word(lang, "source.title"))
    with page.expect_response("**/v1/images/variations") as accepted:
        source.get_by_role("button", name=word(lang, "source.variations")).click()
    made = accepted.value.headers["location"].rpartition("/")[2]
    page.locator(f'a[href="/i/{made}/0"]').click()
    expect(page.get_by_role("navigation", name=word(lang, "shelf.made_from"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "shelf.compare")).click()
    expect(page.get_by_role("slider")).to_be_attached()


def lost(page: Page, lang: str) -> None:
    page.route("**/files/**", lambda route: route.fulfill(status=404, body=""))
    page.evaluate("indexedDB.deleteDatabase('egaku')")
    page.reload()
    expect(page.get_by_text(word(lang, "picture.expired")).first).to_be_visible()


def sheet(page: Page, lang: str) -> None:
    settings(page, lang)
    page.get_by_role("button", name=word(lang, "shelf.shortcuts")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def clearing(page: Page, lang: str) -> None:
    settings(page, lang)
    page.get_by_role("button", name=word(lang, "shelf.clear"), exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def settings(page: Page, lang: str) -> None:
    page.get_by_role("link", name=word(lang, "app.settings")).click()
    expect(page.get_by_role("heading", name=word(lang, "settings.usage"))).to_be_visible()


def locked(page: Page, lang: str) -> None:
    page.route("**/v1/usage", lambda route: route.fulfill(status=401, json={"error": {"message": "no key"}}))
    page.route("**/v1/jobs/events", lambda route: route.fulfill(status=401))
    page.reload()
    expect(page.get_by_label(word(lang, "key.label"))).to_be_visible()


def offline(page: Page, lang: str) -> None:
    page.route("**/v1/**", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text(word(lang, "link.offline_banner"))).to_be_visible()


STATES: dict[str, Callable[[Page, str], None]] = {
    one.__name__: one
    for one in (
        picture,
        code,
        download,
        options,
        refused,
        report,
        drawing,
        history,
        tile,
        collecting,
        selecting,
        collections,
        collection,
        prompts,
        compared,
        sheet,
        clearing,
        settings,
        locked,
        offline,
        lost,
    )
}


@pytest.fixture(scope="module")
def drawn(server: ServerProcess) -> set[str]:
    """Languages in which a picture was drawn already."""
    return set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(
    open_page: OpenPage, server: ServerProcess, lang: str, scheme: str, drawn: set[str]
) -> None:
    page = open_page(server.url, lang, quiet=False, color_scheme=scheme, reduced_motion="reduce")
    found = {"create": violations(page)}
    if lang not in drawn:
        choose_small(page, lang, count="2")
        draw(page, FOX[lang], lang, 2)
        drawn.add(lang)
    for name, reach in STATES.items():
        page.unroute_all()
        page.goto(server.url)
        expect(prompt_box(page, lang)).to_be_visible()
        expect(page.get_by_role("article", name=FOX[lang]).first).to_be_visible()
        reach(page, lang)
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_overflows_a_narrow_window(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang, viewport={"width": 320, "height": 640})
    draw(page, FOX[lang] * 3, lang)
    for path in ("/", "/history", "/collections", "/settings", "/e/new"):
        page.goto(f"{server.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{server.url}/history")
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name=word(lang, "picture.edit")).click()
    expect(editing.stage(page)).to_be_visible()
    editing.tool(page, "frame", lang).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
