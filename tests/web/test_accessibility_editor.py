"""Promise: axe finds nothing to object to in the editor, in any state, in either language or theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web import editing, test_editor_placing, test_editor_tabs
from tests.web.axe import violations
from tests.web.conftest import OpenPage
from tests.web.steps import FOX, never_done
from tests.web.test_states import REFUSED
from tests.web.words import LANGUAGES, word


def walk_editor(page: Page, lang: str) -> Iterator[str]:
    """Every state of the editor in the order somebody would see them, by name."""
    page.get_by_role("link", name=word(lang, "app.editor")).click()
    expect(page.get_by_role("heading", name=word(lang, "editor.start_title"))).to_be_visible()
    yield "start"
    editing.open_file(page, page.url.removesuffix("/e/new"), editing.picture(), lang)
    expect(page.get_by_text(word(lang, "editor.why_no_hole"))).to_be_visible()
    yield "opened"
    yield from walk_bars(page, lang)
    editing.file_menu(page, "editor.download_all", lang)
    yield "file"
    page.keyboard.press("Escape")
    editing.stage(page).focus()
    for key in ("m", "ArrowRight", "Space", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("crosshair")).to_be_visible()
    yield "outlining"
    for key in ("Escape", "?"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "keys"
    page.keyboard.press("Escape")
    editing.tool(page, "frame", lang).click()
    page.get_by_role("button", name=word(lang, "editor.extend_down")).click()
    editing.prompt_box(page, lang).fill(REFUSED[lang])
    expect(page.get_by_text(word(lang, "editor.hint"))).to_be_visible()
    yield "frame"
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "refused"
    page.get_by_role("button", name=word(lang, "fault.dismiss")).click()
    page.route("**/v1/images/edits", never_done)
    editing.prompt_box(page, lang).fill(FOX[lang])
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar").first).to_be_visible()
    yield "drawing"
    editing.choose(page, "job.cancel", lang)
    page.unroute_all()
    editing.ask(page, FOX[lang], lang, count=1)
    yield "choosing"
    page.keyboard.press("c")
    expect(page.get_by_role("slider", name=word(lang, "editor.wipe_at"))).to_be_visible()
    yield "wiping"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "giving up"
    page.goto(f"{page.url.rpartition('/')[0]}/0123")
    expect(page.get_by_text(word(lang, "editor.not_found"))).to_be_visible()
    yield "missing"


def walk_bars(page: Page, lang: str) -> Iterator[str]:
    """What may stand in the place of the description."""
    other = page.context.new_page()
    other.goto(page.url)
    test_editor_tabs.press(other, "go_on_here", lang)
    test_editor_tabs.expect_shown_only(page, lang)
    yield "in another tab"
    other.close()
    test_editor_tabs.press(page, "go_on_here", lang)
    expect(editing.prompt_box(page, lang)).to_be_visible()
    test_editor_placing.add(page, editing.picture(100, 60))
    yield "placing"
    page.keyboard.press("Escape")
    expect(editing.prompt_box(page, lang)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_the_editor(
    open_page: OpenPage, server: ServerProcess, lang: str, scheme: str
) -> None:
    page = open_page(server.url, lang, quiet=False, color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for state in walk_editor(page, lang):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            found[f"{state}, {width}"] = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{state}, {width}"].append("wider than the window")
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_editor_works_with_text_of_twice_the_size(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    editing.open_file(page, server.url, editing.picture(), lang)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    editing.drag(page, [(60, 60), (120, 120)])
    editing.ask(page, FOX[lang], lang, count=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('main button')]
            .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
            .map(one => one.innerText)"""
    )
    assert clipped == []
    editing.accept(page, lang)
