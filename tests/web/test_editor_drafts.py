"""Drafts outlive a reload, a server that is away, and the browser itself in a file; in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.editing import (
    PROMPT,
    accept,
    ask,
    decode,
    drag,
    export,
    file_menu,
    open_file,
    picture,
    place,
    prompt_box,
    saved,
    set_brush,
    stage,
    tool,
)
from tests.web.steps import STORED, stored_keys, wait_until
from tests.web.test_states import restarted
from tests.web.words import LANGUAGES, word


def test_a_reload_in_the_middle_of_a_job_loses_nothing(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(100, 100), (160, 160)])
    page.get_by_label(word("en", "create.how_many")).select_option("6")
    prompt_box(page).fill(PROMPT["en"])
    with page.expect_response("**/v1/images/edits") as accepted:
        page.keyboard.press("Enter")
    assert accepted.value.status == 202
    expect(page.get_by_role("button", name=word("en", "job.cancel"), exact=True)).to_be_visible()
    saved(page)
    page.reload()
    expect(place(page)).to_contain_text("/ 6")
    expect(place(page)).to_have_attribute("data-shown", "true")
    accept(page)
    expect(prompt_box(page)).to_have_value(PROMPT["en"])
    assert (export(page)[..., 3] == 255).all()


@pytest.mark.parametrize("answered", ["away", "back"])
def test_what_was_asked_for_waits_for_whoever_left_meanwhile(
    open_page: OpenPage, server: ServerProcess, answered: str
) -> None:
    """The answer comes while another page is shown, or when the draft is being opened again."""
    page = open_page(server.url)
    open_file(page, server.url, picture())
    drag(page, [(100, 100), (160, 160)])
    page.get_by_label(word("en", "create.how_many")).select_option("2")
    prompt_box(page).fill(PROMPT["en"])
    held: list[Route] = []
    # Playwright takes no built-in for a handler.
    page.route("**/v1/images/edits", lambda route: held.append(route))  # noqa: PLW0108
    with page.expect_request("**/v1/images/edits"):
        page.keyboard.press("Enter")
    page.get_by_role("link", name=word("en", "app.history"), exact=True).click()
    expect(page.get_by_role("heading", name=word("en", "history.title"))).to_be_visible()
    if answered == "away":
        with page.expect_response("**/v1/images/edits"):
            held[0].continue_()
        wait_until(page, f"async () => (await ({STORED})(['inputs', 'getAllKeys'])).length === 1")
        page.go_back()
    else:
        page.go_back()
        expect(page.get_by_text(word("en", "picture.loading"))).to_be_visible()
        held[0].continue_()
    expect(place(page)).to_contain_text("/ 2")
    expect(place(page)).to_have_attribute("data-shown", "true")
    saved(page)
    page.reload()
    accept(page)
    assert (export(page)[..., 3] == 255).all()


def test_what_was_asked_for_and_is_deleted_in_another_tab_is_not_waited_for(
    open_page: OpenPage, server: ServerProcess
) -> None:
    page = open_page(server.url, quiet=False)
    open_file(page, server.url, picture())
    drag(page, [(100, 100), (160, 160)])
    ask(page, PROMPT["en"])
    other = page.context.new_page()
    other.goto(f"{server.url}/history")
    (job,) = stored_keys(page, "inputs")
    card = other.get_by_role("article").filter(has=other.locator(f'a[href^="/i/{job}/"]'))
    card.get_by_role("button", name=word("en", "job.more")).click()
    other.get_by_role("menuitem", name=word("en", "job.delete"), exact=True).click()
    expect(card).to_have_count(0)
    expect(page.get_by_text(word("en", "editor.lost"))).to_be_visible()
    expect(prompt_box(page)).to_be_visible()


def test_what_is_changed_and_changed_back_is_kept(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    open_file(page, server.url, picture())
    saved(page)
    prompt_box(page).fill("a")
    prompt_box(page).fill("")
    saved(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drafts_are_kept_found_and_deleted(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    open_file(page, server.url, picture(300, 200), lang, name="holiday.png")
    expect(page.get_by_role("textbox", name=word(lang, "editor.name"))).to_have_value("holiday")
    drag(page, [(100, 100), (150, 120)])
    prompt_box(page, lang).fill("abc")
    before = export(page, lang=lang)
    assert before.shape == (200, 300, 4)
    saved(page)
    page.reload()
    assert (export(page, lang=lang) == before).all()
    expect(prompt_box(page, lang)).to_have_value("abc")
    page.get_by_role("button", name=word(lang, "editor.file"), exact=True).click()
    page.get_by_role("menuitem", name=word(lang, "editor.all_drafts")).click()
    opens = page.get_by_role("link", name=word(lang, "editor.draft_open", name="holiday"))
    opens.click()
    expect(stage(page)).to_be_visible()
    page.goto(f"{server.url}/e/new")
    remove = page.get_by_role("button", name=word(lang, "editor.draft_delete", name="holiday"))
    remove.click()
    expect(opens).to_have_count(0)
    page.get_by_role("button", name=word(lang, "app.undo")).click()
    remove.click()
    expect(page.get_by_text(word(lang, "editor.draft_deleted"))).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name=word(lang, "editor.blank"))).to_be_visible()
    expect(opens).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_draft_that_is_nowhere_is_said_so(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(f"{server.url}/e/0123", lang)
    expect(page.get_by_text(word(lang, "editor.not_found"))).to_be_visible()
    page.get_by_role("link", name=word(lang, "editor.all_drafts")).click()
    expect(page.get_by_role("heading", name=word(lang, "editor.start_title"))).to_be_visible()


def test_a_workspace_file_holds_everything(
    open_page: OpenPage, server: ServerProcess, tmp_path: Path
) -> None:
    page = open_page(server.url)
    data = picture()
    open_file(page, server.url, data)
    drag(page, [(60, 60), (120, 90)])
    prompt_box(page).fill("abc")
    before = export(page)
    with page.expect_download() as download:
        file_menu(page, "editor.save_workspace").click()
    assert download.value.suggested_filename == "mine.egaku.zip"
    download.value.save_as(tmp_path / "mine.egaku.zip")
    other = open_page(f"{server.url}/e/new")  # a browser that knows nothing of it
    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name=word("en", "editor.open_workspace")).click()
    chooser.value.set_files(tmp_path / "mine.egaku.zip")
    expect(prompt_box(other)).to_have_value("abc")
    assert (export(other) == before).all()
    tool(other, "restore").click()
    set_brush(other, 128)
    drag(other, [(60, 60), (120, 90)])
    assert (export(other) == decode(data)).all(), "what was erased is there too"


def test_a_server_that_is_away_costs_nothing_that_was_made(open_page: OpenPage, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with ServerProcess(data_dir=folder) as first:
        page = open_page(first.url, quiet=False)
        open_file(page, first.url, picture())
        drag(page, [(60, 60), (120, 120)])
    prompt_box(page).fill("a fox")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text(word("en", "fault.offline"))).to_be_visible()
    expect(prompt_box(page)).to_have_value("a fox")
    drag(page, [(160, 160), (180, 180)])
    assert (export(page)[..., 3] == 0).any()
    saved(page)
    with restarted(first, folder):
        page.get_by_role("button", name=word("en", "link.try_now")).click()
        expect(page.get_by_text(word("en", "link.offline_banner"))).to_have_count(0)
        ask(page, "a fox", count=1)
        accept(page)
        assert (export(page)[..., 3] == 255).all()
