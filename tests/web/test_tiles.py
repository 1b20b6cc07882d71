"""Tiles: their menu by pointer, by keys and by finger; dragged to the text box; lost and drawn again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import FOX, choose_small, draw, job_card, prompt_box, tile_menu
from tests.web.words import LANGUAGES, word

ACTIONS = (
    "shelf.open", "picture.edit", "picture.variations", "shelf.take_as_source", "picture.download",
    "picture.copy", "picture.favourite", "shelf.collect", "job.view_code", "job.delete",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_menu_by_keys(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang, permissions=["clipboard-read", "clipboard-write"])
    choose_small(page, lang, count="1")
    card = draw(page, f"{FOX[lang]}, 1", lang, 1)
    card.get_by_role("link").focus()
    page.keyboard.press("Tab")
    more = card.get_by_role("button", name=word(lang, "picture.menu", number=1))
    expect(more).to_be_focused()
    expect(more).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem")).to_have_text([word(lang, one) for one in ACTIONS])
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    tile_menu(page, card, 1, "picture.favourite", lang)
    expect(card.get_by_role("button", name=word(lang, "picture.favourite"))).to_have_attribute(
        "aria-pressed", "true"
    )
    tile_menu(page, card, 1, "picture.copy", lang)
    expect(page.get_by_text(word(lang, "picture.copied"), exact=True)).to_be_visible()
    with page.expect_download() as download:
        tile_menu(page, card, 1, "picture.download", lang)
    assert download.value.suggested_filename.endswith("-1.png")
    tile_menu(page, card, 1, "shelf.open", lang)
    expect(page.get_by_role("heading", name=f"{FOX[lang]}, 1", level=1)).to_be_visible()


def test_the_menu_by_a_finger_that_rests(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    choose_small(page, count="1")
    link = draw(page, "a snail on a leaf", count=1).get_by_role("link")
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    where = {"x": box["x"] + 60, "y": box["y"] + 60}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [where]})
    expect(page.get_by_role("menu")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.get_by_role("menu")).to_be_visible()
    assert "/i/" not in page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    link.tap()
    expect(page.get_by_role("heading", name="a snail on a leaf", level=1)).to_be_visible()


def test_a_tile_becomes_the_source(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    choose_small(page, count="2")
    card = draw(page, "a lemon on a blue table", count=2)
    source = page.get_by_role("region", name=word("en", "source.title"))
    card.get_by_role("link").nth(1).drag_to(prompt_box(page))
    expect(source).to_be_visible()
    source.get_by_role("button", name=word("en", "source.remove")).click()
    tile_menu(page, card, 2, "shelf.take_as_source")
    expect(source).to_be_visible()
    with page.expect_response("**/v1/images/variations") as accepted:
        source.get_by_role("button", name=word("en", "source.variations")).click()
    job = accepted.value.headers["location"].rpartition("/")[2]
    page.get_by_role("article", name=word("en", "job.variations_of")).first.get_by_role("link").first.click()
    expect(page).to_have_url(f"{server.url}/i/{job}/0")
    steps = page.get_by_role("navigation", name=word("en", "shelf.made_from")).get_by_role("listitem")
    expect(steps).to_have_text([word("en", "shelf.made_generations"), word("en", "shelf.made_variations")])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_lost_is_drawn_again_or_removed(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    with ServerProcess(data_dir=tmp_path / "data") as server:
        page = open_page(server.url, lang, quiet=False)
        asked = {"prompt": FOX[lang], "n": 2, "size": "1792x1024", "model": "dall-e-3", "style": "natural"}
        page.evaluate(
            """body => fetch('/v1/images/generations', {method: 'POST', body: JSON.stringify(body),
                headers: {'Content-Type': 'application/json', 'Prefer': 'respond-async'}})""",
            {**asked, "n": 1},
        )
        expect(job_card(page, FOX[lang]).get_by_role("link")).to_have_count(1)
        for file in (tmp_path / "data" / "images").rglob("*.png"):
            file.unlink()
        page = open_page(server.url, lang, quiet=False)
        card = job_card(page, FOX[lang])
        expect(card.get_by_text(word(lang, "picture.expired"))).to_be_visible()
        with page.expect_response("**/v1/images/generations") as again:
            card.get_by_role("button", name=word(lang, "picture.regenerate")).click()
        first, second = (
            page.evaluate(f"fetch('/v1/jobs?limit=2').then(a => a.json()).then(a => a.data[{one}])")
            for one in (1, 0)
        )
        same = ("prompt", "n", "size", "model", "style", "quality", "seed", "operation")
        assert {one: first[one] for one in same} == {one: second[one] for one in same}
        assert again.value.status == 202
        cards = page.get_by_role("article", name=FOX[lang])
        expect(cards.first.get_by_role("link")).to_have_count(1)
        cards.nth(1).get_by_role("button", name=word(lang, "job.remove")).click()
        expect(cards).to_have_count(1)
