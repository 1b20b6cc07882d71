"""Collections: made, filled from everywhere, kept when links and records are gone, taken along as a file."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import choose_small, collect, draw, expect_drawn, expect_kept, job_card, tile_menu
from tests.web.words import LANGUAGES, word

OWL = "a grey owl at night"


def open_collection(page: Page, name: str, lang: str = "en") -> None:
    page.get_by_role("link", name=word(lang, "app.history")).click()
    page.get_by_role("link", name=word(lang, "shelf.collections"), exact=True).click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def count(page: Page, pictures: int, lang: str = "en") -> None:
    form = "one" if pictures == 1 and lang == "en" else "other"
    expect(page.get_by_text(word(lang, f"history.count_{form}", count=pictures), exact=True)).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_tile_a_page_and_several_at_once(
    open_page: OpenPage, server: ServerProcess, lang: str
) -> None:
    page = open_page(server.url, lang)
    choose_small(page, lang)
    card = draw(page, OWL, lang)
    tile_menu(page, card, 1, "shelf.collect", lang)
    collect(page, "夜 & night", lang)
    card.get_by_role("link").nth(1).click()
    page.get_by_role("button", name=word(lang, "shelf.collect")).click()
    page.get_by_role("dialog").get_by_role("checkbox", name="夜 & night").check()
    collect(page, "second", lang)
    page.get_by_role("link", name=word(lang, "app.history")).click()
    page.get_by_role("button", name=word(lang, "shelf.select")).click()
    boxes = job_card(page, OWL).get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(3).check()
    page.get_by_role("region", name=word(lang, "shelf.selection")).get_by_role(
        "button", name=word(lang, "shelf.collect")
    ).click()
    page.get_by_role("dialog").get_by_role("checkbox", name="second").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=word(lang, "shelf.select_stop")).click()
    open_collection(page, "second", lang)
    count(page, 2, lang)
    page.reload()
    count(page, 2, lang)
    open_collection(page, "夜 & night", lang)
    count(page, 2, lang)
    for image in page.get_by_role("main").get_by_role("link").locator("img").all():
        expect_drawn(image)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_named_renamed_and_deleted(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(f"{server.url}/collections", lang)
    expect(page.get_by_text(word(lang, "shelf.no_collections"))).to_be_visible()
    field = page.get_by_role("textbox", name=word(lang, "shelf.new_collection"))
    for name, fault in (
        ("  ", word(lang, "shelf.name_empty")),
        ("狐" * 81, word(lang, "shelf.name_long", most=80)),
    ):
        field.fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text(fault)
    field.fill("  winter   walks ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="winter walks")).to_be_visible()
    field.fill("winter walks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(word(lang, "shelf.name_taken"))
    page.get_by_role("link", name="winter walks").click()
    expect(page.get_by_text(word(lang, "shelf.empty_collection"))).to_be_visible()
    page.get_by_role("button", name=word(lang, "shelf.rename")).click()
    page.get_by_role("dialog").get_by_role("textbox").fill("summer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="summer", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="summer", level=1)).to_be_visible()
    page.get_by_role("button", name=word(lang, "job.delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=word(lang, "shelf.cancel")).click()
    page.get_by_role("button", name=word(lang, "job.delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=word(lang, "shelf.drop_confirm")).click()
    expect(page.get_by_text(word(lang, "shelf.no_collections"))).to_be_visible()
    page.go_back()
    expect(page.get_by_text(word(lang, "shelf.no_such_collection"))).to_be_visible()


def test_it_is_downloaded_and_emptied(open_page: OpenPage, server: ServerProcess, tmp_path: Path) -> None:
    page = open_page(server.url)
    choose_small(page, count="3")
    card = draw(page, "a red kite", count=3)
    tile_menu(page, card, 1, "shelf.collect")
    collect(page, "kites")
    tile_menu(page, card, 3, "shelf.collect")
    page.get_by_role("dialog").get_by_role("checkbox", name="kites").check()
    page.keyboard.press("Escape")
    open_collection(page, "kites")
    count(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name=word("en", "picture.download")).click()
    assert download.value.suggested_filename == "kites.zip"
    download.value.save_as(tmp_path / "kites.zip")
    with zipfile.ZipFile(tmp_path / "kites.zip") as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["a-red-kite-1.png", "a-red-kite-3.png", "jobs.json"]
    page.get_by_role("button", name=word("en", "shelf.select")).click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=word("en", "shelf.take_out")).click()
    count(page, 1)
    page.goto(f"{server.url}/history")
    expect(job_card(page, "a red kite").get_by_role("link")).to_have_count(3)


def test_it_outlives_links_records_and_making_room(open_page: OpenPage, tmp_path: Path) -> None:
    with ServerProcess([], {"EGAKU_LINK_SECONDS": "2"}, data_dir=tmp_path / "data") as server:
        page = open_page(server.url, quiet=False)
        choose_small(page, count="1")
        for prompt in ("a bridge in autumn", "a snail on a leaf", "a blue teapot"):
            draw(page, prompt, count=1)
        expect_kept(page, 3)
        tile_menu(page, job_card(page, "a bridge in autumn"), 1, "shelf.collect")
        collect(page, "kept")
        job_card(page, "a snail on a leaf").get_by_role(
            "button", name=word("en", "picture.favourite")
        ).click()
        expect(
            job_card(page, "a snail on a leaf").get_by_role("button", name=word("en", "picture.favourite"))
        ).to_have_attribute("aria-pressed", "true")
        time.sleep(2.5)
        page.evaluate(
            """async () => {
                for (const {id} of (await (await fetch('/v1/jobs')).json()).data) {
                    await fetch(`/v1/jobs/${id}`, {method: 'DELETE'});
                }
            }"""
        )
        page.goto(f"{server.url}/settings")
        page.get_by_role("button", name=word("en", "settings.make_room")).click()
        expect_kept(page, 2)
        open_collection(page, "kept")
        picture = page.get_by_role("main").get_by_role("link").locator("img")
        expect_drawn(picture)
        assert (picture.get_attribute("src") or "").startswith("blob:")
        page.get_by_role("link", name=word("en", "app.history"), exact=True).first.click()
        expect(page.get_by_role("article")).to_have_count(2)
        expect(job_card(page, "a blue teapot")).to_have_count(0)
